"""Facts read back as turns. Total: it accepts any facts in any order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from roleplay.debrief.turn import Turn
from roleplay.engine.events import (
    CoachSpoke,
    CodeContested,
    HintShown,
    OpinionGiven,
    PatientSpoke,
    PauseTaken,
    ReplyCoded,
    ReplyGraded,
    Reread,
    ReviewAdded,
    Rewound,
    RuptureMarked,
    SessionEnded,
    StateEntered,
    TraineeReplied,
    UrgeNoted,
)
from roleplay.scoring.codes import MarkKind
from roleplay.store.stamped import Stamped


@dataclass(slots=True)
class _Read:
    """A turn while it is being read, and where in the log its parts stand."""

    turn: Turn
    replied_at: int | None = None
    marked_at: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Everything read so far. The last live turn without a reply waits for one."""

    all: list[_Read] = field(default_factory=list)
    run: int = 1
    where: StateEntered | None = None

    def take(self, fact: Stamped) -> None:
        """Reads one more fact."""
        match fact.event:
            case PatientSpoke() as event:
                self.spoken(fact.seq, event)
            case TraineeReplied() as event:
                self.replied(fact.seq, event)
            case RuptureMarked() as event:
                self.marked(fact.seq, event)
            case StateEntered() as event:
                self.change(event.turn, after=event)
                self.where = event
            case ReplyCoded() | ReplyGraded() | SessionEnded() as event:
                self.followed(event)
            case Rewound(to_seq=to_seq):
                self.rewound(to_seq)
            case Reread(marks=marks):
                self.reread(marks)
            case OpinionGiven() as event:
                self.opined(event)
            case UrgeNoted() | PauseTaken() | HintShown() | CoachSpoke() | CodeContested() | ReviewAdded() as event:
                self.noted(event)

    def followed(self, event: ReplyCoded | ReplyGraded | SessionEnded) -> None:
        """What the reply was read as, and what it ended."""
        match event:
            case ReplyCoded(coding=coding):
                self.change(event.turn, coding=coding)
            case ReplyGraded(situation=situation, grade=grade):
                self.change(event.turn, situation=situation, grade=grade)
            case SessionEnded():
                self.change(event.turn, answer=event)

    def live(self) -> list[_Read]:
        return [read for read in self.all if read.turn.live]

    def waiting(self) -> _Read | None:
        return next((read for read in self.live() if not read.turn.answered), None)

    def replied_to(self, number: int) -> _Read | None:
        """The reply of this number that holds now."""
        found = [read for read in self.live() if read.turn.answered and read.turn.number == number]
        return found[-1] if found else None

    def change(self, number: int, **changes: object) -> None:
        if read := self.replied_to(number):
            read.turn = replace(read.turn, **changes)  # type: ignore[arg-type]

    def open(self, turn: Turn, marked_at: list[int]) -> None:
        """Adds a turn that waits for its reply, in place of any other that waits."""
        self.all = [read for read in self.all if read.turn.answered]
        tried = sum(read.turn.number == turn.number for read in self.all)
        opened = replace(turn, attempt=tried + 1, run=self.run, live=True)
        self.all.append(_Read(opened, marked_at=marked_at))

    def spoken(self, seq: int, event: PatientSpoke) -> None:
        self.change(event.turn, answer=event)
        number = event.turn + 1
        before = self.replied_to(event.turn)
        if event.unsure and before is not None:
            # The line before still waits for its answer, and so do the marks on it.
            turn = replace(_unanswered(before.turn), number=number, opened=seq, asked_again=True)
            self.open(turn, list(before.marked_at))
        else:
            turn = Turn(number, 1, self.run, live=True, opened=seq, line_at=seq, line=event, before=self.where)
            self.open(turn, [])

    def replied(self, seq: int, event: TraineeReplied) -> None:
        if self.waiting() is None:
            self.open(Turn(event.turn, 1, self.run, live=True, opened=seq, line_at=seq, before=self.where), [])
        if read := self.waiting():
            read.turn = replace(read.turn, number=event.turn, reply=event)
            read.replied_at = seq

    def marked(self, seq: int, event: RuptureMarked) -> None:
        if read := self.waiting():
            read.turn = replace(read.turn, marks=(*read.turn.marks, event))
            read.marked_at.append(seq)

    def noted(self, event: UrgeNoted | PauseTaken | HintShown | CoachSpoke | CodeContested | ReviewAdded) -> None:
        before = isinstance(event, UrgeNoted | PauseTaken | HintShown)
        read = self.waiting() if before else self.replied_to(event.turn or 0)
        if read is None:
            return
        turn = read.turn
        match event:
            case UrgeNoted():
                read.turn = replace(turn, urges=(*turn.urges, str(event.urge)))
            case PauseTaken():
                read.turn = replace(turn, pauses=(*turn.pauses, event))
            case HintShown():
                read.turn = replace(turn, hints=(*turn.hints, event))
            case CoachSpoke():
                read.turn = replace(turn, remarks=(*turn.remarks, event))
            case CodeContested():
                read.turn = replace(turn, contested=(*turn.contested, event))
            case ReviewAdded():
                read.turn = replace(turn, reviews=(*turn.reviews, event))

    def opined(self, event: OpinionGiven) -> None:
        """Found by the entry of its reply: an opinion on a try holds whatever was gone back from since."""
        for read in self.all:
            if read.replied_at == event.reply:
                read.turn = replace(read.turn, opinions=(*read.turn.opinions, event))

    def reread(self, marks: Mapping[int, MarkKind | None]) -> None:
        for read in self.live():
            number = read.turn.number
            read.turn = replace(read.turn, reread=number in marks, reread_kind=marks.get(number))

    def rewound(self, to_seq: int) -> None:
        """Supersedes the replies after `to_seq` and lets the line that was said by then wait again."""
        self.run += 1
        held = [read for read in self.live() if read.turn.opened <= to_seq]
        again = next((read for read in held if read.replied_at is None or read.replied_at > to_seq), None)
        for read in self.live():
            if read.turn.opened > to_seq or read.replied_at is None or read.replied_at > to_seq:
                read.turn = replace(read.turn, live=False)
        self.all = [read for read in self.all if read.turn.answered or read.turn.live]
        if again is not None:
            kept = [(at, mark) for at, mark in zip(again.marked_at, again.turn.marks, strict=True) if at <= to_seq]
            turn = replace(_unanswered(again.turn), marks=tuple(mark for _, mark in kept))
            self.where = turn.before
            self.open(turn, [at for at, _ in kept])


def _unanswered(turn: Turn) -> Turn:
    """The same line with the same marks, waiting for a reply."""
    return Turn(
        turn.number,
        turn.attempt,
        turn.run,
        live=True,
        opened=turn.opened,
        line_at=turn.line_at,
        line=turn.line,
        asked_again=turn.asked_again,
        marks=turn.marks,
        before=turn.before,
    )


def turns_of(facts: Iterable[Stamped]) -> tuple[Turn, ...]:
    """Every exchange of a conversation, superseded ones included, in the order in which they were replied to.

    The line that waits for a reply comes last, as a turn without one. Facts that belong to nothing
    (a coding without a reply, a mark without a line) are left out.
    """
    reader = _Reader()
    for fact in facts:
        reader.take(fact)
    return tuple(read.turn for read in reader.all)


def first_tries(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The first reply that was given at each number, in order; what headline figures rest on."""
    return tuple(turn for turn in turns if turn.attempt == 1 and turn.answered)


def live_tries(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns that still hold, the line that waits for a reply included."""
    return tuple(turn for turn in turns if turn.live)
