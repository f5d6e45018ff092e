"""Listing, checking and drawing patients."""

import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BROKEN = ROOT / "broken" / "sc001-colon.yaml"
SOUND = ROOT.parent / "scenarios" / "good-student.yaml"


def test_the_list_names_every_patient_and_gives_nothing_away(run):
    result = run("list")

    assert result.exit_code == 0
    assert "good-student" in result.stdout
    assert "Mei Lin, 29" in result.stdout
    assert "withdrawal" not in result.stdout


def test_families_are_shown_only_when_asked_for(run):
    assert "withdrawal" in run("list", "--families").stdout
    assert "family" not in json.loads(run("list", "--json").stdout)[0]
    assert "family" in json.loads(run("list", "--json", "--families").stdout)[0]


def test_the_list_for_machines_is_an_array_of_objects_with_ids(run):
    listed = json.loads(run("list", "--json").stdout)

    assert {"good-student", "what-am-i-paying-for"} <= {each["id"] for each in listed}


def test_a_broken_file_is_told_on_stderr_and_hides_nothing(run, tmp_path: Path, monkeypatch):
    shutil.copy(BROKEN, tmp_path / "mine.yaml")
    monkeypatch.setenv("ROLEPLAY_SCENARIOS", str(tmp_path))

    result = run("list")

    assert result.exit_code == 0
    assert "good-student" in result.stdout
    assert "mine.yaml" in result.stderr


def test_every_problem_of_every_file_is_reported_and_sound_files_on_stdout(run):
    other = ROOT / "broken" / "sc004-trapped.yaml"

    result = run("check", BROKEN, SOUND, other)

    assert result.exit_code == 1
    assert result.stdout == f"{SOUND}: ok\n"
    told = result.stderr.splitlines()
    assert any(line.startswith(f"{BROKEN}:20:9: SC001 ") for line in told)
    assert any(line.startswith(f"{other}:") and " SC004 " in line for line in told)


def test_a_folder_is_searched_through_plays_included(run, tmp_path: Path):
    (tmp_path / "deep" / "plays").mkdir(parents=True)
    shutil.copy(SOUND, tmp_path / "deep" / "good-student.yaml")
    (tmp_path / "deep" / "plays" / "good-student.yaml").write_text('- {play: "Nothing", turnz: []}\n', "utf-8")

    result = run("check", tmp_path)

    assert result.exit_code == 1
    assert result.stdout == f"{tmp_path / 'deep' / 'good-student.yaml'}: ok\n"
    assert "plays" in result.stderr
    assert "turnz" in result.stderr


def test_a_folder_without_scenarios_is_wrong_use(run, tmp_path: Path):
    assert run("check", tmp_path).exit_code == 2


def test_an_id_of_the_library_can_be_checked(run):
    assert run("check", "good-student").exit_code == 0


def test_problems_for_machines_carry_place_code_what_and_cure(run):
    result = run("check", BROKEN, SOUND, "--json")

    assert result.exit_code == 1
    broken, sound = json.loads(result.stdout)
    assert sound == {"file": str(SOUND), "ok": True, "problems": []}
    (problem,) = broken["problems"]
    assert problem["line"] == 20
    assert problem["code"] == "SC001"
    assert problem["cure"]


@pytest.mark.parametrize(
    ("form", "beginning"), [("tree", "calm"), ("mermaid", "stateDiagram-v2\n"), ("dot", "digraph ")]
)
def test_a_graph_can_be_drawn_in_each_form(run, form: str, beginning: str):
    result = run("graph", "good-student", "--format", form)

    assert result.exit_code == 0
    assert result.stdout.startswith(beginning)
    assert "withdrawal.marker" in result.stdout


def test_a_broken_scenario_is_not_drawn(run):
    result = run("graph", BROKEN)

    assert result.exit_code == 1
    assert "SC001" in result.stderr
