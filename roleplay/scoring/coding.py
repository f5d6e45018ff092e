"""What a coder may know and what it answers. A coder never learns stage, type or the truth."""

from typing import Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from roleplay.scoring.codes import Harm, RecognitionKind, Strategy

Scale = int
"""An anchored rating, 0 to 4."""


class Frozen(BaseModel):
    """Base for values: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Utterance(Frozen):
    """One thing said in the conversation so far."""

    who: Literal["therapist", "patient"]
    text: str


class Heard(Frozen):
    """Everything a coder may know besides the reply itself."""

    line: str = ""
    """The patient's last line."""
    cue: str = ""
    """What could be seen as it was said."""
    history: tuple[Utterance, ...] = ()
    """What was said before that line, oldest first."""
    context: str = ""
    """What the trainee was told beforehand (the briefing)."""


class Found(Frozen):
    """One code and the words it rests on."""

    code: Strategy | Harm
    start: int = Field(ge=0)
    """Character offset into the reply, inclusive."""
    end: int = Field(ge=0)
    """Character offset into the reply, exclusive. An absence code spans the whole reply."""
    confidence: float = Field(default=1.0, ge=0, le=1)
    shared: bool = False
    """For renegotiation: the patient chooses or is asked whether it fits."""
    about: str = ""
    """For a code of absence: the patient's words that were passed over."""


class Coding(Frozen):
    """What the words of one reply do, whatever the situation."""

    codes: tuple[Found, ...] = ()
    recognition: Scale = Field(default=0, ge=0, le=4)
    """Recognition shown, domain rubric D1, never reversed."""
    kind: RecognitionKind = RecognitionKind.NONE
    contact: Scale = Field(default=0, ge=0, le=4)
    """How far the reply takes up the patient's last line or the event; 2 is enough to open a stage."""
    quality: Scale | None = Field(default=None, ge=0, le=4)
    """How well the best strategy is done (D3). None without a strategy."""
    empathy: Scale | None = Field(default=None, ge=0, le=4)
    ownership: Scale | None = Field(default=None, ge=0, le=4)
    """None when the reply says nothing about the therapist's own part."""
    stance: Scale | None = Field(default=None, ge=0, le=4)
    economy: Scale | None = Field(default=None, ge=0, le=4)
    silence: bool = False
    """The trainee chose to say nothing."""
    described: bool = False
    """The reply tells what one would say instead of saying it."""
    abstained: bool = False
    """Nothing could be read with confidence: the patient asks again and nothing moves."""
    because: str = ""
    """Why the coder abstained or capped itself, in words for the trainee."""
    scorer: str = "pinned"
    version: str = "1"

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """Strategies found, each once, in order of appearance."""
        return tuple(dict.fromkeys(f.code for f in self.codes if isinstance(f.code, Strategy)))

    @property
    def harms(self) -> tuple[Harm, ...]:
        """Harms found, each once, in order of appearance."""
        return tuple(dict.fromkeys(f.code for f in self.codes if isinstance(f.code, Harm)))

    def inside(self, reply: str) -> Self:
        """This coding with every span brought inside `reply`; itself where they all lie there already."""
        if all(found.start <= found.end <= len(reply) for found in self.codes):
            return self
        clipped = []
        for found in self.codes:
            start = min(found.start, len(reply))
            end = min(max(start, found.end), len(reply))
            clipped.append(found.model_copy(update={"start": start, "end": end}))
        return self.model_copy(update={"codes": tuple(clipped)})

    @model_validator(mode="after")
    def _silence_is_not_described(self) -> Self:
        if self.silence and self.described:
            raise ValueError("A silence describes nothing.")
        return self


class Coder(Protocol):
    """Anything that turns a reply into a coding: words, a model, pinned codes of a play."""

    def __call__(self, reply: str, heard: Heard) -> Coding:
        """What the words of `reply` do, after what was heard."""
        ...
