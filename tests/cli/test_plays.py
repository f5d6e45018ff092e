"""`roleplay test`: an author's plays."""

import shutil
from pathlib import Path

import pytest

SCENARIO = Path(__file__).parent.parent.parent / "scenarios" / "good-student.yaml"
WRONG = """\
- play: Goes where it says
  onset: 2
  turns:
    - {say: "How was the week?", codes: [], then: withdrawal.marker}
- play: Does not
  onset: 2
  turns:
    - {say: "How was the week?", codes: [], then: withdrawal.marker}
    - {say: "It works for other people, you know.", codes: [defensiveness], then: withdrawal.repaired}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    (tmp_path / "plays").mkdir()
    (tmp_path / "plays" / SCENARIO.name).write_text(WRONG, "utf-8")
    return Path(shutil.copy(SCENARIO, tmp_path))


def test_a_failed_play_says_where_what_and_why(run, scenario: Path):
    result = run("test", scenario)

    assert result.exit_code == 1
    assert result.stdout == f"{scenario}: 1 of 2 plays ok\n"
    (told,) = result.stderr.splitlines()
    assert "`Does not`, turn 2" in told
    assert "expected withdrawal.repaired, got withdrawal." in told
    assert "the reply was read as defend" in told
    assert "of `withdrawal.marker` was taken" in told


def test_plays_that_hold_are_counted(run):
    result = run("test", SCENARIO)

    assert result.exit_code == 0
    assert result.stdout.endswith("plays ok\n")
    assert result.stderr == ""


def test_a_file_of_plays_stands_for_its_scenario(run, scenario: Path):
    assert run("test", scenario.parent / "plays" / scenario.name).stdout == f"{scenario}: 1 of 2 plays ok\n"


def test_a_scenario_without_plays_says_so(run, tmp_path: Path):
    alone = Path(shutil.copy(SCENARIO, tmp_path))

    result = run("test", alone)

    assert result.exit_code == 0
    assert "no plays" in result.stdout


def test_where_the_coder_differs_is_shown_and_fails_nothing(run, scenario: Path):
    (scenario.parent / "plays" / scenario.name).write_text(
        "- play: Pinned as what it is not\n  onset: 2\n  turns:\n"
        '    - {say: "Bananas are yellow in the summer.", codes: [hostility], then: calm}\n',
        "utf-8",
    )

    result = run("test", scenario, "--scored")

    assert "missed: hostility" in result.stdout
    assert "1        0     0     hostility" in result.stdout
    assert "0 of 1 replies" in result.stdout


def test_the_exit_code_with_scored_is_that_of_the_plays(run):
    assert run("test", SCENARIO, "--scored").exit_code == 0
