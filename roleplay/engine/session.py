"""Where a conversation stands. Only the fold of events makes a Session."""

from collections.abc import Iterable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import NamedTuple

from roleplay.engine.events import (
    Event,
    PatientSpoke,
    ReplyCoded,
    Rewound,
    RuptureMarked,
    SessionBegan,
    SessionEnded,
    StateEntered,
    TraineeReplied,
    Variables,
)
from roleplay.engine.forms import form_of
from roleplay.scenarios.model import Rupture
from roleplay.scoring.codes import MarkKind, Strain
from roleplay.scoring.coding import Utterance

NOBODY = Variables(trust=0, tension=0, agency=0, communion=0)
SAFETY = "safety."
"""How the names of the states of the safety branch begin."""
_NONE: Mapping[str, int] = MappingProxyType({})


class Session(NamedTuple):
    """Everything that decides what happens next. Not hashable in use: it holds mappings."""

    seed: int = 0
    onset: int | None = None
    max_turns: int = 0
    turn: int = 0
    """Replies given."""
    unread: int = 0
    """Replies that could not be read: they move nothing and cost no time."""
    state: str = ""
    visits: Mapping[str, int] = _NONE
    """How often the patient has been in each state or resting point; coming back from the safety branch is no visit."""
    said: Mapping[str, int] = _NONE
    """How often each list of lines has been drawn from."""
    patient: Variables = NOBODY
    line: PatientSpoke | None = None
    """The line that waits for an answer; a "say that again?" does not replace it."""
    rupture: Rupture | None = None
    """The strain that is live: the last one a line carried."""
    mark: MarkKind | None = None
    """What the trainee marked about the line that waits."""
    history: tuple[Utterance, ...] = ()
    forms: tuple[frozenset[str], ...] = ()
    """The form of words of each reply that could be read."""
    returns_to: str | None = None
    """Where a safety branch was entered from."""
    ending: str | None = None

    @property
    def exchanges(self) -> int:
        """Replies that counted."""
        return self.turn - self.unread

    @property
    def strain(self) -> Strain:
        """Fresh while the waiting line carries a rupture, open after one, none before any."""
        if self.line is not None and self.line.rupture is not None:
            return Strain.FRESH
        return Strain.OPEN if self.rupture is not None else Strain.NONE


EMPTY = Session()


def apply(session: Session, event: Event) -> Session:
    """The session after `event`. Total: it accepts any event in any order."""
    match event:
        case SessionBegan():
            return EMPTY._replace(seed=event.seed, onset=event.onset, max_turns=event.max_turns, patient=event.patient)
        case StateEntered():
            return _entered(session, event)
        case PatientSpoke():
            return _spoken(session, event)
        case RuptureMarked(kind=kind):
            return session._replace(mark=kind)
        case TraineeReplied(text=text):
            return session._replace(
                turn=session.turn + 1,
                history=(*session.history, Utterance(who="therapist", text=text)),
                forms=(*session.forms, form_of(text)),
            )
        case ReplyCoded(coding=coding) if coding.abstained:
            return session._replace(unread=session.unread + 1, forms=session.forms[:-1])
        case SessionEnded():
            return session._replace(ending=event.ending, patient=event.patient)
        case _:
            return session


def _entered(session: Session, event: StateEntered) -> Session:
    """The branch for safety remembers where it was entered from, and leads back without a new visit."""
    was_safety, is_safety = session.state.startswith(SAFETY), event.state.startswith(SAFETY)
    visits, returns_to = session.visits, session.returns_to
    if is_safety and not was_safety:
        returns_to = session.state
    if not (was_safety and event.state == returns_to):
        visits = {**visits, event.state: visits.get(event.state, 0) + 1}
    return session._replace(state=event.state, visits=visits, patient=event.patient, returns_to=returns_to)


def _spoken(session: Session, event: PatientSpoke) -> Session:
    history = (*session.history, Utterance(who="patient", text=event.line))
    if event.unsure:
        return session._replace(history=history)
    drawn = event.source.rsplit("/", 2)[0]
    return session._replace(
        history=history,
        said={**session.said, drawn: session.said.get(drawn, 0) + 1},
        line=event,
        rupture=event.rupture or session.rupture,
        mark=None,
    )


def live_facts(facts: Iterable[tuple[int, Event]]) -> list[tuple[int, Event]]:
    """The facts that still hold: those that a rewinding superseded are left out, and so is the rewinding.

    Args:
        facts: (seq, event) pairs in order of seq.
    """
    kept: list[tuple[int, Event]] = []
    for seq, event in facts:
        if isinstance(event, Rewound):
            kept = [fact for fact in kept if fact[0] <= event.to_seq]
        else:
            kept.append((seq, event))
    return kept


def live(facts: Iterable[tuple[int, Event]]) -> list[Event]:
    """The facts that still hold, without their numbers."""
    return [event for _, event in live_facts(facts)]


def before_reply(facts: Iterable[tuple[int, Event]], turn: int) -> int:
    """Where to go back to so that the reply of `turn` is given anew: the number of the last fact before it.

    What was marked and noted about the waiting line before that reply was given still holds then.
    """
    return next(seq for seq, e in live_facts(facts) if isinstance(e, TraineeReplied) and e.turn == turn) - 1


def session_of(facts: Iterable[tuple[int, Event]]) -> Session:
    """The session that a list of facts leaves behind."""
    return reduce(apply, live(facts), EMPTY)
