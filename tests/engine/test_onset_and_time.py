"""When the strain comes, when the time is up, and what cannot be read."""

import pytest

from roleplay.engine.events import (
    PatientSpoke,
    ReplyGraded,
    RuptureMarked,
    SessionEnded,
    StateEntered,
    TraineeReplied,
    dump,
    parse,
)
from roleplay.engine.policies import fresh_words, reading
from roleplay.engine.session import Session, apply
from roleplay.engine.situation import heard_of
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario, Transition, When
from roleplay.scoring.codes import Harm, MarkKind, Move, Strain, Strategy
from roleplay.scoring.coding import Coding

MARKER = "withdrawal.marker"
RECEIVE = (Strategy.VALIDATE,)
STAY = (Strategy.LIMIT,)
"""Neither opens the marker nor harms."""


def said(scenario: Scenario, session: Session, *replies: tuple[Strategy | Harm, ...]) -> Session:
    for codes in replies:
        text = fresh_words(session)
        session, _ = step(scenario, session, text, reading(text, codes))
    return session


@pytest.mark.parametrize("harm", [Harm.ADVICE, Harm.HOSTILITY, Harm.PRESSING, Harm.REASSURANCE, Harm.DEFENSIVENESS])
def test_a_harm_just_before_the_onset_does_not_hide_the_strain(ada, harm):
    answers = dict.fromkeys(("advise", "attack", "press", "soothe", "defend"), "An answer without any strain.")
    scenario = ada(after={MARKER: answers})
    session, _ = begin(scenario, "", seed=1, onset=2)

    session = said(scenario, session, (harm,))

    assert session.line is not None
    assert session.line.source == f"{MARKER}/says/0/0"
    assert session.strain is Strain.FRESH


def test_what_was_missed_while_there_was_nothing_to_miss_does_not_count_at_the_strain(ada):
    """Advice in calm turns, twice, and once at the strain: a first slip, and no third one in a row."""
    scenario = ada()
    session, _ = begin(scenario, "", seed=1, onset=3)
    advice = (Harm.ADVICE,)

    session = said(scenario, session, advice, advice)
    assert (session.state, session.patient.misses) == (MARKER, 0)
    session = said(scenario, session, advice)

    assert session.ending is None
    assert session.patient.misses == 1


def test_a_conversation_can_begin_with_the_strain(ada):
    session, events = begin(ada(), "", seed=1, onset=1)

    assert [event.state for event in events if isinstance(event, StateEntered)] == [MARKER]
    assert session.strain is Strain.FRESH
    assert session.patient.tension == 4  # twice the intensity of 2


def test_a_strain_that_was_to_come_after_the_time_is_up_does_not_come(ada):
    scenario = ada(max_turns=3)
    session, _ = begin(scenario, "", seed=1, onset=4)

    session = said(scenario, session, (), (), ())

    assert session.ending == "withdrawal.left"
    assert session.exchanges == 3
    assert session.rupture is None


@pytest.mark.parametrize("turns", [3, 4, 5, 6])
def test_no_conversation_goes_on_beyond_its_turns_not_even_to_rest(ada, turns):
    """Deciding alone in `attended` leads to a resting point, whichever reply it is."""
    scenario = ada(max_turns=turns)
    session, _ = begin(scenario, "", seed=1, onset=1)
    session = said(scenario, session, *[STAY] * (turns - 2), RECEIVE)
    assert session.state == "withdrawal.attended"

    session = said(scenario, session, (Strategy.CHANGE,))

    assert session.ending == "withdrawal.partly_repaired"
    assert session.exchanges == turns


def test_a_resting_point_is_kept_when_the_time_is_up(ada):
    scenario = ada(max_turns=4)
    session, _ = begin(scenario, "", seed=1, onset=1)
    session = said(scenario, session, STAY, RECEIVE, (Strategy.CHANGE,))
    assert (session.state, session.ending) == ("withdrawal.partly_repaired", None)

    text = fresh_words(session)
    session, events = step(scenario, session, text, reading(text, (Strategy.INVITE,)))

    end = events[-1]
    assert isinstance(end, SessionEnded)
    assert (end.ending, end.because, end.resolution) == ("withdrawal.partly_repaired", "ending", 4)


def test_a_resting_point_is_rested_at_once_and_ends_the_conversation_the_second_time(ada):
    scenario = ada(type="C")
    session, _ = begin(scenario, "", seed=1, onset=1)
    session = said(scenario, session, RECEIVE, (Strategy.CHANGE,))
    assert (session.state, session.ending) == ("withdrawal.partly_repaired", None)

    session = said(scenario, session, (Strategy.INVITE,))
    assert (session.state, session.ending) == ("withdrawal.hedged_assertion", None)
    session = said(scenario, session, (Strategy.CHANGE,))

    assert session.ending == "withdrawal.partly_repaired"


