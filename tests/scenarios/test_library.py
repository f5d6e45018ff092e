"""Where scenarios live."""

import pytest

from roleplay.errors import UsageError
from roleplay.scenarios.library import MORE_FOLDERS, find, heads, library, library_folder, scenario_files


@pytest.fixture
def folder(tmp_path, monkeypatch, quiet_hour):
    """A further folder with one scenario in it."""
    (tmp_path / "plays").mkdir()
    (tmp_path / "plays" / "quiet-hour.yaml").write_text("- play: x\n", "utf-8")
    (tmp_path / "any name.yaml").write_text(quiet_hour, "utf-8")
    monkeypatch.setenv(MORE_FOLDERS, str(tmp_path))
    return tmp_path


def test_the_checkouts_folder_is_the_library():
    assert library_folder().name == "scenarios"
    assert (library_folder().parent / "pyproject.toml").is_file()


def test_more_folders_are_added_without_their_plays(folder):
    files = scenario_files()

    assert folder / "any name.yaml" in files
    assert not any("plays" in file.parts for file in files)


def test_a_scenario_is_found_by_the_id_inside_the_file(folder):
    assert find("quiet-hour") == folder / "any name.yaml"


def test_a_path_to_a_file_is_accepted_wherever_it_lies(folder):
    assert find(str(folder / "any name.yaml")) == folder / "any name.yaml"


def test_an_unknown_id_is_answered_with_the_nearest(folder):
    with pytest.raises(UsageError, match=r"There is no scenario `quiet-huor`. Did you mean `quiet-hour`\?"):
        find("quiet-huor")


@pytest.mark.parametrize(
    ("name", "why"), [("no/where.yaml", "does not exist"), ("plays", "no scenario"), ("./", "no scenario")]
)
def test_what_is_no_file_is_wrong_use(folder, name, why):
    with pytest.raises(UsageError, match=why):
        find(name)


def test_a_folder_named_like_a_file_is_wrong_use(folder):
    (folder / "sub.yaml").mkdir()

    with pytest.raises(UsageError, match="is a folder"):
        find(str(folder / "sub.yaml"))


def test_two_files_with_one_id_are_both_named(folder, quiet_hour):
    (folder / "copy.yaml").write_text(quiet_hour, "utf-8")

    with pytest.raises(UsageError, match=r"Two files have the id `quiet-hour`: .*any name.yaml and .*copy.yaml"):
        find("quiet-hour")


def test_the_same_folder_named_twice_is_no_second_copy(folder, monkeypatch):
    monkeypatch.setenv(MORE_FOLDERS, f"{folder}:{folder}")

    assert find("quiet-hour") == folder / "any name.yaml"


def test_a_broken_file_can_be_found_and_keeps_nobody_else_from_the_list(folder, quiet_hour):
    (folder / "broken.yaml").write_text(quiet_hour.replace("id: quiet-hour", "id: broken\nage: 3"), "utf-8")
    (folder / "nonsense.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / "dangling.yaml").symlink_to(folder / "nothing")

    shown = library()

    assert find("broken") == folder / "broken.yaml"
    assert "quiet-hour" in [head.id for head in shown.heads]
    assert "broken" not in [head.id for head in shown.heads]
    assert {problem.file.name: problem.code for problem in shown.problems} == {
        "broken.yaml": "SC009",
        "nonsense.yaml": "SC015",
    }


def test_a_head_tells_what_can_be_known_beforehand(folder):
    (head,) = [head for head in heads() if head.id == "quiet-hour"]

    assert (head.title, head.patient, head.age, head.difficulty) == ("A quiet hour", "Ada", 40, 1)
    assert head.setting == "CBT, session 3, a room over a bakery"
    assert head.briefing == "Third session. Last week you were late."
    assert head.family == "none"
    assert head.path == folder / "any name.yaml"


def test_a_folder_that_is_none_is_said_so(monkeypatch):
    monkeypatch.setenv(MORE_FOLDERS, "/no/such/folder")

    with pytest.raises(UsageError, match="ROLEPLAY_SCENARIOS names `/no/such/folder`, which is not a folder"):
        scenario_files()


@pytest.mark.parametrize("name", ["~nobody-has-this-name/patients", "a" * 5000], ids=["user", "long"])
def test_more_folders_with_an_impossible_name_are_told(monkeypatch, name):
    monkeypatch.setenv(MORE_FOLDERS, name)

    with pytest.raises(UsageError, match=r"Correct or unset it\.") as told:
        scenario_files()

    assert len(str(told.value)) < 6000
