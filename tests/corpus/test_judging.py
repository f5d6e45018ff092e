"""How sure is sure enough, settled from numbers made by hand."""

from math import log
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import CODES
from corpus.training import judging
from corpus.training.judging import DRAWN, GRID, SPAN, TRUST, best_cut, judgement, logistic, own_offsets, scored, wary
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


def test_a_code_that_was_given_more_often_than_the_common_curve_says_has_a_higher_offset():
    logits = np.zeros((400, 2))
    given = np.array([[place < 300, place < 200] for place in range(400)])

    own = own_offsets(logits, given, slope=1.0, common=0.0)

    # Three of four were given: ln 3, but for what draws it towards 0. One of two: just the common one.
    assert own[0] == pytest.approx(log(3), abs=DRAWN / 50)
    assert 0.0 < own[0] < log(3)
    assert own[1] == pytest.approx(0.0, abs=1e-6)


def test_a_code_that_nobody_saw_keeps_nearly_the_common_offset():
    own = own_offsets(np.full((10, 1), -9.0), np.zeros((10, 1), dtype=bool), slope=1.0, common=-0.5)

    assert own[0] == pytest.approx(-0.5, abs=1e-3)


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

    low, high = (probability(found.slope * log(chance / (1 - chance)) + found.offsets[FIRST]) for chance in (0.3, 0.8))
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
    assert (after.slope, after.offsets, after.span) == (before.slope, before.offsets, before.span)


def test_of_thresholds_that_are_about_as_good_the_one_is_taken_that_gives_a_code_as_often_as_people():
    # 100 were given. Up to .4 the code is given 120 times, 100 rightly: F1 .91. Above, 100 times, 90 rightly: .90.
    likely = np.array([0.8] * 100 + [0.4] * 20 + [0.1] * 80)
    given = np.array([True] * 90 + [False] * 10 + [True] * 10 + [False] * 10 + [False] * 80)

    cut = best_cut(likely, given, common=0.3)

    assert 0.4 < cut <= 0.8
    assert (likely >= cut).sum() == given.sum()


def test_a_threshold_that_is_clearly_better_is_taken_however_often_it_gives_the_code():
    # At the same count none would be right; at twice the count both are found.
    likely = np.array([0.8, 0.8, 0.6, 0.6] + [0.1] * 6)
    given = np.array([False, False, True, True] + [False] * 6)

    assert best_cut(likely, given, common=0.8) <= 0.6


def test_where_nobody_gave_a_code_the_common_threshold_is_the_best_that_gives_none():
    assert best_cut(np.full(5, 0.2), np.zeros(5, dtype=bool), common=0.4) == pytest.approx(0.4)
