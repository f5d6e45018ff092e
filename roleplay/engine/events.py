"""Facts, in the past tense. A conversation is nothing but a list of these."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from roleplay.scenarios.model import Rupture
from roleplay.scoring.codes import MarkKind, Move, Strain, Urge
from roleplay.scoring.coding import Coding, Frozen
from roleplay.scoring.grading import Grade
from roleplay.scoring.situation import Situation


class Versions(Frozen):
    """What produced a conversation."""

    format: int
    engine: str
    coder: str


class Variables(Frozen):
    """The patient's inner state: four 0..10 scales and the counters that transitions test."""

    trust: float
    tension: float
    agency: float
    communion: float
    misses: int = 0
    """Replies in a row that missed, soothed or advised."""
    attacks: int = 0
    loops: int = 0
    locked: int = 0
    """Turns for which no good move opens anything."""


class SessionBegan(Frozen):
    """A trainee sat down with a patient."""

    event: Literal["session_began"] = "session_began"
    scenario: str
    scenario_hash: str
    trainee: str = "me"
    group: str = ""
    mode: Literal["practice", "assess"] = "practice"
    seed: int
    onset: int | None
    """Number of the patient's line that brings the strain; None in a control."""
    max_turns: int
    versions: Versions
    patient: Variables


class StateEntered(Frozen):
    """The patient is in this state now, having come or stayed."""

    event: Literal["state_entered"] = "state_entered"
    turn: int
    state: str
    came_from: str | None = None
    moves: tuple[Move, ...] = ()
    """What the transitions saw."""
    row: int | None = None
    """Which transition of the state left was taken, counted from 0; None at the start and at onset."""
    patient: Variables


class PatientSpoke(Frozen):
    """The patient said something."""

    event: Literal["patient_spoke"] = "patient_spoke"
    turn: int
    """Number of replies given before this line."""
    state: str
    line: str
    cue: str = ""
    unsaid: str = ""
    rupture: Rupture | None = None
    risk: bool = False
    strain: Strain
    source: str
    """Which written line it was, e.g. `withdrawal.marker/says/0/1`."""
    unsure: bool = False
    """A neutral "say that again?": nothing moved."""


class RuptureMarked(Frozen):
    """The trainee said, unasked, that something is happening here."""

    event: Literal["rupture_marked"] = "rupture_marked"
    turn: int
    """The reply that is about to be given, counted from 1: the mark is about the line before it."""
    kind: MarkKind | None = None
    words: str = ""


class UrgeNoted(Frozen):
    """The trainee named the pull before replying. Private."""

    event: Literal["urge_noted"] = "urge_noted"
    turn: int
    urge: Urge | str


class PauseTaken(Frozen):
    """The trainee took a mindful pause."""

    event: Literal["pause_taken"] = "pause_taken"
    turn: int
    seconds: int
    """How long it was meant to be."""
    taken: float | None = None
    """How long it was, in seconds."""


class HintShown(Frozen):
    """The trainee asked for a hint."""

    event: Literal["hint_shown"] = "hint_shown"
    turn: int
    text: str


class TraineeReplied(Frozen):
    """The trainee said something, or chose to say nothing."""

    event: Literal["trainee_replied"] = "trainee_replied"
    turn: int
    """Counted from 1."""
    text: str
    silence: bool = False
    seconds: float | None = None
    """From the patient's line to the reply, where known."""


class ReplyCoded(Frozen):
    """A coder read the reply."""

    event: Literal["reply_coded"] = "reply_coded"
    turn: int
    coding: Coding


class ReplyGraded(Frozen):
    """The rubric was applied to the coding in its situation."""

    event: Literal["reply_graded"] = "reply_graded"
    turn: int
    situation: Situation
    grade: Grade


class CoachSpoke(Frozen):
    """The coach asked and said one thing about an exchange that is over."""

    event: Literal["coach_spoke"] = "coach_spoke"
    turn: int
    """The exchange it is about."""
    question: str
    text: str
    code: str = ""
    words: str = ""
    """The words that it rests on, the trainee's or the patient's."""
    asked: bool = False
    """Whether the trainee asked, rather than the coach speaking by itself."""


