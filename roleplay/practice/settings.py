"""What a trainee has chosen: read and written here for every front end. Imports nothing heavy."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Literal, get_args, get_type_hints

from roleplay.errors import StoreError, UsageError
from roleplay.practice.own_risk import SUPPORT_TEXT

ThemeName = Literal["light", "dark", "high contrast"]
Pace = Literal["off", "slow", "normal", "fast"]
Coach = Literal["never", "when_stuck", "always"]

LONGEST = 2000
"""Characters that a text of one's own may have."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with what holds until somebody does."""

    theme: ThemeName = "dark"
    pace: Pace = "normal"
    """How fast the patient's words arrive; `off` shows the line at once."""
    reduced_motion: bool = False
    """Nothing moves or goes on by itself."""
    coach: Coach = "when_stuck"
    """When the coach speaks unasked."""
    trainee: str = "me"
    """The pseudonym that conversations carry."""
    support_text: str = SUPPORT_TEXT
    """Shown when a trainee's own words may be about their own safety."""

    @property
    def still(self) -> bool:
        """Whether lines are shown at once."""
        return self.reduced_motion or self.pace == "off"


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings and what was wrong with the file they came from."""

    settings: Settings
    problem: str = ""
    """For the user, in words; empty where all could be read."""


def settings_file() -> Path:
    """The file of whoever runs the program, in the platform's folder for settings."""
    from platformdirs import user_config_path  # kept out of start-up

    return user_config_path("alliance-roleplay", appauthor=False) / "settings.json"


def read_settings(file: Path | None = None) -> ReadSettings:
    """The saved settings. What cannot be read is as nobody had set it, and told; it never raises."""
    file = file or settings_file()
    try:
        if file.exists() and not file.is_file():  # a pipe or a device could be read for ever
            return ReadSettings(Settings(), f"The settings {file} are not a file. They are as new.")
        written = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return ReadSettings(Settings())
    except (OSError, ValueError, RecursionError) as error:
        return ReadSettings(
            Settings(), f"The settings in {file} cannot be read ({error}). They are as new; save them again to mend it."
        )
    if not isinstance(written, dict):
        return ReadSettings(Settings(), f"The settings in {file} are not in the form expected. They are as new.")
    return _understood(written, file)


def write_settings(settings: Settings, file: Path | None = None) -> None:
    """Saves the settings, whole or not at all; only their owner may read them.

    Raises:
        StoreError: They cannot be written.
    """
    file = file or settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(file, json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreError(
            f"The settings cannot be saved in {file} ({error.strerror}). Make room there or allow writing to it."
        ) from error


def changed(settings: Settings, name: str, value: object) -> Settings:
    """The settings with one of them changed.

    Raises:
        UsageError: There is no such setting, or it does not take this value.
    """
    if name not in _HINTS:
        raise UsageError(f"There is no setting `{name}`. Known: {', '.join(_HINTS)}.")
    if not _fits(name, value):
        allowed = ", ".join(map(str, choices_of(name))) or f"a text of 1 to {LONGEST} characters"
        raise UsageError(f"`{name}` cannot be {value!r}. It takes: {allowed}.")
    new: Mapping[str, Any] = {name: value}
    return replace(settings, **new)


def choices_of(name: str) -> tuple[object, ...]:
    """The values that a setting can have; empty for a text of one's own."""
    return (False, True) if _HINTS[name] is bool else get_args(_HINTS[name])


def write_private(file: Path, text: str) -> None:
    """Writes a file that only its owner may read, whole or not at all.

    Raises:
        OSError: It cannot be written; what was there before is left as it was.
    """
    handle, name = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


_HINTS = {field.name: get_type_hints(Settings)[field.name] for field in fields(Settings)}


def _understood(written: Mapping[str, object], file: Path) -> ReadSettings:
    fitting = {name: value for name, value in written.items() if name in _HINTS and _fits(name, value)}
    # A setting of a later version is passed over in silence; one that does not fit is told.
    wrong = [name for name in written if name in _HINTS and name not in fitting]
    kept: Mapping[str, Any] = fitting
    problem = f"In {file}, these do not fit and are as new: {', '.join(wrong)}." if wrong else ""
    return ReadSettings(replace(Settings(), **kept), problem)


def _fits(name: str, value: object) -> bool:
    if _HINTS[name] is str:
        return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST and _encodes(value)
    return type(value) in (str, bool) and value in choices_of(name)


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
