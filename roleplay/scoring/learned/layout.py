"""What the network reads and the order of what it answers: the one place that training and reading share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roleplay.scoring.codes import SITUATIONAL_HARMS, Harm, Strategy
from roleplay.scoring.coding import Heard
from roleplay.scoring.text import plain

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CODES: tuple[Strategy | Harm, ...] = tuple(code for code in (*Strategy, *Harm) if code not in SITUATIONAL_HARMS)
"""The codes in the order of the network's outputs."""
SCALES = {"recognition": 5, "kind": 5, "contact": 5, "quality": 6, "empathy": 6, "ownership": 6, "stance": 5}
"""The rated scales in order, with the number of their classes. Of six, the first is "not rated"."""
FLAGS = ("shared", "described")
ANSWERS = len(CODES) + sum(SCALES.values()) + len(FLAGS)
"""Width of the network's answer about the whole reply."""
BEFORE = 28
"""Tokens of what the therapist said last, the end of it."""
LINE = 92
"""Tokens of the patient's line and cue, the end of them."""
REPLY = 224
"""Tokens of the reply that are read at once."""
STRIDE = 192
"""Where a longer reply is read on from."""
MOST = 4
"""A reply is read in so many pieces at most; what comes after them is left out."""
LONGEST = 8_000
"""Characters of a reply that are looked at, more than `MOST` pieces of ordinary words need."""
SIGNS = (("[CLS]", "[SEP]"), ("<s>", "</s>"))
"""What stands before everything and between its parts, by the names that word lists give them."""


@dataclass(frozen=True)
class Encoded:
    """One piece of a reply behind what was heard, as the network reads it."""

    ids: list[int]
    types: list[int]
    """0 for what was heard, 1 for the reply."""
    offsets: list[tuple[int, int]]
    """Character offsets into the reply; (0, 0) for what is not of it."""


def encoded(reply: str, heard: Heard, tokenizer: "Tokenizer") -> list[Encoded]:
    """The reply in pieces of at most `REPLY` tokens, each behind the same context."""
    context = context_ids(heard, tokenizer)
    clean, places = plain(reply[:LONGEST])
    spoken = tokenizer.encode(clean, add_special_tokens=False)
    offsets = [(places[start], places[end - 1] + 1) for start, end in spoken.offsets]
    starts = [0, *range(STRIDE, max(len(spoken.ids) - (REPLY - STRIDE), 0), STRIDE)]
    between = signs(tokenizer)[1]
    return [piece(context, spoken.ids[at : at + REPLY], offsets[at : at + REPLY], between) for at in starts[:MOST]]


def signs(tokenizer: "Tokenizer") -> tuple[int, int]:
    """The numbers of the signs that this word list uses.

    Raises:
        ValueError: It has none of them.
    """
    for start, between in SIGNS:
        first, second = tokenizer.token_to_id(start), tokenizer.token_to_id(between)
        if first is not None and second is not None:
            return first, second
    raise ValueError("This word list has no signs for the beginning and between two texts.")


def piece(before: list[int], ids: list[int], offsets: list[tuple[int, int]], between: int) -> Encoded:
    """What was heard and the words of the reply, with a sign after them."""
    return Encoded(
        ids=[*before, *ids, between],
        types=[*[0] * len(before), *[1] * len(ids), 1],
        offsets=[*[(0, 0)] * len(before), *offsets, (0, 0)],
    )


def context_ids(heard: Heard, tokenizer: "Tokenizer") -> list[int]:
    """What the therapist said last, then the patient's line with its cue, of each the end, with the signs between."""
    start, between = signs(tokenizer)
    before = next((said.text for said in reversed(heard.history) if said.who == "therapist"), "")
    line = f"{heard.line} ({heard.cue})" if heard.cue else heard.line
    return [start, *ending(before, BEFORE, tokenizer), between, *ending(line, LINE, tokenizer), between]


def ending(text: str, most: int, tokenizer: "Tokenizer") -> list[int]:
    """The last `most` tokens of what was heard."""
    ids: list[int] = tokenizer.encode(plain(text[-LONGEST:])[0], add_special_tokens=False).ids
    return ids[-most:]
