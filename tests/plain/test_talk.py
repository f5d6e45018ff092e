"""A conversation on plain lines."""

import pytest

from roleplay.engine.events import PatientSpoke, SessionBegan, TraineeReplied
from roleplay.errors import StoreError
from roleplay.store.store import Store


def replies(sat) -> list[str]:
    return [fact.text for fact in sat.of(TraineeReplied)]


def test_the_briefing_comes_first_with_the_promise_and_then_the_patient(sit):
    sat = sit()

    text = sat.text
    assert text.index("Mei Lin, 29 · The good student") < text.index("Your fourth session")
    assert text.index("Your fourth session") < text.index("nobody is graded") < text.index("\nMei Lin: ")
    assert "withdrawal" not in text


def test_content_notes_come_before_the_patient(sit):
    text = sit(scenario="what-am-i-paying-for").text

    assert text.index("Contains: divorce and custody.") < text.index("\nMarek: ")


def test_a_line_is_a_reply_and_the_patient_answers_with_line_and_cue(sit):
    sat = sit("How was the week?")

    spoke = sat.of(PatientSpoke)[-1]
    where = sat.lines.index("> How was the week?")
    assert sat.lines[where + 1] == f"Mei Lin: {spoke.line}"
    assert sat.lines[where + 2] == f"[{spoke.cue}]"


def test_everything_shown_was_saved_and_the_end_of_the_lines_leaves_it_open(sit):
    sat = sit("How was the week?")

    assert sat.code == 0
    assert sat.lines[-1].startswith("Saved, and open.")
    assert replies(sat) == ["How was the week?"]


def test_a_slash_twice_is_a_reply_that_begins_with_one(sit):
    assert replies(sit("//mark my words")) == ["/mark my words"]


def test_a_backslash_goes_on_with_the_same_reply(sit):
    assert replies(sit("First,\\", "then this,\\", "and that.", "Next")) == ["First,\nthen this,\nand that.", "Next"]


def test_a_backslash_on_the_last_line_of_all_loses_nothing(sit):
    assert replies(sit("I was about to say\\")) == ["I was about to say"]


def test_an_empty_line_does_nothing_and_says_so_once(sit):
    sat = sit("", "   ", "")

    assert replies(sat) == []
    assert sat.text.count("An empty line does nothing") == 1


def test_what_could_move_a_cursor_is_spelled_out_and_saved_as_it_was(sit):
    sat = sit("Hello \x1b[2J \u202eyou, ‏שלום 你好 👩‍💻")

    assert "\x1b" not in sat.text
    assert "‹U+001B›" in sat.text
    assert "你好 👩‍💻" in sat.text
    assert replies(sat) == ["Hello \x1b[2J \u202eyou, ‏שלום 你好 👩‍💻"]


def test_a_reply_that_cannot_be_read_is_asked_for_again(sit):
    sat = sit("gibberish")

    assert sat.of(PatientSpoke)[-1].unsure
    assert f"Mei Lin: {sat.of(PatientSpoke)[-1].line}" in sat.lines


def test_mode_trainee_and_group_are_saved_with_the_conversation(sit):
    (began,) = sit(mode="assess", trainee="ann", group="autumn").of(SessionBegan)

    assert (began.mode, began.trainee, began.group) == ("assess", "ann", "autumn")


def test_the_same_seed_and_lines_give_the_same_text(sit):
    assert sit("How was the week?", "And the fan?").text.replace("A conversation with", "").startswith("Mei Lin, 29")
    first = sit("How was the week?", "And the fan?", trainee="one").text
    second = sit("How was the week?", "And the fan?", trainee="two").text

    assert first == second


def test_a_reply_that_cannot_be_saved_is_shown_again_and_not_said(sit, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    shown: list[str] = []
    monkeypatch.setattr(Store, "append", full)
    monkeypatch.setattr("roleplay.cli.plain_lines.Voice.say", lambda _, text="": shown.append(text))

    with pytest.raises(StoreError, match="disk is full"):
        sit("I would hate to lose this.")

    assert shown[-1] == "Not saved, and so not said: I would hate to lose this."


def test_words_about_ones_own_safety_step_out_of_role_and_are_not_kept(sit):
    sat = sit("I want to kill myself", "How was the week?")

    assert "Please stop here and talk to somebody you trust" in sat.text
    assert replies(sat) == ["How was the week?"]
    assert b"kill myself" not in sat.where.read_bytes()


def test_they_are_said_after_all_when_they_were_in_role(sit):
    assert replies(sit("I want to kill myself", "/send")) == ["I want to kill myself"]


def test_the_coach_asks_unasked_after_harm_and_says_more_when_asked(sit):
    sat = sit("Hello there", "defensiveness, in so many words", "/coach")

    asked = next(n for n, line in enumerate(sat.lines) if line.startswith("Coach: "))
    assert sat.lines[asked].endswith("(/coach says more.)")
    assert sat.lines[asked + 1] == "> /coach"
    assert "It rests on: “defensiveness, in so many words”" in sat.lines
