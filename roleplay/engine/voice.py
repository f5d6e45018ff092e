"""Which written line the patient says next. Draws nothing: the seed decides by hashing."""

import hashlib
from collections.abc import Sequence

from roleplay.engine.events import PatientSpoke
from roleplay.engine.session import Session
from roleplay.scenarios.model import Line, Scenario
from roleplay.scoring.codes import Move, Strain

HARMING = frozenset({Move.MISS, Move.SOOTHE, Move.PRESS, Move.DEFEND, Move.ADVISE, Move.ATTACK, Move.UNSAFE})


def drawn(seed: int, purpose: str, count: int) -> int:
    """A number in 0..count-1 that depends on nothing but the seed and the purpose."""
    digest = hashlib.blake2b(f"{seed}/{purpose}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % count


def line_for(scenario: Scenario, session: Session, state: str, moves: Sequence[Move]) -> tuple[Line, str]:
    """The next line in `state` and where it is written.

    A reply that keeps the patient here, brings them back, or harms is answered from `after` where the
    author wrote an answer to that move; everything else by the next visit's line. The last item repeats.
    """
    if (here := scenario.states.get(state)) is None:
        return _visit(session, state, scenario.endings[state].says)
    returning = bool(session.visits.get(state))
    for move in moves:
        if move in here.after and (returning or move in HARMING):
            drawn_from = f"{state}/after/{move}"
            number = min(session.said.get(drawn_from, 0), len(here.after[move]) - 1)
            return here.after[move][number], f"{drawn_from}/{number}/0"
    return _visit(session, state, here.says)


def _visit(session: Session, state: str, says: Sequence[Sequence[Line]]) -> tuple[Line, str]:
    drawn_from = f"{state}/says"
    number = min(session.said.get(drawn_from, 0), len(says) - 1)
    variant = drawn(session.seed, f"{drawn_from}/{number}", len(says[number]))
    return says[number][variant], f"{drawn_from}/{number}/{variant}"


def spoken(line: Line, source: str, *, turn: int, state: str, begun: bool, unsure: bool = False) -> PatientSpoke:
    """The fact that this line was said."""
    strain = Strain.FRESH if line.rupture else Strain.OPEN if begun else Strain.NONE
    return PatientSpoke(
        turn=turn,
        state=state,
        line=line.line,
        cue=line.cue,
        unsaid=line.unsaid,
        rupture=line.rupture,
        risk=line.risk,
        strain=strain,
        source=source,
        unsure=unsure,
    )
