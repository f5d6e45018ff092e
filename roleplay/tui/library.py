"""The patients: choose one, or go on where you left off. Imports nothing heavy: it is on the first frame."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.debrief.plain_text import visible
from roleplay.practice.shelf import Row, Shelf
from roleplay.tui.frame import Heading, KeyRow, Keys, TrainerScreen
from roleplay.tui.library_row import row_content

EMPTY = (
    "There are no patients here yet. Put scenario files (*.yaml) into a folder, name the folder in "
    "ROLEPLAY_SCENARIOS, and start the program again."
)
NOT_FOUND = "No patient fits “{words}”. Escape shows all again."
FAMILIES_SHOWN = "Families are shown: knowing one gives the answer away. f hides them."


class LibraryScreen(TrainerScreen[None]):
    """Rows of patients over a few words about the chosen one."""

    DEFAULT_CSS = """
    LibraryScreen {
        align-horizontal: center;
        & #shelf { height: 1fr; max-width: 112; }
        & OptionList {
            height: 1fr; border: none; padding: 1 1 0 0; background: $background; background-tint: transparent;
            scrollbar-size-vertical: 1;
        }
        & OptionList:focus { border: none; background-tint: transparent; }
        & Input { border: none; height: 1; margin: 0 1; padding: 0 1; background: $panel; }
        & Input { background-tint: transparent; color: $patient; }
        & Input:focus { border: none; background-tint: transparent; }
        & #about { height: auto; min-height: 4; max-height: 7; padding: 0 1; }
        & #about { border-top: solid $line; border-bottom: solid $line; }
        &.-short #about { max-height: 3; min-height: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "mode", "Practice or assess"),
        Binding("d", "debrief", "Last debrief"),
        Binding("f", "families", "Show or hide families"),
        Binding("s", "app.settings", "Settings"),
        Binding("slash", "search", "Search"),
        Binding("escape", "all", "Show all again"),
        Binding("q", "app.quit", "Quit"),
    ]
    heading = ("Role-play · patients", "")

    @dataclass
    class Chosen(Message):
        """A row was chosen, to begin or go on with."""

        row: Row

    @dataclass
    class DebriefWanted(Message):
        """The last debrief of a row is wanted."""

        row: Row

    class ModeToggled(Message):
        """The other mode is wanted."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode
        self._shelf: Shelf | None = None
        self._shown: list[Row] = []
        self._families = False

    def body(self) -> ComposeResult:
        """Search, rows, and what is told of the chosen one."""
        with Vertical(id="shelf"):
            yield Input(placeholder="search: name, title, setting or content")
            yield OptionList()
            yield Static("Opening the library …", id="about", markup=False)

    def on_mount(self) -> None:
        """Nothing is searched for yet."""
        self.query_one(Input).display = False
        self.query_one(OptionList).focus()
        self.say_mode(self._mode)

    def keys(self) -> Iterable[KeyRow]:
        """What can be done here."""
        other = "assess" if self._mode == "practice" else "practice"
        return (
            (("enter", "begin"), ("p", f"to {other}"), ("d", "last debrief"), ("/", "search"), ("f", "families")),
            (("s", "settings"), ("F1", "help"), ("ctrl+p", "all commands"), ("q", "quit")),
        )

    # What the app tells.

    def say_mode(self, mode: str) -> None:
        """Shows the mode in which the next conversation begins."""
        self._mode = mode
        self.query_one(Heading).say(right=f"{mode} · F1 help")
        self.query_one(Keys).show(self.keys())

    def stock(self, shelf: Shelf) -> None:
        """Shows the rows: an unfinished conversation is offered, else the chosen row stays chosen."""
        self._shelf = shelf
        self._fill()
        if self._shown and self._shown[0].kind == "resume":
            self.query_one(OptionList).highlighted = 0

    def say(self, text: str) -> None:
        """Says something where the chosen patient is told of."""
        self.query_one("#about", Static).update(visible(text))

    # Rows.

    def _fill(self) -> None:
        rows = self.query_one(OptionList)
        before = self._here
        words = self.query_one(Input).value if self.query_one(Input).display else ""
        shelf = self._shelf or Shelf()
        self._shown = [row for row in shelf.rows if row.matches(words)]
        place = next((n for n, row in enumerate(self._shown) if before and _same(row, before)), 0)
        rows.clear_options()
        rows.add_options(Option(content) for content in self._drawn(place))
        rows.highlighted = place if self._shown else None
        self._tell(words)

    def _drawn(self, chosen: int | None) -> list[Content]:
        width = max(20, self.query_one(OptionList).scrollable_content_region.width)
        return [
            row_content(row, width, chosen=place == chosen, family=self._families)
            for place, row in enumerate(self._shown)
        ]

    def _redraw(self) -> None:
        rows = self.query_one(OptionList)
        for place, content in enumerate(self._drawn(rows.highlighted)):
            rows.replace_option_prompt_at_index(place, content)

    def _tell(self, words: str = "") -> None:
        shelf = self._shelf or Shelf()
        parts = [Content.styled(visible(shelf.problem), "bold")] if shelf.problem else []
        if self._here is not None:
            parts += _told(self._here)
        elif words:
            parts.append(Content(NOT_FOUND.format(words=visible(words))))
        elif not shelf.problem:
            parts.append(Content(EMPTY))
        if self._families:
            parts.append(Content.styled(FAMILIES_SHOWN, "$text-muted"))
        self.query_one("#about", Static).update(Content("\n").join(parts))

    @property
    def _here(self) -> Row | None:
        place = self.query_one(OptionList).highlighted
        return self._shown[place] if place is not None and place < len(self._shown) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._redraw()
        self._tell()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.post_message(self.Chosen(self._shown[event.option_index]))

    def on_resize(self, event: Resize) -> None:
        """The columns follow the width."""
        super().on_resize(event)
        self.call_after_refresh(self._redraw)

    # Keys.

    def action_mode(self) -> None:
        """Practice or assess."""
        self.post_message(self.ModeToggled())

    def action_debrief(self) -> None:
        """The last debrief of the chosen patient."""
        if self._here is not None:
            self.post_message(self.DebriefWanted(self._here))

    def action_families(self) -> None:
        """Shows or hides what gives the answer away."""
        self._families = not self._families
        self._redraw()
        self._tell()

    def action_search(self) -> None:
        """Opens the search."""
        search = self.query_one(Input)
        search.display = True
        search.focus()

    def action_all(self) -> None:
        """Ends the search."""
        search = self.query_one(Input)
        search.value = ""
        search.display = False
        self.query_one(OptionList).focus()
        self._fill()

    @on(Input.Changed)
    def _searched(self) -> None:
        if self._shelf is not None:
            self._fill()

    @on(Input.Submitted)
    def _found(self) -> None:
        self.query_one(OptionList).focus()

    def commands(self) -> Iterable[SystemCommand]:
        """What the command palette offers here."""
        yield SystemCommand("Practice or assess", "p: the mode of the next conversation", self.action_mode)
        yield SystemCommand("Last debrief", "d: of the chosen patient", self.action_debrief)
        yield SystemCommand("Search", "/: by name, title, setting or content", self.action_search)
        yield SystemCommand("Families", "f: show or hide what gives the answer away", self.action_families)


def _same(row: Row, other: Row) -> bool:
    return (row.kind, row.who, row.what) == (other.kind, other.who, other.what)


def _told(row: Row) -> list[Content]:
    told = [Content(row.about)] if row.about else []
    if row.content:
        told.append(Content.assemble(("Contains: ", "bold"), f"{row.content}."))
    return told
