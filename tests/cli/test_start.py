"""What starting costs: help imports nothing that it does not need."""

import subprocess
import sys
from time import perf_counter

HEAVY = ("pydantic", "networkx", "peewee", "textual", "rich", "yaml", "pandas", "sqlite3", "asyncio")
HELP = """
import sys
from roleplay.cli import cli
try:
    cli({words!r}, prog_name="roleplay")
except SystemExit as leaving:
    assert leaving.code == 0, leaving.code
print(*sorted({{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
"""


def modules_after(*words: str) -> set[str]:
    found = subprocess.run(
        [sys.executable, "-c", HELP.format(words=list(words))], capture_output=True, text=True, check=True
    )
    return set(found.stderr.split())


def test_help_imports_no_models():
    loaded = modules_after("--help")

    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_the_help_of_a_command_imports_no_models():
    assert modules_after("play", "--help").isdisjoint(HEAVY)


def test_help_stays_near_the_price_of_starting_python():
    """Best of several, in turns, so that a busy machine slows both. Ten times is what the benchmark promises."""

    def seconds(*words: str) -> float:
        began = perf_counter()
        subprocess.run([sys.executable, *words], capture_output=True, check=True)
        return perf_counter() - began

    pairs = [(seconds("-m", "roleplay", "--help"), seconds("-c", "pass")) for _ in range(5)]

    assert min(ours for ours, _ in pairs) < 10 * min(theirs for _, theirs in pairs)
