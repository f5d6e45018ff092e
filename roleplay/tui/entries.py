"""A conversation as it is read on the screen: facts in, entries out. Nothing inner, nothing unsaid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from roleplay.debrief.plain_text import one_line, visible
from roleplay.engine.events import (
    Event,
    PatientSpoke,
    PauseTaken,
    RuptureMarked,
    SessionEnded,
    TraineeReplied,
    UrgeNoted,
)
from roleplay.engine.session import live
from roleplay.scoring.codes import MarkKind

SILENCE = "you say nothing for a while"
KINDS = {
    MarkKind.WITHDRAWAL: "withdrawal",
    MarkKind.CONFRONTATION: "confrontation",
    MarkKind.HIDDEN: "something hidden",
    MarkKind.MIXED: "mixed",
}


@dataclass(frozen=True)
class Entry:
    """Something on the screen. Safe to show as it is."""

    kind: Literal["you", "patient", "silence", "note"]
    text: str
    cue: str = ""


@dataclass(frozen=True)
class Reply:
    """A reply that still holds, for choosing one to go back before."""

    turn: int
    text: str
    tries: int


def entries_of(events: Iterable[Event]) -> Iterator[Entry]:
    """What of these facts can be seen, in order."""
    for event in events:
        match event:
            case PatientSpoke(line=line, cue=cue) | SessionEnded(line=line, cue=cue):
                yield Entry("patient", visible(line.strip()), one_line(cue.strip()))
            case TraineeReplied(silence=True):
                yield Entry("silence", SILENCE)
            case TraineeReplied(text=text):
                yield Entry("you", visible(text.strip()))
            case RuptureMarked():
                yield Entry("note", _marked(event))
            case UrgeNoted(urge=urge):
                yield Entry("note", f"my urge: {one_line(str(urge))}")
            case PauseTaken(seconds=seconds):
                yield Entry("note", f"‖ a pause of {seconds} seconds")
            case _:
                pass


def replies_of(facts: Sequence[tuple[int, Event]]) -> list[Reply]:
    """The replies that hold, first to last; tries that were left behind are counted."""
    given = [event.turn for _, event in facts if isinstance(event, TraineeReplied)]
    return [
        Reply(event.turn, SILENCE if event.silence else one_line(event.text), given.count(event.turn))
        for event in live(facts)
        if isinstance(event, TraineeReplied)
    ]


def _marked(event: RuptureMarked) -> str:
    kind = f": {KINDS[event.kind]}" if event.kind else ""
    words = f", “{one_line(event.words)}”" if event.words else ""
    return f"● something is happening here{kind}{words}"
