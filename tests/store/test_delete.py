import sqlite3
from pathlib import Path

import pytest

from roleplay.errors import StoreError, UsageError
from roleplay.store import rows
from roleplay.store.store import Store

SECRET = "The cuckoo sings at Zwickau"


def bytes_of_every_file(path: Path) -> bytes:
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    return b"".join(file.read_bytes() for file in files)


@pytest.fixture
def two(store: Store, desk) -> Store:
    desk.begin(store, "kept", "This one stays", scenario="smith")
    desk.begin(store, "secret", SECRET, SECRET * 400, "and", SECRET, trainee="Robin Goodfellow")
    return store


def test_deleted_words_are_in_no_file_of_the_store(two, path):
    assert SECRET.encode() in bytes_of_every_file(path)

    assert two.delete(["secret"]) == ("secret",)

    left = bytes_of_every_file(path)
    for word in (SECRET, "cuckoo", "Robin Goodfellow", "secret", "The tailor of"):
        assert word.encode() not in left
    assert b"This one stays" in left


def test_deleted_words_stay_gone_when_the_store_was_used_and_closed_before(two, path, desk):
    two.close()
    with Store.open(path) as store:
        store.append("kept", [desk.reply("More")], 4)
        store.delete(["secret"])
    assert SECRET.encode() not in bytes_of_every_file(path)


def test_deleting_with_another_window_open_leaves_no_words_either(two, path):
    with Store.open(path) as other:
        other.facts("secret")

        two.delete(["secret"])

        assert SECRET.encode() not in bytes_of_every_file(path)
        assert [one.id for one in other.conversations()] == ["kept"]


def test_a_window_in_the_middle_of_reading_is_told_of(path, desk, monkeypatch):
    monkeypatch.setattr(rows, "PATIENCE", 0.05)
    with Store.open(path) as store:
        desk.begin(store, "secret", SECRET)
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM fact").fetchone()

        with pytest.raises(StoreError, match=r"are deleted, but their words may stay .* until every window"):
            store.delete(["secret"])

        assert store.conversations() == ()
        reader.close()
    assert SECRET.encode() not in bytes_of_every_file(path)


def test_a_scenario_is_kept_as_long_as_one_conversation_uses_it(store, desk):
    digest = desk.scenario()[1]
    desk.begin(store, "a")
    desk.begin(store, "b")

    store.delete(["a"])
    assert store.scenario(digest)

    store.delete(["b"])
    with pytest.raises(StoreError, match="no saved scenario"):
        store.scenario(digest)


def test_deleting_gives_back_the_room(two, path):
    full = path.stat().st_size + path.with_name(path.name + "-wal").stat().st_size

    two.delete(["secret"])

    # 400 times the words, 27 bytes each, are at least two pages of 4096 bytes.
    assert path.stat().st_size <= full - 2 * 4096
    assert two._rows._database.pragma("freelist_count") == 0


def test_an_unknown_id_among_several_deletes_nothing(two):
    with pytest.raises(UsageError, match="Did you mean `secret`"):
        two.delete(["kept", "secrt"])

    assert len(two.conversations()) == 2


def test_deleting_needs_an_id_or_a_beginning_that_only_one_has(two, desk):
    desk.begin(two, "secret-2")

    assert two.delete(["kep"]) == ("kept",)
    assert two.delete(["secret"]) == ("secret",)
    assert two.delete([]) == ()
    assert [one.id for one in two.conversations()] == ["secret-2"]
