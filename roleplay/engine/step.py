"""The heart: one exchange as a pure function from facts to facts."""

from functools import reduce
from typing import Literal

from roleplay.engine.dynamics import moved, started, strained
from roleplay.engine.endings import ended, last_word, rests
from roleplay.engine.entry import entered
from roleplay.engine.events import (
    Event,
    PatientSpoke,
    ReplyCoded,
    ReplyGraded,
    SessionBegan,
    SessionEnded,
    StateEntered,
    TraineeReplied,
    Variables,
    Versions,
)
from roleplay.engine.session import EMPTY, SAFETY, Session, apply
from roleplay.engine.situation import situation_of
from roleplay.engine.transitions import Reading, at_risk, reading_of, way
from roleplay.engine.voice import HARMING, Drawn, drawn, line_for, spoken
from roleplay.errors import UsageError
from roleplay.scenarios.model import START, Scenario, Transition
from roleplay.scoring.codes import SITUATIONAL_HARMS, Move
from roleplay.scoring.coding import Coding
from roleplay.scoring.grade import grade
from roleplay.scoring.grading import Grade

ENGINE = "1"
"""Version of the rules in this folder; part of every conversation."""
RETURN = "return"
"""As a target: back to where the branch for safety was entered."""


class SessionOver(UsageError):
    """A reply was given to a conversation that has reached an ending."""


Answer = tuple[StateEntered | PatientSpoke | SessionEnded, ...]


def begin(
    scenario: Scenario,
    scenario_hash: str,
    *,
    seed: int,
    onset: int | None = None,
    trainee: str = "me",
    group: str = "",
    mode: Literal["practice", "assess"] = "practice",
    coder: str = "pinned",
) -> tuple[Session, tuple[Event, ...]]:
    """The patient comes in and speaks first. The onset is drawn from the seed unless it is given."""
    assert scenario.parameters is not None, "a resolved scenario has parameters"
    span = scenario.onset
    if onset is None and span is not None:
        onset = span.earliest + drawn(seed, "onset", span.latest - span.earliest + 1)
    patient = started(scenario.parameters, scenario.patient.struggle)
    began = SessionBegan(
        scenario=scenario.id,
        scenario_hash=scenario_hash,
        trainee=trainee,
        group=group,
        mode=mode,
        seed=seed,
        onset=onset,
        max_turns=scenario.parameters.max_turns,
        versions=Versions(format=scenario.format, engine=ENGINE, coder=coder),
        patient=patient,
    )
    session = apply(EMPTY, began)
    first = scenario.entry if onset == 1 and scenario.entry else START
    events = (began, *_arrive(scenario, session, first, (), None, patient, turn=0, unprompted=True))
    return reduce(apply, events[1:], session), events


def step(
    scenario: Scenario, session: Session, reply: str, coding: Coding, *, seconds: float | None = None
) -> tuple[Session, tuple[Event, ...]]:
    """One exchange: the trainee has spoken, the patient answers.

    Pure: no clock, no chance, no disk. The new session is the old one with the new events applied,
    so that a log always rebuilds what was on screen. Total for checked scenarios.

    Args:
        reply: The trainee's words; empty for a silence. Characters that no file takes are made fit first.
        coding: What the words do; spans outside the reply are brought inside.
        seconds: How long the trainee took, where known.

    Raises:
        SessionOver: The session has already reached an ending.
    """
    if session.ending is not None:
        raise SessionOver(f"This conversation is over ({session.ending}). Begin a new one, or rewind it first.")
    turn = session.turn + 1
    reply = entered(reply)
    coding = coding.inside(reply)
    situation = situation_of(scenario, session, reply, coding)
    graded = _cited(grade(coding, situation), session, reply)
    said: tuple[Event, ...] = (
        TraineeReplied(turn=turn, text=reply, silence=coding.silence, seconds=seconds),
        ReplyCoded(turn=turn, coding=coding),
        ReplyGraded(turn=turn, situation=situation, grade=graded),
    )
    if coding.abstained:
        answer: tuple[Event, ...] = (_ask_again(scenario, session, turn),)
    else:
        answer = _answer(scenario, session, coding, graded, situation.repeats, turn)
    events = (*said, *answer)
    return reduce(apply, events, session), events


