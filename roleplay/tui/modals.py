"""Small windows over a screen: a choice, one line, a word from the program, and the step out of role."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, OptionList, Static

from roleplay.debrief.plain_text import visible
from roleplay.tui.frame import KeyRow, key_lines
from roleplay.tui.pick import Pick


class Window(ModalScreen[ScreenResultType]):
    """A frame in the middle of the screen, with a title, some words, and its keys at the bottom."""

    DEFAULT_CSS = """
    Window {
        align: center middle;
        & > VerticalScroll {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            padding: 1 2; border: round $accent; background: $surface; color: $text;
        }
        & .title { color: $patient; text-style: bold; margin-bottom: 1; }
        & .words { margin-bottom: 1; }
        & .keys { color: $text-muted; margin-top: 1; }
        & OptionList { border: none; padding: 0; background: $surface; background-tint: transparent; max-height: 14; }
        & OptionList:focus { border: none; background-tint: transparent; }
        & Input { border: none; height: 1; padding: 0 1; background: $panel; color: $patient; }
        & Input { background-tint: transparent; }
        & Input:focus { border: none; background-tint: transparent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close", show=False)]
    title_text = ""
    """What stands at the top."""
    words = ""
    """What stands under it."""
    key_rows: Sequence[KeyRow] = ()

    def compose(self) -> ComposeResult:
        """Title, words, the middle, keys."""
        with VerticalScroll(can_focus=False):
            yield Static(self.title_text, classes="title", markup=False)
            if self.words:
                yield Static(self.words, classes="words", markup=False)
            yield from self.body()
            yield Static(key_lines(self.key_rows), classes="keys", markup=False)

    def body(self) -> ComposeResult:
        """The middle of the window."""
        yield from ()

    def action_leave(self) -> None:
        """Closes it with no answer."""
        self.dismiss(None)


class Told(Window[None]):
    """Something the program has to say."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "leave", "Close", show=False)]
    key_rows = ((("enter", "close"),),)

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title_text, self.words = title, visible(words)


class Choice(Window[str | None]):
    """One of several; answers its id, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(str(n), f"pick({n})", show=False) for n in range(1, 10)]
    key_rows = ((("↑ ↓", "move"), ("enter", "choose"), ("esc", "back")),)

    def __init__(self, title: str, options: Iterable[tuple[str, str]], words: str = "", *, start: int = 0) -> None:
        super().__init__()
        self.title_text, self.words = title, visible(words)
        self._options = tuple(options)
        self._start = start

    def body(self) -> ComposeResult:
        """The options, numbered."""
        yield Pick((key, _numbered(n, text)) for n, (key, text) in enumerate(self._options, 1))

    def on_mount(self) -> None:
        """The first option stands ready."""
        self.query_one(OptionList).highlighted = self._start

    def action_pick(self, number: int) -> None:
        """Chooses by number."""
        if number <= len(self._options):
            self.dismiss(self._options[number - 1][0])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


def _numbered(number: int, text: str) -> Content:
    return Content.assemble((f"{number} " if number < 10 else "  ", "$text-muted"), f" {visible(text)}")


class AskLine(Window[str | None]):
    """One line of the trainee's own; answers it stripped, or None."""

    key_rows = ((("enter", "done"), ("esc", "back")),)

    def __init__(
        self, title: str, words: str = "", *, value: str = "", placeholder: str = "", empty: bool = False
    ) -> None:
        super().__init__()
        self.title_text, self.words = title, visible(words)
        self._value, self._placeholder, self._empty = value, placeholder, empty

    def body(self) -> ComposeResult:
        """The line."""
        yield Input(self._value)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        if line := event.value.strip():
            self.dismiss(line)


class UrgeWindow(Window[str | None]):
    """The pull before the reply, in one word: from the list, or one's own. Answers the word, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]
    title_text = "My urge"
    words = "Before you reply: what does it pull you to do? Only you see this."
    key_rows = ((("↑ ↓", "move"), ("enter", "note it"), ("esc", "back")),)

    def __init__(self, urges: Sequence[str]) -> None:
        super().__init__()
        self._urges = urges

    def body(self) -> ComposeResult:
        """A line for a word of one's own over the list."""
        yield Input(placeholder="or a word of your own", max_length=40)
        yield Pick((urge, urge) for urge in self._urges)

    def on_mount(self) -> None:
        """Letters go to the line, arrows to the list."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()

    def action_move(self, by: int) -> None:
        """Moves along the list."""
        urges = self.query_one(OptionList)
        urges.highlighted = ((urges.highlighted or 0) + by) % len(self._urges)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._urges[event.option_index])

    @on(Input.Submitted)
    def _noted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or self._urges[self.query_one(OptionList).highlighted or 0])


class OutOfRole(Choice):
    """The step out of role, when the trainee's own words may be about their own safety.

    Answers `stop`, `back` or `role`; leaving it is `back`.
    """

    def __init__(self, support_text: str, *, in_role: bool = True) -> None:
        """The window with a site's support text; `in_role` where the words were meant for the patient."""
        role = "It was a line in my role as therapist. Go on with it." if in_role else "It is fine to keep these words."
        super().__init__(
            "Stepping out of the role-play for a moment",
            (
                ("stop", "Stop here. The conversation is kept, these words are not."),
                ("back", "Go back. These words are not sent and not kept."),
                ("role", role),
            ),
            f"This may be about you. If it is: it matters more than any exercise.\n\n{support_text}\n\n"
            "What you wrote has not been sent or saved.",
        )

    def action_leave(self) -> None:
        """Leaving is going back."""
        self.dismiss("back")
