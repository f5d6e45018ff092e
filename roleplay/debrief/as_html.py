"""The debrief as one HTML file: nothing outside it is needed, no script, and everything typed is escaped."""

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from roleplay.debrief.drawing import drawn
from roleplay.debrief.moment import Moment
from roleplay.debrief.plain_text import visible
from roleplay.debrief.report import Report
from roleplay.debrief.tables import (
    Table,
    curve_table,
    never_told,
    number_tables,
    path_table,
    run_heading,
    ways_told,
)
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

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Even a browser that is fooled loads nothing."""


def html(report: Report) -> str:
    """The debrief as a whole HTML document; the same report gives the same bytes."""
    return "\n".join(_document(report)) + "\n"


def safe(text: str) -> str:
    """Text as HTML: nothing in it is markup, nothing in it is invisible, line breaks are kept."""
    return escape(visible(text)).replace("\n", "<br>")


@cache
def _style() -> str:
    return files("roleplay.debrief").joinpath("debrief.css").read_text("utf-8")


def _document(report: Report) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield '<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>Debrief: {safe(heading(report))}</title>"
    yield f"<style>\n{_style()}</style>\n</head>\n<body>\n<main>"
    yield from _head(report)
    yield from _account(report)
    yield from _moments(report)
    yield from _sentences(report)
    yield from _curve(report)
    yield from _path(report)
    yield from _numbers(report)
    yield from _foot(report)
    yield "</main>\n</body>\n</html>"


def _head(report: Report) -> Iterator[str]:
    header = report.header
    yield f"<header>\n<h1>{safe(heading(report))}</h1>"
    yield f'<p class="quiet">{safe(header.title)} · {safe(header.setting)} · {header.mode}</p>\n</header>'
    if report.private and report.private.how_are_you:
        yield f"<h2>How you are (private)</h2>\n<p>{safe(report.private.how_are_you)}</p>"


def _account(report: Report) -> Iterator[str]:
    if report.close is None:
        text = f"{report.unfinished} What the patient would say about it comes when it is."
        yield f"<p><strong>{safe(text)}</strong></p>"
        return
    yield f"<section>\n<h2>{safe(account_heading(report))}</h2>"
    yield f"<blockquote>“{safe(report.close.account)}”</blockquote>"
    if report.close.aftermath:
        yield f"<p>Afterwards: {safe(report.close.aftermath)}</p>"
    yield from (f'<p class="quiet">{safe(words)}</p>' for words in what_was_there(report))
    yield "</section>"


def _moments(report: Report) -> Iterator[str]:
    if not report.moments:
        return
    yield "<section>\n<h2>What happened</h2>"
    for moment in report.moments:
        yield from _moment(moment, report.header.patient)
    yield "</section>"


def _moment(moment: Moment, patient: str) -> Iterator[str]:
    again = f" {moment.retry}" if moment.retry else ""
    left = "" if moment.live else ", left behind"
    yield f'<article class="moment">\n<h3>Turn {moment.turn}{again}{left}</h3>'
    yield from (_told(line) for line in told(moment, patient))
    if whole := sections(moment):
        yield "<details>\n<summary>The whole turn</summary>\n<div>"
        for section in whole:
            yield f"<h4>{safe(section.heading)}</h4>"
            yield from _listed(section.paragraphs)
        yield "</div>\n</details>"
    if replies := model_replies(moment):
        yield "<details>\n<summary>Other ways to say it</summary>\n<div>"
        yield from _listed(replies)
        yield "</div>\n</details>"
    yield "</article>"


def _told(line: Told) -> str:
    words = escape(line.text).replace("\n", "<br>")
    if line.who:
        return f'<p class="{line.role}"><span class="who">{escape(line.who)} </span><span dir="auto">{words}</span></p>'
    return f'<p class="{line.role}" dir="auto">{words}</p>'


def _listed(paragraphs: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    yield from (f'<li dir="auto">{safe(paragraph)}</li>' for paragraph in paragraphs)
    yield "</ul>"


def _sentences(report: Report) -> Iterator[str]:
    yield "<section>\n<h2>To take away</h2>"
    for label, text in three_sentences(report):
        yield f"<p><strong>{label}:</strong> {safe(text)}</p>"
    yield "</section>"


def _curve(report: Report) -> Iterator[str]:
    curves = [curve for curve in report.curves if curve.points]
    if not curves:
        return
    yield "<section>\n<h2>Trust and tension</h2>"
    for curve in curves:
        name = run_heading(curve)
        yield f"<h3>{safe(name)}</h3>\n{drawn(curve, f'curve-{curve.run}', name)}"
        yield "<details>\n<summary>As a table</summary>\n<div>"
        yield from _table(curve_table(curve))
        yield "</div>\n</details>"
    yield "</section>"


def _path(report: Report) -> Iterator[str]:
    path = report.path
    if not path.runs:
        return
    yield "<section>\n<h2>Path, and paths not taken</h2>"
    for run in path.runs:
        yield from _table(path_table(run))
    if path.not_taken or path.never_opened:
        yield "<h3>Paths not taken</h3>"
        for start, ways in ways_told(path.not_taken):
            yield f"<p>{safe(start)}</p>"
            yield from _listed(ways)
        yield f'<p class="quiet">{safe(never_told(path.never_opened))}</p>'
    yield "</section>"


def _numbers(report: Report) -> Iterator[str]:
    yield '<section class="numbers">\n<h2>Numbers</h2>\n<details>\n<summary>Show the numbers</summary>\n<div>'
    for table in number_tables(report):
        yield from _table(table)
    yield "</div>\n</details>\n</section>"


def _table(table: Table) -> Iterator[str]:
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{safe(table.heading)}">\n<table>'
    yield f"<caption>{safe(table.heading)}</caption>"
    heads = "".join(f'<th scope="col">{safe(column)}</th>' for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td>{safe(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{safe(first)}</th>{cells}</tr>'
    yield "</tbody>\n</table>\n</div>"
    if table.note:
        yield f'<p class="quiet">{safe(table.note)}</p>'


def _foot(report: Report) -> Iterator[str]:
    versions = report.versions
    yield "<footer>"
    yield '<p class="on-screen">On paper stands what is unfolded here, and everything that is never folded.</p>'
    for review in report.reviews:
        yield f"<p>{safe(review.reviewer)}: {safe(review.text)}</p>"
    if report.cultural_note and report.close:
        yield f"<p>{safe(report.cultural_note)}</p>"
    yield f"<p>{safe(report.label)}</p>"
    yield from (f"<p>{safe(line)}</p>" for line in report.disclaimers)
    coded = ", ".join(versions.scorers) or "nobody"
    yield f"<p>Coded by: {safe(coded)}. Engine {safe(versions.engine)}. Patient file {safe(versions.scenario)}.</p>"
    yield "</footer>"
