"""Replies as they come when people type fast: without stops, with slips, or torn from what was said before."""

import random
from collections.abc import Sequence
from dataclasses import replace

from tokenizers import Tokenizer

from corpus.training.examples import Example
from roleplay.scoring.coding import Heard
from roleplay.scoring.learned.layout import encoded

SHARE = 0.24
"""Share of the replies of each pass that are worn."""
WAYS = ("bare", "bare", "slips", "unheard")
"""Ways of wearing, drawn alike: half of the worn replies come without stops."""
SLIPS = 12
"""One slip for so many words."""


def worn_some(chosen: Sequence[Example], tokenizer: Tokenizer) -> list[Example]:
    """The examples, some of them worn, anew for each pass. What they should be answered stays the same."""
    return [worn(each, tokenizer) if random.random() < SHARE else each for each in chosen]


def worn(example: Example, tokenizer: Tokenizer) -> Example:
    """One example without its stops, with slips of the fingers, or with nothing heard before it."""
    said, heard = example.record["response"], example.heard
    way = random.choice(WAYS)
    if way == "bare":
        said = "".join(letter for letter in said if letter not in ",.?!;:")
    elif way == "slips":
        said = slipped(said)
    else:
        heard = Heard(line=heard.line)
    return replace(example, tokens=encoded(said, heard, tokenizer)[0], spans=None)


def slipped(said: str) -> str:
    """Two neighbouring letters changed over, here and there."""
    words = said.split(" ")
    for _ in range(max(1, len(words) // SLIPS)):
        place = random.randrange(len(words))
        word = words[place]
        if len(word) > 3:
            at = random.randrange(len(word) - 2) + 1
            words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
