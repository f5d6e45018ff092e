"""A conversation as it was heard and seen, line by line. Nothing in it that the trainee did not see then."""

from collections.abc import Iterable, Iterator

from roleplay.debrief.plain_text import visible
from roleplay.engine.events import (
    CoachSpoke,
    CodeContested,
    Event,
    HintShown,
    PatientSpoke,
    PauseTaken,
    Rewound,
    RuptureMarked,
    SessionEnded,
    TraineeReplied,
    UrgeNoted,
)

SILENCE = "[you say nothing for a while]"


def transcript(facts: Iterable[Event], patient: str, *, private: bool = False) -> Iterator[str]:
    """The lines of a conversation in the order in which things happened, tries that were taken back included.

    Args:
        facts: Every fact, in order.
        patient: How the transcript calls the patient.
        private: Whether the urges that were noted are in it.
    """
    tried: dict[int, int] = {}
    for fact in facts:
        match fact:
            case PatientSpoke() | SessionEnded():
                yield from spoken(patient, fact)
            case TraineeReplied(turn=turn):
                tried[turn] = tried.get(turn, 0) + 1
                again = f", try {tried[turn]}" if tried[turn] > 1 else ""
                yield f"{turn}{again}  {replied(fact)}"
            case Rewound(turn=turn):
                yield f"    [back to before reply {turn}]"
            case UrgeNoted(urge=urge) if private:
                yield f"    [urge: {visible(str(urge))}]"
            case _:
                yield from _noted(fact)


def spoken(patient: str, fact: PatientSpoke | SessionEnded) -> Iterator[str]:
    """What the patient says, and below it what can be seen."""
    if fact.line:
        yield f"{visible(patient)}: {visible(fact.line)}"
    if fact.cue:
        yield f"[{visible(fact.cue)}]"


def replied(fact: TraineeReplied) -> str:
    """What the trainee says, or that it is nothing."""
    return f"you: {SILENCE if fact.silence else visible(fact.text)}"


def _noted(fact: Event) -> Iterator[str]:
    match fact:
        case RuptureMarked(kind=kind, words=words):
            what = ": ".join(part for part in (kind.value if kind else "", visible(words)) if part)
            yield f"    [marked{f': {what}' if what else ''}]"
        case PauseTaken(seconds=seconds):
            yield f"    [pause, {seconds} seconds]"
        case HintShown(text=text):
            yield f"    [hint: {visible(text)}]"
        case CoachSpoke(question=question, text=text):
            yield f"    [coach: {visible(question)} {visible(text)}]"
        case CodeContested(turn=turn, meant=meant):
            yield f"    [about reply {turn}, you meant: {visible(meant)}]"
