"""The conversation as a graph: what leads where, and how to draw it.

Reachability is one walk over plain lists, so that reading a scenario does not pay for importing networkx.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


def unreachable(scenario: Scenario, edges: Iterable[Edge] | None = None) -> tuple[str, ...]:
    """States and endings to which nothing leads from `calm`, in the order they are written.

    Endings that come when the time is up are reached.
    """
    ways: dict[str, list[str]] = {}
    for edge in edges_of(scenario) if edges is None else edges:
        if not edge.shadowed:
            ways.setdefault(edge.start, []).append(edge.end)
    late = (scenario.time_up.unopened, scenario.time_up.opened) if scenario.time_up else ()
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
