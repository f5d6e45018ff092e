"""The parts of the corpus read into records and codings, from parts written here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import reading
from corpus.reading import (
    CODES,
    all_parts,
    coded,
    coders_of,
    codes_of,
    coding_of,
    codings,
    corpus_digest,
    halfway,
    lines,
    records,
    settled,
)
from roleplay.scoring.codes import Harm, RecognitionKind, Strategy
from roleplay.scoring.learned import layout

MOMENT = {"moment": "m1", "patient_line": "It's fine.", "family": "withdrawal", "strain": "fresh"}
REPLY = "I set it again. What would be worth your time? Sorry."


def test_the_codes_stand_in_the_order_of_the_networks_answers():
    assert layout.CODES == CODES


def test_a_record_is_a_reply_with_its_moment_and_its_part(write):
    other = {"moment": "m2", "patient_line": "No.", "family": "none", "strain": "none"}
    said = [
        {"id": "r1", "moment": "m2", "voice": "kerb", "response": "Okay."},
        {"id": "r2", "moment": "m1", "voice": "river", "response": "Sorry."},
    ]
    write("07", moments=[MOMENT, other], replies=said)

    assert records("07") == [{**other, **said[0], "part": "07"}, {**MOMENT, **said[1], "part": "07"}]


def test_only_a_line_feed_ends_a_line(write, parts):
    write("07", replies=[{"id": "r1", "response": "one\u2028two\x85three"}])

    assert [each["response"] for each in lines(parts / "07" / "replies.jsonl")] == ["one\u2028two\x85three"]


def test_a_part_counts_as_coded_once_both_codings_are_there(write, rate, monkeypatch):
    write("07", coding_a=[rate()])
    write("08", coding_a=[rate()], coding_b=[rate()])
    monkeypatch.setattr(reading, "splits", lambda: {"train": ("08", "07"), "dev": (), "test": ()})

    assert (coded("07"), coded("08"), coded("09")) == (False, True, False)
    assert all_parts() == ["08"]


def test_only_the_parts_of_the_splits_that_are_named_are_taken_in_order(write, rate, monkeypatch):
    for part in ("01", "02", "03"):
        write(part, coding_a=[rate()], coding_b=[rate()])
    monkeypatch.setattr(reading, "splits", lambda: {"train": ("03",), "dev": ("02",), "test": ("01",)})

    assert all_parts(["train", "test"]) == ["01", "03"]


def test_codings_are_those_of_the_coder_who_is_named(write, rate):
    write("07", coding_a=[rate(contact=1)], coding_b=[rate(contact=4)])

    assert [each["contact"] for coder in "ab" for each in codings("07", coder)] == [1, 4]


def test_without_a_third_coder_the_first_counts_and_ratings_meet_in_the_middle(write, rate):
    ours = rate(strategies=["hold"], recognition=1, contact=1, empathy=2, segments={"hold": "Okay"})
    theirs = rate(strategies=["redirect"], recognition=3, contact=3, empathy=3)
    write("07", coding_a=[ours], coding_b=[theirs])

    # Contact 1 and 3 meet at 2; empathy 2 and 3 at 2.5, which goes to the first. Recognition is no such rating.
    assert settled("07") == [{**ours, "contact": 2, "empathy": 2}]


def test_what_a_third_coder_decided_stands_and_the_rest_is_as_without(write, rate):
    both = [rate("r1"), rate("r2")]
    decided = {"id": "r2", "strategies": ["hold"], "recognition": 3, "band": "solid", "why": "it waits"}
    write("07", coding_a=both, coding_b=both, settled=[decided])

    assert settled("07") == [{**both[0], "segments": {}}, {**both[1], **decided, "segments": {}}]


def test_codings_of_different_lengths_are_refused(write, rate):
    write("07", coding_a=[rate("r1"), rate("r2")], coding_b=[rate("r1")])

    with pytest.raises(ValueError, match="shorter"):
        settled("07")


@pytest.mark.parametrize(
    ("ours", "theirs", "middle"),
    [(2, 2, 2), (2, 3, 2), (3, 2, 3), (1, 3, 2), (4, 0, 2), (0, 3, 1), (3, 0, 2), (1, 4, 2), (4, 1, 3),
     (None, 3, None), (3, None, 3), (None, None, None)],
)  # fmt: skip
def test_a_half_goes_to_the_side_of_the_first(ours: int | None, theirs: int | None, middle: int | None):
    assert halfway(ours, theirs) == middle


@given(st.integers(0, 4), st.integers(0, 4))
def test_the_middle_is_within_a_half_and_the_two_coders_middles_make_up_their_sum(ours: int, theirs: int):
    assert abs(halfway(ours, theirs) - (ours + theirs) / 2) <= 0.5
    assert halfway(ours, theirs) + halfway(theirs, ours) == ours + theirs


def test_harms_that_only_the_moment_shows_are_no_codes_of_the_words(rate):
    rated = rate(strategies=["hold"], harms=["advice", "ignoring", "safety_neglect"])

    assert codes_of(rated) == {"hold", "advice"}


def test_a_persons_coding_becomes_one_of_the_program_with_words_in_their_place(rate):
    rated = rate(
        strategies=["discuss_alternatives", "own_contribution"],
        harms=["over_apology", "ignoring"],
        shared=True,
        kind="explicit",
        recognition=3,
        contact=2,
        quality=3,
        empathy=2,
        ownership=3,
        stance=4,
        segments={"own_contribution": "I set it again", "discuss_alternatives": "What would be worth your time?"},
    )

    coding = coding_of(rated, REPLY)

    # `over_apology` has no segment, so that it rests on the whole reply; of equal starts the codebook's order holds.
    places = [(found.code, found.start, found.end, found.shared) for found in coding.codes]
    assert places == [
        (Strategy.OWN, 0, 14, False),
        (Harm.OVER_APOLOGY, 0, len(REPLY), False),
        (Strategy.ALTERNATIVES, 16, 46, True),
    ]
    assert (coding.kind, coding.recognition, coding.contact) == (RecognitionKind.EXPLICIT, 3, 2)
    assert (coding.quality, coding.empathy, coding.ownership, coding.stance) == (3, 2, 3, 4)
    assert coding.described is False


@pytest.mark.parametrize("shared", [None, False])
def test_what_nobody_shared_is_not_shared(rate, shared: bool | None):
    coding = coding_of(rate(strategies=["discuss_alternatives"], shared=shared), REPLY)

    assert not coding.codes[0].shared


def test_the_words_of_codes_that_do_not_stand_are_left_out(write, rate):
    ours = rate(strategies=["hold", "redirect"], segments={"hold": "Okay", "redirect": "back"})
    write("07", coding_a=[ours], coding_b=[rate()], settled=[{"id": "r1", "strategies": ["hold"]}])

    assert settled("07")[0]["segments"] == {"hold": "Okay"}


def test_who_coded_a_reply_are_two_and_a_third_where_one_decided(write, rate):
    a, b = [rate("r1", contact=1), rate("r2", contact=1)], [rate("r1", contact=3), rate("r2", contact=3)]
    decided = {"id": "r2", "strategies": ["hold"], "band": "solid"}
    write("07", coding_a=a, coding_b=b, settled=[decided])

    first, second = coders_of("07")

    assert first == [a[0], b[0]]
    assert second[:2] == [a[1], b[1]]
    # The third's ratings are the middle of the two, and the words marked are of codes that stand.
    assert second[2] == {**a[1], **decided, "contact": 2, "segments": {}}


def test_the_digest_is_of_what_is_learned_from(write, rate, parts, monkeypatch):
    files = {"moments": [MOMENT], "replies": [], "coding_a": [rate()], "coding_b": [rate()], "settled": []}
    for part in ("01", "02"):
        write(part, **files)
    monkeypatch.setattr(reading, "splits", lambda: {"train": ("01",), "dev": (), "test": ("02",)})
    before = corpus_digest()

    write("02", coding_a=[rate(contact=4)])
    write("01", intentions=[{"id": "r1"}])
    assert corpus_digest() == before
    write("01", coding_b=[rate(contact=4)])
    assert corpus_digest() != before
