"""Key presses that terminals send in ways Textual does not know."""

from contextlib import suppress
from enum import Enum
from typing import cast


class _Unnamed(Enum):
    """Keys for which Textual has no name of its own."""

    ALT_ENTER = "alt+enter"


def tell_alt_enter_from_enter() -> None:
    """Lets alt+enter arrive as itself.

    Many terminals send ESC CR for it, which Textual would hand on as a plain enter: a reply would be sent where
    only a new line was wanted. The table is not part of Textual's promises; without it nothing is lost but the key.
    """
    with suppress(ImportError, AttributeError):
        from textual import _ansi_sequences

        table = cast("dict[str, object]", _ansi_sequences.ANSI_SEQUENCES_KEYS)
        table.setdefault("\x1b\r", (_Unnamed.ALT_ENTER,))
