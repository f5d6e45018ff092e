"""The debrief on the screen: the patient's account first, then the moments, then three sentences."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from roleplay.debrief.moment import Contested as Meant
from roleplay.debrief.moment import Moment
from roleplay.debrief.plain_text import visible
from roleplay.debrief.report import Report
from roleplay.debrief.telling import account_heading, heading, three_sentences, what_was_there
from roleplay.tui.debrief_export import Export, Write, write_new
from roleplay.tui.debrief_moment import MomentView, WholeMoment, plain
from roleplay.tui.debrief_pages import HowAreYou, WholeTurn, curve_page, numbers_page, path_page
from roleplay.tui.debrief_reread import Marks, RereadScreen

__all__ = ["DebriefScreen", "HowAreYou", "Marks", "RereadScreen", "Retry"]

WIDE = 110
"""From this many columns on the chosen turn is told in full beside the moments."""


@dataclass(frozen=True, slots=True)
class Retry:
    """The trainee wants to go back before the reply of this turn."""

    turn: int


class DebriefScreen(Screen[Retry | None]):
    """A conversation told back. Comes back with a `Retry`, or with None."""

    DEFAULT_CSS = """
    DebriefScreen { background: $background; }
    DebriefScreen > .title { height: 2; padding: 0 2; border-bottom: solid $panel; }
    DebriefScreen > .keys { dock: bottom; height: 3; padding: 0 2; border-top: solid $panel; color: $text-muted; }
    DebriefScreen #told { width: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    DebriefScreen #told > * { max-width: 96; }
    DebriefScreen #beside { display: none; width: 5fr; padding: 0 2 1 2; border-left: solid $panel; }
    DebriefScreen #beside { scrollbar-size-vertical: 1; }
    DebriefScreen.-wide #told { width: 7fr; }
    DebriefScreen.-wide #beside { display: block; }
    DebriefScreen .block { height: auto; padding: 0 2; margin: 0 0 1 0; }
    DebriefScreen .heading { color: $text-muted; padding: 0 2; }
    DebriefScreen .account { text-style: italic; }
    DebriefScreen .quiet { color: $text-muted; }
    DebriefScreen .rule { height: 1; margin: 0 0 1 0; padding: 0 2; color: $text-muted; border-top: solid $panel; }
    DebriefScreen .titled { height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go(1)", "Next turn"),
        Binding("k,up", "go(-1)", "Turn before"),
        Binding("enter", "whole", "Whole turn"),
        Binding("m", "models", "Other ways to say it"),
        Binding("c", "curve", "Curve"),
        Binding("g", "path", "Path, and paths not taken"),
        Binding("n", "numbers", "Numbers"),
        Binding("e", "export", "Export"),
        Binding("r", "retry", "Try again from this turn"),
        Binding("q,escape", "leave", "Leave"),
    ]

    @dataclass
    class Contested(Message):
        """The trainee said what was meant by a reply; both readings are to be kept."""

        turn: int
        meant: str

    def __init__(self, report: Report, write: Write = write_new) -> None:
        """A screen for this report.

        Args:
            report: What to tell.
            write: Writes an exported text to a path.
        """
        super().__init__()
        self.report = report
        self.write = write
        self.place = -1
        """Which moment is chosen; before the first while the account is read."""

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        yield plain(f"{heading(self.report)}", "title")
        with Horizontal():
            yield VerticalScroll(*self._told(), id="told", can_focus=False)
            yield VerticalScroll(WholeMoment(), id="beside", can_focus=False)
        yield plain(
            "j/k turn · enter whole turn · m other ways to say it · r try again from here\n"
            "c curve · g path, and paths not taken · n numbers · e export · q back",
            "keys",
        )

    def _told(self) -> list[Static | MomentView]:
        report, patient = self.report, self.report.header.patient
        left = [moment for moment in report.moments if not moment.live]
        again = [plain("↺ Tries left behind", "rule titled")] if left else []
        return [
            *self._account(),
            *(MomentView(moment, patient) for moment in report.live_moments),
            *again,
            *(MomentView(moment, patient) for moment in left),
            plain("", "rule"),
            *(plain(f"{label}: {text}", "block") for label, text in three_sentences(report)),
            plain("", "rule"),
            plain("\n".join((report.label, *report.disclaimers)), "block quiet"),
        ]

    def _account(self) -> list[Static]:
        close = self.report.close
        if close is None:
            text = f"{self.report.unfinished} What the patient would say about it comes when it is."
            return [plain(text, "block"), plain("", "rule")]
        parts = [plain(account_heading(self.report), "heading"), plain(f"“{visible(close.account)}”", "block account")]
        if close.aftermath:
            parts += [plain("Afterwards", "heading"), plain(visible(close.aftermath), "block")]
        return [*parts, plain("\n".join(what_was_there(self.report)), "block quiet"), plain("", "rule")]

    @on(Resize)
    def _make_room(self, event: Resize) -> None:
        self.set_class(event.size.width >= WIDE, "-wide")

    # Choosing a turn.

    @property
    def chosen(self) -> Moment | None:
        """The moment that keys act on: the chosen one, or the first."""
        views = list(self.query(MomentView))
        return views[max(self.place, 0)].moment if views else None

    def action_go(self, by: int) -> None:
        """Chooses the next turn, or the one before."""
        views = list(self.query(MomentView))
        if not views:
            return
        before, self.place = self.place, min(max(self.place + by, -1), len(views) - 1)
        for place, view in enumerate(views):
            view.set_class(place == self.place, "-here")
        told = self.query_one("#told", VerticalScroll)
        if self.place < 0:
            told.scroll_home(animate=False)
        elif by > 0 and before == self.place:
            told.scroll_end(animate=False)
        else:
            views[self.place].scroll_visible(animate=False)
        self.query_one(WholeMoment).show(views[self.place].moment if self.place >= 0 else None)

    # Behind a key.

    def action_whole(self) -> None:
        """Opens the chosen turn."""
        self._open(models=False)

    def action_models(self) -> None:
        """Opens the chosen turn with other ways to say it."""
        self._open(models=True)

    def _open(self, *, models: bool) -> None:
        if moment := self.chosen:
            page = WholeTurn(moment, self.report.header.patient, models=models)
            self.app.push_screen(page, lambda words: self._contest(moment, words))

    def _contest(self, moment: Moment, words: str | None) -> None:
        """Keeps what was meant beside how it was read, and tells the app."""
        if not words:
            return
        item = Meant(meant=words, code="")
        for view in self.query(MomentView):
            if view.moment == moment:
                view.show(moment.model_copy(update={"contested": (*moment.contested, item)}))
        self.post_message(self.Contested(moment.turn, words))

    def action_curve(self) -> None:
        """Opens the curve."""
        self.app.push_screen(curve_page(self.report))

    def action_path(self) -> None:
        """Opens the path, and the paths not taken."""
        self.app.push_screen(path_page(self.report))

    def action_numbers(self) -> None:
        """Opens the numbers."""
        self.app.push_screen(numbers_page(self.report))

    def action_export(self) -> None:
        """Asks where to write the debrief."""
        self.app.push_screen(Export(self.report, self.write), self._written)

    def _written(self, name: str | None) -> None:
        if name:
            self.notify(f"Written to {name}.", markup=False)

    def action_retry(self) -> None:
        """Comes back with the turn to try again."""
        if (moment := self.chosen) is None or not moment.answered:
            self.notify("There is no reply to give anew here.", markup=False)
        elif moment.turn > self.report.header.replies:
            self.notify("This turn belongs to a try left behind. Choose one that holds.", markup=False)
        else:
            self.dismiss(Retry(moment.turn))

    def action_leave(self) -> None:
        """Leaves without anything."""
        self.dismiss(None)
