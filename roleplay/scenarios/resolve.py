"""A scenario as written and the stage models it follows, made into one that stands alone. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from roleplay.scenarios.conditions import OTHERWISE
from roleplay.scenarios.model import (
    START,
    Ending,
    ModelEnding,
    ModelState,
    Parameters,
    Scenario,
    StageModel,
    State,
    TimeUp,
    Transition,
)
from roleplay.scoring.codes import PatientType

RETURN = "return"
"""As a target: back to where the safety branch was entered."""

UNFINISHED = "unfinished"
"""The ending that a control has for the time being up, unless it names others."""


class Origin(NamedTuple):
    """Where one row of a resolved state comes from."""

    model: str | None = None
    """The stage model, or None for the author's own row."""
    row: int = 0
    """Which of the author's own rows, counted from 0."""


class Merged(NamedTuple):
    """A resolved scenario and where its rows come from."""

    scenario: Scenario
    origins: Mapping[tuple[str, str], tuple[Origin, ...]]
    """By section (`states`, `endings`) and name: one origin for each transition, in the same order."""


Row = tuple[Transition, Origin]


def resolve(written: Scenario, models: Mapping[str, StageModel]) -> Scenario:
    """`written` with everything that it inherits filled in; a scenario that needs no stage model any more.

    A model's state is there only if the scenario writes it. Its rows are those that hold anywhere, then the
    author's, then (unless `replace`) the model's. A row to something not written goes to the first of its
    `if_absent` that is. What cannot be resolved stays as it is, for the check to report. Models that are not in
    `models` are passed over; resolving a resolved scenario with no models changes nothing.
    """
    return merge(written, models).scenario


def merge(written: Scenario, models: Mapping[str, StageModel]) -> Merged:
    """What `resolve` gives, and where each row comes from."""
    followed = [models[name] for name in dict.fromkeys(written.follows) if name in models]
    known = {*written.states, *written.endings, RETURN}
    anywhere = [row for model in followed for row in _rows(model.anywhere, model, known)]
    states, endings = {}, {}
    origins: dict[tuple[str, str], tuple[Origin, ...]] = {}
    for name, state in written.states.items():
        rows = [*anywhere, *_own(state, known), *_inherited(name, state, followed, known)]
        if name == START and written.onset and not _has_otherwise(rows):
            rows.append((Transition(to=START), Origin(model="")))
        states[name] = _filled(name, state, written, followed, rows)
        origins["states", name] = _origins(rows)
    for name, ending in written.endings.items():
        rows = [*_own(ending, known), *_inherited(name, ending, followed, known)]
        endings[name] = ending.model_copy(update={"transitions": _transitions(rows)})
        origins["endings", name] = _origins(rows)
    update = {
        "states": states,
        "endings": endings,
        "entry": written.entry or next((model.entry for model in followed if model.entry), None),
        "time_up": _time_up(written, followed),
        "parameters": _parameters(written),
    }
    return Merged(written.model_copy(update=update), origins)


def _own(place: State | Ending, known: set[str]) -> Iterator[Row]:
    for number, row in enumerate(place.transitions):
        yield _led(row, known), Origin(row=number)


def _inherited(name: str, place: State | Ending, followed: Iterable[StageModel], known: set[str]) -> Iterator[Row]:
    if place.replace:
        return
    for model in followed:
        stage: ModelState | ModelEnding | None = model.states.get(name) or model.endings.get(name)
        if stage:
            yield from _rows(stage.transitions, model, known)
            return


def _rows(rows: Iterable[Transition], model: StageModel, known: set[str]) -> Iterator[Row]:
    """The model's rows with targets that exist. A row for after a state that is not written never admits: it goes."""
    for row in rows:
        if not known.issuperset(row.when.seen):
            continue
        yield _led(row, known), Origin(model=model.id)


def _led(row: Transition, known: set[str]) -> Transition:
    """The row with the target it has in this scenario."""
    if row.to in known and not row.if_absent:
        return row
    to = next((name for name in (row.to, *row.if_absent) if name in known), row.to)
    return row.model_copy(update={"to": to, "if_absent": ()})


def _has_otherwise(rows: list[Row]) -> bool:
    return bool(rows) and rows[-1][0].when == OTHERWISE


def _filled(name: str, state: State, written: Scenario, followed: Iterable[StageModel], rows: list[Row]) -> State:
    stage = next((model.states[name] for model in followed if name in model.states), None)
    update: dict[str, Any] = {"transitions": _transitions(rows), "unsure": state.unsure or written.unsure}
    if stage:
        update["stage"] = state.stage or stage.stage
        if not state.teach.hint:
            update["teach"] = state.teach.model_copy(update={"hint": stage.hint})
    return state.model_copy(update=update)


def _transitions(rows: Iterable[Row]) -> tuple[Transition, ...]:
    return tuple(row for row, _ in rows)


def _origins(rows: Iterable[Row]) -> tuple[Origin, ...]:
    return tuple(origin for _, origin in rows)


def _time_up(written: Scenario, followed: Iterable[StageModel]) -> TimeUp | None:
    if written.time_up:
        return written.time_up
    inherited = next((model.time_up for model in followed if model.time_up), None)
    if inherited and inherited.opened not in written.endings:
        return TimeUp(unopened=inherited.unopened, opened=inherited.unopened)
    if inherited is None and UNFINISHED in written.endings:
        return TimeUp(unopened=UNFINISHED, opened=UNFINISHED)
    return inherited


def _parameters(written: Scenario) -> Parameters | None:
    parameters = written.parameters or type_parameters().get(written.patient.type)
    if parameters and written.max_turns:
        return parameters.model_copy(update={"max_turns": written.max_turns})
    return parameters


@cache
def stage_models() -> Mapping[str, StageModel]:
    """The stage models of this version, by id, in the order of their file names."""
    folder = files("roleplay.scenarios") / "stages"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    models = [StageModel.model_validate(_own_data(f"stages/{name}")) for name in names]
    return {model.id: model for model in models}


@cache
def type_parameters() -> Mapping[PatientType, Parameters]:
    """What each patient type starts with; type `none` has nothing to start with."""
    return {PatientType(name): Parameters.model_validate(row) for name, row in _own_data("types.yaml").items()}


def _own_data(name: str) -> Any:
    text = files("roleplay.scenarios").joinpath(*name.split("/")).read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)


def canonical(scenario: Scenario) -> str:
    """One JSON text for all that is equal: sorted keys, defaults left out, one line."""
    data = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085")


def digest(scenario: Scenario) -> str:
    """SHA-256 of the canonical text, 64 hex digits."""
    return hashlib.sha256(canonical(scenario).encode("utf-8")).hexdigest()


def from_canonical(text: str) -> Scenario:
    """The scenario that `canonical` wrote.

    Raises:
        pydantic.ValidationError: The text is not a scenario of this version.
    """
    return Scenario.model_validate_json(text)
