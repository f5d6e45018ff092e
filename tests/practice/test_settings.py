"""Settings: kept as JSON, read with care."""

import json
import os
from pathlib import Path

import pytest

from roleplay.errors import StoreError, UsageError
from roleplay.practice.settings import Settings, changed, choices_of, read_settings, settings_file, write_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_without_a_file_everything_is_as_new(file: Path):
    assert read_settings(file).settings == Settings()
    assert read_settings(file).problem == ""


def test_what_was_saved_is_read_back(file: Path):
    mine = Settings(theme="high contrast", pace="off", coach="never", trainee="wren", support_text="Call Ömer.")

    write_settings(mine, file)

    assert read_settings(file).settings == mine


def test_nobody_else_may_read_them(file: Path):
    write_settings(Settings(), file)

    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '"dark"', "\x00", "[" * 100_000])
def test_a_damaged_file_is_told_and_not_fatal(file: Path, text: str):
    file.parent.mkdir()
    file.write_text(text)

    read = read_settings(file)

    assert read.settings == Settings()
    assert str(file) in read.problem


def test_one_value_that_does_not_fit_leaves_the_others(file: Path):
    file.parent.mkdir()
    file.write_text(json.dumps({"theme": "mauve", "pace": "slow", "reduced_motion": "yes", "later": 1, "coach": []}))

    read = read_settings(file)

    assert read.settings == Settings(pace="slow")
    assert "theme" in read.problem
    assert "reduced_motion" in read.problem
    assert "coach" in read.problem
    assert "later" not in read.problem


def test_a_value_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(UsageError, match="light, dark, high contrast"):
        changed(Settings(), "theme", "mauve")
    with pytest.raises(UsageError, match="no setting"):
        changed(Settings(), "colour", "mauve")
    with pytest.raises(UsageError, match="a text"):
        changed(Settings(), "trainee", "  ")
    assert changed(Settings(), "pace", "fast").pace == "fast"
    assert choices_of("reduced_motion") == (False, True)


def test_nothing_moves_with_reduced_motion_or_with_the_pace_off():
    assert Settings(reduced_motion=True).still
    assert Settings(pace="off").still
    assert not Settings().still


def test_a_folder_that_cannot_be_written_says_where_and_what(tmp_path: Path):
    (tmp_path / "config").write_text("a file, not a folder")

    with pytest.raises(StoreError, match=r"config/settings\.json"):
        write_settings(Settings(), tmp_path / "config" / "settings.json")


def test_the_file_lies_in_the_folder_for_settings(tmp_path: Path):
    assert settings_file() == tmp_path / "config" / "alliance-roleplay" / "settings.json"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes")
def test_settings_that_are_a_pipe_are_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "settings.json")

    read = read_settings(tmp_path / "settings.json")

    assert read.settings == Settings()
    assert "not a file" in read.problem
