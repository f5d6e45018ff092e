"""Commands that read a saved conversation back: its debrief and its transcript."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.options import output_option, store_option
from roleplay.cli.output import columns, print_text
from roleplay.cli.streams import in_terminal, is_terminal

if TYPE_CHECKING:
    from roleplay.scenarios.model import Scenario
    from roleplay.store.store import Store

EXTRAS = ("curve", "path", "numbers", "replies", "all")
FORMATS = ("terminal", "markdown", "html", "json")
NOT_OVER = "This assessment is not over: its debrief tells what you would find out for yourself by going on."
REREAD = "This was played in assess mode and has not been reread before its results, so that figure is missing."


@click.command()
@click.argument("session", default="last")
@click.option("--format", "form", type=click.Choice(FORMATS), default="terminal", show_default=True, help="As what.")
@click.option("--show", type=click.Choice(EXTRAS), multiple=True, help="In a terminal, with this too; may be repeated.")
@click.option("--include-private", is_flag=True, help="With what the trainee said about themselves: mood, urges.")
@store_option
@output_option
def debrief(
    session: str, form: str, show: tuple[str, ...], store: str | None, output: Path | None, *, include_private: bool
) -> None:
    """Show the debrief of a conversation.

    SESSION is an id, the beginning of one, or `last`, the newest, which it is by default. A conversation in assess
    mode is reread first, where somebody is there to do it.
    """
    from roleplay.cli.log import named, something_saved
    from roleplay.debrief.render import rendered
    from roleplay.debrief.report import report_of
    from roleplay.store.store import Store

    something_saved(store)
    with Store.open(store) as opened:
        name = named(opened, session)
        if not _reread(opened, name, here=in_terminal(), ask=form == "terminal" and output is None and in_terminal()):
            return
        report = report_of(opened.facts(name), scenario_of(opened, name))
    colour = output is None and is_terminal(sys.stdout) and "NO_COLOR" not in os.environ
    width = 80 if output is not None else columns() or 80
    text = rendered(report, form, include_private=include_private, width=width, colour=colour, sections=show)
    print_text(text, output)


def _reread(store: "Store", name: str, *, here: bool, ask: bool) -> bool:
    """Whether the results may be shown: asks first, or rereads first, where somebody sits there; else says so."""
    from roleplay.practice.play import Play
    from roleplay.scoring.words import WordsCoder

    play = Play.resume(store, name, WordsCoder())
    if play.mode == "assess" and not play.over:
        click.echo(NOT_OVER, err=True)
        if here and not click.confirm("Show it all the same?", err=True):
            return False
    if not play.reread_due:
        return True
    if not ask:
        click.echo(REREAD, err=True)
        return True
    from roleplay.cli.plain_lines import Lines, Voice
    from roleplay.cli.plain_reread import reread

    return reread(play, Lines.of_terminal(), Voice(sys.stdout))


@click.command()
@click.argument("session", default="last")
@store_option
@output_option
@click.option("--include-private", is_flag=True, help="With the urges the trainee noted.")
def replay(session: str, store: str | None, output: Path | None, *, include_private: bool) -> None:
    """Read a conversation back, every try included.

    SESSION is as for `debrief`. Only what was said and seen: what the patient did not say is in the debrief.
    """
    from roleplay.cli.log import named, something_saved
    from roleplay.cli.transcript import transcript
    from roleplay.store.store import Store

    something_saved(store)
    with Store.open(store) as opened:
        name = named(opened, session)
        facts = [fact.event for fact in opened.facts(name)]
        scenario = scenario_of(opened, name)
    print_text("\n".join(transcript(facts, scenario.patient.called, private=include_private)), output)


def scenario_of(store: "Store", name: str) -> "Scenario":
    """The patient of a saved conversation, as they were when it began."""
    from roleplay.engine.events import SessionBegan
    from roleplay.scenarios.saved import saved

    began = store.facts(name)[0].event
    assert isinstance(began, SessionBegan)
    return saved(store.scenario(began.scenario_hash))
