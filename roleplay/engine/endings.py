"""How a conversation comes to its end: an ending reached, a resting point kept, or the time being up."""

from roleplay.engine.events import SessionEnded, Variables
from roleplay.engine.session import SAFETY, Session
from roleplay.scenarios.model import Scenario


def rests(scenario: Scenario, session: Session, name: str) -> bool:
    """Whether the conversation rests here before it ends: once, one more thing is said, and the door stays open."""
    ending = scenario.endings[name]
    return bool(ending.transitions and ending.says) and name not in session.visits


def ended(scenario: Scenario, name: str, turn: int, patient: Variables) -> SessionEnded:
    """The fact that the conversation came to this ending with the reply of `turn`."""
    ending = scenario.endings[name]
    return SessionEnded(
        turn=turn,
        ending=name,
        line=ending.line,
        cue=ending.cue,
        unsaid=ending.unsaid,
        account=ending.account,
        aftermath=ending.aftermath,
        resolution=ending.resolution,
        patient=patient,
    )


def last_word(scenario: Scenario, session: Session, target: str, turn: int, patient: Variables) -> SessionEnded:
    """Out of turns: the ending that the reply led to or that was rested at, else the one for the time being up.

    The latter has resolution 2, or 3 where the strain was opened; in a control its own.
    """
    for name in (target, session.state):
        if name in scenario.endings:
            return ended(scenario, name, turn, patient)
    assert scenario.time_up is not None, "a checked scenario says how it ends when time is up"
    opened = any(_beyond(scenario, state) for state in session.visits)
    end = ended(scenario, scenario.time_up.opened if opened else scenario.time_up.unopened, turn, patient)
    resolution = end.resolution if scenario.entry is None else 3 if opened else 2
    return end.model_copy(update={"because": "time", "resolution": resolution})


def _beyond(scenario: Scenario, state: str) -> bool:
    """Whether being in `state` means that the strain has been opened."""
    stage = scenario.states[state].stage if state in scenario.states else None
    return stage is not None and stage.order > 0 and not state.startswith(SAFETY)
