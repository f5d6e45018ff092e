"""A quiet place under the conversation for one thing at a time: a hint, the coach, or what went wrong."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from roleplay.debrief.plain_text import one_line, visible


class Aside(VerticalScroll, can_focus=False):
    """Empty most of the time. The coach asks first, and says the thing only when told to go on."""

    DEFAULT_CSS = """
    Aside {
        display: none; height: auto; max-height: 8; margin: 0 1; padding: 0 1; border-left: wide $accent;
        color: $text; scrollbar-size-vertical: 1;
        &.-on { display: block; }
        & > .from { color: $text-muted; }
        & > .more { color: $text-muted; text-style: italic; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._from = Static(classes="from", markup=False)
        self._said = Static(classes="said", markup=False)
        self._more = Static(classes="more", markup=False)
        self._waiting = ""

    def compose(self) -> ComposeResult:
        """From whom, what, and what else there is."""
        yield self._from
        yield self._said
        yield self._more

    @property
    def waits(self) -> bool:
        """Whether the coach has asked and not yet said the thing."""
        return bool(self._waiting)

    def say(self, who: str, text: str) -> None:
        """Shows a text at once."""
        self._waiting = ""
        self._show(who, text, "")

    def ask(self, question: str, thing: str, words: str) -> None:
        """The coach asks; the thing, with the words it rests on, waits for `reveal`."""
        self._waiting = f"“{one_line(words)}”\n{thing}" if words else thing
        self._show("Coach", question, "F2 for what I saw, or enter while the box is empty. Or just go on writing.")

    def reveal(self) -> None:
        """Shows the thing that waited."""
        thing, self._waiting = self._waiting, ""
        self._show("Coach", thing, "")

    def clear(self) -> None:
        """Empties the place."""
        self._waiting = ""
        self.remove_class("-on")

    def _show(self, who: str, text: str, more: str) -> None:
        self._from.update(who)
        self._said.update(visible(text.strip()))
        self._more.update(more)
        self._more.display = bool(more)
        self.add_class("-on")
        self.scroll_home(animate=False)
