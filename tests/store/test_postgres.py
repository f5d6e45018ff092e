"""The same store on a PostgreSQL server.

This file is collected only where ROLEPLAY_TEST_POSTGRES holds the URL of a database that the tests may empty, and it
needs the driver (`pip install 'alliance-roleplay[postgres]'`):

    ROLEPLAY_TEST_POSTGRES=postgresql://postgres@localhost/scratch python -m pytest tests/store/test_postgres.py
"""

import os
from collections.abc import Iterator
from threading import Thread

import pytest
from peewee import PeeweeException

from roleplay.errors import StoreError, StoreNewer
from roleplay.store.statements import execute
from roleplay.store.store import Store

URL = os.environ["ROLEPLAY_TEST_POSTGRES"]


@pytest.fixture
def shared(desk) -> Iterator[Store]:
    with Store.open(URL, clock=desk.clock) as opened:
        opened.delete([one.id for one in opened.conversations()])
        yield opened


def test_conversations_are_kept_listed_and_read(shared, desk):
    desk.begin(shared, "b", "one", "two", scenario="smith")
    desk.begin(shared, "A", "é \U0001f642 \u2028 %s ? '")

    assert [(one.id, one.replies, one.title) for one in shared.conversations()] == [
        ("A", 1, "The tailor of Zürich"),
        ("b", 2, "The smith of Zürich"),
    ]
    assert shared.facts("A")[2].event == desk.reply("é \U0001f642 \u2028 %s ? '")
    assert shared.resolve_id("last") == "A"


def test_an_export_of_a_file_and_of_a_server_are_the_same_bytes(shared, store, desk):
    for session in ("b", "A", "a-1", "a1"):
        desk.begin(store, session, "wide \u2028 é")
    exported = list(store.export())

    assert shared.import_lines(exported).imported == ("A", "a-1", "a1", "b")
    assert list(shared.export()) == exported
    assert shared.import_lines(exported).already == ("A", "a-1", "a1", "b")


def test_a_writer_who_is_behind_is_told_and_writes_nothing(shared, desk):
    desk.begin(shared, "a")
    with Store.open(URL) as other:
        other.append("a", [desk.reply("there")], 3)

    with pytest.raises(StoreError, match="gone on in another window"):
        shared.append("a", [desk.reply("here")], 3)
    with pytest.raises(StoreError, match="another window"):
        desk.begin(shared, "a")

    assert len(shared.facts("a")) == 3


def test_writers_at_the_same_moment_lose_nothing(shared, desk):
    desk.begin(shared, "a")

    def write(name: str) -> None:
        with Store.open(URL) as mine:
            said = 0
            while said < 20:
                try:
                    mine.append("a", [desk.reply(f"{name} {said}")], len(mine.facts("a")) + 1)
                except StoreError as error:
                    assert "another window" in str(error)  # noqa: PT017  (the other one was first; try again)
                else:
                    said += 1

    threads = [Thread(target=write, args=(name,)) for name in ("left", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    said = [fact.event.text for fact in shared.facts("a")[2:]]
    assert sorted(said) == sorted(f"{name} {number}" for name in ("left", "right") for number in range(20))


@pytest.mark.parametrize(
    "statement", ["UPDATE fact SET body = '{}'", "DELETE FROM fact", "UPDATE scenario SET body = '{}'"]
)
def test_no_statement_changes_or_removes_what_was_saved(shared, desk, statement):
    desk.begin(shared, "a")

    with pytest.raises(PeeweeException, match="never"):
        execute(shared._rows._database, statement)

    assert len(shared.facts("a")) == 2


def test_a_refused_import_leaves_nothing(shared, store, desk):
    desk.begin(store, "a", "one")

    with pytest.raises(StoreError, match=r"Line 5 .*found entry 4"):
        shared.import_lines(line.replace('"seq":3', '"seq":4') for line in store.export())

    assert shared.conversations() == ()


def test_a_lost_connection_is_told_and_mended_at_the_next_try(shared, desk):
    desk.begin(shared, "a")
    with Store.open(URL) as other:
        pid = execute(shared._rows._database, "SELECT pg_backend_pid()").fetchone()[0]
        execute(other._rows._database, "SELECT pg_terminate_backend(%s)", (pid,))

    with pytest.raises(StoreError, match="did not answer"):
        shared.append("a", [desk.reply("Still there?")], 3)

    assert shared.append("a", [desk.reply("Still there?")], 3)[0].seq == 3


def test_tables_of_a_newer_version_are_left_alone(shared):
    database = shared._rows._database
    execute(database, "UPDATE roleplay_schema SET version = 2")
    try:
        with pytest.raises(StoreNewer, match="newer version"):
            Store.open(URL)
    finally:
        execute(database, "UPDATE roleplay_schema SET version = 1")


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(StoreError, match="did not answer") as refused:
        Store.open("postgresql://robin:s3cret@127.0.0.1:1/class?connect_timeout=2")

    assert "s3cret" not in str(refused.value)
