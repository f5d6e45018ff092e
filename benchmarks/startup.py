"""Start-up: `roleplay --help` against `python -c pass`, and the first frame against a bare Textual app."""

from collections.abc import Iterator

from benchmarks.ratio import Ratio, alternating, process

BARE = """
import os
from textual.app import App
class Bare(App):
    def on_ready(self):
        os._exit(0)
Bare().run(headless=True, size=(80, 24))
"""
OURS = """
import os, tempfile
from roleplay.tui.app import RoleplayApp
class Timed(RoleplayApp):
    def on_ready(self):
        os._exit(0)
Timed(tempfile.mkdtemp() + "/conversations.db").run(headless=True, size=(80, 24))
"""
"""Both leave at once when the first frame is there: what goes on behind it is nobody's wait."""


def measure() -> Iterator[Ratio]:
    """Wall seconds of whole processes, medians of alternating runs."""
    ours, theirs = alternating(process("-m", "roleplay", "--help"), process("-c", "pass"), 15)
    yield Ratio("roleplay --help", ours * 1000, theirs * 1000, "python -c pass", "ms", "at most 10")
    ours, theirs = alternating(process("-c", OURS), process("-c", BARE), 9)
    yield Ratio("first frame of the trainer", ours * 1000, theirs * 1000, "a bare Textual app", "ms", "at most 1.5")
