"""What follows from what, and how it is said."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.scenarios.conditions import OTHERWISE, implies, shadows, when_in_words
from roleplay.scenarios.model import Scenario, Transition, When

CODES = ("own", "attend", "invite", "attack")


@pytest.fixture(scope="module")
def patient(quiet_hour, changed) -> Scenario:
    """Type C, struggle mixed; a C needs no loops."""
    scenario: Scenario = changed(quiet_hour)
    return scenario


@dataclass(frozen=True)
class Moment:
    """All that a condition may look at, as far as these tests use it."""

    present: frozenset[str]
    contact: int
    trust: int
    loops: int
    seen: frozenset[str]
    about: str | None
    risk: bool


def admits(when: When, moment: Moment) -> bool:
    """What a condition means, written down a second time."""
    loops = 0 if when.loops_at_least == "type" else when.loops_at_least or 0
    return (
        (not when.any or any(code in moment.present for code in when.any))
        and all(code in moment.present for code in when.all)
        and not any(code in moment.present for code in when.none)
        and moment.contact >= (when.contact_at_least or 0)
        and moment.trust >= (when.trust_at_least or 0)
        and moment.trust <= (10 if when.trust_at_most is None else when.trust_at_most)
        and moment.loops >= loops
        and set(when.seen) <= moment.seen
        and (not when.about or moment.about in when.about)
        and (not when.types or "C" in when.types)
        and (when.risk is None or when.risk == moment.risk)
    )


some = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)
whens = st.builds(
    When,
    any=some,
    all=some,
    none=some,
    contact_at_least=st.none() | st.integers(0, 2),
    trust_at_least=st.none() | st.integers(0, 4),
    trust_at_most=st.none() | st.integers(0, 4),
    loops_at_least=st.none() | st.integers(0, 1) | st.just("type"),
    seen=st.lists(st.sampled_from("xy"), max_size=2, unique=True).map(tuple),
    about=st.lists(st.sampled_from(["task", "bond"]), max_size=2, unique=True).map(tuple),
    types=st.sampled_from([(), ("A",), ("C",), ("A", "C")]),
    risk=st.none() | st.booleans(),
)
moments = st.builds(
    Moment,
    present=st.frozensets(st.sampled_from(CODES)),
    contact=st.integers(0, 4),
    trust=st.integers(0, 10),
    loops=st.integers(0, 2),
    seen=st.frozensets(st.sampled_from("xy")),
    about=st.none() | st.sampled_from(["task", "bond", "goal"]),
    risk=st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(narrow=whens, wide=whens, seen=st.lists(moments, min_size=5, max_size=25))
def test_implication_is_never_wrong(narrow, wide, seen, patient):
    if implies(narrow, wide, patient):
        for moment in seen:
            assert admits(wide, moment) or not admits(narrow, moment)


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(whens, min_size=2, max_size=5), seen=st.lists(moments, min_size=5, max_size=25))
def test_a_shadowed_row_is_never_the_first_that_admits(rows, seen, patient):
    never = shadows([Transition(when=when, to="news") for when in rows], patient)

    for moment in seen:
        first = next((number for number, when in enumerate(rows) if admits(when, moment)), None)
        assert first not in never


@pytest.mark.parametrize(
    ("narrow", "wide", "follows"),
    [
        (When(any=("own",)), OTHERWISE, True),
        (OTHERWISE, When(any=("own",)), False),
        (When(any=("own",)), When(any=("own", "attend")), True),
        (When(any=("own", "attend")), When(any=("own",)), False),
        (When(all=("own", "attend")), When(any=("attend", "invite")), True),
        (When(any=("own",)), When(all=("own",)), True),
        (When(any=("own",), contact_at_least=3), When(any=("own",), contact_at_least=2), True),
        (When(any=("own",), contact_at_least=2), When(any=("own",), contact_at_least=3), False),
        (When(trust_at_most=2), When(trust_at_most=3), True),
        (When(), When(trust_at_most=10), True),
        (When(any=("own",)), When(none=("attack",)), False),
        (When(none=("attack", "press")), When(none=("attack",)), True),
        (When(about=("task",)), When(about=("task", "goal")), True),
        (When(), When(types=("C",)), True),  # the patient is one
        (When(), When(types=("A",)), False),
        (When(types=("A",)), When(any=("own",)), True),  # never admits, so nothing escapes
        (When(), When(loops_at_least="type"), True),  # type C asks for none
        (When(seen=("x", "y")), When(seen=("x",)), True),
        (When(risk=True), When(risk=False), False),
    ],
)
def test_implication_by_example(narrow, wide, follows, patient):
    assert implies(narrow, wide, patient) is follows


def rows(*whens: When) -> list[Transition]:
    return [Transition(when=when, to="news") for when in whens]


def test_several_rows_together_shadow_one(patient):
    own, attend, both = When(any=("own",)), When(any=("attend",)), When(any=("own", "attend"))

    assert shadows(rows(own, attend, both), patient) == {2: 1}
    assert shadows(rows(own, both), patient) == {}


def test_everything_after_otherwise_is_shadowed(patient):
    assert shadows(rows(When(any=("own",)), OTHERWISE, When(any=("press",)), OTHERWISE), patient) == {2: 1, 3: 1}


@pytest.mark.parametrize(
    "when",
    [
        When(types=("A",)),
        When(struggles=("relatedness",)),
        When(any=("own",), none=("own",)),
        When(all=("own",), none=("own",)),
        When(trust_at_least=5, trust_at_most=4),
    ],
)
def test_a_row_that_admits_nobody_is_never_taken(when, patient):
    assert shadows(rows(when, OTHERWISE), patient) == {0: "never"}


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (OTHERWISE, "otherwise"),
        (When(any=("own", "invite", "attend"), contact_at_least=2), "own, invite or attend, contact 2+"),
        (When(all=("own", "invite"), none=("attack",)), "own and invite, not attack"),
        (When(trust_at_least=4, tension_at_most=4.5), "trust 4+, tension up to 4.5"),
        (When(loops_at_least="type", seen=("x",)), "as many loops as the type needs, after x"),
        (When(loops_at_least=2, misses_at_least=3, attacks_at_least=2), "3+ misses in a row, 2+ attacks, loops 2+"),
        (When(about=("task", "goal"), types=("A",), risk=True), "about task or goal, type A, at a risk cue"),
    ],
)
def test_conditions_in_words(when, words):
    assert when_in_words(when) == words
