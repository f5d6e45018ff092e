"""`roleplay score`: one reply for a person, a stream of them for a machine."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

GOOD = json.dumps({"id": "x1", "response": "I set that sheet again without asking how it was."})
KEYS = {
    "id", "recognition", "strategies", "harms", "moves", "band", "evidence", "dimensions", "scores", "abstained",
    "scorer", "version",
}  # fmt: skip


def answers(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_reading_names_codes_with_the_words_they_rest_on_and_says_what_it_is_not(run):
    result = run("score", "I set that sheet again without asking.", "--line", "It's fine.", "--about", "task")

    assert result.exit_code == 0
    assert '● owned a part (own_contribution): "' in result.stdout
    assert "not by clinicians" in result.stdout


def test_where_there_is_no_strain_the_band_speaks_of_none(run):
    calm = run("score", "Have you tried meditation?", "--family", "none").stdout

    assert "There was nothing to mend" in " ".join(calm.split())
    assert "You noticed" not in calm


def test_a_question_about_safety_is_never_told_to_have_found_trouble_where_there_was_none(run):
    line = "I'm tired, that's all. What would it matter if I weren't about."
    asked = run("score", "Are you thinking of killing yourself?", "--family", "none", "--line", line).stdout

    assert "never out of place" in " ".join(asked.split())
    assert "nothing to mend" not in asked


def test_what_is_known_of_the_moment_reaches_the_grade(run):
    calm = json.loads(run("score", "How was the week?", "--family", "none", "--json").stdout)
    strained = json.loads(run("score", "How was the week?", "--json").stdout)

    # Where there is nothing to find, going on is right: recognition is reversed and there is no repair.
    assert calm["recognition"]["level"] == 4
    assert calm["scores"]["repair"] is None
    assert strained["recognition"]["level"] <= 1


def test_the_reply_may_come_through_a_pipe_or_from_a_file(run, tmp_path: Path):
    file = tmp_path / "reply.txt"
    file.write_text("I set that sheet again.\n", "utf-8")

    assert "own_contribution" in run("score", stdin="I set that sheet again.\n").stdout
    assert "own_contribution" in run("score", "--file", file).stdout


def test_escape_sequences_in_a_reply_do_not_reach_the_terminal(run):
    result = run("score", "I set that \x1b[2J\u202e sheet again without asking.")

    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_each_line_is_answered_in_order_with_the_keys_of_the_contract(run):
    second = json.dumps({"id": 2, "response": "ok", "family": "none"})

    result = run("score", "--jsonl", stdin=f"{GOOD}\n{second}\n")

    assert result.exit_code == 0
    first, other = answers(result.stdout)
    assert first["id"] == "x1"
    assert other["id"] == 2
    assert set(first) == KEYS


def test_bad_lines_are_answered_in_their_place_told_with_their_number_and_make_it_one(run):
    bad = ("not json", "[]", '{"id": 3}', '{"id": 4, "response": "x", "family": "weather"}')

    result = run("score", "--jsonl", stdin="\n".join([GOOD, *bad, GOOD]) + "\n")

    assert result.exit_code == 1
    found = answers(result.stdout)
    assert [each["id"] for each in found] == ["x1", None, None, 3, 4, "x1"]
    assert ["error" in each for each in found] == [False, True, True, True, True, False]
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["line 2", "line 3", "line 4", "line 5"]


def test_blank_lines_are_no_records_but_are_counted(run):
    result = run("score", "--jsonl", stdin=f"{GOOD}\n\n  \nwrong\n")

    assert len(answers(result.stdout)) == 2
    assert result.stderr.startswith("line 4:")


@pytest.mark.parametrize(
    ("separator", "allowed"), [("\u2028", True), ("\u0085", True), ("\x0b", False), ("\x0c", False)]
)
def test_only_a_line_feed_ends_a_line(run, separator: str, *, allowed: bool):
    """JSON takes the first two inside a string as they are, and neither of the others; none of them is a new line."""
    record = f'{{"id": "a{separator}b", "response": "one{separator}two"}}\n'

    (answer,) = answers_at_line_feeds(run("score", "--jsonl", stdin=record).stdout)

    assert answer["id"] == (f"a{separator}b" if allowed else None)


def answers_at_line_feeds(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def test_half_a_surrogate_and_bytes_that_are_no_utf_8_stop_nothing(process):
    record = '{"id": "\\ud800", "response": "I set it \\ud800 again."}'
    half = process("score", "--jsonl", stdin=f"{record}\n{GOOD}\n")
    found = subprocess.run(
        [sys.executable, "-m", "roleplay", "score", "--jsonl"],
        input=b'{"id":"\xff","response":"\xfe"}\n' + GOOD.encode() + b"\n",
        capture_output=True,
        check=False,
    )

    assert half.returncode == 0
    assert answers(half.stdout)[0]["id"] == "\ud800"
    assert found.returncode == 0
    assert len(found.stdout.splitlines()) == 2


def test_an_answer_comes_before_the_next_line_is_asked_for():
    scorer = subprocess.Popen(
        [sys.executable, "-m", "roleplay", "score", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
    )
    overdue = Timer(20, scorer.kill)
    overdue.start()
    assert scorer.stdin is not None
    assert scorer.stdout is not None
    scorer.stdin.write(f"{GOOD}\n")
    scorer.stdin.flush()
    first = json.loads(scorer.stdout.readline() or "{}")
    overdue.cancel()
    scorer.communicate(timeout=30)

    assert first.get("id") == "x1"


def test_a_text_beside_jsonl_is_wrong_use(run):
    assert run("score", "Hello", "--jsonl").exit_code == 2


def test_a_text_beside_a_file_is_wrong_use(run, tmp_path: Path):
    (tmp_path / "reply.txt").write_text("Sorry.", "utf-8")

    assert run("score", "Hello", "--file", tmp_path / "reply.txt").exit_code == 2


def test_the_help_names_what_a_line_may_hold_and_what_is_taken_for_granted(run):
    told = " ".join(run("score", "--help").stdout.split())

    assert all(f"`{key}`" in told for key in ("id", "response", "patient_line", "history", "therapist_lapse"))
    assert "a fresh strain" in told


def test_a_word_that_is_no_marker_is_told_by_the_name_of_the_option(run):
    result = run("score", "Hello", "--marker", "denail")

    assert result.exit_code == 2
    assert "'--marker'" in result.stderr


def test_a_reply_given_twice_is_refused(run, tmp_path):
    (tmp_path / "reply.txt").write_text("I hear you.", "utf-8")

    result = run("score", "Never mind.", "--file", tmp_path / "reply.txt")

    assert result.exit_code == 2
    assert "not both" in result.stderr


@pytest.mark.parametrize("tension", ["nan", "inf"])
def test_a_tension_that_is_no_number_is_told_as_such(run, tension: str):
    result = run("score", "I hear you.", "--tension", tension)

    assert result.exit_code == 2
    assert "--tension" in result.stderr


def test_nothing_that_an_answer_repeats_can_move_a_cursor(run):
    name = "é\x9b2J\u202e"

    result = run("score", "--jsonl", stdin=json.dumps({"id": name, "response": "I hear you."}))

    assert json.loads(result.stdout)["id"] == name
    assert result.stdout.startswith('{"id": "é\\u009b2J\\u202e"')
