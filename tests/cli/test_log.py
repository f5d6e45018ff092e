"""The saved conversations: listed, debriefed, read back, carried elsewhere, deleted."""

import json
import re
import shutil
import stat
from pathlib import Path

import pytest


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Path:
    """A copy of the store that a test may change."""
    return Path(shutil.copy(store, tmp_path / "own.db"))


def test_conversations_are_listed_newest_first(run, store: Path):
    listed = json.loads(run("sessions", "--json", "--store", store).stdout)
    told = run("sessions", "--store", store).stdout

    assert [one["scenario"] for one in listed] == ["what-am-i-paying-for", "good-student"]
    assert all(one["id"] in told for one in listed)
    assert told.index("ben") < told.index("ann")


def test_the_list_does_not_give_away_how_a_conversation_ended(run, tmp_path: Path):
    script, where = tmp_path / "script.txt", tmp_path / "own.db"
    script.write_text("Great, so daily.\nTry an alarm on your phone.\n" * 8, "utf-8")
    run("play", "good-student", "--mode", "assess", "--seed", "2", "--store", where, "--script", script)

    told = run("sessions", "--store", where).stdout

    assert "· ended · assess" in told
    assert "withdrawal" not in told


@pytest.mark.parametrize(("answer", "shown"), [("y", True), ("n", False)])
def test_an_assessment_that_is_not_over_is_debriefed_only_when_a_person_insists(
    run, tmp_path: Path, monkeypatch, answer: str, *, shown: bool
):
    script, where = tmp_path / "script.txt", tmp_path / "own.db"
    script.write_text("Hello\nGreat, so daily.\n", "utf-8")
    run("play", "good-student", "--mode", "assess", "--seed", "2", "--store", where, "--script", script)
    monkeypatch.setattr("roleplay.cli.debrief.in_terminal", lambda: True)

    result = run("debrief", "--store", where, stdin=f"{answer}\n")

    assert "This assessment is not over" in result.stderr
    assert ("unsaid:" in result.stdout) == shown


def test_an_empty_store_lists_nothing_and_says_how_to_begin(run):
    result = run("sessions")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "roleplay play" in result.stderr
    assert json.loads(run("sessions", "--json").stdout) == []


@pytest.mark.parametrize("command", ["sessions", "debrief", "replay", "export", "delete --all --yes"])
def test_a_command_that_only_reads_makes_no_store(run, tmp_path: Path, command: str):
    result = run(*command.split(), "--store", tmp_path / "no.db")

    assert "There is no conversation yet" in result.stderr
    assert list(tmp_path.glob("no.db*")) == []


def test_the_environment_names_the_store(run, store: Path, monkeypatch):
    monkeypatch.setenv("ROLEPLAY_STORE", str(store))

    assert len(json.loads(run("sessions", "--json").stdout)) == 2


@pytest.mark.parametrize(
    ("form", "beginning"), [("terminal", "Marek · "), ("markdown", "# "), ("html", "<!doctype html>"), ("json", "{")]
)
def test_the_newest_conversation_is_debriefed_in_each_form(run, store: Path, form: str, beginning: str):
    result = run("debrief", "--format", form, "--store", store)

    assert result.exit_code == 0
    assert result.stdout.lower().startswith(beginning.lower())


def test_a_conversation_is_named_by_the_beginning_of_its_id(run, store: Path):
    mei = json.loads(run("sessions", "--json", "--store", store).stdout)[1]["id"]

    assert run("debrief", mei, "--store", store).stdout.startswith("Mei Lin · ")
    assert run("debrief", mei[:-2], "--store", store).stdout.startswith("Mei Lin · ")


def test_an_unknown_conversation_is_wrong_use_and_lists_those_there_are(run, store: Path):
    result = run("debrief", "nobody", "--store", store)

    assert result.exit_code == 2
    assert "There is no conversation `nobody`. Known: 2" in result.stderr


def test_private_lines_are_in_it_only_when_asked_for(run, store: Path):
    without = json.loads(run("debrief", "--format", "json", "--store", store).stdout)
    with_them = json.loads(run("debrief", "--format", "json", "--include-private", "--store", store).stdout)

    assert not without.get("private")
    assert with_them["private"]["pulls"][0]["urge"] == "fix"


