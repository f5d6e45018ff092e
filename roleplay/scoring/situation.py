"""What a grader may know: where the conversation stands, as plain values."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from roleplay.scoring.codes import (
    About,
    Family,
    Marker,
    MarkKind,
    Move,
    PatientType,
    Strain,
    Struggle,
)
from roleplay.scoring.coding import Frozen

Depth = Literal["early", "explored"]
"""Which column of the fit matrix holds: before or after the strain has been opened."""


class Situation(Frozen):
    """Everything about the moment that decides what a reply's codes are worth. Unknown is None."""

    strain: Strain
    family: Family
    """The family now, which a crossing of stage models may have changed."""
    depth: Depth = "early"
    stage: str | None = None
    about: About | None = None
    type: PatientType | None = None
    struggle: Struggle | None = None
    trust: float | None = Field(default=None, ge=0, le=10)
    tension: float | None = Field(default=None, ge=0, le=10)
    intensity: int | None = Field(default=None, ge=1, le=5)
    """Of the rupture that is live, 1 to 5."""
    markers: tuple[Marker, ...] = ()
    lapse: str | None = None
    """What the therapist did, where there was a lapse; None when there was none or it is unknown."""
    indirect: bool | None = None
    """The moment asks for indirect (True) or direct (False) work; None when either will do."""
    risk: bool = False
    """The patient's last line is a risk cue which has not been answered."""
    stage_fit: Mapping[Move, int] | None = None
    """What each move would do from here, as D6 (0..4); None when no graph is known."""
    repeats: int = Field(default=0, ge=0)
    """How often this form of words was used before in the conversation."""
    mark: MarkKind | None = None
    """What the trainee said they noticed, if they were asked or chose to say."""
    kind: MarkKind | None = None
    """The kind of the live rupture, for judging `mark`."""
