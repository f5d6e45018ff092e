"""The laws of a stage model, asked of simulated trainees over every family, type and struggle."""

import itertools
from collections.abc import Callable

import pytest

from roleplay.engine import policies
from roleplay.engine.events import PatientSpoke, SessionEnded, StateEntered
from roleplay.engine.policies import Policy, simulate
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.resolve import resolve, stage_models
from roleplay.scoring.codes import About, Harm, PatientType, Struggle

Retype = Callable[..., Scenario]

FAMILIES = ("good-student", "what-am-i-paying-for", "how-many-left", "let-down")
"""Withdrawal, confrontation, silent into withdrawal, silent into confrontation."""
TYPES = tuple(PatientType)
SEEDS = range(3)


@pytest.fixture(scope="session", params=itertools.product(FAMILIES, TYPES), ids=lambda p: f"{p[0]}-{p[1]}")
def patient(request: pytest.FixtureRequest, families: dict[str, Scenario], retype: Retype) -> Scenario:
    """Each family played by each type, and by a patient without a type."""
    family, kind = request.param
    return retype(families[family], kind, intensity={"A": 4, "B": 3, "C": 2, "none": 3}[kind])


def ended(scenario: Scenario, policy: Policy) -> set[str]:
    return {simulate(scenario, policy, seed=seed).ending.split(".")[-1] for seed in SEEDS}


def test_a_skilled_trainee_repairs_in_five_to_nine_replies(patient: Scenario):
    for seed in SEEDS:
        run = simulate(patient, policies.skilled, seed=seed)

        assert run.ending.endswith(".repaired"), [e for e in run.events if isinstance(e, StateEntered)]
        assert 5 <= run.replies_to_strain <= 9


def test_owning_the_lapse_first_repairs_too_and_never_takes_longer_than_nine(patient: Scenario):
    for seed in SEEDS:
        run = simulate(patient, policies.owning_first, seed=seed)

        assert run.ending.endswith(".repaired")
        assert 5 <= run.replies_to_strain <= 9


def test_a_fixed_formula_never_repairs(patient: Scenario):
    assert not ended(patient, policies.formula) & {"repaired", "partly_repaired"}


@pytest.mark.parametrize(
    "policy",
    [
        policies.soothing,
        policies.defending,
        policies.advising,
        policies.attacking,
        policies.pressing,
        policies.silent,
        policies.carrying_on,
        policies.deciding_alone,
        policies.harming(Harm.TOPIC_CHANGE),
        policies.harming(Harm.OVER_APOLOGY),
        policies.harming(Harm.COLLUSION),
        policies.harming(Harm.LABELLING),
    ],
    ids=[
        "soothe",
        "defend",
        "advise",
        "attack",
        "press",
        "silent",
        "carry on",
        "alone",
        "avoid",
        "grovel",
        "collude",
        "label",
    ],
)
def test_harm_neglect_and_silence_never_repair(patient: Scenario, policy: Policy):
    assert not ended(patient, policy) & {"repaired"}


def test_soothing_ends_pleasantly_at_the_usual_time_and_costs_afterwards(patient: Scenario):
    run = simulate(patient, policies.soothing)
    end = run.events[-1]

    assert isinstance(end, SessionEnded)
    assert end.because == "time"
    assert end.resolution <= 3
    assert end.aftermath


@pytest.mark.parametrize("harm", [h for h in Harm if h not in {Harm.IGNORING, Harm.SAFETY_NEGLECT}])
def test_a_first_slip_never_ends_a_conversation(patient: Scenario, harm: Harm):
    """Wherever a skilled trainee slips once, the conversation goes on."""
    for slip_at in range(1, 12):
        session, _ = begin(patient, "", seed=1)
        while session.ending is None and session.turn < slip_at:
            session, _ = step(patient, session, *policies.skilled(patient, session))
        if session.ending is not None:
            break

        session, events = step(patient, session, *policies.harming(harm)(patient, session))

        ended = [event for event in events if isinstance(event, SessionEnded)]
        resting = session.state in patient.endings
        assert resting or not ended or ended[0].because == "time", f"{harm} at {session.state}"


@pytest.mark.parametrize("about", [About.TASK, About.GOAL, About.FRAME])
def test_renegotiating_together_repairs_what_is_about_task_goal_or_frame(
    patient: Scenario, retype: Retype, about: About
):
    kind = patient.patient.type
    run = simulate(retype(patient, kind, about=about), policies.renegotiating_together)

    assert run.ending.endswith(".repaired")
    assert run.events[-1].resolution == 5  # type: ignore[union-attr]


def test_renegotiating_together_opens_the_first_stage_for_every_type_and_strain(patient: Scenario, retype: Retype):
    for about in About:
        scenario = retype(patient, patient.patient.type, about=about)
        session, _ = begin(scenario, "", seed=1, onset=1)

        session, _ = step(scenario, session, *policies.renegotiating_together(scenario, session))

        assert session.state != scenario.entry


def test_deciding_alone_never_opens_the_first_stage_except_a_truce_for_the_mature(patient: Scenario):
    run = simulate(patient, policies.deciding_alone)
    states = [event.state for event in run.events if isinstance(event, StateEntered)]

    opened = {state for state in states if not state.endswith((".marker", ".concealed")) and state != "calm"}
    assert opened <= {"confrontation.partly_repaired"}
    if patient.patient.type is not PatientType.C:
        assert not opened


@pytest.mark.parametrize("family", FAMILIES)
def test_the_deepest_stage_needs_the_loops_of_the_type(families: dict[str, Scenario], retype: Retype, family: str):
    loops = {}
    for kind in TYPES:
        scenario = retype(families[family], kind, about=About.BOND, intensity=2)
        loops[kind] = simulate(scenario, policies.skilled).session.patient.loops

        assert scenario.parameters is not None
        assert loops[kind] >= scenario.parameters.loops
    assert loops[PatientType.A] > loops[PatientType.C]


def test_random_replies_always_come_to_an_end_within_the_turns_there_are(patient: Scenario):
    for seed in range(40):
        run = simulate(patient, policies.random_codes, seed=seed)

        assert run.ending
        assert run.session.exchanges <= run.session.max_turns


def test_every_struggle_and_type_can_be_repaired_from_a_silent_start(priya: Scenario, retype: Retype):
    models = stage_models()
    for struggle, kind in itertools.product(Struggle, TYPES):
        scenario = retype(priya, kind, intensity=2)
        patient = scenario.patient.model_copy(update={"struggle": struggle})
        scenario = resolve(scenario.model_copy(update={"patient": patient}), models)

        assert simulate(scenario, policies.skilled).ending.endswith(".repaired")


def test_nothing_is_said_twice_in_the_same_place_before_its_lines_run_out(patient: Scenario):
    run = simulate(patient, policies.skilled)
    spoke = [event for event in run.events if isinstance(event, PatientSpoke)]

    assert len({event.source for event in spoke}) == len(spoke)
