"""Figures, the curve and the path as plain tables of text, for every renderer and the screen."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roleplay.debrief.measures import Count, Mean, TurnFigures
from roleplay.debrief.parts import Curve, Run, Way
from roleplay.debrief.plain_text import one_line
from roleplay.debrief.report import Report
from roleplay.debrief.wording import BANDS, SEVERITY, counted, listed
from roleplay.scoring.codebook import codebook
from roleplay.scoring.grade import DIMENSIONS

UNKNOWN = "–"


class Table(NamedTuple):
    """A small table with a heading; the first column names the row. `note` stands below it."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def number_tables(report: Report) -> tuple[Table, ...]:
    """Every figure with its n, in tables that have rows."""
    tables = (
        _noticing(report),
        _bands(report),
        _turns(report),
        _harms(report),
        _retried(report),
        _rubric(report),
        _card(report),
        _pulls(report),
    )
    return tuple(table for table in tables if table.rows)


def counted_of(count: Count) -> str:
    """`2 of 5`; a dash where nothing is known."""
    return UNKNOWN if count.count is None else f"{count.count} of {count.n}"


def meant(mean: Mean) -> str:
    """`63 (n = 4)`; a dash where nothing is known."""
    return UNKNOWN if mean.value is None else f"{mean.value:.0f} (n = {mean.n})"


def _noticing(report: Report) -> Table:
    numbers = report.numbers
    return Table(
        "Noticing, in first tries",
        ("figure", "value"),
        (
            ("Lines with a fresh strain that were answered", str(numbers.strains)),
            ("Marked at the time", counted_of(numbers.marked)),
            ("Seen on rereading", counted_of(numbers.reread)),
            ("Replies to them, in words, that showed it was noticed", counted_of(numbers.noticed)),
            ("Calm lines marked", counted_of(numbers.false_marks)),
            ("Calm lines in which a strain was looked for", counted_of(numbers.false_alarms)),
            ("Recognition, mean of 0 to 100", meant(numbers.recognition)),
            ("Repair, mean of 0 to 100", meant(numbers.repair)),
        ),
        "Marks and replies are two figures and are not added. Recognition takes replies to fresh strains and to calm "
        "lines, where looking for a strain lowers it; calm lines alone give none. Silences, and lines in which a "
        "strain was only still open, count in neither: they show nothing. A dash: nothing to count, or not asked.",
    )


def _bands(report: Report) -> Table:
    rows = tuple((BANDS[band], str(count)) for band, count in report.numbers.bands)
    read = any(count for _, count in report.numbers.bands)
    calm = report.numbers.calm
    note = f"Apart from {counted(calm, 'reply', 'replies')} to calm lines, where there is nothing to repair."
    return Table("Bands, in first tries", ("band", "replies"), rows if read else (), note if calm else "")


def _turns(report: Report) -> Table:
    return Table(
        "Turn by turn, first tries",
        ("turn", "band", "recognition", "repair", "what it did"),
        tuple((str(row.turn), *_scores(row), row.deed) for row in report.numbers.first),
        " ".join(dict.fromkeys(f"Turn {row.turn}: {cap}" for row in report.numbers.first for cap in row.caps)),
    )


def _scores(row: TurnFigures) -> tuple[str, str, str]:
    band = BANDS[row.band] if row.band else "calm" if row.calm else "not read"
    return (band, _rounded(row.recognition), _rounded(row.repair))


def _rounded(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.0f}"


def _harms(report: Report) -> Table:
    rows = tuple(
        (f"{harm.severity}, {SEVERITY[harm.severity]}", codebook().harm(harm.code).name, str(harm.turn))
        for harm in report.numbers.harms
    )
    return Table("Harms by severity, in first tries", ("severity", "what", "turn"), rows)


def _retried(report: Report) -> Table:
    rows = tuple(
        (str(item.turn), str(row.attempt), *_scores(row), row.deed)
        for item in report.numbers.retried
        for row in item.tries
    )
    return Table("Tries compared", ("turn", "try", "band", "recognition", "repair", "what it did"), rows)


def _rubric(report: Report) -> Table:
    heads = (*(f"D{number}" for number in range(1, len(DIMENSIONS))), "C")
    rows = tuple(
        (str(row.turn), *(UNKNOWN if value is None else str(value) for _, value in row.dimensions))
        for row in report.numbers.first
        if row.dimensions
    )
    names = (codebook().dimension(slug).name for slug in DIMENSIONS)
    legend = listed([f"{head} {name.lower()}" for head, name in zip(heads, names, strict=True)])
    return Table("The rubric, 0 to 4", ("turn", *heads), rows, f"{legend}.")


def _card(report: Report) -> Table:
    rows = tuple((item.text, item.words, f"{item.value:g}") for item in report.card)
    note = "From the patient's last saved trust, tension, agency and communion, by this project's own formulas."
    return Table("The patient's card, 0 to 10", ("line", "in words", "value"), rows, note)


def _pulls(report: Report) -> Table:
    said = {True: "yes", False: "no", None: UNKNOWN}
    rows = tuple(
        (str(pull.turn), one_line(pull.urge), pull.deed or "not read", said[pull.followed])
        for pull in (report.private.pulls if report.private else ())
    )
    return Table("Urge and deed (private)", ("turn", "urge", "what you did", "followed it"), rows)


def curve_table(curve: Curve) -> Table:
    """Trust and tension after each reply."""
    rows = tuple(
        (str(point.turn) if point.turn else "start", f"{point.trust:g}", f"{point.tension:g}", point.words)
        for point in curve.points
    )
    return Table(run_heading(curve), ("after turn", "trust", "tension", "where"), rows)


def run_heading(run: Curve | Run) -> str:
    """What a run is called."""
    return "First run" if run.run == 1 else f"↺ After going back to turn {run.from_turn}"


ARROWS = {
    "start": "·", "onset": "▲", "forward": "→", "stayed": "=", "back": "←", "retreat": "↶", "aside": "↘", "end": "■",
}  # fmt: skip
DIRECTIONS = {
    "start": "start",
    "onset": "came of itself",
    "forward": "further",
    "stayed": "stayed",
    "back": "back",
    "retreat": "drew back",
    "aside": "elsewhere",
    "end": "end",
}


def path_table(run: Run) -> Table:
    """Where each reply led."""
    rows = tuple(
        (str(step.turn) if step.turn else "start", f"{ARROWS[step.direction]} {DIRECTIONS[step.direction]}", step.words)
        for step in run.steps
    )
    return Table(run_heading(run), ("after turn", "way", "where"), rows, " ".join(_about(run)))


def _about(run: Run) -> Iterator[str]:
    if run.deepest:
        yield f"Furthest on: {run.deepest}."
    if run.loops:
        yield f"Retreats: {run.loops}."


def ways_told(ways: Sequence[Way]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The ways not taken, by where they start: `From “going along”, if you`, then one line a way."""
    starts = dict.fromkeys(way.here for way in ways)
    return tuple((f"From “{here}”, if you", tuple(_way(way) for way in ways if way.here == here)) for here in starts)


def _way(way: Way) -> str:
    provided = f", {', '.join(way.provided)}" if way.provided else ""
    return f"{listed(way.moves, last='or')}{provided} → {way.there}"


def never_told(stages: Sequence[str]) -> str:
    """The stages that were never opened, in a sentence; empty when all were."""
    return f"Never opened: {listed(stages)}." if stages else ""
