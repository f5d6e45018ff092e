"""The rows of the store: one connection, one lock, and the few questions that are asked of the tables."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any

from peewee import Case, Database, PeeweeException, PostgresqlDatabase, SqliteDatabase, Table, fn

from roleplay.errors import StoreError
from roleplay.store.failures import told
from roleplay.store.location import File, Location, Server, make_file
from roleplay.store.schema import prepare, recognise
from roleplay.store.statements import execute, transaction

PATIENCE = 5.0
"""Seconds to wait for another process that writes."""
# The two statements of every append, written out: building them anew each time costs as much as the write itself.
_LAST = "SELECT MAX(seq) FROM fact WHERE session = ?"
_ADD = "INSERT INTO fact (session, seq, at, kind, body) VALUES (?, ?, ?, ?, ?)"
_HEAD_KINDS = ("session_began", "session_ended", "rewound", "trainee_replied")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as it is stored."""

    session: str
    seq: int
    at: str
    kind: str
    body: str


class Rows:
    """The tables of one store.

    One connection serves every thread, behind one lock. A connection for each thread would also do, but then closing
    the store from the screen's thread would leave those of its workers open.
    """

    def __init__(self, where: Location, *, create: bool) -> None:
        """Open the store and make its tables where there are none.

        Raises:
            StoreError: It cannot be opened, or it is not a store.
            StoreNewer: A newer version wrote it.
        """
        self.where = where
        self._lock = RLock()
        self._closed = False
        self._inside = False
        if isinstance(where, File):
            self._database: Database = _file_database(where, create=create)
        else:
            self._database = _server_database(where)
        self._fact, self._scenario, self._deletion = (
            Table(name).bind(self._database) for name in ("fact", "scenario", "deletion")
        )
        try:
            with told(where):
                self._database.connect()
                prepare(self._database, where)
                self._log_ahead()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        with self._lock:
            self._closed = True
            if not self._database.is_closed():
                self._database.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one moment, as far as the database allows."""
        with self._lock, self._usable(), self._transaction():
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside is durable at the end, or none of it is there."""
        immediate = ("IMMEDIATE",) if isinstance(self._database, SqliteDatabase) else ()
        with self._lock, self._usable(), self._transaction(*immediate):
            yield

    def last_seq(self, session: str) -> int:
        """Number of the conversation's last entry; 0 when there is none."""
        (last,) = execute(self._database, self._asked(_LAST), (session,)).fetchone()
        return int(last or 0)

    def last_seqs(self) -> list[tuple[str, int]]:
        """Every conversation with the number of its last entry, ordered by id."""
        fact = self._fact.c
        query = self._fact.select(fact.session, fn.MAX(fact.seq)).group_by(fact.session).order_by(fact.session)
        return [(session, last) for session, last in query.tuples()]

    def facts(self, session: str, until: int | None = None) -> list[Row]:
        """The conversation's entries in order, up to number `until`; none when it is unknown."""
        fact = self._fact.c
        columns = self._fact.select(fact.session, fact.seq, fact.at, fact.kind, fact.body)
        query = columns.where(fact.session == session).order_by(fact.seq)
        if until is not None:
            query = query.where(fact.seq <= until)
        return [Row(*row) for row in query.tuples()]

    def add(self, rows: Iterable[Row]) -> None:
        """Write entries. Inside `writing`."""
        for row in rows:
            execute(self._database, self._asked(_ADD), (row.session, row.seq, row.at, row.kind, row.body))

    def _asked(self, statement: str) -> str:
        """A statement with the place-holders that the database knows."""
        return statement.replace("?", str(self._database.param))

    def heads(self) -> tuple[list[Row], dict[str, str]]:
        """What a listing needs, from the index: the entries that begin, end, rewind or count, and the last stamps.

        Replies come without their bodies.
        """
        fact = self._fact.c
        body = Case(None, [(fact.kind == "trainee_replied", "")], fact.body)
        heads = self._fact.select(fact.session, fact.seq, fact.at, fact.kind, body)
        ordered = heads.where(fact.kind.in_(_HEAD_KINDS)).order_by(fact.session, fact.seq)
        last = self._fact.select(fact.session, fn.MAX(fact.seq).alias("last")).group_by(fact.session).alias("ends")
        met = (fact.session == last.c.session) & (fact.seq == last.c.last)
        stamps = self._fact.select(fact.session, fact.at).join(last, on=met)
        return [Row(*row) for row in ordered.tuples()], dict(stamps.tuples())

    def keep_scenario(self, digest: str, body: str) -> None:
        """Write a resolved scenario unless it is there. Inside `writing`."""
        self._scenario.insert(hash=digest, body=body).on_conflict_ignore().execute()

    def scenario(self, digest: str) -> str | None:
        """The resolved scenario with this digest."""
        query = self._scenario.select(self._scenario.c.body).where(self._scenario.c.hash == digest)
        found: str | None = query.scalar()
        return found

    def erase(self, sessions: Iterable[str]) -> None:
        """Delete whole conversations, and the scenarios that no other one used. Inside `writing`."""
        for session in sessions:
            self._deletion.insert(session=session).execute()
            self._fact.delete().where(self._fact.c.session == session).execute()
        self._deletion.delete().execute()
        fact = self._fact.c
        for (digest,) in list(self._scenario.select(self._scenario.c.hash).tuples()):
            began = self._fact.select(fact.seq).where(fact.kind == "session_began", fact.body.contains(digest))
            if began.limit(1).scalar() is None:
                self._scenario.delete().where(self._scenario.c.hash == digest).execute()

    def shrink(self) -> None:
        """Give back the room of what was deleted, and leave none of it in the files beside the store."""
        with self._lock, self._usable():
            if isinstance(self._database, SqliteDatabase):
                self._empty_log()
                execute(self._database, "VACUUM")
                self._empty_log()
            else:
                execute(self._database, "VACUUM (FULL) fact")
                execute(self._database, "VACUUM (FULL) scenario")

    def _empty_log(self) -> None:
        busy, *_ = execute(self._database, "PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise PeeweeException("database is locked")

    def _log_ahead(self) -> None:
        if isinstance(self._database, SqliteDatabase):
            execute(self._database, "PRAGMA journal_mode = WAL")

    @contextmanager
    def _transaction(self, *kind: str) -> Iterator[None]:
        """What is asked inside a transaction belongs to that one."""
        if self._inside:
            yield
            return
        self._inside = True
        try:
            with transaction(self._database, *kind):
                yield
        finally:
            self._inside = False

    @contextmanager
    def _usable(self) -> Iterator[None]:
        if self._closed:
            raise StoreError(f"The store {self.where} has been closed already.")
        try:
            with told(self.where):
                yield
        except StoreError:
            self._forget_broken()
            raise

    def _forget_broken(self) -> None:
        """A connection that a server dropped is opened anew by the next question."""
        database = self._database
        if isinstance(database, PostgresqlDatabase) and not database.is_connection_usable():
            database.close()


def _file_database(where: File, *, create: bool) -> SqliteDatabase:
    if create:
        make_file(where.path)
    elif not where.path.exists():
        raise StoreError(f"There is no store at {where.path}: nothing has been saved there yet.")
    recognise(where.path)
    pragmas = {"synchronous": "FULL", "foreign_keys": 1, "secure_delete": "ON"}
    return SqliteDatabase(
        str(where.path), pragmas=pragmas, timeout=PATIENCE, thread_safe=False, check_same_thread=False
    )


def _server_database(where: Server) -> PostgresqlDatabase:
    named = {"host": where.host, "port": where.port, "user": where.user, "password": where.password}
    given: dict[str, Any] = {key: value for key, value in named.items() if value is not None} | dict(where.options)
    return PostgresqlDatabase(where.database, thread_safe=False, **given)
