"""What the coder may hear and what the grader may know."""

from roleplay.engine.events import Variables
from roleplay.engine.policies import fresh_words, reading
from roleplay.engine.session import Session
from roleplay.engine.situation import heard_of, situation_of
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import About, Family, Strain, Strategy
from roleplay.scoring.coding import Coding


def said(scenario: Scenario, session: Session, *replies: tuple[Strategy, ...]) -> Session:
    for codes in replies:
        text = fresh_words(session)
        session, _ = step(scenario, session, text, reading(text, codes))
    return session


def test_while_nothing_is_strained_the_grader_knows_of_no_lapse_and_no_stages(mei: Scenario):
    session, _ = begin(mei, "", seed=1, onset=4)

    situation = situation_of(mei, session, "Hello.", Coding())

    assert situation.strain is Strain.NONE
    assert (situation.lapse, situation.stage_fit, situation.about, situation.intensity) == (None, None, None, None)


def test_an_authors_own_stage_before_the_onset_has_no_fit_yet(mei: Scenario):
    """The order of stages means something only once there is a strain."""
    marker = mei.states["withdrawal.marker"]
    calm = mei.states["calm"].model_copy(update={"stage": marker.stage})
    scenario = mei.model_copy(update={"states": {**mei.states, "calm": calm}})
    session, _ = begin(scenario, "", seed=1, onset=4)

    assert situation_of(scenario, session, "Hello.", Coding()).stage_fit is None


def test_at_the_strain_the_grader_knows_what_the_author_wrote(mei: Scenario):
    session, _ = begin(mei, "", seed=1, onset=1)

    situation = situation_of(mei, session, "Hello.", Coding())

    assert (situation.strain, situation.depth, situation.about) == (Strain.FRESH, "early", About.TASK)
    assert (situation.trust, situation.tension, situation.intensity) == (5, 4, 2)
    assert situation.lapse == mei.lapse
    assert situation.markers
    assert situation.stage_fit


def test_a_resting_point_counts_as_explored(ada):
    session, _ = begin(ada(), "", seed=1, onset=1)
    session = said(ada(), session, (Strategy.OWN,), (Strategy.CHANGE,))
    assert session.state == "withdrawal.partly_repaired"

    situation = situation_of(ada(), session, "Hello.", Coding())

    assert (situation.depth, situation.stage_fit, situation.strain) == ("explored", None, Strain.OPEN)


def test_the_family_is_that_of_the_stage_the_patient_is_in(families: dict[str, Scenario]):
    scenario = families["let-down"]
    session, _ = begin(scenario, "", seed=1, onset=1)
    families_met = [situation_of(scenario, session, "", Coding()).family]
    session = said(scenario, session, (Strategy.NORMALISE,), (Strategy.INVITE,), (Strategy.VALIDATE,))
    assert session.state == "confrontation.construal"
    families_met.append(situation_of(scenario, session, "", Coding()).family)

    assert families_met == [Family.SILENT, Family.CONFRONTATION]
    assert situation_of(scenario, Session(state="calm"), "", Coding()).family is Family.SILENT


def test_a_coder_hears_words_and_cues_and_nothing_of_the_truth(mei: Scenario):
    session, _ = begin(mei, "", seed=1, onset=1)
    assert session.line is not None

    heard = heard_of(mei, session)

    assert (heard.line, heard.cue, heard.context) == (session.line.line, session.line.cue, mei.briefing)
    assert session.line.unsaid
    assert session.line.unsaid not in heard.model_dump_json()


def test_a_form_used_before_is_counted(mei: Scenario):
    session, _ = begin(mei, "", seed=1, onset=1)
    session, _ = step(mei, session, "What was it like for you?", Coding())

    assert situation_of(mei, session, "What was it like for you, then?", Coding()).repeats == 1
    assert session.patient != Variables(trust=0, tension=0, agency=0, communion=0)
