"""What a reply did, code by code, with the words it rests on."""

from roleplay.debrief.moment import Deed
from roleplay.debrief.quoting import around
from roleplay.debrief.turn import Turn
from roleplay.debrief.wording import SEVERITY, first_sentence, named
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Found
from roleplay.scoring.grading import HarmGraded

SURE = 0.6
"""Below this confidence a code is shown as not sure."""


def deeds_of(turn: Turn) -> tuple[Deed, ...]:
    """Strategies in order of appearance, then harms, worst first; empty for a reply that was not read."""
    if not turn.readable or turn.coding is None or turn.grade is None:
        return ()
    towards = [_strategy(turn, found, found.code) for found in turn.coding.codes if isinstance(found.code, Strategy)]
    away = [_harm(turn, harm) for harm in sorted(turn.grade.harms, key=lambda harm: -harm.severity)]
    return _once((*towards, *away))


def _once(deeds: tuple[Deed, ...]) -> tuple[Deed, ...]:
    """The same code with the same words once, as sure as its surest."""
    kept: dict[tuple[str, str], Deed] = {}
    for deed in deeds:
        key = deed.code, deed.words
        if key not in kept or (kept[key].confidence or 0.0) < (deed.confidence or 0.0):
            kept[key] = deed
    return tuple(kept.values())


def _strategy(turn: Turn, found: Found, code: Strategy) -> Deed:
    entry = codebook().strategy(code)
    return Deed(
        code=code.value,
        sign="●",
        short=entry.short,
        name=entry.name,
        definition=named(first_sentence(entry.definition)),
        words=around(turn.text, found.start, found.end),
        confidence=found.confidence,
        sure=found.confidence >= SURE,
        shared=found.shared,
    )


def _harm(turn: Turn, harm: HarmGraded) -> Deed:
    entry = codebook().harm(harm.code)
    confidence = _confidence(turn, harm.code)
    line = turn.line.line if turn.line else ""
    passed_over = harm.about or (line if harm.code is Harm.IGNORING else "")
    return Deed(
        code=harm.code.value,
        sign="○",
        short=entry.short,
        name=entry.name,
        definition=named(first_sentence(entry.definition)),
        words=passed_over or around(turn.text, harm.start, harm.end),
        of_patient=bool(passed_over),
        confidence=confidence,
        sure=confidence is None or confidence >= SURE,
        severity=harm.severity,
        weight=SEVERITY[harm.severity],
        instead=named(entry.instead),
    )


def _confidence(turn: Turn, code: Harm) -> float | None:
    """None for a harm that the rubric gave and no words show."""
    found = [found.confidence for found in turn.coding.codes if found.code is code] if turn.coding else []
    return max(found, default=None)
