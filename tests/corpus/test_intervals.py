"""How far a figure could be off, and how far two coders agree, over replies written here."""

from collections.abc import Sequence
from statistics import fmean
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import agreement
from corpus.evaluate import intervals


def replies(*moments: tuple[str, Sequence[float]]) -> list[Any]:
    """Replies with a value each, by moment."""
    return [SimpleNamespace(moment=name, value=value) for name, values in moments for value in values]


def interval(found: Sequence[Any], figure: Any, **more: int) -> tuple[float, float] | None:
    return intervals.interval(found, figure, lambda each: each.moment, **more)


def average(found: Sequence[Any]) -> float | None:
    return fmean(each.value for each in found) if found else None


def test_replies_to_one_moment_are_drawn_together():
    """Five replies of 0 and five of 1 in one moment: every draw is the moment, and its mean is a half."""
    assert interval(replies(("m1", [0.0] * 5 + [1.0] * 5)), average) == (0.5, 0.5)


def test_moments_that_differ_make_it_wide():
    # Of two moments drawn with replacement both are the first in one of four draws, and both the second.
    assert interval(replies(("m1", [0.0] * 5), ("m2", [1.0] * 5)), average) == (0.0, 1.0)


def test_it_holds_about_the_middle_95_of_100_draws():
    # 100 moments of 0 or 1, half of each: the mean of 100 draws has a standard deviation of .05; 1.96 of it is .098.
    found = replies(*((f"m{n}", [float(n % 2)]) for n in range(100)))
    low, high = interval(found, average, draws=4000) or (0, 0)

    assert low == pytest.approx(0.402, abs=0.01)
    assert high == pytest.approx(0.598, abs=0.01)


def test_it_is_the_same_every_time():
    found = replies(*((f"m{n}", [n / 10, n / 5]) for n in range(10)))

    assert interval(found, average) == interval(found[::-1], average) == interval(found, average)


def test_a_figure_that_cannot_be_had_has_none():
    assert interval(replies(("m1", [1.0])), lambda found: None) is None
    assert interval([], average, draws=1) is None


def test_draws_without_the_figure_are_left_out():
    found = replies(("m1", [0.0]), ("m2", [1.0]))

    assert interval(found, lambda drawn: 1.0 if any(each.value for each in drawn) else None) == (1.0, 1.0)


@given(st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=3), min_size=1, max_size=6))
def test_it_stays_between_the_lowest_and_the_highest(values: list[list[float]]):
    found = replies(*((f"m{n}", each) for n, each in enumerate(values)))

    low, high = interval(found, average, draws=40) or (0, 0)

    every = [each.value for each in found]
    assert min(every) - 1e-9 <= low <= high <= max(every) + 1e-9


@pytest.fixture
def pair(rate):
    """A reply to a moment with the codes that each coder gave."""

    def made(ours: str, theirs: str, moment: str = "m1", **ratings: tuple[object, object]) -> agreement.Pair:
        first = {name: value for name, (value, _) in ratings.items()}
        second = {name: value for name, (_, value) in ratings.items()}
        return moment, rate(strategies=ours.split(), **first), rate(strategies=theirs.split(), **second)

    return made


def test_agreement_on_codes_is_counted_over_decisions_and_over_codes(pair):
    found = [pair("hold redirect", "hold"), pair("hold", ""), pair("", "")]

    # hold: both 1, ours 2, theirs 1: 2/3. redirect: 0. Together: 2 * 1 / (3 + 1).
    assert agreement.micro(found) == pytest.approx(0.5)
    assert agreement.macro(found) == pytest.approx(1 / 3)


def test_a_rating_is_compared_where_both_have_it(pair):
    found = [pair("", "", quality=each) for each in ((0, 0), (4, 4), (None, 4), (4, None))]

    assert agreement.scale("quality")(found) == 1.0


def test_alpha_of_a_code_is_that_of_its_yes_and_no(pair):
    # One of four differs: within 1/4. Of eight, three yes: 2 * 3 * 5 / (8 * 7). alpha = 1 - (1/4) / (30/56)
    found = [pair("hold", "hold"), pair("hold", ""), pair("", ""), pair("", "")]

    assert agreement.alpha(found, "hold") == pytest.approx(1 - 0.25 * 56 / 30)
    assert agreement.alpha(found, "redirect") is None


def test_the_coders_interval_draws_moments_too(pair):
    one = [pair("hold", "hold"), pair("hold", "")]
    two = [*one, pair("hold", "hold", moment="m2"), pair("", "", moment="m2")]

    def drawn(found: list[agreement.Pair]) -> tuple[float, float] | None:
        return intervals.interval(found, agreement.micro, lambda pair: pair[0])

    # 2 * 1 / (2 + 1) in the one moment; from that to full agreement where only the second is drawn.
    assert drawn(one) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert drawn(two) == (pytest.approx(2 / 3), 1.0)


def test_same_set_of_codes_and_bands_stand_in_the_table(pair):
    found = [pair("hold", "hold", band=("solid", "solid")), pair("hold", "", band=("harmful", "harmful"))]

    rows = [*agreement.overall([("One round", found)])]

    assert "| replies | 2 |" in rows
    assert "| moments | 1 |" in rows
    assert "| same set of codes | 0.50 |" in rows
    assert "| band, weighted kappa | 1.00 |" in rows
