"""The tables, and the proof that a database is ours before anything is written to it."""

from pathlib import Path

from peewee import Database, PostgresqlDatabase, SqliteDatabase

from roleplay.errors import StoreError, StoreNewer
from roleplay.store.statements import execute, transaction

VERSION = 1
"""Of the tables. Raised when they change."""
APPLICATION = 0x52504C59
"""Marks a SQLite file as ours ("RPLY")."""
_MAGIC = b"SQLite format 3\x00"

_TABLES = """
CREATE TABLE fact (
    session {text} NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (session, seq)
);
CREATE INDEX fact_kind ON fact (kind, session, seq);
CREATE TABLE scenario (hash {text} NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE deletion (session {text} NOT NULL PRIMARY KEY);
"""
"""`kind` repeats the event's name from the body, so that a listing need not read bodies. `deletion` holds a
conversation's id only while a transaction deletes it: the triggers let nothing else be deleted."""

_SQLITE_TRIGGERS = """
CREATE TRIGGER fact_unchanged BEFORE UPDATE ON fact
    BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;
CREATE TRIGGER fact_kept BEFORE DELETE ON fact
    WHEN NOT EXISTS (SELECT 1 FROM deletion WHERE deletion.session = OLD.session)
    BEGIN SELECT RAISE(ABORT, 'a fact is never deleted alone'); END;
CREATE TRIGGER scenario_unchanged BEFORE UPDATE ON scenario
    BEGIN SELECT RAISE(ABORT, 'a saved scenario is never changed'); END;
"""

_POSTGRES_TRIGGERS = """
CREATE TABLE roleplay_schema (version INTEGER NOT NULL);
CREATE FUNCTION fact_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM deletion WHERE deletion.session = OLD.session) THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'a fact is never changed or deleted alone';
    END $$;
CREATE FUNCTION scenario_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a saved scenario is never changed'; END $$;
CREATE TRIGGER fact_kept BEFORE UPDATE OR DELETE ON fact FOR EACH ROW EXECUTE FUNCTION fact_refuse();
CREATE TRIGGER scenario_unchanged BEFORE UPDATE ON scenario FOR EACH ROW EXECUTE FUNCTION scenario_refuse();
"""


def recognise(path: Path) -> None:
    """Read the file's first 100 bytes and refuse what is not a store, before SQLite may touch it.

    Raises:
        StoreError: It is no file, no SQLite file, or another program's.
        StoreNewer: A newer version made it.
    """
    if not path.is_file():
        raise StoreError(f"The store {path} is not a file. Name a file with --store.")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be read ({error.strerror}). "
            "Give yourself permission to read it, or name another with --store."
        ) from error
    if not header:
        return
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise StoreError(
            f"The store {path} is damaged or was never a store of conversations: it is not a SQLite file. "
            "It was left as it is: keep the file, and name another with --store to go on."
        )
    _accept(path, version=int.from_bytes(header[60:64], "big"), application=int.from_bytes(header[68:72], "big"))


def _accept(where: object, version: int, application: int) -> None:
    if application != APPLICATION:
        raise StoreError(
            f"{where} is a database of another program. It was left as it is; name another file with --store."
        )
    _refuse_newer(where, version)


def _refuse_newer(where: object, version: int) -> None:
    if version > VERSION:
        raise StoreNewer(
            f"The store {where} was written by a newer version of this program (its tables are version {version}, "
            f"this program knows {VERSION}). Update the program, or name another store with --store."
        )


def prepare(database: Database, where: object) -> None:
    """Make the tables where there are none; accept those of this version.

    The SQLite tables are made before write-ahead logging begins, so that the file's own first bytes always tell what
    it is, even when the process dies at once.

    Raises:
        StoreError: The tables are another program's, or some are missing.
        StoreNewer: A newer version made them.
    """
    if isinstance(database, SqliteDatabase):
        _prepare_sqlite(database, where)
    elif isinstance(database, PostgresqlDatabase):
        _prepare_postgres(database, where)


def _prepare_sqlite(database: SqliteDatabase, where: object) -> None:
    if not database.get_tables():
        with transaction(database, "IMMEDIATE"):
            if not database.get_tables():  # another process may have been first
                _run(database, _TABLES.format(text="TEXT"))
                _run(database, _SQLITE_TRIGGERS, end="END;")
                execute(database, f"PRAGMA application_id = {APPLICATION}")
                execute(database, f"PRAGMA user_version = {VERSION}")
    _accept(where, version=database.pragma("user_version"), application=database.pragma("application_id"))
    _require(database, where, {"fact", "scenario", "deletion"})


def _prepare_postgres(database: PostgresqlDatabase, where: object) -> None:
    with transaction(database):
        execute(database, "SELECT pg_advisory_xact_lock(%s)", (APPLICATION,))
        if not {"fact", "scenario", "deletion", "roleplay_schema"} & set(database.get_tables()):
            execute(database, _TABLES.format(text='TEXT COLLATE "C"'))
            execute(database, _POSTGRES_TRIGGERS)
            execute(database, "INSERT INTO roleplay_schema (version) VALUES (%s)", (VERSION,))
    _require(database, where, {"fact", "scenario", "deletion", "roleplay_schema"})
    row = execute(database, "SELECT max(version) FROM roleplay_schema").fetchone()
    _refuse_newer(where, int(row[0] or 0))


def _require(database: SqliteDatabase | PostgresqlDatabase, where: object, tables: set[str]) -> None:
    missing = sorted(tables - set(database.get_tables()))
    if missing:
        raise StoreError(
            f"The store {where} lacks its table {missing[0]}, so it is damaged or another program's. "
            "It was left as it is: keep it, and name another with --store to go on."
        )


def _run(database: SqliteDatabase, script: str, end: str = ";") -> None:
    """Each statement by itself: SQLite's own script runner would end the transaction."""
    for statement in script.split(end):
        if statement.strip():
            execute(database, statement + end)
