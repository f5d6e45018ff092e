"""Author's plays: what is read, what is refused, and what a run tells."""

from pathlib import Path

import pytest

from roleplay.engine.plays import AuthorPlay, PlayTurn, plays_beside, plays_in, run
from roleplay.errors import ScenarioError
from roleplay.scoring.codes import RecognitionKind, Strategy
from roleplay.scoring.coding import Coding


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "plays.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_turn_pins_its_codes_on_the_whole_reply():
    turn = PlayTurn(say="I rushed you.", codes=(Strategy.OWN,), recognition=4, then="calm")

    coding = turn.coding()

    assert [(f.code, f.start, f.end) for f in coding.codes] == [(Strategy.OWN, 0, 13)]
    assert (coding.contact, coding.quality, coding.kind) == (2, 3, RecognitionKind.EXPLICIT)


def test_a_turn_without_a_strategy_has_no_contact_and_no_quality():
    coding = PlayTurn(say="Great, daily then.", then="calm").coding()

    assert (coding.contact, coding.quality, coding.kind) == (0, None, RecognitionKind.NONE)


def test_every_mistake_in_a_file_of_plays_is_told_with_its_place(tmp_path):
    misspelt = '    - {say: "Hi", codes: [own_contributon], then: calm}\n'
    unquoted = "    - {say: No, then: calm, contct: 3}\n"
    path = written(tmp_path, f"- play: one\n  turns:\n{misspelt}{unquoted}")

    with pytest.raises(ScenarioError) as caught:
        plays_in(path)

    assert [(p.line, p.code) for p in caught.value.problems] == [(3, "SC011"), (4, "SC001"), (4, "SC009")]
    assert "own_contribution" in caught.value.problems[0].cure


@pytest.mark.parametrize(
    "text", ["", "play: one", "- play: x\n  turns: []", "- {play: x, turns: [{then: calm}]}", "[[["]
)
def test_what_is_not_a_list_of_plays_is_refused_without_a_traceback(tmp_path, text):
    with pytest.raises(ScenarioError):
        plays_in(written(tmp_path, text))


def test_a_run_tells_where_the_patient_is_and_whether_it_is_as_written(mei):
    play = AuthorPlay(play="x", onset=2, turns=(PlayTurn(say="Hello.", then="calm"),))

    (step,) = run(mei, play)

    assert step.reached == "withdrawal.marker"
    assert not step.as_written


def test_a_run_stops_when_the_conversation_has_ended(mei):
    again = PlayTurn(say="Anyway, column two.", then="withdrawal.left")
    play = AuthorPlay(play="x", onset=1, turns=(again,) * 30)

    steps = list(run(mei, play))

    assert len(steps) < 30
    assert steps[-1].reached == "withdrawal.left"


def test_words_can_be_read_beside_the_pinned_codes(mei):
    play = AuthorPlay(play="x", onset=2, turns=(PlayTurn(say="Hello.", then="withdrawal.marker"),))

    (step,) = run(mei, play, lambda reply, heard: Coding(because=f"{reply} / {heard.line}"))

    assert step.scored is not None
    assert step.scored.because.startswith("Hello. / ")


def test_plays_lie_beside_the_scenario_under_its_name():
    assert plays_beside(Path("a/b.yaml")) == Path("a/plays/b.yaml")
