"""Choosing the reply to go back before."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from roleplay.debrief.plain_text import visible
from roleplay.tui.entries import Reply
from roleplay.tui.modals import Told, Window
from roleplay.tui.pick import Pick


class RewindWindow(Window[int | None]):
    """Answers the number of the reply to give anew, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("m", "models", show=False)]
    title_text = "Go back and try again"
    words = "Which reply would you like to give anew? What you said stays in the log."
    key_rows = (
        (
            ("↑ ↓", "move"),
            ("enter", "go back before it"),
            ("m", "model replies"),
            ("esc", "back"),
        ),
    )

    def __init__(self, replies: Sequence[Reply], models: Callable[[int], tuple[str, ...]]) -> None:
        super().__init__()
        self._replies = replies
        self._models = models

    def body(self) -> ComposeResult:
        """The replies, first to last."""
        yield Pick((str(reply.turn), _row(reply)) for reply in self._replies)

    def on_mount(self) -> None:
        """The last stands ready."""
        self.query_one(OptionList).highlighted = len(self._replies) - 1

    def action_models(self) -> None:
        """How others might have said it: only where the turn was tried twice."""
        replies = self._models(self._replies[self.query_one(OptionList).highlighted or 0].turn)
        if replies:
            words = "\n\n".join(f"“{visible(text)}”" for text in replies)
            self.app.push_screen(Told("Two of many ways to say it", words))
        else:
            self.app.push_screen(Told("Model replies", "They come after you have tried a turn a second time."))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(int(event.option_id or 0))


def _row(reply: Reply) -> Content:
    tries = f"  ↺ {reply.tries} tries" if reply.tries > 1 else ""
    text = reply.text if len(reply.text) <= 52 else f"{reply.text[:51]}…"
    return Content.assemble((f"{reply.turn:>2}  ", "$text-muted"), text, (tries, "$text-muted"))
