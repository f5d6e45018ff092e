"""Engine steps a second against two state machine libraries walking the same graph."""

from collections.abc import Iterator
from typing import Any

from benchmarks.ratio import Ratio, alternating
from roleplay.engine.policies import reading
from roleplay.engine.step import begin, step
from roleplay.scenarios.library import find
from roleplay.scenarios.load import read_scenario
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Strategy
from roleplay.scoring.coding import Coding

WALKS = 40
ROUND = ("attend", "invite", "invite", "need", "validate", "need", "validate")
"""The route from the marker to repair, as events."""
CODES = {
    "attend": (Strategy.ATTEND,),
    "invite": (Strategy.INVITE,),
    "need": (Strategy.NEED,),
    "validate": (Strategy.VALIDATE,),
}


def measure() -> Iterator[Ratio]:
    """Microseconds a step, medians; a step of ours also grades, moves the patient and makes the facts."""
    scenario = read_scenario(find("good-student"))
    said = _said()
    route, edges = _route(scenario)
    walked = WALKS * len(ROUND)
    for name, machine in (("python-statemachine", _statemachine(edges)), ("transitions", _transitions(edges))):
        ours, theirs = alternating(lambda: _ours(scenario, said), lambda machine=machine: _theirs(machine, route), 9)
        aim = "below 1" if name == "python-statemachine" else "-"
        yield Ratio("one engine step", ours / walked * 1e6, theirs / walked * 1e6, name, "us", aim)


def _said() -> list[tuple[str, Coding]]:
    """The replies of the walk, each in its own words, as a coder has read them."""
    texts = [" ".join(f"w{number}{letter}" for letter in "abcdef") for number in range(len(ROUND))]
    return [(text, reading(text, CODES[name])) for text, name in zip(texts, ROUND, strict=True)]


def _ours(scenario: Scenario, said: list[tuple[str, Coding]]) -> None:
    for walk in range(WALKS):
        session, _ = begin(scenario, "", seed=walk, onset=1)
        for text, coding in said:
            session, _ = step(scenario, session, text, coding)


def _route(scenario: Scenario) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The events of the walk, and every (source, event, target) of the graph."""
    states = [*scenario.states, *scenario.endings]
    edges = [
        (state, f"e{states.index(state)}_{number}", row.to)
        for state, written in scenario.states.items()
        if state.startswith("withdrawal.")
        for number, row in enumerate(written.transitions)
        if row.to in states
    ]
    session, _ = begin(scenario, "", seed=1, onset=1)
    route = []
    for text, coding in _said():
        here = session.state
        session, _ = step(scenario, session, text, coding)
        target = session.ending or session.state
        route.append(next(event for source, event, to in edges if source == here and to == target))
    return route, edges


def _theirs(machine: Any, route: list[str]) -> None:
    for _ in range(WALKS):
        one = machine()
        for event in route:
            one(event)


def _statemachine(edges: list[tuple[str, str, str]]) -> Any:
    from statemachine import State, StateMachine

    names = list(dict.fromkeys(name for source, _, to in edges for name in (source, to)))
    slug = {name: name.replace(".", "_") for name in names}
    left = {source for source, _, _ in edges}
    body: dict[str, Any] = {
        slug[name]: State(name, initial=name == "withdrawal.marker", final=name not in left) for name in names
    }
    for source, event, to in edges:
        body[event] = body[slug[source]].to(body[slug[to]])
    kind = type("Machine", (StateMachine,), body)
    return lambda: kind().send


def _transitions(edges: list[tuple[str, str, str]]) -> Any:
    from transitions import Machine

    names = list(dict.fromkeys(name for source, _, to in edges for name in (source, to)))
    rows = [{"trigger": event, "source": source, "dest": to} for source, event, to in edges]

    class Patient:
        trigger: Any

    def begun() -> Any:
        patient = Patient()
        machine.add_model(patient, initial="withdrawal.marker")
        return patient.trigger

    machine = Machine(model=None, states=names, transitions=rows, initial="withdrawal.marker", auto_transitions=False)
    return begun
