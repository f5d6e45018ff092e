"""What a check may look at, and what it answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from roleplay.scenarios.model import Ending, Line, Scenario, StageModel, State, Transition
from roleplay.scenarios.resolve import RETURN, Origin
from roleplay.scenarios.source import Way


class Finding(NamedTuple):
    """Something to mend, and the way to it in the author's file."""

    way: Way
    code: str
    what: str
    cure: str
    key: bool = False
    """Whether the key is meant rather than what it holds."""


class WaysOut(NamedTuple):
    """A state or an ending with its transitions, and where each comes from."""

    section: str
    """Where in the file it is written: `states` or `endings`."""
    name: str
    rows: tuple[Transition, ...]
    origins: tuple[Origin, ...]

    @property
    def way(self) -> Way:
        """The way to it in the author's file."""
        return (self.section, self.name)

    def way_to(self, number: int) -> Way:
        """The way to one of the author's own rows."""
        return (*self.way, "transitions", self.origins[number].row)


@dataclass(frozen=True)
class Checking:
    """A scenario under examination."""

    written: Scenario
    scenario: Scenario
    """Resolved."""
    origins: Mapping[tuple[str, str], tuple[Origin, ...]]
    models: Mapping[str, StageModel]
    """Every stage model there is."""

    @cached_property
    def followed(self) -> tuple[StageModel, ...]:
        """The stage models of the strain, in the order they are followed; the safety branch is none of them."""
        models = (self.models.get(name) for name in dict.fromkeys(self.written.follows))
        return tuple(model for model in models if model and model.entry)

    @cached_property
    def stages(self) -> frozenset[str]:
        """Names of all stages of the followed stage models of the strain."""
        return frozenset(name for model in self.followed for name in model.states)

    @cached_property
    def known(self) -> set[str]:
        """Everything a transition may lead to."""
        return {*self.written.states, *self.written.endings, RETURN}

    def section(self, name: str) -> str:
        """Where in the file a place is written."""
        return "states" if name in self.written.states else "endings"

    def places(self) -> Iterator[WaysOut]:
        """Every state and ending with its resolved ways out."""
        for section, places in _sections(self.scenario):
            for name, place in places.items():
                yield WaysOut(section, name, place.transitions, self.origins[section, name])

    def lines(self) -> Iterator[tuple[Way, str, Line]]:
        """Every line of the patient as written, with its way and the place it is said in."""
        for name, state in self.written.states.items():
            yield from _visits(("states", name), name, state.says)
            for move, answers in state.after.items():
                for number, line in enumerate(answers):
                    yield ("states", name, "after", move.value, number), name, line
            if state.unsure:
                yield ("states", name, "unsure"), name, state.unsure
        for name, ending in self.written.endings.items():
            yield from _visits(("endings", name), name, ending.says)
        if self.written.unsure:
            yield ("unsure",), "", self.written.unsure


def _sections(scenario: Scenario) -> tuple[tuple[str, Mapping[str, State | Ending]], ...]:
    return (("states", scenario.states), ("endings", scenario.endings))


def _visits(way: Way, name: str, says: tuple[tuple[Line, ...], ...]) -> Iterator[tuple[Way, str, Line]]:
    for visit, variants in enumerate(says):
        for number, line in enumerate(variants):
            yield (*way, "says", visit, number), name, line


Check = Callable[[Checking], Iterator[Finding]]
