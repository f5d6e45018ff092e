"""Whether quoted words stand in a reply."""

import pytest
from hypothesis import given
from hypothesis.strategies import data, lists, sampled_from

from roleplay.judging.quotes import place_of

REPLY = "I don't know. “Pushing you”, I\nthink – I was PUSHING you."


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("I don't know.", "I don't know."),
        ("i don’t know", "I don't know"),
        ("I think - I was", "I\nthink – I was"),
        ('"I was pushing you."', "I was PUSHING you"),
        ("…think", "think"),
        ("“Pushing you”", "“Pushing you”"),
    ],
)
def test_words_are_found_though_space_marks_dashes_and_case_differ(quote: str, words: str):
    start, end = place_of(quote, REPLY)

    assert REPLY[start:end] == words


@pytest.mark.parametrize("quote", ["", "   ", "...", "-", "hing", "I do", "don", "I was pulling you", "know I think"])
def test_words_that_are_not_there_or_are_only_parts_of_words_are_not_found(quote: str):
    assert place_of(quote, REPLY) is None


def test_a_letter_that_becomes_two_in_one_case_keeps_the_place():
    start, end = place_of("GROSSE MÜHE", "Das macht große Mühe, ja.")

    assert "Das macht große Mühe, ja."[start:end] == "große Mühe"


@given(lists(sampled_from(["I", "see", "Ünd", "straße", "don't", "42", "—"]), min_size=1, max_size=12), data())
def test_any_run_of_words_is_found_with_its_letters(words: list[str], draw):
    first = draw.draw(sampled_from(range(len(words))))
    last = draw.draw(sampled_from(range(first, len(words))))
    quote, reply = " ".join(words[first : last + 1]), "  ".join(words)

    found = place_of(quote.upper(), reply)

    if any(char.isalnum() for char in quote):
        assert found is not None
        assert " ".join(reply[found[0] : found[1]].split()).strip("— ") == quote.strip("— ")
    else:
        assert found is None
