"""Figures about one conversation. Each carries its n, and is None where there is nothing to count.

Headline figures rest on the first try of each turn. Marks and what replies show are two figures and
are never added.
"""

from collections import Counter
from collections.abc import Sequence

from roleplay.debrief.turn import Turn
from roleplay.debrief.turns import first_tries
from roleplay.debrief.wording import deed
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Band, Harm, Move, Strategy
from roleplay.scoring.coding import Frozen
from roleplay.scoring.grade import DIMENSIONS

ORDINARY = frozenset(
    {
        Strategy.ATTEND,
        Strategy.NEED,
        Strategy.ANSWER,
        Strategy.ALTERNATIVES,
        Strategy.CHANGE,
        Strategy.RATIONALE,
        Strategy.OBSTACLES,
        Strategy.DISCLOSE,
        Strategy.HOLD,
    }
)
"""What is also said where nothing is wrong: by itself it makes no false alarm."""


class Count(Frozen):
    """So many of n; None where nobody looked or there was nothing to count."""

    count: int | None
    n: int


class Mean(Frozen):
    """An arithmetic mean in 0..100 over n replies; None where n is 0."""

    value: float | None
    n: int


class TurnFigures(Frozen):
    """The rubric of one reply."""

    turn: int
    attempt: int
    band: Band | None
    calm: bool
    """Whether there was nothing to repair: such a reply has no band."""
    recognition: float | None
    """0..100; None where nothing fresh was there to notice, for a silence and where it could not be read."""
    repair: float | None
    """0..100 after caps; None as well where there was nothing to repair."""
    dimensions: tuple[tuple[str, int | None], ...]
    """Each 0..4, in the order of the rubric; None where there was no evidence or no question."""
    caps: tuple[str, ...]
    """Each rule that limited a figure, in words."""
    deed: str


class HarmSeen(Frozen):
    """One harm in one reply."""

    turn: int
    code: Harm
    severity: int
    """1 weakens, 2 stalls, 3 harms."""


class Retried(Frozen):
    """The tries at the same line, in order."""

    turn: int
    tries: tuple[TurnFigures, ...]


class Measures(Frozen):
    """The figures of a conversation."""

    strains: int
    """Lines with a fresh rupture that were replied to."""
    marked: Count
    """Of those lines: marked before the reply."""
    reread: Count
    """Of those lines: marked on rereading. None where nothing was reread, which is not 0."""
    noticed: Count
    """Of the replies in words to lines with a fresh strain: graded recognition of 3 or 4."""
    false_marks: Count
    """Of the calm lines: marked."""
    false_alarms: Count
    """Of the replies in words to calm lines: those that looked for a strain."""
    bands: tuple[tuple[Band, int], ...]
    """How many first tries in a strain fell into each band, worst first; bands that do not occur have 0."""
    calm: int
    """First tries at calm lines, which have no band."""
    first: tuple[TurnFigures, ...]
    """The first try of every turn."""
    recognition: Mean
    """Over replies in words to fresh strains and to calm lines, where looking for a strain lowers it.

    Unknown where no fresh strain was answered in words: calm lines alone show no noticing, and `false_alarms` tells
    where one was looked for.
    """
    repair: Mean
    harms: tuple[HarmSeen, ...]
    """In the first tries, worst first, then by turn."""
    retried: tuple[Retried, ...]


def measures_of(turns: Sequence[Turn]) -> Measures:
    """The figures of a conversation, from its turns in the order of `turns_of`."""
    first = first_tries(turns)
    read = [turn for turn in first if turn.readable]
    strained = [turn for turn in first if turn.fresh and not turn.asked_again]
    calm = [turn for turn in first if turn.calm and not turn.asked_again]
    figures = tuple(figures_of(turn) for turn in first)
    return Measures(
        strains=len(strained),
        marked=_count([_line_marked(turn, first) for turn in strained]),
        reread=_count([turn.reread for turn in strained if turn.reread is not None]),
        noticed=_count([turn.noticed for turn in read if turn.tested]),
        false_marks=_count([_line_marked(turn, first) for turn in calm]),
        false_alarms=_count([false_alarm(turn) for turn in read if turn.calm and not turn.silent]),
        bands=tuple((band, sum(row.band is band for row in figures)) for band in Band),
        calm=sum(row.calm for row in figures),
        first=figures,
        recognition=_mean([row.recognition for row in figures] if any(turn.tested for turn in read) else []),
        repair=_mean([row.repair for row in figures]),
        harms=_harms(first),
        retried=_retried(turns),
    )


def figures_of(turn: Turn) -> TurnFigures:
    """The rubric of one reply; figures are None where it could not be read or there was nothing to go by."""
    grade = turn.grade if turn.readable else None
    asked = grade is not None and (turn.tested or (turn.calm and not turn.silent))
    unasked = frozenset() if asked else frozenset({"recognition"})
    return TurnFigures(
        turn=turn.number,
        attempt=turn.attempt,
        band=grade.band if grade and not turn.calm else None,
        calm=turn.calm and grade is not None,
        recognition=grade.recognition_score if grade and asked else None,
        repair=grade.repair_score if grade else None,
        dimensions=tuple((slug, None if slug in unasked else grade.dimensions.get(slug)) for slug in DIMENSIONS)
        if grade
        else (),
        caps=grade.caps if grade else (),
        deed=deed(turn.moves),
    )


def false_alarm(turn: Turn) -> bool:
    """Whether a reply to a calm line looked for a strain.

    An attack looks for nothing: it is told as the harm it is. Nor does a reply that only does what is also said
    where nothing is wrong.
    """
    if not turn.calm or turn.grade is None or "false_alarm" not in turn.grade.notes or attacks(turn):
        return False
    return bool(turn.grade.harms) or not turn.grade.strategies or not ORDINARY.issuperset(turn.grade.strategies)


def attacks(turn: Turn) -> tuple[Harm, ...]:
    """The harms of a reply that turn against the patient, in order."""
    against = codebook().moves[Move.ATTACK].codes
    return tuple(harm.code for harm in turn.grade.harms if harm.code in against) if turn.grade else ()


def _line_marked(turn: Turn, turns: Sequence[Turn]) -> bool:
    """Whether the line was marked before any of the replies to it in the same run."""
    return any(other.marked for other in turns if other.line_at == turn.line_at and other.run == turn.run)


def _count(found: Sequence[bool | None]) -> Count:
    return Count(count=sum(map(bool, found)) if found else None, n=len(found))


def _mean(values: Sequence[float | None]) -> Mean:
    known = [value for value in values if value is not None]
    return Mean(value=round(sum(known) / len(known), 1) if known else None, n=len(known))


def _harms(turns: Sequence[Turn]) -> tuple[HarmSeen, ...]:
    seen = [
        HarmSeen(turn=turn.number, code=harm.code, severity=harm.severity)
        for turn in turns
        if turn.readable and turn.grade
        for harm in turn.grade.harms
    ]
    return tuple(sorted(seen, key=lambda harm: -harm.severity))


def _retried(turns: Sequence[Turn]) -> tuple[Retried, ...]:
    """Tries at one line compared; later turns differ in their lines and are not comparable."""
    replied = [turn for turn in turns if turn.answered and not turn.asked_again]
    often = [line for line, count in Counter(turn.line_at for turn in replied).items() if count > 1]
    return tuple(
        Retried(
            turn=next(turn.number for turn in replied if turn.line_at == line),
            tries=tuple(figures_of(turn) for turn in replied if turn.line_at == line),
        )
        for line in sorted(often)
    )
