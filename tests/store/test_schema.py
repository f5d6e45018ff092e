import sqlite3

import pytest

from roleplay.errors import StoreError, StoreNewer
from roleplay.store.store import Store


@pytest.fixture
def raw(store, path, desk):
    desk.begin(store, "a", "as it was said")
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fact SET body = '{}'",
        "UPDATE fact SET seq = 9 WHERE seq = 3",
        "DELETE FROM fact",
        "DELETE FROM fact WHERE seq = 3",
        "UPDATE scenario SET body = '{}'",
    ],
)
def test_no_statement_changes_or_removes_what_was_saved(raw, store, statement):
    before = store.facts("a")

    with pytest.raises(sqlite3.IntegrityError, match="never"):
        raw.execute(statement)

    assert store.facts("a") == before


def test_a_missing_entry_is_named(raw, store):
    raw.execute("DROP TRIGGER fact_kept")
    raw.execute("DELETE FROM fact WHERE seq = 2")

    with pytest.raises(StoreError, match="conversation a: found entry 3, expected 2"):
        store.facts("a")
    with pytest.raises(StoreError, match="found entry 3, expected 2"):
        list(store.export())


def test_an_entry_that_cannot_be_read_is_named(raw, store):
    raw.execute("DROP TRIGGER fact_unchanged")
    raw.execute('UPDATE fact SET body = \'{"event":"tomorrows_event"}\' WHERE seq = 3')

    with pytest.raises(StoreError, match="conversation a: entry 3 cannot be read"):
        store.facts("a")


def test_one_damaged_conversation_does_not_hide_the_others(raw, store, desk):
    desk.begin(store, "b", "whole")
    raw.execute("DROP TRIGGER fact_unchanged")
    raw.execute("UPDATE fact SET body = 'x' WHERE session = 'a' AND seq = 1")

    whole, damaged = store.conversations()

    assert (whole.id, whole.problem) == ("b", "")
    assert (damaged.id, damaged.problem) == ("a", "an entry of it cannot be read")
    assert store.open_conversations() == (whole,)


def test_a_changed_scenario_is_not_passed_off_as_the_one_played(raw, store, desk):
    raw.execute("DROP TRIGGER scenario_unchanged")
    raw.execute('UPDATE scenario SET body = \'{"id":"other"}\'')

    with pytest.raises(StoreError, match="damaged"):
        store.scenario(desk.scenario()[1])


def test_a_store_from_a_newer_version_is_left_alone(raw, store, path):
    store.close()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.execute("PRAGMA user_version = 2")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()

    with pytest.raises(StoreNewer, match=r"newer version.*Update the program"):
        Store.open(path)

    assert path.read_bytes() == before


def test_a_newer_version_that_is_still_in_the_log_is_seen_too(raw, store, path):
    raw.execute("PRAGMA user_version = 2")

    with pytest.raises(StoreNewer, match="newer version"):
        Store.open(path)


def test_a_database_of_another_program_is_left_alone(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match="another program"):
        Store.open(path)

    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "content",
    [b"Dear diary,\n" * 40, b"\0" * 8192, b"SQLite format 3\0", b"\x7fELF"],
    ids=["a text", "only zeros", "a header cut short", "a program"],
)
def test_a_file_that_is_no_store_is_left_alone(path, content):
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"not a SQLite file.*keep the file.*--store"):
        Store.open(path)

    assert path.read_bytes() == content


def test_a_store_cut_short_is_reported_and_not_mended(store, desk, path):
    for number in range(30):
        desk.begin(store, f"s{number}", "words " * 200)
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(StoreError, match=r"damaged.*keep the file.*--store"), Store.open(path) as reopened:
        list(reopened.export())

    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_store_overwritten_in_the_middle_is_reported(store, desk, path):
    for number in range(30):
        desk.begin(store, f"s{number}", "words " * 200)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"damaged.*keep the file"), Store.open(path) as reopened:
        reopened.conversations()

    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_store(path, desk):
    """What is left when the program dies between making the file and making its tables."""
    path.touch()

    with Store.open(path) as store:
        desk.begin(store, "a")

        assert len(store.facts("a")) == 2
