"""A scenario as it was saved with a conversation: read again, and refused when nobody could play it."""

from collections.abc import Iterator

from pydantic import ValidationError

from roleplay.errors import StoreError
from roleplay.scenarios.conditions import OTHERWISE
from roleplay.scenarios.graph import rests
from roleplay.scenarios.model import START, Scenario, Transition
from roleplay.scenarios.resolve import RETURN, from_canonical


def saved(text: str) -> Scenario:
    """The scenario that `canonical` wrote, whole enough to be played without the stage models of that time.

    Raises:
        StoreError: The text is no scenario of this version, or something that it needs is missing.
    """
    try:
        scenario = from_canonical(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))[:80]
        raise _unreadable(f"`{place}`: {first['msg']}") from error
    if missing := next(_missing(scenario), None):
        raise _unreadable(missing)
    return scenario


def _unreadable(why: str) -> StoreError:
    return StoreError(
        f"The patient saved with this conversation cannot be read ({why}). They are damaged, or a newer version saved "
        "them. Update the program, or import the conversation again from a sound export into another store."
    )


def _missing(scenario: Scenario) -> Iterator[str]:
    """What the engine takes for granted in a checked scenario and this one lacks."""
    known = {*scenario.states, *scenario.endings}
    needed = {START, scenario.entry, *_time_up(scenario)} - {None}
    yield from (f"`{name}` is missing" for name in sorted(map(str, needed - known)))
    if scenario.onset and scenario.entry is None:
        yield "`entry` is missing"
    if scenario.parameters is None:
        yield "`parameters` are missing"
    if scenario.time_up is None:
        yield "`time_up` is missing"
    for name, state in scenario.states.items():
        if not state.says:
            yield f"`{name}` says nothing"
        if not (state.unsure or scenario.unsure):
            yield f"`{name}` has no `unsure`"
        yield from _lost(name, state.transitions, known)
    for name, ending in scenario.endings.items():
        if rests(ending):
            yield from _lost(name, ending.transitions, known)


def _time_up(scenario: Scenario) -> tuple[str, ...]:
    return (scenario.time_up.unopened, scenario.time_up.opened) if scenario.time_up else ()


def _lost(name: str, rows: tuple[Transition, ...], known: set[str]) -> Iterator[str]:
    yield from (f"`{name}` leads to `{row.to}`, which is missing" for row in rows if row.to not in {*known, RETURN})
    if not any(row.when == OTHERWISE for row in rows):
        yield f"`{name}` has no way on for every reply"
