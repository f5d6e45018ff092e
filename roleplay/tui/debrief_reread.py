"""Rereading in assess mode, before any result: where was the strain? Shows nothing of the truth."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from roleplay.debrief.moment import Moment
from roleplay.debrief.plain_text import one_line, visible
from roleplay.debrief.report import Report
from roleplay.debrief.wording import KINDS
from roleplay.scoring.codes import MarkKind
from roleplay.tui.debrief_moment import plain

Marks = dict[int, MarkKind | None]
"""Turn (the reply after the line) to the kind, or to None where no kind was said."""

KEYS = {
    "w": MarkKind.WITHDRAWAL,
    "o": MarkKind.CONFRONTATION,
    "h": MarkKind.HIDDEN,
    "x": MarkKind.MIXED,
}


class RereadLine(Vertical):
    """A line of the patient with the reply; `kind` is shown once it is marked."""

    DEFAULT_CSS = """
    RereadLine { height: auto; padding: 0 1; margin: 0 0 1 0; border-left: blank; }
    RereadLine.-here { border-left: thick $accent; }
    RereadLine Horizontal { height: auto; }
    RereadLine .number { width: 3; color: $text-muted; }
    RereadLine .who { width: 11; color: $text-muted; }
    RereadLine .told { width: 1fr; }
    RereadLine .aside { padding-left: 14; }
    RereadLine .line { text-style: bold; }
    RereadLine .cue { text-style: italic; color: $text-muted; }
    RereadLine .said { color: $text-accent; }
    """

    marked: reactive[str] = reactive("", recompose=True)
    """What is said of the mark; empty where there is none."""

    def __init__(self, moment: Moment, patient: str) -> None:
        super().__init__()
        self.moment = moment
        self.patient = patient

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        moment = self.moment
        yield Horizontal(
            plain(str(moment.turn), "number"),
            plain(visible(self.patient)[:10], "who"),
            plain(visible(moment.line), "told line"),
        )
        if moment.cue:
            yield plain(one_line(moment.cue), "aside cue")
        if self.marked:
            yield plain(self.marked, "aside")
        if moment.answered:
            words = visible(moment.said) or "you say nothing for a while"
            yield Horizontal(plain("", "number"), plain("you", "who"), plain(words, "told said"))


class RereadScreen(Screen[Marks | None]):
    """Walks the patient's lines. Comes back with the marks, or None when it was left for later."""

    DEFAULT_CSS = """
    RereadScreen { background: $background; }
    RereadScreen > .title { height: auto; padding: 0 2; border-bottom: solid $panel; }
    RereadScreen VerticalScroll { padding: 1 1; scrollbar-size-vertical: 1; }
    RereadScreen VerticalScroll > * { max-width: 100; }
    RereadScreen > .keys { dock: bottom; height: 3; padding: 0 2; border-top: solid $panel; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go(1)", "Next line"),
        Binding("k,up", "go(-1)", "Line before"),
        Binding("m", "mark", "Mark"),
        *(Binding(key, f"kind('{kind.value}')", KINDS[kind], show=False) for key, kind in KEYS.items()),
        Binding("f", "finish", "Finish"),
        Binding("q,escape", "later", "Later"),
    ]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.moments = [moment for moment in report.live_moments if moment.answered]
        self.patient = report.header.patient
        self.marks: Marks = {}
        self.place = 0

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        yield plain("Read it once more. Where was something happening between you?", "title")
        yield VerticalScroll(*(RereadLine(moment, self.patient) for moment in self.moments), can_focus=False)
        yield plain("", "keys")

    def on_mount(self) -> None:
        """Puts the keys where they are needed."""
        self._show()

    def action_go(self, by: int) -> None:
        """Goes to the next line, or the one before."""
        self.place = min(max(self.place + by, 0), max(len(self.moments) - 1, 0))
        self._show()

    def action_mark(self) -> None:
        """Marks the line, or takes the mark back."""
        if not self.moments:
            return
        turn = self.moments[self.place].turn
        if turn in self.marks:
            del self.marks[turn]
        else:
            self.marks[turn] = None
        self._show()

    def action_kind(self, kind: str) -> None:
        """Says what it was; only once the line is marked."""
        if self.moments and (turn := self.moments[self.place].turn) in self.marks:
            self.marks[turn] = MarkKind(kind)
            self._show()

    def action_finish(self) -> None:
        """Comes back with the marks."""
        self.dismiss(dict(self.marks))

    def action_later(self) -> None:
        """Comes back with nothing, so that it can be done later."""
        self.dismiss(None)

    def _show(self) -> None:
        lines = list(self.query(RereadLine))
        for place, line in enumerate(lines):
            line.set_class(place == self.place, "-here")
            line.marked = self._said(line.moment.turn)
        if lines:
            lines[self.place].scroll_visible(animate=False)
        marked = bool(self.moments) and self.moments[self.place].turn in self.marks
        kinds = "if you like: w withdrawal · o confrontation · h something hidden · x mixed" if marked else ""
        keys = f"j/k line · m {'take the mark back' if marked else 'something was happening here'} · f finish · q later"
        self.query_one(".keys", Static).update(f"{keys}\n{kinds}")

    def _said(self, turn: int) -> str:
        if turn not in self.marks:
            return ""
        kind = self.marks[turn]
        return f"● something was happening: {KINDS[kind]}" if kind else "● something was happening"
