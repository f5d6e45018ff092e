"""A corpus of one's own: parts written by a test."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus import reading

Write = Callable[..., None]
Rate = Callable[..., dict[str, Any]]


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of parts, in place of the real one."""
    place = tmp_path / "parts"
    place.mkdir()
    monkeypatch.setattr(reading, "PARTS", place)
    return place


@pytest.fixture
def write(parts: Path) -> Write:
    """Writes the files of a part; each is a list of objects."""

    def written(part: str, **files: Sequence[dict[str, Any]]) -> None:
        (parts / part).mkdir(exist_ok=True)
        for name, objects in files.items():
            said = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in objects)
            (parts / part / f"{name.replace('_', '-')}.jsonl").write_text(said, "utf-8", newline="\n")

    return written


@pytest.fixture
def rate() -> Rate:
    """A coding of a reply, ordinary unless something else is said."""

    def rated(name: str = "r1", **said: object) -> dict[str, Any]:
        return {
            "id": name, "strategies": [], "harms": [], "shared": None, "recognition": 0, "kind": "none", "contact": 1,
            "quality": None, "empathy": 0, "ownership": None, "stance": 1, "band": "not_yet", "described": False,
        } | said  # fmt: skip

    return rated
