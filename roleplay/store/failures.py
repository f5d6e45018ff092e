"""What a database says when it fails, in words for the person at the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Error as SqliteError

from peewee import PeeweeException

from roleplay.errors import StoreError

_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("locked", "busy"),
        (
            "Another window or program kept the store {where} busy for more than 5 seconds, so nothing was saved "
            "just now. Wait or close the other one, and try again."
        ),
    ),
    (
        ("disk is full", "no space left"),
        (
            "The disk that holds the store {where} is full, so nothing was saved just now. "
            "Make room and try again; what was saved before is safe."
        ),
    ),
    (
        ("readonly", "read-only", "unable to open", "permission denied"),
        (
            "The store {where} cannot be written: the file or its folder is read-only. "
            "Give it write permission, or name another place with --store."
        ),
    ),
    (
        ("malformed", "not a database", "encrypted", "corrupt"),
        (
            "The store {where} is damaged ({said}). It was left as it is: keep the file, "
            "and name another with --store to go on."
        ),
    ),
    (
        ("disk i/o error",),
        (
            "The disk that holds the store {where} did not take the data; it may be full or failing. "
            "Make room or name another place with --store; what was saved before is kept."
        ),
    ),
    (
        ("connect", "server closed", "terminating", "could not translate host"),
        ("The server of the store {where} did not answer ({said}). Check the address and the network, and try again."),
    ),
    (
        ("driver not found",),
        (
            "A PostgreSQL store needs a driver that is not installed. "
            "Install it with: pip install 'alliance-roleplay[postgres]'."
        ),
    ),
)


@contextmanager
def told(where: object) -> Iterator[None]:
    """Turns whatever the database raises inside into one StoreError about the store `where`."""
    try:
        yield
    except (PeeweeException, SqliteError) as error:
        raise StoreError(in_words(where, _said(error))) from error


def in_words(where: object, said: str) -> str:
    """The sentence for what the database `said`."""
    for signs, words in _WORDS:
        if any(sign in said.lower() for sign in signs):
            return words.format(where=where, said=said)
    return f"The store {where} cannot be used: {said}. Name another place with --store."


def _said(error: Exception) -> str:
    """The first line of the driver's own words; peewee wraps the driver's exception as its first argument."""
    first = error.args[0] if error.args else error
    return next(iter(str(first).strip().split("\n")), "").rstrip(".") or type(first).__name__
