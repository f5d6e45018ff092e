"""Recognition as the words show it (domain.md D1), never reversed."""

from roleplay.scoring.codes import Harm, RecognitionKind, Strategy
from roleplay.scoring.coding import Scale
from roleplay.scoring.reading import Reading
from roleplay.scoring.strained import signs

EXPLICIT = (Strategy.OWN, Strategy.INVITE, Strategy.DISCREPANCY, Strategy.SAFETY, Strategy.LINK_DYAD)
IMPLICIT = (Strategy.VALIDATE, Strategy.NORMALISE, Strategy.SMALL_THING, Strategy.CLARIFY)
ORDINARY = (
    Strategy.NEED, Strategy.REDIRECT, Strategy.RATIONALE, Strategy.OBSTACLES, Strategy.LIMIT, Strategy.LINK_OUTSIDE,
    Strategy.DISCLOSE,
)  # fmt: skip
"""What is also said where nothing is wrong: it shows that strain was noticed only beside a sign of noticing."""
EXPLAINED = (Harm.LABELLING, Harm.COUNTER_INTERPRETATION, Harm.MIND_READING)
NOTICED_BADLY = (Harm.PRESSING, Harm.MIXED_MESSAGE, Harm.QUESTIONING, Harm.HOSTILITY, Harm.COLLUSION)
TOKEN = (Harm.BLAME_SHIFTING, Harm.FALSE_EMPATHY, Harm.REASSURANCE)


def recognition_of(reading: Reading, contact: Scale) -> tuple[Scale, RecognitionKind]:
    """Level 0 to 4 and kind. Explaining the strain by the patient's make-up is misattributed, and worth 1 at most."""
    if reading.has(*EXPLAINED):
        return 1, RecognitionKind.MISATTRIBUTED
    if reading.has("described"):
        return 2, RecognitionKind.EXPLICIT
    if reading.has(Harm.OVER_APOLOGY):
        return 3, RecognitionKind.EXPLICIT
    if reading.bare and contact <= 1:
        return 1, RecognitionKind.GENERIC
    if level := by_strategy(reading, contact):
        return level
    if reading.has(*NOTICED_BADLY):
        return 2, RecognitionKind.IMPLICIT
    if reading.has(Strategy.ATTEND, Strategy.NEED, "generic", "feeling_question", "received") or tokens(reading):
        return 1, RecognitionKind.GENERIC
    return 0, RecognitionKind.NONE


def tokens(reading: Reading) -> bool:
    """Words that answer a strain without hearing it: a blame-shifting apology, scripted empathy, a check by a tag."""
    return reading.has(Harm.BLAME_SHIFTING, Harm.FALSE_EMPATHY) or any(each.tag for each in reading.said)


def by_strategy(reading: Reading, contact: Scale) -> tuple[Scale, RecognitionKind] | None:
    """Recognition from what the reply does about the strain; None where it does nothing that only a strain explains."""
    seen = noticed(reading)
    implicit = reading.has(*IMPLICIT) or (seen and reading.has(*ORDINARY))
    explicit = reading.has(*EXPLICIT) or (implicit and reading.has(Strategy.ATTEND))
    tentative = reading.has("hedge", "freedom") or bool(reading.questions)
    if explicit and contact >= 2:
        return (4 if tentative or reading.has(Strategy.OWN) else 3), RecognitionKind.EXPLICIT
    if explicit and not only_formula(reading, contact):
        return 3, RecognitionKind.IMPLICIT
    if implicit or (reading.has(Strategy.ATTEND) and contact >= 2 and (seen or aimed(reading))):
        return 3, RecognitionKind.IMPLICIT
    changing = reading.has(Strategy.CHANGE) or (reading.has(Strategy.ALTERNATIVES) and seen)
    if changing and seen:
        return (3 if reading.questions else 2), RecognitionKind.IMPLICIT
    granted = reading.has(Strategy.ANSWER) and contact >= 2 and "wishes" in signs(reading.heard.line)
    return (3, RecognitionKind.IMPLICIT) if granted else None


def noticed(reading: Reading) -> bool:
    """Signs of noticing: the patient has just spoken of a strain, or the reply itself speaks as if there were one."""
    return reading.strained or reading.has("noticing")


def aimed(reading: Reading) -> bool:
    """It attends to something sore, and to what is between us, not only to what was told."""
    return reading.has("relation") and reading.has("sore")


def only_formula(reading: Reading, contact: Scale) -> bool:
    """Nothing in it belongs to this patient."""
    return contact <= 1 and reading.has("generic")
