import re
import threading
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.engine.entry import entered
from roleplay.engine.events import Rewound, TraineeReplied
from roleplay.errors import StoreError, UsageError
from roleplay.store.store import Store


def test_what_was_written_is_read_back_in_order_with_its_stamps(store, desk):
    desk.begin(store, "a", "How was that for you?")

    facts = store.facts("a")

    assert [fact.seq for fact in facts] == [1, 2, 3]
    assert [fact.event for fact in facts] == [*desk.opening(), desk.reply("How was that for you?")]
    # One stamp for what is written together, and a second later the next.
    assert [fact.at for fact in facts] == [
        "2026-01-31T12:00:00.120Z",
        "2026-01-31T12:00:00.120Z",
        "2026-01-31T12:00:01.120Z",
    ]


def test_writing_gives_back_the_facts_as_they_will_be_read(store, desk):
    began = store.begin("a", desk.opening(), *desk.scenario())
    added = store.append("a", [desk.reply("Mm."), desk.ending()], 3)

    assert began + added == store.facts("a")


def test_a_clock_in_another_zone_is_stamped_in_utc(path, desk):
    cet = timezone(timedelta(hours=1))
    with Store.open(path, clock=lambda: desk.clock().astimezone(cet)) as store:
        desk.begin(store, "a")

        assert store.facts("a")[0].at == "2026-01-31T12:00:00.120Z"
        assert store.new_id().startswith("20260131-120001-")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(), max_size=40))
def test_any_entered_text_comes_back_as_it_was(store, desk, text):
    session = store.new_id() + "-law"
    desk.begin(store, session, entered(text))

    said = store.facts(session)[2].event

    assert isinstance(said, TraineeReplied)
    assert said.text == entered(text)


def test_a_text_that_was_not_entered_properly_leaves_nothing_half_written(store, desk):
    desk.begin(store, "a")

    with pytest.raises(ValueError, match="surrogate"):
        store.append("a", [desk.reply("fine"), desk.reply("\ud800")], 3)

    assert len(store.facts("a")) == 2


def test_a_writer_who_is_behind_is_told_and_writes_nothing(store, path, desk):
    desk.begin(store, "a", "first")
    with Store.open(path) as other:
        other.append("a", [desk.reply("from the other window")], 4)

    with pytest.raises(StoreError, match="gone on in another window"):
        store.append("a", [desk.reply("from this one"), desk.reply("and more")], 4)

    assert [fact.seq for fact in store.facts("a")] == [1, 2, 3, 4]
    assert store.facts("a")[3].event == desk.reply("from the other window")


def test_a_writer_whose_conversation_was_deleted_is_told(store, path, desk):
    desk.begin(store, "a")
    with Store.open(path) as other:
        other.delete(["a"])

    with pytest.raises(StoreError, match="deleted in another window"):
        store.append("a", [desk.reply("Hello?")], 3)


def test_a_conversation_cannot_begin_twice(store, desk):
    desk.begin(store, "a")

    with pytest.raises(StoreError, match="another window"):
        desk.begin(store, "a")


@pytest.mark.parametrize("session", ["", "last", "../../etc", "a b", "a\n", "-rf", "ä"])
def test_an_id_that_is_no_safe_name_is_refused(store, desk, session):
    with pytest.raises(ValueError, match="Not an id"):
        desk.begin(store, session)


def test_a_beginning_must_be_of_its_scenario(store, desk):
    text, digest = desk.scenario()
    with pytest.raises(ValueError, match="sha256"):
        store.begin("a", desk.opening(), text + " ", digest)
    with pytest.raises(ValueError, match="begins with"):
        store.begin("a", [desk.reply("Hi")], text, digest)
    with pytest.raises(ValueError, match="begins with"):
        store.begin("a", desk.opening(), *desk.scenario("smith"))

    assert store.conversations() == ()


def test_ids_sort_by_time_and_differ(store):
    ids = [store.new_id() for _ in range(50)]

    assert all(re.fullmatch(r"20260131-1200\d\d-[0-9a-z]{6}", one) for one in ids)
    assert ids == sorted(ids)
    assert len({one[-6:] for one in ids}) == 50


