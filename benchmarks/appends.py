"""Durable appends a second against raw sqlite3 with the same journal, the same sync and the same bytes."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.ratio import Ratio, timed
from roleplay.engine.events import UrgeNoted, dump
from roleplay.engine.step import begin
from roleplay.scenarios.library import find
from roleplay.scenarios.load import read_scenario
from roleplay.scenarios.resolve import canonical, digest
from roleplay.store.store import Store

APPENDS = 300


def measure() -> Iterator[Ratio]:
    """Appends a second, each one transaction and one fact, in alternating rounds."""
    ours, theirs = [], []
    for _ in range(5):
        with tempfile.TemporaryDirectory() as folder:
            ours.append(APPENDS / _ours(Path(folder) / "ours.db"))
            theirs.append(APPENDS / _theirs(Path(folder) / "raw.db"))
    yield Ratio(
        "durable appends a second", median(ours), median(theirs), "raw sqlite3, WAL, full sync", "/s", "at least 0.5"
    )


def _ours(path: Path) -> float:
    scenario = read_scenario(find("good-student"))
    _, events = begin(scenario, digest(scenario), seed=1)
    with Store.open(path) as store:
        name = store.new_id()
        store.begin(name, events, canonical(scenario), digest(scenario))
        first = len(events) + 1

        def run() -> None:
            for number in range(APPENDS):
                store.append(name, (UrgeNoted(turn=1, urge="fix"),), first + number)

        return timed(run)


def _theirs(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE fact (session TEXT, seq INTEGER, at TEXT, body TEXT, PRIMARY KEY (session, seq))")
    body = dump(UrgeNoted(turn=1, urge="fix"))

    def run() -> None:
        for number in range(APPENDS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO fact VALUES (?, ?, ?, ?)", ("x", number, "2026-01-01T00:00:00.000Z", body))
            connection.execute("COMMIT")

    seconds = timed(run)
    connection.close()
    return seconds
