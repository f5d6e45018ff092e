"""What the conditions of transitions say: in words, and which of them follow from which."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from roleplay.scenarios.model import Scenario, Transition, When

OTHERWISE = When()
"""The condition of a last row: it admits every reply."""

_AT_LEAST = (
    "contact_at_least",
    "recognition_at_least",
    "trust_at_least",
    "tension_at_least",
    "visits_at_least",
    "turn_at_least",
    "misses_at_least",
    "attacks_at_least",
)
_AT_MOST = {"trust_at_most": 10, "tension_at_most": 10, "intensity_at_most": 5}
"""Upper bounds, and the value from which they hold for everybody."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One `when`, for one patient, ready to be compared. Loops `type` are a number here."""

    any: frozenset[str]
    all: frozenset[str]
    none: frozenset[str]
    at_least: tuple[float, ...]
    at_most: tuple[float, ...]
    seen: frozenset[str]
    about: frozenset[str]
    risk: bool | None

    @property
    def contradicts_itself(self) -> bool:
        """Whether no reply at all can meet it."""
        trust, tension = self.at_least[2:4]
        return (
            not self.all.isdisjoint(self.none)
            or (bool(self.any) and self.any <= self.none)
            or trust > self.at_most[0]
            or tension > self.at_most[1]
        )

    def cases(self) -> Iterator["Condition"]:
        """Conditions with one certain code each which together say the same."""
        if not self.any or not self.any.isdisjoint(self.all):
            yield self._with(frozenset())
        for code in sorted(self.any - self.none) if self.any.isdisjoint(self.all) else ():
            yield self._with(frozenset({code}))

    def _with(self, certain: frozenset[str]) -> "Condition":
        everything = self.all | certain
        return Condition(
            frozenset(), everything, self.none, self.at_least, self.at_most, self.seen, self.about, self.risk
        )

    def always_meets(self, wide: "Condition") -> bool:
        """Whether a reply that meets this condition, which has no `any`, meets `wide` too. Sound, not complete."""
        return (
            (not wide.any or not wide.any.isdisjoint(self.all))
            and wide.all <= self.all
            and wide.none <= self.none
            and all(mine >= theirs for mine, theirs in zip(self.at_least, wide.at_least, strict=True))
            and all(mine <= theirs for mine, theirs in zip(self.at_most, wide.at_most, strict=True))
            and wide.seen <= self.seen
            and (not wide.about or (bool(self.about) and self.about <= wide.about))
            and (wide.risk is None or wide.risk == self.risk)
        )


def condition_of(when: When, scenario: Scenario) -> Condition | None:
    """`when` as it holds for this patient; None when it is for other types or struggles, or contradicts itself."""
    patient = scenario.patient
    if when.types and patient.type not in when.types:
        return None
    if when.struggles and patient.struggle not in when.struggles:
        return None
    loops = when.loops_at_least
    if loops == "type":
        loops = scenario.parameters.loops if scenario.parameters else 0
    condition = Condition(
        any=frozenset(when.any),
        all=frozenset(when.all),
        none=frozenset(when.none),
        at_least=(*(getattr(when, name) or 0 for name in _AT_LEAST), loops or 0),
        at_most=tuple(_bound(getattr(when, name), most) for name, most in _AT_MOST.items()),
        seen=frozenset(when.seen),
        about=frozenset(when.about),
        risk=when.risk,
    )
    return None if condition.contradicts_itself else condition


def _bound(value: float | None, most: float) -> float:
    return most if value is None else value


def implies(narrow: When, wide: When, scenario: Scenario) -> bool:
    """Whether `wide` admits every reply to this patient that `narrow` admits. Never says so wrongly."""
    mine, theirs = condition_of(narrow, scenario), condition_of(wide, scenario)
    if mine is None:
        return True
    return theirs is not None and all(case.always_meets(theirs) for case in mine.cases())


Shadow = Literal["never"] | int
"""Why a row is never taken: it never admits, or this earlier row (counted from 0) admits first."""


def shadows(rows: Sequence[Transition], scenario: Scenario) -> dict[int, Shadow]:
    """Rows that can never be taken, with why: one earlier row, or the last of several, admits whenever they do."""
    if len(rows) < 2 and not any(row.when.types or row.when.struggles or row.when.any for row in rows):
        return {}
    conditions = [condition_of(row.when, scenario) for row in rows]
    found: dict[int, Shadow] = {}
    for number, condition in enumerate(conditions):
        if condition is None:
            found[number] = "never"
        elif (earlier := _covered(condition, conditions[:number])) is not None:
            found[number] = earlier
    return found


def _covered(condition: Condition, earlier: Sequence[Condition | None]) -> int | None:
    """The latest of the earlier conditions that it takes to cover every case of this one; None if a case is left."""
    latest = -1
    for case in condition.cases():
        by = next((n for n, wide in enumerate(earlier) if wide is not None and case.always_meets(wide)), None)
        if by is None:
            return None
        latest = max(latest, by)
    return latest if latest >= 0 else None


def when_in_words(when: When) -> str:
    """The condition as a label, such as `own or invite, contact 2+, after withdrawal.avoidance`."""
    return ", ".join(_phrases(when)) or "otherwise"


def _phrases(when: When) -> Iterator[str]:
    if when.any:
        yield _either(when.any)
    if when.all:
        yield " and ".join(when.all)
    if when.none:
        yield f"not {_either(when.none)}"
    for name in (*_AT_LEAST, *_AT_MOST):
        if (value := getattr(when, name)) is not None:
            yield _PHRASES[name].format(f"{value:g}")
    if when.loops_at_least is not None:
        yield "as many loops as the type needs" if when.loops_at_least == "type" else f"loops {when.loops_at_least}+"
    if when.seen:
        yield f"after {' and '.join(when.seen)}"
    yield from _who_and_what(when)


def _who_and_what(when: When) -> Iterator[str]:
    if when.about:
        yield f"about {_either(when.about)}"
    if when.types:
        yield f"type {_either(when.types)}"
    if when.struggles:
        yield f"struggle {_either(when.struggles)}"
    if when.risk is not None:
        yield "at a risk cue" if when.risk else "at no risk cue"


_PHRASES = {
    "contact_at_least": "contact {}+",
    "recognition_at_least": "recognition {}+",
    "trust_at_least": "trust {}+",
    "trust_at_most": "trust up to {}",
    "tension_at_least": "tension {}+",
    "tension_at_most": "tension up to {}",
    "intensity_at_most": "intensity up to {}",
    "visits_at_least": "visit {}+",
    "turn_at_least": "turn {}+",
    "misses_at_least": "{}+ misses in a row",
    "attacks_at_least": "{}+ attacks",
}


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
