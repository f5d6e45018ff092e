from pathlib import Path

import pytest

from roleplay.errors import StoreError, UsageError
from roleplay.store.location import File, Server, located
from roleplay.store.store import Store


def test_an_option_wins_over_the_environment_and_that_over_the_default(monkeypatch, tmp_path):
    monkeypatch.setenv("ROLEPLAY_STORE", str(tmp_path / "by-env.db"))
    assert located(tmp_path / "by-option.db") == File(tmp_path / "by-option.db")
    assert located() == File(tmp_path / "by-env.db")

    monkeypatch.setenv("ROLEPLAY_STORE", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert isinstance(located(), File)
    assert located().path.name == "conversations.db"


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("sqlite:////var/lib/c.db", Path("/var/lib/c.db").resolve()),
        ("sqlite:///class/c.db", Path.cwd() / "class/c.db"),
        ("sqlite:///my%20class.db", Path.cwd() / "my class.db"),
        ("~/c.db", Path.home() / "c.db"),
        (":memory:", Path.cwd() / ":memory:"),  # a name like any other: what is said must be on disk
        ("file:c.db?mode=memory", Path.cwd() / "file:c.db?mode=memory"),
    ],
)
def test_a_path_or_an_sqlite_url_is_a_file(where, path):
    assert located(where) == File(path)


def test_a_postgresql_url_is_taken_apart_and_shown_without_its_secrets():
    found = located("postgresql://robin:p%40ss@db.example:5433/class?sslmode=require")

    assert found == Server("class", "db.example", 5433, "robin", "p@ss", (("sslmode", "require"),))
    assert str(found) == "postgresql://db.example:5433/class"
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(
    "url",
    ["mysql://h/d", "sqlite://", "sqlite:///", "postgresql://robin:s3cret@h:port/d", "postgres://robin:s3cret@h"],
)
def test_an_address_that_cannot_be_understood_is_refused_without_its_secrets(url):
    with pytest.raises(UsageError, match=r"postgresql://") as refused:
        located(url)

    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("name", ["a\0b", "~nobody-of-that-name/c.db"])
def test_a_name_that_no_file_can_have_is_refused(name):
    with pytest.raises(UsageError, match="cannot name a store"):
        located(name)


def test_nothing_is_made_when_that_was_not_asked(path):
    with pytest.raises(StoreError, match=r"no store at .*nothing has been saved there yet"):
        Store.open(path, create=False)

    assert not path.exists()


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(StoreError, match=r"not a file.*--store"):
        Store.open(tmp_path)


def test_a_place_below_a_file_is_refused(tmp_path):
    (tmp_path / "plain").write_text("x")

    with pytest.raises(StoreError, match=r"cannot be created.*--store"):
        Store.open(tmp_path / "plain" / "c.db")


def test_a_link_to_nowhere_makes_a_private_file_where_it_points(tmp_path):
    link, target = tmp_path / "link.db", tmp_path / "target.db"
    link.symlink_to(target)

    Store.open(link).close()

    assert target.stat().st_mode & 0o777 == 0o600


def test_a_read_only_folder_is_told_before_anything_is_said(ordinary_folder: Path):
    ordinary_folder.chmod(0o500)

    with pytest.raises(StoreError, match=r"cannot be created \(Permission denied\).*--store"):
        Store.open(ordinary_folder / "c.db")


def test_a_read_only_store_is_told_and_kept(ordinary_folder: Path, desk):
    path = ordinary_folder / "c.db"
    with Store.open(path) as store:
        desk.begin(store, "a")
    path.chmod(0o400)
    ordinary_folder.chmod(0o500)

    with pytest.raises(StoreError, match=r"read-only.*--store"), Store.open(path) as store:
        desk.begin(store, "b")

    ordinary_folder.chmod(0o700)
    path.chmod(0o600)
    with Store.open(path) as store:
        assert [one.id for one in store.conversations()] == ["a"]


def test_a_store_that_may_not_be_read_is_told(ordinary_folder: Path):
    path = ordinary_folder / "c.db"
    Store.open(path).close()
    path.chmod(0)

    with pytest.raises(StoreError, match="cannot be read"):
        Store.open(path)


def test_a_missing_driver_is_told_with_the_way_to_get_it(monkeypatch):
    import peewee

    monkeypatch.setattr(peewee, "psycopg2", None)
    monkeypatch.setattr(peewee, "psycopg", None)

    with pytest.raises(StoreError, match=r"pip install 'alliance-roleplay\[postgres\]'"):
        Store.open("postgresql://localhost/class")
