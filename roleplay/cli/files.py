"""Which scenario files a command means: files, folders, ids."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from roleplay.errors import UsageError

SUFFIXES = (".yaml", ".yml")
PLAYS = "plays"
"""Folder, beside scenario files, that holds their plays."""


def named_files(names: Iterable[str], *, plays: bool) -> list[Path]:
    """The files that names mean, each once: a file, everything in a folder and below it, or the file of an id.

    Args:
        names: Paths, or ids of the library.
        plays: Whether files of plays found in a folder belong to it too.

    Raises:
        UsageError: There is no such file, or a folder holds nothing to look at.
    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = list(_below(path, plays=plays))
            if not inside:
                raise UsageError(f"There is no scenario file (*.yaml) in the folder `{name}`.")
            found |= dict.fromkeys(inside)
        else:
            found[_file(name, path)] = None
    return list(found)


def holds_plays(path: Path) -> bool:
    """Whether a file lies where plays lie."""
    return path.resolve().parent.name == PLAYS


def _file(name: str, path: Path) -> Path:
    if path.exists():
        return path
    from roleplay.scenarios.library import find

    return find(name)


def _below(folder: Path, *, plays: bool) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in SUFFIXES and path.is_file() and not hidden and (plays or not holds_plays(path)):
            yield path
