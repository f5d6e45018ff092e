"""Bytes in, plain data with positions out. Nothing is executed, everything is bounded."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from roleplay.errors import Problem
from roleplay.scenarios.tree import TOP, UNPRINTABLE, Place, Tree, Way

LARGEST = 1024 * 1024
"""Bytes read of a scenario file at most."""
_SAVE_AS = "Save the file as UTF-8 (in most editors: Save as, encoding UTF-8)."


@dataclass(frozen=True)
class Source:
    """What a file says, before anybody asks whether it is a scenario."""

    file: PurePath
    data: Any = None
    """Dicts, lists and scalars as YAML reads them; a date is a `Misread`."""
    places: Mapping[Way, Place] = field(default_factory=dict)
    """Where each value begins; a dict or list below a key has the place of its key."""
    keys: Mapping[Way, Place] = field(default_factory=dict)
    """Where each key stands."""
    problems: tuple[Problem, ...] = ()

    def walk(self, way: tuple[Any, ...]) -> Way:
        """The part of `way` that exists in the file: steps which lead nowhere are left out."""
        here = self.data
        known: list[str | int] = []
        for step in way:
            if _leads_on(step, here):
                here = here[step]
                known.append(step)
        return tuple(known)

    def at(self, way: tuple[Any, ...]) -> Place:
        """The place of what `way` leads to, or of the nearest thing around it."""
        return self.places.get(self.walk(way), TOP)

    def at_key(self, way: tuple[Any, ...]) -> Place:
        """The place of the key at the end of `way`, or of the nearest thing around it."""
        return self.keys.get(self.walk(way)) or self.at(way)

    def value(self, way: tuple[Any, ...]) -> Any:
        """What stands at the part of `way` that exists."""
        here = self.data
        for step in self.walk(way):
            here = here[step]
        return here


def read_source(path: Path) -> Source:
    """The file at `path`, or a source with one problem when it cannot be read. Reads at most 1 MiB."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return _unread(path, "This is not a file.", "Name a scenario file, ending in .yaml.")
        with path.open("rb") as file:
            return source_of(file.read(LARGEST + 1), path)
    except FileNotFoundError:
        return _unread(path, "There is no such file.", "Check the spelling and the folder.")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _unread(path, f"The file cannot be read ({why}).", "Check that it exists and that you may read it.")


def source_of(content: bytes, file: PurePath) -> Source:
    """What `content` says. Total: whatever is wrong with it comes back as problems."""
    if len(content) > LARGEST:
        return _unread(file, "The file is larger than 1 MiB.", "A scenario is text of some hundred lines: split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = Place(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        return _refused(file, place, "SC015", "The file is not UTF-8 text.", _SAVE_AS)
    if "\0" in text:
        return _refused(file, _place_of(text, text.index("\0")), "SC015", "The file is not UTF-8 text.", _SAVE_AS)
    if odd := UNPRINTABLE.search(text):
        what = f"There is an invisible control character (U+{ord(odd[0]):04X}) here."
        return _refused(file, _place_of(text, odd.start()), "SC020", what, "Delete it and type the words again.")
    tree = Tree(file)
    tree.read(text)
    return Source(file, tree.data, tree.places, tree.keys, tuple(tree.problems))


def _leads_on(step: Any, here: Any) -> bool:
    if isinstance(here, dict):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here)


def _place_of(text: str, offset: int) -> Place:
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _refused(file: PurePath, place: Place, code: str, what: str, cure: str) -> Source:
    return Source(file, problems=(Problem(file, *place, code, what, cure),))


def _unread(file: PurePath, what: str, cure: str) -> Source:
    return _refused(file, TOP, "SC014", what, cure)


__all__ = ["LARGEST", "Place", "Source", "Way", "read_source", "source_of"]
