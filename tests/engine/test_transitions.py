"""What each condition of a transition admits, and what each move is worth at a stage."""

from typing import Any

import pytest

from roleplay.engine.events import PatientSpoke, Variables
from roleplay.engine.session import Session
from roleplay.engine.transitions import Reading, admits, fit_to_stage
from roleplay.scenarios.model import Rupture, Scenario, When
from roleplay.scoring.codes import About, Harm, Marker, MarkKind, Move, Strain, Strategy
from roleplay.scoring.coding import Coding

MARKER = "withdrawal.marker"
STRAIN = Rupture(kind=MarkKind.WITHDRAWAL, markers=(Marker.DENIAL,), intensity=2, about=About.TASK)
LINE = PatientSpoke(turn=4, state=MARKER, line="Fine.", strain=Strain.FRESH, source=f"{MARKER}/says/0/0", risk=True)
HERE = Session(state=MARKER, visits={"calm": 3, MARKER: 2}, rupture=STRAIN, line=LINE)
SAID = Reading(
    present=frozenset({Move.OWN, Move.INVITE, Strategy.OWN, Strategy.SMALL_THING}),
    contact=2,
    recognition=3,
    patient=Variables(trust=4, tension=6, agency=3, communion=3, misses=2, attacks=1, loops=1),
    turn=5,
)
"""Owning and inviting, at the second line of the marker, to a patient with trust 4 and tension 6."""


@pytest.mark.parametrize(
    ("key", "met", "unmet"),
    [
        ("any", (Move.OWN, Harm.ADVICE), (Move.ATTEND,)),
        ("any", (Strategy.SMALL_THING,), (Strategy.NORMALISE,)),
        ("all", (Move.OWN, Strategy.SMALL_THING), (Move.OWN, Move.ATTEND)),
        ("none", (Move.ATTEND, Harm.ADVICE), (Move.ATTEND, Move.INVITE)),
        ("contact_at_least", 2, 3),
        ("recognition_at_least", 3, 4),
        ("trust_at_least", 4, 4.5),
        ("trust_at_most", 4, 3.5),
        ("tension_at_least", 6, 6.5),
        ("tension_at_most", 6, 5.5),
        ("intensity_at_most", 2, 1),
        ("visits_at_least", 2, 3),
        ("turn_at_least", 5, 6),
        ("misses_at_least", 2, 3),
        ("attacks_at_least", 1, 2),
        ("loops_at_least", 1, 2),
        ("loops_at_least", "type", 2),  # type B has 1
        ("seen", ("calm",), ("calm", "withdrawal.avoidance")),
        ("about", (About.TASK, About.GOAL), (About.BOND,)),
        ("types", ("B", "C"), ("A", "none")),
        ("struggles", ("self_definition",), ("relatedness",)),
        ("risk", True, False),
    ],
)
def test_a_condition_admits_what_meets_it_and_nothing_else(mei: Scenario, key: str, met: Any, unmet: Any):
    assert admits(When.model_validate({key: met}), mei, HERE, SAID)
    assert not admits(When.model_validate({key: unmet}), mei, HERE, SAID)


def test_conditions_are_met_together_or_not_at_all(mei: Scenario):
    both = {"any": (Move.OWN,), "contact_at_least": 2}

    assert admits(When.model_validate(both), mei, HERE, SAID)
    assert not admits(When.model_validate({**both, "contact_at_least": 3}), mei, HERE, SAID)
    assert admits(When(), mei, HERE, SAID)


def test_before_any_strain_it_has_no_intensity_to_be_too_high_and_is_about_nothing(mei: Scenario):
    calm = Session(state="calm", visits={"calm": 1})

    assert admits(When(intensity_at_most=1), mei, calm, SAID)
    assert not admits(When(about=(About.TASK,)), mei, calm, SAID)
    assert not admits(When(risk=True), mei, calm, SAID)


@pytest.mark.parametrize(
    ("move", "worth"),
    [
        (Move.INVITE, 4),  # attended, then half said: forward
        (Move.HOLD, 3),  # stays, and helps
        (Move.CONTINUE, 2),
        (Move.RENEGOTIATE_ALONE, 2),  # a truce: sideways
        (Move.LINK, 1),  # good, too early
        (Move.SOOTHE, 0),  # back to the marker
        (Move.MISS, 0),  # stays, and is written as a step back
    ],
)
def test_what_a_move_is_worth_after_the_first_opening(ada, move: Move, worth: int):
    scenario = ada()
    here = Session(state="withdrawal.attended", visits={"withdrawal.attended": 1}, rupture=STRAIN, line=LINE)
    here = here._replace(line=LINE.model_copy(update={"risk": False}))

    assert fit_to_stage(scenario, here, Coding(contact=3), [move]) == {move: worth}


@pytest.mark.parametrize(("about", "worth"), [("task", 4), ("goal", 4), ("frame", 4), ("bond", 2)])
def test_a_joint_arrangement_is_worth_most_where_the_strain_is_practical(ada, about: About, worth: int):
    """A row to a truce is sideways for a bond; where the strain is practical, a joint arrangement is the way itself."""
    scenario = ada()
    state = scenario.states["withdrawal.specific_assertion"]
    rows = tuple(row for row in state.transitions if not row.when.about)
    assert any(row.counts_as == "sideways" and Move.RENEGOTIATE_TOGETHER in row.when.any for row in rows)
    states = {**scenario.states, "withdrawal.specific_assertion": state.model_copy(update={"transitions": rows})}
    scenario = scenario.model_copy(update={"states": states})
    strain = STRAIN.model_copy(update={"about": About(about)})
    here = Session(state="withdrawal.specific_assertion", rupture=strain)
    together = Move.RENEGOTIATE_TOGETHER

    assert fit_to_stage(scenario, here, Coding(), [together]) == {together: worth}


@pytest.mark.parametrize(("move", "worth"), [(Move.VALIDATE, 4), (Move.ATTACK, 0), (Move.HOLD, 3), (Move.SOOTHE, 0)])
def test_at_the_wish_meeting_it_is_an_end_worth_reaching_and_leaving_is_not(ada, move: Move, worth: int):
    patient = Variables(trust=4, tension=4, agency=4, communion=4, attacks=2)
    here = Session(state="withdrawal.self_assertion", visits={"withdrawal.self_assertion": 1}, rupture=STRAIN)

    assert fit_to_stage(ada(), here._replace(patient=patient), Coding(contact=2), [move]) == {move: worth}


def test_outside_the_stage_models_no_move_has_a_worth(mei: Scenario):
    assert fit_to_stage(mei, Session(state="calm"), Coding(), [Move.INVITE]) is None
    assert fit_to_stage(mei, Session(state="withdrawal.partly_repaired"), Coding(), [Move.INVITE]) is None
