"""One page before the conversation: who, where, what came before, and what is promised."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.debrief.plain_text import one_line
from roleplay.scenarios.model import Scenario
from roleplay.tui.card import folded, paragraphs, where, who
from roleplay.tui.frame import KeyRow, TrainerScreen

PROMISE = (
    "This is practice: nobody is graded, nothing leaves this machine,\n"
    "stop at any time. Patients are fictional; do not type real client information."
)
WHAT_TO_DO = "Talk with {name} as you would. You write your own words, and {name} answers what you do."
MODES = {
    "practice": "Practice: a coach, hints and going back are there when you ask.",
    "assess": "Assess: no help on the way. You reread the conversation before you see anything about it.",
}


class BriefingScreen(TrainerScreen[bool]):
    """Answers whether to begin."""

    DEFAULT_CSS = """
    BriefingScreen {
        & VerticalScroll { height: 1fr; align-horizontal: center; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
        & VerticalScroll > Static { width: 100%; max-width: 84; margin-bottom: 1; }
        & .who { color: $patient; text-style: bold; margin-bottom: 0; }
        & .where { color: $text-muted; }
        & #promise { height: auto; padding: 0 1; border-top: solid $line; border-bottom: solid $line; color: $accent; }
        &.-short #promise { border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Begin"),
        Binding("escape,q", "answer(False)", "Back"),
        Binding("down,j,pagedown,space", "scroll(1)", "Read on", show=False),
        Binding("up,k,pageup", "scroll(-1)", "Read back", show=False),
    ]

    def __init__(self, scenario: Scenario, mode: str) -> None:
        super().__init__()
        self._scenario = scenario
        self._mode = mode
        self.heading = (one_line(scenario.title), mode)

    def body(self) -> ComposeResult:
        """The page."""
        scenario = self._scenario
        with VerticalScroll(can_focus=False):
            yield Static(who(scenario), classes="who", markup=False)
            yield Static(where(scenario), classes="where", markup=False)
            yield Static(folded(scenario.patient.background), markup=False)
            for paragraph in paragraphs(scenario.briefing):
                yield Static(paragraph, markup=False)
            if scenario.content:
                yield Static(contains(scenario.content), classes="content", markup=False)
            yield Static(WHAT_TO_DO.format(name=one_line(scenario.patient.called)), markup=False)
            yield Static(MODES[self._mode], classes="where", markup=False)
        yield Static(PROMISE, id="promise", markup=False)

    def keys(self) -> Iterable[KeyRow]:
        """Begin, or not."""
        return ((("enter", "begin"), ("↑ ↓", "read"), ("esc", "back"), ("F1", "help"), ("ctrl+q", "quit")),)

    def action_answer(self, begin: bool) -> None:  # noqa: FBT001 - an action's argument has no name
        """Begin, or back to the patients."""
        self.dismiss(begin)

    def action_scroll(self, by: int) -> None:
        """Reads on or back."""
        self.query_one(VerticalScroll).scroll_relative(y=by * 4, animate=False)


def contains(notes: Iterable[str]) -> Content:
    """The content notes."""
    return Content.assemble(("Contains: ", "bold"), one_line(", ".join(notes)), ".")
