"""The JSON Lines contract of `roleplay score`."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.errors import UsageError
from roleplay.scoring.codes import Family, Strain
from roleplay.scoring.record import heard_from, score_or_error, score_record, situation_from
from roleplay.scoring.words import WordsCoder

CODER = WordsCoder()


def scored(**record: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(score_record(json.dumps(record), CODER))
    return answer


def test_the_answer_has_the_keys_of_the_contract_in_their_order() -> None:
    answer = scored(id="x1", response="I rushed you.", patient_line="It's fine.", unheard_of=1)

    assert list(answer) == (
        [
            "id",
            "recognition",
            "strategies",
            "harms",
            "moves",
            "band",
            "evidence",
            "dimensions",
            "scores",
            "abstained",
            "scorer",
            "version",
        ]
    )
    assert list(answer["recognition"]) == ["level", "kind"]
    assert list(answer["scores"]) == ["recognition", "repair"]
    assert list(answer["evidence"][0]) == ["code", "start", "end", "confidence"]
    assert answer["id"] == "x1"
    assert answer["strategies"] == ["own_contribution"]


def test_only_the_response_is_needed() -> None:
    assert scored(response="How was the week?")["id"] is None


def test_an_absence_code_spans_the_whole_reply() -> None:
    answer = scored(response="Great, so daily.", family="withdrawal")

    assert answer["harms"] == ["ignoring"]
    assert [(each["start"], each["end"]) for each in answer["evidence"]] == [(0, len("Great, so daily."))]


def test_the_level_is_the_graded_one_and_the_kind_what_was_shown() -> None:
    answer = scored(response="How was the week?", family="none")

    assert answer["recognition"] == {"level": 4, "kind": "none"}
    assert answer["scores"] == {"recognition": 100.0, "repair": None}


def test_what_cannot_be_read_has_no_band_and_no_scores() -> None:
    answer = scored(response="Das tut mir leid, ich verstehe Sie nicht.")

    assert (answer["abstained"], answer["band"], answer["moves"]) == (True, None, [])
    assert answer["scores"] == {"recognition": None, "repair": None}


@pytest.mark.parametrize(
    ("record", "strain", "depth"),
    [
        ({}, Strain.FRESH, "early"),
        ({"family": "none"}, Strain.NONE, "early"),
        ({"family": "none", "strain": "open"}, Strain.OPEN, "explored"),
        ({"strain": None}, Strain.FRESH, "early"),
    ],
)
def test_strain_and_depth_have_their_defaults(record: dict[str, Any], strain: Strain, depth: str) -> None:
    situation = situation_from(record)

    assert (situation.strain, situation.depth) == (strain, depth)


def test_the_names_of_the_record_are_mapped() -> None:
    situation = situation_from(
        {
            "family": "confrontation",
            "patient_type": "A",
            "axis": "relatedness",
            "therapist_lapse": "Wrote.",
            "tension": 7,
            "about": "bond",
            "markers": ["denial"],
        }
    )

    assert (situation.family, situation.type, situation.struggle, situation.lapse) == (
        Family.CONFRONTATION,
        "A",
        "relatedness",
        "Wrote.",
    )
    assert (situation.tension, situation.about, situation.markers) == (7.0, "bond", ("denial",))


def test_history_may_be_pairs_or_objects() -> None:
    heard = heard_from({"history": [["therapist", "Hello."], {"who": "patient", "text": "Hi."}], "patient_line": None})

    assert [(each.who, each.text) for each in heard.history] == [("therapist", "Hello."), ("patient", "Hi.")]
    assert heard.line == ""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("nonsense", "not JSON"),
        ("[1]", "not an object"),
        ("{}", "response"),
        ('{"response": 3}', "response"),
        ('{"response": "a", "family": "anger"}', "family"),
        ('{"response": "a", "tension": 11}', "tension"),
        ('{"response": "a", "history": ["x"]}', "history"),
        ('{"response": "a", "history": 3}', "history"),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_it(line: str, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        score_record(line, CODER)


def test_a_bad_line_need_not_stop_the_rest() -> None:
    answer, error = score_or_error('{"id": "x2", "response": null}', CODER)

    assert error is not None
    assert json.loads(answer) == {"id": "x2", "error": error}


@given(st.text(max_size=120), st.text(max_size=60))
def test_any_words_give_one_line_of_json(response: str, line: str) -> None:
    answer = score_record(json.dumps({"id": 1, "response": response, "patient_line": line}), CODER)

    assert "\n" not in answer
    assert all(0 <= each["start"] <= each["end"] <= len(response) for each in json.loads(answer)["evidence"])


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("patient_line", 5, "`patient_line` cannot be 5"),
        ("patient_line", False, "`patient_line` cannot be False"),
        ("cue", [], r"`cue` cannot be \[\]"),
        ("context", {}, "`context` cannot be {}"),
        ("history", 0, "`history` must be a list"),
        ("family", 0, "`family` cannot be 0"),
        ("strain", [], r"`strain` cannot be \[\]"),
        ("patient_type", "Z", "`patient_type` cannot be 'Z'"),
        ("therapist_lapse", 5, "`therapist_lapse` cannot be 5"),
        ("axis", "north", "`axis` cannot be 'north'"),
        ("risk", "no", "`risk` cannot be 'no'. It is true or false"),
        pytest.param("family", "x" * 100_000, "`family` cannot be 'xxx", id="huge"),
    ],
)
def test_a_value_of_the_wrong_type_is_told_by_its_key_and_in_short(key: str, value: object, says: str) -> None:
    with pytest.raises(UsageError, match=says) as told:
        scored(response="I hear you.", **{key: value})

    assert len(str(told.value)) < 300


def test_null_and_an_empty_text_are_as_left_out() -> None:
    keys = ("patient_line", "cue", "context", "history", "family", "strain", "markers")

    assert scored(response="I hear you.", **dict.fromkeys(keys)) == scored(response="I hear you.")
    assert scored(response="I hear you.", **dict.fromkeys(keys, "")) == scored(response="I hear you.")
