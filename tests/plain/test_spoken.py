"""Plain mode as a screen reader speaks it: one thing a line, signs as words, nothing that only the layout tells."""

import re

import pytest

from roleplay.cli.plain_debrief import spoken_rows, without_signs
from roleplay.debrief.tables import Table

SIGNS = re.compile(r"[─│┌┐└┘├┤╭╮╰╯●○▲◆◇■→←↶↘↺‖]")
REPLIES = ("/mark withdrawal", "/urge fix", "/pause 20")


def test_nothing_in_a_whole_sitting_is_a_drawn_line_or_a_sign(sit, to_the_end):
    first, *rest = to_the_end
    sat = sit(first, *REPLIES, *rest, "Tired.", "/transcript", "/show all", "/rewind 2", "Anew", "/transcript")

    assert [line for line in sat.lines if SIGNS.search(line)] == []


def test_each_turn_of_the_debrief_is_named_and_says_who_speaks_and_what_was_left_unsaid(sit, to_the_end):
    lines = sit(*to_the_end).lines
    third = lines[lines.index("Turn 3.") : lines.index("Turn 4.")]

    assert any(line.startswith("Mei Lin: ") for line in third)
    assert any(line.startswith("Unsaid: ") for line in third)
    assert f"you: {to_the_end[2]}" in third
    assert any(line.startswith("Then: ") for line in third)


def test_a_strain_is_told_in_words(sit, to_the_end):
    assert "Strain: withdrawal." in sit(*to_the_end).lines


def test_the_debrief_of_the_library_and_the_command_are_spoken_too(sit, to_the_end):
    again = sit(*to_the_end, "", "/debrief").lines

    assert again.count("Turn 2.") == 2
    assert "Turn 2." in sit("/debrief", scenario=None).lines


def test_every_cell_of_a_table_is_said_with_its_column():
    table = Table(
        "Turn by turn", ("turn", "band", "repair", "what it did"), (("2", "strong", "–", "took it in"),), "A."
    )

    assert list(spoken_rows(table)) == ["Turn by turn.", "turn 2: band strong, repair not counted, took it in", "A."]


def test_a_table_of_two_columns_is_a_list():
    assert list(spoken_rows(Table("Bands", ("band", "replies"), (("solid", "3"),)))) == ["Bands.", "solid: 3"]


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ("○ not marked, ● noticed in your words · took it in", "not marked, noticed in your words; took it in"),
        ("‖ paused for 20 seconds", "paused for 20 seconds"),
        ("took it in → a first small opening", "took it in: to a first small opening"),
        ("63 (n = 4)", "63 (n = 4)"),
        ("= stayed", "stayed"),
        ("Mei Lin · 3 turns, ↺ 1 time back", "Mei Lin; 3 turns, 1 time back"),
    ],
)
def test_signs_give_way_to_words(drawn: str, said: str):
    assert without_signs(drawn) == said


def test_a_paragraph_of_the_briefing_is_one_line(sit):
    assert any(
        line.startswith("Your fourth session with Mei Lin") and line.endswith("the evidence against.")
        for line in sit().lines
    )
