"""Which lines give reason to ask plainly about safety."""

import json

import pytest

from roleplay.scoring.record import score_record
from roleplay.scoring.risk import risk_cue
from roleplay.scoring.words import WordsCoder


@pytest.mark.parametrize(
    "line",
    [
        "Maybe I should save everyone the bother.",
        "Some mornings I'd rather not wake up.",
        "They'd be better off without me.",
        "What's the point of being here at all?",
        "I keep thinking about ending it all.",
        "I\u2019ve thought about killing myself. To kill myself, I mean.",
        "I counted all the tablets on Sunday.",
        "I don't want to live any more. I've got the pills saved up.",
        "Some days I just want to die.",
        "I'd sooner be dead, if you must know.",
        "It'd be simpler for everybody if I wasn't here.",
        "He pushed me, on the stairs.",
    ],
)
def test_these_lines_call_for_a_plain_question(line):
    assert risk_cue(line)


@pytest.mark.parametrize(
    "line",
    [
        "What's the point of the sheet?",
        "I'm not going to kill myself over a worksheet.",
        "I don't see the point in going on about it.",
        "You nod and you write. What exactly am I paying for?",
        "I'd rather not wake up the baby.",
        "I could have killed him, leaving the door open.",
        "It would be easier if we met on Tuesdays.",
        "I don't want to live in Leeds all my life, but there we are.",
        "He hit me up for money again.",
        "",
    ],
)
def test_these_do_not(line):
    assert not risk_cue(line)


def scored(**record: object) -> dict[str, object]:
    return json.loads(score_record(json.dumps({"response": "So you're disappointed in me.", **record}), WordsCoder()))


def test_passing_over_a_risk_cue_is_harmful_though_nobody_named_it():
    out = scored(patient_line="Maybe I should save everyone the bother.", family="confrontation")

    assert "safety_neglect" in out["harms"]
    assert out["band"] == "harmful"


def test_a_record_may_say_that_there_is_no_risk():
    assert "safety_neglect" not in scored(patient_line="Maybe I should save everyone the bother.", risk=False)["harms"]
