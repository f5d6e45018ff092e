"""`roleplay rescore` by itself: today's built-in coder beside the reading of the time. Nothing leaves the machine."""

import json
import shutil
from pathlib import Path

import pytest

from roleplay.scoring.coding import Coding, Heard
from roleplay.scoring.reader import Reader


def newer(reply: str, heard: Heard) -> Coding:
    """A coder that the conversations were not read with."""
    return Coding(recognition=min(4, len(reply) % 5), contact=1, scorer="newer", version="2")


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Path:
    """A copy of the store that a test may change."""
    return Path(shutil.copy(store, tmp_path / "own.db"))


@pytest.fixture
def _newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roleplay.scoring.reader.reader", lambda: Reader(newer))


def lines(run, own: Path) -> list[str]:
    return run("export", "--store", own).stdout.splitlines()


@pytest.mark.usefixtures("_newer")
def test_a_newer_coder_adds_opinions_and_changes_no_line_that_was_there(run, own: Path):
    before = lines(run, own)

    result = run("rescore", "--json", "--store", own)

    after = lines(run, own)
    assert result.exit_code == 0
    assert [line for line in after[1:] if '"opinion_given"' not in line] == before[1:]
    told = json.loads(result.stdout)
    # Each of the two conversations has three replies, one of them taken back.
    assert (told["conversations"], told["replies"], len(after) - len(before)) == (2, 6, 6)
    assert [(each["scorer"], each["version"], each["opinions"]) for each in told["scorers"]] == [("newer", "2", 6)]


@pytest.mark.usefixtures("_newer")
def test_a_second_time_nothing_is_added(run, own: Path):
    run("rescore", "--store", own)
    once = lines(run, own)

    run("rescore", "--store", own)

    assert lines(run, own) == once


@pytest.mark.usefixtures("_newer")
def test_the_debrief_says_that_it_was_read_again_and_keeps_its_reading(run, own: Path):
    bare = json.loads(run("debrief", "--format", "json", "--store", own).stdout)
    run("rescore", "--store", own)

    told = run("debrief", "--store", own).stdout
    found = json.loads(run("debrief", "--format", "json", "--store", own).stdout)

    assert "Read again (newer 2)" in told
    assert found["numbers"] == bare["numbers"]
    assert found["versions"] == bare["versions"]


def test_the_coder_of_the_time_does_not_read_again(run, own: Path, monkeypatch):
    from roleplay.scoring.words import WordsCoder

    monkeypatch.setattr("roleplay.scoring.reader.reader", lambda: Reader(WordsCoder()))
    before = lines(run, own)

    result = run("rescore", "--store", own)

    assert lines(run, own) == before
    assert "Agreement is not correctness" in " ".join(result.stdout.split())


@pytest.mark.usefixtures("_newer")
def test_why_the_better_coder_does_not_read_is_told(run, own: Path, monkeypatch):
    monkeypatch.setattr("roleplay.scoring.reader.reader", lambda: Reader(newer, "The weights are not there."))

    assert "The weights are not there." in run("rescore", "last", "--store", own).stderr


def test_it_makes_no_store_and_knows_no_stranger(run, own: Path, tmp_path: Path):
    nothing = run("rescore", "--store", tmp_path / "no.db")
    stranger = run("rescore", "nobody", "--store", own)

    assert (nothing.exit_code, stranger.exit_code) == (2, 2)
    assert not (tmp_path / "no.db").exists()


def test_a_judge_that_nobody_set_up_is_wrong_use_and_adds_nothing(run, own: Path, monkeypatch):
    for name in ("URL", "MODEL"):
        monkeypatch.delenv(f"ROLEPLAY_JUDGE_{name}", raising=False)
    before = lines(run, own)

    assert run("rescore", "--judge", "--yes-send", "--store", own).exit_code == 2
    assert lines(run, own) == before
