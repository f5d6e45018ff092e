"""Every shipped play: say this, and the patient must be there."""

from pathlib import Path

import pytest

from roleplay.engine.plays import AuthorPlay, plays_in, run
from roleplay.scenarios.model import Scenario

PLAYS = Path(__file__).parent.parent / "scenarios" / "plays"
ALL = [(path.stem, play) for path in sorted(PLAYS.glob("*.yaml")) for play in plays_in(path)]


@pytest.mark.parametrize(("name", "play"), ALL, ids=[f"{name}: {play.play}" for name, play in ALL])
def test_play(patients: dict[str, Scenario], name: str, play: AuthorPlay):
    for step in run(patients[name], play):
        assert step.as_written, f"turn {step.number}: written {step.turn.then}, reached {step.reached}"


@pytest.mark.parametrize("name", ["good-student", "what-am-i-paying-for", "how-many-left", "enough-now"])
def test_every_patient_has_at_least_six_plays(name: str):
    assert sum(owner == name for owner, _ in ALL) >= 6
