"""How much of a reply to show as evidence: the sentence or clause in which the coded words stand."""

import re

LONGEST_SENTENCE = 110
"""Characters; in a longer sentence only the clause is shown."""
SHORTEST_CLAUSE = 24
"""A shorter clause is shown with its neighbours."""
_SENTENCE_ENDS = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n+")
_CLAUSE_ENDS = re.compile(r"[,;:–—](?=\s)|\s[-–—](?=\s)")


def around(text: str, start: int, end: int) -> str:
    """The words from `start` to `end` widened to their clause or sentence; empty for an empty span."""
    if not text[start:end].strip():
        return ""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    first, last = _widened(text, start, end, _SENTENCE_ENDS, 0, len(text))
    if last - first > LONGEST_SENTENCE:
        whole = first, last
        first, last = _widened(text, start, end, _CLAUSE_ENDS, *whole)
        if last - first < SHORTEST_CLAUSE:
            first, last = _widened(text, max(whole[0], first - 2), min(whole[1], last + 2), _CLAUSE_ENDS, *whole)
    return trimmed(text[first:last])


def trimmed(words: str) -> str:
    """Words without the white space, comma or full stop around them; a question mark stays."""
    words = words.strip().lstrip(",;:–— ")
    return words if words.endswith("...") else words.rstrip(" .,;:–—")


def _widened(text: str, start: int, end: int, ends: re.Pattern[str], least: int, most: int) -> tuple[int, int]:
    """The span widened to the breaks on either side of it, within `least` and `most`."""
    breaks = [match.end() for match in ends.finditer(text, least, most)]
    first = max((place for place in breaks if place <= start), default=least)
    last = min((place for place in breaks if place >= end), default=most)
    return first, last
