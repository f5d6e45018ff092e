"""When two replies are the same form of words: a formula said again repairs nothing."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
SAME = 0.7
"""Share of distinct words two replies must have in common (Jaccard) to count as one form."""


def form_of(reply: str) -> frozenset[str]:
    """The distinct words of a reply, lower-cased. All of them: formulae live in the small words."""
    return frozenset(_WORD.findall(reply.lower().replace("\u2019", "'")))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two forms share most of their words. Two empty forms (silences) are not compared."""
    if not one or not other:
        return False
    return len(one & other) >= SAME * len(one | other)


def repeats_of(reply: str, earlier: Iterable[frozenset[str]]) -> int:
    """How often this form was used before. A reply of fewer than three words ("mm, go on") is no form."""
    form = form_of(reply)
    return sum(alike(form, other) for other in earlier) if len(form) >= 3 else 0
