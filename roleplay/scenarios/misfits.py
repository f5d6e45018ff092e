"""What pydantic found wrong, turned into problems an author can mend."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import groupby
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from roleplay.errors import Problem
from roleplay.scenarios.model import Line, Scenario
from roleplay.scenarios.scalars import Misread, meaning_of
from roleplay.scenarios.source import Place, Source, Way
from roleplay.scenarios.tree import MOST_PROBLEMS

Finding = tuple[str, str, str]
"""Code, what, cure."""


def misfits(error: ValidationError, source: Source, root: type[BaseModel] = Scenario) -> Iterator[Problem]:
    """One problem for each place in the file that does not fit the format, which is `root` or a list of it."""
    if root is Scenario and not isinstance(source.data, dict):
        yield Problem(source.file, 1, 1, *_not_a_scenario(source.data))
        return
    details = error.errors(include_url=False, include_context=True)[: 4 * MOST_PROBLEMS]
    eaten = {source.walk(detail["loc"][:-1]) for detail in details if _is_eaten_line(detail, source)}
    for way, group in groupby(details, key=lambda detail: _place_key(detail, source)):
        together = list(group)
        if together[0]["type"] == "extra_forbidden" and way[:-1] in eaten:
            continue
        if together[0]["type"] == "too_short" and source.value(way):
            continue  # there are entries, each with a problem of its own
        place = _place(together[0], source)
        yield Problem(source.file, *place, *_finding(together, way, source, root))


def _place_key(detail: ErrorDetails, source: Source) -> Way:
    way = source.walk(detail["loc"])
    return (*way, str(detail["loc"][-1])) if detail["type"] == "missing" else way


def _place(detail: ErrorDetails, source: Source) -> Place:
    if detail["type"] == "extra_forbidden":
        return source.at_key(detail["loc"])
    return source.at(detail["loc"])


def _not_a_scenario(data: Any) -> Finding:
    if data is None:
        return "SC010", "The file is empty.", "Begin with `format: 1`, or with a copy of a shipped patient."
    what = f"A scenario is a list of `key: value` lines; YAML read this file as {_kind(data)}."
    return "SC012", what, "Begin with `format: 1`."


def _kind(data: Any) -> str:
    return "a list" if isinstance(data, list) else "one piece of text"


def _is_eaten_line(detail: ErrorDetails, source: Source) -> bool:
    """Whether `- Well: I never` was read as a key and its value where a line should be."""
    if detail["type"] != "missing" or detail["loc"][-1] != "line" or model_at(detail["loc"][:-1]) is not Line:
        return False
    found = source.value(detail["loc"][:-1])
    return isinstance(found, dict) and len(found) == 1 and next(iter(found)) not in Line.model_fields


def _finding(details: list[ErrorDetails], way: Way, source: Source, root: type[BaseModel]) -> Finding:
    detail = details[0]
    if _is_eaten_line(detail, source):
        return _eaten(source.value(detail["loc"][:-1]))
    kinds = {each["type"] for each in details}
    if kinds & {"enum", "literal_error"} and not isinstance(detail["input"], dict | list):
        return _unknown_value(details, way)
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(detail, root)
    if kind == "missing":
        key = detail["loc"][-1]
        return "SC010", f"{_named(way[:-1])} has no `{key}`.", f"Add `{key}:`{_what_for(str(key))}."
    if kind in ("string_too_short", "too_short"):
        wanted = "at least one" if kind == "too_short" else "some words"
        return "SC013", f"{_named(way)} is empty.", f"Write {wanted}, or delete the key if it is optional."
    if kind in _WORDS_WANTED:
        return _not_words(detail["input"], way)
    return _not_fitting(detail, way)


_WORDS_WANTED = {"string_type"}


def _eaten(found: Mapping[str, Any]) -> Finding:
    key, value = next(iter(found.items()))
    said = f"{key}: {value}" if isinstance(value, str) else str(key)
    return (
        "SC001",
        f"YAML read this line as a key `{_short(key)}` and its value, not as words.",
        f'Put it in quotes: {{line: "{_short(said, 60)}"}}.',
    )


def _unknown_key(detail: ErrorDetails, root: type[BaseModel]) -> Finding:
    key = str(detail["loc"][-1])
    model = model_at(detail["loc"][:-1], root)
    known = _keys_of(model) if model else []
    return "SC009", f"There is no key `{_short(key)}` here.", _did_you_mean(key, known)


def _unknown_value(details: Iterable[ErrorDetails], way: Way) -> Finding:
    value = next(iter(details))["input"]
    known = [name for detail in details for name in _QUOTED.findall(str(detail.get("ctx", {}).get("expected", "")))]
    if any(detail["type"].startswith("int") for detail in details):
        known.append("a whole number")
    if not isinstance(value, str):
        cure = f"Put it in quotes if you meant the word. {_did_you_mean('', known)}"
        return "SC001", f"YAML read {_named(way)} as {meaning_of(value)}, not as words.", cure
    return "SC011", f"`{_short(value)}` is not known as {_named(way)}.", _did_you_mean(value, known)


_QUOTED = re.compile(r"'([^']*)'")


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    names = sorted(dict.fromkeys(known))
    near = get_close_matches(name, names, n=1)
    meant = f"Did you mean `{near[0]}`? " if near else ""
    if len(names) > _MOST_NAMES:
        return f"{meant}`roleplay codebook` lists all {len(names)}."
    return f"{meant}Known: {', '.join(names)}." if names else f"{meant}Delete it."


_MOST_NAMES = 24


def _not_words(value: Any, way: Way) -> Finding:
    if value is None:
        return "SC001", f"YAML read {_named(way)} as nothing.", "Write words in quotes, or delete the key."
    what = f"YAML read this line as {meaning_of(value)}, not as words."
    if isinstance(value, Misread | dict | list | bool | int | float):
        return "SC001", what, "Put it in quotes."
    return "SC012", f"{_named(way)} is not text.", "Write words in quotes."


def _not_fitting(detail: ErrorDetails, way: Way) -> Finding:
    kind, value = detail["type"], detail["input"]
    if kind in _SHAPES:
        return _wrong_shape(kind, value, way)
    if kind == "string_pattern_mismatch" and not str(value).strip():
        return "SC013", f"{_named(way)} is blank.", "Write some words, or delete the key if it is optional."
    if kind == "string_pattern_mismatch":
        cure = _PATTERNS.get(str(way[-1]) if way else "", "Use small letters, digits and hyphens.")
        return "SC012", f"`{_short(str(value))}` cannot be {_named(way)}.", cure
    context = detail.get("ctx", {})
    limit = next((context[name] for name in ("ge", "gt", "le", "lt", "max_length") if name in context), None)
    if kind in _LIMITS:
        return "SC012", f"{_named(way)} is {_short(str(value))}.", f"{_LIMITS[kind]} {limit}."
    wanted = next((words for start, words in _WANTED.items() if kind.startswith(start)), "Look it up in the format.")
    return "SC012", f"{_named(way)} cannot be `{_short(str(value))}`.", wanted


_LIMITS = {
    "greater_than_equal": "It must be at least",
    "greater_than": "It must be more than",
    "less_than_equal": "It can be at most",
    "less_than": "It must be less than",
    "string_too_long": "The most characters it may have:",
}
_WANTED = {
    "int": "Write a whole number.",
    "float": "Write a number.",
    "bool": "Write true or false.",
    "finite": "Write a number.",
}
_PATTERNS = {
    "id": "Use small letters and digits, with hyphens between words, such as `good-student`.",
    "language": "Use a language code such as `en` or `pt-BR`.",
}
_SHAPES = {"tuple_type", "list_type", "model_type", "mapping_type", "dict_type", "model_attributes_type"}


def _wrong_shape(kind: str, value: Any, way: Way) -> Finding:
    if value is None:
        return "SC010", f"Nothing is written for {_named(way)}.", "Write it below, indented, or delete the key."
    is_line = model_at(way) is Line or any(step in ("says", "after", "unsure") for step in way)
    if isinstance(value, str) and is_line:
        return "SC012", "A line of the patient stands here without its key.", f'Write {{line: "{_short(value, 60)}"}}.'
    if is_line and not isinstance(value, dict | list):
        what = f"YAML read this line as {meaning_of(value)}, not as words."
        return "SC001", what, 'Put it in quotes: {line: "..."}.'
    wanted = "a list, with `- ` before each entry" if kind in ("tuple_type", "list_type") else "`key: value` lines"
    return "SC012", f"{_named(way)} cannot be {meaning_of(value)}.", f"Write {wanted}."


def model_at(way: tuple[Any, ...], root: type[BaseModel] = Scenario) -> type[BaseModel] | None:
    """The model that holds at `way`, found by walking the format; None where there is none."""
    model: type[BaseModel] | None = root
    name_comes = False
    for step in way:
        if model is None:
            return None
        if name_comes:
            name_comes = False
            continue
        field = _fields_of(model).get(step)
        if field is not None:
            name_comes = _holds(field, Mapping)
            model = _model_in(field)
    return model


def _fields_of(model: type[BaseModel]) -> dict[Any, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _keys_of(model: type[BaseModel]) -> list[str]:
    return [name for name in _fields_of(model) if (model, name) not in _FILLED_IN]


def _holds(annotation: Any, kind: type) -> bool:
    return get_origin(annotation) is kind or any(_holds(each, kind) for each in get_args(annotation))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for each in get_args(annotation) if (model := _model_in(each))), None)


_FILLED_IN: set[tuple[type[BaseModel], str]] = {(Scenario, "entry")}
"""Keys an author has no need of."""


def _named(way: Way) -> str:
    """What to call a place in a sentence."""
    words = [str(step) for step in way if isinstance(step, str)]
    if not words:
        return "This file"
    return f"`{words[-1]}`" if len(words) == 1 else f"`{words[-1]}` of `{'.'.join(words[:-1])}`"


def _what_for(key: str) -> str:
    return {"line": " with what the patient says, in quotes", "format": " 1"}.get(key, "")


def _short(text: str, most: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
