"""The command that reads saved replies again, beside what was read at the time."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from roleplay.cli.options import json_option, store_option
from roleplay.cli.output import paragraph, print_json, print_table, say
from roleplay.cli.second_opinion import judge_option, second_opinions, spent, yes_send_option
from roleplay.errors import ServiceError

if TYPE_CHECKING:
    from roleplay.cli.second_opinion import SecondOpinions
    from roleplay.judging.beside import Beside
    from roleplay.judging.rescoring import SavedReply
    from roleplay.store.store import Store

IN_A_ROW = 3
"""After so many failures one after another the server is not asked any more."""


@click.command()
@click.argument("ids", nargs=-1, metavar="[SESSION...]")
@judge_option
@yes_send_option
@json_option
@store_option
def rescore(ids: tuple[str, ...], store: str | None, *, judge: bool, yes_send: bool, as_json: bool) -> None:
    """Read saved replies again, and say how far the readings agree.

    All conversations, or the named ones; tries left behind are read too. The built-in coder of today reads each reply
    that it has not read yet; with --judge the model that was set up reads it as well. Each reading is added as an
    opinion beside the one from the time: nothing that was saved is changed, and no figure of a debrief. Replies that a
    scorer has an opinion on already are not read by it again. Exits 3 when an opinion could not be had.
    """
    from roleplay.cli.log import something_saved
    from roleplay.store.store import Store

    something_saved(store)
    opinions = second_opinions(yes=yes_send) if judge else None
    with Store.open(store) as opened:
        names = _names(opened, ids)
        replies = _all_replies(opened, names)
        failed = _judged(opened, replies, opinions) if opinions else 0
        _read_again(opened, replies)
        replies = _all_replies(opened, names)
    if as_json:
        print_json(_record(names, replies))
    else:
        _print(names, replies)
    if failed:
        raise ServiceError(f"{failed} of the second opinions could not be had. Run the command again to ask anew.")


def _names(store: "Store", ids: Sequence[str]) -> list[str]:
    """The conversations that are meant, each once; of all of them, those that can be read."""
    from roleplay.cli.log import named

    if ids:
        return list(dict.fromkeys(named(store, each) for each in ids))
    found = store.conversations()
    for one in found:
        if one.problem:
            say(f"{one.id} is left out: {one.problem}.", err=True)
    return [one.id for one in reversed(found) if not one.problem]


def _all_replies(store: "Store", names: Sequence[str]) -> "list[SavedReply]":
    from roleplay.cli.debrief import scenario_of
    from roleplay.judging.rescoring import saved_replies

    return [reply for name in names for reply in saved_replies(store.facts(name), scenario_of(store, name))]


def _read_again(store: "Store", replies: "Sequence[SavedReply]") -> None:
    """The built-in coder's reading of today, where it has none yet."""
    from roleplay.judging.rescoring import append, reread, unread_by
    from roleplay.scoring.coding import Heard
    from roleplay.scoring.reader import reader

    found = reader()
    if found.because:
        say(found.because, err=True)
    itself = found.coder("", Heard())
    waiting = unread_by(replies, itself.scorer, itself.version)
    for session in dict.fromkeys(each.session for each in waiting):
        append(store, session, reread([each for each in waiting if each.session == session], found.coder))


def _judged(store: "Store", replies: "Sequence[SavedReply]", opinions: "SecondOpinions") -> int:
    """Asks about each reply that is waiting, saves each answer as it comes, and gives how many failed."""
    from roleplay.debrief.wording import counted
    from roleplay.judging.answer import SCORER
    from roleplay.judging.rescoring import append, unread_by

    endpoint = opinions.judge.endpoint
    waiting = unread_by(replies, SCORER, endpoint.model)
    if not waiting or not opinions.may_send(waiting[0].text, waiting[0].heard):
        return 0
    say(f"Sending {counted(len(waiting), 'reply', 'replies')} to {endpoint.host}, one by one.", err=True)
    failed = in_a_row = 0
    for number, each in enumerate(waiting, 1):
        opinion = opinions.judge.opinion(each.text, each.heard)
        append(store, each.session, [opinion.given(each.turn, each.entry, endpoint.model)])
        problem = f"; none: {opinion.problem}" if opinion.problem else ""
        say(f"{number} of {len(waiting)}: {spent(opinion)}{problem}", err=True)
        failed, in_a_row = (failed + 1, in_a_row + 1) if opinion.problem else (failed, 0)
        if in_a_row == IN_A_ROW and number < len(waiting):
            say(f"{IN_A_ROW} failed in a row, so the other {len(waiting) - number} were not sent.", err=True)
            break
    return failed


def _record(names: Sequence[str], replies: "Sequence[SavedReply]") -> dict[str, Any]:
    from roleplay.judging.beside import NOTE, beside_of

    return {
        "conversations": len(names),
        "replies": len(replies),
        "left_out": sum(not each.readable for each in replies),
        "scorers": [asdict(each) for each in beside_of(replies)],
        "note": NOTE,
    }


def _print(names: Sequence[str], replies: "Sequence[SavedReply]") -> None:
    from roleplay.debrief.wording import counted
    from roleplay.judging.beside import NOTE, beside_of

    left_out = sum(not each.readable for each in replies)
    silent = f"; {left_out} of them silences or too long, and left out" if left_out else ""
    say(f"{counted(len(names), 'conversation')}, {counted(len(replies), 'reply', 'replies')}{silent}.")
    found = beside_of(replies)
    for each in found:
        say(f"\n{each.scorer} {each.version}, beside the reading in the transcript")
        print_table(list(_figures(each)), indent="  ")
        if each.codes:
            click.echo()
            print_table([("code", "kappa", "both", "transcript", "this one"), *_codes(each)], indent="  ")
    if not found:
        click.echo("No scorer has read any of them besides the one at the time.")
    click.echo(f"\n{paragraph(NOTE)}")


def _figures(each: "Beside") -> Iterator[tuple[str, str]]:
    yield "replies", f"{each.opinions} read; {each.compared} compared, {each.unread} that one of the two did not read"
    yield "codes, micro F1", _figure(each.micro_f1)
    yield "recognition, weighted kappa", _figure(each.recognition)
    yield "contact, weighted kappa", _figure(each.contact)
    if each.dropped:
        yield "codes left out", f"{each.dropped}, whose quoted words are not in the reply"
    if each.failed:
        yield "not had", f"{each.failed}, each time counted"
    if each.median_seconds is not None:
        yield "latency", f"median {each.median_seconds:.1f} s, slowest {each.slowest_seconds:.1f} s"
    if each.tokens_in is not None or each.tokens_out is not None:
        yield "tokens", f"{each.tokens_in or 0} in, {each.tokens_out or 0} out"
    if each.cost is not None:
        yield "cost", f"{each.cost:.6f}, by the prices that were set"


def _codes(each: "Beside") -> Iterator[tuple[str, ...]]:
    for code in each.codes:
        yield code.code, _figure(code.kappa), str(code.both), str(code.transcript), str(code.opinion)


def _figure(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"
