"""What an author writes, as frozen values. Unknown keys are refused."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from roleplay.scoring.codes import (
    About,
    Family,
    Harm,
    Marker,
    MarkKind,
    Move,
    PatientType,
    Strategy,
    Struggle,
)
from roleplay.scoring.coding import Frozen

START = "calm"
"""The state in which every conversation begins."""

Words = Annotated[str, Field(min_length=1, pattern=r"\S", strict=True)]
"""Text for people: never empty or blank, and really a string in the file."""


def _listed(value: Any) -> Any:
    """A single value as a list of one, so that authors may leave the brackets out."""
    return [value] if isinstance(value, str | dict | Frozen) else value


class Rupture(Frozen):
    """The author's truth about one patient line which carries a strain."""

    kind: MarkKind
    markers: tuple[Marker, ...] = Field(min_length=1)
    intensity: int = Field(ge=1, le=5)
    about: About


class Line(Frozen):
    """One thing the patient says, what can be seen, and what stays unsaid."""

    line: Words
    cue: str = ""
    unsaid: str = ""
    """Shown only in the debrief, beside the line."""
    rupture: Rupture | None = None
    risk: bool = False
    """The line gives reason to ask plainly about safety."""


Variants = Annotated[tuple[Line, ...], Field(min_length=1), BeforeValidator(_listed)]
"""One visit: a line, or several of which the seed picks one."""


class When(Frozen):
    """When a transition admits a reply: data, never an expression. Empty means "otherwise"."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    any: tuple[Move | Strategy | Harm, ...] = ()
    all: tuple[Move | Strategy | Harm, ...] = ()
    none: tuple[Move | Strategy | Harm, ...] = ()
    contact_at_least: int | None = Field(default=None, ge=0, le=4)
    recognition_at_least: int | None = Field(default=None, ge=0, le=4)
    trust_at_least: float | None = Field(default=None, ge=0, le=10)
    trust_at_most: float | None = Field(default=None, ge=0, le=10)
    tension_at_least: float | None = Field(default=None, ge=0, le=10)
    tension_at_most: float | None = Field(default=None, ge=0, le=10)
    intensity_at_most: int | None = Field(default=None, ge=1, le=5)
    visits_at_least: int | None = Field(default=None, ge=1)
    """How often the patient has spoken in this state, this turn's line not counted."""
    turn_at_least: int | None = Field(default=None, ge=1)
    misses_at_least: int | None = Field(default=None, ge=1)
    """Turns in a row, this one included, that missed, soothed or advised."""
    attacks_at_least: int | None = Field(default=None, ge=1)
    """Attacking replies so far, this one included."""
    loops_at_least: int | Literal["type"] | None = None
    """Retreats into an avoidance stage so far; `type` asks for as many as the patient's parameters do."""
    seen: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """States that must have been visited before."""
    about: tuple[About, ...] = ()
    types: tuple[PatientType, ...] = ()
    struggles: tuple[Struggle, ...] = ()
    risk: bool | None = None
    """Whether the patient's last line is a risk cue that nobody has asked about."""


class Transition(Frozen):
    """One way out of a state. The first that admits is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    when: When = When()
    to: Words
    """A state, an ending, or `return`: back to where a risk branch was entered."""
    if_absent: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """Where to go instead, first that exists, when the scenario has not written `to`."""
    counts_as: Literal["forward", "stay", "sideways", "skip", "back"] | None = Field(default=None, alias="as")
    """How this row counts for fit to the stage (D6), where the order of the stages does not tell."""
    locks: int = Field(default=0, ge=0, le=5)
    """For so many turns after this row no good move opens anything."""


class Teach(Frozen):
    """What a supervisor would say about this stage with this patient."""

    hint: str = ""
    missed_cue: str = ""
    alternative_readings: tuple[Words, ...] = ()
    model_replies: tuple[Words, ...] = ()
    why: str = ""


class Stage(Frozen):
    """Where a state stands in its stage model."""

    order: int = Field(ge=0)
    depth: Literal["early", "explored"]
    avoidance: bool = False
    """Entering it counts as a loop."""
    tender: bool = False
    """Being met here feeds communion."""
    need: bool = False
    """The patient says what is wanted; being met here feeds agency."""


class State(Frozen):
    """One place in the conversation: what the patient says there and the ways out."""

    says: tuple[Variants, ...] = ()
    after: Mapping[Move, Variants] = {}
    """What the patient says instead when this move led here: one item a time, the last repeats."""
    unsure: Line | None = None
    teach: Teach = Teach()
    transitions: tuple[Transition, ...] = ()
    replace: bool = False
    """Whether `transitions` stand alone instead of being tried before the inherited ones."""
    stage: Stage | None = None


class Ending(Frozen):
    """How a conversation can end. With transitions it is a resting point first."""

    line: Words
    cue: str = ""
    unsaid: str = ""
    account: Words
    """The patient's own account; the debrief opens with it."""
    aftermath: str = ""
    resolution: int = Field(ge=1, le=5)
    says: tuple[Variants, ...] = ()
    """At a resting point: one more thing, with the door left open."""
    transitions: tuple[Transition, ...] = ()
    replace: bool = False


