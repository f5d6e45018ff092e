"""The heart: one exchange as a pure function from facts to facts."""

from functools import reduce
from typing import Literal

from roleplay.engine.dynamics import moved, started, strained
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
from roleplay.engine.session import EMPTY, Session, apply
from roleplay.engine.situation import situation_of
from roleplay.engine.transitions import reading_of, way
from roleplay.engine.voice import HARMING, drawn, line_for, spoken
from roleplay.errors import UsageError
from roleplay.scenarios.model import START, Ending, Scenario
from roleplay.scoring.codes import Move
from roleplay.scoring.coding import Coding
from roleplay.scoring.grade import grade
from roleplay.scoring.grading import Grade

ENGINE = "1"
"""Version of the rules in this folder; part of every conversation."""


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
    events = (began, *_arrive(scenario, session, first, (), None, patient, turn=0))
    return reduce(apply, events[1:], session), events


def step(
    scenario: Scenario, session: Session, reply: str, coding: Coding, *, seconds: float | None = None
) -> tuple[Session, tuple[Event, ...]]:
    """One exchange: the trainee has spoken, the patient answers.

    Pure: no clock, no chance, no disk. The new session is the old one with the new events applied,
    so that a log always rebuilds what was on screen. Total for checked scenarios.

    Args:
        reply: The trainee's words; empty for a silence.
        coding: What the words do; spans outside the reply are brought inside.
        seconds: How long the trainee took, where known.

    Raises:
        SessionOver: The session has already reached an ending.
    """
    if session.ending is not None:
        raise SessionOver(f"This conversation is over ({session.ending}). Begin a new one, or rewind it first.")
    turn = session.turn + 1
    coding = coding.inside(reply)
    situation = situation_of(scenario, session, reply, coding)
    graded = grade(coding, situation)
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


def _ask_again(scenario: Scenario, session: Session, turn: int) -> PatientSpoke:
    """A neutral line in the patient's voice: nothing has moved."""
    state = scenario.states.get(session.state)
    line = (state.unsure if state else None) or scenario.unsure
    assert line is not None, "a checked scenario has an unsure line for every state"
    begun = session.rupture is not None
    return spoken(line, f"{session.state}/unsure/0/0", turn=turn, state=session.state, begun=begun, unsure=True)


def _answer(scenario: Scenario, session: Session, coding: Coding, graded: Grade, repeats: int, turn: int) -> Answer:
    assert scenario.parameters is not None
    moves = _taken_up(graded, repeats, session.patient.locked)
    here = scenario.states.get(session.state)
    patient = moved(session.patient, graded, moves, scenario.parameters, here.stage if here else None)
    if _onset_is_due(scenario, session):
        assert scenario.entry is not None
        return _arrive(scenario, session, scenario.entry, moves, None, patient, turn=turn)
    number, row = way(scenario, session, reading_of(session, coding, moves, patient))
    target = (session.returns_to or START) if row.to == "return" else row.to
    if row.locks:
        patient = patient.model_copy(update={"locked": row.locks})
    if target not in scenario.endings and session.exchanges + 1 >= session.max_turns:
        return _time_is_up(scenario, session, turn)
    return _arrive(scenario, session, target, moves, number, patient, turn=turn)


def _taken_up(graded: Grade, repeats: int, locked: int) -> tuple[Move, ...]:
    """The moves that transitions may see: a form used before opens nothing, the third time it misses."""
    harming = any(move in HARMING for move in graded.moves)
    if harming or graded.moves in ((), (Move.CONTINUE,)):
        return graded.moves
    if repeats >= 2:
        return (Move.MISS,)
    return () if repeats or locked else graded.moves


def _onset_is_due(scenario: Scenario, session: Session) -> bool:
    """The patient's next line is number exchanges + 2: one opened, one answered each reply so far."""
    if session.onset is None or scenario.entry is None or scenario.entry in session.visits:
        return False
    return session.exchanges + 2 >= session.onset


def _arrive(
    scenario: Scenario,
    session: Session,
    target: str,
    moves: tuple[Move, ...],
    row: int | None,
    patient: Variables,
    *,
    turn: int,
) -> Answer:
    """The patient goes to (or stays in) `target` and speaks there, or the conversation ends."""
    if target in scenario.endings and not _rests(scenario.endings[target], session, target):
        return (_ended(scenario, target, turn),)
    line, source = line_for(scenario, session, target, moves)
    state = scenario.states.get(target)
    first = target == scenario.entry and target not in session.visits
    if first and line.rupture is not None:
        patient = strained(patient, line.rupture.intensity)
    if target != session.state and state and state.stage and state.stage.avoidance and HARMING.isdisjoint(moves):
        patient = patient.model_copy(update={"loops": patient.loops + 1})
    entered = StateEntered(
        turn=turn, state=target, came_from=session.state or None, moves=moves, row=row, patient=patient
    )
    begun = session.rupture is not None
    return (entered, spoken(line, source, turn=turn, state=target, begun=begun))


def _rests(ending: Ending, session: Session, target: str) -> bool:
    """A resting point is rested at once: the patient says one more thing, and the door stays open."""
    return bool(ending.transitions and ending.says) and target not in session.visits


def _ended(scenario: Scenario, name: str, turn: int) -> SessionEnded:
    ending = scenario.endings[name]
    return SessionEnded(
        turn=turn,
        ending=name,
        line=ending.line,
        cue=ending.cue,
        unsaid=ending.unsaid,
        account=ending.account,
        aftermath=ending.aftermath,
        resolution=ending.resolution,
    )


def _time_is_up(scenario: Scenario, session: Session, turn: int) -> Answer:
    """Out of turns. A resting point is kept; else resolution is 2, or 3 where the strain was opened."""
    if session.state in scenario.endings:
        return (_ended(scenario, session.state, turn),)
    assert scenario.time_up is not None, "a checked scenario says how it ends when time is up"
    opened = any(_beyond(scenario, state) for state in session.visits)
    name = scenario.time_up.opened if opened else scenario.time_up.unopened
    ended = _ended(scenario, name, turn)
    resolution = ended.resolution if scenario.entry is None else 3 if opened else 2
    return (ended.model_copy(update={"because": "time", "resolution": resolution}),)


def _beyond(scenario: Scenario, state: str) -> bool:
    stage = scenario.states[state].stage if state in scenario.states else None
    return stage is not None and stage.order > 0 and not state.startswith("safety.")
