"""What no single phrase shows: codes that come from several things found together (domain.md section 3)."""

import re

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.contact import covered
from roleplay.scoring.reading import Reading

LECTURE = 120
"""More words than this without a question are a lecture."""
ANSWER = 9
"""A straight answer is at most so many words."""
POSITIVE = re.compile(
    r"\b(?:happy|fine|ok|okay|good|great|helpful|helping|useful|better|well|comfortable|all right|clear)\b"
)
HOLLOWING = (
    Harm.BLAME_SHIFTING, Harm.MIXED_MESSAGE, Harm.LABELLING, Harm.COUNTER_INTERPRETATION, Harm.FALSE_EMPATHY,
)  # fmt: skip
"""Harms beside which warm words are no warmth."""
REFLECTION = 40
"""A reflection in the patient's particulars is at most so many words."""
MOSTLY = 0.5
"""A reply holds when at least this share of its words leaves room."""
REPAIRING = (
    Strategy.OWN,
    Strategy.VALIDATE,
    Strategy.NORMALISE,
    Strategy.DISCLOSE,
    Strategy.DISCREPANCY,
    Strategy.INVITE,
)


def combine(reading: Reading) -> None:
    """Add and take away codes, by `RULES`, so that the reading says what the whole reply does."""
    for rule in RULES:
        rule(reading)


def tags(reading: Reading) -> None:
    """A question by tag ("You're happy with it, right?") asks for comfort: it reassures the one who asks."""
    for sentence in reading.said:
        if sentence.tag and POSITIVE.search(sentence.line) and " not " not in f" {sentence.line} "[:40]:
            reading.add(Harm.REASSURANCE, sentence)


def felt(reading: Reading) -> None:
    """A question after the feeling asks about us where the rest has named something between us."""
    if reading.has(*REPAIRING) or (reading.has(Strategy.ATTEND) and reading.shared.weight >= 1.5):
        for match in reading.matches("feeling_question"):
            if match.sentence.asks and not match.sentence.tag:
                reading.hits.setdefault(str(Strategy.INVITE), []).append(match)


def questioned(reading: Reading) -> None:
    """Three questions or more crowd the patient; a chain of whys does so sooner."""
    whys = sum(sentence.line.startswith("why") for sentence in reading.questions)
    if len(reading.questions) >= 3 or whys >= 2:
        reading.add(Harm.QUESTIONING)
        reading.drop(Strategy.OBSTACLES, Strategy.ALTERNATIVES, Strategy.INVITE, Strategy.NEED)


def lectured(reading: Reading) -> None:
    """Very many words and no question leave no room."""
    if reading.words > LECTURE and not reading.questions:
        reading.add(Harm.ADVICE)


def answered(reading: Reading) -> None:
    """A short plain first sentence to a question in the patient's line, unless the reply then carries on as before."""
    if "?" not in reading.heard.line or not reading.said or reading.has("carry_on") or reading.harms:
        return
    first = reading.said[0]
    line = f" {first.line} "
    number = re.search(r" (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|none) ", line)
    plainly = re.match(r" (?:yes|no|it is|it was|about|because|i (?:am|was|do|did|will|can|have) |honestly)", line)
    counts = "how many" in reading.heard.line.lower() or "how long" in reading.heard.line.lower()
    if first.asks or len(first.words) > ANSWER:
        return
    if (number and counts) or (plainly and not number and reading.said[0].words[0].text in {"yes", "no", "honestly"}):
        reading.add(Strategy.ANSWER, first)


def owned_but(reading: Reading) -> None:
    """Sorry, and then "but": ownership taken back."""
    if reading.has(Strategy.OWN) and reading.has("contrast"):
        for match in reading.matches("contrast"):
            reading.hits.setdefault(str(Harm.DEFENSIVENESS), []).append(match)


