"""What the network is taught, and that a stopped training goes on. Needs the extra `train`, else it is passed over."""

import random

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

import torch
from tokenizers import Tokenizer
from torch import nn

from corpus.evaluate import answering
from corpus.evaluate.answering import headline_figures
from corpus.reading import CODES
from corpus.training import __main__ as training
from corpus.training import examples as taught
from corpus.training import judging
from corpus.training.examples import INDEX, example, spans_of
from corpus.training.fit import code_weights
from corpus.training.stages import digest_of, staged
from corpus.training.wearing import slipped
from roleplay.scoring.learned.decoding import Answers, Judgement
from roleplay.scoring.learned.encoder import TOKENIZER, folder
from roleplay.scoring.learned.layout import ANSWERS
from roleplay.scoring.record import heard_from

RECORD = {
    "id": "r1", "moment": "m1", "voice": "kerb", "part": "07", "patient_line": "It's fine.", "cue": "", "history": [],
    "family": "withdrawal", "strain": "fresh", "response": "I set it again. What would be worth your time?",
}  # fmt: skip
OWN, NEED = INDEX["own_contribution"], INDEX["explore_need"]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(folder() / TOKENIZER))


def marked(rate, words: dict[str, str], *more: str):
    """A coding with marked words; `more` are codes without."""
    return rate(strategies=[*words, *more], segments=words)


def tokens_of(tokenizer: Tokenizer):
    """The reply as the network reads it."""
    return taught.encoded(RECORD["response"], heard_from(RECORD), tokenizer)[0]


def words_of(tokens, table, code: int) -> str:
    """The words whose tokens carry the code, as they stand in the reply."""
    places = [tokens.offsets[n] for n in range(len(tokens.ids)) if table[n, code] > 0]
    return RECORD["response"][places[0][0] : places[-1][1]] if places else ""


def test_the_words_of_a_code_are_taught_as_they_were_marked(tokenizer, rate):
    table = spans_of(RECORD["response"], [marked(rate, {"own_contribution": "I set it again."})], tokens_of(tokenizer))

    assert words_of(tokens_of(tokenizer), table, OWN) == "I set it again."
    assert not table[:, NEED].any()


def test_words_of_a_code_that_did_not_stand_teach_nothing(tokenizer, rate):
    first = marked(rate, {"own_contribution": "I set it again."})
    table = spans_of(RECORD["response"], [first, rate(), rate()], tokens_of(tokenizer))

    assert np.isnan(table[:, OWN]).all()


def test_a_code_that_was_given_without_words_teaches_no_words(tokenizer, rate):
    first = marked(rate, {"own_contribution": "I set it again."})
    other = rate(strategies=["own_contribution", "explore_need"])
    table = spans_of(RECORD["response"], [first, other], tokens_of(tokenizer))

    assert np.isnan(table[:, NEED]).all()
    assert words_of(tokens_of(tokenizer), table, OWN) == "I set it again."


def test_without_any_marks_there_is_nothing_about_words(tokenizer, rate):
    assert spans_of(RECORD["response"], [rate(), rate()], tokens_of(tokenizer)) is None


def test_a_code_that_two_of_three_saw_is_taught_as_two_thirds(tokenizer, rate):
    own = rate(strategies=["own_contribution"])

    assert example(RECORD, [own, rate(), own], tokenizer).codes[OWN] == pytest.approx(2 / 3)


def test_rare_codes_weigh_more_but_never_more_than_four_times(tokenizer, rate):
    own = rate(strategies=["own_contribution"])
    chosen = [example(RECORD, [own], tokenizer)] + [example(RECORD, [rate()], tokenizer)] * 23

    weights = code_weights(chosen)

    # One of 24: the root of .06 times 24. Never seen: the most.
    assert float(weights[OWN]) == pytest.approx((0.06 * 24) ** 0.5)
    assert float(weights[NEED]) == 4.0
    assert float(code_weights([example(RECORD, [own], tokenizer)])[OWN]) == 1.0


