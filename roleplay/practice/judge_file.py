"""The settings of the second opinion, in a file of its own beside the others: where to ask, and what was agreed to."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roleplay.errors import StoreError, UsageError
from roleplay.practice.settings import settings_file, write_private

if TYPE_CHECKING:
    from roleplay.judging.endpoint import Endpoint


def judge_file() -> Path:
    """The file of whoever runs the program: `endpoint` as they wrote it, `agreed` as they answered."""
    return settings_file().with_name("judge.json")


def endpoint(environment: Mapping[str, str] | None = None) -> "Endpoint | None":
    """Where second opinions are asked for, by the environment and the file; None where nothing is set up.

    Raises:
        UsageError: What is set up cannot be used. No key is in the text.
    """
    from roleplay.judging.endpoint import endpoint_from

    section = _written().get("endpoint", {})
    if not isinstance(section, dict):
        raise _not_understood()
    return endpoint_from(os.environ if environment is None else environment, section)


def agreed(chosen: "Endpoint") -> bool:
    """Whether somebody has agreed to send replies to this address and model."""
    found = _written().get("agreed", [])
    return isinstance(found, list) and _consent(chosen) in found


def agree(chosen: "Endpoint") -> None:
    """Keeps that somebody has agreed to it. What else the file holds stays as it is.

    Raises:
        StoreError: The file cannot be written.
    """
    if agreed(chosen):
        return
    written = _written()
    found = written.get("agreed", [])
    written["agreed"] = [*(found if isinstance(found, list) else []), _consent(chosen)]
    file = judge_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(file, json.dumps(written, indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreError(f"The file {file} cannot be written ({error.strerror}). Nothing was sent.") from error


def open_to_others() -> bool:
    """Whether other users of this machine can read the file."""
    file = judge_file()
    return os.name == "posix" and file.exists() and bool(file.stat().st_mode & 0o077)


def _consent(chosen: "Endpoint") -> dict[str, str]:
    return {"url": chosen.url, "model": chosen.model}


def _written() -> dict[str, Any]:
    try:
        written = json.loads(judge_file().read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        raise _not_understood() from None  # the error could repeat what stands there, a key with it
    if not isinstance(written, dict):
        raise _not_understood()
    return written


def _not_understood() -> UsageError:
    return UsageError(f"The file {judge_file()} cannot be read as settings. Mend it as docs/second-opinion.md says.")
