"""Small patients of any shape, sound by the project's own check."""

import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from roleplay.scenarios.load import load_text, problems_in
from roleplay.scenarios.model import Parameters, Scenario
from roleplay.scenarios.resolve import resolve, stage_models, type_parameters
from roleplay.scoring.codes import About, PatientType

Build = Callable[..., Scenario]
Retype = Callable[..., Scenario]

OF_NO_TYPE = Parameters(trust=4, gain_per_fit=0.8, loss_per_harm=1.5, loops=1, max_turns=12)
"""What the author of a patient without a type may give."""

ENTRIES = ("withdrawal.marker", "confrontation.marker", "silent_dissatisfaction.concealed")
KINDS = {"withdrawal": "withdrawal", "confrontation": "confrontation", "silent_dissatisfaction": "hidden"}
WHOLE = {
    name: tuple(model.states)
    for name, model in stage_models().items()
}  # fmt: skip
"""Every stage of each stage model."""


def small(
    stages: Iterable[str],
    endings: Iterable[str],
    *,
    follows: tuple[str, ...],
    risky: Mapping[str, int] | None = None,
    after: Mapping[str, Mapping[str, str]] | None = None,
    **keys: Any,
) -> Scenario:
    """A patient of whom these stages and endings are written, each stage with three lines.

    Args:
        risky: Which line of which state, counted from 0, gives reason to ask about safety.
        after: By state and move, what the patient answers to that move.
        keys: Top-level keys and those of `patient`, in place of the usual ones.
    """
    rupture = {"kind": KINDS[follows[0]], "markers": ["denial"], "intensity": 2, "about": "bond"}
    states: dict[str, Any] = {}
    for name in ("calm", *stages):
        says = [{"line": f"{name}, line {number}."} for number in range(1, 4)]
        for line in says if name in ENTRIES else ():
            line["rupture"] = rupture  # type: ignore[assignment]
        if name in (risky or {}):
            says[(risky or {})[name]]["risk"] = True  # type: ignore[assignment]
        answers = {move: [{"line": text}] for move, text in (after or {}).get(name, {}).items()}
        states[name] = {"says": says, "after": answers, "teach": TEACH if name != "calm" else {}}
    patient = {"name": "Ada", "age": 40, "background": "A baker.", "wants": "A say."}
    data: dict[str, Any] = {
        "format": 1,
        "id": "small",
        "title": "Small",
        "family": follows[0],
        "difficulty": 1,
        "setting": {"modality": "CBT", "session": 3, "place": "here"},
        "briefing": "Third session.",
        "follows": list(follows),
        "onset": {"earliest": 1, "latest": 3},
        "unsure": {"line": "Say that again?"},
        "patient": patient | {key: keys.pop(key, usual) for key, usual in PERSON.items()},
        "states": states,
        "endings": {name: ending(name) for name in endings},
    }
    text = json.dumps(data | keys)  # JSON is YAML
    assert [str(problem) for problem in problems_in(text)] == []
    return resolve(load_text(text), stage_models())


PERSON = {"type": "B", "struggle": "self_definition"}
TEACH = {
    "missed_cue": "She agreed too soon.",
    "model_replies": ["What would you choose?", "We can stop."],
    "why": "Room.",
}


def ending(name: str) -> dict[str, Any]:
    """What is written of one ending; a resting point says one more thing."""
    resolution = {"repaired": 5, "partly_repaired": 4, "unfinished": 3, "left": 1}[name.split(".")[-1]]
    rests = {"says": [{"line": "One more thing."}]} if resolution == 4 else {}
    return {"line": "Goodbye.", "account": "We talked.", "aftermath": "It rained.", "resolution": resolution, **rests}


def four(model: str) -> tuple[str, ...]:
    """The four endings of a family."""
    return tuple(f"{model}.{name}" for name in ("repaired", "partly_repaired", "left", "unfinished"))


def retyped(
    scenario: Scenario, kind: PatientType, *, about: About | None = None, intensity: int | None = None
) -> Scenario:
    """The same patient as another type, and with every strain about something else or of another intensity."""
    data = scenario.model_dump(by_alias=True)
    data["patient"]["type"] = kind
    data["parameters"] = type_parameters().get(kind, OF_NO_TYPE).model_dump()
    data["max_turns"] = None
    for state in data["states"].values():
        lines = itertools.chain(*state["says"], *state["after"].values())
        for line in lines:
            if line["rupture"] is not None:
                line["rupture"]["about"] = about or line["rupture"]["about"]
                line["rupture"]["intensity"] = intensity or line["rupture"]["intensity"]
    return Scenario.model_validate(data)


@pytest.fixture(scope="session")
def retype() -> Retype:
    """Plays a patient as another type; see `retyped`."""
    return retyped


@pytest.fixture(scope="session")
def build() -> Build:
    """Makes a small patient; see `small`."""
    return small


@pytest.fixture(scope="session")
def ada() -> Callable[..., Scenario]:
    """The whole of withdrawal with the branch for safety, and a risk cue where the test wants one."""

    def made(**keys: Any) -> Scenario:
        stages = (*WHOLE["withdrawal"], *WHOLE["safety"])
        return small(stages, four("withdrawal"), follows=("withdrawal", "safety"), **keys)

    return made


@pytest.fixture(scope="session")
def families(patients: dict[str, Scenario], ada: Callable[..., Scenario]) -> dict[str, Scenario]:
    """The shipped patients, one whose concealed hurt turns into anger (silent, then confrontation), and one at risk."""
    silent = "silent_dissatisfaction"
    joined = WHOLE["confrontation"][WHOLE["confrontation"].index("confrontation.construal") :]
    endings = (*four("confrontation"), *four(silent)[1:])
    crossing = small((*WHOLE[silent], *joined), endings, follows=(silent, "confrontation"), struggle="relatedness")
    at_risk = ada(risky={"calm": 2, "withdrawal.attended": 1, "withdrawal.avoidance": 0, "safety.asked": 0})
    return {**patients, "let-down": crossing, "at-risk": at_risk}
