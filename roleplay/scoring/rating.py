"""Anchored ratings of one reply from plain features of its words: D3, D7 to D10 of domain.md 9.1."""

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Scale
from roleplay.scoring.reading import Reading

INVALIDATING = (
    Harm.REASSURANCE, Harm.MINIMISING, Harm.HOSTILITY, Harm.DEFENSIVENESS, Harm.CONTROL, Harm.CULTURAL_DISMISSAL,
    Harm.COUNTER_INTERPRETATION, Harm.LABELLING, Harm.TOPIC_CHANGE, Harm.MIXED_MESSAGE, Harm.PRESSING, Harm.ADVICE,
)  # fmt: skip
RECEIVING = (Strategy.ATTEND, Strategy.VALIDATE)


def quality_of(reading: Reading, contact: Scale) -> Scale | None:
    """How well the best strategy is done, 0 to 4. None without a strategy; the number of strategies adds nothing."""
    if not reading.strategies:
        return 0 if reading.harms else None
    if contact <= 1:
        token = reading.bare or reading.strategies in ([Strategy.ATTEND], [Strategy.HOLD])
        return 1 if token else 2
    loose = reading.shared.weight < 1 and not reading.has("points")
    if reading.strategies == [Strategy.CHANGE] and (loose or not reading.questions):
        return 2
    good = 3 + int(contact >= 3 and (bool(reading.questions) or reading.has(Strategy.OWN, "checks", "freedom")))
    return good - int(bool(reading.harms))


def empathy_of(reading: Reading, contact: Scale) -> Scale | None:
    """Empathy: 4 makes sense of the reaction, 3 accurate, 2 words only, 1 formula, 0 absent or invalidating."""
    if reading.has(Harm.FALSE_EMPATHY, Harm.BLAME_SHIFTING):
        return 1
    if reading.has(*INVALIDATING):
        return 0
    if reading.has(*RECEIVING):
        received = 2 + int(reading.has(Strategy.VALIDATE)) if contact >= 2 else 1
        return min(4, received + int(contact >= 2 and (contact >= 3 or reading.has("effect"))))
    if reading.bare:
        return 1
    if reading.has(Strategy.OWN):
        return 3 + int(contact >= 4) if reading.has("effect") else 2
    return 2 if reading.strategies else 1 if reading.has("generic", "feeling_question") else 0


def ownership_of(reading: Reading) -> Scale | None:
    """The own part: 4 act and effect, 3 act, 2 vague, 1 conditional, 0 denied. None when nothing is said of it."""
    if reading.has(Harm.BLAME_SHIFTING):
        return 0
    if not reading.has(Strategy.OWN):
        if any(" if i " in f" {each.line} " and "sorry" in each.line for each in reading.said):
            return 1
        return 0 if reading.has(Harm.DEFENSIVENESS, Harm.MINIMISING) else None
    if reading.bare:
        return 1
    vague = any(
        word in match.sentence.line
        for match in reading.matches(Strategy.OWN)
        for word in ("may have", "might", "wonder")
    )
    level = 4 if reading.has("effect") else 2 if vague else 3
    return max(0, level - int(reading.has("contrast")))


def stance_of(reading: Reading) -> Scale:
    """Collaborative, tentative stance: how many of tentative, shared, free and checking are there; 0 for verdicts."""
    if reading.has("verdict", "command", Harm.PRESSING, Harm.CONTROL, Harm.LABELLING, Harm.MIND_READING):
        return 0
    signs = sum(reading.has(sign) for sign in ("hedge", "freedom", "shared", "checks"))
    return 4 if signs == 4 else 3 if signs >= 2 else 2 if signs == 1 else 1


def economy_of(reading: Reading) -> Scale:
    """Room to answer: 4 for one to four sentences and at most one question, down to 0 for a storm."""
    asked, words, length = len(reading.questions), reading.words, len(reading.said)
    if asked >= 4:
        return 0
    if asked == 3 or words > 120:
        return 1
    if words > 80:
        return 2
    return 3 if asked == 2 or length > 4 or words > 60 else 4
