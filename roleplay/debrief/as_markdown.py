"""The debrief as Markdown. Everything that somebody typed or wrote is escaped."""

import re
from collections.abc import Iterable, Iterator

from roleplay.debrief.moment import Moment
from roleplay.debrief.plain_text import visible
from roleplay.debrief.report import Report
from roleplay.debrief.tables import Table, curve_table, never_told, number_tables, path_table, ways_told
from roleplay.debrief.telling import (
    Told,
    account_heading,
    heading,
    model_replies,
    sections,
    three_sentences,
    told,
    what_was_there,
)

_MEANINGFUL = re.compile(r"([\\`*_{}\[\]<>#|~$&])|^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def markdown(report: Report) -> str:
    """The debrief as a Markdown text that ends with a line break."""
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line, with nothing invisible in it."""
    flat = " ".join(visible(text).split("\n"))
    return _MEANINGFUL.sub(_backslashed, flat)


def _backslashed(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\{match[1]}"
    number, sign = match[3][:-1], match[3][-1]
    return f"{match[2]}{number}\\{sign}"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(heading(report))}\n"
    yield f"{escaped(report.header.title)} · {escaped(report.header.setting)} · {report.header.mode}\n"
    if report.private and report.private.how_are_you:
        yield f"## How you are (private)\n\n{escaped(report.private.how_are_you)}\n"
    yield from _account(report)
    yield "## What happened\n"
    for moment in report.moments:
        yield from _moment(moment, report.header.patient)
    yield "## To take away\n"
    for label, text in three_sentences(report):
        yield f"- **{label}:** {escaped(text)}"
    yield ""
    yield from _tabled("Curve", [curve_table(curve) for curve in report.curves])
    yield from _tabled("Path", [path_table(run) for run in report.path.runs])
    yield from _not_taken(report)
    yield from _tabled("Numbers", number_tables(report))
    yield from _foot(report)


def _account(report: Report) -> Iterator[str]:
    if report.close is None:
        yield f"**{report.unfinished}** What the patient would say about it comes when it is.\n"
        return
    yield f"## {account_heading(report)}\n\n> {escaped(report.close.account)}\n"
    if report.close.aftermath:
        yield f"**Afterwards.** {escaped(report.close.aftermath)}\n"
    for words in what_was_there(report):
        yield f"{escaped(words)}\n"


def _moment(moment: Moment, patient: str) -> Iterator[str]:
    again = f" {moment.retry}" if moment.retry else ""
    left = "" if moment.live else " (left behind)"
    yield f"### Turn {moment.turn}{again}{left}\n"
    yield from (f"{_told(line)}  " for line in told(moment, patient))
    yield ""
    for section in sections(moment):
        yield f"- *{section.heading}*"
        yield from (f"  - {escaped(paragraph)}" for paragraph in section.paragraphs)
    if replies := model_replies(moment):
        yield "\n<details><summary>Other ways to say it</summary>\n"
        yield from (f"- {escaped(reply)}" for reply in replies)
        yield "\n</details>"
    yield ""


def _told(line: Told) -> str:
    who = f"**{escaped(line.who)}:** " if line.who else ""
    words = escaped(line.text)
    return f"{who}*{words}*" if line.role in {"cue", "act"} else f"{who}{words}"


def _tabled(title: str, tables: Iterable[Table]) -> Iterator[str]:
    if found := list(tables):
        yield f"## {title}\n"
        for table in found:
            yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f"### {escaped(table.heading)}\n"
    yield f"| {' | '.join(escaped(column) for column in table.columns)} |"
    yield f"|{' --- |' * len(table.columns)}"
    yield from (f"| {' | '.join(escaped(cell) for cell in row)} |" for row in table.rows)
    yield f"\n{escaped(table.note)}\n" if table.note else ""


def _not_taken(report: Report) -> Iterator[str]:
    path = report.path
    if path.not_taken or path.never_opened:
        yield "### Paths not taken\n"
        for start, ways in ways_told(path.not_taken):
            yield f"- {escaped(start)}"
            yield from (f"  - {escaped(way)}" for way in ways)
        yield f"\n{escaped(never_told(path.never_opened))}\n"


def _foot(report: Report) -> Iterator[str]:
    yield "## About this debrief\n"
    for review in report.reviews:
        yield f"- **{escaped(review.reviewer)}:** {escaped(review.text)}"
    if report.cultural_note and report.close:
        yield f"- {escaped(report.cultural_note)}"
    yield f"- {escaped(report.label)}"
    yield from (f"- {escaped(line)}" for line in report.disclaimers)
    versions = report.versions
    coded = ", ".join(versions.scorers) or "nobody"
    yield f"- Coded by: {escaped(coded)}. Engine {escaped(versions.engine)}. Patient file {escaped(versions.scenario)}."
