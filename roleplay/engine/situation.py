"""What the coder may hear and what the grader may know, read off the session."""

from roleplay.engine.forms import repeats_of
from roleplay.engine.session import Session
from roleplay.engine.transitions import at_risk, fit_to_stage
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Family, Strain
from roleplay.scoring.coding import Coding, Heard, Utterance
from roleplay.scoring.moves import possible_moves
from roleplay.scoring.situation import Situation


def heard_of(scenario: Scenario, session: Session) -> Heard:
    """What has been said and seen: never stage, type, unsaid thoughts or the truth about the strain."""
    line = session.line
    return Heard(
        line=line.line if line else "",
        cue=line.cue if line else "",
        history=_before(session),
        context=scenario.briefing,
    )


def _before(session: Session) -> tuple[Utterance, ...]:
    """What was said before the waiting line; an unread reply and the "say that again?" to it came after."""
    waiting = ("patient", session.line.line if session.line else "")
    history = session.history
    while history and (history[-1].who, history[-1].text) != waiting:
        history = history[:-1]
    return history[:-1]


def situation_of(scenario: Scenario, session: Session, reply: str, coding: Coding) -> Situation:
    """Everything that decides what this reply's codes are worth here."""
    strain = session.strain
    open_ = strain is not Strain.NONE
    state = scenario.states.get(session.state)
    stage = state.stage if state else None
    rupture = session.rupture
    return Situation(
        strain=strain,
        family=_family(scenario, session),
        depth=stage.depth if stage else "explored" if session.state in scenario.endings else "early",
        stage=session.state,
        about=rupture.about if rupture else None,
        type=scenario.patient.type,
        struggle=scenario.patient.struggle,
        trust=session.patient.trust,
        tension=session.patient.tension,
        intensity=rupture.intensity if rupture else None,
        markers=session.line.rupture.markers if session.line and session.line.rupture else (),
        lapse=scenario.lapse if open_ else None,
        risk=at_risk(session),
        stage_fit=fit_to_stage(scenario, session, coding, possible_moves(coding)) if open_ else None,
        repeats=repeats_of(reply, session.forms),
        mark=session.mark,
        kind=rupture.kind if rupture else None,
    )


_FAMILIES = {str(family): family for family in Family}


def _family(scenario: Scenario, session: Session) -> Family:
    """The family of the stage model the patient is in now, else the scenario's own."""
    return _FAMILIES.get(session.state.split(".")[0], scenario.family)
