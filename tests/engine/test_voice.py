"""Which line the patient says: visits in order, variants by the seed, answers to moves."""

import pytest

from roleplay.engine.events import StateEntered
from roleplay.engine.policies import fresh_words, reading
from roleplay.engine.session import Session
from roleplay.engine.step import begin, step
from roleplay.engine.voice import Drawn, drawn, line_for, spoken
from roleplay.scenarios.model import Line, Scenario
from roleplay.scoring.codes import Harm, Move, Strain, Strategy

MARKER = "withdrawal.marker"


def test_visits_go_through_the_lines_in_order_and_the_last_repeats(ada):
    said = [line_for(ada(), Session(said={f"{MARKER}/says": n}), MARKER, ()) for n in range(5)]

    assert [words.line.line[-2] for words in said] == ["1", "2", "3", "3", "3"]
    assert [words.again for words in said] == [False, False, False, True, True]
    assert said[1].source == f"{MARKER}/says/1/0"


def test_the_seed_picks_among_variants_and_each_visit_anew(mei: Scenario):
    """Three variants at the first and at the second line of calm: 20 seeds find them all, and not in step."""
    first = [line_for(mei, Session(seed=seed), "calm", ()).source for seed in range(20)]
    second = [line_for(mei, Session(seed=seed, said={"calm/says": 1}), "calm", ()).source for seed in range(20)]

    assert set(first) == {f"calm/says/0/{variant}" for variant in range(3)}
    assert [source[-1] for source in first] != [source[-1] for source in second]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_draw_depends_on_seed_and_purpose_and_nothing_else(count: int):
    assert drawn(1, "onset", count) == drawn(1, "onset", count)
    assert {drawn(seed, "onset", count) for seed in range(100)} == set(range(count))


AFTER = {"withdrawal.avoidance": {"press": "Pressed.", "validate": "Met.", "hold": "Quiet."}}


@pytest.mark.parametrize(
    ("moves", "been_here", "line"),
    [
        ((Move.PRESS,), False, "Pressed."),  # a harm is answered wherever it leads
        ((Move.PRESS,), True, "Pressed."),
        ((Move.VALIDATE,), False, "withdrawal.avoidance, line 1."),  # a good move leads on: the stage speaks for itself
        ((Move.VALIDATE,), True, "Met."),
        ((Move.OWN, Move.VALIDATE, Move.HOLD), True, "Met."),  # the first of the moves that is answered
        ((Move.OWN,), True, "withdrawal.avoidance, line 1."),
        ((), True, "withdrawal.avoidance, line 1."),
    ],
)
def test_a_move_that_harms_keeps_or_brings_back_is_answered(ada, moves, been_here, line):
    session = Session(visits={"withdrawal.avoidance": 1} if been_here else {})

    assert line_for(ada(after=AFTER), session, "withdrawal.avoidance", moves).line.line == line


def test_before_any_strain_a_line_shows_none_and_after_one_it_is_open(ada):
    session, _ = begin(ada(), "", seed=1, onset=2)
    words = Drawn(Line(line="Well."), "x/says/0/0")

    assert spoken(session, words, turn=0, state="calm").strain is Strain.NONE
    session, _ = step(ada(), session, "one", reading("one", ()))
    assert session.line is not None
    assert session.line.strain is Strain.FRESH
    assert spoken(session, words, turn=1, state="calm").strain is Strain.OPEN


def arrived(scenario: Scenario, *replies: tuple[Strategy | Harm, ...]) -> list[StateEntered]:
    session, _ = begin(scenario, "", seed=1, onset=1)
    log: list[StateEntered] = []
    for codes in replies:
        text = fresh_words(session)
        session, events = step(scenario, session, text, reading(text, codes))
        log += [event for event in events if isinstance(event, StateEntered)]
    return log


def test_a_retreat_counts_as_a_loop_once_and_only_when_a_good_move_led_there(ada):
    """own, invite, need: into avoidance. Held there: no second loop. Pressed out of the explored fear: no loop."""
    good: tuple[tuple[Strategy | Harm, ...], ...] = ((Strategy.OWN,), (Strategy.INVITE,), (Strategy.NEED,))

    led = arrived(ada(), *good, (Strategy.HOLD,))
    pressed = arrived(ada(), *good, (Strategy.VALIDATE,), (Harm.PRESSING,))

    assert [(event.state, event.patient.loops) for event in led[2:]] == [("withdrawal.avoidance", 1)] * 2
    assert pressed[-1].state == "withdrawal.avoidance"
    assert pressed[-1].patient.loops == 1
