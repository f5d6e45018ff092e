"""The JSON Lines contract of `roleplay score`: one record in, one record out."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from roleplay.errors import UsageError
from roleplay.scoring.codes import SITUATIONAL_HARMS, Family, Strain
from roleplay.scoring.coding import Coder, Coding, Heard, Utterance
from roleplay.scoring.grade import grade
from roleplay.scoring.grading import Grade
from roleplay.scoring.risk import risk_cue
from roleplay.scoring.situation import Situation

Record = Mapping[str, Any]
SHOWN = 80
"""Characters of a wrong value that an error repeats."""
_KEYS = {
    "about": "about", "type": "patient_type", "struggle": "axis", "trust": "trust", "tension": "tension",
    "intensity": "intensity", "lapse": "therapist_lapse", "stage": "stage", "indirect": "indirect",
    "mark": "mark", "kind": "kind",
}  # fmt: skip
"""What the grader calls it, and the key of a record."""


def score_record(line: str, coder: Coder) -> str:
    """One line of JSON in, one line out, with the same `id`. Unknown keys are ignored.

    Raises:
        UsageError: The line is no JSON object, has no `response`, or a value is not one of the words known.
    """
    record = record_of(line)
    heard, situation = heard_from(record), situation_from(record)
    response = record["response"]
    coding = coder(response, heard).inside(response)
    answer = answer_of(record.get("id"), response, coding, grade(coding, situation))
    return json.dumps(answer, ensure_ascii=False)


def score_or_error(line: str, coder: Coder) -> tuple[str, str | None]:
    """What `score_record` gives and None, or for a bad line `{"id": ..., "error": ...}` and the error's words."""
    try:
        return score_record(line, coder), None
    except UsageError as error:
        return json.dumps({"id": id_of(line), "error": str(error)}, ensure_ascii=False), str(error)


def record_of(line: str) -> dict[str, Any]:
    """The object on one line, with its `response` made sure of."""
    try:
        record = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"This line is not JSON ({error}). Write one JSON object on each line.") from error
    if not isinstance(record, dict):
        raise UsageError("This line is JSON but not an object. Write it as {...}.")
    if not isinstance(record.get("response"), str):
        raise UsageError('There is no "response" in this record. Give the trainee\'s words as text; they may be empty.')
    return record


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def id_of(line: str) -> Any:
    """The `id` on a line, None where there is none to be read."""
    try:
        record = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return record.get("id") if isinstance(record, dict) else None


def heard_from(record: Record) -> Heard:
    """What the coder may know of a record: the patient's line and cue, the history, the context.

    Raises:
        UsageError: `history` is not a list of pairs of speaker and words.
    """
    try:
        history = tuple(utterance(entry) for entry in given(record, "history", ()))
        return Heard(
            line=given(record, "patient_line", ""),
            cue=given(record, "cue", ""),
            history=history,
            context=given(record, "context", ""),
        )
    except ValidationError as error:
        raise wrong(error) from error
    except (TypeError, ValueError, KeyError) as error:
        raise UsageError('`history` must be a list of pairs such as ["therapist", "How was it?"].') from error


def utterance(entry: Any) -> Utterance:
    """One line of history, written as a pair or as an object with `who` and `text`."""
    who, text = (entry["who"], entry["text"]) if isinstance(entry, Mapping) else entry
    return Utterance(who=who, text=text)


def situation_from(record: Record) -> Situation:
    """What the grader may know of a record. What is missing is None; strain is `fresh` unless the family is `none`.

    Raises:
        UsageError: A value is not one of the words known; the message lists them.
    """
    family = given(record, "family", Family.WITHDRAWAL)
    strain = given(record, "strain", Strain.NONE if family == Family.NONE else Strain.FRESH)
    known = {name: record[key] for name, key in _KEYS.items() if record.get(key) is not None}
    known |= {"depth": "explored" if strain == Strain.OPEN else "early", "risk": _risk(record)}
    markers = given(record, "markers", ())
    try:
        return Situation.model_validate({**known, "strain": strain, "family": family, "markers": markers})
    except ValidationError as error:
        raise wrong(error) from error


def _risk(record: Record) -> bool:
    """Whether the line is a risk cue: as the record says, else as its words do."""
    said = record.get("risk")
    if said is None:
        return risk_cue(given(record, "patient_line", ""))
    if not isinstance(said, bool):
        raise UsageError(f"`risk` cannot be {_short(said)}. It is true or false.")
    return said


def given(record: Record, key: str, otherwise: Any) -> Any:
    """What the record has under the key; a key with null or an empty text counts as left out."""
    return otherwise if (value := record.get(key)) is None or value == "" else value


def wrong(error: ValidationError) -> UsageError:
    """The first mistake pydantic found, with the value and what it expected."""
    first = error.errors()[0]
    name, *rest = map(str, first["loc"])
    place = ".".join([(_KEYS | {"line": "patient_line"}).get(name, name), *rest])
    return UsageError(f"`{place}` cannot be {_short(first['input'])}. {first['msg'].replace('valid tuple', 'list')}.")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def answer_of(name: Any, response: str, coding: Coding, graded: Grade) -> dict[str, Any]:
    """The record that goes out, in the order of keys of the contract."""
    spoken = [
        {"code": str(each.code), "start": each.start, "end": each.end, "confidence": each.confidence}
        for each in coding.codes
    ]
    absent = [
        {"code": str(harm.code), "start": 0, "end": len(response), "confidence": 1.0}
        for harm in graded.harms
        if harm.code in SITUATIONAL_HARMS
    ]
    return {
        "id": name,
        "recognition": {"level": graded.recognition, "kind": str(graded.kind)},
        "strategies": [str(code) for code in graded.strategies],
        "harms": [str(harm.code) for harm in graded.harms],
        "moves": [str(move) for move in graded.moves],
        "band": None if graded.band is None else str(graded.band),
        "evidence": spoken + absent,
        "dimensions": dict(graded.dimensions),
        "scores": {"recognition": rounded(graded.recognition_score), "repair": rounded(graded.repair_score)},
        "abstained": coding.abstained,
        "scorer": coding.scorer,
        "version": coding.version,
    }


def rounded(score: float | None) -> float | None:
    """A score to one decimal; None stays None."""
    return None if score is None else round(score, 1)
