"""What every screen has: a heading, two lines of keys, and a word when the window is small."""

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen, ScreenResultType
from textual.widgets import Static

KeyRow = Sequence[tuple[str, str]]
"""Keys with what they do, side by side on one line."""


class Heading(Horizontal):
    """Where we are, on the left, and how, on the right, over a thin rule."""

    DEFAULT_CSS = """
    Heading {
        height: 2; padding: 0 1; border-bottom: solid $line;
        & > .left { width: 1fr; height: 1; color: $text; text-style: bold; }
        & > .left { text-wrap: nowrap; text-overflow: ellipsis; }
        & > .right { width: auto; height: 1; color: $text-muted; padding-left: 2; }
    }
    """

    def __init__(self, left: str, right: str = "") -> None:
        super().__init__()
        self._left = Static(left, classes="left", markup=False)
        self._right = Static(right, classes="right", markup=False)

    def compose(self) -> ComposeResult:
        """Two texts side by side."""
        yield self._left
        yield self._right

    def say(self, *, left: str | None = None, right: str | None = None) -> None:
        """Changes either text."""
        if left is not None:
            self._left.update(left)
        if right is not None:
            self._right.update(right)


class Keys(Static):
    """The keys that do something here, in at most two lines of 78 columns."""

    DEFAULT_CSS = "Keys { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }"

    def __init__(self, rows: Iterable[KeyRow] = ()) -> None:
        super().__init__(key_lines(rows), markup=False)

    def show(self, rows: Iterable[KeyRow]) -> None:
        """Shows other keys."""
        self.update(key_lines(rows))


def key_lines(rows: Iterable[KeyRow]) -> Content:
    """Rows of keys: the key in the accent's colour and bold, then what it does."""
    return Content("\n").join(
        Content("  ").join(Content.assemble((key, "bold $accent"), f" {what}") for key, what in row) for row in rows
    )


class SmallWindow(Static):
    """Stands where the keys would be when there is no room for them."""

    DEFAULT_CSS = "SmallWindow { display: none; height: 1; padding: 0 1; color: $text-muted; text-overflow: ellipsis; }"

    def say(self, width: int, height: int) -> None:
        """Names the size, so that it is plain what is wrong."""
        self.update(f"This window is small ({width}x{height}). F1 help")


class TrainerScreen(Screen[ScreenResultType]):
    """A whole screen of the trainer. Subclasses yield their middle from `body`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-usual"), (110, "-wide")]  # noqa: RUF012 - Textual's own form
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall"), (30, "-roomy")]  # noqa: RUF012
    DEFAULT_CSS = """
    TrainerScreen {
        background: $background; color: $text;
        &.-short, &.-narrow { & Keys { display: none; } & SmallWindow { display: block; } }
        &.-short Heading { height: 1; border-bottom: none; }
        &.-short Composer, &.-short Composer:focus { min-height: 1; max-height: 3; border: none; }
    }
    """
    heading = ("", "")
    """What the heading says first."""

    def compose(self) -> ComposeResult:
        """Heading, middle, keys."""
        yield Heading(*self.heading)
        yield from self.body()
        yield SmallWindow(markup=False)
        yield Keys(self.keys())

    def body(self) -> ComposeResult:
        """The middle of the screen."""
        yield from ()

    def keys(self) -> Iterable[KeyRow]:
        """What the two lines of keys say."""
        return ()

    def on_resize(self, event: Resize) -> None:
        """Says how small the window is."""
        self.query_one(SmallWindow).say(event.size.width, event.size.height)
