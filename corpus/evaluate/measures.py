"""What is measured, each a function from judged replies to one figure (None where it cannot be had)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from corpus.evaluate.judged import Judged, severe
from corpus.reading import CODES
from roleplay.scoring.agreement import f1, weighted_kappa
from roleplay.scoring.codes import Band, Move

BANDS = list(Band)
SLUGS = tuple(map(str, CODES))
GOOD = (Band.SOLID, Band.STRONG)
Figure = Callable[[Sequence[Judged]], float | None]


@dataclass(frozen=True)
class Counts:
    """How often both, only the program and only the people said yes."""

    both: int
    ours: int
    theirs: int

    @property
    def precision(self) -> float | None:
        """Of what the program said, the share that people said too."""
        return self.both / (self.both + self.ours) if self.both + self.ours else None

    @property
    def recall(self) -> float | None:
        """Of what people said, the share that the program found."""
        return self.both / (self.both + self.theirs) if self.both + self.theirs else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        whole = 2 * self.both + self.ours + self.theirs
        return 2 * self.both / whole if whole else None


def counts(pairs: Iterable[tuple[bool, bool]]) -> Counts:
    """From pairs of the program's and the people's yes or no."""
    both = ours = theirs = 0
    for mine, other in pairs:
        both += mine and other
        ours += mine and not other
        theirs += other and not mine
    return Counts(both, ours, theirs)


def code_counts(found: Sequence[Judged], code: str) -> Counts:
    """One code, over all replies."""
    return counts((code in each.codes, code in each.theirs) for each in found)


def macro_codes(found: Sequence[Judged]) -> float | None:
    """Mean F1 over the codes that anybody gave."""
    return mean(code_counts(found, code).f1 for code in SLUGS)


def micro_codes(found: Sequence[Judged]) -> float | None:
    """F1 over all decisions about all codes."""
    return counts((code in each.codes, code in each.theirs) for each in found for code in SLUGS).f1


def macro_moves(found: Sequence[Judged]) -> float | None:
    """Mean F1 over the moves that anybody made."""
    each = [
        f1([move in one.graded.moves for one in found], [move in one.people_graded.moves for one in found])
        for move in Move
    ]
    return mean(each)


def band_kappa(found: Sequence[Judged]) -> float | None:
    """Weighted kappa of the bands, over what the program could read."""
    known = [(each.graded.band, each.band) for each in found if each.graded.band]
    return weighted_kappa([BANDS.index(ours) for ours, _ in known], [BANDS.index(theirs) for _, theirs in known])


def recognition_kappa(found: Sequence[Judged]) -> float | None:
    """Weighted kappa of recognition as graded, reversed where there is nothing to find."""
    known = [each for each in found if not each.coding.abstained]
    return weighted_kappa(
        [each.graded.recognition for each in known], [each.people_graded.recognition for each in known]
    )


def strained_recognition_kappa(found: Sequence[Judged]) -> float | None:
    """The same in the moments with a strain only."""
    return recognition_kappa([each for each in found if not each.calm])


def contact_kappa(found: Sequence[Judged]) -> float | None:
    """Weighted kappa of contact."""
    known = [each for each in found if not each.coding.abstained]
    return weighted_kappa([each.coding.contact for each in known], [each.people["contact"] for each in known])


def false_alarms(found: Sequence[Judged]) -> float | None:
    """Of the calm turns on which people saw no false alarm, the share on which the program saw one."""
    calm = [each for each in found if each.calm and each.people_graded.recognition == 4]
    return share(each.graded.recognition < 4 and not each.coding.abstained for each in calm)


def severe_counts(found: Sequence[Judged]) -> Counts:
    """Whether there is a harm of severity 3 at all."""
    return counts((bool(severe(each.graded)), bool(severe(each.people_graded))) for each in found)


def good_called_harmful(found: Sequence[Judged]) -> float | None:
    """Of what people call solid or strong, the share that the program calls harmful."""
    good = [each for each in found if each.band in GOOD]
    return share(each.graded.band is Band.HARMFUL for each in good)


def harmful_called_good(found: Sequence[Judged]) -> float | None:
    """Of what people call harmful, the share that the program calls solid or strong."""
    bad = [each for each in found if each.band is Band.HARMFUL]
    return share(each.graded.band in GOOD for each in bad)


def abstained(found: Sequence[Judged]) -> float | None:
    """The share of replies that the program would not judge."""
    return share(each.coding.abstained for each in found)


def share(truths: Iterable[bool]) -> float | None:
    """How many of them hold, 0 to 1; None of none."""
    told = list(truths)
    return sum(told) / len(told) if told else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are known; None of none."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


HEADLINES: dict[str, tuple[Figure, str]] = {
    "band, weighted kappa": (band_kappa, "at least .80"),
    "recognition, weighted kappa": (recognition_kappa, "at least .80"),
    "recognition in a strain, weighted kappa": (strained_recognition_kappa, ""),
    "contact, weighted kappa": (contact_kappa, ""),
    "moves, macro F1": (macro_moves, "at least .75"),
    "codes, macro F1": (macro_codes, ""),
    "codes, micro F1": (micro_codes, ""),
    "harm of severity 3, recall": (lambda found: severe_counts(found).recall, "at least .90"),
    "harm of severity 3, precision": (lambda found: severe_counts(found).precision, "at least .75"),
    "good called harmful": (good_called_harmful, "at most .03"),
    "harmful called good": (harmful_called_good, "at most .03"),
    "false alarms where there is no strain": (false_alarms, "at most .10"),
    "not judged (abstained)": (abstained, ""),
}
"""Every headline figure, with its target."""
