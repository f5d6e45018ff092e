"""Which way a reply leads: the first transition that admits it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roleplay.engine.events import Variables
from roleplay.engine.session import Session
from roleplay.scenarios.model import Scenario, Transition, When
from roleplay.scoring.codes import Harm, Move, Strategy
from roleplay.scoring.coding import Coding
from roleplay.scoring.grading import HarmGraded
from roleplay.scoring.moves import HARMS, codes_behind


@dataclass(frozen=True, slots=True)
class Reading:
    """What a transition may look at: the reply as moves and codes, and the patient after it."""

    present: frozenset[Move | Strategy | Harm]
    """The moves taken up and the codes they come from; codes that the one move rule hides are not here."""
    contact: int
    recognition: int
    patient: Variables
    turn: int


def transitions_of(scenario: Scenario, state: str) -> tuple[Transition, ...]:
    """The ways out of a state or of a resting point, in order."""
    if state in scenario.states:
        return scenario.states[state].transitions
    return scenario.endings[state].transitions


def way(scenario: Scenario, session: Session, reading: Reading) -> tuple[int, Transition]:
    """The first row that admits, with its number. A checked scenario always has one."""
    rows = transitions_of(scenario, session.state)
    return next((n, row) for n, row in enumerate(rows) if admits(row.when, scenario, session, reading))


def admits(when: When, scenario: Scenario, session: Session, reading: Reading) -> bool:
    """Whether every condition that `when` states holds."""
    if when.any and reading.present.isdisjoint(when.any):
        return False
    return (
        _of_the_reply(when, reading)
        and _of_the_patient(when, scenario, reading)
        and _of_the_moment(when, scenario, session, reading)
    )


def _of_the_reply(when: When, reading: Reading) -> bool:
    present = reading.present
    return (
        (not when.all or present.issuperset(when.all))
        and (not when.none or present.isdisjoint(when.none))
        and reading.contact >= (when.contact_at_least or 0)
        and reading.recognition >= (when.recognition_at_least or 0)
    )


def _of_the_patient(when: When, scenario: Scenario, reading: Reading) -> bool:
    patient = reading.patient
    loops = when.loops_at_least
    if loops == "type":
        loops = scenario.parameters.loops if scenario.parameters else 0
    return (
        patient.trust >= (when.trust_at_least or 0)
        and (when.trust_at_most is None or patient.trust <= when.trust_at_most)
        and patient.tension >= (when.tension_at_least or 0)
        and (when.tension_at_most is None or patient.tension <= when.tension_at_most)
        and patient.misses >= (when.misses_at_least or 0)
        and patient.attacks >= (when.attacks_at_least or 0)
        and patient.loops >= (loops or 0)
    )


def _of_the_moment(when: When, scenario: Scenario, session: Session, reading: Reading) -> bool:
    rupture = session.rupture
    return (
        session.visits.get(session.state, 0) >= (when.visits_at_least or 0)
        and reading.turn >= (when.turn_at_least or 0)
        and (when.intensity_at_most is None or rupture is None or rupture.intensity <= when.intensity_at_most)
        and (not when.about or (rupture is not None and rupture.about in when.about))
        and (not when.types or scenario.patient.type in when.types)
        and (not when.struggles or scenario.patient.struggle in when.struggles)
        and all(session.visits.get(state) for state in when.seen)
        and (when.risk is None or when.risk == at_risk(session))
    )


def at_risk(session: Session) -> bool:
    """Whether the waiting line is a risk cue."""
    return session.line is not None and session.line.risk


def fit_to_stage(
    scenario: Scenario, session: Session, coding: Coding, candidates: Sequence[Move]
) -> dict[Move, int] | None:
    """What each move alone would do from here, as D6: 4 forward, 3 stays and helps, 2 sideways, 1 too early, 0 back.

    Returns:
        None outside the stage models, where there is no order of stages.
    """
    here = scenario.states.get(session.state)
    if here is None or here.stage is None:
        return None
    ways = {
        move: way(scenario, session, reading_of(session, coding, (move,), session.patient))[1] for move in candidates
    }
    return {move: _worth(scenario, session, row, move) for move, row in ways.items()}


def reading_of(
    session: Session,
    coding: Coding,
    moves: Iterable[Move],
    patient: Variables,
    harms: Iterable[HarmGraded] = (),
) -> Reading:
    """The reply as transitions see it once these moves have been taken up; `harms` are those of its grade."""
    taken = frozenset(moves)
    given = (harm.code for harm in harms if HARMS[harm.code] in taken)
    return Reading(
        present=taken.union(codes_behind(coding, taken), given),
        contact=coding.contact,
        recognition=coding.recognition,
        patient=patient,
        turn=session.exchanges + 1,
    )


_COUNTS = {"forward": 4, "stay": 3, "sideways": 2, "skip": 1, "back": 0}


def _worth(scenario: Scenario, session: Session, row: Transition, move: Move) -> int:
    about = session.rupture.about if session.rupture else None
    if row.counts_as == "sideways" and move is Move.RENEGOTIATE_TOGETHER and about in {"task", "goal", "frame"}:
        return 4
    if row.counts_as is not None:
        return _COUNTS[row.counts_as]
    if row.to == session.state:
        return 2 if move is Move.CONTINUE else 3
    if row.to in scenario.endings:
        return 4 if scenario.endings[row.to].resolution >= 4 else 0
    here, there = scenario.states[session.state].stage, scenario.states.get(row.to)
    if here is None or there is None or there.stage is None:
        return 3
    return 4 if there.stage.order > here.order else 0
