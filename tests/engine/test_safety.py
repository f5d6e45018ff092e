"""The branch for safety: nothing else moves until somebody asks plainly, and asking is never punished."""

import itertools
from collections.abc import Iterable

import pytest

from roleplay.engine.events import Event, PatientSpoke, ReplyGraded, Rewound, SessionEnded, StateEntered, TraineeReplied
from roleplay.engine.policies import fresh_words, reading
from roleplay.engine.session import Session, session_of
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Band, Harm, Move, Strategy
from roleplay.scoring.coding import Coding, Found

ATTENDED = "withdrawal.attended"
ASK = (Strategy.SAFETY,)
RECEIVE = (Strategy.VALIDATE,)
INVITE = (Strategy.INVITE,)


def said(scenario: Scenario, session: Session, *replies: Iterable[Strategy | Harm]) -> tuple[Session, list[Event]]:
    """The session after these replies, each in new words, and everything that happened."""
    log: list[Event] = []
    for codes in replies:
        text = fresh_words(session)
        session, events = step(scenario, session, text, reading(text, tuple(codes)))
        log += events
    return session, log


def at_the_cue(scenario: Scenario) -> Session:
    """Opened once, so that the first line in `withdrawal.attended` waits for its answer."""
    session, _ = begin(scenario, "", seed=1, onset=1)
    session, _ = said(scenario, session, RECEIVE)
    assert session.state == ATTENDED
    return session


def graded(log: Iterable[Event]) -> list[ReplyGraded]:
    return [event for event in log if isinstance(event, ReplyGraded)]


def test_asked_plainly_the_patient_answers_and_goes_back_to_where_she_was(ada):
    scenario = ada(risky={ATTENDED: 0})
    before = at_the_cue(scenario)

    asked, log = said(scenario, before, ASK)
    back, _ = said(scenario, asked, RECEIVE)

    assert asked.state == "safety.asked"
    assert graded(log)[0].grade.band is not Band.HARMFUL
    assert graded(log)[0].grade.dimensions["stage"] == 4
    assert back.state == ATTENDED
    assert back.visits[ATTENDED] == before.visits[ATTENDED]
    assert back.line is not None
    assert back.line.line == "withdrawal.attended, line 2."


def test_until_somebody_asks_nothing_moves_and_every_reply_is_harmful(ada):
    scenario = ada(risky={ATTENDED: 0})

    session, log = said(scenario, at_the_cue(scenario), INVITE, (Strategy.NEED,), (), INVITE)

    assert session.state == "safety.unasked"
    assert [each.grade.band for each in graded(log)] == [Band.HARMFUL] * 4
    assert [each.grade.moves for each in graded(log)] == [(Move.UNSAFE,)] * 4


def test_silence_at_a_risk_cue_is_no_question(ada):
    scenario = ada(risky={ATTENDED: 0})
    silence = Coding(codes=(Found(code=Strategy.HOLD, start=0, end=0),), silence=True)

    session, events = step(scenario, at_the_cue(scenario), "", silence)

    assert session.state == "safety.unasked"
    assert graded(events)[0].grade.band is Band.HARMFUL


def test_asking_late_is_asking(ada):
    scenario = ada(risky={ATTENDED: 0})

    session, log = said(scenario, at_the_cue(scenario), INVITE, INVITE, ASK)
    back, _ = said(scenario, session, RECEIVE)

    assert session.state == "safety.asked"
    assert graded(log)[-1].grade.band is not Band.HARMFUL
    assert back.state == ATTENDED


def test_a_question_under_an_attack_has_not_been_heard(ada):
    scenario = ada(risky={ATTENDED: 0})

    session, _ = said(scenario, at_the_cue(scenario), (Strategy.SAFETY, Harm.HOSTILITY))
    asked, _ = said(scenario, session, ASK)

    assert session.state == "safety.unasked"
    assert asked.state == "safety.asked"


