"""Pages behind a key of the debrief: a whole turn, the curve, the path, the numbers."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.console import Group, RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from roleplay.debrief.as_terminal import table_grid
from roleplay.debrief.moment import Moment
from roleplay.debrief.plot import plotted
from roleplay.debrief.report import Report
from roleplay.debrief.tables import curve_table, never_told, number_tables, path_table, ways_told
from roleplay.tui.debrief_moment import MomentView, WholeMoment, plain


class Page(Screen[str]):
    """A page to read and leave again."""

    DEFAULT_CSS = """
    Page { background: $background; }
    Page .title { height: 2; padding: 0 2; border-bottom: solid $panel; }
    Page VerticalScroll { padding: 1 2; scrollbar-size-vertical: 1; }
    Page VerticalScroll > * { max-width: 100; }
    Page .keys { dock: bottom; height: 2; padding: 0 2; border-top: solid $panel; color: $text-muted; }
    Page .note { color: $text-muted; }
    Page .way { padding-left: 4; }
    Page .plot { text-wrap: nowrap; text-overflow: ellipsis; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,enter", "back", "Back"),
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]
    keys = "j/k scroll · q back"

    def __init__(self, title: str, parts: Sequence[Widget]) -> None:
        super().__init__()
        self.heading = title
        self.parts = parts

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        yield plain(self.heading, "title")
        yield VerticalScroll(*self.parts)
        yield plain(self.keys, "keys")

    def on_mount(self) -> None:
        """Puts the keys where they are needed."""
        self.query_one(VerticalScroll).focus()

    def action_back(self) -> None:
        """Leaves the page."""
        self.dismiss("")

    def action_scroll_down(self) -> None:
        """One line down."""
        self.query_one(VerticalScroll).scroll_down()

    def action_scroll_up(self) -> None:
        """One line up."""
        self.query_one(VerticalScroll).scroll_up()


class WholeTurn(Page):
    """One turn with everything that it rests on. Comes back with what the trainee meant, if that was said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "models", "Other ways to say it"),
        Binding("x", "contest", "Not what I meant"),
    ]
    keys = "j/k scroll · m other ways to say it · x not what I meant · q back"

    def __init__(self, moment: Moment, patient: str, *, models: bool = False) -> None:
        self.whole = WholeMoment(moment, models=models)
        super().__init__(f"Turn {moment.turn}", [MomentView(moment, patient), self.whole])
        self.moment = moment

    def action_models(self) -> None:
        """Shows or hides other ways to say it."""
        self.whole.show(self.moment, models=not self.whole.models)
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)

    def action_contest(self) -> None:
        """Asks what was meant."""
        if not self.moment.answered or not self.moment.live:
            self.notify("Only a reply that holds can be contested.", markup=False)
        else:
            self.app.push_screen(OneLine("What did you mean by it?", "Both readings are kept."), self._meant)

    def _meant(self, words: str | None) -> None:
        if words:
            self.dismiss(words)


class OneLine(ModalScreen[str]):
    """Asks for one line. Comes back with it, or with nothing when it was skipped."""

    DEFAULT_CSS = """
    OneLine { align: center middle; background: $background 70%; }
    OneLine > #asked { width: 70; max-width: 92%; height: auto; padding: 1 2; background: $surface; }
    OneLine Input { margin: 1 0; }
    OneLine .note { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "skip", "Skip", priority=True)]

    def __init__(self, question: str, note: str = "") -> None:
        super().__init__()
        self.question = question
        self.note = note

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        with VerticalScroll(id="asked"):
            yield plain(self.question)
            yield Input()
            yield plain(" ".join(part for part in (self.note, "enter keeps it · escape skips it") if part), "note")

    def on_mount(self) -> None:
        """Puts the keys where they are needed."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Comes back with the line."""
        self.dismiss(event.value.strip())

    def action_skip(self) -> None:
        """Comes back with nothing."""
        self.dismiss("")


class HowAreYou(OneLine):
    """First: how is the trainee? One line, skippable, private. Comes back with the line or with nothing."""

    def __init__(self) -> None:
        super().__init__("First: how are you after that?", "One line, for you alone.")


def curve_page(report: Report) -> Page:
    """Trust and tension of every run."""
    parts: list[Widget] = []
    for curve in report.curves:
        parts += [
            plain("\n".join(plotted(curve)), "plot"),
            _drawn([table_grid(curve_table(curve))]),
        ]
    return Page("Trust and tension", parts or [plain("Nothing was replied yet.")])


def path_page(report: Report) -> Page:
    """The ways taken, and those not taken."""
    path = report.path
    if not path.runs:
        return Page("Path, and paths not taken", [plain("Nothing was replied yet.")])
    parts: list[Widget] = [_drawn([table_grid(path_table(run))]) for run in path.runs]
    if path.not_taken:
        parts.append(plain("Paths not taken"))
    for start, ways in ways_told(path.not_taken):
        parts.append(plain(f"\n{start}"))
        parts += [plain(way, "way") for way in ways]
    if path.never_opened:
        parts.append(plain(f"\n{never_told(path.never_opened)}", "note"))
    return Page("Path, and paths not taken", parts)


def numbers_page(report: Report) -> Page:
    """Every figure with its n."""
    parts: list[Widget] = [_drawn([table_grid(table)]) for table in number_tables(report)]
    return Page("Numbers", [*parts, plain(report.label, "note")])


def _drawn(lines: Iterable[RenderableType]) -> Widget:
    return Static(Group(*lines), markup=False)
