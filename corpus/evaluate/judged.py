"""Replies with what the program made of them beside what people did."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.reading import Rated, Record, codes_of, coding_of, records, settled
from roleplay.scoring.codes import Band, Harm, Strain
from roleplay.scoring.coding import Coder, Coding
from roleplay.scoring.grade import grade
from roleplay.scoring.grading import Grade
from roleplay.scoring.record import heard_from, situation_from

SEVERE = 3


@dataclass(frozen=True)
class Judged:
    """One reply, read by people and by the program."""

    record: Record
    people: Rated
    people_graded: Grade
    """What the rubric makes of the people's codes; their band is their own (`people["band"]`)."""
    coding: Coding
    graded: Grade

    @property
    def moment(self) -> str:
        """Which moment it answers."""
        return str(self.record["moment"])

    @property
    def calm(self) -> bool:
        """Whether there is nothing to repair."""
        return self.record["strain"] == Strain.NONE

    @cached_property
    def codes(self) -> frozenset[str]:
        """What the program found."""
        return frozenset(map(str, (*self.coding.strategies, *self.coding.harms)))

    @cached_property
    def theirs(self) -> frozenset[str]:
        """What people found."""
        return codes_of(self.people)

    @property
    def band(self) -> Band:
        """The people's band."""
        return Band(self.people["band"])


def judged(parts: Iterable[str], coder: Coder) -> list[Judged]:
    """Every reply of these parts, read by `coder`."""
    return [
        one(record, people, coder)
        for part in parts
        for record, people in zip(records(part), settled(part), strict=True)
    ]


def one(record: Record, people: Rated, coder: Coder) -> Judged:
    """One reply, read by `coder` and graded as `roleplay score --jsonl` grades it."""
    situation = situation_from(record)
    said = record["response"]
    coding = coder(said, heard_from(record)).inside(said)
    theirs = coding_of(people, said).model_copy(update={"economy": coding.economy})
    return Judged(record, people, grade(theirs, situation), coding, grade(coding, situation))


def severe(graded: Grade) -> frozenset[Harm]:
    """The harms of severity 3."""
    return frozenset(harm.code for harm in graded.harms if harm.severity >= SEVERE)
