"""Why the trained coder gave what it gave, and what came near."""

from collections.abc import Sequence
from dataclasses import dataclass

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.learned.decoding import Answers, Judgement, probabilities, probability
from roleplay.scoring.learned.layout import CODES

NEAR, MOST = 0.1, 3


@dataclass(frozen=True)
class Near:
    """A code that was not given, and how likely it was, 0 to 1."""

    code: Strategy | Harm
    likely: float


@dataclass(frozen=True)
class Reason:
    """One code that was given, and the code that the same words speak for next."""

    found: Found
    least: float
    """From this probability on the code is given."""
    runner_up: Near | None


def reasons(coding: Coding, answers: Answers, judged: Judgement) -> tuple[Reason, ...]:
    """One reason for each code that was given, in order of appearance."""
    likely = probabilities(answers, judged)
    given = {found.code for found in coding.codes}
    return tuple(
        Reason(found, judged.thresholds.get(str(found.code), 0.5), runner_up(found, answers, likely, given))
        for found in coding.codes
    )


def runner_up(found: Found, answers: Answers, likely: dict[str, float], given: set[Strategy | Harm]) -> Near | None:
    """Of the codes not given, the one that the found words carry most."""
    rows = [row for row, place in zip(answers.tokens, answers.offsets, strict=True) if inside(place, found)]
    others = [(place, code) for place, code in enumerate(CODES) if code not in given]
    if not rows or not others:
        return None
    _, best = max(others, key=lambda each: mean_of(rows, each[0]))
    return Near(best, likely[str(best)])


def inside(place: tuple[int, int], found: Found) -> bool:
    """Whether a token stands in the words of a code."""
    return place[0] < found.end and place[1] > found.start


def mean_of(rows: Sequence[Sequence[float]], place: int) -> float:
    """How much these tokens carry a code, 0 to 1."""
    return sum(probability(row[place]) for row in rows) / len(rows)


def nearly(coding: Coding, answers: Answers, judged: Judgement) -> tuple[Near, ...]:
    """The likeliest codes that were not given, at most three."""
    given = {str(found.code) for found in coding.codes}
    left = [(value, slug) for slug, value in probabilities(answers, judged).items() if slug not in given]
    named = {str(code): code for code in CODES}
    return tuple(Near(named[slug], value) for value, slug in sorted(left, reverse=True)[:MOST] if value >= NEAR)
