"""Whether words that are quoted stand in a reply, and where."""

from roleplay.scoring.text import QUOTES

_TRIMMED = "\"'“”‘’«»…. \t\n"
"""What models put around a quotation."""
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−"}


def place_of(quote: str, reply: str) -> tuple[int, int] | None:
    """Where the quoted words stand in the reply, as character offsets; None where they do not.

    Exactly first; then with white space, quotation marks, dashes and case made alike. Whole words only, so that a
    letter or two cannot be found everywhere.
    """
    if (found := _whole(quote.strip(), reply)) is not None:
        return found, found + len(quote.strip())
    words, _ = _alike(quote.strip(_TRIMMED))
    text, places = _alike(reply)
    if (found := _whole(words, text)) is None:
        return None
    return places[found], places[found + len(words) - 1] + 1


def _whole(words: str, text: str) -> int | None:
    """Where `words` begin in the text without cutting a word in two; None where nowhere, and for no letter at all."""
    if not any(char.isalnum() for char in words):
        return None
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        cut_before = words[0].isalnum() and _goes_on(text[max(0, start - 2) : start][::-1])
        cut_after = words[-1].isalnum() and _goes_on(text[end : end + 2])
        if not cut_before and not cut_after:
            return start
        start = text.find(words, start + 1)
    return None


def _goes_on(beside: str) -> bool:
    """Whether a word goes on with these characters beside it: a letter, or an apostrophe with a letter behind it."""
    letter = beside[:1].isalnum()
    return letter or (beside[:1].translate(QUOTES) == "'" and beside[1:].isalnum())


def _alike(text: str) -> tuple[str, list[int]]:
    """The text in one case, with one kind of mark and single spaces, and where each of its characters came from."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                places.append(place)
            continue
        for plain in char.casefold().translate(QUOTES).translate(_DASHES):
            chars.append(plain)
            places.append(place)
    return "".join(chars), places
