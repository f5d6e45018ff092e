"""The rows of the library, without a screen."""

from pathlib import Path, PurePath

from rich.cells import cell_len

from roleplay.errors import Problem
from roleplay.practice.shelf import Row, rows_of
from roleplay.scenarios.library import Head, Library
from roleplay.store.conversations import Conversation
from roleplay.tui.library_row import dots, fit, row_content


def head(name: str = "Mei Lin", **given) -> Head:
    fields = {
        "id": "mei",
        "title": "The good student",
        "patient": name,
        "age": 29,
        "setting": "CBT, session 4, by video, on Thursdays",
        "difficulty": 2,
        "content": (),
        "family": "withdrawal",
        "briefing": "One sentence. Two sentences.",
        "path": Path("mei.yaml"),
    }
    return Head(**{**fields, **given})


def conversation(name: str, ending: str | None = None, **given) -> Conversation:
    fields = {
        "id": name,
        "began_at": "2026-01-31T12:00:00.000Z",
        "last_at": "2026-01-31T12:10:00.000Z",
        "scenario": "mei",
        "scenario_hash": "0",
        "title": "The good student",
        "trainee": "me",
        "group": "",
        "mode": "practice",
        "replies": 4,
        "ending": ending,
    }
    return Conversation(**{**fields, **given})


def states(*conversations: Conversation) -> list[str]:
    return [row.state for row in rows_of(Library((head(),), ()), conversations, "me") if row.kind == "patient"]


def test_a_patient_is_new_open_debriefed_or_tried_several_times():
    assert states() == ["new"]
    assert states(conversation("a")) == ["open"]
    assert states(conversation("a", "withdrawal.left")) == ["debriefed"]
    assert states(conversation("b", "x"), conversation("a", "x")) == ["2 tries"]
    assert states(conversation("b"), conversation("a", "x")) == ["open"]


def test_what_others_did_and_what_cannot_be_read_does_not_count():
    assert states(conversation("a", trainee="wren"), conversation("b", problem="damaged")) == ["new"]


def test_the_newest_unfinished_conversation_is_offered_and_the_newest_end_is_looked_back_on():
    given = (conversation("d", "x"), conversation("c"), conversation("b", "x"), conversation("a"))
    first, patient = rows_of(Library((head(),), ()), given, "me")

    assert (first.kind, first.open, first.state) == ("resume", "c", "turn 5")
    assert first.what == "You were talking to Mei Lin; go on?"
    assert (patient.open, patient.ended) == ("c", "d")


def test_a_conversation_whose_file_is_gone_can_be_gone_on_with():
    first, *_ = rows_of(Library((), ()), (conversation("a"),), "me")

    assert first.what == "You were talking to The good student; go on?"


def test_only_the_first_problem_of_a_broken_file_is_in_its_row():
    file = PurePath("more/broken.yaml")
    problems = (Problem(file, 9, 1, "SC010", "Later.", "Mend it."), Problem(file, 2, 1, "SC001", "First.", "Mend it."))

    (row,) = rows_of(Library((), problems), (), "me")

    assert (row.kind, row.who, row.what) == ("broken", "broken.yaml", "line 2: First.")
    assert row.about == "more/broken.yaml:2:1: SC001 First. Mend it."


def test_control_characters_are_spelled_out():
    _, row = rows_of(Library((head("Mei\x1b[31m"),), ()), (conversation("a", problem=""),), "me")

    assert row.who == "Mei‹U+001B›[31m"


def test_every_row_has_the_width_of_the_window():
    row = Row(kind="patient", who="梅琳" * 12, what="标题" * 40, age=29, difficulty=2, state="new")
    for width in (30, 59, 60, 78, 110):
        content = row_content(row, width, chosen=True, family=False)
        assert cell_len(content.plain) <= width
        assert ", 29" in content.plain


def test_text_that_does_not_fit_ends_in_an_ellipsis():
    assert fit("abcdef", 4) == "abc…"
    assert fit("abc", 5) == "abc  "
    # Two cells a character: of four cells one character, the ellipsis and a blank are left.
    assert fit("梅琳梅琳", 4) == "梅… "
    assert dots(2) == "●●○○○"