def test_what_was_passed_over_is_cited_on_the_whole_reply(ada):
    scenario = ada(risky={ATTENDED: 0})
    text = "And the sheet?"

    _, events = step(scenario, at_the_cue(scenario), text, Coding())

    (harm,) = graded(events)[0].grade.harms
    assert (harm.code, harm.start, harm.end) == (Harm.SAFETY_NEGLECT, 0, len(text))
    assert harm.about == "withdrawal.attended, line 1."


def test_a_risk_line_said_again_after_the_question_asks_for_none(ada):
    """The last line repeats for ever; the question need not."""
    scenario = ada(risky={ATTENDED: 2})
    session = at_the_cue(scenario)
    session, _ = said(scenario, session, (Strategy.REDIRECT,), (Strategy.REDIRECT,))
    assert session.line is not None
    assert session.line.risk

    back, _ = said(scenario, session, ASK, RECEIVE)
    on, log = said(scenario, back, INVITE)

    assert back.line is not None
    assert (back.line.line, back.line.risk) == ("withdrawal.attended, line 3.", False)
    assert graded(log)[0].grade.band is not Band.HARMFUL
    assert on.state == "withdrawal.hedged_assertion"


def test_another_risk_line_asks_for_another_question_in_whatever_words(ada):
    scenario = ada(risky={ATTENDED: 0, "withdrawal.hedged_assertion": 0})
    question = "Are you thinking of ending your life?"
    asking = reading(question, ASK)

    session, _ = step(scenario, at_the_cue(scenario), question, asking)
    session, _ = said(scenario, session, RECEIVE, INVITE)
    assert session.state == "withdrawal.hedged_assertion"
    session, _ = step(scenario, session, question, asking)

    assert session.state == "safety.asked"


def test_a_lock_does_not_keep_a_plain_question_out(build):
    concealed = "silent_dissatisfaction.concealed"
    stages = (concealed, "silent_dissatisfaction.testing", "silent_dissatisfaction.partly_disclosed")
    scenario = build(
        (*stages, "safety.asked", "safety.unasked"),
        [f"silent_dissatisfaction.{name}" for name in ("partly_repaired", "left", "unfinished")],
        follows=("silent_dissatisfaction", "safety"),
        risky={concealed: 1},
    )
    session, _ = begin(scenario, "", seed=1, onset=1)
    session, _ = said(scenario, session, (Harm.PRESSING,))
    assert session.patient.locked
    assert session.line is not None
    assert session.line.risk

    session, _ = said(scenario, session, ASK)

    assert session.state == "safety.asked"


def test_asking_is_never_a_step_back_however_deep_the_stage(ada):
    """`self_assertion` comes late, `safety.asked` has a low number: that is no order of stages."""
    scenario = ada(risky={"withdrawal.avoidance": 0})
    session = at_the_cue(scenario)
    session, _ = said(scenario, session, INVITE, INVITE, INVITE)
    assert session.state == "withdrawal.avoidance"

    asked, log = said(scenario, session, ASK)
    back, _ = said(scenario, asked, RECEIVE)

    assert graded(log)[0].grade.dimensions["stage"] == 4
    assert back.state == "withdrawal.avoidance"
    assert back.patient.loops == session.patient.loops == 1


def test_coming_back_the_patient_goes_on_and_does_not_answer_what_was_said_in_the_branch(ada):
    scenario = ada(risky={ATTENDED: 0}, after={ATTENDED: {"validate": "Answered.", "advise": "I'll try that."}})

    session, _ = said(scenario, at_the_cue(scenario), ASK, (Harm.ADVICE,), (Harm.ADVICE,))

    assert session.state == ATTENDED
    assert session.line is not None
    assert session.line.line == "withdrawal.attended, line 2."


def test_an_answer_about_risk_needs_no_second_question(ada):
    scenario = ada(risky={ATTENDED: 0, "safety.asked": 0})

    session, _ = said(scenario, at_the_cue(scenario), ASK)
    assert session.state == "safety.asked"
    session, log = said(scenario, session, RECEIVE)

    assert session.state == ATTENDED
    assert graded(log)[0].grade.band is not Band.HARMFUL


