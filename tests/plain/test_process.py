"""The plain trainer as a real process: a pipe, a script, a terminal."""

import subprocess
import sys
from pathlib import Path

from roleplay.engine.events import TraineeReplied
from roleplay.store.store import Store


def played(*words: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "roleplay", *words], input=stdin, capture_output=True, encoding="utf-8", check=False
    )


def test_without_a_terminal_the_trainer_goes_line_by_line_and_says_so():
    result = played(stdin="")

    assert result.returncode == 0
    assert "line by line" in result.stderr
    assert "1. Mei Lin, 29" in result.stdout


def test_a_pipe_and_a_script_hold_the_same_conversation(tmp_path: Path):
    script = tmp_path / "script.txt"
    script.write_text("How was the week?\r\nAnd the fan?\n", "utf-8", newline="")
    one, other = tmp_path / "one.db", tmp_path / "other.db"

    piped = played(
        "play", "good-student", "--seed", "3", "--store", str(one), stdin="How was the week?\nAnd the fan?\n"
    )
    scripted = played("play", "good-student", "--seed", "3", "--store", str(other), "--script", str(script))

    assert piped.returncode == scripted.returncode == 0
    assert "> How was the week?" in scripted.stdout
    assert [line for line in scripted.stdout.splitlines() if line[:1] != ">"] == piped.stdout.splitlines()
    assert said(one) == said(other) == ["How was the week?", "And the fan?"]


def said(where: Path) -> list[str]:
    with Store.open(where) as store:
        return [fact.event.text for fact in store.facts("last") if isinstance(fact.event, TraineeReplied)]
