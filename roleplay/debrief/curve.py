"""Trust and tension, reply by reply, for the first run and after each going back."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from roleplay.debrief.parts import Curve, Point
from roleplay.debrief.turn import Turn
from roleplay.debrief.wording import place
from roleplay.engine.events import SessionEnded, StateEntered


def curves_of(turns: Sequence[Turn]) -> tuple[Curve, ...]:
    """One curve a run in which something was replied.

    A point stands for the patient after a reply; the first one for the patient before it. A reply that
    could not be read moves nothing and has no point.
    """
    return tuple(_curve(run, own) for run, own in runs_of(turns))


def runs_of(turns: Iterable[Turn]) -> Iterable[tuple[int, list[Turn]]]:
    """The replies of each run, in order."""
    replied = [turn for turn in turns if turn.answered]
    return [(run, list(own)) for run, own in groupby(replied, key=lambda turn: turn.run)]


def _curve(run: int, own: Sequence[Turn]) -> Curve:
    start = own[0]
    known = [(start.number - 1, start.before)] + [(turn.number, turn.left_at) for turn in own]
    points = tuple(_point(number, left_at) for number, left_at in known if left_at is not None)
    return Curve(run=run, from_turn=start.number, points=points)


def _point(number: int, left_at: StateEntered | SessionEnded) -> Point:
    state = left_at.state if isinstance(left_at, StateEntered) else left_at.ending
    patient = left_at.patient
    return Point(turn=number, state=state, words=place(state), trust=patient.trust, tension=patient.tension)
