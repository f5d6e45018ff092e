"""The tables of the report, as Markdown lines."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from statistics import fmean

from corpus.evaluate import intervals
from corpus.evaluate.judged import Judged
from corpus.evaluate.measures import (
    BANDS,
    HEADLINES,
    Figure,
    band_kappa,
    code_counts,
    false_alarms,
    macro_moves,
    micro_codes,
    recognition_kappa,
)
from corpus.reading import CODES

LENGTHS = ((1, 8), (9, 20), (21, 40), (41, 80), (81, 10_000))
BINS = 10
FEW = 20
"""Fewer calm turns than this give no share of false alarms."""
SURE = 0.05
"""Decisions held less likely than this are not looked at: nearly all are right, and would drown the rest."""


def headlines(columns: dict[str, Sequence[Judged]], with_interval: Collection[str]) -> Iterator[str]:
    """Every headline figure for each reader, those named with their interval."""
    yield f"| | target | {' | '.join(columns)} |"
    yield f"| --- | --- |{' --- |' * len(columns)}"
    for name, (figure, target) in HEADLINES.items():
        cells = []
        for reader, found in columns.items():
            cell = shown(figure(found))
            if reader in with_interval and (bounds := interval(found, figure)):
                cell += f" ({bounds[0]:.2f} to {bounds[1]:.2f})"
            cells.append(cell)
        yield f"| {name} | {target} | {' | '.join(cells)} |"


def interval(found: Sequence[Judged], figure: Figure) -> tuple[float, float] | None:
    """The interval of a figure, drawing moments."""
    return intervals.interval(found, figure, lambda each: each.moment)


def by_code(found: Sequence[Judged]) -> Iterator[str]:
    """Precision, recall and F1 of each code, with an interval for the last."""
    yield "| code | given by people | by the program | precision | recall | F1 | 95% of F1 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for code in map(str, CODES):
        counts = code_counts(found, code)
        bounds = interval(found, lambda drawn, code=code: code_counts(drawn, code).f1)  # type: ignore[misc]
        between = f"{bounds[0]:.2f} to {bounds[1]:.2f}" if bounds and bounds[0] < bounds[1] else "–"
        figures = " | ".join(map(shown, (counts.precision, counts.recall, counts.f1)))
        yield f"| {code} | {counts.both + counts.theirs} | {counts.both + counts.ours} | {figures} | {between} |"


def grouped(found: Sequence[Judged], name: str, key: Callable[[Judged], str]) -> Iterator[str]:
    """The main figures for each group of replies; no share of false alarms where there are few calm turns."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in found:
        groups[key(each)].append(each)
    yield f"| {name} | replies | band | recognition | moves F1 | codes, micro F1 | false alarms |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for group in sorted(groups):
        these = groups[group]
        figures = (band_kappa, recognition_kappa, macro_moves, micro_codes)
        alarms = false_alarms(these) if sum(each.calm for each in these) >= FEW else None
        yield f"| {group} | {len(these)} | {' | '.join(shown(figure(these)) for figure in figures)} | {shown(alarms)} |"


def length_of(each: Judged) -> str:
    """Which class of length a reply falls in."""
    words = len(each.record["response"].split())
    low, high = next((low, high) for low, high in LENGTHS if words <= high)
    return f"{low:02d} to {high} words" if high < 10_000 else f"{low} words and more"


def bands(found: Sequence[Judged]) -> Iterator[str]:
    """How often which band of the program's meets which of the people's."""
    table = Counter((each.band, each.graded.band) for each in found)
    yield f"| people \\ program | {' | '.join(BANDS)} | not judged |\n| --- |{' --- |' * (len(BANDS) + 1)}"
    for theirs in BANDS:
        yield f"| {theirs} | {' | '.join(str(table[theirs, ours]) for ours in (*BANDS, None))} |"


def reliability(sure: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Of the codes held so likely, given or not, how many people gave; then the mean distance (ECE)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    error = 0.0
    for likely, true in sure:
        bins[min(int(likely * BINS), BINS - 1)].append((likely, true))
    yield "| confidence | decisions | mean confidence | share that people gave |\n| --- | --- | --- | --- |"
    for place in sorted(bins):
        pairs = bins[place]
        said, true = fmean(likely for likely, _ in pairs), fmean(float(told) for _, told in pairs)
        error += abs(said - true) * len(pairs)
        yield f"| {max(place / BINS, SURE):.2f} to {(place + 1) / BINS:.2f} | {len(pairs)} | {said:.2f} | {true:.2f} |"
    yield f"\nExpected calibration error: {error / max(len(sure), 1):.3f} over {len(sure)} decisions."


def shown(value: float | None) -> str:
    """A figure with two decimals, or a dash."""
    return "–" if value is None else f"{value:.2f}"
