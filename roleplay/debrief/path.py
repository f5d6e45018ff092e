"""The states a conversation went through, run by run."""

from collections.abc import Iterable, Sequence

from roleplay.debrief.curve import runs_of
from roleplay.debrief.parts import Direction, Path, Run, Step
from roleplay.debrief.turn import Turn
from roleplay.debrief.ways import leads_on, order, ways_not_taken
from roleplay.debrief.wording import place
from roleplay.engine.events import SessionEnded
from roleplay.engine.voice import HARMING
from roleplay.scenarios.model import START, Scenario


def path_of(scenario: Scenario, turns: Sequence[Turn]) -> Path:
    """The ways taken, the ways on that were not, and the stages that no run opened."""
    runs = tuple(_run(scenario, run, own) for run, own in runs_of(turns))
    return Path(runs=runs, not_taken=ways_not_taken(scenario, turns), never_opened=_never_opened(scenario, turns))


def _run(scenario: Scenario, run: int, own: Sequence[Turn]) -> Run:
    ended = next((turn.answer for turn in own if isinstance(turn.answer, SessionEnded)), None)
    return Run(
        run=run,
        from_turn=own[0].number,
        steps=tuple(_steps(scenario, own)),
        loops=_loops(own),
        deepest=_deepest(scenario, own),
        ending=place(ended.ending) if ended else "",
        resolution=ended.resolution if ended and scenario.entry else None,
    )


def _steps(scenario: Scenario, own: Sequence[Turn]) -> Iterable[Step]:
    if own[0].state:
        start = own[0].state
        yield Step(turn=own[0].number - 1, state=start, words=place(start), direction="start")
    for turn in own:
        if turn.reached:
            yield Step(
                turn=turn.number, state=turn.reached, words=place(turn.reached), direction=direction(scenario, turn)
            )


def direction(scenario: Scenario, turn: Turn) -> Direction:
    """Which way the answer went. Out of a resting point or an avoidance is forward, unless harm led there."""
    if isinstance(turn.answer, SessionEnded):
        return "end"
    if turn.after is not None and turn.after.row is None:
        return "onset"
    if turn.reached == turn.state:
        return "stayed"
    if _avoids(scenario, turn.reached):
        return "retreat"
    if turn.state in scenario.endings or _avoids(scenario, turn.state):
        return "forward" if HARMING.isdisjoint(turn.moves) else "back"
    if leads_on(scenario, turn.state, turn.reached):
        return "forward"
    staged = order(scenario, turn.state) is not None and order(scenario, turn.reached) is not None
    return "back" if staged else "aside"


def _avoids(scenario: Scenario, state: str) -> bool:
    """Whether a stage backs away from something already opened; a first test of the ground does not."""
    written = scenario.states.get(state)
    return bool(written and written.stage and written.stage.avoidance and written.stage.depth == "explored")


def _loops(own: Sequence[Turn]) -> int:
    """Retreats that this run added; loops only ever grow within one."""
    known = [entered.patient.loops for turn in own for entered in (turn.before, turn.after) if entered]
    return known[-1] if known else 0


def _deepest(scenario: Scenario, own: Sequence[Turn]) -> str:
    """The stage furthest on in its model; of two equally far, the one reached first."""
    reached = [state for turn in own for state in (turn.state, turn.reached) if order(scenario, state) is not None]
    return place(max(reached, key=lambda state: order(scenario, state) or 0)) if reached else ""


def _never_opened(scenario: Scenario, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Stages of the scenario that no run reached, in the order of their models."""
    seen = {state for turn in turns for state in (turn.state, turn.reached)}
    unseen = [
        state
        for state in scenario.states
        if state != START and state not in seen and order(scenario, state) is not None
    ]
    models = list(dict.fromkeys(state.split(".")[0] for state in unseen))
    unseen.sort(key=lambda state: (models.index(state.split(".")[0]), order(scenario, state) or 0))
    return tuple(place(state) for state in unseen)
