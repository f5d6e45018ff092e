"""The patient's inner state after a reply. The numbers are this project's own, checked by simulation only."""

from roleplay.engine.events import Variables
from roleplay.scenarios.model import Parameters, Stage
from roleplay.scoring.codes import Move, Struggle
from roleplay.scoring.grading import Grade

WEIGHT = {0: 0.0, 1: 0.5, 2: 1.0, 3: 2.0}
"""What a harm of each severity weighs, for trust (times the type's loss) and for tension."""

RECEIVING = frozenset({Move.VALIDATE, Move.OWN, Move.ATTEND})
MISSES = frozenset({Move.MISS, Move.SOOTHE, Move.ADVISE})
STARTING_NEEDS = {
    Struggle.SELF_DEFINITION: (3.0, 6.0),
    Struggle.RELATEDNESS: (6.0, 3.0),
    Struggle.MIXED: (4.0, 4.0),
}
"""(agency, communion) at the start: the need that the patient gives up starts low."""

_AGENCY = {
    Move.RENEGOTIATE_TOGETHER: 1.5,
    Move.INVITE: 0.5,
    Move.EXPLORE_NEED: 0.5,
    Move.RENEGOTIATE_ALONE: -1.0,
    Move.ADVISE: -0.5,
    Move.PRESS: -1.0,
    Move.ATTACK: -1.0,
}
_COMMUNION = {
    Move.VALIDATE: 0.5,
    Move.OWN: 0.5,
    Move.ATTEND: 0.5,
    Move.HOLD: 0.25,
    Move.MISS: -1.0,
    Move.DEFEND: -0.5,
    Move.ATTACK: -1.5,
}


def started(parameters: Parameters, struggle: Struggle) -> Variables:
    """The patient before the first word."""
    agency, communion = STARTING_NEEDS[struggle]
    return Variables(trust=parameters.trust, tension=0, agency=agency, communion=communion)


def strained(patient: Variables, intensity: int) -> Variables:
    """The patient at the onset: twice the intensity (1..5) on the tension there was, and nothing missed so far."""
    return patient.model_copy(update={"tension": _clip(patient.tension + 2 * intensity), "misses": 0})


def moved(
    patient: Variables,
    grade: Grade,
    moves: tuple[Move, ...],
    parameters: Parameters,
    stage: Stage | None,
) -> Variables:
    """The patient after a reply, before anything is said; all scales 0..10.

    trust   += gain_per_fit * max(0, best fit) / 2 - loss_per_harm * weight(worst severity); the gain
               counts half beside a harm of severity 2 or 3, and not at all while there is nothing to
               repair or when the moves were not taken up (a form of words used before)
    tension += weight(worst severity) - 1 if the reply validated, owned or attended, - 0.5 for leaving
               room once the strain has been opened
    agency and communion follow the moves; being met where a need is voiced counts double.

    Args:
        moves: What the transitions see; other than the grade's own for a form of words used before.
        stage: Where the reply was given; None outside a stage model, where there is nothing to repair.
    """
    weight = WEIGHT[grade.severity]
    taken_up = stage is not None and moves == grade.moves
    gain = parameters.gain_per_fit * max(0, grade.best_fit) / 2 if taken_up else 0.0
    if grade.severity >= 2:
        gain /= 2
    opened = stage is not None and stage.depth == "explored"
    relief = 1.0 if RECEIVING & set(moves) else 0.5 if opened and Move.HOLD in moves else 0.0
    missed = bool(MISSES & set(moves)) or (Move.RENEGOTIATE_ALONE in moves and not opened)
    return Variables(
        trust=_clip(patient.trust + gain - parameters.loss_per_harm * weight),
        tension=_clip(patient.tension + weight - relief),
        agency=_clip(patient.agency + _fed(moves, _AGENCY, met=stage is not None and stage.need)),
        communion=_clip(patient.communion + _fed(moves, _COMMUNION, met=stage is not None and stage.tender)),
        misses=patient.misses + 1 if missed else 0,
        attacks=patient.attacks + (Move.ATTACK in moves),
        loops=patient.loops,
        locked=max(0, patient.locked - 1),
    )


def _fed(moves: tuple[Move, ...], feeds: dict[Move, float], *, met: bool) -> float:
    """The strongest effect among the moves on one need."""
    change = max((feeds[move] for move in moves if move in feeds), key=abs, default=0.0)
    return change * 2 if met and change > 0 else change


def _clip(value: float) -> float:
    return round(min(10.0, max(0.0, value)), 3)
