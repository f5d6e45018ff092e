import pytest

from roleplay.debrief.path import direction
from roleplay.debrief.tables import path_table, ways_told
from roleplay.debrief.turn import Turn
from roleplay.engine.events import Rewound, StateEntered
from roleplay.engine.session import NOBODY
from roleplay.scoring.codes import Move


def test_the_curve_has_a_point_before_the_first_reply_and_after_each_that_moved_something(talk, say):
    # Onset adds 2 * intensity 2 = 4 to tension. Owning (validated, owned or attended) takes 1 off: 3.
    (curve,) = talk(say["carry_on"], say["own"]).report.curves

    assert [(point.turn, point.tension) for point in curve.points] == [(0, 0), (1, 4), (2, 3)]
    assert [point.words for point in curve.points][1:] == ["going along", "a wish, said outright"]


def test_after_going_back_a_second_curve_begins_where_it_went_back_to(talk, say):
    first, second = talk(say["carry_on"], say["explain"], 2, say["own"]).report.curves

    assert [point.turn for point in first.points] == [0, 1, 2]
    assert (second.run, second.from_turn) == (2, 2)
    assert [(point.turn, point.tension) for point in second.points] == [(1, 4), (2, 3)]


def test_going_back_without_a_new_reply_adds_no_run(talk, say):
    assert len(talk(say["carry_on"], say["explain"], 2).report.curves) == 1


def test_the_path_names_what_came_of_itself_what_went_on_and_what_stayed(talk, say):
    (run,) = talk(say["carry_on"], say["explain"], say["own"], say["carry_on"]).report.path.runs

    assert [(step.turn, step.direction) for step in run.steps] == [
        (0, "start"),
        (1, "onset"),
        (2, "stayed"),
        (3, "forward"),
        (4, "back"),
    ]
    assert run.deepest == "a wish, said outright"
    assert run.ending == ""


def test_the_path_ends_in_the_words_of_the_ending(talk, say):
    (run,) = talk(say["carry_on"], say["own"], say["hold"]).report.path.runs

    assert run.steps[-1].direction == "end"
    assert (run.ending, run.resolution) == ("mended", 5)
    assert path_table(run).rows[-1] == ("3", "■ end", "mended")


def test_the_ways_not_taken_are_those_that_lead_on_and_were_not_gone(talk, say):
    # Visited: the marker. Owning there would have opened the wish, inviting the small opening; harms lead nowhere.
    path = talk(say["carry_on"], say["explain"]).report.path

    assert ways_told(path.not_taken) == (
        (
            "From “going along”, if you",
            (
                "owned a part, taking up what was said → a wish, said outright",
                "invited the reaction, taking up what was said → a first small opening",
            ),
        ),
    )
    assert path.never_opened == ("a first small opening", "a wish, said outright")


def test_a_way_that_was_gone_is_not_told_as_missed(talk, say):
    path = talk(say["carry_on"], say["own"]).report.path

    assert [way.there for way in path.not_taken] == ["a first small opening"]
    assert path.never_opened == ("a first small opening",)


def test_a_try_that_was_left_behind_still_opened_its_stage(talk, say):
    path = talk(say["carry_on"], say["invite"], 2, say["own"]).report.path

    assert path.never_opened == ()
    assert [run.run for run in path.runs] == [1, 2]


def test_going_back_to_nowhere_is_read_without_an_error(talk, say):
    report = talk(say["carry_on"], Rewound(to_seq=0, turn=1)).report

    assert report.live_moments == ()


@pytest.mark.parametrize(
    ("before", "reached", "moves", "way"),
    [
        ("withdrawal.specific_assertion", "withdrawal.avoidance", [Move.EXPLORE_NEED], "retreat"),
        ("withdrawal.avoidance", "withdrawal.specific_assertion", [Move.VALIDATE], "forward"),
        ("withdrawal.avoidance", "withdrawal.hedged_assertion", [Move.ATTACK], "back"),
        ("withdrawal.partly_repaired", "withdrawal.hedged_assertion", [Move.INVITE], "forward"),
        ("withdrawal.partly_repaired", "withdrawal.hedged_assertion", [Move.PRESS], "back"),
        ("withdrawal.self_assertion", "withdrawal.hedged_assertion", [Move.SOOTHE], "back"),
        ("silent_dissatisfaction.concealed", "silent_dissatisfaction.testing", [Move.INVITE], "forward"),
        ("silent_dissatisfaction.partly_disclosed", "withdrawal.hedged_assertion", [Move.OWN], "forward"),
        ("withdrawal.marker", "safety.asked", [Move.ASK_SAFETY], "aside"),
    ],
)
def test_an_answer_leads_further_back_into_a_retreat_or_aside(priya, before, reached, moves, way):
    where = StateEntered(turn=1, state=before, patient=NOBODY)
    after = StateEntered(turn=2, state=reached, moves=tuple(moves), row=0, patient=NOBODY)
    turn = Turn(2, 1, 1, live=True, opened=1, line_at=1, before=where, after=after)

    assert direction(priya, turn) == way
