"""What can be heard of a strain in the patient's own words; no more than a coder may know."""

from functools import cache

from roleplay.scoring.coding import Heard
from roleplay.scoring.phrasebook import PhraseBook
from roleplay.scoring.rules import joined_lists, lines, read
from roleplay.scoring.text import sentences

CONTENTED = "contented"
LATELY = 2
"""A strain is taken to last through so many lines of the patient's before the last one."""


@cache
def book() -> PhraseBook:
    """The phrases of `phrases/strained.yaml`."""
    return PhraseBook({name: lines(text) for name, text in read("strained").items()}, joined_lists())


@cache
def signs(line: str) -> frozenset[str]:
    """The kinds of sign found in one line: yields, takes_back, complains, wishes, counts, contented."""
    return frozenset(name for sentence in sentences(line) for name, _ in book().find(sentence))


def strained(heard: Heard) -> bool:
    """Whether the patient's last lines speak of a strain with the therapist or the work, as far as words go."""
    lately = [each.text for each in heard.history if each.who == "patient"][-LATELY:]
    return any(bears(signs(line)) for line in (heard.line, *lately))


def bears(found: frozenset[str]) -> bool:
    """Signs of a strain, and none of a patient who has what they came for."""
    return bool(found) and CONTENTED not in found
