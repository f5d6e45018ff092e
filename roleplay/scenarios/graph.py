"""The conversation as a graph: what leads where, drawn as a tree, as Mermaid or as DOT.

Reachability is one walk over plain lists, so that reading a scenario does not pay for importing networkx.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from roleplay.scenarios.conditions import Shadow, shadows, when_in_words
from roleplay.scenarios.model import START, Ending, Scenario, Transition
from roleplay.scenarios.resolve import RETURN

if TYPE_CHECKING:
    import networkx as nx

SAFETY = "safety."
"""How the names of the states of the safety branch begin."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a place to a place."""

    start: str
    end: str
    row: int | None
    """Which transition of `start`, counted from 0; None for the onset."""
    label: str
    shadowed: bool = False
    """Never taken, because an earlier row always admits first or it is for other patients."""

    @property
    def onset(self) -> bool:
        """Whether it is the strain coming in, whatever the trainee said."""
        return self.row is None


def rests(ending: Ending) -> bool:
    """Whether an ending is a resting point, from which the conversation may still go on."""
    return bool(ending.says and ending.transitions)


def rows_of(scenario: Scenario) -> Iterator[tuple[str, tuple[Transition, ...]]]:
    """Every place where the conversation can go on, with its ways out: states, and endings that are rested at."""
    for name, state in scenario.states.items():
        yield name, state.transitions
    for name, ending in scenario.endings.items():
        if rests(ending):
            yield name, ending.transitions


def edges_of(scenario: Scenario) -> Iterator[Edge]:
    """Every way in a resolved scenario whose references are sound; `return` leads back to each place it may."""
    if scenario.onset and scenario.entry:
        yield Edge(START, scenario.entry, None, "onset")
    back = _returns(scenario)
    for name, rows in rows_of(scenario):
        never = shadows(rows, scenario)
        for number, row in enumerate(rows):
            label = when_in_words(row.when)
            for end in back if row.to == RETURN else (row.to,):
                yield Edge(name, end, number, label, number in never)


def _returns(scenario: Scenario) -> tuple[str, ...]:
    """The places from which the safety branch can be entered."""
    entered = [
        name
        for name, rows in rows_of(scenario)
        if not name.startswith(SAFETY) and any(row.to.startswith(SAFETY) for row in rows)
    ]
    return tuple(entered) or (START,)


def graph_of(scenario: Scenario, *, shadowed: bool = False) -> "nx.MultiDiGraph[str]":
    """States and endings as nodes (`ending`, `stage`), ways as edges (`row`, `label`, `onset`, `shadowed`).

    Args:
        scenario: Resolved, and with sound references.
        shadowed: Include ways that can never be taken. Without them, a path in the graph is one for the patient too,
            as far as conditions on trust, tension and contact can be met.

    Raises:
        KeyError: A transition leads to something that is not written; `check` says so first.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, state in scenario.states.items():
        graph.add_node(name, ending=False, stage=state.stage)
    for name in scenario.endings:
        graph.add_node(name, ending=True, stage=None)
    for edge in edges_of(scenario):
        if edge.shadowed and not (shadowed and edge.end in graph):
            continue
        if edge.end not in graph:
            raise KeyError(edge.end)
        graph.add_edge(edge.start, edge.end, row=edge.row, label=edge.label, onset=edge.onset, shadowed=edge.shadowed)
    return graph


def unreachable(scenario: Scenario, edges: Iterable[Edge] | None = None, *, in_time: bool = False) -> tuple[str, ...]:
    """States and endings to which nothing leads from `calm`, in the order they are written.

    Endings that come when the time is up are reached, unless it is asked what can be reached `in_time`.
    """
    ways: dict[str, list[str]] = {}
    for edge in edges_of(scenario) if edges is None else edges:
        if not edge.shadowed:
            ways.setdefault(edge.start, []).append(edge.end)
    late = (scenario.time_up.unopened, scenario.time_up.opened) if scenario.time_up and not in_time else ()
    reached = _walk([START, *late], ways)
    return tuple(name for name in (*scenario.states, *scenario.endings) if name not in reached)


def trapped(scenario: Scenario, edges: Iterable[Edge] | None = None) -> tuple[str, ...]:
    """States from which no ending can be reached before the time is up, in the order they are written."""
    ways: dict[str, list[str]] = {}
    for edge in edges_of(scenario) if edges is None else edges:
        if not edge.shadowed:
            ways.setdefault(edge.end, []).append(edge.start)
    hopeful = _walk(scenario.endings, ways)
    return tuple(name for name in scenario.states if name not in hopeful)


def _walk(begin: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be reached from `begin`: one breadth-first search."""
    reached = set(begin)
    waiting = deque(reached)
    while waiting:
        for name in ways.get(waiting.popleft(), ()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def shadowed(scenario: Scenario) -> dict[str, dict[int, Shadow]]:
    """By place: transitions that can never be taken, and the earlier row that admits first, or `never`."""
    found = ((name, shadows(rows, scenario)) for name, rows in rows_of(scenario))
    return {name: never for name, never in found if never}


def loops(scenario: Scenario) -> tuple[frozenset[str], ...]:
    """Sets of places between which the conversation can go to and fro, largest first; staying is no loop."""
    import networkx as nx

    knots = [frozenset(knot) for knot in nx.strongly_connected_components(graph_of(scenario)) if len(knot) > 1]
    return tuple(sorted(knots, key=lambda knot: (-len(knot), sorted(knot))))


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


__all__ = [
    "Edge",
    "as_dot",
    "as_mermaid",
    "as_tree",
    "edges_of",
    "graph_of",
    "loops",
    "rests",
    "rows_of",
    "shadowed",
    "trapped",
    "unreachable",
    "when_in_words",
]