def test_a_debrief_in_a_file_is_for_its_owner_only(run, store: Path, tmp_path: Path):
    file = tmp_path / "debrief.html"

    result = run("debrief", "--format", "html", "--output", file, "--store", store)

    assert result.stdout == ""
    assert file.read_text("utf-8").lower().startswith("<!doctype html>")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_wrong_use(run, store: Path, tmp_path: Path):
    assert run("debrief", "--output", tmp_path / "no" / "folder.html", "--store", store).exit_code == 2


def test_a_conversation_is_read_back_with_its_tries_and_without_what_was_not_said(run, store: Path):
    mei = json.loads(run("sessions", "--json", "--store", store).stdout)[1]["id"]

    told = run("replay", mei, "--store", store).stdout.splitlines()

    assert told[0].startswith("Mei Lin: ")
    assert "1  you: How was the week?" in told
    assert "    [marked: withdrawal]" in told
    assert "    [back to before reply 1]" in told
    assert "1, try 2  you: What was that like, the banging?" in told
    assert not any("urge" in line or "unsaid" in line for line in told)
    assert "    [urge: fix]" in run("replay", mei, "--include-private", "--store", store).stdout.splitlines()


def test_exporting_importing_and_exporting_again_gives_the_same_bytes(run, store: Path, tmp_path: Path):
    there = tmp_path / "there.db"
    exported = run("export", "--store", store).stdout

    imported = run("import", "-", "--store", there, stdin=exported)

    assert imported.exit_code == 0
    assert len(re.findall(r"^imported ", imported.stdout, re.MULTILINE)) == 2
    assert run("export", "--store", there).stdout == exported
    assert run("debrief", "--store", there).stdout == run("debrief", "--store", store).stdout
    assert "here already" in run("import", "-", "--store", there, stdin=exported).stdout


def test_named_conversations_can_be_exported_to_a_file(run, store: Path, tmp_path: Path):
    file = tmp_path / "one.jsonl"

    run("export", "last", "--output", file, "--store", store)

    assert "good-student" not in file.read_text("utf-8")
    assert run("import", file, "--store", tmp_path / "there.db").exit_code == 0


def test_an_unreadable_import_is_three_and_imports_nothing(run, own: Path):
    exported = run("export", "--store", own).stdout
    broken = exported.replace('"seq":2', '"seq":7', 1)

    result = run("import", "-", "--store", own.parent / "other.db", stdin=broken)

    assert result.exit_code == 3
    assert re.search(r"\bline \d+\b", result.stderr, re.IGNORECASE)
    assert json.loads(run("sessions", "--json", "--store", own.parent / "other.db").stdout) == []


def test_a_conversation_with_other_contents_is_left_out_and_told(run, own: Path):
    exported = run("export", "--store", own).stdout
    changed = exported.replace("How was the week?", "How was the month?")

    result = run("import", "-", "--store", own, stdin=changed)

    assert result.exit_code == 3
    assert "other contents" in result.stderr
    assert run("export", "--store", own).stdout == exported


def test_deleting_where_nobody_can_be_asked_needs_a_yes(run, own: Path):
    asked = run("delete", "last", "--store", own)

    assert asked.exit_code == 2
    assert "--yes" in asked.stderr
    assert len(json.loads(run("sessions", "--json", "--store", own).stdout)) == 2


def test_deleting_deletes(run, own: Path):
    result = run("delete", "last", "--yes", "--store", own)

    assert result.exit_code == 0
    (left,) = json.loads(run("sessions", "--json", "--store", own).stdout)
    assert left["trainee"] == "ann"
    assert left["id"] not in result.stdout


def test_a_person_is_asked_and_may_say_no(run, own: Path, monkeypatch):
    monkeypatch.setattr("roleplay.cli.log.is_terminal", lambda _: True)

    said_no = run("delete", "--all", "--store", own, stdin="n\n")
    after_no = json.loads(run("sessions", "--json", "--store", own).stdout)
    said_yes = run("delete", "--all", "--store", own, stdin="y\n")

    assert said_no.exit_code == 0
    assert "Nothing was deleted" in said_no.stderr
    assert len(after_no) == 2
    assert said_yes.stdout.count("deleted ") == 2


def test_all_and_names_together_are_wrong_use(run, own: Path):
    assert run("delete", "last", "--all", "--yes", "--store", own).exit_code == 2


def test_an_unknown_name_among_others_deletes_nothing(run, own: Path):
    assert run("delete", "last", "nobody", "--yes", "--store", own).exit_code == 2
    assert len(json.loads(run("sessions", "--json", "--store", own).stdout)) == 2