class Setting(Frozen):
    """Where and how the patient is seen."""

    modality: Words
    session: int = Field(ge=1)
    place: Words


class Patient(Frozen):
    """The person. `type` and `struggle` are the author's working hypothesis."""

    name: Words
    age: int = Field(ge=1, le=120)
    background: Words
    type: PatientType
    struggle: Struggle
    wants: Words
    hides: str = ""
    address: str = ""
    """What the transcript calls them; the first word of the name where it is left out."""
    pronoun: Literal["she", "he", "they"] = "they"

    @property
    def called(self) -> str:
        """How the transcript names the patient."""
        return self.address or self.name.split()[0]


class Onset(Frozen):
    """Between which of the patient's lines the strain may come; drawn from the seed."""

    earliest: int = Field(ge=1)
    latest: int = Field(ge=1, le=10)


class Parameters(Frozen):
    """How readily this patient trusts, hurts and opens. By type unless the author gives them."""

    trust: float = Field(ge=0, le=10)
    gain_per_fit: float = Field(gt=0, le=5)
    loss_per_harm: float = Field(ge=0, le=5)
    loops: int = Field(ge=0, le=5)
    """Retreats into avoidance before the deepest stage can be reached."""
    max_turns: int = Field(ge=3, le=60)


class TimeUp(Frozen):
    """Which ending comes when the turns run out."""

    unopened: str
    """While the strain has not been opened."""
    opened: str
    """Once any state beyond the marker has been reached."""


class Scenario(Frozen):
    """One patient, one conversation."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60, strict=True)]
    title: Words
    family: Family
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", strict=True)] = "en"
    difficulty: int = Field(ge=1, le=5)
    content: tuple[Words, ...] = ()
    setting: Setting
    patient: Patient
    lapse: str | None = None
    briefing: Words
    cultural_note: str = ""
    follows: tuple[str, ...] = ()
    onset: Onset | None = None
    max_turns: int | None = Field(default=None, ge=3, le=60)
    parameters: Parameters | None = None
    """Given by the author, or filled in from the type when the scenario is resolved."""
    unsure: Line | None = None
    states: Mapping[str, State]
    endings: Mapping[str, Ending]
    entry: str | None = None
    """First stage of the strain; filled in from the first stage model."""
    time_up: TimeUp | None = None
    """Filled in from the first stage model; a control names its own or has an ending `unfinished`."""


class ModelState(Frozen):
    """A stage of a stage model: no words, only its place, a nudge and the ways out."""

    stage: Stage
    hint: Words
    transitions: tuple[Transition, ...]


class ModelEnding(Frozen):
    """An ending of a stage model; with transitions it is a resting point."""

    transitions: tuple[Transition, ...] = ()


class StageModel(Frozen):
    """A reusable graph of stages and transitions; a scenario follows one or more."""

    format: Literal[1]
    id: Words
    title: Words
    source: Words
    entry: str | None = None
    time_up: TimeUp | None = None
    anywhere: tuple[Transition, ...] = ()
    """Rows tried first in every state of a scenario that follows this model."""
    states: Mapping[str, ModelState]
    endings: Mapping[str, ModelEnding] = {}
