"""The small language of phrases."""

import pytest

from roleplay.scoring.phrasebook import PhraseBook
from roleplay.scoring.text import sentences

LISTS = {"fault": ["rushed", "cut_you_off"]}


def found(phrase: str, text: str) -> list[str]:
    """The stretches of `text` where `phrase` stands, as they were typed."""
    book = PhraseBook({"it": [phrase]}, LISTS)
    return [text[match.start : match.end] for each in sentences(text) for _, match in book.find(each)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("i rushed", "I rushed you", ["I rushed"]),
        ("i rushed", "I really just rushed you", ["I really just rushed"]),
        ("i rushed", "I never rushed you", []),
        ("i [have] <fault>", "I have cut you off", ["I have cut you off"]),
        ("i [have] <fault>", "I cut you off", ["I cut you off"]),
        ("sorry ..2 but", "Sorry about that but no", ["Sorry about that but"]),
        ("sorry ..2 but", "Sorry about all of that but no", []),
        ("suicid~", "Any suicidal thoughts", ["suicidal"]),
        ("^ fair", "That is fair", []),
        ("^ fair", "Fair enough", ["Fair"]),
        ("i am here $", "I am here", ["I am here"]),
        ("i am here $", "I am here today", []),
        ("is it me ?", "Is it me?", ["Is it me"]),
        ("is it me ?", "Is it me.", []),
        ("you * me", "You hear me", ["You hear me"]),
    ],
)
def test_a_phrase_stands_where_it_says(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize("phrase", ["..3 sorry", "* sorry", "[sorry]", ""])
def test_a_phrase_that_could_stand_anywhere_is_refused(phrase: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        PhraseBook({"it": [phrase]}, LISTS)


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert found("sorry ..4 but", "Sorry. I meant it. But no") == []
