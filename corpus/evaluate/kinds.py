"""What kinds of errors two readers make on the same replies: counted by code, to see what a change mended."""

from collections.abc import Callable, Iterator, Sequence

from corpus.evaluate.judged import SEVERE, Judged
from corpus.evaluate.measures import BANDS
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Harm, Strategy

HARMS = frozenset(map(str, Harm))
GRAVE = frozenset(str(harm) for harm in Harm if codebook().severity(harm)[1] == SEVERE)
RECEIVING = frozenset(map(str, (Strategy.ATTEND, Strategy.VALIDATE)))
OPENING = frozenset(
    map(str, (Strategy.INVITE, Strategy.NEED, Strategy.REDIRECT, Strategy.NORMALISE, Strategy.SMALL_THING))
)
WORK = frozenset(
    map(str, (Strategy.CHANGE, Strategy.RATIONALE, Strategy.OBSTACLES, Strategy.ALTERNATIVES, Strategy.LIMIT))
)
LINKS = frozenset(map(str, (Strategy.LINK_DYAD, Strategy.LINK_OUTSIDE)))
OWN, ANSWER, ATTEND = map(str, (Strategy.OWN, Strategy.ANSWER, Strategy.ATTEND))

Count = Callable[[Judged], int]


def missed(codes: frozenset[str]) -> Count:
    """How many of these people gave and the program did not."""
    return lambda each: len((each.theirs - each.codes) & codes)


def added(codes: frozenset[str]) -> Count:
    """How many of these the program gave and people did not."""
    return lambda each: len((each.codes - each.theirs) & codes)


def differing(codes: frozenset[str]) -> Count:
    """How many of these only one of the two gave."""
    return lambda each: len((each.codes ^ each.theirs) & codes)


FAR = 2
"""Steps between bands that make a difference to a trainee."""


def far(each: Judged) -> int:
    """Whether the two bands are `FAR` steps apart or more; not where the program could not tell."""
    return int(each.graded.band is not None and abs(BANDS.index(each.graded.band) - BANDS.index(each.band)) >= FAR)


KINDS: dict[str, Count] = {
    "milder harm unseen": missed(HARMS - GRAVE),
    "harm that may be of severity 3, unseen": missed(GRAVE),
    "harm added": added(HARMS),
    "attending given too freely": added(frozenset({ATTEND})),
    "attending or validating missed": missed(RECEIVING),
    "ways of opening, unseen or added": differing(OPENING),
    "task, choice, reasons and limits, missed or added": differing(WORK),
    "owning one's part, missed or added": differing(frozenset({OWN})),
    "answering plainly, missed or added": differing(frozenset({ANSWER})),
    "a pattern, unseen or added": differing(LINKS),
    "replies that differ in some code": lambda each: int(each.codes != each.theirs),
    "bands two steps off or more": far,
}


def compared(readers: Sequence[tuple[str, Sequence[Judged]]]) -> Iterator[str]:
    """A table of the kinds of errors, one column a reader; two readers may have one name."""
    yield f"| | {' | '.join(name for name, _ in readers)} |\n| --- |{' --- |' * len(readers)}"
    for kind, count in KINDS.items():
        yield f"| {kind} | {' | '.join(str(sum(map(count, found))) for _, found in readers)} |"
