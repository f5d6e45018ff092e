"""The strict reading of an answer: the right form, words that are there, and nothing else."""

import json

import pytest

from roleplay.judging.answer import INVENTED, NOT_THE_FORM, TOO_LONG, Unusable, read
from roleplay.scoring.codes import RecognitionKind, Strategy


def test_a_good_answer_is_a_coding_with_the_places_of_its_words(good, reply):
    coding, dropped = read(json.dumps(good), reply, "small-model")

    assert [(found.code, reply[found.start : found.end]) for found in coding.codes] == [
        (Strategy.OWN, "I set that sheet again without asking you"),
        (Strategy.INVITE, "What was that like?"),
    ]
    assert (coding.recognition, coding.kind, coding.contact, coding.quality) == (4, RecognitionKind.EXPLICIT, 3, 3)
    assert (coding.scorer, coding.version, dropped) == ("judge", "small-model", 0)


WRONG = {
    "no JSON": "I would say: strong.",
    "half": '{"codes": [',
    "a list": "[]",
    "null": "null",
    "deep": "[" * 50_000,
    "a key too few": lambda a: a.pop("contact"),
    "a key too many": lambda a: a.update(band="strong"),
    "a rating too high": lambda a: a.update(recognition=5),
    "a rating below": lambda a: a.update(empathy=-1),
    "a rating as text": lambda a: a.update(contact="3"),
    "a rating as truth": lambda a: a.update(contact=True),
    "a rating and a half": lambda a: a.update(contact=2.5),
    "contact without figure": lambda a: a.update(contact=None),
    "an unknown kind": lambda a: a.update(recognition_kind="strong"),
    "an unknown code": lambda a: a["codes"][0].update(code="brilliance"),
    "a code by its number": lambda a: a["codes"][0].update(code="R05"),
    "a code that only the moment shows": lambda a: a["codes"][0].update(code="ignoring"),
    "codes as words": lambda a: a.update(codes=["own_contribution"]),
    "a storm of codes": lambda a: a.update(codes=a["codes"] * 50),
    "a quote that is none": lambda a: a["codes"][0].update(quote=None),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_is_not_the_form_is_refused_whole_and_not_repeated(good, reply, wrong):
    if isinstance(wrong, str):
        text = wrong
    else:
        wrong(good)
        text = json.dumps(good)

    with pytest.raises(Unusable) as raised:
        read(text, reply, "m")

    assert str(raised.value) == NOT_THE_FORM


def test_half_a_surrogate_in_an_answer_is_not_the_form(good, reply):
    with pytest.raises(Unusable):
        read(json.dumps({**good, "because": "\ud800"}), reply, "m")


def test_an_answer_far_too_long_is_refused(good, reply):
    with pytest.raises(Unusable, match=TOO_LONG):
        read(json.dumps({**good, "because": "x" * 100_000}), reply, "m")


def test_a_code_with_invented_words_is_left_out_and_counted(good, reply):
    good["codes"][1]["quote"] = "You can tell me anything."

    coding, dropped = read(json.dumps(good), reply, "m")

    assert (coding.strategies, dropped) == ((Strategy.OWN,), 1)


def test_when_more_than_half_of_the_words_are_invented_nothing_is_kept(good, reply):
    # One of two may go; two of three may not.
    good["codes"][1]["quote"] = "You can tell me anything."
    good["codes"].append({"code": "advice", "quote": "Try an alarm.", "shared": False})

    with pytest.raises(Unusable, match=INVENTED):
        read(json.dumps(good), reply, "m")


def test_an_answer_that_abstains_carries_no_code(good, reply):
    coding, _ = read(json.dumps({**good, "abstained": True}), reply, "m")

    assert (coding.abstained, coding.codes, coding.recognition) == (True, (), 0)


def test_quality_and_sharing_stand_only_where_they_mean_something(good, reply):
    good["codes"] = [{"code": "defensiveness", "quote": "I set that sheet", "shared": True}]

    coding, _ = read(json.dumps(good), reply, "m")

    assert coding.quality is None
    assert not coding.codes[0].shared


def test_a_reason_is_one_short_line_in_which_nothing_moves_a_cursor(good, reply):
    coding, _ = read(json.dumps({**good, "because": "\x1b[2J\u202e" + "a\n" * 1000}), reply, "m")

    assert len(coding.because) <= 300
    assert coding.because.isprintable()


def test_the_fence_of_markdown_is_taken_off(good, reply):
    assert read(f"```json\n{json.dumps(good)}\n```", reply, "m").coding.codes
