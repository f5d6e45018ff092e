"""How results are printed: JSON, tables that stay readable when piped, and files only their owner can read."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from roleplay.cli.streams import is_terminal
from roleplay.errors import UsageError

NARROWEST = 20
"""Columns that the last column of a table keeps, however narrow the terminal."""
GAP = "  "


def print_json(value: Any) -> None:
    """One JSON document, indented, in UTF-8; invisible characters as escapes."""
    from roleplay.debrief.plain_text import visible_json

    click.echo(visible_json(json.dumps(value, indent=2, ensure_ascii=False)))


def say(text: str, *, err: bool = False) -> None:
    """One or more lines, in which nothing from a file, a name or an argument can move the cursor."""
    from roleplay.debrief.plain_text import visible

    click.echo(visible(text), err=err)


def print_text(text: str, output: Path | None = None) -> None:
    """To stdout, or into a file, whole or not at all.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None:
        sys.stdout.write(_ended(text))
        return
    write(output, text)
    say(f"Written to {output}.", err=True)


def write(file: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all.

    Raises:
        UsageError: It cannot be written.
    """
    from roleplay.practice.settings import write_private

    try:
        write_private(file, _ended(text))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"`{file}` cannot be written ({why}). Name another file.") from error


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def columns() -> int | None:
    """Width of the terminal; None where nobody looks at one, so that nothing is broken into lines."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def print_table(rows: Sequence[Sequence[str]], *, indent: str = "") -> None:
    """Aligned columns; the last one is wrapped in a terminal and left whole in a pipe."""
    from roleplay.debrief.plain_text import one_line

    for line in table_lines([[one_line(cell) for cell in row] for row in rows], columns(), indent=indent):
        click.echo(line)


def table_lines(rows: Sequence[Sequence[str]], width: int | None, *, indent: str = "") -> Iterator[str]:
    """The lines of a table of cells without line breaks; every row has the same number of them."""
    if not rows:
        return
    widths = [max(_cells(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    before = indent + "".join(" " * each + GAP for each in widths)
    for row in rows:
        start = indent + "".join(
            cell + " " * (each - _cells(cell)) + GAP for cell, each in zip(row[:-1], widths, strict=True)
        )
        last = _wrapped(row[-1], width and max(NARROWEST, width - len(before)))
        yield (start + last[0]).rstrip()
        yield from (before + line for line in last[1:])


def paragraph(text: str, indent: str = "", hanging: str | None = None) -> str:
    """A text wrapped for the terminal, or on one line in a pipe."""
    later = indent if hanging is None else hanging
    width = columns()
    if width is None:
        return indent + text
    return textwrap.fill(text, max(NARROWEST + len(later), width), initial_indent=indent, subsequent_indent=later)


def _wrapped(text: str, width: int | None) -> list[str]:
    return (textwrap.wrap(text, width) if width else [text]) or [""]


def _cells(text: str) -> int:
    """Columns that a text takes in a terminal, where some letters take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
