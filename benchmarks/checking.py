"""How long checking takes at 1,000 and 10,000 states: ten times the states should cost about ten times the time."""

from collections.abc import Callable, Iterator
from pathlib import PurePath

import yaml

from benchmarks.ratio import Ratio, timed, uncollected

HEAD = {
    "format": 1,
    "id": "large",
    "title": "Large",
    "family": "none",
    "difficulty": 1,
    "setting": {"modality": "CBT", "session": 1, "place": "here"},
    "patient": {"name": "Ada", "age": 40, "background": "One.", "type": "C", "struggle": "mixed", "wants": "Rest."},
    "briefing": "A large file.",
    "unsure": {"line": "Again?"},
    "endings": {"unfinished": {"line": "Time.", "account": "It went on.", "resolution": 3}},
}


def large(states: int) -> str:
    """A sound control with this many states in a row, each with a way on and a way back."""
    names = ["calm", *(f"s{n}" for n in range(1, states))]
    written = {
        name: {
            "says": [{"line": f"Line {n}."}],
            "transitions": [
                {"when": {"any": ["attack"]}, "to": names[max(0, n - 1)]},
                {"to": names[n + 1] if n + 1 < states else "unfinished"},
            ],
        }
        for n, name in enumerate(names)
    }
    return yaml.safe_dump({**HEAD, "states": written}, sort_keys=False)


def measure() -> Iterator[Ratio]:
    """Seconds for the graph checks, and for a whole file just below the size limit."""
    from roleplay.scenarios.graph import graph_of, trapped, unreachable
    from roleplay.scenarios.load import problems_in
    from roleplay.scenarios.model import Scenario

    def graphed(states: int, clock: Callable[[Callable[[], object]], float]) -> float:
        scenario = Scenario.model_validate(yaml.load(large(states), Loader=yaml.CSafeLoader))

        def ask() -> None:
            graph_of(scenario)
            assert not list(unreachable(scenario))
            assert not list(trapped(scenario))

        return min(clock(ask) for _ in range(3))

    def checked(states: int, clock: Callable[[Callable[[], object]], float]) -> float:
        text = large(states)
        assert not problems_in(text, PurePath("large.yaml"))
        return min(clock(lambda: problems_in(text, PurePath("large.yaml"))) for _ in range(3))

    aim = "about 10 (linear)"
    for how, clock in (("", timed), (", no collector", uncollected)):
        few, many = graphed(1_000, clock), graphed(10_000, clock)
        yield Ratio(f"graph questions, 10,000 states{how}", many, few, "1,000 states", "s", aim)
        few, many = checked(400, clock), checked(4_000, clock)
        yield Ratio(f"whole check, 4,000 states{how}", many, few, "400 states", "s", aim)
