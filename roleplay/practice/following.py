"""Whether the facts of a saved conversation follow from each other, as they do when this program wrote them."""

from collections.abc import Sequence

from roleplay.engine.events import (
    Event,
    PatientSpoke,
    Rewound,
    SessionBegan,
    SessionEnded,
    StateEntered,
    TraineeReplied,
)
from roleplay.engine.session import live_facts
from roleplay.errors import StoreError
from roleplay.scenarios.model import Scenario
from roleplay.store.stamped import Stamped

Held = list[tuple[int, Event]]
"""(seq, event) of the facts that hold so far."""


def require_following(facts: Sequence[Stamped], scenario: Scenario) -> None:
    """Make sure that a conversation can be gone on with: each fact fits to those before it and to the patient.

    Raises:
        StoreError: One does not, or the patient has not spoken yet; names the entry.
    """
    held: Held = []
    for fact in facts:
        if wrong := _wrong(fact.event, held, scenario):
            raise StoreError(
                f"The conversation {fact.session} cannot be gone on with: in entry {fact.seq}, {wrong}. It was changed "
                "outside this program. `roleplay replay` still reads it; begin a new one to practise."
            )
        held.append((fact.seq, fact.event))
        if isinstance(fact.event, Rewound):
            held = live_facts(held)
    if not {StateEntered, PatientSpoke} <= {type(event) for _, event in held}:
        raise StoreError(
            f"The conversation {facts[0].session} breaks off before the patient has spoken, so there is nothing to go "
            "on with. Import it again from a whole export, or begin a new one."
        )


def _wrong(event: Event, held: Held, scenario: Scenario) -> str:
    """What does not fit, in words; empty where all does."""
    match event:
        case SessionBegan() if held:
            return "it begins a second time"
        case StateEntered(state=place) | PatientSpoke(state=place):
            known = place in scenario.states or place in scenario.endings
            return "" if known else f"the patient is at `{place[:60]}`, and this patient has no such place"
        case TraineeReplied(turn=turn):
            return _wrong_reply(turn, held)
        case Rewound(turn=turn, to_seq=to_seq):
            begins = [seq for seq, each in held if isinstance(each, TraineeReplied) and each.turn == turn]
            return "" if begins == [to_seq + 1] else "it goes back to where no reply was given"
        case SessionEnded(ending=ending) if ending not in scenario.endings:
            return f"it ends with `{ending[:60]}`, and this patient has no such ending"
        case _:
            return ""


def _wrong_reply(turn: int, held: Held) -> str:
    if any(isinstance(event, SessionEnded) for _, event in held):
        return "a reply follows the ending"
    expected = 1 + sum(isinstance(event, TraineeReplied) for _, event in held)
    return "" if turn == expected else f"reply {turn} is found where reply {expected} was expected"
