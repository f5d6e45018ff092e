"""What the network is given to read: context before the reply, long replies in pieces, every token's own place."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from roleplay.scoring.coding import Heard, Utterance
from roleplay.scoring.learned.encoder import TOKENIZER, folder
from roleplay.scoring.learned.layout import BEFORE, LINE, LONGEST, MOST, REPLY, STRIDE, Encoded, encoded, signs

BERT, ROBERTA = ("[CLS]", "[SEP]"), ("<s>", "</s>")
START, BETWEEN, UNKNOWN, FIRST = 0, 1, 2, 3
COUNTED = 1200
"""Words "w0", "w1" and so on that the small word lists know, each with a number of its own."""


def word_list(start: str, between: str) -> Tokenizer:
    known = {start: START, between: BETWEEN, "[UNK]": UNKNOWN}
    known |= {f"w{number}": FIRST + number for number in range(COUNTED)}
    made = Tokenizer(WordLevel(known, unk_token="[UNK]"))
    made.pre_tokenizer = WhitespaceSplit()
    return made


SMALL = word_list(*BERT)
REAL = Tokenizer.from_file(str(folder() / TOKENIZER))
"""The word list that comes with the weights."""


def counted(first: int, after: int) -> str:
    return " ".join(f"w{number}" for number in range(first, after))


def numbers(first: int, after: int) -> list[int]:
    return [FIRST + number for number in range(first, after)]


def reply_places(piece: Encoded) -> list[tuple[int, int]]:
    """Offsets of the tokens of the reply, without the sign after them."""
    return [place for kind, place in zip(piece.types, piece.offsets, strict=True) if kind == 1][:-1]


@pytest.mark.parametrize(("start", "between"), [BERT, ROBERTA])
def test_both_kinds_of_word_lists_put_their_own_signs_before_and_between(start: str, between: str):
    (piece,) = encoded(
        "w3", Heard(line="w2", history=(Utterance(who="therapist", text="w1"),)), word_list(start, between)
    )

    assert piece.ids == [START, FIRST + 1, BETWEEN, FIRST + 2, BETWEEN, FIRST + 3, BETWEEN]
    assert piece.types == [0, 0, 0, 0, 0, 1, 1]
    assert piece.offsets == [(0, 0)] * 5 + [(0, 2), (0, 0)]


def test_a_word_list_without_such_signs_is_refused():
    with pytest.raises(ValueError, match="no signs"):
        signs(word_list("[BEGIN]", "[END]"))


def test_of_what_was_said_before_only_the_therapists_last_words_are_read():
    said = (("therapist", "w1"), ("patient", "w2"), ("therapist", "w3"), ("patient", "w4"))

    (piece,) = encoded("w5", Heard(history=tuple(Utterance(who=who, text=text) for who, text in said)), SMALL)

    assert piece.ids == [START, FIRST + 3, BETWEEN, BETWEEN, FIRST + 5, BETWEEN]


def test_the_cue_stands_behind_the_line():
    both, line = (encoded("w5", Heard(line="w1", cue=cue), SMALL)[0].ids for cue in ("w2", ""))

    # "(w2)" is one unknown word to the small list.
    assert both == [START, BETWEEN, FIRST + 1, UNKNOWN, BETWEEN, FIRST + 5, BETWEEN]
    assert line == [START, BETWEEN, FIRST + 1, BETWEEN, FIRST + 5, BETWEEN]


def test_a_long_context_loses_its_front_and_never_the_reply():
    heard = Heard(line=counted(100, 300), history=(Utterance(who="therapist", text=counted(0, 100)),))

    (piece,) = encoded("w999", heard, SMALL)

    before, line = numbers(100 - BEFORE, 100), numbers(300 - LINE, 300)
    assert piece.ids == [START, *before, BETWEEN, *line, BETWEEN, FIRST + 999, BETWEEN]


@given(st.integers(0, COUNTED))
@example(REPLY)
@example(REPLY + 1)
@example(STRIDE + REPLY)
@example(STRIDE + REPLY + 1)
@example((MOST - 1) * STRIDE + REPLY + 1)
def test_the_pieces_cover_every_token_up_to_the_last_piece_and_none_is_empty_or_in_vain(count: int):
    reply = counted(0, count)

    pieces = encoded(reply, Heard(), SMALL)

    read = [[number for number in piece.ids if number >= FIRST] for piece in pieces]
    assert len(read) <= MOST
    assert all(len(each) <= REPLY for each in read)
    assert sorted(set().union(*read)) == numbers(0, min(count, (MOST - 1) * STRIDE + REPLY))
    assert all(set(later) - set(earlier) for earlier, later in pairwise(read))


@given(st.integers(0, COUNTED))
def test_every_piece_knows_where_its_words_stand_in_the_whole_reply(count: int):
    reply = counted(0, count)

    for piece in encoded(reply, Heard(), SMALL):
        words = [reply[start:end] for start, end in reply_places(piece)]
        assert words == [f"w{number - FIRST}" for number in piece.ids if number >= FIRST]


def test_what_comes_after_the_longest_reply_is_not_looked_at():
    (piece,) = encoded(f"w1{' ' * LONGEST}w2", Heard(), SMALL)

    assert piece.ids == [START, BETWEEN, BETWEEN, FIRST + 1, BETWEEN]


ODD = {
    "a NUL": "I set\x00 it again",
    "an emoji of three people": "👩‍👩‍👧 and me 🙂",
    "combining marks": "cafe\u0301 no\u0308t Z\u0335\u0321\u0322a\u0334lgo",
    "right to left": "שלום, what was مرحبا like?",
    "an override": "I \u202etes\u202c it",
    "look-alikes of other alphabets": "І sеt thаt shееt аgаіn",
    "one sign that reads as many letters": "ﬁne ﷺ ㎏ ½ …",
    "ten thousand letters": "a" * 10_000,
    "ten thousand characters of words": ("I set it again. " * 700)[:10_000],
    "half a surrogate": "I \ud800 see",
    "nothing that is seen": "\u200b\x00\ufeff",
    "nothing": "",
}


@pytest.mark.parametrize("reply", ODD.values(), ids=ODD)
def test_odd_writing_keeps_every_token_inside_the_reply(reply: str):
    stand_inside(reply)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_writing_keeps_every_token_inside_the_reply(reply: str):
    stand_inside(reply)


def stand_inside(reply: str) -> None:
    for piece in encoded(reply, Heard(line="It's fine."), REAL):
        assert len(piece.ids) == len(piece.types) == len(piece.offsets)
        places = reply_places(piece)
        assert all(0 <= start < end <= len(reply) for start, end in places)
        assert places == sorted(places)


@given(st.text("abcdefghijklmnopqrstuvwxyz ABC'.,?", max_size=80))
def test_plain_letters_stand_where_their_tokens_say(reply: str):
    (piece,) = encoded(reply, Heard(), REAL)

    tokens = [REAL.id_to_token(number).removeprefix("##") for number in piece.ids[3:-1]]
    assert [reply[start:end].lower() for start, end in reply_places(piece)] == tokens


@pytest.mark.parametrize(
    "disguised",
    [
        "I SET IT AGAIN",
        "\u200b".join("I set it again"),
        "Ｉ ｓｅｔ ｉｔ ａｇａｉｎ",
        "I\xa0set it\x00 again",
        "I sеt it аgain",
    ],
    ids=["capitals", "zero-width characters", "full-width letters", "other blanks", "letters of other alphabets"],
)
def test_what_looks_the_same_is_read_the_same(disguised: str):
    assert encoded(disguised, Heard(), REAL)[0].ids == encoded("I set it again", Heard(), REAL)[0].ids
