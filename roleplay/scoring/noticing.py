"""Recognition as it is graded: D1, reversed where there is nothing to find, and D2 from the trainee's mark."""

from roleplay.scoring.codes import Harm, MarkKind, RecognitionKind, Strain, Strategy
from roleplay.scoring.coding import Coding, Scale
from roleplay.scoring.situation import Situation

INSISTING = frozenset({Harm.PRESSING, Harm.MIND_READING, Harm.COUNTER_INTERPRETATION, Harm.LABELLING})
"""Harms that assert a strain which is not there."""
UNSEEN = frozenset({MarkKind.HIDDEN, MarkKind.WITHDRAWAL})
"""Kinds that cannot be told apart by one line; either is accepted for the other (amendment 5)."""


def graded_recognition(coding: Coding, situation: Situation) -> Scale:
    """D1, 0 to 4. With strain: what was shown, 1 at most where it was misattributed. Without: reversed.

    Noticing that is only implicit cannot be told from ordinary work where there is nothing to find, and is
    going on: of 400 replies coded twice, the coders found it once on a calm turn. Nor is asking about safety at a
    risk cue a false alarm.
    """
    misattributed = coding.kind is RecognitionKind.MISATTRIBUTED
    if situation.strain is not Strain.NONE:
        return min(coding.recognition, 1) if misattributed else coding.recognition
    if situation.risk and Strategy.SAFETY in coding.strategies:
        return 4
    insisted = coding.recognition == 4 and coding.kind is not RecognitionKind.IMPLICIT
    if misattributed or insisted or INSISTING & set(coding.harms):
        return 0
    return 4 if coding.recognition <= 1 or coding.kind is RecognitionKind.IMPLICIT else 2


def mark_points(situation: Situation) -> Scale | None:
    """D2 at the grain asked: right family 4, one side of a mixed marker 3, wrong family 1. None without a mark."""
    mark, kind = situation.mark, situation.kind
    if mark is None or kind is None:
        return None
    if mark is kind or {mark, kind} == UNSEEN:
        return 4
    return 3 if MarkKind.MIXED in (mark, kind) else 1
