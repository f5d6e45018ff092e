"""The quiet coach: one question and one thing, about an exchange that is over, resting on the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from roleplay.engine.events import (
    CoachSpoke,
    Event,
    PatientSpoke,
    ReplyCoded,
    ReplyGraded,
    StateEntered,
    TraineeReplied,
)
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Found
from roleplay.scoring.grading import HarmGraded

SURE = 0.6
"""Below this confidence the coach keeps silent about a code."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The last reply as the coach sees it."""

    line: PatientSpoke
    replied: TraineeReplied
    coded: ReplyCoded
    graded: ReplyGraded


def remark(facts: Sequence[Event], *, asked: bool) -> CoachSpoke | None:
    """What the coach has to say about the last exchange; None without one, or when nothing is sure.

    Harm comes first, the worst that is sure; beside a harm nothing is praised. Of a reply that could not be read it
    has nothing to say, unless the patient's words may speak of danger: they do not wait for a reading.
    """
    if (exchange := last_exchange(facts)) is None:
        return None
    if exchange.coded.coding.abstained:
        return _about_danger(exchange, asked=asked) if _unread_at_danger(exchange) else None
    if harms := exchange.graded.grade.harms:
        worst = max((h for h in harms if _is_sure(exchange, h)), key=lambda harm: harm.severity, default=None)
        return _said(exchange, codebook().harm(worst.code).coach, worst, asked=asked) if worst else None
    best = max(
        (f for f in exchange.coded.coding.codes if isinstance(f.code, Strategy) and f.confidence >= SURE),
        key=lambda f: f.confidence,
        default=None,
    )
    return _said(exchange, codebook().strategy(Strategy(best.code)).coach, best, asked=asked) if best else None


def speaks_unasked(facts: Sequence[Event], coaching: Literal["never", "when_stuck", "always"]) -> bool:
    """Whether the coach speaks by itself now.

    It does after two misses in a row, after harm of severity 2 or 3, and after a reply that could not be read where the
    patient's words may speak of danger.
    """
    if coaching != "when_stuck":
        return coaching == "always"
    exchange = last_exchange(facts)
    if exchange is not None and (exchange.graded.grade.severity >= 2 or _unread_at_danger(exchange)):
        return True
    entered = [event for event in facts if isinstance(event, StateEntered)]
    return bool(entered) and entered[-1].patient.misses >= 2


def last_exchange(facts: Sequence[Event]) -> Exchange | None:
    """The last reply with the line it answered; None before the first reply."""
    line: PatientSpoke | None = None
    replied: TraineeReplied | None = None
    coded: ReplyCoded | None = None
    exchange: Exchange | None = None
    for event in facts:
        match event:
            case PatientSpoke(unsure=False):
                line = event
            case TraineeReplied():
                replied = event
            case ReplyCoded():
                coded = event
            case ReplyGraded() if line and replied and coded:
                exchange = Exchange(line, replied, coded, event)
    return exchange


def _unread_at_danger(exchange: Exchange) -> bool:
    return exchange.coded.coding.abstained and exchange.graded.situation.risk


def _about_danger(exchange: Exchange, *, asked: bool) -> CoachSpoke:
    """No verdict, and the question that the moment asks."""
    return CoachSpoke(
        turn=exchange.replied.turn,
        question="Your reply could not be read with confidence. What did you hear in what the patient said?",
        text=codebook().harm(Harm.SAFETY_NEGLECT).coach,
        code=Strategy.SAFETY,
        words=exchange.line.line,
        asked=asked,
    )


def _is_sure(exchange: Exchange, harm: HarmGraded) -> bool:
    """Whether some words show this harm surely; one that only the moment shows is always sure."""
    shown = [found.confidence for found in exchange.coded.coding.codes if found.code is harm.code]
    return not shown or max(shown) >= SURE


def _said(exchange: Exchange, text: str, rests_on: Found | HarmGraded, *, asked: bool) -> CoachSpoke:
    return CoachSpoke(
        turn=exchange.replied.turn,
        question="How did that land?" if asked else "Before you go on: how did that land?",
        text=text,
        code=str(rests_on.code),
        words=rests_on.about or exchange.replied.text[rests_on.start : rests_on.end],
        asked=asked,
    )
