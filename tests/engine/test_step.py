"""Laws of the pure step: replay, determinism, totality, spans, the one move rule."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.engine.events import (
    Event,
    PatientSpoke,
    ReplyCoded,
    ReplyGraded,
    Rewound,
    SessionBegan,
    StateEntered,
    TraineeReplied,
    dump,
    parse,
)
from roleplay.engine.policies import reading
from roleplay.engine.session import EMPTY, Session, apply, live, session_of
from roleplay.engine.step import SessionOver, begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, Move, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding, Found

scales = st.integers(0, 4)
founds = st.builds(
    Found,
    code=st.sampled_from([*Strategy, *Harm]),
    start=st.integers(0, 60),
    end=st.integers(0, 60),
    confidence=st.floats(0, 1),
    shared=st.booleans(),
)
codings = st.builds(
    Coding,
    codes=st.lists(founds, max_size=4).map(tuple),
    recognition=scales,
    kind=st.sampled_from(RecognitionKind),
    contact=scales,
    quality=st.none() | scales,
    empathy=st.none() | scales,
    ownership=st.none() | scales,
    stance=st.none() | scales,
    economy=st.none() | scales,
    abstained=st.booleans(),
)
replies = st.text(st.characters(codec="utf-8"), max_size=50)
exchanges = st.lists(st.tuples(replies, codings), max_size=12)
names = st.sampled_from(["good-student", "what-am-i-paying-for", "how-many-left", "enough-now", "let-down", "at-risk"])


def played(scenario: Scenario, said: list[tuple[str, Coding]], seed: int) -> tuple[Session, list[Event]]:
    session, events = begin(scenario, "hash", seed=seed)
    log = list(events)
    for text, coding in said:
        if session.ending is not None:
            break
        session, events = step(scenario, session, text, coding)
        log += events
    return session, log


@given(names, exchanges, st.integers(0, 5))
def test_replaying_the_saved_facts_gives_the_live_session(families, name, said, seed):
    session, log = played(families[name], said, seed)

    saved = [parse(dump(event)) for event in log]

    assert reduce(apply, saved, EMPTY) == session


@given(names, exchanges, st.integers(0, 5))
def test_the_same_replies_and_seed_give_the_same_facts(families, name, said, seed):
    once, again = played(families[name], said, seed), played(families[name], said, seed)

    assert [dump(event) for event in once[1]] == [dump(event) for event in again[1]]


@given(names, exchanges, st.integers(0, 5))
def test_a_checked_patient_never_fails_whatever_the_coding(families, name, said, seed):
    session, log = played(families[name], said, seed)

    assert session.ending is not None or session.line is not None
    assert log


@given(names, exchanges, st.integers(0, 5))
def test_every_span_lies_inside_the_reply(families, name, said, seed):
    _, log = played(families[name], said, seed)

    text = ""
    for event in log:
        if isinstance(event, TraineeReplied):
            text = event.text
        if isinstance(event, ReplyCoded):
            assert all(0 <= found.start <= found.end <= len(text) for found in event.coding.codes)
        if isinstance(event, ReplyGraded):
            assert all(0 <= harm.start <= harm.end <= len(text) for harm in event.grade.harms)


@given(names, exchanges, st.integers(0, 5), st.data())
def test_rewinding_and_going_on_replays_to_the_same_session(families, name, said, seed, data):
    scenario = families[name]
    session, log = played(scenario, said, seed)
    if not session.turn:
        return
    facts: list[tuple[int, Event]] = list(enumerate(log, 1))
    turn = data.draw(st.integers(1, session.turn))
    to_seq = next(seq for seq, event in facts if isinstance(event, TraineeReplied) and event.turn == turn) - 1
    facts.append((len(facts) + 1, Rewound(to_seq=to_seq, turn=turn)))

    back = session_of(facts)

    assert back.turn == turn - 1
    assert back.ending is None
    after, events = step(scenario, back, "again", Coding())
    facts += enumerate(events, len(facts) + 1)
    assert session_of([(seq, parse(dump(event))) for seq, event in facts]) == after


@given(
    names,
    codings.filter(lambda c: not c.abstained),
    st.sampled_from([Harm.COUNTER_INTERPRETATION, Harm.PRESSING, Harm.DEFENSIVENESS]),
)
def test_a_severe_harm_beside_a_repair_opens_nothing(families, name, coding, harm):
    scenario = families[name]
    if scenario.entry is None:
        return
    session, _ = begin(scenario, "", seed=1, onset=1)
    beside = coding.model_copy(update={"codes": (*coding.codes, Found(code=harm, start=0, end=0))})

    after, events = step(scenario, session, "words", beside)

    entered = next(event for event in events if isinstance(event, StateEntered))
    assert Move.INVITE not in entered.moves
    assert after.state == scenario.entry


@given(names, exchanges, st.integers(0, 3), replies)
def test_an_unread_reply_moves_nothing(families, name, said, seed, text):
    scenario = families[name]
    session, _ = played(scenario, said, seed)
    if session.ending is not None:
        return

    after, events = step(scenario, session, text, Coding(abstained=True, because="another language"))

    assert (after.state, after.patient, after.visits) == (session.state, session.patient, session.visits)
    assert after.exchanges == session.exchanges
    assert isinstance(events[-1], PatientSpoke)
    assert events[-1].unsure


def test_the_patient_speaks_first_and_is_calm(mei):
    session, events = begin(mei, "hash", seed=7)

    assert isinstance(events[0], SessionBegan)
    assert isinstance(events[-1], PatientSpoke)
    assert events[-1].state == "calm"
    assert session.rupture is None


def test_the_strain_comes_at_the_patients_line_that_the_seed_names(mei):
    for onset in (2, 3, 4):
        session, events = begin(mei, "", seed=1, onset=onset)
        lines = [e for e in events if isinstance(e, PatientSpoke)]
        while session.rupture is None:
            session, events = step(mei, session, f"a{session.turn} b c", Coding())
            lines += [e for e in events if isinstance(e, PatientSpoke)]

        assert len(lines) == onset
        assert session.state == mei.entry


def test_the_onset_varies_with_the_seed_and_stays_within_its_span(mei):
    onsets = {begin(mei, "", seed=seed)[0].onset for seed in range(40)}

    assert onsets == set(range(mei.onset.earliest, mei.onset.latest + 1))


def test_a_reply_after_the_end_is_refused(mei):
    over = Session(ending="withdrawal.left", state="withdrawal.marker")

    with pytest.raises(SessionOver, match="over"):
        step(mei, over, "hello", Coding())


def test_the_second_use_of_a_form_stays_and_the_third_counts_as_a_miss(mei):
    session, _ = begin(mei, "", seed=1, onset=1)
    text = "That makes sense, what is it like with me?"
    coding = reading(text, (Strategy.ATTEND, Strategy.INVITE))

    session, _ = step(mei, session, text, coding)
    opened = session.state
    session, second = step(mei, session, text, coding)
    stayed = session.state
    session, third = step(mei, session, text, coding)

    assert opened == "withdrawal.attended"
    assert stayed == opened
    assert next(e for e in second if isinstance(e, StateEntered)).moves == ()
    assert next(e for e in third if isinstance(e, StateEntered)).moves == (Move.MISS,)


def test_superseded_facts_are_left_out_and_so_is_the_rewinding(mei):
    _, log = played(mei, [("one", Coding()), ("two", Coding())], 1)
    facts = list(enumerate(log, 1))
    first = next(seq for seq, event in facts if isinstance(event, TraineeReplied)) - 1

    kept = live([*facts, (99, Rewound(to_seq=first, turn=1))])

    assert kept == log[:first]


def test_the_grade_is_saved_with_the_situation_it_was_given_in(mei):
    session, _ = begin(mei, "", seed=1, onset=1)

    _, events = step(mei, session, "Great.", Coding())

    graded = next(event for event in events if isinstance(event, ReplyGraded))
    assert graded.situation.stage == "withdrawal.marker"
    assert Harm.IGNORING in {harm.code for harm in graded.grade.harms}