def test_slips_keep_every_letter_and_leave_short_words_alone():
    random.seed(3)

    assert slipped("I am so on it") == "I am so on it"
    worn = slipped("remember yesterday afternoon")
    assert worn != "remember yesterday afternoon"
    assert sorted(worn) == sorted("remember yesterday afternoon")


class Small(nn.Module):
    """Stands where a network would, and counts how often it was taught."""

    def __init__(self) -> None:
        super().__init__()
        self.taught = nn.Parameter(torch.zeros(1), requires_grad=False)


def test_a_stage_that_was_kept_is_not_taught_again(tmp_path, tokenizer, rate):
    one = [example(RECORD, [rate()], tokenizer)]
    networks = [Small(), Small(), Small()]
    fits = []

    for network, seed in zip(networks, (7, 7, 8), strict=True):
        staged(network, tmp_path, seed, (6,), [one], lambda n=network: fits.append(n) or n.taught.add_(1.0))

    assert fits == [networks[0], networks[2]]
    assert [float(network.taught) for network in networks] == [1.0, 1.0, 1.0]


def test_a_stage_is_taught_anew_when_a_label_changed_or_nothing_is_kept(tmp_path, tokenizer, rate):
    stages = [
        [[example(RECORD, [rate()], tokenizer)]],
        [[example(RECORD, [rate(strategies=["own_contribution"])], tokenizer)]],
        [[example(RECORD, [rate(recognition=1)], tokenizer)]],
        [[example(RECORD, [rate()], tokenizer)]] * 2,
    ]
    fits = []

    for stage in stages:
        staged(Small(), tmp_path, 7, (6,), stage, lambda: fits.append(1))
    staged(Small(), None, 7, (6,), stages[0], lambda: fits.append(1))

    assert len(fits) == 5
    assert digest_of((6,), stages[0]) != digest_of((7,), stages[0])
    assert len({digest_of((6,), stage) for stage in stages}) == 4


def test_the_name_of_the_weights_changes_with_the_network_and_with_its_thresholds():
    settled = {"thresholds": {"own_contribution": 0.4}, "slope": 1.0}
    other = {"thresholds": {"own_contribution": 0.5}, "slope": 1.0}
    first = training.version_of("ab" * 32, settled)

    assert first.startswith("trained-abababab-")
    assert first == training.version_of("ab" * 32, dict(reversed(settled.items())))
    assert len({first, training.version_of("ab" * 32, other), training.version_of("cd" * 32, settled)}) == 3


def test_each_half_of_the_moments_is_measured_with_thresholds_from_the_other(monkeypatch, write, rate, tokenizer):
    names = [f"m{n}" for n in range(6)]
    replies = [{"id": f"r{n}", "moment": name, "voice": "kerb", "response": "Sorry."} for n, name in enumerate(names)]
    moments = [{**{k: RECORD[k] for k in ("patient_line", "family", "strain")}, "moment": name} for name in names]
    ratings = [rate(f"r{n}") for n in range(6)]
    write("07", moments=moments, replies=replies, coding_a=ratings, coding_b=ratings)
    chosen = [example({**RECORD, **reply}, [rating], tokenizer) for reply, rating in zip(replies, ratings, strict=True)]
    answers = [Answers([-12.0] * len(CODES) + [0.0] * (ANSWERS - len(CODES)), [], []) for _ in chosen]
    settled_on, measured = [], []

    def settling(_, people):
        settled_on.append({each["id"] for each in people})
        return Judgement({"hold": 0.1 * len(settled_on)})

    def measuring(_, of, limits):
        measured.append(({each.record["id"] for each in of}, limits.thresholds["hold"]))
        return []

    monkeypatch.setattr(judging, "judgement", settling)
    monkeypatch.setattr(judging, "wary", lambda limits, *_: limits)
    monkeypatch.setattr(answering, "judged_answers", measuring)
    headline_figures(answers, chosen)

    assert settled_on == [{"r0", "r2", "r4"}, {"r1", "r3", "r5"}]
    assert measured == [({"r1", "r3", "r5"}, 0.1), ({"r0", "r2", "r4"}, 0.2)]