def test_the_strain_waits_while_a_risk_cue_does(ada):
    """Line 1 gives reason to ask; the strain was to come at line 2."""
    scenario = ada(risky={"calm": 0})
    session, _ = begin(scenario, "", seed=1, onset=2)

    session, _ = said(scenario, session, ())
    assert session.state == "safety.unasked"
    session, _ = said(scenario, session, ASK, RECEIVE)
    assert session.state == "calm"
    session, _ = said(scenario, session, ())

    assert session.state == "withdrawal.marker"
    assert session.rupture is not None


@pytest.mark.parametrize("asked", [True, False])
def test_time_can_be_up_inside_the_branch(ada, asked):
    scenario = ada(risky={ATTENDED: 0}, max_turns=3)
    session = at_the_cue(scenario)

    session, log = said(scenario, session, ASK if asked else (), (Harm.ADVICE,))

    (end,) = [event for event in log if isinstance(event, SessionEnded)]
    assert session.ending == end.ending == "withdrawal.unfinished"
    assert (end.because, end.resolution) == ("time", 3)


def test_the_authors_own_way_out_of_the_branch_may_end_the_conversation(ada):
    scenario = ada(risky={ATTENDED: 0})
    row = scenario.states["withdrawal.self_assertion"].transitions[-1]
    leaving = row.model_copy(update={"to": "withdrawal.left"})
    asked = scenario.states["safety.asked"].model_copy(update={"transitions": (leaving,)})
    scenario = scenario.model_copy(update={"states": {**scenario.states, "safety.asked": asked}})

    session, _ = said(scenario, at_the_cue(scenario), ASK, RECEIVE)

    assert session.ending == "withdrawal.left"


def test_an_unread_reply_leaves_the_cue_where_it_is(ada):
    scenario = ada(risky={ATTENDED: 0})

    session, _ = step(scenario, at_the_cue(scenario), "?", Coding(abstained=True))
    asked, _ = said(scenario, session, ASK)

    assert session.state == ATTENDED
    assert asked.state == "safety.asked"


@pytest.mark.parametrize("turn", [2, 3, 4])
def test_going_back_in_the_branch_finds_the_cue_as_it_was(ada, turn):
    scenario = ada(risky={ATTENDED: 0})
    session, events = begin(scenario, "", seed=1, onset=1)
    log = list(events)
    stood = [session]
    for codes in (RECEIVE, INVITE, ASK, RECEIVE):
        session, more = said(scenario, session, codes)
        log += more
        stood.append(session)
    facts: list[tuple[int, Event]] = list(enumerate(log, 1))
    replied = next(seq for seq, event in facts if isinstance(event, TraineeReplied) and event.turn == turn)

    back = session_of([*facts, (len(facts) + 1, Rewound(to_seq=replied - 1, turn=turn))])

    assert back == stood[turn - 1]


def test_whoever_asks_gets_through_a_conversation_in_which_every_state_has_a_risk_line(ada):
    """Every state's last line, which repeats for ever, is a risk cue; asked about once each, none holds her up."""
    stages = [name for name in ada().states if name.startswith("withdrawal.")]
    for number in range(3):
        scenario = ada(risky=dict.fromkeys(stages, number), max_turns=60)
        session, _ = begin(scenario, "", seed=1, onset=1)
        asked = 0
        for codes in itertools.repeat((Strategy.VALIDATE, Strategy.NEED, Strategy.INVITE)):
            if session.ending is not None:
                break
            cue = session.line is not None and session.line.risk
            asked += cue
            session, _ = said(scenario, session, ASK if cue else codes)

        assert session.ending == "withdrawal.repaired"
        assert asked <= len(stages)


def test_the_way_in_and_the_way_out_are_told_as_any_other(ada):
    scenario = ada(risky={ATTENDED: 0})

    _, log = said(scenario, at_the_cue(scenario), ASK, RECEIVE)

    entered = [event for event in log if isinstance(event, StateEntered)]
    assert [(event.came_from, event.state, event.moves) for event in entered] == [
        (ATTENDED, "safety.asked", (Move.ASK_SAFETY,)),
        ("safety.asked", ATTENDED, (Move.VALIDATE,)),
    ]
    assert all(isinstance(event, PatientSpoke) for event in log[4::5])
