"""Which coder reads the replies: the trained one, or the hand-written rules where it cannot be had."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roleplay.scoring.coding import Coder


@dataclass(frozen=True)
class Reader:
    """A coder, and why it is not the better one."""

    coder: "Coder"
    because: str = ""
    """Empty for the trained coder; else what is missing and what reads instead, in words for a person."""


def reader() -> Reader:
    """The best coder there is on this machine. The first call opens the weights (well under two seconds)."""
    from roleplay.scoring.learned.encoder import NoWeights

    try:
        from roleplay.scoring.learned.coder import opened

        return Reader(opened())
    except NoWeights as error:
        from roleplay.scoring.words import WordsCoder

        instead = "Replies are read by hand-written rules, which miss much that is put in unusual words."
        return Reader(WordsCoder(), f"{error} {instead}")
