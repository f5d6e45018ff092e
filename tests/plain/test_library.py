"""The list of patients on plain lines, and going on where one left."""

import shutil
from pathlib import Path

import pytest

from roleplay.engine.events import SessionBegan, TraineeReplied
from roleplay.errors import UsageError
from roleplay.practice.settings import read_settings

BROKEN = Path(__file__).parent.parent / "broken" / "sc001-colon.yaml"


def test_without_any_line_the_patients_and_how_to_begin_are_shown(sit):
    sat = sit(scenario=None)

    assert sat.code == 0
    assert any(line.startswith("1. Mei Lin, 29: The good student") for line in sat.lines)
    assert "roleplay play SCENARIO" in sat.lines[-1]
    assert "withdrawal" not in sat.text


def test_a_number_or_an_id_begins(sit):
    assert sit("1", "Hello", scenario=None).of(SessionBegan)[0].scenario == "good-student"
    assert sit("how-many-left", scenario=None).of(SessionBegan)[0].scenario == "how-many-left"


def test_what_is_no_patient_is_told_and_asked_again(sit):
    sat = sit("0", "99", "nobody", "/resume", "/debrief", "/halp", "1", "Hello", scenario=None)

    assert "There is no patient 0. The numbers go from 1 to " in sat.text
    assert "There is no scenario `nobody`" in sat.text
    assert "Every conversation is finished" in sat.text
    assert "no finished conversation to debrief" in sat.text
    assert "Did you mean /help?" in sat.text
    assert len(sat.of(TraineeReplied)) == 1


def test_an_unfinished_conversation_is_offered_first_and_gone_on_with(sit):
    sit("One", "Two")

    sat = sit("/resume", "Three", scenario=None)

    assert sat.lines[0].startswith("You were talking to Mei Lin; go on?")
    assert "Going on with Mei Lin, after 2 replies" in sat.text
    assert [reply.text for reply in sat.of(TraineeReplied)] == ["One", "Two", "Three"]


def test_the_line_that_waits_is_shown_again(sit):
    left = sit("One")
    waiting = [line for line in left.lines if line.startswith("Mei Lin: ")][-1]

    assert waiting in sit("/resume", scenario=None).lines


def test_beginning_anew_mentions_the_unfinished_one(sit):
    sit("One")

    assert "is not finished" in sit().lines[0]
    assert "is not finished" not in sit(trainee="somebody else").text


def test_an_older_unfinished_conversation_is_gone_on_with_by_the_number_of_its_patient(sit):
    sit("One")
    sit("Other", scenario="enough-now")

    assert "/resume 1 goes on with it" in sit("1", "/quit", scenario=None, echo=False).text
    assert "Going on with Mei Lin" in sit("/resume 1", "/quit", scenario=None).text
    assert "nothing open with patient 3" in sit("/resume 3", scenario=None).text
    assert "There is no patient nine" in sit("/resume nine", scenario=None).text


def test_the_mode_can_be_changed(sit):
    assert sit("/assess", "1", scenario=None).of(SessionBegan)[0].mode == "assess"
    assert sit("/assess", "/practice", "1", scenario=None).of(SessionBegan)[0].mode == "practice"


def test_families_are_shown_when_asked_for(sit):
    assert "· withdrawal" in sit("/families", scenario=None).text


def test_patients_can_be_looked_for(sit):
    found = sit("/find custody", scenario=None).text

    assert found.rindex("1. Marek") > found.index("> /find custody")
    assert "No patient is found" in sit("/find zebra", scenario=None).text


def test_the_last_debrief_can_be_had(sit, to_the_end):
    sit(*to_the_end)

    assert "What she would say about it" in sit("/debrief", scenario=None).text
    assert "There is no finished conversation" in sit("/debrief 2", scenario=None).text


def test_settings_are_shown_and_saved(sit):
    sat = sit("/settings coach never", "/settings coach sometimes", "/settings volume 3", scenario=None)

    assert "coach: never" in sat.lines
    assert "`coach` cannot be 'sometimes'" in sat.text
    assert "There is no setting `volume`" in sat.text
    assert read_settings().settings.coach == "never"


def test_a_setting_holds_for_the_next_conversation(sit):
    sat = sit("/settings coach never", "1", "Hello there", "defensiveness, in so many words", scenario=None)

    assert "Coach:" not in sat.text


def test_a_broken_file_is_shown_with_its_first_problem(sit, tmp_path: Path, monkeypatch):
    (tmp_path / "more").mkdir()
    shutil.copy(BROKEN, tmp_path / "more" / "mine.yaml")
    monkeypatch.setenv("ROLEPLAY_SCENARIOS", str(tmp_path / "more"))

    sat = sit(scenario=None)

    assert any(line.startswith("mine.yaml cannot be played: line 20") for line in sat.lines)


def test_an_unknown_scenario_on_the_command_line_is_wrong_use(sit):
    with pytest.raises(UsageError, match="Did you mean `good-student`"):
        sit(scenario="good-studen")


def test_help_says_what_a_command_takes_beside_its_name(sit):
    lines = sit("/help", scenario=None).lines

    assert "/find WORDS: only the patients in whose description these words are" in lines
    assert "/quit: stop" in lines


def test_help_and_quit(sit):
    sat = sit("/help", "/quit", "1", scenario=None)

    assert any(line.startswith("/resume [NUMBER]: ") for line in sat.lines)
    assert "> 1" not in sat.lines
