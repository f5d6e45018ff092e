"""The reading in the transcript beside each other scorer's. Agreement is not correctness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from roleplay.judging.request import CODES
from roleplay.judging.rescoring import SavedReply
from roleplay.scoring.agreement import cohen_kappa, f1, weighted_kappa
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding

NOTE = (
    "Agreement is not correctness: two readers can be wrong in the same way, and where they differ neither is right by "
    "that. No figure here says how well anybody replied."
)
Number = TypeVar("Number", int, float)
Pair = tuple[Coding, Coding]
"""The reading in the transcript, and the other."""


@dataclass(frozen=True, slots=True)
class OfCode:
    """Agreement on one code that both gave at least once."""

    code: str
    kappa: float | None
    """None where it is undefined: both gave it to every reply."""
    both: int
    """Replies to which both gave it."""
    transcript: int
    opinion: int


@dataclass(frozen=True, slots=True)
class Beside:
    """One scorer beside the readings in the transcripts."""

    scorer: str
    version: str
    opinions: int
    """Replies that it has read."""
    compared: int
    """Those of them that both could read."""
    unread: int
    """Those that one of the two abstained from, or whose reading is missing."""
    failed: int
    """Opinions that could not be had, each time counted."""
    dropped: int
    """Codes left out because the words they cite are not in the reply."""
    micro_f1: float | None
    """Over all codes and replies, 0..1; None where nobody gave a code."""
    recognition: float | None
    contact: float | None
    """Quadratically weighted kappa; None where it is undefined."""
    codes: tuple[OfCode, ...]
    median_seconds: float | None
    slowest_seconds: float | None
    tokens_in: int | None
    tokens_out: int | None
    cost: float | None
    """Of everything asked, failures included; None where no price or no count is known."""


def beside_of(replies: Sequence[SavedReply]) -> tuple[Beside, ...]:
    """Each scorer that gave an opinion on one of these replies, in the order in which they first did."""
    scorers = dict.fromkeys((given.scorer, given.version) for each in replies for given in each.opinions)
    return tuple(_beside(replies, scorer, version) for scorer, version in scorers)


def _beside(replies: Sequence[SavedReply], scorer: str, version: str) -> Beside:
    of_scorer = [
        (each, [given for given in each.opinions if (given.scorer, given.version) == (scorer, version)])
        for each in replies
    ]
    facts = [given for _, given_here in of_scorer for given in given_here]
    last = [
        (each.reading, [given.coding for given in given_here if given.coding is not None][-1])
        for each, given_here in of_scorer
        if any(given.coding is not None for given in given_here)
    ]
    pairs: list[Pair] = [
        (ours, theirs) for ours, theirs in last if ours is not None and not ours.abstained and not theirs.abstained
    ]
    seconds = [given.seconds for given in facts if given.seconds is not None and given.coding is not None]
    return Beside(
        scorer=scorer,
        version=version,
        opinions=len(last),
        compared=len(pairs),
        unread=len(last) - len(pairs),
        failed=sum(given.coding is None for given in facts),
        dropped=sum(given.dropped for given in facts),
        micro_f1=micro_f1(pairs),
        recognition=weighted_kappa([ours.recognition for ours, _ in pairs], [other.recognition for _, other in pairs]),
        contact=weighted_kappa([ours.contact for ours, _ in pairs], [other.contact for _, other in pairs]),
        codes=tuple(_of_codes(pairs)),
        median_seconds=round(median(seconds), 3) if seconds else None,
        slowest_seconds=max(seconds, default=None),
        tokens_in=_sum(given.tokens_in for given in facts),
        tokens_out=_sum(given.tokens_out for given in facts),
        cost=_sum(given.cost for given in facts),
    )


def micro_f1(pairs: Sequence[Pair]) -> float | None:
    """Twice the codes that both gave to a reply, over all that either gave to one, 0..1; None where there are none."""
    ours = [code in _given(coding) for coding, _ in pairs for code in CODES]
    theirs = [code in _given(coding) for _, coding in pairs for code in CODES]
    return f1(ours, theirs)


def _given(coding: Coding) -> frozenset[Strategy | Harm]:
    return frozenset(found.code for found in coding.codes)


def _of_codes(pairs: Sequence[Pair]) -> Iterable[OfCode]:
    for code in CODES:
        ours = [code in _given(coding) for coding, _ in pairs]
        theirs = [code in _given(coding) for _, coding in pairs]
        if any(ours) and any(theirs):
            both = sum(a and b for a, b in zip(ours, theirs, strict=True))
            yield OfCode(str(code), cohen_kappa(ours, theirs), both, sum(ours), sum(theirs))


def _sum(values: Iterable[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
