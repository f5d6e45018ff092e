"""Where scenarios live, and finding one by name."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from roleplay.errors import Problem, ScenarioError, UsageError, unknown
from roleplay.scenarios.load import load
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.source import LARGEST

MORE_FOLDERS = "ROLEPLAY_SCENARIOS"
"""Environment variable: further folders with scenarios, separated as in PATH."""

_SUFFIXES = (".yaml", ".yml")
_ID = re.compile(rb"^id:[ \t]*([\"']?)([^\"'\s#]+)\1", re.MULTILINE)


@dataclass(frozen=True)
class Head:
    """What can be known about a patient before the conversation."""

    id: str
    title: str
    patient: str
    age: int
    setting: str
    difficulty: int
    content: tuple[str, ...]
    family: str
    """The answer to the exercise: not for a trainee's eyes before the debrief."""
    briefing: str
    path: Path


@dataclass(frozen=True)
class Library:
    """Every scenario that can be listed, and what keeps others from it."""

    heads: tuple[Head, ...]
    problems: tuple[Problem, ...]


def library_folder() -> Path:
    """The checkout's `scenarios/` when the package lies in one, else the copy inside the installed package."""
    package = Path(__file__).resolve().parent
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "scenarios").is_dir():
        return checkout / "scenarios"
    return package / "library"


def scenario_files() -> tuple[Path, ...]:
    """The scenario files of the library and of the folders in ROLEPLAY_SCENARIOS, by folder and name.

    Raises:
        UsageError: ROLEPLAY_SCENARIOS names something that is not a folder.
    """
    return tuple({file.resolve(): file for folder in _folders() for file in _files_in(folder)}.values())


def find(id_or_path: str) -> Path:
    """The file of the scenario with this id, or the file at this path.

    Raises:
        UsageError: There is none, or two files have the same id.
    """
    path = Path(id_or_path)
    if path.suffix in _SUFFIXES or len(path.parts) > 1:
        return _existing(path)
    named = list(_ids())
    found = [file for name, file in named if name == id_or_path]
    if not found:
        raise unknown("scenario", id_or_path, {name for name, _ in named})
    if len(found) > 1:
        both = " and ".join(map(str, found))
        raise UsageError(f"Two files have the id `{id_or_path}`: {both}. Change one, or name the file.")
    return found[0]


def library() -> Library:
    """Everything in the library, sorted by difficulty and title; files that are no scenarios as problems."""
    heads: list[Head] = []
    problems: list[Problem] = []
    for file in scenario_files():
        try:
            heads.append(_head(load(file), file))
        except ScenarioError as error:
            problems += error.problems
    return Library(tuple(sorted(heads, key=lambda head: (head.difficulty, head.title))), tuple(problems))


def heads() -> tuple[Head, ...]:
    """The scenarios that can be read, sorted by difficulty and title; they are not checked in depth."""
    return library().heads


def _folders() -> Iterator[Path]:
    yield library_folder()
    for name in filter(None, os.environ.get(MORE_FOLDERS, "").split(os.pathsep)):
        try:
            folder = Path(name).expanduser()
            there = folder.is_dir()
        except (OSError, RuntimeError) as error:  # a user whom nobody knows, a name too long
            raise UsageError(f"{MORE_FOLDERS} names `{name[:80]}`: {error}. Correct or unset it.") from error
        if not there:
            raise UsageError(f"{MORE_FOLDERS} names `{name}`, which is not a folder. Correct or unset it.")
        yield folder


def _files_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        file for file in folder.iterdir() if file.suffix in _SUFFIXES and file.is_file() and file.name[0] != "."
    )


def _existing(path: Path) -> Path:
    if not path.is_file():
        why = "is a folder" if path.is_dir() else "does not exist"
        raise UsageError(f"`{path}` {why}. Name a scenario file, or an id from `roleplay list`.")
    return path


def _ids() -> Iterator[tuple[str, Path]]:
    """Ids without reading the whole file as YAML, so that a broken one can be found, and its problems told."""
    for file in scenario_files():
        try:
            with file.open("rb") as opened:
                match = _ID.search(opened.read(LARGEST))
        except OSError:
            match = None
        yield (match[2].decode("utf-8", "replace") if match else file.stem), file


def _head(scenario: Scenario, file: Path) -> Head:
    setting = scenario.setting
    return Head(
        id=scenario.id,
        title=scenario.title,
        patient=scenario.patient.name,
        age=scenario.patient.age,
        setting=f"{setting.modality}, session {setting.session}, {setting.place}",
        difficulty=scenario.difficulty,
        content=scenario.content,
        family=scenario.family.value,
        briefing=scenario.briefing,
        path=file,
    )
