"""0 fine, 1 the thing checked has problems, 2 wrong use, 3 the store failed, 130 interrupted and saved."""

import os
import signal
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from roleplay.store.store import Store

BROKEN = Path(__file__).parent.parent / "broken" / "sc001-colon.yaml"


def test_help_and_version_are_fine(run):
    assert run("--help").exit_code == 0
    assert run("-h").stdout.startswith("Usage: roleplay")
    assert run("--version").stdout.startswith("roleplay, version ")


def test_a_file_with_problems_is_one(run):
    result = run("check", BROKEN)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "SC001" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lst",), "Did you mean `list`?"),
        (("check",), "Missing argument"),
        (("check", "no/such.yaml"), "does not exist"),
        (("graph", "good-studen"), "Did you mean `good-student`?"),
        (("codebook", "own_contributio"), "Did you mean `own_contribution`?"),
        (("play", "--script", "no-such-file"), "cannot be read"),
        (("play", "--mode", "exam"), "Invalid value"),
        (("debrief",), "There is no conversation yet"),
        (("import", "no-such-file"), "cannot be read"),
        (("delete",), "Name the conversations to delete"),
        (("sessions", "--store", "mysql://host/db"), "names no store"),
    ],
)
def test_wrong_use_is_two_and_says_what_to_do(run, words, told):
    result = run(*words)

    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["sessions", "debrief", "replay", "export", "play"])
def test_a_damaged_store_is_three_and_is_left_as_it_is(run, tmp_path: Path, command: str):
    where = tmp_path / "conversations.db"
    where.write_bytes(b"This is not a database, and somebody may need it." * 100)
    before = where.read_bytes()

    result = run(command, *(["good-student"] if command == "play" else []), "--store", where, stdin="Hello\n")

    assert result.exit_code == 3
    assert str(where) in result.stderr
    assert where.read_bytes() == before


def test_an_interruption_is_130_and_everything_said_is_saved(tmp_path: Path):
    where = tmp_path / "conversations.db"
    trainer = subprocess.Popen(
        [sys.executable, "-m", "roleplay", "play", "good-student", "--plain", "--seed", "3", "--store", str(where)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # A shell that started the tests in its background may have them ignore interruptions.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert trainer.stdin is not None
    assert trainer.stdout is not None
    trainer.stdin.write("How was the week?\n")
    trainer.stdin.flush()
    spoken = (line for line in trainer.stdout if line.startswith("Mei Lin: "))
    assert len(list(islice(spoken, 2))) == 2
    trainer.send_signal(signal.SIGINT)
    out, err = trainer.communicate(timeout=30)

    assert trainer.returncode == 130
    assert "Everything that was said is saved" in out
    assert "Traceback" not in err
    with Store.open(where) as store:
        (conversation,) = store.open_conversations()
    assert conversation.replies == 1


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_reader_who_has_had_enough_is_no_error():
    writer = subprocess.Popen(
        [sys.executable, "-m", "roleplay", "codebook"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert writer.stdout is not None
    writer.stdout.close()
    assert writer.stderr is not None
    err = writer.stderr.read()
    writer.stderr.close()

    assert writer.wait(30) == 0
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_stdout_is_three_and_no_traceback():
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "roleplay", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert result.returncode == 3
    assert "No space left" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_interruption_of_any_command_is_130(run, monkeypatch):
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("roleplay.scenarios.library.library", interrupted)

    result = run("list")

    assert result.exit_code == 130
    assert result.stderr == "Stopped.\n"


def test_utf_8_comes_out_under_any_locale(process):
    plain_ascii = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    record = '{"id": "Żółć 🦔", "response": "I set it again."}'

    result = process("score", "--jsonl", stdin=record, LC_ALL="C", **plain_ascii)

    assert result.returncode == 0
    assert '{"id": "Żółć 🦔", ' in result.stdout
