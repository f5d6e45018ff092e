"""What was saved with a conversation is read again, or refused in words."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from roleplay.errors import StoreError
from roleplay.scenarios.library import library_folder
from roleplay.scenarios.load import read_scenario
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.resolve import canonical
from roleplay.scenarios.saved import saved

MARKER = "withdrawal.marker"


@pytest.fixture(scope="module")
def sound() -> Scenario:
    return read_scenario(library_folder() / "good-student.yaml")


@pytest.mark.parametrize("path", sorted(library_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_every_patient_of_the_library_is_read_again(path):
    scenario = read_scenario(path)

    assert saved(canonical(scenario)) == scenario


BROKEN: dict[str, tuple[Callable[[Any], Any], str]] = {
    "another object": (lambda body: {"title": body["title"]}, "`format`: Field required"),
    "a key of another type": (lambda body: body | {"patient": [1]}, "`patient`"),
    "no first state": (lambda body: body["states"].pop("calm"), "`calm` is missing"),
    "no first stage": (lambda body: body["states"].pop(MARKER), f"`{MARKER}` is missing"),
    "an onset without a first stage": (lambda body: body.pop("entry"), "`entry` is missing"),
    "no parameters": (lambda body: body.pop("parameters"), "`parameters` are missing"),
    "no end of the time": (lambda body: body.pop("time_up"), "`time_up` is missing"),
    "an end of the time that is not there": (
        lambda body: body["time_up"].update(opened="never"), "`never` is missing",
    ),
    "a state without words": (lambda body: body["states"][MARKER].pop("says"), "says nothing"),
    "no line for what is not understood": (
        lambda body: [body.pop("unsure", 0), *(state.pop("unsure", 0) for state in body["states"].values())], "unsure",
    ),
    "a way to nowhere": (
        lambda body: body["states"]["calm"]["transitions"].insert(0, {"to": "nowhere"}), "leads to `nowhere`",
    ),
    "no way on": (lambda body: body["states"][MARKER].update(transitions=[]), "no way on"),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "says"), BROKEN.values(), ids=BROKEN)
def test_a_saved_patient_that_nobody_could_play_is_refused(sound: Scenario, damage, says: str):
    body = json.loads(canonical(sound))
    given = damage(body)
    text = json.dumps(given if isinstance(given, dict) and says.startswith(("`format", "`patient")) else body)

    with pytest.raises(StoreError, match=says) as refused:
        saved(text)

    assert "Update the program" in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"id":1}', "[" * 5000])
def test_what_is_no_scenario_at_all_is_refused(text: str):
    with pytest.raises(StoreError, match="cannot be read"):
        saved(text)
