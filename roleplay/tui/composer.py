"""Where the trainee writes."""

from dataclasses import dataclass

from textual.events import Key
from textual.message import Message
from textual.widgets import TextArea

from roleplay.tui.terminal_keys import tell_alt_enter_from_enter

_NEW_LINE = frozenset({"ctrl+j", "shift+enter", "alt+enter", "shift+\r", "alt+\r"})
"""The last two are what some terminals make of the two before."""


class Composer(TextArea):
    """A box that grows to six lines. Enter sends; it empties only when told that the reply is safe.

    Knows nothing of scenarios or scores.
    """

    DEFAULT_CSS = """
    Composer {
        height: auto; min-height: 3; max-height: 8; padding: 0 1;
        border: round $line; background: $background; color: $text; scrollbar-size-vertical: 1;
        &:focus { border: round $accent; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $text-muted; }
    }
    """

    @dataclass
    class Sent(Message):
        """The trainee has finished a reply, which may be empty."""

        composer: "Composer"
        text: str

        @property
        def control(self) -> "Composer":
            """Who sent it."""
            return self.composer

    class Touched(Message):
        """A key was pressed, whatever it did."""

    def __init__(self, placeholder: str = "") -> None:
        tell_alt_enter_from_enter()
        super().__init__(placeholder=placeholder, tab_behavior="focus", highlight_cursor_line=False)

    async def _on_key(self, event: Key) -> None:
        self.post_message(self.Touched())
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Sent(self, self.text))
        elif event.key in _NEW_LINE:
            event.stop()
            event.prevent_default()
            self.replace("\n", *self.selection, maintain_selection_offset=False)
        else:
            await super()._on_key(event)

    def keep(self, text: str) -> None:
        """Puts a draft into the box, with the cursor behind it."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def sent(self, text: str) -> None:
        """The reply is safe: takes it out of the box, and leaves what was typed behind it meanwhile."""
        if self.text.startswith(text):
            self.keep(self.text[len(text) :].lstrip())
