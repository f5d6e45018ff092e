"""A mindful pause: one line at a time, to be left whenever one likes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import OptionList, Static

from roleplay.practice.pauses import SECONDS, lines_of, step_of
from roleplay.tui.frame import key_lines
from roleplay.tui.modals import Window
from roleplay.tui.pick import Pick

_NAMES = {20: "20 seconds", 60: "one minute", 180: "three minutes"}


@dataclass(frozen=True)
class Paused:
    """How long the pause was meant to be, and how long it was."""

    seconds: int
    taken: float


class PauseWindow(Window[Paused | None]):
    """First how long, then the lines. Answers None when no pause was begun."""

    DEFAULT_CSS = "PauseWindow .line { color: $patient; height: auto; min-height: 3; padding: 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "breath", show=False),
        Binding("space,enter", "next", show=False),
    ]
    title_text = "A pause"
    key_rows = ((("↑ ↓", "move"), ("enter", "begin"), ("b", "with or without the breath"), ("esc", "back")),)

    def __init__(self, *, still: bool, clock: Callable[[], float]) -> None:
        super().__init__()
        self._still = still
        self._clock = clock
        self._breath = True
        self._seconds = 0
        self._began = 0.0
        self._lines: tuple[str, ...] = ()
        self._at = 0
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        """How long; then one line."""
        yield Pick((str(seconds), _NAMES[seconds]) for seconds in SECONDS)
        yield Static(classes="way", markup=False)
        yield Static(classes="line", markup=False)

    def on_mount(self) -> None:
        """The shortest stands ready."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(".line").display = False
        self._say_way()

    def action_breath(self) -> None:
        """With the breath, or without."""
        if not self._lines:
            self._breath = not self._breath
            self._say_way()

    def action_next(self) -> None:
        """The next line; after the last, the end."""
        if not self._lines:
            return
        self._at += 1
        if self._at < len(self._lines):
            self._show()
        else:
            self._end()

    def action_leave(self) -> None:
        """Enough, wherever it stands."""
        if self._lines:
            self._end()
        else:
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._seconds = int(event.option_id or SECONDS[0])
        self._lines = lines_of(self._seconds, breath=self._breath)
        self._began = self._clock()
        self.query_one(OptionList).display = False
        self.query_one(".way").display = False
        self.query_one(".line").display = True
        self.query_one(".keys", Static).update(key_lines(((("enter", "next line"), ("esc", "enough")),)))
        self._show()

    def _show(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.query_one(".line", Static).update(self._lines[self._at])
        if not self._still:
            self._timer = self.set_timer(step_of(self._seconds, len(self._lines)), self.action_next)

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.dismiss(Paused(self._seconds, round(self._clock() - self._began, 1)))

    def _say_way(self) -> None:
        way = "with a line about the breath" if self._breath else "without the breath"
        self.query_one(".way", Static).update(f"Eyes may stay open; {way}.")
