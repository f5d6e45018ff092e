"""Stepping out of role, and half-typed replies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roleplay.engine.events import CodeContested, SelfRated, TraineeReplied, UrgeNoted
from roleplay.errors import StoreError
from roleplay.practice.settings import Settings
from roleplay.tui.app import RoleplayApp
from roleplay.tui.composer import Composer
from roleplay.tui.drafts import Drafts, drafts_beside

RISK = "i want to die"


def of(kind, facts):
    return [fact for fact in facts if isinstance(fact, kind)]


def everything_written(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_words_about_ones_own_safety_step_out_of_role_and_are_kept_nowhere(
    talking, seen, typed, saved, tmp_path: Path
):
    mine = Settings(pace="off", reduced_motion=True, support_text="Ring the bell at the desk.")
    async with talking(settings=mine) as pilot:
        await typed(pilot, RISK, "enter")
        assert "Ring the bell at the desk." in seen(pilot.app)
        await typed(pilot, "", "1")

    assert of(TraineeReplied, saved()) == []
    assert RISK.encode() not in everything_written(tmp_path)
    assert "is kept at turn 1" in pilot.app.farewell


async def test_going_back_sends_nothing_and_keeps_nothing(talking, typed, saved, tmp_path: Path):
    async with talking() as pilot:
        await typed(pilot, RISK, "enter", "escape")
        await pilot.pause(0.7)
        assert RISK.encode() not in everything_written(tmp_path)

    assert of(TraineeReplied, saved()) == []
    assert RISK.encode() not in everything_written(tmp_path)


async def test_a_line_in_role_is_sent(talking, seen, typed, saved):
    async with talking() as pilot:
        await typed(pilot, RISK, "enter", "3")
        assert f"you   {RISK}" in seen(pilot.app)

    assert [fact.text for fact in of(TraineeReplied, saved())] == [RISK]


async def test_every_place_for_words_of_ones_own_is_heeded(talking, typed, saved):
    async with talking(scenario="quiet-hour") as pilot:
        await typed(pilot, "", "f6")
        await typed(pilot, RISK, "enter", "2")
        await typed(pilot, "hello", "enter", "f4")
        await typed(pilot, RISK, "enter", "2")
        await typed(pilot, "bye", "enter", "enter")
        await typed(pilot, RISK, "enter", "2")

    facts = saved()
    assert of(UrgeNoted, facts) == of(CodeContested, facts) == of(SelfRated, facts) == []


async def test_a_draft_is_written_soon_and_deleted_when_it_is_sent(talking, typed, tmp_path: Path):
    async with talking() as pilot:
        await typed(pilot, "half")
        await pilot.pause(0.8)
        drafts = list((tmp_path / "log" / "conversations-drafts").iterdir())
        assert [file.read_text() for file in drafts] == ["half"]
        assert drafts[0].stat().st_mode & 0o077 == 0

        await typed(pilot, "", "enter")
        assert not drafts[0].exists()


async def test_a_draft_outlives_a_crash(talking, typed):
    async def crash() -> None:
        async with talking() as pilot:
            apps.append(pilot.app)
            await typed(pilot, "half")
            pilot.app.call_later(lambda: 1 / 0)
            await pilot.pause()

    apps: list[RoleplayApp] = []
    with pytest.raises(ZeroDivisionError):
        await crash()
    apps[0].keep_drafts()

    async with talking(scenario=None) as pilot:
        assert pilot.app.screen.query_one(Composer).text == "half"


async def test_a_reply_that_was_sent_in_the_last_moment_is_no_draft(talking, typed):
    async with talking() as pilot:
        await typed(pilot, "hello", "enter")
        pilot.app.drafts.hold(pilot.app.screen.talk.play.id, "hello")
        pilot.app.drafts.flush()
        assert pilot.app.screen.talk.draft() == ""


async def test_a_draft_that_cannot_be_kept_is_told(talking, seen, typed, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with talking() as pilot:
        monkeypatch.setattr("roleplay.tui.drafts.write_private", full)
        await typed(pilot, "half")
        await pilot.pause(0.8)

        assert "No space left on device" in seen(pilot.app)
        assert pilot.app.screen.query_one(Composer).text == "half"
        monkeypatch.undo()


def test_a_draft_takes_any_text_and_stays_held_where_it_cannot_be_written(tmp_path: Path):
    drafts = Drafts(tmp_path / "there")
    drafts.hold("one", "a\ud800b\nc")
    (tmp_path / "there").write_text("a file in the way")
    with pytest.raises(StoreError, match="there"):
        drafts.flush()

    (tmp_path / "there").unlink()
    drafts.flush()

    assert Drafts(tmp_path / "there").read("one") == "a\ufffdb\nc"


def test_an_emptied_box_leaves_no_draft(tmp_path: Path):
    drafts = Drafts(tmp_path)
    drafts.hold("one", "text")
    drafts.flush()
    drafts.hold("one", " \n")
    drafts.flush()

    assert list(tmp_path.iterdir()) == []


def test_drafts_of_a_server_are_kept_on_this_machine(tmp_path: Path):
    drafts = drafts_beside("postgresql://host/class")
    drafts.hold("one", "text")
    drafts.flush()

    assert list(tmp_path.glob("data/**/one.txt"))


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own")
def test_a_closed_terminal_loses_nothing(tmp_path: Path):
    import fcntl
    import pty
    import struct
    import termios

    store = tmp_path / "c.db"
    script = f"from roleplay.tui.app import run_app; raise SystemExit(run_app({str(store)!r}, scenario='good-student'))"
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen([sys.executable, "-c", script], stdin=theirs, stdout=theirs, stderr=theirs, env=env) as run:
        os.set_blocking(ours, False)
        try:
            _until(ours, b"Thursdays at seven")
            os.write(ours, b"\r")
            _until(ours, b"something is happening")
            os.write(ours, b"half a thought")
            _until(ours, b"thought")
            run.send_signal(signal.SIGHUP)
            assert run.wait(10) == 130
        finally:
            run.kill()
            os.close(theirs)
            os.close(ours)

    drafts = list((tmp_path / "c-drafts").iterdir())
    assert [file.read_text() for file in drafts] == ["half a thought"]


def _until(terminal: int, words: bytes, seconds: float = 15) -> None:
    """Reads what the program draws until the words are there."""
    drawn, end = b"", time.monotonic() + seconds
    while words not in drawn:
        assert time.monotonic() < end, drawn[-2000:]
        try:
            drawn += os.read(terminal, 65536)
        except BlockingIOError:
            time.sleep(0.02)
