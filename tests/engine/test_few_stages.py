"""A scenario may leave stages out: its rows then lead to the next stage that is written, and the laws hold."""

import pytest

from roleplay.engine import policies
from roleplay.engine.events import SessionEnded
from roleplay.engine.policies import Policy, simulate
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, Strategy


@pytest.fixture(scope="module", params=["A", "B", "C"])
def brief(request: pytest.FixtureRequest, build) -> Scenario:
    """A marker and a wish, an end and a way out: nothing else is written."""
    stages = ("withdrawal.marker", "withdrawal.self_assertion")
    return build(stages, ("withdrawal.repaired", "withdrawal.left"), follows=("withdrawal",), type=request.param)


def test_the_marker_opens_into_the_stage_that_is_written(brief: Scenario):
    run = simulate(brief, policies.skilled)

    assert run.ending == "withdrawal.repaired"
    assert run.session.visits["withdrawal.self_assertion"] == 1


def test_a_formula_still_repairs_nothing(brief: Scenario):
    assert simulate(brief, policies.formula).ending == "withdrawal.left"


@pytest.mark.parametrize(
    "policy",
    [
        policies.soothing,
        policies.defending,
        policies.advising,
        policies.attacking,
        policies.pressing,
        policies.silent,
        policies.deciding_alone,
    ],
    ids=["soothe", "defend", "advise", "attack", "press", "silent", "alone"],
)
def test_harm_silence_and_deciding_alone_still_repair_nothing(brief: Scenario, policy: Policy):
    assert simulate(brief, policy).ending == "withdrawal.left"


@pytest.mark.parametrize("harm", [Harm.COUNTER_INTERPRETATION, Harm.PRESSING, Harm.REASSURANCE, Harm.DEFENSIVENESS])
def test_a_slip_at_the_wish_leads_back_and_ends_nothing(brief: Scenario, harm: Harm):
    session, _ = begin(brief, "", seed=1, onset=1)
    session, _ = step(brief, session, "one", policies.reading("one", (Strategy.OWN,)))
    assert session.state == "withdrawal.self_assertion"

    session, _ = step(brief, session, "two", policies.reading("two", (harm,)))

    assert (session.state, session.ending) == ("withdrawal.marker", None)


def test_deciding_alone_at_the_wish_does_not_end_in_a_truce_that_is_not_written(brief: Scenario):
    session, _ = begin(brief, "", seed=1, onset=1)
    session, _ = step(brief, session, "one", policies.reading("one", (Strategy.OWN,)))

    session, _ = step(brief, session, "two", policies.reading("two", (Strategy.CHANGE,)))

    assert (session.state, session.ending) == ("withdrawal.marker", None)


def test_time_is_up_without_an_unfinished_end_in_the_only_other_one(build):
    stages = ("withdrawal.marker", "withdrawal.self_assertion")
    scenario = build(stages, ("withdrawal.repaired", "withdrawal.left"), follows=("withdrawal",), max_turns=3)
    session, _ = begin(scenario, "", seed=1, onset=1)

    for number, codes in enumerate([(Strategy.OWN,), (Strategy.LIMIT,), (Strategy.LIMIT,)]):
        session, events = step(scenario, session, f"{number}", policies.reading(f"{number}", codes))

    end = events[-1]
    assert isinstance(end, SessionEnded)
    assert (end.ending, end.because, end.resolution) == ("withdrawal.left", "time", 3)
