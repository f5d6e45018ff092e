"""The network opened from its folder: what is wrong with it is said in words that can be acted on."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.scoring.coding import Heard
from roleplay.scoring.learned.coder import TrainedCoder
from roleplay.scoring.learned.encoder import (
    CARD,
    NETWORK,
    TOKENIZER,
    Encoder,
    NoWeights,
    digest_of,
    folder,
    joined,
    weights_in,
)
from roleplay.scoring.learned.layout import ANSWERS, CODES, Encoded

HEARD = Heard(line="It's fine. Whatever you think is best.", cue="looks at the second screen")
REPLY = "I set that sheet again without asking. What was it like?"
REST = ANSWERS - len(CODES)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program's weights that a test may spoil."""
    return Path(shutil.copytree(folder(), tmp_path / "weights"))


def without(name: str) -> Callable[[Path], object]:
    return lambda place: (place / name).unlink()


def holding(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda place: (place / name).write_bytes(content)


def words(content: bytes) -> Callable[[Path], object]:
    """A word list in the place of the right one, with a card whose digest belongs to it."""

    def spoil(place: Path) -> None:
        digest = digest_of((place / NETWORK).read_bytes(), content)
        holding(TOKENIZER, content)(place)
        with_card(digest=digest)(place)

    return spoil


def with_card(**changed: object) -> Callable[[Path], object]:
    card = json.loads((folder() / CARD).read_text("utf-8"))
    return holding(CARD, json.dumps(card | changed).encode())


def turned(place: Path) -> None:
    """One byte in the middle of the network is another."""
    content = bytearray((place / NETWORK).read_bytes())
    content[len(content) // 2] ^= 1
    (place / NETWORK).write_bytes(content)


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "no folder": (shutil.rmtree, "weights are not there"),
    "no card": (without(CARD), "weights are not there"),
    "no network": (without(NETWORK), "weights are not there"),
    "no word list": (without(TOKENIZER), "weights are not there"),
    "a network with one bit turned": (turned, "damaged"),
    "half a network": (holding(NETWORK, b"\x08\x08"), "damaged"),
    "an empty card": (holding(CARD, b""), "card cannot be read"),
    "a card that is no object": (holding(CARD, b"[]"), "card cannot be read"),
    "a card without a key": (holding(CARD, b'{"version": "1"}'), "card cannot be read"),
    "a card that is no UTF-8": (holding(CARD, b"\xff\xfe"), "card cannot be read"),
    "thresholds that are no table": (with_card(thresholds=[0.5]), "card cannot be read"),
    "a slope that is no number": (with_card(slope="steep"), "card cannot be read"),
    "a threshold that is none": (with_card(thresholds={"advice": None}), "card cannot be read"),
    "half a word list": (holding(TOKENIZER, b'{"version": "1.0"'), "damaged"),
    "half a word list, and the digest that belongs to it": (words(b'{"version": "1.0"'), "word list cannot be read"),
    "a word list without signs": (
        words(
            b'{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null, '
            b'"pre_tokenizer": null, "post_processor": null, "decoder": null, '
            b'"model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}}',
        ),
        "word list cannot be read",
    ),
}


@pytest.mark.parametrize(("spoil", "told"), SPOILT.values(), ids=SPOILT)
def test_weights_that_cannot_be_used_are_told_with_what_to_do(copy: Path, spoil: Callable[[Path], object], told: str):
    spoil(copy)

    with pytest.raises(NoWeights) as caught:
        TrainedCoder.open(copy)

    assert told in str(caught.value)
    assert str(copy) in str(caught.value)
    assert str(caught.value).endswith("Install the program again.")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, package: str):
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(NoWeights, match=f"`{package}`. Install the program again."):
        Encoder(folder(), weights_in(folder()).digest)


def test_a_sound_copy_opens_and_its_card_names_it(copy: Path, trained: TrainedCoder):
    assert TrainedCoder.open(copy).version == trained.version


def test_the_same_reply_gets_the_same_numbers_again_and_from_the_network_opened_anew(trained: TrainedCoder):
    first, other = trained.answers(REPLY, HEARD), trained.answers("Let us move on to the agenda then.", Heard())
    again, anew = trained.answers(REPLY, HEARD), Encoder(folder(), trained.weights.digest)(REPLY, HEARD)

    assert first == again == anew
    assert first != other


def test_the_numbers_have_the_width_that_the_layout_says_and_a_row_for_each_token(trained: TrainedCoder):
    found = trained.answers(REPLY, HEARD)

    assert len(found.whole) == ANSWERS
    assert len(found.tokens) == len(found.offsets) >= len(REPLY.split())
    assert {len(row) for row in found.tokens} == {len(CODES)}


def test_what_was_heard_makes_a_difference(trained: TrainedCoder):
    assert trained.answers("Okay.", HEARD).whole != trained.answers("Okay.", Heard(line="Good, actually.")).whole


def test_an_empty_reply_has_numbers_and_no_tokens(trained: TrainedCoder):
    found = trained.answers("", HEARD)

    assert (len(found.whole), list(found.tokens)) == (ANSWERS, [])


def test_of_pieces_each_code_keeps_its_strongest_number_and_the_rest_is_averaged():
    # Context, then three tokens; the second piece reads the last of them again, then one more.
    first = Encoded([9, 1, 2, 3, 9], [0, 1, 1, 1, 1], [(0, 0), (0, 1), (2, 3), (4, 5), (0, 0)])
    second = Encoded([9, 3, 4, 9], [0, 1, 1, 1], [(0, 0), (4, 5), (6, 7), (0, 0)])
    said = [
        ([1.0] * len(CODES) + [2.0] * REST, [[float(n)] for n in range(5)]),
        ([3.0, *[0.0] * (len(CODES) - 1)] + [5.0] * REST, [[float(n)] for n in range(10, 14)]),
    ]

    found = joined([first, second], said)

    assert found.whole == [3.0] + [1.0] * (len(CODES) - 1) + [3.5] * REST
    assert found.offsets == [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert found.tokens == [[1.0], [2.0], [3.0], [12.0]]


def test_what_stands_late_in_a_long_reply_is_read(trained: TrainedCoder):
    filler = "Then we can go on with the week and see how the days went. " * 25
    plain, late = (trained.answers(f"{filler}{end}", HEARD) for end in ("", "You are pathetic and you disgust me."))
    place = [str(code) for code in CODES].index("hostility")

    assert late.whole[place] > plain.whole[place]
