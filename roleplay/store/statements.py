"""One statement, and one transaction: what peewee does, without its surprises."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from peewee import Database, PeeweeException


def execute(database: Database, statement: str, values: tuple[object, ...] = ()) -> Any:
    """The cursor over one statement's answer."""
    return database.execute_sql(statement, values)  # type: ignore[no-untyped-call]


@contextmanager
def transaction(database: Database, *kind: str) -> Iterator[None]:
    """All or nothing of what is written inside.

    SQLite rolls back by itself when the disk is full. Peewee's own transaction then rolls back a second time, which
    fails and hides the reason; here the first error is the one that is raised.
    """
    database.begin(*kind)
    try:
        yield
        database.commit()
    except BaseException:
        with suppress(PeeweeException):
            database.rollback()
        raise
