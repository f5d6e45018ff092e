"""The debrief as text for a terminal, from 60 columns up. Signs and words carry the meaning, never colour."""

from collections.abc import Callable, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from roleplay.debrief.moment import Moment
from roleplay.debrief.plain_text import one_line, visible
from roleplay.debrief.plot import plotted
from roleplay.debrief.report import LABEL, Report
from roleplay.debrief.tables import Table, never_told, number_tables, path_table, ways_told
from roleplay.debrief.telling import (
    Role,
    account_heading,
    heading,
    model_replies,
    three_sentences,
    told,
    what_was_there,
)

NARROWEST, WIDEST = 60, 100
IN_TWO_LINES = (
    "Coded by this program as its authors judge, not validated by clinicians.",
    "Formative. A simulation with a fictional patient; it can be wrong: contest it.",
)
"""The label and the disclaimers in short; the other formats, and every number, carry them in full."""
NOTHING_YET: list[RenderableType] = [Text("Nothing was replied yet."), Text()]
WHAT_ELSE = "There is more: curve, path and paths not taken, model replies, numbers."
STYLES: dict[Role, str] = {
    "line": "bold",
    "cue": "dim italic",
    "strain": "",
    "unsaid": "italic",
    "said": "",
    "act": "dim italic",
    "verdict": "",
    "words": "dim",
    "effect": "",
    "note": "dim",
}


