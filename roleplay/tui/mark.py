"""Something is happening here: noted first, and only then, if one likes, what it is and in which words."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static

from roleplay.debrief.plain_text import visible
from roleplay.scoring.codes import MarkKind
from roleplay.tui.entries import KINDS
from roleplay.tui.modals import Window
from roleplay.tui.pick import Pick

MISTAKE = "mistake"
_ENOUGH = "enough"


@dataclass(frozen=True)
class Marked:
    """What was said about the line."""

    kind: MarkKind | None = None
    words: str = ""


class MarkWindow(Window[Marked | None]):
    """Answers the mark; leaving it early keeps what was said so far. None means that the key was pressed by mistake."""

    title_text = "Noted: something is happening here."
    key_rows = ((("↑ ↓", "move"), ("enter", "choose"), ("esc", "leave it at that")),)

    def __init__(self, line: str) -> None:
        super().__init__()
        self.words = f"“{visible(line.strip())}”\n\nWhat is it? Only if you like."
        self._kind: MarkKind | None = None

    def body(self) -> ComposeResult:
        """The kinds; then a line for the words."""
        yield Pick(
            (
                *((kind.value, text) for kind, text in KINDS.items()),
                (_ENOUGH, "leave it at that"),
                (MISTAKE, "nothing: I pressed the key by mistake"),
            )
        )
        yield Static("Which words showed it? Only if you like.", classes="which", markup=False)
        yield Input(max_length=300)

    def on_mount(self) -> None:
        """The words come second."""
        self.query_one(OptionList).highlighted = len(KINDS)
        self._second(shown=False)

    def action_leave(self) -> None:
        """Leaves it at what was said so far."""
        self.dismiss(Marked(self._kind, self.query_one(Input).value.strip()))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == MISTAKE:
            self.dismiss(None)
        elif event.option_id == _ENOUGH:
            self.action_leave()
        else:
            self._kind = MarkKind(event.option_id or "")
            self.query_one(OptionList).display = False
            self._second(shown=True)
            self.query_one(Input).focus()

    @on(Input.Submitted)
    def _worded(self) -> None:
        self.action_leave()

    def _second(self, *, shown: bool) -> None:
        self.query_one(".which").display = shown
        self.query_one(Input).display = shown
