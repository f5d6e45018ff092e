"""Writing the debrief to a file: which format, where, and whether with the private lines."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from roleplay.debrief.render import FORMATS, SUFFIXES, rendered
from roleplay.debrief.report import Report
from roleplay.errors import RoleplayError
from roleplay.tui.debrief_moment import plain

Write = Callable[[Path, str], None]
"""Writes a text to a path, or raises OSError or RoleplayError with words for the trainee."""


def write_new(path: Path, text: str) -> None:
    """Writes a new file that only its owner can read.

    Raises:
        OSError: It exists already, or cannot be written.
    """
    opened = os.open(path.expanduser(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


class Export(ModalScreen[str]):
    """Asks for a format and a path and writes the file. Comes back with the path, or with nothing."""

    DEFAULT_CSS = """
    Export { align: center middle; background: $background 70%; }
    Export > #asked { width: 72; max-width: 94%; height: auto; max-height: 90%; padding: 1 2; background: $surface; }
    Export Input { margin: 1 0; }
    Export .note { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "turn(-1)", "Format before", priority=True),
        Binding("down", "turn(1)", "Next format", priority=True),
        Binding("tab", "private", "With private lines", priority=True),
        Binding("escape", "leave", "Leave", priority=True),
    ]

    def __init__(self, report: Report, write: Write) -> None:
        super().__init__()
        self.report = report
        self.write = write
        self.chosen = FORMATS.index("html")
        self.private = False

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        with VerticalScroll(id="asked", can_focus=False):
            yield plain("Write the debrief to a file")
            yield Input(value=f"debrief-{self.report.session or 'conversation'}{SUFFIXES['html']}")
            yield plain("", "choices")
            yield plain("enter writes it · ↑ ↓ format · tab private lines · escape leaves it", "note")
            yield plain("", "answer")

    def on_mount(self) -> None:
        """Puts the keys where they are needed."""
        self.query_one(Input).focus()
        self._show()

    def action_turn(self, by: int) -> None:
        """Chooses a format; the path follows as long as it ends as the format before."""
        before = SUFFIXES[FORMATS[self.chosen]]
        self.chosen = (self.chosen + by) % len(FORMATS)
        path = self.query_one(Input)
        if path.value.endswith(before):
            path.value = path.value.removesuffix(before) + SUFFIXES[FORMATS[self.chosen]]
        self._show()

    def action_private(self) -> None:
        """Puts in what the trainee said about themselves, or takes it out."""
        self.private = not self.private
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Writes the file, or says why not."""
        if not (name := event.value.strip()):
            self._tell("Name a file.")
            return
        try:
            self.write(Path(name), rendered(self.report, FORMATS[self.chosen], include_private=self.private))
        except FileExistsError:
            self._tell(f"There is already a file {name}. Name another.")
        except OSError as error:
            self._tell(f"{name} could not be written: {error.strerror}. Name another place.")
        except RoleplayError as error:
            self._tell(str(error))
        else:
            self.dismiss(name)

    def _show(self) -> None:
        formats = "  ".join(f"[{name}]" if name == FORMATS[self.chosen] else f" {name} " for name in FORMATS)
        private = "yes" if self.private else "no"
        self.query_one(".choices", Static).update(f"format: {formats}\nwith what I said about myself: {private}")

    def _tell(self, words: str) -> None:
        self.query_one(".answer", Static).update(words)

    def action_leave(self) -> None:
        """Comes back with nothing."""
        self.dismiss("")
