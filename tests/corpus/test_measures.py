"""The figures of the report, by hand, over replies judged here."""

from typing import Any

import pytest

from corpus.evaluate.judged import Judged, one, severe
from corpus.evaluate.measures import (
    HEADLINES,
    Counts,
    abstained,
    band_kappa,
    code_counts,
    contact_kappa,
    counts,
    false_alarms,
    good_called_harmful,
    harmful_called_good,
    macro_codes,
    macro_moves,
    mean,
    micro_codes,
    recognition_kappa,
    severe_counts,
    share,
    strained_recognition_kappa,
)
from corpus.evaluate.tables import bands, by_code, grouped, headlines, length_of, reliability
from roleplay.scoring.codes import Band, Harm, Move, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding, Found, Heard
from roleplay.scoring.grading import Grade, HarmGraded


def graded(recognition: int = 0, band: str | None = None, moves: str = "", severities: tuple[int, ...] = ()) -> Grade:
    return Grade(
        recognition=recognition,
        kind=RecognitionKind.NONE,
        dimensions={},
        recognition_score=None,
        repair_score=None,
        band=None if band is None else Band(band),
        moves=tuple(Move(each) for each in moves.split()),
        harms=tuple(HarmGraded(code=Harm.HOSTILITY, severity=each, start=0, end=1) for each in severities),
    )


@pytest.fixture
def judge(rate):
    """A reply read by the program (`ours`) and by people (`theirs`); what is not said is alike in both."""

    def made(
        ours: str = "", theirs: str = "", *, band: tuple[str | None, str] = ("not_yet", "not_yet"),
        recognition: tuple[int, int] = (0, 0), contact: tuple[int, int] = (1, 1), moves: tuple[str, str] = ("", ""),
        severity: tuple[tuple[int, ...], tuple[int, ...]] = ((), ()), strain: str = "fresh", response: str = "Okay.",
    ) -> Judged:  # fmt: skip
        strategies = set(map(str, Strategy))
        codes = [Strategy(each) if each in strategies else Harm(each) for each in ours.split()]
        return Judged(
            record={"moment": "m1", "strain": strain, "response": response},
            people=rate(
                strategies=[each for each in theirs.split() if each in strategies],
                harms=[each for each in theirs.split() if each not in strategies],
                band=band[1],
                contact=contact[1],
            ),
            people_graded=graded(recognition[1], None, moves[1], severity[1]),
            coding=Coding(
                codes=tuple(Found(code=code, start=0, end=1) for code in codes),
                contact=contact[0],
                abstained=band[0] is None,
            ),
            graded=graded(recognition[0], band[0], moves[0], severity[0]),
        )

    return made


def test_pairs_are_counted_by_who_said_yes():
    found = counts([(True, True), (True, True), (True, False), (False, True), (False, True), (False, False)])

    assert found == Counts(both=2, ours=1, theirs=2)
    # 2 of 3, 2 of 4, and 2 * 2 / (2 * 2 + 1 + 2).
    assert (found.precision, found.recall, found.f1) == (pytest.approx(2 / 3), 0.5, pytest.approx(4 / 7))


def test_where_nobody_said_yes_there_is_no_figure():
    assert (Counts(0, 0, 3).precision, Counts(0, 3, 0).recall, Counts(0, 0, 0).f1) == (None, None, None)


def test_codes_are_counted_over_replies_and_situational_harms_are_no_codes(judge):
    found = [judge("hold advice", "hold ignoring"), judge("", "hold"), judge("hold", "safety_neglect")]

    assert code_counts(found, "hold") == Counts(both=1, ours=1, theirs=1)
    assert code_counts(found, "ignoring") == Counts(0, 0, 0)
    # hold 2 / 4, advice 0 / 1: macro the mean of both, micro 2 * 1 / (2 + 2 + 1).
    assert macro_codes(found) == pytest.approx(0.25)
    assert micro_codes(found) == pytest.approx(0.4)


def test_moves_are_compared_as_the_rubric_makes_them(judge):
    found = [judge(moves=("own hold", "own")), judge(moves=("", "own"))]

    # own: both 1, people alone 1: 2/3. hold: the program alone: 0. No other move was made.
    assert macro_moves(found) == pytest.approx(1 / 3)


def test_bands_are_compared_where_the_program_could_read(judge):
    found = [
        judge(band=("harmful", "harmful")),
        judge(band=("strong", "strong")),
        judge(band=("strong", "solid")),
        judge(band=(None, "solid")),
    ]

    # Of three: squared distances 0 0 1, mean 1/3. Ours 0 4 4, theirs 0 4 3: by chance 0 + 16 + 9 + 2 * (16 + 0 + 1)
    # = 59 of 9. kappa = 1 - (1/3) / (59/9)
    assert band_kappa(found) == pytest.approx(1 - 3 / 59)


def test_recognition_is_compared_as_graded_and_without_what_was_not_read(judge):
    found = [
        judge(recognition=(0, 0), strain="none"),
        judge(recognition=(4, 4)),
        judge(recognition=(4, 0)),
        judge(recognition=(0, 4), band=(None, "solid")),
    ]

    # Three: 0 0 16, mean 16/3; ours 0 4 4, theirs 0 4 0: (0,4) once, (4,0) four times: 5 * 16 / 9.
    assert recognition_kappa(found) == pytest.approx(1 - (16 / 3) / (80 / 9))
    # In a strain: ours 4 4, theirs 4 0: mean 8, by chance 2 * 16 / 4.
    assert strained_recognition_kappa(found) == pytest.approx(0.0)