def _cited(graded: Grade, session: Session, reply: str) -> Grade:
    """The grade with each harm of absence resting on the whole reply and on the patient's words it passed over."""
    if not any(harm.code in SITUATIONAL_HARMS for harm in graded.harms):
        return graded
    passed_over = {"start": 0, "end": len(reply), "about": session.line.line if session.line else ""}
    harms = tuple(
        harm.model_copy(update=passed_over) if harm.code in SITUATIONAL_HARMS else harm for harm in graded.harms
    )
    return graded.model_copy(update={"harms": harms})


def _ask_again(scenario: Scenario, session: Session, turn: int) -> PatientSpoke:
    """A neutral line in the patient's voice: nothing has moved."""
    state = scenario.states.get(session.state)
    line = (state.unsure if state else None) or scenario.unsure
    assert line is not None, "a checked scenario has an unsure line for every state"
    words = Drawn(line, f"{session.state}/unsure/0/0")
    return spoken(session, words, turn=turn, state=session.state, unsure=True)


def _answer(scenario: Scenario, session: Session, coding: Coding, graded: Grade, repeats: int, turn: int) -> Answer:
    assert scenario.parameters is not None
    moves = _taken_up(graded, repeats, session)
    here = scenario.states.get(session.state)
    patient = moved(session.patient, graded, moves, scenario.parameters, here.stage if here else None)
    number, row = _way_on(scenario, session, reading_of(session, coding, moves, patient, graded.harms))
    target = (session.returns_to or START) if row.to == RETURN else row.to
    if row.locks:
        patient = patient.model_copy(update={"locked": row.locks})
    if session.exchanges + 1 >= session.max_turns:
        return (last_word(scenario, session, target, turn, patient),)
    unprompted = number is None or row.to == RETURN
    return _arrive(scenario, session, target, moves, number, patient, turn=turn, unprompted=unprompted)


def _taken_up(graded: Grade, repeats: int, session: Session) -> tuple[Move, ...]:
    """The moves that transitions may see: a form used before opens nothing, the third time it misses.

    A plain question at a risk cue is heard whatever its form, and whatever is locked.
    """
    harming = any(move in HARMING for move in graded.moves)
    if harming or graded.moves in ((), (Move.CONTINUE,)):
        return graded.moves
    if (repeats or session.patient.locked) and at_risk(session) and Move.ASK_SAFETY in graded.moves:
        return (Move.ASK_SAFETY,)
    if repeats >= 2:
        return (Move.MISS,)
    return () if repeats or session.patient.locked else graded.moves


def _way_on(scenario: Scenario, session: Session, reading: Reading) -> tuple[int | None, Transition]:
    """The onset when it is due, which is no row of any state; else the first row that admits, with its number."""
    if _onset_is_due(scenario, session):
        assert scenario.entry is not None
        return None, Transition(to=scenario.entry)
    return way(scenario, session, reading)


def _onset_is_due(scenario: Scenario, session: Session) -> bool:
    """The patient's next line is number exchanges + 2: one opened, one answered each reply so far.

    While a risk cue waits, or in the branch for safety, the strain waits too.
    """
    if session.onset is None or scenario.entry is None or scenario.entry in session.visits:
        return False
    waits = at_risk(session) or session.state.startswith(SAFETY)
    return session.exchanges + 2 >= session.onset and not waits


def _arrive(
    scenario: Scenario,
    session: Session,
    target: str,
    moves: tuple[Move, ...],
    row: int | None,
    patient: Variables,
    *,
    turn: int,
    unprompted: bool,
) -> Answer:
    """The patient goes to (or stays in) `target` and speaks there, or the conversation ends.

    Args:
        unprompted: The patient goes on by herself, at the start, at the onset and on coming back from the branch for
            safety: the line answers no move, and no retreat was won by one.
    """
    if target in scenario.endings and not (unprompted or rests(scenario, session, target)):
        return (ended(scenario, target, turn, patient),)
    words = line_for(scenario, session, target, () if unprompted else moves)
    state = scenario.states.get(target)
    if target == scenario.entry and target not in session.visits and words.line.rupture is not None:
        patient = strained(patient, words.line.rupture.intensity)
    retreats = target != session.state and state is not None and state.stage is not None and state.stage.avoidance
    if retreats and not unprompted and HARMING.isdisjoint(moves):
        patient = patient.model_copy(update={"loops": patient.loops + 1})
    came_from = session.state or None
    arrived = StateEntered(turn=turn, state=target, came_from=came_from, moves=moves, row=row, patient=patient)
    return (arrived, spoken(session, words, turn=turn, state=target))
