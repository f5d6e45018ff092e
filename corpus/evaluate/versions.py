"""The same reply in plain, second-language and dialect English: no one may be marked down for how they speak."""

from collections.abc import Iterator
from statistics import fmean

from corpus.reading import FOLDER, lines
from roleplay.scoring.coding import Coding
from roleplay.scoring.grade import grade
from roleplay.scoring.grading import Grade
from roleplay.scoring.learned.coder import TrainedCoder
from roleplay.scoring.record import heard_from, situation_from

RATINGS = ("recognition", "contact", "quality", "empathy", "ownership", "stance")
BANDS = ("harmful", "not_yet", "emerging", "solid", "strong")
MOST = 0.3


def versions(coder: TrainedCoder) -> Iterator[str]:
    """The mean of each rating, 0 to 4, of the same replies in each kind of English."""
    means: dict[str, dict[str, float]] = {}
    by_kind = kinds(coder)
    for kind, read in by_kind.items():
        means[kind] = {name: mean_rating(name, read) for name in RATINGS}
        means[kind]["band"] = fmean(BANDS.index(graded.band) for _, graded in read if graded.band)
    yield f"{len(next(iter(by_kind.values())))} replies, each written in plain English and put into other Englishes"
    yield "without changing what it does. Means on a scale of 0 to 4 (bands: harmful 0 to strong 4).\n"
    yield f"| | {' | '.join(by_kind)} | widest gap |\n| --- |{' --- |' * (len(by_kind) + 1)}"
    for name in (*RATINGS, "band"):
        values = [means[kind][name] for kind in by_kind]
        gap = max(abs(value - values[0]) for value in values)
        verdict = "" if gap <= MOST else " (above .30)"
        yield f"| {name} | {' | '.join(f'{value:.2f}' for value in values)} | {gap:.2f}{verdict} |"


def kinds(coder: TrainedCoder) -> dict[str, list[tuple[Coding, Grade]]]:
    """Every reply of `corpus/versions.jsonl`, read, by kind of English; plain comes first."""
    found: dict[str, list[tuple[Coding, Grade]]] = {}
    for record in lines(FOLDER / "versions.jsonl"):
        for kind, response in record["versions"].items():
            coding = coder(response, heard_from(record))
            found.setdefault(kind, []).append((coding, grade(coding, situation_from(record))))
    return found


def mean_rating(name: str, read: list[tuple[Coding, Grade]]) -> float:
    """The mean of one rating over the replies that have it."""
    return fmean(value for coding, _ in read if (value := getattr(coding, name)) is not None)
