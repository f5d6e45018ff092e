"""What the teacher's answers come to, and replies nobody coded. Needs the extra `train`, else it is passed over."""

import random
from math import log

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

import torch
from tokenizers import Tokenizer

from corpus.training import teacher
from corpus.training.examples import INDEX, Example, example, recut
from roleplay.scoring.learned.decoding import Answers
from roleplay.scoring.learned.encoder import TOKENIZER, folder
from roleplay.scoring.learned.layout import CODES, SCALES

RECORD = {
    "id": "r1", "moment": "m1", "voice": "kerb", "part": "07", "patient_line": "It's fine.", "cue": "", "history": [],
    "family": "withdrawal", "strain": "fresh", "response": "I set it again. That was hasty. What would help?",
}  # fmt: skip
OWN, NEED, CHANGE = INDEX["own_contribution"], INDEX["explore_need"], INDEX["change_task_goal"]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(folder() / TOKENIZER))


def reply(tokenizer: Tokenizer, rated: object, **other: object) -> Example:
    return example({**RECORD, **other}, [rated], tokenizer)


def answers(likely: dict[int, float], *, shared: float = 0.5, described: float = 0.5) -> Answers:
    """The teacher as sure as that of some codes, sure that the others are not there, undecided on the scales."""
    codes = [log(likely.get(n, 0.001) / (1 - likely.get(n, 0.001))) for n in range(len(CODES))]
    flags = [log(each / (1 - each)) for each in (shared, described)]
    return Answers([*codes, *[0.0] * sum(SCALES.values()), *flags], [], [])


def even() -> torch.Tensor:
    return torch.ones(len(CODES))


def test_what_is_taught_stands_between_the_labels_and_the_teacher(tokenizer, rate):
    own = reply(tokenizer, rate(strategies=["own_contribution"], contact=4))

    soft = teacher.softened(own, answers({OWN: 0.6, NEED: 0.4}), 0.5, weights=even())

    assert soft.codes[OWN] == pytest.approx(0.8)
    assert soft.codes[NEED] == pytest.approx(0.2)
    # One coder at 4, the teacher even between five levels.
    assert soft.scales["contact"].tolist() == pytest.approx([0.1, 0.1, 0.1, 0.1, 0.6])
    assert soft.described == pytest.approx(0.25)
    assert soft.band is own.band


def test_a_reply_that_nobody_coded_is_taught_as_the_teacher_answers(tokenizer, rate):
    soft = teacher.softened(reply(tokenizer, rate()), answers({NEED: 0.7}), 1.0, weights=even())

    assert soft.codes[NEED] == pytest.approx(0.7)
    assert soft.scales["recognition"].tolist() == pytest.approx([0.2] * 5)


def test_what_the_teacher_says_too_often_because_rare_codes_weighed_more_is_put_right(tokenizer, rate):
    weights = even()
    weights[NEED] = 4.0

    # Odds of 4 to 1 where a miss weighed four times are odds of 1 to 1.
    soft = teacher.softened(reply(tokenizer, rate()), answers({NEED: 0.8}), 1.0, weights=weights)

    assert soft.codes[NEED] == pytest.approx(0.5)


@pytest.mark.parametrize(("proposal", "known"), [(0.6, True), (0.4, False)])
def test_whether_a_change_was_shared_is_taught_where_the_teacher_sees_a_change(tokenizer, rate, proposal, known):
    soft = teacher.softened(reply(tokenizer, rate()), answers({CHANGE: proposal}, shared=0.9), 1.0, weights=even())

    assert (soft.shared == pytest.approx(0.9)) if known else soft.shared is None


def test_replies_that_nobody_coded_are_other_pairs_and_other_halves(tokenizer, rate):
    random.seed(3)
    fine = reply(tokenizer, rate(strategies=["own_contribution"]))
    sorry = reply(tokenizer, rate(), response="Sorry. Go on.")
    late = reply(tokenizer, rate(), moment="m2", patient_line="You were late.", response="I was. It won't do.")

    found = teacher.uncoded([fine, sorry, late], 80, tokenizer)

    pairs = {(each.heard.line, each.record["response"]) for each in found}
    assert ("You were late.", fine.record["response"]) in pairs
    assert ("It's fine.", late.record["response"]) in pairs
    assert ("It's fine.", "I set it again. That was hasty. Go on.") in pairs
    assert ("It's fine.", "Sorry. That was hasty. What would help?") in pairs
    assert not any("It won't do." in said and "Sorry." in said for _, said in pairs)
    assert len(found) == 80
    assert not any(each.codes.any() or each.band.any() for each in found)


def test_two_replies_are_spliced_at_the_middle_of_their_sentences(tokenizer, rate):
    first = reply(tokenizer, rate(), response="One. Two. Three.")
    second = reply(tokenizer, rate(), response="Uno. Due! Tre? Quattro.")

    assert teacher.spliced(first, second) == "One. Two. Tre? Quattro."
    assert teacher.spliced(second, first) == "Uno. Due! Two. Three."


def test_words_cut_otherwise_lose_only_what_was_marked(tokenizer, rate):
    own = reply(tokenizer, rate(strategies=["own_contribution"], segments={"own_contribution": "I set it again."}))

    again = recut(own, tokenizer)

    assert again.tokens == own.tokens
    assert again.spans is None
    assert np.array_equal(again.codes, own.codes)


def test_weights_that_are_not_the_known_ones_are_refused(tmp_path):
    place = tmp_path / teacher.NAME
    place.mkdir()
    (place / "model.safetensors").write_bytes(b"others")

    with pytest.raises(ValueError, match="are not those of all-mpnet-base-v2"):
        teacher.encoder_of(tmp_path)
