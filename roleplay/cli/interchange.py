"""Commands that carry conversations to another machine and back."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.options import output_option, store_option
from roleplay.cli.output import print_text, say
from roleplay.errors import StoreError, UsageError

if TYPE_CHECKING:
    from roleplay.store.importer import ImportReport


@click.command()
@click.argument("ids", nargs=-1, metavar="[SESSION...]")
@store_option
@output_option
def export(ids: tuple[str, ...], store: str | None, output: Path | None) -> None:
    """Write conversations as JSON Lines.

    All, or the named ones, with their patients as they were then. Private lines (urges, how you are) are in it: it
    is the whole log, to be kept or carried on, not a debrief.
    """
    from roleplay.cli.log import named, something_saved
    from roleplay.store.store import Store

    something_saved(store)
    with Store.open(store) as opened:
        lines = opened.export([named(opened, each) for each in ids] or None)
        if output is not None:
            print_text("".join(lines), output)
            return
        for line in lines:
            sys.stdout.write(line)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE|-")
@store_option
def import_command(file: Path, store: str | None) -> None:
    """Take in conversations that were exported.

    They come from FILE or from stdin (-). What is here already is left alone. Exits 3 when
    a line cannot be taken, and then nothing is imported; and when a conversation is here under the same id with other
    contents, which is left out.
    """
    from roleplay.store.interchange import lines_of
    from roleplay.store.store import Store

    with Store.open(store) as opened:
        if str(file) == "-":
            report = opened.import_lines(lines_of(sys.stdin.buffer))
        else:
            try:
                stream = file.open("rb")
            except OSError as error:
                raise UsageError(f"`{file}` cannot be read ({error.strerror}).") from error
            with stream:
                report = opened.import_lines(lines_of(stream))
    _told(report)


def _told(report: "ImportReport") -> None:
    """One line a conversation on stdout, what else there is to know on stderr.

    Raises:
        StoreError: A conversation was refused.
    """
    _listed("imported", report.imported)
    _listed("here already", report.already)
    for note in report.notes:
        say(note, err=True)
    if report.refused:
        raise StoreError(
            f"Not imported, because here they have other contents under the same id: {', '.join(report.refused)}. "
            "Import them into another store with --store."
        )


def _listed(what: str, ids: Iterable[str]) -> None:
    for each in ids:
        click.echo(f"{what} {each}")
