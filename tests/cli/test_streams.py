"""Missing, closed and full streams: a clear word where there is somebody to tell, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes the streams")


def shell(redirected: str, words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        f'"{sys.executable}" -m roleplay {words} {redirected}',
        shell=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("words", ["", "list", "doctor", "debrief", "score hello", "codebook"])
def test_closed_streams_do_no_harm(store: Path, monkeypatch: pytest.MonkeyPatch, words: str):
    monkeypatch.setenv("ROLEPLAY_STORE", str(store))

    for closed in ("<&-", ">&-", "<&- >&-"):
        result = shell(closed, words)

        assert "Traceback" not in result.stderr, closed
        assert result.returncode == 0, closed


@pytest.mark.parametrize("words", ["score", "score --jsonl"])
def test_a_closed_stdin_is_an_empty_one(words: str):
    result = shell("<&-", words)

    assert (result.returncode, result.stderr) == (0, "")


def test_an_import_from_a_closed_stdin_is_told(tmp_path: Path):
    result = shell("<&-", f"import - --store {tmp_path / 'c.db'}")

    assert result.returncode == 3
    assert "does not begin as an export" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("words", ["--help", "--version", "list", "play --help"])
def test_a_full_device_behind_stdout_is_told(words: str):
    result = shell(">/dev/full", words)

    assert result.returncode == 3
    assert result.stderr.startswith("Reading or writing failed: No space left")
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_errors_that_nobody_can_be_told_keep_their_exit_code():
    assert shell("2>/dev/full", "debrief nobody-has-this-name").returncode == 2
    assert shell("2>/dev/full", "no-such-command").returncode == 2
