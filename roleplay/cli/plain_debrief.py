"""The debrief on plain lines, as a screen reader speaks it: one thing a line, signs as words, tables as sentences."""

import re
from collections.abc import Collection, Iterator

from roleplay.debrief.moment import Moment
from roleplay.debrief.parts import Path
from roleplay.debrief.plain_text import visible
from roleplay.debrief.render import EXTRAS
from roleplay.debrief.report import Report
from roleplay.debrief.tables import UNKNOWN, Table, curve_table, never_told, number_tables, path_table, ways_told
from roleplay.debrief.telling import (
    Told,
    account_heading,
    heading,
    model_replies,
    three_sentences,
    told,
    what_was_there,
)

_SIGNS = re.compile(r"^[=·] |(?:^|(?<=\s))[▲●○◆◇■→←↶↘↺‖] (?=\S)")
_SAYS_ITSELF = ("what it did", "what you did", "where", "way", "in words")
"""Columns whose cells are words that need no heading."""
NO_REPLIES = "None to see yet: they come after a second try, or once the conversation is over."


def spoken_debrief(report: Report) -> Iterator[str]:
    """The debrief in the order in which it is read; private lines are in it where the report has them."""
    from roleplay.debrief.as_terminal import IN_TWO_LINES, WHAT_ELSE  # it brings rich, which no line before needs

    yield f"Debrief. {without_signs(heading(report))}."
    yield from _account(report)
    for moment in sorted(report.moments, key=lambda moment: not moment.live):
        yield from _moment(moment, report.header.patient)
    yield ""
    yield "To take away."
    for label, text in three_sentences(report):
        yield f"{label}: {text}"
    yield ""
    yield from (f"{visible(review.reviewer)}: {visible(review.text)}" for review in report.reviews)
    yield from IN_TWO_LINES
    yield WHAT_ELSE


def spoken_extras(report: Report, names: Collection[str]) -> Iterator[str]:
    """What the debrief does not tell by itself: any of `EXTRAS`, each under its name."""
    parts = {"curve": _curve, "path": _path, "numbers": _numbers, "replies": _replies}
    for name in EXTRAS:
        if name != "all" and (name in names or "all" in names):
            yield from parts[name](report)
    yield report.label


def spoken_rows(table: Table) -> Iterator[str]:
    """A table as sentences: each cell with its column, or the two cells of a list."""
    yield f"{without_signs(table.heading)}."
    for row in table.rows:
        yield _row(table.columns, row)
    if table.note:
        yield table.note.replace("A dash: nothing", "Not counted: nothing")


def without_signs(text: str) -> str:
    """The program's own words without the signs that stand before them, and with dots and arrows as punctuation."""
    return _SIGNS.sub("", text.replace(" · ", "; ").replace(" → ", ": to "))


def _account(report: Report) -> Iterator[str]:
    if report.private and report.private.how_are_you:
        yield f"How you are, private: {visible(report.private.how_are_you)}"
    if report.close is None:
        yield f"{report.unfinished} What the patient would say about it comes when it is."
        return
    yield f"{account_heading(report)}: “{visible(report.close.account)}”"
    if report.close.aftermath:
        yield f"Afterwards: {visible(report.close.aftermath)}"
    yield from what_was_there(report)


def _moment(moment: Moment, patient: str) -> Iterator[str]:
    again = f", try {moment.attempt}" if moment.attempt > 1 else ""
    left = "" if moment.live else ", left behind by going back"
    yield ""
    yield f"Turn {moment.turn}{again}{left}."
    for line in told(moment, patient):
        yield _line(line)


def _line(line: Told) -> str:
    """One line of a moment. Only the program's own words lose their signs; what people said stays as it was."""
    match line.role:
        case "line" | "said":
            return f"{line.who}: {line.text}"
        case "cue":
            return f"[{line.text}]"
        case "strain":
            return f"Strain: {without_signs(line.text)}."
        case "unsaid":
            return f"Unsaid: {line.text.removeprefix('unsaid: ')}"
        case "act":
            return f"{line.who} {line.text}"
        case "words":
            return f"It rests on: {line.text}"
        case "effect":
            return f"Then: {without_signs(line.text)}"
        case _:
            return _capital(without_signs(line.text))


def _row(columns: tuple[str, ...], row: tuple[str, ...]) -> str:
    name, *cells = (without_signs(cell) if cell != UNKNOWN else "not counted" for cell in row)
    if len(cells) == 1:
        return f"{name}: {cells[0]}"
    first = f"{columns[0]} {name}" if name.isdigit() else name
    said = (cell if head in _SAYS_ITSELF else f"{head} {cell}" for head, cell in zip(columns[1:], cells, strict=True))
    return f"{first}: {', '.join(said)}"


def _curve(report: Report) -> Iterator[str]:
    yield "Trust and tension, 0 to 10."
    for curve in report.curves:
        yield from spoken_rows(curve_table(curve))


def _path(report: Report) -> Iterator[str]:
    yield "Path."
    for run in report.path.runs:
        yield from spoken_rows(path_table(run))
    yield from _not_taken(report.path)


def _not_taken(path: Path) -> Iterator[str]:
    if path.not_taken or path.never_opened:
        yield "Paths not taken."
    for start, ways in ways_told(path.not_taken):
        yield f"{start}:"
        yield from (f"- {without_signs(way)}" for way in ways)
    if path.never_opened:
        yield never_told(path.never_opened)


def _numbers(report: Report) -> Iterator[str]:
    yield "Numbers."
    for table in number_tables(report):
        yield from spoken_rows(table)


def _replies(report: Report) -> Iterator[str]:
    yield "Other ways to say it."
    found = [moment for moment in report.live_moments if model_replies(moment)]
    for moment in found:
        yield f"Turn {moment.turn}. {visible(report.header.patient)}: {visible(moment.line)}"
        yield from (f"- {reply}" for reply in model_replies(moment))
    if not found:
        yield NO_REPLIES


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
