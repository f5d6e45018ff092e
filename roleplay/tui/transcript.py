"""The conversation so far. The patient's words are the brightest thing, and may arrive at a reading pace."""

import asyncio
import re
from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from roleplay.practice.settings import Pace
from roleplay.tui.entries import Entry

WORDS_A_SECOND: dict[Pace, float] = {"slow": 3.0, "normal": 5.0, "fast": 10.0}
"""How fast a line arrives. People read about four words a second; the pace `off` is not here."""
_WORD = re.compile(r"\S+\s*")
_NAME = 12
"""Cells for a name, at most."""


class Utterance(Horizontal):
    """One thing said or done: who, in a narrow column, and what, beside it."""

    DEFAULT_CSS = """
    Utterance {
        height: auto; margin-bottom: 1;
        & > .who { width: auto; padding-right: 3; color: $text-muted; }
        & > Vertical { width: 1fr; height: auto; }
        & .cue { color: $text-muted; text-style: italic; }
        &.you .said { color: $accent; }
        &.patient > .who { color: $text; }
        &.patient .said { color: $patient; }
        &.silence .said, &.note .said { color: $text-muted; text-style: italic; }
    }
    """

    def __init__(self, entry: Entry, who: str, width: int) -> None:
        super().__init__(classes=entry.kind)
        self._who = Static(who + " " * (width - cell_len(who)), classes="who", markup=False)
        self._said = Static(entry.text, classes="said", markup=False)
        self._cue = Static(entry.cue, classes="cue", markup=False)
        self._words = _WORD.findall(entry.text)
        self._shown = len(self._words)
        self._timer: Timer | None = None
        self._all_there = asyncio.Event()

    def compose(self) -> ComposeResult:
        """Name; words over cue."""
        yield self._who
        with Vertical():
            yield self._said
            if str(self._cue.content):
                yield self._cue

    async def arrive(self, words_a_second: float) -> None:
        """Shows the words one after another and returns when all are there; the cue comes last."""
        self._shown = 0
        self._said.update("")
        self._cue.display = False
        self._timer = self.set_interval(1 / words_a_second, self._one_more)
        await self._all_there.wait()

    def complete(self) -> bool:
        """Shows everything now; answers whether anything was missing."""
        if self._timer is None:
            return False
        self._timer.stop()
        self._timer = None
        self._said.update("".join(self._words))
        self._cue.display = True
        self._all_there.set()
        return True

    def _one_more(self) -> None:
        self._shown += 1
        self._said.update("".join(self._words[: self._shown]).rstrip())
        if self._shown >= len(self._words):
            self.complete()


class Transcript(VerticalScroll, can_focus=False):
    """What was said, oldest first, with the newest in view."""

    DEFAULT_CSS = "Transcript { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }"

    def __init__(self, patient: str) -> None:
        super().__init__()
        self._patient = patient if cell_len(patient) <= _NAME else patient.split()[0]
        self._width = max(cell_len("you"), cell_len(self._patient))

    def on_mount(self) -> None:
        """Stays with the newest line until the trainee scrolls away."""
        self.anchor()

    def show(self, entries: Iterable[Entry]) -> list[Utterance]:
        """Adds entries below."""
        added = [self._utterance(entry) for entry in entries]
        if added:
            self.mount_all(added)
            self.anchor()
        return added

    def show_afresh(self, entries: Iterable[Entry]) -> None:
        """Shows these entries and nothing else."""
        self.remove_children()
        self.show(entries)

    def complete(self) -> bool:
        """Whatever is still arriving is there; answers whether anything was."""
        completed = [utterance.complete() for utterance in self.query(Utterance)]
        return any(completed)

    def _utterance(self, entry: Entry) -> Utterance:
        who = {"you": "you", "patient": self._patient}.get(entry.kind, "")
        return Utterance(entry, who, self._width)
