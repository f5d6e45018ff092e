"""Which coder reads the replies: the trained one, or the hand-written rules where it cannot be had."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roleplay.errors import UsageError

if TYPE_CHECKING:
    from roleplay.scoring.coding import Coder

CHOICE = "ROLEPLAY_CODER"
"""The environment variable that names the coder, for who would rather have the rules."""
INSTEAD = "Replies are read by hand-written rules, which miss much that is put in unusual words."


@dataclass(frozen=True)
class Reader:
    """A coder, and why it is not the better one."""

    coder: "Coder"
    because: str = ""
    """Why not, and what reads instead, for a person. Empty for the trained coder, or where the rules were asked for."""


def reader() -> Reader:
    """The best coder there is on this machine. The first call opens the weights.

    Raises:
        UsageError: `ROLEPLAY_CODER` names none.
    """
    asked = os.environ.get(CHOICE, "") or "trained"
    if asked == "words":
        return rules()
    if asked != "trained":
        raise UsageError(f"{CHOICE} is `{asked}`. It can be `trained` or `words`.")
    from roleplay.scoring.learned.coder import opened
    from roleplay.scoring.learned.encoder import NoWeights

    try:
        return Reader(opened())
    except NoWeights as error:
        return rules(str(error))


def rules(because: str = "") -> Reader:
    """The hand-written rules, and why it is they."""
    from roleplay.scoring.words import WordsCoder

    return Reader(WordsCoder(), because and f"{INSTEAD} {because}")