class CodeContested(Frozen):
    """The trainee said what was meant. Both readings are kept."""

    event: Literal["code_contested"] = "code_contested"
    turn: int
    meant: str
    code: str = ""


class SelfRated(Frozen):
    """The trainee answered a question about themselves. Private unless shared."""

    event: Literal["self_rated"] = "self_rated"
    question: str
    """Slug of the question, e.g. `how_are_you`."""
    value: int | None = None
    text: str = ""


class Rewound(Frozen):
    """The trainee went back. Facts after `to_seq` and before this one are superseded, not erased."""

    event: Literal["rewound"] = "rewound"
    to_seq: int
    turn: int
    """The reply that will be given anew."""


class Reread(Frozen):
    """Rereading before the debrief, the trainee marked where the strain was."""

    event: Literal["reread"] = "reread"
    marks: Mapping[int, MarkKind | None]
    """Turn (the reply after the line) to kind; empty when nothing was marked on rereading."""


class ReviewAdded(Frozen):
    """A supervisor or peer wrote about a turn, beside the automatic reading."""

    event: Literal["review_added"] = "review_added"
    turn: int | None = None
    reviewer: str
    ratings: Mapping[str, int] = {}
    text: str = ""


class OpinionGiven(Frozen):
    """Another scorer read a reply, beside the reading that counts and never instead of it: nothing moves."""

    event: Literal["opinion_given"] = "opinion_given"
    turn: int
    reply: int = Field(ge=1)
    """Entry of the log that holds the reply, so that a try left behind can have an opinion too."""
    scorer: str = Field(max_length=100)
    """Which kind of scorer: `judge` for an outside model, else the name of a coder of this program."""
    version: str = Field(max_length=200)
    """Of the coder; of a judge, its model."""
    coding: Coding | None = None
    """None where none could be had."""
    problem: str = Field(default="", max_length=500)
    """Why there is none, in words; empty where there is one."""
    seconds: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """From the question to the answer, a second try and waiting included."""
    tokens_in: int | None = Field(default=None, ge=0)
    tokens_out: int | None = Field(default=None, ge=0)
    """As the server counted them; None where it did not."""
    cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """In the currency of the prices that were set; None where none were."""
    dropped: int = Field(default=0, ge=0)
    """Codes left out because the words they cite are not in the reply."""
    tries: int = Field(default=1, ge=1)


class SessionEnded(Frozen):
    """The conversation is over."""

    event: Literal["session_ended"] = "session_ended"
    turn: int
    ending: str
    line: str
    cue: str = ""
    unsaid: str = ""
    account: str
    aftermath: str = ""
    resolution: int = Field(ge=1, le=5)
    because: Literal["ending", "time"] = "ending"
    patient: Variables
    """As the last reply left them."""


Event = Annotated[
    SessionBegan
    | StateEntered
    | PatientSpoke
    | RuptureMarked
    | UrgeNoted
    | PauseTaken
    | HintShown
    | TraineeReplied
    | ReplyCoded
    | ReplyGraded
    | CoachSpoke
    | CodeContested
    | SelfRated
    | Rewound
    | Reread
    | ReviewAdded
    | OpinionGiven
    | SessionEnded,
    Field(discriminator="event"),
]


@cache
def event_adapter() -> TypeAdapter[Event]:
    """Reads and writes one fact as JSON."""
    return TypeAdapter(Event)


def dump(event: Event) -> str:
    """One fact as canonical JSON text without line breaks: U+2028, U+2029 and U+0085 are escaped too."""
    text = event_adapter().dump_json(event).decode("utf-8")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085")


def parse(text: str) -> Event:
    """The fact that `dump` wrote.

    Raises:
        pydantic.ValidationError: The text is not a fact of this version.
    """
    return event_adapter().validate_json(text)
