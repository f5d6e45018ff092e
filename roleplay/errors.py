"""Everything that can stop the program, and the problems an author can mend.

RoleplayError (1)
├── ScenarioError (1)      one or more scenario files have problems
├── PlayFailed (1)         an author's play ends somewhere else than it says
├── UsageError (2)         wrong use, an unknown name, a missing file
├── StoreError (3)         the log of conversations cannot be read or written
│   └── StoreNewer (3)     it was written by a newer version
└── ServiceError (3)       something configured outside this program failed
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath


class RoleplayError(Exception):
    """Base of everything this program raises on purpose. Its text is shown to the user as it is."""

    exit_code = 1


@dataclass(frozen=True, order=True)
class Problem:
    """One thing for an author to mend: where, what, and what to do about it."""

    file: PurePath
    line: int
    column: int
    code: str
    """Stable for ever, e.g. `SC003`; `docs/problems.md` explains each."""
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.what} {self.cure}"


class ScenarioError(RoleplayError):
    """One or more scenario files have problems; all of them are listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class PlayFailed(RoleplayError):
    """An author's play did not go where it says."""


class UsageError(RoleplayError):
    """Wrong use, an unknown name or a missing file."""

    exit_code = 2


class StoreError(RoleplayError):
    """The log of conversations cannot be read or written."""

    exit_code = 3


class StoreNewer(StoreError):
    """The store was written by a newer version of the program."""


class ServiceError(RoleplayError):
    """A service that the user configured failed."""

    exit_code = 3


def unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for a name nobody knows: lists the known ones, with the nearest first."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    meant = f" Did you mean `{near[0]}`?" if near else ""
    return UsageError(f"There is no {kind} `{name}`.{meant} Known: {', '.join(names) or 'none'}.")
