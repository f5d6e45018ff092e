"""One row of the library in columns that fit the window."""

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from roleplay.practice.shelf import Row

_WHO, _STATE, _DIFFICULTY = 22, 10, 5
HIGHEST = 5
"""The highest difficulty."""


def row_content(row: Row, width: int, *, chosen: bool, family: bool) -> Content:
    """The row in `width` cells; the chosen one is pointed at, so that it is seen without colour too."""
    pointer = "> " if chosen else "  "
    if row.kind == "resume":
        return _resume(row, width, pointer)
    if row.kind == "broken":
        return _broken(row, width, pointer)
    what = f"{row.title} · {row.family}" if family else row.what
    left = width - len(pointer) - 1
    who = _WHO if width >= 60 else max(8, left - _STATE - 2)
    middle = left - who - _STATE - _DIFFICULTY - 3
    parts: list[str | tuple[str, str]] = [(pointer, "$accent"), _who(row, who), " "]
    if width >= 60:
        parts += [(fit(what, middle), "$text-muted"), " ", (dots(row.difficulty), "$text-muted"), "  "]
    return Content.assemble(*parts, (fit(row.state, _STATE), "$text-muted"))


def _who(row: Row, width: int) -> str:
    """Name and age; a long name gives way to the age."""
    age = f", {row.age}" if row.age is not None else ""
    name = row.who if cell_len(row.who) <= width - len(age) else fit(row.who, width - len(age))
    return fit(name + age, width)


def dots(difficulty: int) -> str:
    """Difficulty as filled and empty circles."""
    return "●" * difficulty + "○" * (HIGHEST - difficulty)


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells, with an ellipsis where it was cut."""
    if cell_len(text) > width > 0:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    return set_cell_size(text, max(0, width))


def _resume(row: Row, width: int, pointer: str) -> Content:
    room = width - len(pointer) - 1 - _STATE - 1
    return Content.assemble(
        (pointer, "$accent"), (fit(row.what, room), "bold $accent"), " ", (fit(row.state, _STATE), "$text-muted")
    )


def _broken(row: Row, width: int, pointer: str) -> Content:
    text = fit(f"✗ {row.who}: cannot be played. {row.what}", width - len(pointer) - 1)
    return Content.assemble((pointer, "$accent"), (text, "italic $text-muted"))