def test_the_list_shows_each_conversation_newest_first(store, desk):
    desk.begin(store, "a", "one", "two", trainee="Robin")  # stamps 0, 1, 2
    desk.begin(store, "b", scenario="smith")  # stamp 3
    store.append("a", [desk.ending(2)], 5)  # stamp 4

    newest, oldest = store.conversations()

    assert (newest.id, newest.scenario, newest.title) == ("b", "smith", "The smith of Zürich")
    assert (newest.replies, newest.ended, newest.ending) == (0, False, None)
    assert (oldest.id, oldest.trainee, oldest.group, oldest.mode) == ("a", "Robin", "evening", "practice")
    assert (oldest.replies, oldest.ended, oldest.ending) == (2, True, "withdrawal.left")
    assert (oldest.began_at, oldest.last_at) == ("2026-01-31T12:00:00.120Z", "2026-01-31T12:00:04.120Z")
    assert oldest.scenario_hash == desk.scenario()[1]
    assert store.open_conversations() == (newest,)


def test_replies_and_endings_that_were_gone_back_from_do_not_count(store, desk):
    desk.begin(store, "a", "one", "two")  # entries 1 to 4
    store.append("a", [desk.ending(2)], 5)
    store.append("a", [Rewound(to_seq=3, turn=2)], 6)

    (listed,) = store.conversations()

    assert (listed.replies, listed.ended) == (1, False)


def test_the_ending_listed_is_the_last_that_was_reached(store, desk):
    desk.begin(store, "a")
    store.append("a", [desk.ending().model_copy(update={"ending": "withdrawal.partly_repaired"})], 3)
    store.append("a", [desk.ending()], 4)

    assert store.conversations()[0].ending == "withdrawal.left"


def test_a_conversation_is_named_by_id_by_a_beginning_or_as_the_last(store, desk):
    for session in ("20260101-aa", "20260102-ab", "20260102-abc"):
        desk.begin(store, session)

    assert store.resolve_id("20260101") == "20260101-aa"
    assert store.resolve_id("20260102-ab") == "20260102-ab"  # an id wins over a beginning
    assert store.resolve_id("last") == "20260102-abc"
    assert store.facts("20260101")[0].session == "20260101-aa"
    assert store.facts("last")[0].session == "20260102-abc"


def test_a_name_that_means_several_or_none_is_refused_with_the_known_ones(store, desk):
    for number in range(30):
        desk.begin(store, f"2026-{number:02}")

    with pytest.raises(UsageError, match=r"several conversations: .*2026-29") as several:
        store.resolve_id("2026")
    with pytest.raises(UsageError, match=r"Did you mean `2026-03`\?") as refused:
        store.facts("2062-03")
    assert "2026-29" in str(refused.value)
    for error in (several, refused):
        assert "2026-07" not in str(error.value)  # not all thirty of them
    with pytest.raises(UsageError, match="no conversation"):
        store.resolve_id("")


@pytest.mark.parametrize("name", ["last", "", "anything"])
def test_an_empty_store_knows_no_conversation(store, name):
    with pytest.raises(UsageError, match="Known: none"):
        store.facts(name)


def test_the_scenario_is_kept_as_it_was_played(store, desk):
    desk.begin(store, "a")
    text, digest = desk.scenario()

    assert store.scenario(digest) == text
    with pytest.raises(StoreError, match="no saved scenario"):
        store.scenario("0" * 64)


def test_threads_write_through_one_store_and_lose_nothing(store, desk):
    failures: list[Exception] = []

    def write(session: str) -> None:
        try:
            store.begin(session, desk.opening(), *desk.scenario())
            for number in range(20):
                store.append(session, [desk.reply(f"{number}")], 3 + number)
                store.conversations()
        except Exception as error:  # noqa: BLE001  (a thread's failure would else go unseen)
            failures.append(error)

    threads = [threading.Thread(target=write, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert [len(store.facts(f"t{number}")) for number in range(4)] == [22] * 4


def test_a_closed_store_says_so(path):
    store = Store.open(path)
    store.close()
    store.close()

    with pytest.raises(StoreError, match="closed"):
        store.conversations()


def test_every_commit_is_synced_and_deleted_bytes_are_overwritten(store):
    database = store._rows._database

    # 2 is FULL: SQLite syncs the write-ahead log at every commit.
    assert database.pragma("synchronous") == 2
    assert database.pragma("secure_delete") == 1
    assert database.pragma("journal_mode") == "wal"


def test_the_store_and_the_files_beside_it_are_for_their_owner_only(tmp_path: Path, desk):
    path = tmp_path / "made" / "by us" / "c.db"
    with Store.open(path) as store:
        desk.begin(store, "a", "private")
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}

    assert modes == {"c.db": 0o600, "c.db-wal": 0o600, "c.db-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
