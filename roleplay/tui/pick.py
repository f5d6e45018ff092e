"""A list to choose from, whose chosen row is pointed at, so that it is seen without colour too."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

POINTER = "> "


class Pick(OptionList):
    """Rows with ids; arrows move the pointer, enter chooses."""

    def __init__(self, rows: Iterable[tuple[str, str | Content]]) -> None:
        self._rows = {key: Content(text) if isinstance(text, str) else text for key, text in rows}
        super().__init__(*(Option(_drawn(text, chosen=False), id=key) for key, text in self._rows.items()))

    def restate(self, key: str, text: Content) -> None:
        """Changes what a row says."""
        self._rows[key] = text
        self._point()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Moves the pointer."""
        super().watch_highlighted(highlighted)
        self._point()

    def _point(self) -> None:
        for place, text in enumerate(self._rows.values()):
            self.replace_option_prompt_at_index(place, _drawn(text, chosen=place == self.highlighted))


def _drawn(text: Content, *, chosen: bool) -> Content:
    return Content.assemble((POINTER if chosen else "  ", "bold $accent"), text)
