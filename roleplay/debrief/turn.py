"""One exchange read back from the facts. A turn is a view and is never stored."""

from dataclasses import dataclass

from roleplay.engine.events import (
    CoachSpoke,
    CodeContested,
    HintShown,
    OpinionGiven,
    PatientSpoke,
    PauseTaken,
    ReviewAdded,
    RuptureMarked,
    SessionEnded,
    StateEntered,
    TraineeReplied,
)
from roleplay.scoring.codes import MarkKind, Move, Strain
from roleplay.scoring.coding import Coding
from roleplay.scoring.grading import Grade
from roleplay.scoring.situation import Situation

Answer = PatientSpoke | SessionEnded
RECOGNISED = 3
"""From this graded level on (D1, 0..4) a reply counts as having noticed."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of the patient, the reply to it and what it did."""

    number: int
    """Of the reply, counted from 1; the one that would come next where nothing was replied yet."""
    attempt: int
    """1 for the first try of this number, 2 after going back once, and so on."""
    run: int
    """1 until the first going back, then one more each time."""
    live: bool
    """False when going back has superseded it."""
    opened: int
    """Entry of the log with which the turn opened."""
    line_at: int
    """Entry of the log that holds the line; the same for every reply to it."""
    line: PatientSpoke | None = None
    asked_again: bool = False
    """The reply before could not be read, so that the patient only said "say that again?"."""
    marks: tuple[RuptureMarked, ...] = ()
    urges: tuple[str, ...] = ()
    pauses: tuple[PauseTaken, ...] = ()
    hints: tuple[HintShown, ...] = ()
    reply: TraineeReplied | None = None
    coding: Coding | None = None
    situation: Situation | None = None
    grade: Grade | None = None
    before: StateEntered | None = None
    after: StateEntered | None = None
    """None where the reply ended the conversation or could not be read."""
    answer: Answer | None = None
    contested: tuple[CodeContested, ...] = ()
    remarks: tuple[CoachSpoke, ...] = ()
    reviews: tuple[ReviewAdded, ...] = ()
    opinions: tuple[OpinionGiven, ...] = ()
    """How other scorers read the reply, in the order in which they did."""
    reread: bool | None = None
    """Whether rereading marked this line; None where nothing was reread."""
    reread_kind: MarkKind | None = None

    @property
    def strain(self) -> Strain:
        """Of the line: it carries a rupture, one is open, or there is none."""
        return self.line.strain if self.line else Strain.NONE

    @property
    def fresh(self) -> bool:
        """Whether the line carries a rupture."""
        return self.strain is Strain.FRESH

    @property
    def calm(self) -> bool:
        """Whether there was nothing to find."""
        return self.strain is Strain.NONE

    @property
    def marked(self) -> bool:
        """Whether the trainee said, before replying, that something was happening."""
        return bool(self.marks)

    @property
    def mark(self) -> RuptureMarked | None:
        """The last mark, which may say more than the first."""
        return self.marks[-1] if self.marks else None

    @property
    def answered(self) -> bool:
        """Whether the trainee replied."""
        return self.reply is not None

    @property
    def readable(self) -> bool:
        """Whether the reply could be coded and graded."""
        return self.grade is not None and self.coding is not None and not self.coding.abstained

    @property
    def silent(self) -> bool:
        """Whether the trainee said nothing: a silence shows nothing, and is no miss by itself."""
        return self.reply is not None and (self.reply.silence or not self.reply.text.strip())

    @property
    def tested(self) -> bool:
        """Whether the reply, in words, answers a line that had brought a fresh strain."""
        return self.fresh and self.readable and not self.silent

    @property
    def noticed(self) -> bool:
        """Whether a reply to a fresh strain showed, in words, that it was noticed."""
        return self.tested and self.grade is not None and self.grade.recognition >= RECOGNISED

    @property
    def repeats(self) -> int:
        """How often this form of words was used before; 0 where that is unknown."""
        noted = self.grade is not None and "repeated_form" in self.grade.notes
        return max(self.situation.repeats if self.situation else 0, int(noted))

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the reply did: as the transitions saw it, else as it was graded."""
        if self.after is not None:
            return self.after.moves
        return self.grade.moves if self.grade else ()

    @property
    def state(self) -> str:
        """Where the patient was when the reply was given; empty when unknown."""
        return self.before.state if self.before else self.line.state if self.line else ""

    @property
    def reached(self) -> str:
        """Where the patient was afterwards: a state or an ending; empty when nothing moved."""
        if isinstance(self.answer, SessionEnded):
            return self.answer.ending
        return self.after.state if self.after else ""

    @property
    def left_at(self) -> StateEntered | SessionEnded | None:
        """The fact that tells how the reply left the patient; None when it moved nothing."""
        return self.answer if isinstance(self.answer, SessionEnded) else self.after

    @property
    def text(self) -> str:
        """The trainee's words; empty for a silence and where nothing was replied."""
        return self.reply.text if self.reply else ""
