"""How sure is sure enough, settled from numbers made by hand."""

from math import log
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import CODES
from corpus.training import judging
from corpus.training.judging import GRID, SPAN, TRUST, judgement, logistic, scored, wary
from roleplay.scoring.learned.decoding import Answers, Judgement, probability
from roleplay.scoring.learned.layout import ANSWERS

FIRST = str(CODES[0])


def said(*chances: float) -> list[Answers]:
    """One reply for each probability of the first code; every other is as unlikely as can be told."""
    rest = [-12.0] * (len(CODES) - 1) + [0.0] * (ANSWERS - len(CODES))
    return [Answers([log(chance / (1 - chance)), *rest], [], []) for chance in chances]


def test_the_curve_finds_slope_and_offset_of_shares_that_were_made_with_them():
    # At logit 1 three of four were given, at -1 one of four: ln 3 and -ln 3, so slope ln 3 and offset 0.
    slope, offset = logistic(np.array([1.0] * 4 + [-1.0] * 4), np.array([1, 1, 1, 0, 1, 0, 0, 0], dtype=bool))

    assert (slope, offset) == (pytest.approx(log(3), abs=1e-3), pytest.approx(0.0, abs=1e-3))


def test_the_offset_takes_up_that_codes_are_rarer_than_the_numbers_say():
    # At logit 2 half were given, at 0 one of four: slope (0 - -ln 3) / 2, offset -ln 3.
    slope, offset = logistic(np.array([2.0] * 4 + [0.0] * 4), np.array([1, 1, 0, 0, 1, 0, 0, 0], dtype=bool))

    assert (slope, offset) == (pytest.approx(log(3) / 2, abs=1e-3), pytest.approx(-log(3), abs=1e-3))


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.booleans()), min_size=1, max_size=30))
def test_whatever_the_numbers_the_curve_is_finite(told: list[tuple[float, bool]]):
    slope, offset = logistic(np.array([logit for logit, _ in told]), np.array([yes for _, yes in told]))

    assert np.isfinite([slope, offset]).all()


def test_a_threshold_is_scored_by_what_it_gives():
    likely, given = np.array([0.9, 0.6, 0.4, 0.1]), np.array([True, False, True, False])

    # From .5 on: one of two right, one of two found. From .4 on: two of three right, two of two found.
    assert scored(likely, given, 0.5) == pytest.approx(0.5)
    assert scored(likely, given, 0.4) == pytest.approx(0.8)
    assert scored(likely, np.zeros(4, dtype=bool), 0.95) == 0.0


def test_a_code_that_was_given_often_has_a_threshold_that_parts_its_replies(rate):
    often = 10 * TRUST
    people = [rate(strategies=[FIRST])] * often + [rate()] * often

    found = judgement(said(*[0.8] * often, *[0.3] * often), people)

    low, high = (probability(found.slope * log(chance / (1 - chance)) + found.offset) for chance in (0.3, 0.8))
    assert low < found.thresholds[FIRST] <= high


def test_a_code_that_nobody_gave_has_the_common_threshold(rate):
    found = judgement(said(0.8, 0.3), [rate(strategies=[FIRST]), rate()])
    rare = {least for code, least in found.thresholds.items() if code != FIRST}

    assert len(rare) == 1
    assert rare <= {round(float(cut), 3) for cut in GRID}


def test_every_code_has_a_threshold_within_the_grid(rate):
    found = judgement(said(0.8, 0.5, 0.3), [rate(strategies=[FIRST]), rate(), rate(harms=["advice"])])

    assert set(found.thresholds) == set(map(str, CODES))
    assert all(GRID[0] - 1e-9 <= least <= GRID[-1] + 1e-9 for least in found.thresholds.values())
    assert found.span == SPAN


@pytest.fixture
def precision_falls(monkeypatch):
    """The precision for the gravest harms is the mean threshold of hostility, doubled."""
    monkeypatch.setattr(judging, "judged_answers", lambda answers, chosen, tried: tried.thresholds)
    monkeypatch.setattr(judging, "severe_counts", lambda cuts: SimpleNamespace(precision=2 * cuts["hostility"]))


@pytest.mark.parametrize(("cut", "kept"), [(0.5, 0.4), (0.45, 0.405), (0.39, 0.39), (0.8, 0.4)])
def test_the_gravest_harms_are_given_as_readily_as_most_of_them_stay_right(precision_falls, cut, kept):
    before = Judgement({"hostility": cut, "defensiveness": 0.5, "hold": 0.4})

    after = wary(before, [], [])

    assert after.thresholds == {"hostility": pytest.approx(kept), "defensiveness": 0.5, "hold": 0.4}
    assert (after.slope, after.offset, after.span) == (before.slope, before.offset, before.span)