def terminal(
    report: Report,
    width: int = 80,
    *,
    colour: bool = False,
    extras: Sequence[str] = (),
    alone: bool = False,
) -> str:
    """The debrief as lines of text.

    Args:
        width: Columns; narrower than 60 is laid out for 60, wider than 100 for 100.
        colour: Whether to add bold and dim by escape sequences. `NO_COLOR` is for the caller to honour.
        extras: Of curve, path, numbers and replies, those that are shown as well.
        alone: Whether only those are shown, under their heading.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=min(max(width, NARROWEST), WIDEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=True,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _parts(report, extras, alone=alone):
        console.print(part)
    lines = out.getvalue().split("\n")
    return "\n".join(line if colour else line.rstrip() for line in lines)


def _parts(report: Report, extras: Sequence[str], *, alone: bool) -> list[RenderableType]:
    asked = [part for extra in extras for part in EXTRA_PARTS[extra](report)]
    if alone:
        return [Text(heading(report)), Rule(characters="─"), *asked, Text(LABEL, style="dim")]
    foot = [Rule(characters="─"), *_whole_foot(report)] if asked else _foot(report)
    return [*_told(report), *asked, *foot]


def _told(report: Report) -> list[RenderableType]:
    return [
        Text(heading(report)),
        Rule(characters="─"),
        *_account(report),
        *(moment_grid(moment, report.header.patient) for moment in report.live_moments),
        *_again(report),
        Rule(characters="─"),
        *(_sentence(label, text) for label, text in three_sentences(report)),
        Rule(characters="─"),
    ]


def _account(report: Report) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if report.private and report.private.how_are_you:
        parts += [Text("How you are (private)"), Text(visible(report.private.how_are_you)), Text()]
    if report.close is None:
        return [*parts, Text(f"{report.unfinished} What the patient would say about it comes when it is."), Text()]
    parts += [Text(account_heading(report), style="dim"), Text(f"“{visible(report.close.account)}”"), Text()]
    if report.close.aftermath:
        parts += [Text("Afterwards", style="dim"), Text(visible(report.close.aftermath)), Text()]
    return [*parts, *(Text(words) for words in what_was_there(report)), Rule(characters="─")]


def moment_grid(moment: Moment, patient: str) -> RenderableType:
    """One moment: number, who, and what was said, seen and done."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=3, justify="right")
    grid.add_column(width=min(max(len(visible(patient)), 3), 12), overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    number = str(moment.turn)
    for line in told(moment, patient):
        grid.add_row(Text(number), Text(line.who, style="dim"), Text(line.text, style=STYLES[line.role]))
        number = ""
    if moment.retry:
        grid.add_row(Text(), Text(), Text(moment.retry))
    return Padding(grid, (0, 0, 1, 0))


def _again(report: Report) -> list[RenderableType]:
    """Tries that going back has superseded."""
    left = [moment for moment in report.moments if not moment.live]
    if not left:
        return []
    return _titled("↺ Tries left behind", [moment_grid(moment, report.header.patient) for moment in left])


def _sentence(label: str, text: str) -> RenderableType:
    return Text.assemble((f"{label}: ", "bold"), text)


def _curve(report: Report) -> list[RenderableType]:
    lines = [
        Group(*(Text(line, no_wrap=True, overflow="ellipsis") for line in plotted(curve))) for curve in report.curves
    ]
    plots: list[RenderableType] = [Padding(plot, (0, 0, 1, 0)) for plot in lines]
    return _titled("Trust ◆ and tension ◇", plots or NOTHING_YET)


def _path(report: Report) -> list[RenderableType]:
    if not report.path.runs:
        return _titled("Path", NOTHING_YET)
    grids: list[RenderableType] = [table_grid(path_table(run)) for run in report.path.runs]
    missed: list[RenderableType] = []
    for start, ways in ways_told(report.path.not_taken):
        missed += [Text(start), *(Padding(Text(way), (0, 0, 0, 4)) for way in ways)]
    never = [Text(never_told(report.path.never_opened))] if report.path.never_opened else []
    titled = [Text("Paths not taken", style="underline"), *missed, *never, Text()] if missed or never else []
    return _titled("Path", [*grids, *titled])


def _numbers(report: Report) -> list[RenderableType]:
    return _titled("Numbers", [table_grid(table) for table in number_tables(report)])


def _replies(report: Report) -> list[RenderableType]:
    """Model replies, turn by turn, where they may be seen."""
    found: list[RenderableType] = []
    for moment in report.live_moments:
        if replies := model_replies(moment):
            found.append(Text(f"Turn {moment.turn}: {one_line(moment.line)}", style="underline"))
            found += [Padding(Text(f"· {reply}"), (0, 0, 0, 2)) for reply in replies]
            found.append(Text())
    none: list[RenderableType] = [
        Text("None to see yet: they come after a second try, or once the conversation is over."),
        Text(),
    ]
    return _titled("Other ways to say it", found or none)


EXTRA_PARTS: dict[str, Callable[[Report], list[RenderableType]]] = {
    "curve": _curve,
    "path": _path,
    "numbers": _numbers,
    "replies": _replies,
}


def table_grid(table: Table) -> RenderableType:
    """A table without lines: heading, columns, rows, note."""
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
    for place, column in enumerate(table.columns):
        grid.add_column(Text(column), overflow="fold", ratio=None if place < len(table.columns) - 1 else 1)
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    parts: list[RenderableType] = [Text(table.heading, style="underline"), grid]
    return Padding(Group(*parts, *([Text(table.note, style="dim")] if table.note else [])), (0, 0, 1, 0))


def _titled(title: str, parts: list[RenderableType]) -> list[RenderableType]:
    return [Text(title, style="bold"), Text(), *parts] if parts else []


def _foot(report: Report) -> list[RenderableType]:
    """What others wrote, what this is in two lines, and what else there is."""
    return [
        *_reviews(report),
        *(Text(line, style="dim") for line in IN_TWO_LINES),
        Text(WHAT_ELSE),
    ]


def _reviews(report: Report) -> list[RenderableType]:
    return [Text(f"{one_line(review.reviewer)}: {visible(review.text)}") for review in report.reviews]


def _whole_foot(report: Report) -> list[RenderableType]:
    versions = report.versions
    coded = ", ".join(versions.scorers) or "nobody"
    return [
        *_reviews(report),
        *([Text(visible(report.cultural_note), style="dim"), Text()] if report.cultural_note and report.close else []),
        Text(report.label),
        *(Text(line, style="dim") for line in report.disclaimers),
        Text(one_line(f"Coded by: {coded}. Engine {versions.engine}. Patient file {versions.scenario}."), style="dim"),
    ]
