"""One exchange as the debrief tells it: plain values."""

from typing import Literal

from roleplay.scoring.codes import Band, Strain
from roleplay.scoring.coding import Frozen


class Mark(Frozen):
    """Whether something was marked about a line, at the time or on rereading."""

    sign: Literal["●", "○"]
    words: str
    kind: str = ""
    """What the trainee took it for, if that was said."""
    pointed: str = ""
    """The patient's words that were pointed at."""


class Deed(Frozen):
    """One code, the words it rests on and what it means."""

    code: str
    sign: Literal["●", "○"]
    """● towards repair, ○ away from it."""
    short: str
    name: str
    definition: str
    words: str
    """The trainee's words; the patient's, passed over, where it is about what was not said."""
    of_patient: bool = False
    confidence: float | None = None
    """0..1; None where the rubric gave the code and not the coder."""
    sure: bool = True
    shared: bool = False
    severity: int | None = None
    weight: str = ""
    """The severity in words."""
    instead: str = ""
    """For a harm: another way to say it."""


class Teach(Frozen):
    """What a supervisor would say about this stage with this patient."""

    missed_cue: str
    why: str
    alternative_readings: tuple[str, ...]
    model_replies: tuple[str, ...]
    """Only where the turn was tried twice or the conversation is over; shown only when asked for."""


class Contested(Frozen):
    """What the trainee says was meant, beside how it was read."""

    meant: str
    code: str


class Remark(Frozen):
    """What the coach asked and said."""

    question: str
    text: str
    words: str


class Review(Frozen):
    """What a supervisor or peer wrote beside the automatic reading."""

    reviewer: str
    text: str
    ratings: tuple[tuple[str, int], ...]


class Opinion(Frozen):
    """How another scorer read the reply, beside the reading that counts."""

    scorer: str
    version: str
    judge: bool
    """Whether it is an outside model, rather than a coder of this program."""
    deeds: tuple[tuple[str, str], ...]
    """Each code in a few words, and the trainee's words that it rests on."""
    recognition: int | None
    """0..4; None where it did not read the reply."""
    contact: int | None
    because: str
    """Why it did not read the reply; empty where it did, and where it gave no reason."""


class Moment(Frozen):
    """One exchange as the debrief tells it."""

    turn: int
    attempt: int
    run: int
    live: bool
    line: str
    cue: str
    unsaid: str
    strain: Strain
    kind: str
    """What the strain was, in words; empty where the line carries none."""
    markers: tuple[str, ...]
    about: str
    risk: bool
    asked_again: bool
    mark: Mark | None
    """None where there was nothing to mark and nothing was marked."""
    reread: Mark | None
    """None as well where nothing was reread."""
    paused: tuple[int, ...]
    """Seconds of each pause."""
    hints: tuple[str, ...]
    answered: bool
    said: str
    silence: bool
    seconds: float | None
    unread: str
    """Why the reply could not be read; empty where it could."""
    again: str
    """That the same words were used before, and what came of it; empty for new words."""
    did: str
    """What the reply did, in words."""
    calm: str
    """Of a reply to a line with nothing to repair, what that says about it; such a reply has no band."""
    noticed: bool | None
    """Whether the reply showed that a fresh strain was noticed; None where there was none, for a silence and where
    it was not read."""
    missed: str
    """What there was to notice, at the first of the strains in one stage that were neither marked nor taken up."""
    deeds: tuple[Deed, ...]
    band: Band | None
    band_words: str
    band_text: str
    effect: str
    """What followed, in words."""
    answer: str
    answer_cue: str
    ended: bool
    rules: tuple[str, ...]
    """What the reading and the answer rest on."""
    contested: tuple[Contested, ...]
    remarks: tuple[Remark, ...]
    reviews: tuple[Review, ...]
    opinions: tuple[Opinion, ...]
    """The last of each scorer; they change nothing else that is told here."""
    reading: Opinion | None
    """The reading that counts, in the same form; None where no other scorer gave an opinion."""
    teach: Teach | None

    @property
    def sign(self) -> str:
        """`▲ withdrawal` where the line carries a strain; nothing where it does not."""
        return f"▲ {self.kind}" if self.kind else ""

    @property
    def retry(self) -> str:
        """`↺ try 2` from the second try on."""
        return f"↺ try {self.attempt}" if self.attempt > 1 else ""

    @property
    def verdict(self) -> str:
        """The mark and the deed on one line: `○ not marked · carried on`. That words were used before comes first."""
        mark = f"{self.mark.sign} {self.mark.words}" if self.mark else ""
        if self.noticed and not self.again and self.mark and self.mark.sign == "○":
            mark += ", ● noticed in your words"
        done = "not read" if self.unread else self.calm or self.did
        return " · ".join(part for part in (self.again, mark, done) if part)
