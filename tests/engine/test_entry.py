import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.engine.entry import entered

ANY_TEXT = st.text(alphabet=st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\0b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("\udc00\ud800", "\ufffd\ufffd"),
        ("\ud83d\ude42", "\U0001f642"),  # the two halves of one smile
        ("\ud83d\0\ude42", "\U0001f642"),
        ("\r\0\n", "\n"),
        ("  kept \t\x1b[0m \u2028\x85\ufeff ", "  kept \t\x1b[0m \u2028\x85\ufeff "),
        ("", ""),
    ],
)
def test_what_is_typed_becomes_text_that_can_be_kept(typed, text):
    assert entered(typed) == text


@given(typed=ANY_TEXT)
def test_entered_text_can_be_encoded_and_enters_again_unchanged(typed):
    text = entered(typed)

    assert text.encode("utf-8").decode("utf-8") == text
    assert entered(text) == text
    assert "\0" not in text
    assert "\r" not in text


@given(typed=st.text().filter(lambda text: not {"\0", "\r"} & set(text)))
def test_ordinary_text_is_left_as_it_is(typed):
    assert entered(typed) == typed
