"""The command that looks things up in the codebook."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from roleplay.cli.options import json_option
from roleplay.cli.output import paragraph, print_json, print_table, say
from roleplay.errors import UsageError

if TYPE_CHECKING:
    from roleplay.scoring.codebook import AnyEntry, Codebook

SECTIONS = ("strategies", "harms", "markers", "mixed", "moves", "dimensions", "bands", "families")


@click.command("codebook")
@click.argument("code", required=False)
@click.option("--search", metavar="WORDS", help="List the entries that hold all these words.")
@json_option
def codebook_command(code: str | None, search: str | None, *, as_json: bool) -> None:
    """Say what a code means, or list the whole codebook.

    CODE is a name or a short id (R05): a strategy, a harm, a marker, a move, a dimension, a band or a family.
    """
    from roleplay.scoring.codebook import codebook

    if code is not None and search is not None:
        raise UsageError("Name a CODE, or give --search, not both.")
    book = codebook()
    if code is not None:
        entry = book.entry(code)
        if as_json:
            print_json(entry.model_dump(mode="json") | {"label": book.label})
        else:
            _print_lines(entry_lines(entry, book))
    elif search is not None:
        found = book.search(search)
        if as_json:
            print_json([entry.model_dump(mode="json") for entry in found])
        else:
            _print_entries(found)
            if not found:
                say(f"Nothing in the codebook holds `{search}`.", err=True)
    elif as_json:
        print_json(book.model_dump(mode="json"))
    else:
        _print_book(book)


def _print_book(book: "Codebook") -> None:
    click.echo(paragraph(book.label))
    for section in SECTIONS:
        click.echo(f"\n{section.capitalize()}")
        _print_entries(getattr(book, section).values())
    click.echo("\nRecognition")
    _print_entries(book.recognition.kinds.values())
    rows = [(str(number), f"{level.name}. {level.anchor}") for number, level in book.recognition.levels.items()]
    print_table(rows, indent="  ")
    click.echo("\nUrges")
    print_table([(str(urge), text) for urge, text in book.urges.items()], indent="  ")


def _print_entries(entries: "Iterable[AnyEntry]") -> None:
    print_table([(entry.ref or "", entry.slug, entry.summary) for entry in entries], indent="  ")


def _print_lines(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def entry_lines(entry: "AnyEntry", book: "Codebook") -> Iterator[str]:
    """Everything the codebook says about one entry: each field under its name, references in full."""
    fields = entry.model_dump(mode="json")
    yield f"{entry.name} ({', '.join(part for part in (fields.get('kind'), entry.ref, entry.slug) if part)})"
    yield paragraph(entry.summary, "  ")
    told = {"slug", "ref", "name", "kind", type(entry).summarised_by}
    for name, value in fields.items():
        if name in told or value in ("", None, [], {}):
            continue
        yield ""
        yield f"{name.replace('_', ' ').capitalize()}"
        yield from _value_lines(name, value, book)
    yield ""
    yield paragraph(book.label)


def _value_lines(name: str, value: object, book: "Codebook") -> Iterator[str]:
    if name == "references" and isinstance(value, list):
        value = [book.references[key].text for key in value]
    if isinstance(value, list):
        for each in value:
            yield paragraph(f"- {_in_words(each)}", "  ", "    ")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield paragraph(f"{key}: {each}", "  ", "    ")
    else:
        yield paragraph(str(value), "  ")


def _in_words(value: object) -> str:
    """A false friend as a sentence; anything else as it is."""
    if not isinstance(value, dict):
        return str(value)
    instead = value["code"] or "no code"
    why = f": {value['why']}" if value["why"] else ""
    return f'"{value["words"]}" is {instead}{why}'
