"""The answer of `grade`: how what the words do fits this moment."""

from collections.abc import Mapping

from pydantic import Field

from roleplay.scoring.codes import Band, Harm, Move, RecognitionKind, Strategy
from roleplay.scoring.coding import Frozen


class HarmGraded(Frozen):
    """One harm with its severity settled for this moment."""

    code: Harm
    severity: int = Field(ge=1, le=3)
    """1 weakens, 2 stalls, 3 harms."""
    start: int
    end: int
    about: str = ""


class Grade(Frozen):
    """The rubric of one reply in one situation. Formative; never a published instrument."""

    recognition: int = Field(ge=0, le=4)
    """Graded recognition (D1), reversed where there is nothing to find."""
    kind: RecognitionKind
    """What the reply shows, never reversed."""
    dimensions: Mapping[str, int | None]
    """recognition, kind, quality, directness, fit, stage, empathy, ownership, stance, economy (D1..D10) and contact.

    None where there is no evidence or no question.
    """
    recognition_score: float | None
    """0..100."""
    repair_score: float | None
    """0..100 after caps; None where there is no strain to repair."""
    band: Band | None
    """None only when the coder abstained."""
    strategies: tuple[Strategy, ...] = ()
    harms: tuple[HarmGraded, ...] = ()
    moves: tuple[Move, ...] = ()
    """What transitions may test, by the one rule, best first."""
    best_fit: int = Field(default=0, ge=-1, le=2)
    """Highest value of the fit matrix among the strategies present; 0 when there is none."""
    caps: tuple[str, ...] = ()
    """Each rule that limited a figure, in words."""
    notes: tuple[str, ...] = ()
    """Slugs of things worth saying: crowded, premature_pattern, described, repeated_form, false_alarm."""

    @property
    def severity(self) -> int:
        """The worst harm's severity; 0 without harm."""
        return max((harm.severity for harm in self.harms), default=0)
