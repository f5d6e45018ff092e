"""The laws of a stage model, asked of simulated trainees over every family, type and struggle."""

import itertools

import pytest

from roleplay.engine import policies
from roleplay.engine.events import PatientSpoke, SessionEnded, StateEntered
from roleplay.engine.policies import Policy, simulate
from roleplay.engine.session import Session
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.resolve import resolve, stage_models, type_parameters
from roleplay.scoring.codes import About, Harm, PatientType, Strategy, Struggle

FAMILIES = ("good-student", "what-am-i-paying-for", "how-many-left")
TYPES = (PatientType.A, PatientType.B, PatientType.C)
SEEDS = range(3)


def retyped(
    scenario: Scenario, kind: PatientType, *, about: About | None = None, intensity: int | None = None
) -> Scenario:
    """The same patient as another type, and with every strain about something else or of another intensity."""
    data = scenario.model_dump(by_alias=True)
    data["patient"]["type"] = kind
    data["parameters"] = type_parameters()[kind].model_dump()
    data["max_turns"] = None
    for state in data["states"].values():
        lines = itertools.chain(*state["says"], *state["after"].values())
        for line in lines:
            if line["rupture"] is not None:
                line["rupture"]["about"] = about or line["rupture"]["about"]
                line["rupture"]["intensity"] = intensity or line["rupture"]["intensity"]
    return Scenario.model_validate(data)


@pytest.fixture(scope="session", params=itertools.product(FAMILIES, TYPES), ids=lambda p: f"{p[0]}-{p[1]}")
def patient(request: pytest.FixtureRequest, patients: dict[str, Scenario]) -> Scenario:
    """Each family played by each type."""
    family, kind = request.param
    return retyped(patients[family], kind, intensity={"A": 4, "B": 3, "C": 2}[kind])


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
def test_renegotiating_together_repairs_what_is_about_task_goal_or_frame(patient: Scenario, about: About):
    kind = patient.patient.type
    run = simulate(retyped(patient, kind, about=about), policies.renegotiating_together)

    assert run.ending.endswith(".repaired")
    assert run.events[-1].resolution == 5  # type: ignore[union-attr]


def test_renegotiating_together_opens_the_first_stage_for_every_type_and_strain(patient: Scenario):
    for about in About:
        scenario = retyped(patient, patient.patient.type, about=about)
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


GOOD = (
    ((Strategy.OWN,), False),
    ((Strategy.VALIDATE,), False),
    ((Strategy.INVITE,), False),
    ((Strategy.NEED,), False),
    ((Strategy.LINK_DYAD,), False),
    ((Strategy.ALTERNATIVES,), True),
)
SEVERE = (Harm.COUNTER_INTERPRETATION, Harm.PRESSING, Harm.DEFENSIVENESS, Harm.REASSURANCE, Harm.QUESTIONING)


def shortest(scenario: Scenario, *, harm_at: int | None, harm: Harm | None, most: int) -> int | None:
    """Replies to full repair by the best moves, with one severe harm at reply `harm_at` or none at all.

    Breadth first over the good moves; sessions which the transitions cannot tell apart are merged.
    """
    frontier = {(): begin(scenario, "", seed=1, onset=1)[0]}
    for replies in range(1, most + 1):
        reached: dict[tuple[object, ...], Session] = {}
        for session in frontier.values():
            text = policies.fresh_words(session)
            choices = [policies.reading(text, codes, shared=shared) for codes, shared in GOOD]
            if harm is not None and replies == harm_at:
                choices = [policies.reading(text, (harm,))]
            for coding in choices:
                after, _ = step(scenario, session, text, coding)
                if after.ending is not None:
                    if after.ending.endswith(".repaired"):
                        return replies
                    continue
                reached.setdefault(_told_apart(after), after)
        frontier = reached  # type: ignore[assignment]
    return None


def _told_apart(session: Session) -> tuple[object, ...]:
    patient = session.patient
    visits = tuple(sorted((state, min(n, 2)) for state, n in session.visits.items()))
    rupture = session.rupture and (session.rupture.about, session.rupture.intensity)
    return (
        session.state,
        visits,
        patient.trust,
        patient.tension,
        patient.loops,
        patient.locked,
        patient.attacks,
        rupture,
    )


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", TYPES)
def test_no_route_through_a_severe_harm_is_shorter_than_the_best_without(
    patients: dict[str, Scenario], family: str, kind: PatientType
):
    scenario = retyped(patients[family], kind, about=About.BOND, intensity=2)
    best = shortest(scenario, harm_at=None, harm=None, most=9)

    assert best is not None
    for harm, harm_at in itertools.product(SEVERE, range(1, best)):
        assert shortest(scenario, harm_at=harm_at, harm=harm, most=best - 1) is None, f"{harm} at {harm_at}"


@pytest.mark.parametrize("family", FAMILIES)
def test_the_deepest_stage_needs_the_loops_of_the_type(patients: dict[str, Scenario], family: str):
    loops = {}
    for kind in TYPES:
        run = simulate(retyped(patients[family], kind, about=About.BOND, intensity=2), policies.skilled)
        loops[kind] = run.session.patient.loops

    assert all(loops[kind] >= type_parameters()[kind].loops for kind in TYPES)
    assert loops[PatientType.A] > loops[PatientType.C]


def test_random_replies_always_come_to_an_end_within_the_turns_there_are(patient: Scenario):
    for seed in range(40):
        run = simulate(patient, policies.random_codes, seed=seed)

        assert run.ending
        assert run.session.exchanges <= run.session.max_turns


def test_every_struggle_and_type_can_be_repaired_from_a_silent_start(priya: Scenario):
    models = stage_models()
    for struggle, kind in itertools.product(Struggle, TYPES):
        scenario = retyped(priya, kind, intensity=2)
        patient = scenario.patient.model_copy(update={"struggle": struggle})
        scenario = resolve(scenario.model_copy(update={"patient": patient}), models)

        assert simulate(scenario, policies.skilled).ending.endswith(".repaired")


def test_nothing_is_said_twice_in_the_same_place_before_its_lines_run_out(patient: Scenario):
    run = simulate(patient, policies.skilled)
    spoke = [event for event in run.events if isinstance(event, PatientSpoke)]

    assert len({event.source for event in spoke}) == len(spoke)