def begged(reading: Reading) -> None:
    """Many sorries ask the patient to comfort; so does owning and then asking to be forgiven."""
    sorries = sum(word.text.startswith(("sorry", "apolog")) for sentence in reading.said for word in sentence.words)
    if sorries >= 3:
        reading.add(Harm.OVER_APOLOGY)
    if reading.has(Harm.OVER_APOLOGY):
        reading.drop(Harm.PRESSING, Strategy.INVITE)
        if sorries >= 3 or not reading.has("effect"):
            reading.drop(Strategy.DISCLOSE, Strategy.ATTEND, Strategy.OWN)


def understood(reading: Reading) -> None:
    """Saying "I understand." and then defending is empathy for show."""
    opening = reading.said[0].line if reading.said else ""
    if re.fullmatch(r"i (?:do |totally |completely )?(?:understand|hear you)(?: that)?", opening) and reading.has(
        Harm.DEFENSIVENESS, Harm.ADVICE
    ):
        reading.add(Harm.FALSE_EMPATHY, reading.said[0])


def parroted(reading: Reading) -> None:
    """The patient's own line given back whole is no contact."""
    if reading.shared.echo:
        reading.add(Harm.FALSE_EMPATHY)
        reading.drop(Strategy.ATTEND, Strategy.INVITE)


def posed(reading: Reading) -> None:
    """Warm words do not count as repair where the same words carry the harm; blame makes ownership void."""
    if reading.has(*HOLLOWING):
        reading.drop(Strategy.ATTEND, Strategy.VALIDATE)
    if reading.has(Harm.PRESSING, Harm.COUNTER_INTERPRETATION, Harm.HOSTILITY, Harm.MIXED_MESSAGE):
        reading.drop(Strategy.INVITE, Strategy.OBSTACLES)
    if reading.has(Harm.COLLUSION, Harm.TOPIC_CHANGE):
        reading.drop(Strategy.CHANGE)
    if reading.has(Harm.BLAME_SHIFTING):
        reading.drop(Strategy.OWN, Strategy.INVITE)
    if reading.has(Harm.PRESSING):
        reading.drop(Harm.ADVICE)
    if reading.has(Strategy.SAFETY):
        reading.drop(Harm.PRESSING, Harm.MIND_READING, Harm.QUESTIONING)
    if reading.has(Harm.COUNTER_INTERPRETATION, Harm.LABELLING):
        reading.drop(Harm.MIND_READING)


def apologised(reading: Reading) -> None:
    """An apology which names nothing owns something, but what? It counts as owning, and as the weakest kind of it."""
    feeling = reading.has(Strategy.OWN, Harm.OVER_APOLOGY, Harm.BLAME_SHIFTING, Harm.DEFENSIVENESS)
    loss = any("loss" in each.line or "to hear" in each.line or "sorry you" in each.line for each in reading.said)
    if not feeling and not loss and reading.has("bare_sorry"):
        reading.hits[str(Strategy.OWN)] = reading.matches("bare_sorry")
        reading.bare = True


def reflected(reading: Reading) -> None:
    """A short statement in the patient's own particulars attends, though no phrase of ours is in it."""
    told = not reading.questions and reading.words <= REFLECTION and reading.shared.weight >= 2
    about_you = any(word.text in {"you", "your"} for each in reading.said for word in each.words)
    if told and about_you and not reading.strategies and not reading.harms and not reading.has("carry_on"):
        reading.add(Strategy.ATTEND)


def held(reading: Reading) -> None:
    """Leaving room counts where it is what the reply does, not where it closes one that does more."""
    others = [code for code in reading.strategies if code is not Strategy.HOLD]
    room = covered(reading.said, reading.matches(Strategy.HOLD)) >= MOSTLY
    if reading.has(Strategy.HOLD) and (others or reading.harms or not room):
        reading.drop(Strategy.HOLD)


RULES = (
    tags, felt, questioned, lectured, answered, owned_but, begged, understood,
    parroted, posed, apologised, reflected, held,
)  # fmt: skip
"""In the order they are applied: later ones rely on what earlier ones took away."""
