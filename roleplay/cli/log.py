"""Commands about the saved conversations: which there are, and deleting them."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from roleplay.cli.options import json_option, store_option
from roleplay.cli.output import print_json, print_table
from roleplay.cli.streams import is_terminal
from roleplay.errors import UsageError

if TYPE_CHECKING:
    from roleplay.store.conversations import Conversation
    from roleplay.store.store import Store

NONE_YET = "There is no conversation yet. Begin one with `roleplay play`."


@click.command()
@json_option
@store_option
def sessions(store: str | None, *, as_json: bool) -> None:
    """List the saved conversations, newest first."""
    from roleplay.store.store import Store

    found: tuple[Conversation, ...] = ()
    if not _missing(store):
        with Store.open(store) as opened:
            found = opened.conversations()
    if as_json:
        print_json([asdict(one) | {"ended": one.ended} for one in found])
    elif found:
        print_table([row_of(one) for one in found])
    else:
        click.echo(NONE_YET, err=True)


def row_of(one: "Conversation") -> tuple[str, str, str, str]:
    """Id, when it began in local time, who, and how far it is."""
    from roleplay.debrief.plain_text import one_line

    group = f" · {one.group}" if one.group else ""
    replies = "1 reply" if one.replies == 1 else f"{one.replies} replies"
    told = f"{one.title} · {replies} · {state_of(one)}" if not one.problem else f"cannot be read: {one.problem}"
    return one.id, local(one.began_at), one_line(f"{one.trainee}{group}"), one_line(told)


def state_of(one: "Conversation") -> str:
    """Open or ended, with the mode where that is not practice. How it ended is for the debrief to tell."""
    ended = "ended" if one.ended else "open"
    return ended if one.mode in ("", "practice") else f"{ended} · {one.mode}"


def local(at: str) -> str:
    """A stamp of the store as this machine's time, to the minute."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


@click.command()
@click.argument("ids", nargs=-1, metavar="SESSION...")
@click.option("--all", "everything", is_flag=True, help="Delete every conversation.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@store_option
def delete(ids: tuple[str, ...], store: str | None, *, everything: bool, yes: bool) -> None:
    """Delete conversations for good.

    SESSION is an id, the beginning of one, or `last`. Their words are gone from the store's files too, though not
    from backups or exports made before. Asks first; where nobody can be asked, --yes is needed.
    """
    if everything == bool(ids):
        raise UsageError("Name the conversations to delete, or give --all. `roleplay sessions` lists them.")
    from roleplay.store.store import Store

    something_saved(store)
    with Store.open(store) as opened:
        chosen = _chosen(opened, ids)
        if not chosen:
            click.echo(NONE_YET, err=True)
            return
        if not yes and not _agreed(chosen):
            click.echo("Nothing was deleted.", err=True)
            return
        for name in opened.delete(one.id for one in chosen):
            click.echo(f"deleted {name}")


def _chosen(store: "Store", ids: Sequence[str]) -> "list[Conversation]":
    """All conversations, or the named ones."""
    found = store.conversations()
    if not ids:
        return list(found)
    wanted = {named(store, each) for each in ids}
    return [one for one in found if one.id in wanted]


def _agreed(chosen: "Sequence[Conversation]") -> bool:
    """Whether a person says yes.

    Raises:
        UsageError: Nobody can be asked.
    """
    if not is_terminal(sys.stdin):
        raise UsageError("Nobody can be asked here, so nothing was deleted. Give --yes to delete without a question.")
    for cells in map(row_of, chosen):
        click.echo("  ".join(cells), err=True)
    what = "this conversation" if len(chosen) == 1 else f"these {len(chosen)} conversations"
    return click.confirm(f"Delete {what} for good?", err=True)


def something_saved(store: str | None) -> None:
    """Keeps commands that only read from making a store where there is none.

    Raises:
        UsageError: There is none.
    """
    if _missing(store):
        raise UsageError(NONE_YET)


def _missing(store: str | None) -> bool:
    from roleplay.store.location import File, located

    place = located(store)
    return isinstance(place, File) and not place.path.exists()


def named(store: "Store", name: str) -> str:
    """The id that `name` stands for.

    Raises:
        UsageError: No conversation answers to it; says so kindly where there is none at all.
    """
    if name == "last" and not store.conversations():
        raise UsageError(NONE_YET)
    return store.resolve_id(name)
