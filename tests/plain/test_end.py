"""After the end: how are you, rereading in assess mode, the debrief, and trying again."""

from pathlib import Path

import pytest

from roleplay.engine.events import Reread, SelfRated, SessionEnded, TraineeReplied
from roleplay.scoring.codes import MarkKind

HOW = "First: how are you after that?"
ACCOUNT = "What she would say about it"


def test_a_script_that_ends_with_the_conversation_gets_the_debrief_and_no_question(sit, to_the_end):
    sat = sit(*to_the_end)

    assert sat.code == 0
    assert "The conversation is over." in sat.text
    assert ACCOUNT in sat.text
    assert HOW not in sat.text
    assert len(sat.of(SessionEnded)) == 1


def test_how_one_is_comes_first_and_may_be_skipped(sit, to_the_end):
    sat = sit(*to_the_end, "A little shaken.")
    skipped = sit(*to_the_end, "")

    assert sat.text.index(HOW) < sat.text.index(ACCOUNT)
    assert [rated.text for rated in sat.of(SelfRated)] == []  # of the newest conversation, where it was skipped
    assert ACCOUNT in skipped.text


def test_how_one_is_is_saved_privately(sit, to_the_end):
    sat = sit(*to_the_end, "A little shaken.")

    assert [(rated.question, rated.text) for rated in sat.of(SelfRated)] == [("how_are_you", "A little shaken.")]


def test_an_answer_about_ones_own_safety_is_not_kept(sit, to_the_end):
    sat = sit(*to_the_end, "I want to die, honestly, I want to kill myself", "/quit")

    assert "talk to somebody you trust" in sat.text
    assert sat.of(SelfRated) == []
    assert b"kill myself" not in sat.where.read_bytes()


def test_a_command_instead_of_an_answer_is_obeyed(sit, to_the_end):
    sat = sit(*to_the_end, "/rewind 2", "Something else")

    assert sat.of(SelfRated) == []
    assert sat.of(TraineeReplied)[-1].turn == 2


def test_what_is_said_after_the_end_is_no_reply(sit, to_the_end):
    sat = sit(*to_the_end, "", "Hello?", "/hint")

    assert len(sat.of(TraineeReplied)) == len(to_the_end)
    assert sat.text.count("The conversation is over. /rewind NUMBER") == 1
    assert "/hint can be given while the conversation goes on" in sat.text


def test_any_reply_can_be_tried_again_and_the_conversation_goes_on(sit, to_the_end):
    sat = sit(*to_the_end, "", "/rewind 2", "Something else")

    assert "Back to before reply 2." in sat.text
    assert sat.of(TraineeReplied)[-1].text == "Something else"
    assert sat.lines[-1].startswith("Saved, and open.")


def test_model_replies_of_a_strained_turn_can_be_had(sit, to_the_end):
    sat = sit(*to_the_end, "", "/models 3", "/models 1")

    assert "Other replies that could be given as reply 3." in sat.text
    assert "No model replies for reply 1" in sat.text


def test_the_debrief_can_be_written_to_a_file_without_what_is_private(sit, to_the_end, tmp_path: Path):
    file = tmp_path / "de brief.html"

    sat = sit(*to_the_end, "A little shaken.", f"/export html {file}", "/export pdf x", "/export html")

    assert "A little shaken." not in file.read_text("utf-8")
    assert sat.text.count("It takes: /export html|markdown|json|terminal FILE") == 2


def test_a_file_that_cannot_be_written_stops_nothing(sit, to_the_end, tmp_path: Path):
    sat = sit(*to_the_end, "", f"/export html {tmp_path / 'no' / 'x.html'}", "/debrief")

    assert "cannot be written" in sat.text
    assert sat.text.count(ACCOUNT) == 2


def test_the_library_can_be_gone_back_to(sit, to_the_end):
    sat = sit(*to_the_end, "", "/library", "/quit")

    assert sat.text.rindex("Patients · practice mode") > sat.text.index(ACCOUNT)


def test_in_assess_mode_the_conversation_is_reread_before_any_result(sit, to_the_end):
    sat = sit(*to_the_end, "", "/mark 2 withdrawal", "/mark 3", "/mark 4 hidden", "/unmark 4", "/done", mode="assess")

    (reread,) = sat.of(Reread)
    assert dict(reread.marks) == {2: MarkKind.WITHDRAWAL, 3: None}
    assert sat.text.index("Before any result") < sat.text.index("> /done") < sat.text.index(ACCOUNT)


def test_nothing_of_the_truth_is_shown_before(sit, to_the_end):
    sat = sit(*to_the_end, "", "/mark 2", "/done", mode="assess")

    before = sat.text[: sat.text.index("> /done")]
    assert "unsaid" not in before
    assert "▲" not in before
    assert "Coach:" not in before


def test_marks_that_cannot_be_understood_are_told_and_change_nothing(sit, to_the_end):
    sat = sit(*to_the_end, "", "/mark 99", "/mark two", "/mark 2 sulking", "so it was", "/done", mode="assess")

    assert sat.text.count("There is no line") == 2
    assert sat.text.count("Here can be given: /mark NUMBER") == 2
    assert dict(sat.of(Reread)[0].marks) == {}


def test_rereading_may_be_left_for_later_and_then_nothing_is_shown(sit, to_the_end):
    sat = sit(*to_the_end, "", "/quit", mode="assess")

    assert sat.of(Reread) == []
    assert ACCOUNT not in sat.text


def test_a_script_that_ends_before_rereading_leaves_that_figure_missing(sit, to_the_end):
    sat = sit(*to_the_end, mode="assess")

    assert sat.of(Reread) == []
    assert ACCOUNT in sat.text


@pytest.mark.parametrize("last", ["", "Quite well."])
def test_how_one_is_is_asked_once(sit, to_the_end, last: str):
    assert sit(*to_the_end, last, "/quit").text.count(HOW) == 1
