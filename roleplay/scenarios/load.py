"""Scenario files, read: every problem at once, or a scenario."""

from pathlib import Path, PurePath
from typing import NamedTuple

from pydantic import ValidationError

from roleplay.errors import Problem, ScenarioError
from roleplay.scenarios.check import checked, crowded
from roleplay.scenarios.misfits import misfits
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.resolve import merge, stage_models
from roleplay.scenarios.source import Source, read_source, source_of

_UNSAVED = PurePath("scenario.yaml")
"""What problems call a text that is not on disk."""


class Read(NamedTuple):
    """A file as far as it could be understood."""

    written: Scenario | None
    """As the author wrote it."""
    resolved: Scenario | None
    """With the stage models merged in; None when it was not understood."""
    problems: tuple[Problem, ...]


def problems_of(path: Path) -> tuple[Problem, ...]:
    """Everything the author of this file should mend, in the order of its lines. Never raises for what it reads."""
    return read(read_source(path)).problems


def problems_in(text: str | bytes, file: PurePath = _UNSAVED) -> tuple[Problem, ...]:
    """As `problems_of`, for a text that is not on disk."""
    return read(source_of(_bytes(text), file)).problems


def load(path: Path) -> Scenario:
    """The scenario as written, before stage models and checks.

    Raises:
        ScenarioError: The file cannot be read or is not a scenario; carries every problem.
    """
    return _written(read_source(path))


def load_text(text: str | bytes, file: PurePath = _UNSAVED) -> Scenario:
    """As `load`, from a text; `file` is the name that problems carry."""
    return _written(source_of(_bytes(text), file))


def read_scenario(path: Path) -> Scenario:
    """The scenario, resolved and checked: what the engine plays.

    Raises:
        ScenarioError: There is any problem at all; carries every one.
    """
    _, resolved, problems = read(read_source(path))
    if problems or resolved is None:
        raise ScenarioError(problems)
    return resolved


def read(source: Source) -> Read:
    """What a source holds and everything that is wrong with it."""
    written, problems = _understood(source)
    if written is None or problems:
        return Read(written, None, problems)
    if too_many := tuple(crowded(written, source)):
        return Read(written, None, too_many)
    models = stage_models()
    merged = merge(written, models)
    return Read(written, merged.scenario, tuple(sorted(checked(written, merged, source, models))))


def _written(source: Source) -> Scenario:
    written, problems = _understood(source)
    if written is None or problems:
        raise ScenarioError(problems)
    return written


def _understood(source: Source) -> tuple[Scenario | None, tuple[Problem, ...]]:
    if any(problem.code in _HOPELESS for problem in source.problems):
        return None, tuple(sorted(source.problems))
    try:
        return Scenario.model_validate(source.data), tuple(sorted(source.problems))
    except ValidationError as error:
        return None, tuple(sorted({*source.problems, *misfits(error, source)}))


_HOPELESS = {"SC002", "SC014", "SC015", "SC016", "SC017", "SC018", "SC019"}
"""Problems after which the rest of the file would only be misread."""


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
