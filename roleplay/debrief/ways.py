"""Transitions in plain words, and the ways on that were not taken."""

from collections.abc import Iterable, Iterator, Sequence

from roleplay.debrief.parts import Way
from roleplay.debrief.turn import Turn
from roleplay.debrief.wording import ABOUT, listed, place
from roleplay.engine.transitions import transitions_of
from roleplay.engine.voice import HARMING
from roleplay.scenarios.model import Scenario, Transition, When
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Harm, Move, Strategy


def condition(when: When) -> str:
    """When a transition admits a reply, in words; empty for the row that takes everything else."""
    moves = listed([phrase(code) for code in when.any], last="or")
    both = listed([phrase(code) for code in when.all])
    moves = f"if you {moves}" if moves else ""
    both = f"{'and' if moves else 'if you'} {both}" if both else ""
    return ", ".join(part for part in (moves, both, *provisos(when)) if part)


def phrase(code: Move | Strategy | Harm) -> str:
    """A move or a code in the past tense."""
    if isinstance(code, Move):
        return codebook().move(code)
    return codebook().strategy(code).short if isinstance(code, Strategy) else codebook().harm(code).short


def provisos(when: When) -> tuple[str, ...]:
    """What a transition asks besides the moves, in words and without numbers."""
    asked = {
        "without anything else": bool(when.none),
        "taking up what was said": (when.contact_at_least or 0) > 0,
        "showing that the strain was noticed": (when.recognition_at_least or 0) > 0,
        "once there was enough trust": when.trust_at_least is not None,
        "while trust was low": when.trust_at_most is not None,
        "while tension was high": when.tension_at_least is not None,
        "once tension had fallen": when.tension_at_most is not None,
        "while the strain was mild": when.intensity_at_most is not None,
        "after some time here": when.visits_at_least is not None,
        "later in the conversation": when.turn_at_least is not None,
        "after missing more than once": (when.misses_at_least or 0) > 1,
        "after more than one attack": (when.attacks_at_least or 0) > 1,
        "after retreating often enough": when.loops_at_least is not None,
        f"having been at {listed([place(state) for state in when.seen])}": bool(when.seen),
        f"where it is about {listed([ABOUT[about] for about in when.about], last='or')}": bool(when.about),
        "while nobody had asked about safety": when.risk is True,
    }
    return tuple(words for words, holds in asked.items() if holds)


def ways_not_taken(scenario: Scenario, turns: Sequence[Turn]) -> tuple[Way, ...]:
    """From each stage in which something was replied, what would have led further on and did not happen.

    A row counts as leading on when its target stands later in its stage model, or is an ending in which
    the strain is at least partly mended; deciding alone and moves that come too early are left out. So are
    rows for other patient types or struggles, and a move that an earlier row of the state already sends on.
    """
    visited = dict.fromkeys(turn.state for turn in turns if turn.answered and turn.readable)
    taken = {(turn.state, turn.reached) for turn in turns}
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for state in visited:
        for row, moves in _leading_on(scenario, state):
            if (state, row.to) not in taken:
                found.setdefault((state, row.to, provisos(row.when)), []).extend(moves)
    return tuple(
        Way(state=state, here=place(state), moves=tuple(dict.fromkeys(moves)), provided=provided, there=place(to))
        for (state, to, provided), moves in found.items()
    )


def leads_on(scenario: Scenario, state: str, to: str) -> bool:
    """Whether `to` stands further on than `state`. Beyond its first stage another stage model is further on."""
    if to in scenario.endings:
        return scenario.endings[to].resolution >= 4 and to != state
    here, there = order(scenario, state), order(scenario, to)
    if here is None or there is None:
        return False
    return there > (here if to.split(".")[0] == state.split(".")[0] else 0)


def order(scenario: Scenario, state: str) -> int | None:
    """Where a state stands in its stage model; None outside one."""
    written = scenario.states.get(state)
    return written.stage.order if written and written.stage and not state.startswith("safety.") else None


def _leading_on(scenario: Scenario, state: str) -> Iterator[tuple[Transition, tuple[str, ...]]]:
    """Rows that lead on, with the moves that no earlier unconditional row has claimed."""
    if order(scenario, state) is None and state not in scenario.endings:
        return
    claimed: set[Move | Strategy | Harm] = set()
    for row in _for_this_patient(scenario, state):
        codes = [code for code in (*row.when.any, *row.when.all) if code not in HARMING and code not in claimed]
        if not set(provisos(row.when)) - {"taking up what was said"}:
            claimed.update(codes)
        if row.counts_as == "sideways":
            codes = [code for code in codes if code is Move.RENEGOTIATE_TOGETHER]
        if codes and row.counts_as not in {"skip", "back"} and leads_on(scenario, state, row.to):
            yield row, tuple(phrase(code) for code in codes)


def _for_this_patient(scenario: Scenario, state: str) -> Iterable[Transition]:
    if state not in scenario.states and state not in scenario.endings:
        return ()
    patient = scenario.patient
    return (
        row
        for row in transitions_of(scenario, state)
        if (not row.when.types or patient.type in row.when.types)
        and (not row.when.struggles or patient.struggle in row.when.struggles)
    )
