"""What a conversation without harm or misses could still sharpen: how a reply was said."""

from roleplay.debrief.evidence import Log, noted, rated
from roleplay.debrief.parts import Sentence
from roleplay.debrief.turn import Turn
from roleplay.debrief.wording import quoted

ENOUGH = 3
"""So many replies in words to a strain before a habit is spoken of."""
LOW = 2.0
"""A mean below this, of 0..4, is worth a sentence."""
SHARPENED = {
    "empathy": "say once, in plain words, what it may be like for them, before you ask or offer anything.",
    "stance": "leave it open: a “perhaps”, or a question whether you have it right.",
    "economy": "one thought, and then room to answer.",
}
"""Rated dimensions of the rubric (0..4) that a trainee can change in the next reply."""
NOTED = {
    "crowded": "one thing at a time; of several the patient can answer only one.",
    "described": "say it to the patient, in place of telling what you would say.",
    "premature_pattern": "open the strain in the room before you name a pattern from elsewhere.",
}


def weakest(log: Log) -> Sentence | None:
    """A note of the rubric about a reply in a strain; else the lowest-rated habit, shown on its lowest reply."""
    return _noted(log) or _habit(log)


def _noted(log: Log) -> Sentence | None:
    for note, advice in NOTED.items():
        if found := [turn for turn in noted(log, note) if not turn.calm]:
            return _sentence(found[0], advice, f"A note of the rubric: {note.replace('_', ' ')}.")
    return None


def _habit(log: Log) -> Sentence | None:
    means = {name: mean for name in SHARPENED if (mean := _mean(log, name)) is not None and mean < LOW}
    if not means:
        return None
    name = min(means, key=lambda name: means[name])
    turn = min(_rated(log, name), key=lambda turn: rated(turn, name))
    return _sentence(turn, SHARPENED[name], f"The lowest mean of the rubric in strains: {name}.")


def _rated(log: Log, name: str) -> list[Turn]:
    """The replies in words to a strain that have a rating here."""
    spoken = [turn for turn in log.turns if not turn.calm and turn.text and turn.readable and turn.grade]
    return [turn for turn in spoken if turn.grade and turn.grade.dimensions.get(name) is not None]


def _mean(log: Log, name: str) -> float | None:
    """None where there are too few replies for a habit."""
    values = [rated(turn, name) for turn in _rated(log, name)]
    return sum(values) / len(values) if len(values) >= ENOUGH else None


def _sentence(turn: Turn, advice: str, rule: str) -> Sentence:
    text = f"{advice} In turn {turn.number} you said {quoted(turn.text)}."
    return Sentence(text=text, turn=turn.number, words=turn.text, rule=rule)
