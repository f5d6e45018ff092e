"""Real processes: killed at any moment, and several at once."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.errors import StoreError
from roleplay.store import rows
from roleplay.store.store import Store

Start = Callable[..., "subprocess.Popen[str]"]

KILLED = """
import json, os, random, select, signal, sys, time
from roleplay.engine.events import TraineeReplied
from roleplay.store.store import Store

path, rounds, chance = sys.argv[1], int(sys.argv[2]), random.Random(7)

def speak(acknowledge):
    store, seq = Store.open(path), None
    seq = len(store.facts("a")) + 1
    while True:
        turn = [TraineeReplied(turn=seq, text=f"{seq} " * 300), TraineeReplied(turn=seq + 1, text="second half")]
        store.append("a", turn, seq)
        seq += 2
        os.write(acknowledge, f"{seq - 1}\\n".encode())

for _ in range(rounds):
    heard, acknowledge = os.pipe()
    child = os.fork()
    if not child:
        speak(acknowledge)
    os.close(acknowledge)
    said = b"".join(os.read(heard, 4096) for _ in range(chance.randint(1, 5)))
    time.sleep(chance.uniform(0, 0.004))  # the moment of death must not keep step with the acknowledgements
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while rest := os.read(heard, 4096):
        said += rest
    os.close(heard)
    with Store.open(path) as store:
        facts = store.facts("a")
        sound = all(fact.event.text.startswith(f"{fact.seq} ") for fact in facts[2::2])
    print(json.dumps([int(said.split()[-1]), len(facts), sound]), flush=True)
"""

TWO_AT_ONCE = """
import sys
from roleplay.engine.events import TraineeReplied
from roleplay.errors import StoreError
from roleplay.store.store import Store

path, name = sys.argv[1:]
with Store.open(path) as store:
    print("ready", flush=True)
    said = 0
    while said < 40:
        seq = len(store.facts("shared")) + 1
        try:
            store.append("shared", [TraineeReplied(turn=said, text=f"{name} {said}")], seq)
        except StoreError as error:
            assert "another window" in str(error), error
        else:
            said += 1
"""

FIRST = """
import sys
from roleplay.store.store import Store

with Store.open(sys.argv[1]) as store:
    print(len(store.conversations()), flush=True)
"""


def test_a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_half(path: Path, desk, run_script: Start):
    with Store.open(path) as store:
        desk.begin(store, "a")

    process = run_script(KILLED, path, 40)
    output, _ = process.communicate(timeout=60)

    outcomes = [json.loads(line) for line in output.splitlines()]
    assert process.returncode == 0
    assert len(outcomes) == 40
    for acknowledged, stored, sound in outcomes:
        # Each turn is two facts after the first two: what is there is even, or half a turn was kept.
        assert (stored >= acknowledged, stored % 2, sound) == (True, 0, True)


def test_two_processes_write_to_one_conversation_and_nothing_is_lost(path: Path, desk, run_script: Start):
    with Store.open(path) as store:
        desk.begin(store, "shared")

        writers = [run_script(TWO_AT_ONCE, path, name) for name in ("left", "right")]
        for writer in writers:
            writer.communicate(timeout=60)

        said = [fact.event.text for fact in store.facts("shared")[2:]]
    assert [writer.returncode for writer in writers] == [0, 0]
    for name in ("left", "right"):
        assert [text for text in said if text.startswith(name)] == [f"{name} {number}" for number in range(40)]


def test_several_processes_may_make_the_store_at_the_same_moment(path: Path, run_script: Start):
    processes = [run_script(FIRST, path) for _ in range(6)]

    outputs = [process.communicate(timeout=60)[0] for process in processes]

    assert outputs == ["0\n"] * 6
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_store_that_another_program_keeps_busy_is_told(path: Path, desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows, "PATIENCE", 0.05)
    with Store.open(path) as store:
        desk.begin(store, "a")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match=r"busy for more than 5 seconds.*try again"):
            store.append("a", [desk.reply("Are you there?")], 3)

        other.execute("ROLLBACK")
        other.close()
        assert store.append("a", [desk.reply("Are you there?")], 3)[0].seq == 3


def test_a_writer_keeps_others_out_from_its_first_look(path: Path, desk, monkeypatch: pytest.MonkeyPatch):
    """Else two could look, and the second to write would be refused although it only had to wait."""
    monkeypatch.setattr(rows, "PATIENCE", 0.05)
    with Store.open(path) as store, Store.open(path) as other:
        desk.begin(store, "a")

        with store._rows.writing(), pytest.raises(StoreError, match="busy"):
            other.append("a", [desk.reply("Me too")], 3)


def test_a_full_disk_loses_nothing_and_is_survived(path: Path, desk):
    """SQLite's own page limit stands for the disk: it fails with the same words at the same places."""
    with Store.open(path) as store:
        desk.begin(store, "a", "kept")
        database = store._rows._database
        limit = database.pragma("page_count") + 2
        database.pragma("max_page_count", limit)

        with pytest.raises(StoreError, match=r"full, so nothing was saved.*Make room"):
            store.append("a", [desk.reply("small"), desk.reply("large " * 5000)], 4)

        assert [fact.seq for fact in store.facts("a")] == [1, 2, 3]
        database.pragma("max_page_count", 1_000_000)
        store.append("a", [desk.reply("large " * 5000)], 4)
        assert len(store.facts("a")) == 4
