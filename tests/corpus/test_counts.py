"""What the corpus holds, counted over a few replies written here."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import counts
from corpus.counts import kinds, near, overlap, shingles, sizes


def record(name: str, response: str, **more: object) -> dict[str, Any]:
    known = {
        "id": name, "moment": "m1", "voice": "kerb", "strain": "fresh", "family": "withdrawal", "about": "task",
        "patient_type": "B", "response": response,
    }  # fmt: skip
    return known | more


def test_sizes_count_replies_moments_voices_words_and_calm_moments():
    train = [
        record("r1", "one"),
        record("r2", "one two three", voice="river"),
        record("r3", "one two", moment="m2", strain="none"),
        record("r4", "one two three four five six", moment="m2", strain="none"),
    ]

    rows = [*sizes({"train": train, "dev": [record("r5", "one two three four", moment="m3")]})]

    # Lengths 1 2 3 6: median 2.5, which is rounded to the even 2; with the 4 of the development part 3.
    assert rows[2] == "| train | 4 | 2 | 2 | 2 | 1 to 6 | 1 (50%) |"
    assert rows[3] == "| dev | 1 | 1 | 1 | 4 | 4 to 4 | 0 (0%) |"
    assert rows[4] == "| all | 5 | 3 | 2 | 3 | 1 to 6 | 1 (33%) |"


def test_a_moment_is_counted_once_however_many_replies_it_has():
    told = [*kinds({"train": [record("r1", "a"), record("r2", "b"), record("r3", "c", moment="m2", about="bond")]})]

    assert "Moments by about: task 1, bond 1.\n" in told
    assert "Moments by family: withdrawal 2.\n" in told


def test_what_nobody_asked_for_is_said_of_the_risk_cue():
    told = [*kinds({"train": [record("r1", "a"), record("r2", "b", moment="m2", risk=True)]})]

    assert any("not asked for in parts 01 to 06 1" in line and "True 1" in line for line in told)


@pytest.mark.parametrize(
    ("moments", "enough"), [(("m1", "m2", "m3"), "yes"), (("m1", "m1", "m1"), "not yet"), (("m1", "m2"), "not yet")]
)
def test_a_code_is_enough_with_replies_and_moments_enough(monkeypatch, rate, moments: tuple[str, ...], enough: str):
    monkeypatch.setattr(counts, "WANTED_REPLIES", 3)
    monkeypatch.setattr(counts, "WANTED_MOMENTS", 2)
    monkeypatch.setattr(counts, "records", lambda part: [record("r", "a", moment=moment) for moment in moments])
    monkeypatch.setattr(counts, "settled", lambda part: [rate(strategies=["hold"]) for _ in moments])

    rows = [*counts.codes(["07"])]

    assert f"| hold | {len(moments)} | {len(set(moments))} | {enough} |" in rows
    assert "| redirect | 0 | 0 | not yet |" in rows


def test_a_reply_is_cut_into_runs_of_three_words_whatever_stands_between():
    assert shingles("I set it, AGAIN!") == {"i set it", "set it again"}
    assert shingles("I set") == {"i set"}
    assert shingles("") == {""}


def test_overlap_is_the_share_of_runs_that_both_have():
    # {i set it, set it again} and {set it again, it again now}: one of three.
    assert overlap(shingles("I set it again"), shingles("set it again now")) == pytest.approx(1 / 3)


@given(st.text("ab c.", max_size=30), st.text("ab c.", max_size=30))
def test_overlap_is_one_with_itself_and_the_same_both_ways(ours: str, theirs: str):
    mine, others = shingles(ours), shingles(theirs)

    assert overlap(mine, mine) == 1
    assert overlap(mine, others) == overlap(others, mine) <= 1


def test_what_nearly_stands_in_another_split_is_named_with_what_it_is_like():
    everything = {
        "train": [
            record("r1", "I set that sheet again.", patient_line="The bus was late and so was I."),
            record("r2", "What was it like for you then?", moment="m2", patient_line="No."),
        ],
        "dev": [
            record("r3", "i SET that sheet, again", moment="m3", patient_line="Fine by me."),
            record("r4", "What was it like for you now, love?", moment="m4", patient_line="Whatever."),
        ],
        "test": [
            record("r5", "Shall we look at Tuesday?", moment="m5", patient_line="The bus was late, and so was he.")
        ],
    }

    told = [*near(everything)]

    # "what was it like for you then" has 5 runs, "... for you now love" 6; 4 of 7 are in both.
    assert "- replies of dev in train: r3 and r1 (1.00), r4 and r2 (0.57)" in told
    assert "- replies of test in train: none" in told
    # "the bus was late and so was i" has 6 runs, as "... was he"; 5 of 7 are in both.
    assert "- moments of test in train: m5 and m1 (0.71)" in told
    assert "- moments of dev in train: none" in told
