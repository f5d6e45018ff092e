"""Author's plays: say this, and the patient must be there. They pin codes, so they test the patient, not the coder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from roleplay.engine.events import RuptureMarked
from roleplay.engine.session import apply
from roleplay.engine.situation import heard_of
from roleplay.engine.step import begin, step
from roleplay.errors import ScenarioError
from roleplay.scenarios.misfits import misfits
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.source import read_source
from roleplay.scoring.codes import Harm, MarkKind, RecognitionKind, Strategy
from roleplay.scoring.coding import Coder, Coding, Found, Frozen


class PlayTurn(Frozen):
    """One reply of a play, with what it is worth, and where the patient must be afterwards."""

    say: str = ""
    silence: bool = False
    codes: tuple[Strategy | Harm, ...] = ()
    contact: int | None = Field(default=None, ge=0, le=4)
    """2 where there is a strategy and nothing is given, else 0."""
    recognition: int = Field(default=0, ge=0, le=4)
    kind: RecognitionKind | None = None
    quality: int | None = Field(default=None, ge=0, le=4)
    empathy: int | None = Field(default=None, ge=0, le=4)
    ownership: int | None = Field(default=None, ge=0, le=4)
    stance: int | None = Field(default=None, ge=0, le=4)
    shared: bool = False
    mark: MarkKind | None = None
    """What the trainee marks before this reply. It moves nothing, and is part of the grade."""
    then: str
    """A state or an ending."""

    @model_validator(mode="after")
    def _says_or_is_silent(self) -> "PlayTurn":
        if self.silence == bool(self.say):
            raise ValueError("a turn either says something or is silent")
        return self

    def coding(self) -> Coding:
        """The pinned reading of this turn; each code rests on the whole reply."""
        if self.silence:
            return Coding(codes=(Found(code=Strategy.HOLD, start=0, end=0),), silence=True)
        has_strategy = any(isinstance(code, Strategy) for code in self.codes)
        kinds = (RecognitionKind.NONE, RecognitionKind.GENERIC, RecognitionKind.IMPLICIT)
        return Coding(
            codes=tuple(Found(code=code, start=0, end=len(self.say), shared=self.shared) for code in self.codes),
            recognition=self.recognition,
            kind=self.kind or (kinds[min(self.recognition, 2)] if self.recognition < 4 else RecognitionKind.EXPLICIT),
            contact=self.contact if self.contact is not None else 2 if has_strategy else 0,
            quality=self.quality if self.quality is not None else 3 if has_strategy else None,
            empathy=self.empathy,
            ownership=self.ownership,
            stance=self.stance,
        )


class AuthorPlay(Frozen):
    """A named script for one patient."""

    play: str
    onset: int | None = None
    seed: int = 1
    turns: tuple[PlayTurn, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Step:
    """What happened at one turn of a play."""

    number: int
    turn: PlayTurn
    reached: str
    scored: Coding | None
    """What the coder read in the words, when it was asked."""

    @property
    def as_written(self) -> bool:
        """Whether the patient is where the play says."""
        return self.reached == self.turn.then


_PLAYS = TypeAdapter(tuple[AuthorPlay, ...])


def plays_beside(scenario_file: Path) -> Path:
    """Where the plays of a scenario file are: `plays/` beside it, same name."""
    return scenario_file.parent / "plays" / scenario_file.name


def plays_in(path: Path) -> tuple[AuthorPlay, ...]:
    """The plays of a file.

    Raises:
        ScenarioError: The file is not a list of plays; every problem is listed.
    """
    source = read_source(path)
    if source.problems:
        raise ScenarioError(source.problems)
    try:
        return _PLAYS.validate_python(source.data)
    except ValidationError as error:
        raise ScenarioError(misfits(error, source, AuthorPlay)) from None


def run(scenario: Scenario, play: AuthorPlay, coder: Coder | None = None) -> Iterator[Step]:
    """Plays the script with its pinned codes; stops early when the conversation ends.

    Args:
        coder: When given, also reads the words, for comparison only: the play goes on by its own codes.
    """
    session, _ = begin(scenario, "", seed=play.seed, onset=play.onset)
    for number, turn in enumerate(play.turns, 1):
        if session.ending is not None:
            yield Step(number, turn, session.ending, None)
            return
        if turn.mark is not None:
            session = apply(session, RuptureMarked(turn=session.turn + 1, kind=turn.mark))
        scored = coder(turn.say, heard_of(scenario, session)) if coder and turn.say else None
        session, _ = step(scenario, session, turn.say, turn.coding())
        yield Step(number, turn, session.ending or session.state, scored)
