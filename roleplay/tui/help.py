"""Every key there is, in words."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.tui.modals import Window

KEYS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        "In the conversation",
        (
            ("enter", "send what stands in the box"),
            ("ctrl+j", "a new line (also shift+enter or alt+enter, where the terminal passes them on)"),
            ("F5", "something is happening here: only then, and only if you like, what, and in which words"),
            ("F6", "my urge before I reply, in one word; for you alone"),
            ("F7", "say nothing for a while; the patient hears that too"),
            ("F8", "a pause of 20, 60 or 180 seconds; esc ends it at any time"),
            ("F2", "the coach; • says that there is something about the exchange that is over"),
            ("F3", "go back before a reply and try again; after a second try there are model replies, under m"),
            ("F4", "not what I meant: say it in a line; then go on, or go back"),
            ("F9", "a hint about the waiting line"),
            ("pageup", "read back in the conversation, and pagedown forth again"),
            ("esc", "close what is said under the conversation"),
            ("ctrl+l", "back to the patients; the conversation is kept"),
        ),
    ),
    (
        "Among the patients",
        (
            ("enter", "begin with the chosen patient, or go on where you left off"),
            ("p", "practice or assess: in assess mode there is no coach, hint or going back until the end"),
            ("d", "the last debrief of the chosen patient"),
            ("/", "search by name, title, setting or content; esc shows all again"),
            ("f", "show or hide families; knowing one gives the answer away"),
            ("s", "settings"),
            ("q", "quit"),
        ),
    ),
    (
        "In the debrief",
        (
            ("j k", "the next turn, the one before (also ↓ and ↑)"),
            ("enter", "the whole turn: words, rule, what else could be said; x contests it"),
            ("m", "other ways to say it"),
            ("c g n", "the curve; the path and paths not taken; the numbers"),
            ("e", "write the debrief to a file"),
            ("r", "try again from this turn"),
            ("q", "back (also esc)"),
        ),
    ),
    (
        "Everywhere",
        (
            ("F1", "this page"),
            ("F10", "settings: colours, pace, motion, coach, name, support text"),
            ("ctrl+p", "all commands, by name"),
            ("ctrl+q", "stop; everything is saved (ctrl+c does the same)"),
        ),
    ),
)
SIGNS = "▲ strain   ● noticed, or done towards repair   ○ missed, or away from it   ‖ pause   ↺ another try"


class HelpScreen(Window[None]):
    """Every key. Closes with escape, enter, q or F1."""

    DEFAULT_CSS = """
    HelpScreen > VerticalScroll { width: 86; scrollbar-size-vertical: 1; }
    HelpScreen .page { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,f1", "leave", "Close", show=False, priority=True),
        Binding("down,j,space,pagedown", "scroll(1)", show=False),
        Binding("up,k,pageup", "scroll(-1)", show=False),
    ]
    title_text = "Every key"
    key_rows = ((("↑ ↓", "read"), ("esc", "close")),)

    def body(self) -> ComposeResult:
        """Section by section."""
        for title, keys in KEYS:
            yield Static(Content.styled(title, "bold"), markup=False)
            for key, what in keys:
                yield KeyLine(key, what)
            yield Static("")
        yield Static(SIGNS, markup=False)

    def action_scroll(self, by: int) -> None:
        """Reads on or back."""
        self.query_one(VerticalScroll).scroll_relative(y=by * 5, animate=False)


class KeyLine(Horizontal):
    """A key and what it does, the words in their own column."""

    DEFAULT_CSS = """
    KeyLine {
        height: auto;
        & > .key { width: 10; padding-left: 2; color: $accent; text-style: bold; }
        & > .what { width: 1fr; }
    }
    """

    def __init__(self, key: str, what: str) -> None:
        super().__init__(Static(key, classes="key", markup=False), Static(what, classes="what", markup=False))
