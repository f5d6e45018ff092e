"""Urge versus deed: whether a reply did what the trainee had felt pulled to do. Private."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from roleplay.debrief.parts import Pull
from roleplay.debrief.turn import Turn
from roleplay.debrief.wording import deed
from roleplay.scoring.codes import Harm, Move, Urge

PULLS_TO: Mapping[Urge, frozenset[Harm | Move]] = MappingProxyType(
    {
        Urge.EXPLAIN: frozenset({Harm.DEFENSIVENESS}),
        Urge.FIX: frozenset({Harm.ADVICE, Move.RENEGOTIATE_ALONE}),
        Urge.SOOTHE: frozenset({Harm.REASSURANCE, Harm.MINIMISING}),
        Urge.ARGUE: frozenset({Harm.DEFENSIVENESS, Harm.COUNTER_INTERPRETATION, Harm.HOSTILITY}),
        Urge.RETREAT: frozenset({Harm.TOPIC_CHANGE, Harm.IGNORING}),
        Urge.PLEASE: frozenset({Harm.COLLUSION, Harm.OVER_APOLOGY, Harm.REASSURANCE}),
        Urge.PROBE: frozenset({Harm.QUESTIONING, Harm.PRESSING, Harm.MIND_READING}),
        Urge.PUNISH: frozenset({Harm.HOSTILITY, Harm.LABELLING, Harm.CONTROL, Harm.COUNTER_INTERPRETATION}),
        Urge.JOKE: frozenset({Harm.TOPIC_CHANGE, Harm.MINIMISING}),
    }
)
"""What each urge looks like once it is acted on, where it does harm. Going blank looks like nothing."""


def pulls_of(turns: Iterable[Turn]) -> tuple[Pull, ...]:
    """One row for each urge that was noted before a reply."""
    return tuple(
        Pull(
            turn=turn.number,
            attempt=turn.attempt,
            urge=urge,
            deed=deed(turn.moves) if turn.readable else "",
            followed=_followed(turn, urge),
        )
        for turn in turns
        if turn.answered
        for urge in turn.urges
    )


def _followed(turn: Turn, urge: str) -> bool | None:
    """None for an urge in the trainee's own word, and where the reply could not be read."""
    if not turn.readable or turn.grade is None or urge not in PULLS_TO:
        return None
    done: set[Harm | Move] = {harm.code for harm in turn.grade.harms} | set(turn.grade.moves)
    return not done.isdisjoint(PULLS_TO[Urge(urge)])
