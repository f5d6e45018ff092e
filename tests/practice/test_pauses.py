"""The mindful pause."""

import pytest

from roleplay.practice.pauses import SECONDS, SHORTEST_STEP, lines_of, step_of


@pytest.mark.parametrize("seconds", SECONDS)
def test_no_line_goes_by_itself_in_under_ten_seconds(seconds: int):
    lines = lines_of(seconds)

    assert step_of(seconds, len(lines)) >= SHORTEST_STEP == 10
    assert step_of(seconds, len(lines)) * len(lines) == pytest.approx(seconds)


@pytest.mark.parametrize("seconds", SECONDS)
def test_there_is_a_way_without_the_breath(seconds: int):
    assert not any("breath" in line for line in lines_of(seconds, breath=False))


def test_eyes_may_stay_open():
    assert "eyes may stay open" in lines_of(60)[0]
