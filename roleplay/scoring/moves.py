"""From codes to the moves that transitions test: one rule, one order."""

from collections.abc import Iterable

from roleplay.scoring.codes import RENEGOTIATION, Harm, Move, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.grading import HarmGraded

REPAIRS: dict[Strategy, Move] = {
    Strategy.ATTEND: Move.ATTEND,
    Strategy.VALIDATE: Move.VALIDATE,
    Strategy.INVITE: Move.INVITE,
    Strategy.NORMALISE: Move.INVITE,
    Strategy.SMALL_THING: Move.INVITE,
    Strategy.DISCREPANCY: Move.INVITE,
    Strategy.OWN: Move.OWN,
    Strategy.DISCLOSE: Move.DISCLOSE,
    Strategy.LINK_DYAD: Move.LINK,
    Strategy.LINK_OUTSIDE: Move.LINK,
    Strategy.NEED: Move.EXPLORE_NEED,
    Strategy.REDIRECT: Move.REDIRECT,
    Strategy.ANSWER: Move.ANSWER,
    Strategy.LIMIT: Move.LIMIT,
    Strategy.SAFETY: Move.ASK_SAFETY,
    Strategy.HOLD: Move.HOLD,
}
"""Renegotiation is missing: its move depends on whether it was shared."""
HARMS: dict[Harm, Move] = {
    Harm.TOPIC_CHANGE: Move.MISS,
    Harm.IGNORING: Move.MISS,
    Harm.FALSE_EMPATHY: Move.MISS,
    Harm.REASSURANCE: Move.SOOTHE,
    Harm.OVER_APOLOGY: Move.SOOTHE,
    Harm.COLLUSION: Move.SOOTHE,
    Harm.QUESTIONING: Move.PRESS,
    Harm.PRESSING: Move.PRESS,
    Harm.MIND_READING: Move.PRESS,
    Harm.DEFENSIVENESS: Move.DEFEND,
    Harm.BLAME_SHIFTING: Move.DEFEND,
    Harm.MINIMISING: Move.DEFEND,
    Harm.ADVICE: Move.ADVISE,
    Harm.COUNTER_INTERPRETATION: Move.ATTACK,
    Harm.HOSTILITY: Move.ATTACK,
    Harm.MIXED_MESSAGE: Move.ATTACK,
    Harm.CONTROL: Move.ATTACK,
    Harm.LABELLING: Move.ATTACK,
    Harm.CULTURAL_DISMISSAL: Move.ATTACK,
    Harm.SAFETY_NEGLECT: Move.UNSAFE,
}
ORDER = (
    Move.ASK_SAFETY, Move.OWN, Move.VALIDATE, Move.ATTEND, Move.INVITE, Move.RENEGOTIATE_TOGETHER, Move.EXPLORE_NEED,
    Move.DISCLOSE, Move.REDIRECT, Move.ANSWER, Move.LIMIT, Move.LINK, Move.RENEGOTIATE_ALONE, Move.HOLD,
)  # fmt: skip
"""Repair moves, best first, as they are reported. Transitions test membership: there the order decides nothing."""
HARM_ORDER = (Move.UNSAFE, Move.ATTACK, Move.PRESS, Move.DEFEND, Move.SOOTHE, Move.MISS, Move.ADVISE)
"""Harm moves of the same severity, worst first."""
SPECIFIC = 3
"""From this empathy on (D7), attending also validates."""


def moves_of(coding: Coding, harms: Iterable[HarmGraded]) -> tuple[Move, ...]:
    """What transitions may test: severe harm hides everything else, repair hides mild harm.

    Args:
        coding: The codes of the reply.
        harms: Its harms with severity settled for the moment, situational ones included.

    Returns:
        Harm moves of the harms of severity 2 and 3 where there are any (strongest first), else repair moves in
        `ORDER`, else the moves of mild harms, else `continue` alone. Nothing when the coder abstained.
    """
    if coding.abstained:
        return ()
    graded = tuple(harms)
    severe = tuple(harm for harm in graded if harm.severity >= 2)
    return harm_moves(severe) or repair_moves(coding) or harm_moves(graded) or (Move.CONTINUE,)


def possible_moves(coding: Coding) -> tuple[Move, ...]:
    """Every move that the words could come to, whatever the situation adds; passing over a risk cue apart."""
    said = (*repair_moves(coding), *sorted({HARMS[harm] for harm in coding.harms}))
    return tuple(dict.fromkeys(said)) or (Move.MISS, Move.CONTINUE)


def codes_behind(coding: Coding, moves: Iterable[Move]) -> frozenset[Strategy | Harm]:
    """The codes which these moves come from: what a transition may see of the reply beside the moves."""
    seen = set(moves)
    return frozenset(found.code for found in coding.codes if _move_of(found) in seen)


def _move_of(found: Found) -> Move:
    if isinstance(found.code, Harm):
        return HARMS[found.code]
    alone_or_together = Move.RENEGOTIATE_TOGETHER if found.shared else Move.RENEGOTIATE_ALONE
    return REPAIRS.get(found.code, alone_or_together)


def harm_moves(harms: tuple[HarmGraded, ...]) -> tuple[Move, ...]:
    """The moves of these harms, strongest first."""
    ranked = sorted(harms, key=lambda harm: (-harm.severity, HARM_ORDER.index(HARMS[harm.code])))
    return tuple(dict.fromkeys(HARMS[harm.code] for harm in ranked))


def repair_moves(coding: Coding) -> tuple[Move, ...]:
    """The moves of the strategies found, in `ORDER`."""
    found = {REPAIRS[code] for code in coding.strategies if code in REPAIRS}
    renegotiations = [each for each in coding.codes if each.code in RENEGOTIATION]
    if renegotiations:
        together = any(each.shared for each in renegotiations)
        found.add(Move.RENEGOTIATE_TOGETHER if together else Move.RENEGOTIATE_ALONE)
    if Move.ATTEND in found and (coding.empathy or 0) >= SPECIFIC:
        found.add(Move.VALIDATE)
    return tuple(move for move in ORDER if move in found)
