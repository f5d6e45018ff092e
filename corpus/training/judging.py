"""From the development part: how sure is sure enough, and what a probability is worth."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.evaluate.answering import judged_answers
from corpus.evaluate.judged import SEVERE
from corpus.evaluate.measures import severe_counts
from corpus.reading import CODES, Rated, codes_of
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Harm
from roleplay.scoring.learned.decoding import Answers, Judgement

if TYPE_CHECKING:
    from corpus.training.examples import Example

GRID = np.arange(0.15, 0.86, 0.025)
TRUST = 15
"""A code's own threshold counts as much as the common one once it was given so often."""
DRAWN = 2.0
"""How strongly a code's own offset is drawn towards the common one."""
LIKE = 0.02
"""Thresholds are as good as the best if F1 is no further below than this."""
SPAN = 0.4
WARY = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Shares of a threshold that are tried for the gravest harms."""
SURE_ENOUGH = 0.78
"""A little above the precision of .75 that is asked for."""
FAR = 12.0
"""Logits beyond this say nothing more."""


def judgement(answers: Sequence[Answers], people: Sequence[Rated]) -> Judgement:
    """Calibration by a logistic curve with an offset for each code, then a threshold for each code.

    A rare code's own best offset or threshold is mostly luck, so that both are drawn towards what is best for all.
    """
    logits = np.array([each.whole[: len(CODES)] for each in answers])
    given = np.array([[str(code) in codes_of(rated) for code in CODES] for rated in people])
    slope, offset = logistic(logits.ravel(), given.ravel())
    offsets = own_offsets(logits, given, slope, offset)
    likely = 1 / (1 + np.exp(-(slope * np.clip(logits, -FAR, FAR) + offsets)))
    common = max(GRID, key=lambda cut: np.mean([scored(likely[:, n], given[:, n], cut) for n in range(len(CODES))]))
    thresholds = {}
    for n, code in enumerate(CODES):
        own = best_cut(likely[:, n], given[:, n], common)
        weight = given[:, n].sum() / (given[:, n].sum() + TRUST)
        thresholds[str(code)] = round(float(weight * own + (1 - weight) * common), 3)
    own_of = {str(code): round(float(each), 4) for code, each in zip(CODES, offsets, strict=True)}
    return Judgement(thresholds, round(float(slope), 4), own_of, SPAN)


def best_cut(likely: np.ndarray, given: np.ndarray, common: float) -> float:
    """Of the thresholds that are as good as the best, the one at which a code is given about as often as by people.

    Between such thresholds F1 hardly differs, and a code given twice as often as by people is praise or blame for
    nothing. Of equals the one nearest to the common one.
    """
    scores = [scored(likely, given, cut) for cut in GRID]
    good = [cut for cut, score in zip(GRID, scores, strict=True) if score >= max(scores) - LIKE]
    return float(min(good, key=lambda cut: (abs(int((likely >= cut).sum()) - int(given.sum())), abs(cut - common))))


def wary(judged: Judgement, answers: Sequence[Answers], chosen: Sequence["Example"]) -> Judgement:
    """The same with lower thresholds for the harms that may be of severity 3, as far as most of those given are right.

    To miss one of them is worse than to give one too many. The lowest of `WARY` is taken at which the share of replies
    that are rightly said to hold such a harm is still `SURE_ENOUGH`; where none reaches it, nothing is changed.
    """
    grave = {str(harm) for harm in Harm if codebook().severity(harm)[1] == SEVERE}
    kept = judged
    for share in WARY:
        lower = {code: round(cut * (share if code in grave else 1.0), 3) for code, cut in judged.thresholds.items()}
        tried = replace(judged, thresholds=lower)
        if (severe_counts(judged_answers(answers, chosen, tried)).precision or 0.0) >= SURE_ENOUGH:
            kept = tried
    return kept


def scored(likely: np.ndarray, given: np.ndarray, cut: float) -> float:
    """F1 of one code at one threshold; 0 where nobody gave it."""
    said = likely >= cut
    total = said.sum() + given.sum()
    return float(2 * (said & given).sum() / total) if total else 0.0


def own_offsets(logits: np.ndarray, given: np.ndarray, slope: float, common: float) -> np.ndarray:
    """The offset of each code that fits best, drawn towards the common one by `DRAWN`, by Newton's method.

    Training weighs rare codes more, so that one curve would call common codes rarer than they are. Shapes: both
    (replies, codes), the result (codes,).
    """
    logits = np.clip(logits, -FAR, FAR)
    offsets = np.full(logits.shape[1], common)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-(slope * logits + offsets)))
        gradient = (likely - given).sum(axis=0) + DRAWN * (offsets - common)
        step = np.clip(gradient / ((likely * (1 - likely)).sum(axis=0) + DRAWN), -0.5, 0.5)
        offsets = offsets - step
        if np.abs(step).max() < 1e-7:
            break
    return offsets


def logistic(logits: np.ndarray, given: np.ndarray) -> tuple[float, float]:
    """Slope and offset of the curve from logits to probabilities that fits best (Platt scaling), by Newton's method."""
    slope, offset = 1.0, 0.0
    logits = np.clip(logits, -FAR, FAR)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-(slope * logits + offset)))
        miss, weight = likely - given, likely * (1 - likely) + 1e-9
        gradient = np.array([(miss * logits).sum(), miss.sum()])
        curve = np.array(
            [[(weight * logits**2).sum(), (weight * logits).sum()], [(weight * logits).sum(), weight.sum()]]
        )
        step = np.linalg.solve(curve + 1e-6 * np.eye(2), gradient)
        step = np.clip(step, -0.5, 0.5)
        slope, offset = slope - step[0], offset - step[1]
        if np.abs(step).max() < 1e-7:
            break
    return slope, offset
