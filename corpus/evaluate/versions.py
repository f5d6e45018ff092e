"""The same reply in plain, second-language and dialect English: no one may be marked down for how they speak."""

from collections.abc import Iterator
from statistics import fmean

from corpus.evaluate.measures import BANDS
from corpus.reading import FOLDER, lines
from roleplay.scoring.coding import Coding
from roleplay.scoring.grade import grade
from roleplay.scoring.grading import Grade
from roleplay.scoring.learned.coder import TrainedCoder
from roleplay.scoring.record import heard_from, situation_from

RATINGS = ("recognition", "contact", "quality", "empathy", "ownership", "stance")
MOST = 0.3


def versions(coder: TrainedCoder) -> Iterator[str]:
    """The mean of each rating, 0 to 4, of the same replies in each kind of English."""
    by_kind = kinds(coder)
    yield f"{len(next(iter(by_kind.values())))} replies, each written in plain English and put into other Englishes"
    yield "without changing what it does. Means on a scale of 0 to 4 (bands: harmful 0 to strong 4), over the replies"
    yield "that have the rating in every kind.\n"
    yield f"| | replies | {' | '.join(by_kind)} | widest gap |\n| --- | --- |{' --- |' * (len(by_kind) + 1)}"
    for name in (*RATINGS, "band"):
        values = [[rating(name, *read) for read in found] for found in by_kind.values()]
        rated = [each for each in zip(*values, strict=True) if None not in each]
        means = [fmean(told) for told in zip(*rated, strict=True)]
        gap = max(means) - min(means)
        verdict = "" if gap <= MOST else " (above .30)"
        yield f"| {name} | {len(rated)} | {' | '.join(f'{each:.2f}' for each in means)} | {gap:.2f}{verdict} |"


def kinds(coder: TrainedCoder) -> dict[str, list[tuple[Coding, Grade]]]:
    """Every reply of `corpus/versions.jsonl`, read, by kind of English; plain comes first."""
    found: dict[str, list[tuple[Coding, Grade]]] = {}
    for record in lines(FOLDER / "versions.jsonl"):
        for kind, response in record["versions"].items():
            coding = coder(response, heard_from(record))
            found.setdefault(kind, []).append((coding, grade(coding, situation_from(record))))
    return found


def rating(name: str, coding: Coding, graded: Grade) -> int | None:
    """One rating of a reply; None where it was not rated, or the reply not judged."""
    if coding.abstained or graded.band is None:
        return None
    return BANDS.index(graded.band) if name == "band" else getattr(coding, name)
