"""Trust, tension, agency and communion by hand."""

import pytest

from roleplay.engine.dynamics import moved, started, strained
from roleplay.engine.events import Variables
from roleplay.scenarios.model import Parameters, Stage
from roleplay.scoring.codes import Harm, Move, RecognitionKind, Struggle
from roleplay.scoring.grading import Grade, HarmGraded

B = Parameters(trust=5, gain_per_fit=1.0, loss_per_harm=1.5, loops=1, max_turns=12)
BEFORE = Variables(trust=5, tension=6, agency=3, communion=6, misses=1)
EARLY = Stage(order=0, depth="early")
TENDER = Stage(order=4, depth="explored", tender=True)


def graded(best_fit: int = 0, *severities: int, moves: tuple[Move, ...] = ()) -> Grade:
    harms = tuple(HarmGraded(code=Harm.DEFENSIVENESS, severity=s, start=0, end=0) for s in severities)
    return Grade(
        recognition=0,
        kind=RecognitionKind.NONE,
        dimensions={},
        recognition_score=None,
        repair_score=None,
        band=None,
        harms=harms,
        best_fit=best_fit,
        moves=moves,
    )


def test_a_best_fitting_validation_wins_the_types_gain_and_eases_by_one():
    # trust 5 + 1.0 * 2 / 2 = 6; tension 6 - 1 = 5; communion 6 + 0.5
    after = moved(BEFORE, graded(2, moves=(Move.VALIDATE,)), (Move.VALIDATE,), B, EARLY)

    assert (after.trust, after.tension, after.communion, after.misses) == (6, 5, 6.5, 0)


def test_a_severe_harm_costs_twice_the_types_loss():
    # trust 5 - 1.5 * 2 = 2; tension 6 + 2 = 8; agency 3 - 1; communion 6 - 1.5
    after = moved(BEFORE, graded(0, 3), (Move.ATTACK,), B, EARLY)

    assert (after.trust, after.tension, after.agency, after.communion) == (2, 8, 2, 4.5)
    assert after.attacks == 1


def test_a_gain_beside_a_harm_of_severity_two_counts_half():
    # trust 5 + 1.0 * 2/2 / 2 - 1.5 * 1 = 4
    after = moved(BEFORE, graded(2, 2, moves=(Move.DEFEND,)), (Move.DEFEND,), B, EARLY)

    assert after.trust == 4


def test_a_repeated_form_gains_nothing():
    formula = graded(2, moves=(Move.INVITE,))

    assert moved(BEFORE, formula, (), B, EARLY).trust == 5
    assert moved(BEFORE, formula, (Move.MISS,), B, EARLY).trust == 5


def test_repair_wins_nothing_where_there_is_nothing_to_repair():
    assert moved(BEFORE, graded(2, moves=(Move.INVITE,)), (Move.INVITE,), B, None).trust == 5


def test_misses_are_counted_in_a_row():
    once = moved(BEFORE, graded(0, 1), (Move.MISS,), B, EARLY)

    assert once.misses == 2
    assert moved(once, graded(1), (Move.INVITE,), B, EARLY).misses == 0


def test_being_met_where_it_is_tender_counts_double():
    assert moved(BEFORE, graded(2), (Move.VALIDATE,), B, TENDER).communion == 7


def test_being_hurt_where_it_is_tender_costs_no_more_than_elsewhere():
    # communion 6 - 1.5, and not twice that
    assert moved(BEFORE, graded(0), (Move.ATTACK,), B, TENDER).communion == 4.5


def test_a_lock_wears_off_by_one_a_reply():
    locked = BEFORE.model_copy(update={"locked": 2})

    assert moved(locked, graded(0), (), B, EARLY).locked == 1
    assert moved(BEFORE, graded(0), (), B, EARLY).locked == 0


def test_leaving_room_eases_only_once_the_strain_has_been_opened():
    assert moved(BEFORE, graded(0), (Move.HOLD,), B, EARLY).tension == 6
    assert moved(BEFORE, graded(0), (Move.HOLD,), B, TENDER).tension == 5.5


def test_scales_stay_between_nought_and_ten():
    low = Variables(trust=0, tension=10, agency=0, communion=0)

    after = moved(low, graded(0, 3), (Move.ATTACK,), B, EARLY)

    assert (after.trust, after.tension, after.agency, after.communion) == (0, 10, 0, 0)


@pytest.mark.parametrize(("struggle", "needs"), [(Struggle.SELF_DEFINITION, (3, 6)), (Struggle.RELATEDNESS, (6, 3))])
def test_the_need_that_is_given_up_starts_low(struggle, needs):
    patient = started(B, struggle)

    assert (patient.agency, patient.communion) == needs


def test_onset_adds_twice_the_intensity_to_the_tension():
    assert strained(Variables(trust=5, tension=1, agency=3, communion=6), 3).tension == 7
