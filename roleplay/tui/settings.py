"""The settings: arrows change them, and each change is kept at once."""

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from roleplay.debrief.plain_text import one_line
from roleplay.errors import RoleplayError
from roleplay.practice.settings import Settings, changed, choices_of
from roleplay.tui.modals import AskLine, Window
from roleplay.tui.pick import Pick

NAMES = {
    "theme": "Colours",
    "pace": "Pace of the patient's lines",
    "reduced_motion": "Reduced motion",
    "coach": "The coach speaks unasked",
    "trainee": "Your pseudonym",
    "support_text": "Support text",
}
_WORDS = {"when_stuck": "when I am stuck", "True": "on", "False": "off"}
ABOUT = {
    "theme": "All three keep enough contrast to read by.",
    "pace": "How fast words arrive. Any key completes a line, and typing never waits.",
    "reduced_motion": "Nothing moves or goes on by itself, pauses included.",
    "coach": "In practice mode, after the patient has answered. F2 asks the coach at any time.",
    "trainee": "What your conversations are filed under from the next one on. No real name is needed.",
    "support_text": "Shown when what you write may be about your own safety. Your site may put a number here.",
}


class SettingsScreen(Window[None]):
    """One row a setting."""

    DEFAULT_CSS = """
    SettingsScreen > VerticalScroll { width: 78; }
    SettingsScreen .about { color: $text-muted; height: auto; min-height: 2; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("q,f10", "leave", show=False),
    ]
    title_text = "Settings"
    key_rows = ((("↑ ↓", "move"), ("← →", "change"), ("enter", "change, or write"), ("esc", "done")),)

    def __init__(self, settings: Settings, save: Callable[[Settings], None], problem: str = "") -> None:
        """A window over settings.

        Args:
            settings: What holds now.
            save: Keeps them and puts them to work; may raise a RoleplayError.
            problem: What was wrong with the file they came from.
        """
        super().__init__()
        self._settings = settings
        self._save = save
        self._problem = problem

    def body(self) -> ComposeResult:
        """The rows, and a word on the chosen one."""
        yield Pick((name, self._row(name)) for name in NAMES)
        yield Static(self._problem, classes="about", markup=False)

    def on_mount(self) -> None:
        """The first row stands ready."""
        self.query_one(OptionList).highlighted = 0

    def action_turn(self, by: int) -> None:
        """The next value, or the one before."""
        name = self._here
        if choices := choices_of(name):
            place = choices.index(getattr(self._settings, name))
            self._set(name, choices[(place + by) % len(choices)])

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        if choices_of(self._here):
            self.action_turn(1)
        else:
            self.write_one(self._here)

    @work
    async def write_one(self, name: str) -> None:
        """Asks for a text of one's own."""
        value = await self.app.push_screen_wait(AskLine(NAMES[name], ABOUT[name], value=getattr(self._settings, name)))
        if value is not None:
            self._set(name, value)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        if not self._problem:
            self._say(ABOUT[self._here])

    def _set(self, name: str, value: object) -> None:
        self._problem = ""
        try:
            new = changed(self._settings, name, value)
            self._save(new)
        except RoleplayError as error:
            self._say(str(error))
            return
        self._settings = new
        self.query_one(Pick).restate(name, self._row(name))
        self._say(ABOUT[name])

    @property
    def _here(self) -> str:
        return list(NAMES)[self.query_one(OptionList).highlighted or 0]

    def _say(self, text: str) -> None:
        self.query_one(".about", Static).update(text)

    def _row(self, name: str) -> Content:
        value = str(getattr(self._settings, name))
        shown = one_line(_WORDS.get(value, value))
        shown = shown if len(shown) <= 34 else f"{shown[:33]}…"
        arrows = ("‹ ", " ›") if choices_of(name) else ("", "")
        return Content.assemble(f"{NAMES[name]:<30}", f"{arrows[0]}{shown}{arrows[1]}")