def test_contact_is_compared_with_what_people_rated(judge):
    found = [judge(contact=(0, 0)), judge(contact=(4, 4)), judge(contact=(0, 4), band=(None, "solid"))]

    assert contact_kappa(found) == 1.0


def test_false_alarms_are_counted_where_people_saw_none(judge):
    calm = {"strain": "none"}
    found = [
        judge(recognition=(2, 4), **calm),
        judge(recognition=(4, 4), **calm),
        judge(recognition=(4, 4), **calm),
        judge(recognition=(0, 4), band=(None, "solid"), **calm),
        judge(recognition=(0, 2), **calm),
        judge(recognition=(0, 4)),
    ]

    # Of four calm turns without an alarm by people one has one by the program; what was not read alarms nobody.
    assert false_alarms(found) == 0.25


def test_severe_harm_is_found_or_missed_by_the_reply(judge):
    found = [judge(severity=((3, 1), (3,))), judge(severity=((2,), (3,))), judge(severity=((3,), (2,))), judge()]

    assert severe_counts(found) == Counts(both=1, ours=1, theirs=1)
    assert severe(found[1].graded) == frozenset()
    assert severe(found[1].people_graded) == {Harm.HOSTILITY}


def test_the_worst_mistakes_are_shares_of_what_people_called_good_and_harmful(judge):
    pairs = [
        ("harmful", "solid"), ("strong", "strong"), ("solid", "harmful"), ("harmful", "harmful"),
        ("not_yet", "harmful"), (None, "strong"), ("harmful", "emerging"),
    ]  # fmt: skip
    found = [judge(band=pair) for pair in pairs]

    assert good_called_harmful(found) == pytest.approx(1 / 3)
    assert harmful_called_good(found) == pytest.approx(1 / 3)
    assert abstained(found) == pytest.approx(1 / 7)


def test_no_figure_stands_for_nothing():
    assert {name: figure([]) for name, (figure, _) in HEADLINES.items()} == dict.fromkeys(HEADLINES)
    assert (share([]), mean([]), mean([None]), mean([None, 0.5])) == (None, None, None, 0.5)


def test_a_reply_that_both_read_alike_is_graded_alike(rate):
    """Through `one`: the record, a person's coding, and a coder that answers just that."""
    said = "I set that sheet again."
    people = rate(strategies=["own_contribution"], recognition=4, kind="explicit", contact=3, band="solid")
    record: dict[str, Any] = {"moment": "m1", "response": said, "patient_line": "It's fine.", "family": "withdrawal",
                              "strain": "fresh"}  # fmt: skip

    def coder(reply: str, heard: Heard) -> Coding:
        assert (reply, heard.line) == (said, "It's fine.")
        code = Found(code=Strategy.OWN, start=0, end=999)
        return Coding(codes=(code,), recognition=4, kind=RecognitionKind.EXPLICIT, contact=3, empathy=0, stance=1)

    each = one(record, people, coder)

    assert each.codes == {"own_contribution"}
    assert each.coding.codes[0].end == len(said)
    assert (each.moment, each.calm, each.band) == ("m1", False, Band.SOLID)
    assert each.graded == each.people_graded


def test_the_table_of_bands_counts_what_was_not_judged_apart(judge):
    rows = [*bands([judge(band=("solid", "strong")), judge(band=("solid", "strong")), judge(band=(None, "strong"))])]

    assert rows[-1] == "| strong | 0 | 0 | 0 | 2 | 0 | 1 |"


@pytest.mark.parametrize(
    ("words", "group"), [(1, "01 to 8"), (8, "01 to 8"), (9, "09 to 20"), (80, "41 to 80"), (81, "81 words and more")]
)
def test_a_reply_is_grouped_by_its_words(judge, words: int, group: str):
    assert length_of(judge(response="word " * words)).startswith(group)


def test_few_calm_turns_give_no_share_of_false_alarms(judge):
    calm = [judge(recognition=(2, 4), strain="none")] * 19

    few, enough = ([*grouped(found, "all", lambda each: "all")][-1] for found in (calm, [*calm, calm[0]]))

    assert few.endswith(" – |")
    assert enough.endswith(" 1.00 |")


def test_an_interval_that_is_one_point_is_not_shown(judge):
    rows = [*by_code([judge("hold", "hold")])]

    assert "| hold | 1 | 1 | 1.00 | 1.00 | 1.00 | – |" in rows


def test_only_the_readers_that_are_named_get_an_interval(judge):
    found = [judge("hold", "hold")]

    rows = [*headlines({"one": found, "other": found}, {"other"})]

    assert any(row.startswith("| codes, macro F1 |") and row.endswith("| 1.00 | 1.00 (1.00 to 1.00) |") for row in rows)


def test_calibration_is_the_mean_distance_of_confidence_from_what_people_gave():
    # .2 to .3: mean .25, half of two given: .25 off. .9 to 1: .95 and 1.0, both given: .025 off. (2*.25 + 2*.025) / 4
    rows = [*reliability([(0.25, True), (0.25, False), (0.95, True), (1.0, True)])]

    assert "| 0.20 to 0.30 | 2 | 0.25 | 0.50 |" in rows
    assert any("error: 0.138 over 4" in row or "error: 0.137 over 4" in row for row in rows)
