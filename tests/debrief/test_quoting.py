import pytest
from hypothesis import given
from hypothesis.strategies import integers, text

from roleplay.debrief.quoting import around, trimmed
from roleplay.debrief.wording import named

LONG = (
    "It makes sense to joke just there, because telling somebody that their plan does not suit you, when you usually "
    "keep the peace, can hardly be easy."
)


@pytest.mark.parametrize(
    ("said", "coded", "shown"),
    [
        ("Hang on. You said that quickly. What was it?", "You said", "You said that quickly"),
        ("Hang on. What was it like?", "What", "What was it like?"),
        ("I never asked", "never", "I never asked"),
        ("One. Two.", "One. Tw", "One. Two"),
        (LONG, "telling somebody", "because telling somebody that their plan does not suit you"),
        (LONG, "keep the", "when you usually keep the peace"),
    ],
)
def test_words_are_shown_in_their_sentence_and_in_a_long_one_in_their_clause(said, coded, shown):
    start = said.index(coded)

    assert around(said, start, start + len(coded)) == shown


def test_a_silence_has_no_words():
    assert around("", 0, 0) == around("Well.", 3, 3) == ""


@given(said=text(max_size=300), start=integers(0, 300), length=integers(0, 300))
def test_what_is_shown_stands_in_the_reply_and_holds_the_words(said, start, length):
    shown = around(said, start, start + length)

    assert shown in said
    assert trimmed(said[start : start + length]) in shown


def test_names_stand_in_the_place_of_slugs():
    assert named("Not `explore_need`, and (`shared`).") == "Not “exploring the wish or need”, and (shared)."
