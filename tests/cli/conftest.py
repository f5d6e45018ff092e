"""Commands run in this process, real processes for what only they can show, and a store with two conversations."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roleplay.cli import cli

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]
SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
SCRIPT = """\
How was the week?
/mark withdrawal
/urge fix
I keep hearing about your father and the router.
/rewind 1
What was that like, the banging?
"""


@pytest.fixture
def run() -> Run:
    """One command in this process."""

    def invoked(*words: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin, prog_name="roleplay")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoked


@pytest.fixture
def process(tmp_path: Path) -> Process:
    """One command as a real process, with places of its own."""

    def started(*words: object, stdin: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "roleplay", *map(str, words)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **more},
            timeout=60,
            check=False,
        )

    return started


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two open conversations: first with Mei Lin, by ann; then with Marek, by ben."""
    folder = tmp_path_factory.mktemp("store")
    script = folder / "script.txt"
    script.write_text(SCRIPT, "utf-8")
    where = folder / "conversations.db"
    for scenario, trainee in (("good-student", "ann"), ("what-am-i-paying-for", "ben")):
        result = CliRunner().invoke(
            cli,
            ["play", scenario, "--script", str(script), "--seed", "3", "--trainee", trainee, "--store", str(where)],
        )
        assert result.exit_code == 0, result.output
    return where
