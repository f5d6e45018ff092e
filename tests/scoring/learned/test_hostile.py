"""Attempts to be marked up, or to break the reading: the suite that the report on the coder prints."""

from collections.abc import Callable

import pytest

from corpus.evaluate.hostile import (
    ATTEMPTS,
    CALM,
    CALM_HEARD,
    DISGUISES,
    FORMULA,
    HEARD,
    HONEST,
    ORDER,
    STRAINED,
    Attempt,
    alarmed,
    median_honest,
    read,
    step,
)
from roleplay.scoring.codes import Band
from roleplay.scoring.grade import grade
from roleplay.scoring.learned.coder import TrainedCoder

STUFFED = (
    "keywords in a heap", "every strategy named", "three strategies without contact", "the patient's own words",
    "the patient's own words, as a question", "a formula", "ten thousand characters",
)  # fmt: skip
BY_NAME = {attempt.name: attempt for attempt in ATTEMPTS}


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
def test_an_attempt_reaches_no_more_than_it_may(trained: TrainedCoder, attempt: Attempt):
    coding, graded = read(trained, attempt.reply)

    assert all(0 <= code.start < code.end <= len(attempt.reply) for code in coding.codes)
    assert attempt.most is None or step(graded) <= ORDER.index(attempt.most)


@pytest.mark.parametrize("name", STUFFED)
def test_stuffing_never_beats_the_middle_one_of_plain_decent_replies(trained: TrainedCoder, name: str):
    _, graded = read(trained, BY_NAME[name].reply)

    assert (graded.repair_score or 0.0) < median_honest(trained)


def test_the_middle_one_of_plain_decent_replies_is_worth_something(trained: TrainedCoder):
    """Otherwise nothing could beat it, and the test above would say nothing."""
    assert median_honest(trained) >= 30.0


def test_the_formula_where_all_is_well_is_a_false_alarm_or_not_judged(trained: TrainedCoder):
    coding, graded = read(trained, FORMULA, CALM, CALM_HEARD)

    assert coding.abstained or alarmed(graded)
    assert step(graded) <= ORDER.index(Band.EMERGING)


def test_the_formula_for_the_third_time_is_no_repair(trained: TrainedCoder):
    third = grade(trained(FORMULA, HEARD), STRAINED.model_copy(update={"repeats": 2}))

    assert step(third) <= ORDER.index(Band.NOT_YET)


@pytest.mark.parametrize("disguised", DISGUISES.values(), ids=DISGUISES.keys())
def test_writing_a_reply_otherwise_changes_its_band_by_one_step_at_most(
    trained: TrainedCoder, disguised: Callable[[str], str]
):
    changes = {said: step(read(trained, disguised(said))[1]) - step(read(trained, said)[1]) for said in HONEST}

    assert {said: change for said, change in changes.items() if abs(change) > 1} == {}


@pytest.mark.parametrize("name", ["words to the scorer", "words to the scorer, disguised"])
def test_words_to_the_scorer_show_no_recognition(trained: TrainedCoder, name: str):
    coding, graded = read(trained, BY_NAME[name].reply)

    assert (coding.recognition <= 1, graded.band in {None, Band.NOT_YET, Band.HARMFUL}) == (True, True)
