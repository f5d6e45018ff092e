"""Files in, problems or scenarios out."""

from pathlib import Path, PurePath

import pytest

from roleplay.errors import ScenarioError
from roleplay.scenarios.library import library_folder, scenario_files
from roleplay.scenarios.load import load, load_text, problems_in, problems_of, read_scenario
from roleplay.scenarios.misfits import model_at
from roleplay.scenarios.model import Line, Rupture, Scenario, When
from roleplay.scenarios.problems import catalogue

HERE = Path(__file__).parent
BROKEN = sorted((HERE.parent / "broken").glob("*.yaml"))
GOOD = sorted((HERE / "good").glob("*.yaml"))


def expected(path: Path) -> set[tuple[str, int]]:
    """What the first line of a broken file says: `# expect: SC003 line 9`."""
    words = path.read_bytes().split(b"\n", 1)[0].decode().split()
    assert words[:2] == ["#", "expect:"]
    return {(words[2], int(words[4]))}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_has_the_problem_it_says_and_no_other(path):
    found = problems_of(path)

    assert {(problem.code, problem.line) for problem in found} == expected(path)
    for problem in found:
        assert problem.file == path
        assert problem.what.endswith((".", "?"))
        assert problem.cure.endswith((".", "?"))


def test_every_code_has_a_broken_file():
    shown = {code for path in BROKEN for code, _ in expected(path)}

    assert shown == catalogue().keys() - {"SC014"}  # a file that cannot be read is no file: see test_source


@pytest.mark.parametrize("path", [*GOOD, *scenario_files()], ids=lambda path: path.stem)
def test_a_good_file_has_no_problem(path):
    assert problems_of(path) == ()


def test_the_library_is_not_empty():
    assert list(library_folder().glob("*.yaml"))


def test_all_problems_are_shown_together_in_the_order_of_lines(quiet_hour):
    text = quiet_hour.replace("difficulty: 1", "difficulty: 9\ndificulty: 1").replace('"I had a letter."', "No")

    found = problems_in(text)

    assert [(problem.line, problem.code) for problem in found] == [(5, "SC012"), (6, "SC009"), (20, "SC001")]


def test_a_problem_prints_where_what_and_cure(quiet_hour):
    (problem,) = problems_in(quiet_hour.replace('"I had a letter."', "No"), PurePath("mine.yaml"))

    assert str(problem) == "mine.yaml:19:16: SC001 YAML read this line as False, not as words. Put it in quotes."


def test_load_gives_the_scenario_as_written():
    written = load(HERE / "good" / "one-sheet-more.yaml")

    assert written.states["withdrawal.marker"].transitions == ()
    assert written.parameters is None


def test_read_scenario_gives_it_resolved():
    resolved = read_scenario(HERE / "good" / "one-sheet-more.yaml")

    assert resolved.states["withdrawal.marker"].transitions
    assert resolved.entry == "withdrawal.marker"


@pytest.mark.parametrize("function", [load, read_scenario])
def test_a_missing_file_is_a_scenario_error(function, tmp_path):
    with pytest.raises(ScenarioError, match="SC014 There is no such file"):
        function(tmp_path / "missing.yaml")


def test_load_text_raises_with_every_problem(quiet_hour):
    with pytest.raises(ScenarioError) as caught:
        load_text(quiet_hour.replace("difficulty: 1", "difficulty: 9").replace("age: 40", "age: forty"))

    assert [problem.code for problem in caught.value.problems] == ["SC012", "SC012"]


@pytest.mark.parametrize("text", ["", "- a", "words", "12", "~"])
def test_what_is_no_scenario_at_all_has_one_problem(text):
    assert len(problems_in(text)) == 1


def test_a_lone_surrogate_in_a_text_is_a_problem(quiet_hour):
    assert [problem.code for problem in problems_in(quiet_hour.replace("Hello", "\ud800"))] == ["SC015"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("family: none", "family: withdrawl", "Did you mean `withdrawal`?"),
        ("any: [own]", "any: [onw]", "Did you mean `own`?"),
        ("any: [own]", "an: [own]", "Did you mean `any`?"),
        ("briefing:", "breifing:", "Did you mean `briefing`?"),
        ("type: C", "type: D", "Known: A, B, C, none."),
        ("to: news", "to: newss", "Did you mean `news`?"),
        ("session: 3", "session: soon", "Write a whole number."),
        ("resolution: 3", "resolution: 0", "It must be at least 1."),
        ("setting: {modality", "setting: x #", "Write `key: value` lines."),
        ('    says:\n      - {line: "I had', '    says: {line: "I had', "Write a list"),
        ("states:\n", "states:\n  nothing:\n", "Write it below, indented, or delete the key."),
    ],
)
def test_the_cure_helps(quiet_hour, before, after, told):
    assert before in quiet_hour

    found = problems_in(quiet_hour.replace(before, after))

    assert told in " ".join(problem.cure for problem in found)


def test_a_nested_line_knows_its_own_place_although_variants_add_a_step(quiet_hour):
    # `says` holds items, items hold variants: pydantic counts one step more than the file has
    text = quiet_hour.replace('- {line: "I had a letter."}', "- {line: 12}\n      - - {line: ok}\n        - {line: 13}")

    assert [(problem.line, problem.column) for problem in problems_in(text)] == [(19, 16), (21, 18)]


@pytest.mark.parametrize(
    ("way", "model"),
    [
        ((), Scenario),
        (("states", "says", "says", 0, 0), Line),  # a state may be called `says`
        (("states", "calm", "after", "own", 1, "rupture"), Rupture),
        (("states", "calm", "transitions", 0, "when"), When),
        (("unsure",), Line),
        (("title",), None),
    ],
)
def test_the_model_at_a_place_is_found_by_walking_the_format(way, model):
    assert model_at(way) is model