def test_asking_about_safety_opens_no_strain(ada):
    scenario = ada(risky={MARKER: 0}, max_turns=3)
    session, _ = begin(scenario, "", seed=1, onset=1)

    session = said(scenario, session, (Strategy.SAFETY,), RECEIVE, STAY)

    assert session.ending == "withdrawal.left"


@pytest.mark.parametrize(("opened", "ending", "resolution"), [(False, "left", 2), (True, "unfinished", 3)])
def test_time_is_up_at_a_marker_with_two_and_beyond_it_with_three(ada, opened, ending, resolution):
    scenario = ada(max_turns=3)
    session, _ = begin(scenario, "", seed=1, onset=1)
    session = said(scenario, session, RECEIVE if opened else STAY, STAY)

    text = fresh_words(session)
    session, events = step(scenario, session, text, reading(text, STAY))

    end = events[-1]
    assert isinstance(end, SessionEnded)
    assert (end.ending, end.because, end.resolution) == (f"withdrawal.{ending}", "time", resolution)


def test_unread_replies_cost_no_time(ada):
    scenario = ada(max_turns=3)
    session, _ = begin(scenario, "", seed=1, onset=1)
    for _ in range(20):
        session, _ = step(scenario, session, fresh_words(session), Coding(abstained=True))

    session = said(scenario, session, STAY, STAY)

    assert session.ending is None
    assert (session.turn, session.exchanges) == (22, 2)


def test_what_could_not_be_read_may_be_said_again_in_the_same_words(ada):
    scenario = ada()
    session, _ = begin(scenario, "", seed=1, onset=1)
    text = "What was it like to get that sheet again?"

    session, _ = step(scenario, session, text, Coding(abstained=True))
    session, _ = step(scenario, session, text, reading(text, (Strategy.INVITE,)))

    assert session.state == "withdrawal.attended"


def test_a_coder_hears_what_came_before_the_waiting_line_and_nothing_after_it(ada):
    scenario = ada()
    session, _ = begin(scenario, "", seed=1, onset=2)
    session, _ = step(scenario, session, "How was the week?", Coding())
    before = heard_of(scenario, session)

    session, _ = step(scenario, session, "Qui?", Coding(abstained=True))
    after = heard_of(scenario, session)

    assert [(each.who, each.text) for each in before.history] == [
        ("patient", "calm, line 1."),
        ("therapist", "How was the week?"),
    ]
    assert before.line == f"{MARKER}, line 1."
    assert after == before


def test_a_mark_stays_with_the_line_that_waits_for_a_readable_answer(ada):
    scenario = ada()
    session, _ = begin(scenario, "", seed=1, onset=1)
    session = apply(session, RuptureMarked(turn=1, kind=MarkKind.WITHDRAWAL))

    session, _ = step(scenario, session, "?", Coding(abstained=True))
    session, events = step(scenario, session, "One two three.", Coding())

    (graded,) = [event for event in events if isinstance(event, ReplyGraded)]
    assert graded.situation.mark is MarkKind.WITHDRAWAL
    assert session.mark is None


def test_a_transition_may_ask_for_a_harm_that_only_the_moment_shows(ada):
    """`ignoring` is in no coding: the grade gives it where a fresh strain is passed over."""
    scenario = ada()
    row = Transition(when=When(any=(Harm.IGNORING,)), to="withdrawal.avoidance")
    marker = scenario.states[MARKER]
    marker = marker.model_copy(update={"transitions": (row, *marker.transitions)})
    scenario = scenario.model_copy(update={"states": {**scenario.states, MARKER: marker}})
    session, _ = begin(scenario, "", seed=1, onset=1)

    assert said(scenario, session, ()).state == "withdrawal.avoidance"
    assert said(scenario, session, (Harm.TOPIC_CHANGE,)).state == MARKER


@pytest.mark.parametrize(
    "reply",
    [
        "word " * 2000,
        "x" * 10_000,
        "a\0b",
        "a\ud800b",
        "\udc00",
        "שלום, מה שלומך היום?",
        "\u202eabc\u202c",
        "\u200b",
        "一二三四",
    ],
    ids=["long", "one long word", "NUL", "surrogate", "lone low", "RTL", "override", "zero width", "Chinese"],
)
def test_any_text_at_all_is_a_reply(ada, reply):
    scenario = ada()
    session, _ = begin(scenario, "", seed=1, onset=1)
    for _ in range(3):
        session, events = step(scenario, session, reply, reading(reply, RECEIVE))

        assert [parse(dump(event)) for event in events] == list(events)
        replied = events[0]
        assert isinstance(replied, TraineeReplied)
        assert len(replied.text) <= len(reply)
        assert isinstance(events[-1], PatientSpoke)
    assert next(e for e in events if isinstance(e, StateEntered)).moves in ((Move.MISS,), (Move.VALIDATE,))
