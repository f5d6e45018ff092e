"""No route through harm is a short cut: every route of a patient is walked, breadth first."""

import itertools
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest

from roleplay.engine import policies
from roleplay.engine.session import Session
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.resolve import stage_models
from roleplay.scoring.codes import About, Harm, PatientType, Strategy
from roleplay.scoring.coding import Coding

Retype = Callable[..., Scenario]

FAMILIES = ("good-student", "what-am-i-paying-for", "how-many-left", "let-down")
GOOD = (
    ((Strategy.OWN,), False),
    ((Strategy.VALIDATE,), False),
    ((Strategy.INVITE,), False),
    ((Strategy.NEED,), False),
    ((Strategy.LINK_DYAD,), False),
    ((Strategy.HOLD,), False),
    ((Strategy.ALTERNATIVES,), True),
)
HARMS = (
    Harm.COUNTER_INTERPRETATION,
    Harm.PRESSING,
    Harm.DEFENSIVENESS,
    Harm.REASSURANCE,
    Harm.TOPIC_CHANGE,
    Harm.ADVICE,
)
"""One of each class: attack, press, defend, soothe, miss, advise."""
SLIPS = 2


class Way(NamedTuple):
    """How one route has gone so far."""

    session: Session
    said: tuple[Strategy | Harm, ...] = ()

    @property
    def slips(self) -> int:
        return sum(isinstance(code, Harm) for code in self.said)


def shortest(scenario: Scenario, *, most: int) -> tuple[Way, ...]:
    """The routes by which full repair is reached in the fewest replies, one for each number of slips: none, one or two.

    Breadth first. Sessions which the transitions cannot tell apart are merged; of those that differ in trust and
    tension alone, one with no less trust and no more tension stands for the other (see the test of that below).
    """
    watched = _watched(scenario)
    ways = [Way(begin(scenario, "", seed=1, onset=1)[0])]
    for _ in range(most):
        further: dict[tuple[object, ...], list[Way]] = {}
        repaired: dict[int, Way] = {}
        for way in ways:
            for code, coding in _choices(way):
                after, _ = step(scenario, way.session, policies.fresh_words(way.session), coding)
                there = Way(after, (*way.said, code))
                if after.ending is None:
                    _keep(further.setdefault(_told_apart(there, watched), []), there)
                elif after.ending.endswith(".repaired"):
                    repaired.setdefault(there.slips, there)
        if repaired:
            return tuple(repaired.values())
        ways = list(itertools.chain(*further.values()))
    return ()


def _choices(way: Way) -> Iterable[tuple[Strategy | Harm, Coding]]:
    text = policies.fresh_words(way.session)
    for codes, shared in GOOD:
        yield codes[0], policies.reading(text, codes, shared=shared)
    for harm in HARMS if way.slips < SLIPS else ():
        yield harm, policies.reading(text, (harm,))


def _watched(scenario: Scenario) -> frozenset[str]:
    """The places of which it matters how often the patient was there."""
    rows = {name: state.transitions for name, state in scenario.states.items()}
    seen = itertools.chain(*(row.when.seen for row in itertools.chain(*rows.values())))
    counted = [name for name, ways in rows.items() if any(row.when.visits_at_least for row in ways)]
    return frozenset((*seen, *counted, *scenario.endings))


def _told_apart(way: Way, watched: frozenset[str]) -> tuple[object, ...]:
    """All that a transition may look at, apart from trust and tension; visits and attacks count up to two."""
    session, patient = way.session, way.session.patient
    visits = frozenset((state, min(n, 2)) for state, n in session.visits.items() if state in watched)
    return (session.state, visits, patient.loops, patient.locked, min(patient.attacks, 2), patient.misses, way.slips)


def _keep(ways: list[Way], new: Way) -> None:
    """Adds `new` unless one that is no worse is there, and drops those that it is no worse than."""
    if not any(_no_worse(way, new) for way in ways):
        ways[:] = [way for way in ways if not _no_worse(new, way)]
        ways.append(new)


def _no_worse(one: Way, other: Way) -> bool:
    mine, theirs = one.session.patient, other.session.patient
    return mine.trust >= theirs.trust and mine.tension <= theirs.tension


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", PatientType)
def test_no_route_through_one_or_two_harms_is_shorter_than_the_best_without(
    families: dict[str, Scenario], retype: Retype, family: str, kind: PatientType
):
    routes = shortest(retype(families[family], kind, about=About.BOND, intensity=2), most=9)

    assert 0 in {way.slips for way in routes}, [way.said for way in routes]


def test_less_trust_or_more_tension_opens_no_row_but_the_way_out():
    """What lets `shortest` drop a session with less trust and more tension."""
    for model in stage_models().values():
        places = (*model.states.values(), *model.endings.values())
        for row in itertools.chain(model.anywhere, *(place.transitions for place in places)):
            if row.when.trust_at_most is not None or row.when.tension_at_least is not None:
                assert row.to.endswith(".left")


def test_a_short_cut_would_be_found(families: dict[str, Scenario]):
    """The law, broken on purpose: soothing at the marker leads straight to the wish."""
    mei = families["good-student"]
    marker = mei.states["withdrawal.marker"]
    soothed = marker.transitions[3]
    assert "soothe" in soothed.when.any
    rows = (soothed.model_copy(update={"to": "withdrawal.self_assertion"}), *marker.transitions)
    states = {**mei.states, "withdrawal.marker": marker.model_copy(update={"transitions": rows})}

    routes = shortest(mei.model_copy(update={"states": states}), most=9)

    assert {way.slips for way in routes} == {1}
