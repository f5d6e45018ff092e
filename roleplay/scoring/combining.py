"""What no single phrase shows: codes that come from several things found together (domain.md section 3)."""

import re

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.contact import content, covered, stems_in
from roleplay.scoring.reading import Reading
from roleplay.scoring.strained import signs
from roleplay.scoring.text import Sentence

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
TAKEN = 0.8
"""The weight of one word from further back."""
REFLECTION = 40
"""A reflection in the patient's particulars is at most so many words."""
GRANTED = 12
"""A wish is granted in at most so many words."""
WHY = ("why do", "why did", "why are", "why can", "why is", "why not", "why now", "why have", "why will", "but why")
GRANTING = ("yes", "done", "understood", "we can do that", "i can do that", "i will do that")
NUMBER = re.compile(r" (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|none) ")
PLAINER_THAN = (
    Strategy.ANSWER, Strategy.OWN, Strategy.VALIDATE, Strategy.DISCLOSE, Strategy.DISCREPANCY,
    Strategy.NORMALISE, Strategy.REDIRECT,
)  # fmt: skip
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
    """Three questions or more crowd the patient; a chain of whys, or a why and a guess at the cause, does so sooner."""
    whys = sum(sentence.line.startswith(WHY) for sentence in reading.questions)
    if len(reading.questions) >= 3 or whys >= 2 or (whys and reading.has("guess")):
        reading.add(Harm.QUESTIONING)
        reading.drop(Strategy.OBSTACLES, Strategy.ALTERNATIVES, Strategy.INVITE, Strategy.NEED)


def lectured(reading: Reading) -> None:
    """Very many words and no question leave no room."""
    if reading.words > LECTURE and not reading.questions:
        reading.add(Harm.ADVICE)


def answered(reading: Reading) -> None:
    """A short plain sentence, one of the first two, to a question or to a wish that was put to us."""
    if reading.harms:
        return
    for sentence in reading.said[:2]:
        if not sentence.asks and (answers(sentence, reading) or grants(sentence, reading)):
            reading.add(Strategy.ANSWER, sentence)
            return


def answers(sentence: Sentence, reading: Reading) -> bool:
    """It begins as an answer to the question in the patient's line, or says the number that was asked for."""
    line = reading.heard.line.lower()
    if (
        "?" not in line
        or reading.has("carry_on")
        or len(sentence.words) > ANSWER + 6 * int(sentence.words[0].text == "honestly")
    ):
        return False
    counts = "how many" in line or "how long" in line
    number = NUMBER.search(f" {' '.join(word.text for word in sentence.words[:4])} ")
    first = sentence.words[0].text in {"yes", "no", "honestly"} and len(sentence.words) > 1
    return bool(number and counts) or (first and not number)


def grants(sentence: Sentence, reading: Reading) -> bool:
    """It says the thing, or says yes to it, where the patient's line speaks a wish."""
    if "wishes" not in signs(reading.heard.line) or len(sentence.words) > GRANTED:
        return False
    yes = any(each.line == "yes" or each.line.startswith(GRANTING) for each in reading.said[:2])
    if yes:
        return not reading.has(Strategy.CHANGE, Strategy.ALTERNATIVES, Strategy.INVITE)
    return len(sentence.words) <= ANSWER and len(content((sentence,)) & stems_in(reading.heard.line)) >= 2


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
    if reading.echoes:
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
    feeling = reading.has(Strategy.OWN, Strategy.DISCLOSE, Harm.OVER_APOLOGY, Harm.BLAME_SHIFTING, Harm.DEFENSIVENESS)
    loss = any("loss" in each.line or "to hear" in each.line or "sorry you" in each.line for each in reading.said)
    if not feeling and not loss and reading.has("bare_sorry"):
        reading.hits[str(Strategy.OWN)] = reading.matches("bare_sorry")
        reading.bare = True


def received(reading: Reading) -> None:
    """Plain words of receiving ("fair", "I'm glad you said so") count where they are not the way to something else."""
    if reading.harms or not reading.has("received") or reading.has(Strategy.ATTEND):
        return
    if all(code in (Strategy.NEED, Strategy.HOLD, Strategy.ANSWER) for code in reading.strategies):
        reading.hits[str(Strategy.ATTEND)] = reading.matches("received")


def reflected(reading: Reading) -> None:
    """A short statement in the patient's own particulars attends, though no phrase of ours is in it."""
    if reading.strategies or reading.harms or reading.has("carry_on", "farewell") or reading.words > REFLECTION:
        return
    told = [sentence for sentence in reading.said if not sentence.asks]
    if not told or reading.said[0].asks:
        return
    about_you = any(word.text in {"you", "your"} for each in told for word in each.words)
    taken = reading.shared.near >= 1 or (about_you and reading.shared.weight >= TAKEN)
    plainly = reading.strained and taken and len(reading.questions) <= 1
    if plainly or (about_you and not reading.questions and reading.shared.weight >= 2):
        reading.add(Strategy.ATTEND)


def one_deed(reading: Reading) -> None:
    """Words that own, validate or disclose do not attend besides: the plainer code gives way in its sentence."""
    stronger = {match.sentence.start for match in reading.matches(*PLAINER_THAN)}
    kept = [match for match in reading.matches(Strategy.ATTEND) if match.sentence.start not in stronger]
    if len(kept) < len(reading.matches(Strategy.ATTEND)):
        reading.hits[str(Strategy.ATTEND)] = kept


def undecided(reading: Reading) -> None:
    """Options are not yet a change ("we could keep it or drop it"); an offer to change is not yet a list of options."""
    for match in reading.matches(Strategy.ALTERNATIVES):
        line = f" {match.sentence.line} "
        if " or " not in line:
            continue
        if " we can " in line or " we could " in line:
            reading.drop_in(Strategy.CHANGE, match.sentence)
        elif " shall we " in line and any(each.sentence is match.sentence for each in reading.matches(Strategy.CHANGE)):
            reading.drop_in(Strategy.ALTERNATIVES, match.sentence)


def left(reading: Reading) -> None:
    """A bright word, then a question about something else, where a strain was just spoken of."""
    if reading.strategies or reading.harms or not reading.strained or len(reading.said) < 2:
        return
    opened = any(match.sentence is reading.said[0] for match in reading.matches("opener"))
    elsewhere = not (reading.shared.near or reading.shared.topics) and reading.shared.other and reading.questions
    if opened and elsewhere and reading.said[1].asks and not reading.has("uptake"):
        reading.add(Harm.TOPIC_CHANGE)
        reading.faint.add(str(Harm.TOPIC_CHANGE))


def held(reading: Reading) -> None:
    """Leaving room counts where it is what the reply does, not where it closes one that does more."""
    others = [code for code in reading.strategies if code is not Strategy.HOLD]
    room = covered(reading.said, reading.matches(Strategy.HOLD)) >= MOSTLY
    if reading.has(Strategy.HOLD) and (others or reading.harms or not room or reading.has("greeting")):
        reading.drop(Strategy.HOLD)


RULES = (
    tags, felt, questioned, lectured, answered, owned_but, begged, understood,
    parroted, posed, apologised, undecided, one_deed, received, reflected, left, held,
)  # fmt: skip
"""In the order they are applied: later ones rely on what earlier ones took away."""
