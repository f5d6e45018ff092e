"""A scenario's graph as text: a tree for the terminal, Mermaid and DOT for drawings."""

from collections.abc import Iterator
from itertools import groupby

from roleplay.scenarios.graph import Edge, edges_of
from roleplay.scenarios.model import START, Scenario


def as_tree(scenario: Scenario) -> str:
    """Places in the order in which a conversation can come to them, each with its ways out.

    A line is `place`, then one indented line for each way; the first way to a new place is followed by that place.
    """
    ways = _ways(scenario)
    lines, done, waiting = [], {START}, [START]
    while waiting:
        name = waiting.pop(0)
        lines.append(_title(scenario, name))
        for edge in ways.get(name, []):
            lines.append(f"  -> {_there(edge)}  [{edge.label}]")
            if edge.end not in done:
                done.add(edge.end)
                waiting.append(edge.end)
    return "\n".join(lines) + "\n"


def as_mermaid(scenario: Scenario) -> str:
    """The graph as a Mermaid state diagram; rows between the same two places share an arrow."""
    numbers = _numbers(scenario)
    lines = ["stateDiagram-v2", f"  [*] --> {numbers[START]}"]
    lines += [f'  state "{name}" as {number}' for name, number in numbers.items()]
    for start, end, labels in _arrows(scenario):
        text = "<br/>".join(label.replace(":", " ").replace(";", ",") for label in labels)
        lines.append(f"  {numbers[start]} --> {numbers[end]}: {text}")
    lines += [f"  {numbers[name]} --> [*]" for name in scenario.endings]
    return "\n".join(lines) + "\n"


def as_dot(scenario: Scenario) -> str:
    """The graph for Graphviz: boxes are states, double circles endings, the onset is bold."""
    lines = ["digraph scenario {", "  rankdir=TB;", "  node [shape=box, style=rounded];"]
    lines += [f"  {_quoted(name)} [shape=doublecircle];" for name in scenario.endings]
    lines += [f"  {_quoted(name)};" for name in scenario.states]
    for start, end, labels in _arrows(scenario):
        style = ", style=bold" if "onset" in labels else ""
        text = "\\n".join(_quoted(label)[1:-1] for label in labels)
        lines.append(f'  {_quoted(start)} -> {_quoted(end)} [label="{text}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


def _ways(scenario: Scenario) -> dict[str, list[Edge]]:
    ways: dict[str, list[Edge]] = {}
    for edge in edges_of(scenario):
        if not edge.shadowed:
            ways.setdefault(edge.start, []).append(edge)
    return ways


def _arrows(scenario: Scenario) -> Iterator[tuple[str, str, list[str]]]:
    """Pairs of places with the labels of every way between them, by where they start."""
    for start, edges in _ways(scenario).items():
        for end, between in groupby(sorted(edges, key=lambda edge: edge.end), key=lambda edge: edge.end):
            yield start, end, [edge.label for edge in between]


def _title(scenario: Scenario, name: str) -> str:
    if name in scenario.endings:
        return f"{name} (ending, resolution {scenario.endings[name].resolution})"
    stage = scenario.states[name].stage
    return f"{name} (stage {stage.order}, {stage.depth})" if stage else name


def _there(edge: Edge) -> str:
    return "stays" if edge.end == edge.start else edge.end


def _numbers(scenario: Scenario) -> dict[str, str]:
    """Short safe names for Mermaid, which reads dots and hyphens as its own."""
    return {name: f"s{number}" for number, name in enumerate((*scenario.states, *scenario.endings))}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
