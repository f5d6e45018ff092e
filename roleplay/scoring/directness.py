"""D4: whether the reply speaks of the strain as directly, and as deeply, as the moment can bear."""

from roleplay.scoring.codes import RENEGOTIATION, PatientType, Strategy
from roleplay.scoring.coding import Coding, Scale
from roleplay.scoring.situation import Situation

S = Strategy
DIRECT = frozenset({S.INVITE, S.OWN, S.DISCLOSE, S.LINK_DYAD, S.DISCREPANCY})
"""Speaks of us or of what just happened."""
INDIRECT = RENEGOTIATION | {S.REDIRECT, S.HOLD, S.ANSWER, S.LIMIT, S.NORMALISE, S.SMALL_THING, S.ATTEND, S.VALIDATE}
"""Repairs without having to speak of the strain. Validating and attending can be either."""
DEEP = frozenset({S.LINK_DYAD, S.LINK_OUTSIDE, S.NEED})
"""Goes to pattern and need; too deep before anything has been opened."""


def directness(coding: Coding, situation: Situation) -> Scale | None:
    """D4, 0 to 4. None when neither stage, type nor target is known; 0 without a strategy to place."""
    present = set(coding.strategies)
    if not present:
        return 0
    if situation.indirect is None and situation.type is None and situation.stage is None:
        return None
    if present <= DEEP and situation.depth == "early":
        return 1 if situation.type is PatientType.A else 2
    if situation.indirect is None:
        return 3 if situation.type is PatientType.A and situation.depth == "early" and present <= DIRECT else 4
    wanted = INDIRECT if situation.indirect else DIRECT | {S.ATTEND, S.VALIDATE, S.NEED, S.SAFETY, S.LINK_OUTSIDE}
    return 4 if present & wanted else 3
