"""Which written line the patient says next. Draws nothing: the seed decides by hashing."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from roleplay.engine.events import PatientSpoke
from roleplay.engine.session import Session
from roleplay.scenarios.model import Line, Scenario
from roleplay.scoring.codes import Move, Strain
from roleplay.scoring.moves import HARM_ORDER

HARMING = frozenset(HARM_ORDER)
ASKED, UNASKED = "safety.asked", "safety.unasked"
"""The branch for safety, after a plain question and until there is one."""


class Drawn(NamedTuple):
    """A line to be said and where it is written."""

    line: Line
    source: str
    again: bool = False
    """The patient has run out of lines here: this one was said before."""


def drawn(seed: int, purpose: str, count: int) -> int:
    """A number in 0..count-1 that depends on nothing but the seed and the purpose."""
    digest = hashlib.blake2b(f"{seed}/{purpose}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % count


def line_for(scenario: Scenario, session: Session, state: str, moves: Sequence[Move]) -> Drawn:
    """The next line in `state`.

    A reply that keeps the patient here, brings them back, or harms is answered from `after` where the
    author wrote an answer to that move; everything else by the next visit's line. The last item repeats.
    """
    if (here := scenario.states.get(state)) is None:
        return _next(session, f"{state}/says", scenario.endings[state].says)
    returning = bool(session.visits.get(state))
    for move in moves:
        if move in here.after and (returning or move in HARMING):
            return _next(session, f"{state}/after/{move}", [(line,) for line in here.after[move]])
    return _next(session, f"{state}/says", here.says)


def _next(session: Session, written: str, items: Sequence[Sequence[Line]]) -> Drawn:
    said = session.said.get(written, 0)
    number = min(said, len(items) - 1)
    variant = drawn(session.seed, f"{written}/{number}", len(items[number]))
    return Drawn(items[number][variant], f"{written}/{number}/{variant}", again=said > number)


def spoken(session: Session, words: Drawn, *, turn: int, state: str, unsure: bool = False) -> PatientSpoke:
    """The fact that this line is said in `state`."""
    line, begun = words.line, session.rupture is not None
    return PatientSpoke(
        turn=turn,
        state=state,
        line=line.line,
        cue=line.cue,
        unsaid=line.unsaid,
        rupture=line.rupture,
        risk=_asks_for_a_question(session, words, state),
        strain=Strain.FRESH if line.rupture else Strain.OPEN if begun else Strain.NONE,
        source=words.source,
        unsure=unsure,
    )


def _asks_for_a_question(session: Session, words: Drawn, state: str) -> bool:
    """A risk cue stands until somebody asks plainly; a line said again after that gives no new reason."""
    heard = words.again and bool(session.visits.get(ASKED))
    return state == UNASKED or (words.line.risk and state != ASKED and not heard)
