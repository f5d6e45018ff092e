"""Whatever stands in a file, a name or an argument, what reaches the terminal is text and never a command to it."""

import json
from pathlib import Path

import pytest

ESCAPE = "\x1b[2J\x9b2J\u202e"
SOUND = Path(__file__).parent.parent.parent / "scenarios" / "good-student.yaml"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the library in which the names of files, and one file, hold escape sequences."""
    folder = tmp_path / "more"
    folder.mkdir()
    text = SOUND.read_text("utf-8")
    (folder / f"sound{ESCAPE}.yaml").write_text(text.replace("id: good-student", "id: another-student"), "utf-8")
    (folder / f"broken{ESCAPE}.yaml").write_text(r'"\e[2J\u202e": 1', "utf-8")
    monkeypatch.setenv("ROLEPLAY_SCENARIOS", str(folder))
    return folder


@pytest.mark.parametrize(
    "words", [("list",), ("list", "--json"), ("check",), ("check", "--json"), ("doctor",), ("test",)]
)
def test_escape_sequences_in_file_names_and_files_are_spelled_out(run, hostile: Path, tmp_path: Path, words):
    result = run(*words, *([hostile] if words[0] in ("check", "test") else []))

    shown = result.stdout + result.stderr
    assert "‹U+001B›" in shown or r"\u001b" in shown
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)


def test_the_name_of_the_file_written_is_spelled_out(run, store: Path, tmp_path: Path):
    result = run("replay", "--store", store, "--output", tmp_path / f"r{ESCAPE}")

    assert "‹U+001B›" in result.stderr
    assert "\x1b" not in result.stderr


def test_json_says_the_same_with_invisible_characters_as_escapes(run, tmp_path: Path):
    where, name = tmp_path / "conversations.db", f"zoë{ESCAPE}"
    run("play", "good-student", "--plain", "--trainee", name, "--store", where, stdin="Hello\n")

    told = run("sessions", "--json", "--store", where).stdout

    assert json.loads(told)[0]["trainee"] == name
    assert "zoë" in told
    assert not {"\x1b", "\x9b", "\u202e"} & set(told)
