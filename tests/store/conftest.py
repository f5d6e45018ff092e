import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

import roleplay
from roleplay.engine.events import Event, SessionBegan, SessionEnded, StateEntered, TraineeReplied, Variables, Versions
from roleplay.engine.session import NOBODY
from roleplay.store.store import Store

collect_ignore = [] if os.environ.get("ROLEPLAY_TEST_POSTGRES") else ["test_postgres.py"]
"""A PostgreSQL server is not everywhere; `test_postgres.py` says how to run its tests where there is one."""

NOON = datetime(2026, 1, 31, 12, 0, 0, 120_000, tzinfo=UTC)
PATIENT = Variables(trust=4, tension=3, agency=2, communion=5)


def _scenario(name: str) -> tuple[str, str]:
    text = f'{{"id":"{name}","title":"The {name} of Zürich"}}'
    return text, sha256(text.encode()).hexdigest()


def _opening(name: str, trainee: str) -> tuple[Event, ...]:
    began = SessionBegan(
        scenario=name,
        scenario_hash=_scenario(name)[1],
        trainee=trainee,
        group="evening",
        seed=7,
        onset=2,
        max_turns=12,
        versions=Versions(format=1, engine="1", coder="1"),
        patient=PATIENT,
    )
    return began, StateEntered(turn=0, state="calm", patient=PATIENT)


class Desk:
    """What a test writes with: a clock that moves a second at each look, and short words for facts."""

    def __init__(self) -> None:
        self.now = NOON

    def clock(self) -> datetime:
        now, self.now = self.now, self.now + timedelta(seconds=1)
        return now

    def begin(self, store: Store, session: str, *said: str, scenario: str = "tailor", trainee: str = "me") -> str:
        """A conversation with two opening facts and a reply for each of `said`."""
        store.begin(session, _opening(scenario, trainee), *_scenario(scenario))
        for number, text in enumerate(said, 1):
            store.append(session, [self.reply(text, number)], 2 + number)
        return session

    def opening(self, scenario: str = "tailor", trainee: str = "me") -> tuple[Event, ...]:
        return _opening(scenario, trainee)

    def scenario(self, name: str = "tailor") -> tuple[str, str]:
        return _scenario(name)

    def reply(self, text: str, turn: int = 1) -> TraineeReplied:
        return TraineeReplied(turn=turn, text=text)

    def ending(self, turn: int = 1) -> SessionEnded:
        return SessionEnded(
            turn=turn, ending="withdrawal.left", line="Bye.", account="He was kind.", resolution=1, patient=NOBODY
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def store(path: Path, desk: Desk) -> Iterator[Store]:
    with Store.open(path, clock=desk.clock) as opened:
        yield opened


@pytest.fixture
def run_script() -> Callable[..., "subprocess.Popen[str]"]:
    """Starts a Python process of its own that can import the package; its output is read as text."""

    def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
        root = str(Path(roleplay.__file__).parents[1])
        return subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": root},
        )

    return start


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder of an ordinary user; while it is in use, a test run by root has only that user's rights."""
    folder = Path(tempfile.mkdtemp())
    nobody, was_root = 65534, os.geteuid() == 0
    if was_root:
        os.chown(folder, nobody, nobody)
        os.seteuid(nobody)
    try:
        yield folder
    finally:
        if was_root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
