"""Where the conversations are kept: a file, or a database by URL."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from roleplay.errors import StoreError, UsageError

VARIABLE = "ROLEPLAY_STORE"
"""Environment variable that names the store when --store does not."""


@dataclass(frozen=True)
class File:
    """A SQLite file on this machine."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL database that several machines share."""

    database: str
    host: str | None = None
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    options: tuple[tuple[str, str], ...] = ()
    """What follows the `?`, e.g. `sslmode`; given to the driver as it is."""

    def __str__(self) -> str:
        """The URL as it may be shown: without user, password and options."""
        port = f":{self.port}" if self.port else ""
        return f"postgresql://{self.host or ''}{port}/{self.database}"


Location = File | Server


def located(where: str | Path | None = None) -> Location:
    """Where `where` points: a path, `sqlite:///...` or `postgresql://...`.

    None means the environment's ROLEPLAY_STORE, else `conversations.db` in the user's data folder.

    Raises:
        UsageError: It looks like a URL, but of neither kind.
    """
    if where is None:
        where = os.environ.get(VARIABLE) or default_file()
    if isinstance(where, str) and "://" in where:
        return _from_url(where)
    return _file(where)


def default_file() -> Path:
    """The store of a user who named none."""
    from platformdirs import user_data_path  # kept out of start-up

    return user_data_path("alliance-roleplay", appauthor=False) / "conversations.db"


def _file(where: str | Path) -> File:
    """Absolute and free of links, so that `:memory:` or `file:` never reach SQLite as special names."""
    try:
        return File(Path(where).expanduser().resolve())
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"`{where!s}` cannot name a store: {error}. Give a path with --store.") from error


def _from_url(url: str) -> Location:
    scheme, _, rest = url.partition("://")
    if scheme.lower() == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return _file(unquote(rest[1:]))
    if scheme.lower() in ("postgresql", "postgres"):
        return _server(url)
    raise UsageError(
        f"`{scheme}://` names no store that is known here. "
        "Give a path, sqlite:///path/to/file.db or postgresql://user@host/database."
    )


def _server(url: str) -> Server:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        # The URL may hold a password, so neither it nor the parser's words are repeated.
        raise UsageError(
            "The address of the PostgreSQL store cannot be read. It looks like postgresql://user@host:5432/database."
        ) from error
    database = unquote(parts.path.lstrip("/"))
    if not database:
        raise UsageError("The address of the PostgreSQL store names no database: postgresql://user@host/database.")
    return Server(
        database=database,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        options=tuple(parse_qsl(parts.query)),
    )


def make_file(path: Path) -> None:
    """Create an empty file that only its owner may read, in a folder that only its owner may enter.

    It comes before SQLite opens it, because the write-ahead log beside it takes the same mode.
    An existing file is left as it is.

    Raises:
        StoreError: The folder or the file cannot be made.
    """
    try:
        _make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be created ({error.strerror}). "
            "Give its folder write permission, or name another place with --store."
        ) from error


def _make_folder(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
