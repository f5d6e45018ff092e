"""Text as words: what nobody sees goes, and every word still knows where it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.scoring.language import on_one_row
from roleplay.scoring.text import plain, sentences


def words(text: str) -> list[str]:
    return [word.text for sentence in sentences(text) for word in sentence.words]


def test_contractions_are_written_out_with_and_without_their_apostrophe() -> None:
    assert words("I've, can’t, dont, you'd, it's, let's") == (
        ["i", "have", "can", "not", "do", "not", "you", "would", "it", "is", "let", "us"]
    )


def test_the_possessive_is_left_alone() -> None:
    assert words("your mother's letter") == ["your", "mother's", "letter"]


def test_a_word_knows_where_it_stands_behind_marks_that_nobody_sees() -> None:
    typed = "\x00\u200bI rus\u200dhed you"

    rushed = sentences(typed)[0].words[1]

    assert rushed.text == "rushed"
    assert typed[rushed.start : rushed.end] == "rus\u200dhed"


def test_sentences_end_at_stops_and_know_whether_they_ask() -> None:
    asked = [sentence.asks for sentence in sentences("I rushed. What was that like? Tell me.")]

    assert asked == [False, True, False]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("You're happy with it, right?", True),
        ("You're not unhappy with me, are you?", True),
        ("It's good, isn't it?", True),
        ("What would be right?", False),
        ("Is that right?", False),
    ],
)
def test_a_question_by_tag_is_told_from_a_real_one(text: str, tag: bool) -> None:
    assert sentences(text)[0].tag is tag


def test_what_stands_in_quotation_marks_is_marked_so() -> None:
    quoted = [
        word.text
        for word in sentences("You said 'calm down' and I didn't hear \u201cgo away\u201d.")[0].words
        if word.quoted
    ]

    assert quoted == ["calm", "down", "go", "away"]


def test_a_reply_that_stands_in_quotation_marks_as_a_whole_quotes_nothing() -> None:
    assert not any(word.quoted for word in sentences('"I rushed you."')[0].words)


@given(st.text(max_size=200))
def test_every_offset_lies_inside_what_was_typed(text: str) -> None:
    clean, offsets = plain(text)

    assert len(offsets) == len(clean) + 1
    assert all(0 <= offset <= len(text) for offset in offsets)
    assert all(0 <= word.start < word.end <= len(text) for each in sentences(text) for word in each.words)


@pytest.mark.parametrize("word", ["asdf", "qwertz", "poiu", "hjkl"])
def test_a_run_along_the_keyboard_is_no_word(word: str) -> None:
    assert on_one_row(word)


@pytest.mark.parametrize("word", ["were", "tree", "power", "ash", "type"])
def test_words_that_only_look_like_one_are_words(word: str) -> None:
    assert not on_one_row(word)
