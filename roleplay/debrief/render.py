"""A report as text in one of four formats."""

from collections.abc import Collection
from typing import Literal, get_args

from roleplay.debrief.report import Report
from roleplay.errors import unknown

Format = Literal["terminal", "markdown", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
Extra = Literal["curve", "path", "numbers", "replies", "all"]
EXTRAS: tuple[Extra, ...] = get_args(Extra)
"""What the terminal shows only when asked: the curve, the path and paths not taken, the numbers, model replies."""
SUFFIXES = {"terminal": ".txt", "markdown": ".md", "html": ".html", "json": ".json"}
"""What a file in each format is usually called."""


def rendered(
    report: Report,
    format: str,  # noqa: A002, the word that users know
    *,
    include_private: bool = False,
    width: int = 80,
    colour: bool = False,
    sections: Collection[str] = (),
    alone: bool = False,
) -> str:
    """The report in this format. The same report gives the same bytes.

    Args:
        format: terminal, markdown, html or json.
        include_private: Whether what the trainee said about themselves (how they are, their urges) is in it.
        width: Columns, for the terminal.
        colour: Whether the terminal shows bold and dim.
        sections: For the terminal, what to show besides the debrief: any of `EXTRAS`. The other formats hold it all.
        alone: Whether the terminal shows those sections and not the debrief before them.

    Raises:
        UsageError: There is no such format, or no such section.
    """
    shown = report if include_private else report.without_private()
    match format:
        case "terminal":
            from roleplay.debrief.as_terminal import terminal

            return terminal(shown, width, colour=colour, extras=_extras(sections), alone=alone)
        case "markdown":
            from roleplay.debrief.as_markdown import markdown

            return markdown(shown)
        case "html":
            from roleplay.debrief.as_html import html

            return html(shown)
        case "json":
            from roleplay.debrief.as_json import as_json

            return as_json(shown)
    raise unknown("format", format, FORMATS)


def _extras(sections: Collection[str]) -> tuple[str, ...]:
    """The sections asked for, in reading order, `all` spelled out."""
    for section in sections:
        if section not in EXTRAS:
            raise unknown("section", section, EXTRAS)
    return tuple(extra for extra in EXTRAS if extra != "all" and (extra in sections or "all" in sections))
