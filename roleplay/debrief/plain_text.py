"""Text from people, made safe to show anywhere: nothing in it can move a cursor or turn a line around."""

import json
import re
import unicodedata

_HIDING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u3164\uffa0")
"""Letters by category that show nothing."""
_JOINERS = frozenset("\u200c\u200d")
_LETTER_MARKS = range(0x0600, 0x0900)
"""Arabic and Syriac signs of category Cf that are printed, the letter mark U+061C apart."""
_TAB = "    "


def visible(text: str) -> str:
    """The text with everything invisible spelled out, as in `‹U+202E›`.

    Controls (escape sequences with them), bidirectional overrides, zero-width characters, line and paragraph
    separators and lone surrogates are spelled out; a line break stays and a tab becomes four spaces. Letters of
    every direction, emoji and the joiners inside them stay.
    """
    if text.isprintable() and _BLANK_LETTERS.isdisjoint(text):
        return text
    return "".join(_shown(text, place) for place in range(len(text)))


def one_line(text: str) -> str:
    """As `visible`, with line breaks as single spaces."""
    return " ".join(visible(text).split("\n"))


def visible_json(text: str) -> str:
    """JSON that says the same, where every character that `visible` would spell out is a JSON escape."""
    return re.sub(r"[^\n\x20-\x7e]", lambda match: _escaped(match[0]), text)


def _escaped(char: str) -> str:
    return char if visible(char) == char else json.dumps(char)[1:-1].replace("\x7f", "\\u007f")


def _shown(text: str, place: int) -> str:
    char = text[place]
    if char == "\n":
        return char
    if char == "\t":
        return _TAB
    if char in _JOINERS and _joins(text, place):
        return char
    hides = unicodedata.category(char) in _HIDING and (ord(char) not in _LETTER_MARKS or char == "\u061c")
    return f"‹U+{ord(char):04X}›" if hides or char in _BLANK_LETTERS else char


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands where writing needs it: between emoji, or between two letters beyond Latin."""
    if not 0 < place < len(text) - 1:
        return False
    before, after = text[place - 1], text[place + 1]
    if text[place] == "\u200d" and unicodedata.category(after) == "So":
        return before == "\ufe0f" or unicodedata.category(before) in {"So", "Sk"}
    return before > "\u0500" and unicodedata.category(before) in {"Lo", "Mn"} and unicodedata.category(after) == "Lo"
