"""Whether a reply can be read at all: in English, and in words."""

import unicodedata

from roleplay.scoring.rules import rules
from roleplay.scoring.text import Sentence

FOREIGN = "This reply does not seem to be in English, which is the only language this program can read."
GIBBERISH = "No words could be recognised in this reply."


def unreadable(text: str, said: tuple[Sentence, ...]) -> str:
    """Why `text` cannot be read, in words for the trainee; empty when it can.

    A guess from small words: English ones against those of other languages. One or
    two unknown words are given the benefit of the doubt.
    """
    letters = [letter for letter in text if letter.isalpha()]
    words = [word.text for sentence in said for word in sentence.words if not word.text.isdigit()]
    if not letters or not words:
        return "" if any(letter.isdigit() for letter in text) else GIBBERISH
    if not text.isascii() and sum(not latin(letter) for letter in letters) > len(letters) / 2:
        return FOREIGN
    english = sum(word in rules().english for word in words)
    foreign = sum(word in rules().foreign and word not in rules().english for word in words)
    if foreign > english and foreign >= len(words) / 5:
        return FOREIGN
    if not english and any(on_one_row(word) for word in words):
        return GIBBERISH
    strange = english < len(words) * (0.12 if len(words) < 60 else 0.2)
    if strange and (len(words) > 3 or (not english and not any(pronounceable(word) for word in words))):
        return GIBBERISH if not foreign else FOREIGN
    return ""


def latin(letter: str) -> bool:
    """Whether `letter` belongs to the Latin script."""
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "")


ROWS = ("qwertyuiop", "qwertzuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm")


def on_one_row(word: str) -> bool:
    """Whether `word` is a run along the keyboard, as fingers type it to see whether anything happens."""
    return len(word) >= 4 and any(word in row or word in row[::-1] for row in ROWS)


def pronounceable(word: str) -> bool:
    """Whether `word` could be one: not too long, with a vowel, and not one letter again and again."""
    return len(word) < 20 and any(letter in "aeiouyáéíóúäöüàèìòùâêîôû" for letter in word) and len(set(word)) > 1
