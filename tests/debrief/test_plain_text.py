import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.debrief.plain_text import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a‹U+001B›[31mb"),
        ("\x00\x07\x7f\x9b", "‹U+0000›‹U+0007›‹U+007F›‹U+009B›"),
        ("a\u202eb\u2066c\u200fd", "a‹U+202E›b‹U+2066›c‹U+200F›d"),
        ("in\u200bvisi\u00adble\ufeff", "in‹U+200B›visi‹U+00AD›ble‹U+FEFF›"),
        ("one\u2028two\u0085three", "one‹U+2028›two‹U+0085›three"),
        ("a\rb", "a‹U+000D›b"),
        ("\ud800", "‹U+D800›"),
        ("\u3164\u061c", "‹U+3164›‹U+061C›"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "It's fine. “Whatever” – I'd say… §",
        "שלום, זה בסדר",
        "لا بأس، شكرا",
        "می‌خواهم",
        "好的，没问题",
        "👍🏽 ❤️ 👩‍👧 🏳️‍🌈",
        "a\nb",
        "café e\u0301",
    ],
)
def test_letters_of_every_direction_and_emoji_stay(text):
    assert visible(text) == text


def test_a_joiner_where_writing_needs_none_is_spelled_out():
    assert visible("pass\u200dword \u200d") == "pass‹U+200D›word ‹U+200D›"


def test_a_tab_becomes_spaces_and_a_line_break_can_become_one():
    assert visible("a\tb") == "a    b"
    assert one_line("a\nb") == "a b"


@given(st.text(alphabet=st.characters()))
def test_nothing_that_moves_a_cursor_or_turns_a_line_is_left(text):
    left = set(visible(text)) - set("\n\u200c\u200d")

    assert not [char for char in left if unicodedata.category(char) == "Cc"]
    assert left.isdisjoint("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029")


@given(st.text())
def test_making_it_visible_twice_changes_nothing_more(text):
    assert visible(visible(text)) == visible(text)
