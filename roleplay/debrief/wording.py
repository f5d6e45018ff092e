"""Slugs in plain words, where the codebook does not say them: stages, endings, notes, severities."""

import re
from collections.abc import Iterable, Sequence

from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import About, Band, Harm, MarkKind, Move, Strategy

MOST_NAMED = 4
"""More turns than these are counted and not listed."""
_SLUG = re.compile(r"`?\b([a-z]+(?:_[a-z]+)+)\b`?")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z\"])")
STAGES = {
    "calm": "ordinary talk",
    "withdrawal.marker": "going along",
    "withdrawal.attended": "a first small opening",
    "withdrawal.hedged_assertion": "a half-said complaint",
    "withdrawal.specific_assertion": "the complaint itself",
    "withdrawal.avoidance": "taking it back",
    "withdrawal.avoidance_explored": "the fear of saying it",
    "withdrawal.self_assertion": "a wish, said outright",
    "confrontation.marker": "the attack",
    "confrontation.acknowledged": "an attack that was taken in",
    "confrontation.construal": "how it looked from the other chair",
    "confrontation.avoidance_of_aggression": "backing away from the anger",
    "confrontation.hurt": "the hurt under the anger",
    "confrontation.avoidance_of_vulnerability": "covering the hurt",
    "confrontation.vulnerability": "what was needed, said outright",
    "silent_dissatisfaction.concealed": "content on the surface",
    "silent_dissatisfaction.testing": "a first test of whether it can be said",
    "silent_dissatisfaction.partly_disclosed": "a first piece of it",
}
ENDINGS = {
    "repaired": "mended",
    "partly_repaired": "partly mended",
    "left": "the patient went",
    "unfinished": "the time ran out",
}
RESOLUTION = {
    1: "worse than before",
    2: "no change",
    3: "calm, or begun, and not heard to the end",
    4: "partly mended: heard, or agreed anew",
    5: "mended, with what was needed said outright",
}
BROKEN_OFF = "the conversation was broken off"
UNPROVOKED = {
    Harm.HOSTILITY: "went on the attack",
    Harm.COUNTER_INTERPRETATION: "explained them away",
}
"""Harms whose short name speaks of an answer to a strain; said otherwise where there was none."""
SEVERITY = {1: "weakens", 2: "stalls", 3: "harms"}
NOTES = {
    "crowded": "More than three things in one reply: the patient can answer only one of them.",
    "premature_pattern": "A pattern was named before the strain had been opened.",
    "described": "The reply tells what one would say instead of saying it.",
    "repeated_form": "The same form of words was used before; said again it opens nothing.",
    "false_alarm": "There was no strain in this line.",
}
ABOUT = {
    About.TASK: "the task",
    About.GOAL: "the goal",
    About.BOND: "the two of you",
    About.FRAME: "the frame",
}
KINDS = {
    MarkKind.WITHDRAWAL: "withdrawal",
    MarkKind.CONFRONTATION: "confrontation",
    MarkKind.HIDDEN: "something hidden",
    MarkKind.MIXED: "mixed",
}
BANDS = {
    Band.HARMFUL: "harmful",
    Band.NOT_YET: "not yet",
    Band.EMERGING: "emerging",
    Band.SOLID: "solid",
    Band.STRONG: "strong",
}


def place(state: str) -> str:
    """A state or an ending in plain words; an author's own state by its name."""
    if state.startswith("safety."):
        return "plain talk about safety"
    last = state.rsplit(".", 1)[-1]
    return STAGES.get(state) or ENDINGS.get(last) or last.replace("_", " ").replace("-", " ")


def told_place(state: str) -> str:
    """As `place`, with an author's own name for a state in quotation marks."""
    words = place(state)
    own = not state.startswith("safety.") and state not in STAGES and state.rsplit(".", 1)[-1] not in ENDINGS
    return f"“{words}”" if own and words else words


def named(text: str) -> str:
    """Text of the codebook with the names of codes in place of their slugs."""
    return _SLUG.sub(lambda match: _name(match[1]), text).replace("`", "")


def _name(slug: str) -> str:
    known = slug in {*Strategy, *Harm}
    return f"“{codebook().entry(slug).name.lower()}”" if known else slug.replace("_", " ")


def first_sentence(text: str) -> str:
    """What a thing is, without the conventions of coding that follow."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def deed(moves: Iterable[Move]) -> str:
    """Moves as one phrase in the past tense: "owned a part, and asked how it is here"."""
    return listed(tuple(codebook().move(move) for move in moves))


def harm_done(code: Harm, *, calm: bool) -> str:
    """A harm as a short phrase in the past tense; on a calm line nobody is said to have hit back."""
    short = codebook().harm(code).short
    return UNPROVOKED.get(code, short) if calm else short


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def turns_named(numbers: Sequence[int]) -> str:
    """Numbers of turns in a sentence: "turn 3", "turns 3, 4 and 6", "7 turns, first in turn 3"."""
    if len(numbers) > MOST_NAMED:
        return f"{len(numbers)} turns, first in turn {numbers[0]}"
    return f"turn{'s' if len(numbers) > 1 else ''} {listed([str(number) for number in numbers])}"


def lasted(minutes: int) -> str:
    """Whole minutes in words: "14 minutes", "less than a minute"."""
    return counted(minutes, "minute") if minutes else "less than a minute"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 reply", "3 replies"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def capital(words: str) -> str:
    """Words with a capital at the beginning, the rest as it is."""
    return words[:1].upper() + words[1:]


def quoted(words: str, longest: int = 90) -> str:
    """Words in quotation marks, shortened at a space where they are long."""
    words = " ".join(words.split())
    if len(words) > longest:
        words = words[:longest].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
    return f"“{words}”"
