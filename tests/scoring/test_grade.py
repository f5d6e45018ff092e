"""The rubric, by hand calculation (domain.md 9), and its laws."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.scoring.codes import Band, Family, Harm, MarkKind, Move, RecognitionKind, Strain, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.grade import grade
from roleplay.scoring.grading import Grade
from roleplay.scoring.situation import Situation

S, H = Strategy, Harm
K = RecognitionKind
CUSTODY = Situation(
    strain=Strain.FRESH,
    family=Family.CONFRONTATION,
    about="bond",
    type="B",
    struggle="relatedness",
    trust=4,
    intensity=3,
    stage="confrontation.marker",
    lapse="Took notes during the custody letter.",
)
"""The stimulus of the anchor replies in domain.md 9.3."""
CALM = Situation(strain=Strain.NONE, family=Family.NONE)


def coding(*codes: Strategy | Harm, **ratings: Any) -> Coding:
    shared = ratings.pop("shared", False)
    ratings.setdefault("contact", 2)
    return Coding(codes=tuple(Found(code=each, start=0, end=5, shared=shared) for each in codes), **ratings)


def codes_of(given: Grade) -> list[Harm]:
    return [harm.code for harm in given.harms]


def test_the_strong_anchor() -> None:
    # Quality 4, directness 4, fit 4 (owning, early confrontation: 2), empathy 4, ownership 4, stance 2, economy 4.
    # .20*4 + .10*4 + .15*4 + .15*4 + .10*4 + .10*2 + .05*4 = 3.2; weights .85; 25 * 3.2 / .85 = 94.1
    given = grade(
        coding(
            S.OWN,
            S.INVITE,
            S.ATTEND,
            recognition=4,
            kind=K.EXPLICIT,
            quality=4,
            empathy=4,
            ownership=4,
            stance=2,
            economy=4,
        ),
        CUSTODY,
    )

    assert given.repair_score == pytest.approx(80 / 0.85)
    assert (given.band, given.recognition_score) == (Band.STRONG, 100.0)


def test_the_solid_anchor() -> None:
    # 3, 4, 4, empathy 3, ownership 1 (a live lapse and nothing said of it), stance 2, economy 4:
    # .6 + .4 + .6 + .45 + .1 + .2 + .2 = 2.55; 25 * 2.55 / .85 = 75
    given = grade(
        coding(S.ATTEND, S.INVITE, recognition=3, kind=K.IMPLICIT, quality=3, empathy=3, stance=2, economy=4), CUSTODY
    )

    assert given.repair_score == pytest.approx(75.0)
    assert given.band is Band.SOLID


def test_the_emerging_anchor() -> None:
    # A change about a bond rupture, early: matrix 0, fit 2. .4 + .4 + .3 + .3 + .1 + .2 + .2 = 1.9; 25 * 1.9 / .85
    given = grade(
        coding(S.CHANGE, shared=True, recognition=3, kind=K.IMPLICIT, quality=2, empathy=2, stance=2, economy=4),
        CUSTODY,
    )

    assert given.repair_score == pytest.approx(47.5 / 0.85)
    assert given.band is Band.EMERGING


def test_the_not_yet_anchor() -> None:
    # 0, 0, fit 0 (defending fights relatedness), 1, 0, 1, 4: .15 + .1 + .2 = .45; 25 * .45 / .85; less 5 for mild harm
    given = grade(
        coding(
            H.FALSE_EMPATHY, H.DEFENSIVENESS, recognition=1, kind=K.GENERIC, empathy=1, ownership=0, stance=1, economy=4
        ),
        CUSTODY,
    )

    assert given.repair_score == pytest.approx(11.25 / 0.85 - 5)
    assert given.band is Band.NOT_YET


def test_the_harmful_anchor() -> None:
    given = grade(
        coding(
            S.LINK_OUTSIDE,
            H.COUNTER_INTERPRETATION,
            recognition=2,
            kind=K.MISATTRIBUTED,
            quality=2,
            empathy=0,
            stance=0,
            economy=4,
        ),
        CUSTODY,
    )

    assert (given.band, given.recognition) == (Band.HARMFUL, 1)
    assert given.repair_score is not None
    assert given.repair_score <= 25


@pytest.mark.parametrize(
    ("harm", "most"), [(H.DEFENSIVENESS, 60.0), (H.OVER_APOLOGY, 60.0), (H.HOSTILITY, 25.0), (H.CONTROL, 25.0)]
)
def test_severity_caps_the_repair_score(harm: Harm, most: float) -> None:
    perfect = {"recognition": 4, "quality": 4, "empathy": 4, "ownership": 4, "stance": 4, "economy": 4}

    given = grade(coding(S.OWN, harm, **perfect), CUSTODY)

    assert given.repair_score == most
    assert given.caps


def test_mild_harms_take_five_points_each() -> None:
    fine = {"recognition": 4, "quality": 4, "empathy": 4, "ownership": 4, "stance": 4, "economy": 4}
    without = grade(coding(S.OWN, **fine), CUSTODY)

    mild = grade(coding(S.OWN, H.ADVICE, H.FALSE_EMPATHY, **fine), CUSTODY)

    assert without.repair_score == pytest.approx(100.0)
    assert mild.repair_score == pytest.approx(90.0)


@pytest.mark.parametrize(
    ("change", "severity"),
    [({}, 1), ({"tension": 6.0}, 2), ({"tension": 5.9}, 1), ({"intensity": 4}, 2), ({"intensity": 3}, 1)],
)
def test_a_range_of_severity_is_settled_by_heat(change: dict[str, Any], severity: int) -> None:
    given = grade(coding(H.ADVICE), CUSTODY.model_copy(update=change))

    assert given.harms[0].severity == severity


@pytest.mark.parametrize(("intensity", "severity"), [(2, 1), (3, 2), (None, 1)])
def test_passing_over_a_fresh_strain_is_ignoring(intensity: int | None, severity: int) -> None:
    given = grade(coding(contact=0), CUSTODY.model_copy(update={"intensity": intensity}))

    assert [(harm.code, harm.severity) for harm in given.harms] == [(H.IGNORING, severity)]
    assert given.moves == (Move.MISS,)
    assert given.band is Band.NOT_YET


@pytest.mark.parametrize("strain", [Strain.OPEN, Strain.NONE])
def test_ignoring_needs_a_fresh_strain(strain: Strain) -> None:
    assert codes_of(grade(coding(contact=0), CUSTODY.model_copy(update={"strain": strain}))) == []


@pytest.mark.parametrize(
    "reply",
    [
        coding(recognition=1, kind=K.GENERIC),
        coding(S.HOLD, silence=True),
        coding(described=True),
        coding(H.ADVICE),
        coding(S.ANSWER),
        Coding(abstained=True, because="Not English."),
    ],
)
def test_a_check_a_silence_an_answer_or_a_description_is_not_ignoring(reply: Coding) -> None:
    assert H.IGNORING not in codes_of(grade(reply, CUSTODY))


@pytest.mark.parametrize(
    ("shown", "harms", "kind", "level"),
    [
        (0, (), K.NONE, 4),
        (1, (), K.GENERIC, 4),
        (2, (), K.EXPLICIT, 2),
        (3, (), K.EXPLICIT, 2),
        (3, (), K.IMPLICIT, 4),
        (4, (), K.EXPLICIT, 0),
        (1, (H.PRESSING,), K.NONE, 0),
        (1, (H.MIND_READING,), K.NONE, 0),
        (1, (), K.MISATTRIBUTED, 0),
    ],
)
def test_recognition_is_reversed_where_there_is_nothing_to_find(
    shown: int, harms: tuple[Harm, ...], kind: RecognitionKind, level: int
) -> None:
    given = grade(coding(*harms, recognition=shown, kind=kind), CALM)

    assert (given.recognition, given.kind, given.repair_score) == (level, kind, None)
    assert ("false_alarm" in given.notes) is (level < 4)


@pytest.mark.parametrize(
    ("contact", "band", "limited"),
    # Recognition 4 is 100 points; going on without taking up what was said has 81 at most, and strong begins at 82.
    [(4, Band.STRONG, False), (3, Band.STRONG, False), (2, Band.SOLID, True), (0, Band.SOLID, True)],
)
def test_a_calm_turn_is_banded_by_recognition_and_strong_takes_up_what_was_said(
    contact: int, band: Band, *, limited: bool
) -> None:
    given = grade(coding(S.ALTERNATIVES, recognition=1, contact=contact), CALM)

    assert (given.band, given.recognition_score, given.repair_score) == (band, 100.0, None)
    assert any("without taking up" in cap for cap in given.caps) is limited


def test_a_false_alarm_on_a_calm_turn_is_emerging_and_an_insisted_one_not_yet() -> None:
    # Levels 2 and 0 of the reversed scale: 50 and 0 points; 30 and 62 are the cuts.
    assert grade(coding(recognition=3, kind=K.EXPLICIT, contact=4), CALM).band is Band.EMERGING
    assert grade(coding(recognition=4, kind=K.EXPLICIT, contact=4), CALM).band is Band.NOT_YET


def test_a_silence_on_a_calm_turn_needs_no_words_to_be_strong() -> None:
    assert grade(coding(S.HOLD, silence=True, contact=0), CALM).band is Band.STRONG


@pytest.mark.parametrize("harm", [H.ADVICE, H.REASSURANCE, H.TOPIC_CHANGE, H.OVER_APOLOGY])
def test_any_harm_on_a_calm_turn_disturbs(harm: Harm) -> None:
    # Whatever its severity below 3: 29 points at most, and emerging begins at 30.
    given = grade(coding(S.ATTEND, harm, contact=4), CALM)

    assert (given.band, given.recognition) == (Band.NOT_YET, 4)


def test_a_severe_harm_on_a_calm_turn_is_harmful() -> None:
    assert grade(coding(H.HOSTILITY, contact=4), CALM.model_copy(update={"tension": 8.0})).band is Band.HARMFUL


@pytest.mark.parametrize("shown", [0, 2, 3, 4])
def test_asking_about_safety_at_a_risk_cue_is_no_false_alarm_on_a_calm_turn(shown: int) -> None:
    risk = CALM.model_copy(update={"risk": True})
    asked = grade(coding(S.SAFETY, recognition=shown, kind=K.EXPLICIT, contact=3), risk)

    assert (asked.recognition, asked.band, asked.notes) == (4, Band.STRONG, ())


def test_asking_about_safety_without_a_risk_cue_is_judged_as_any_other_alarm() -> None:
    assert grade(coding(S.SAFETY, recognition=4, kind=K.EXPLICIT, contact=3), CALM).recognition == 0


def test_the_limits_of_calm_turns_hold_on_no_other() -> None:
    # .20*4 + .10*4 (recognition, directly) + .15*4 fit + .15*4 + .10*1 (a lapse passed over) + .10*4 + .05*4 = 3.1
    # of .85: 91.2, strong with contact 2.
    strained = grade(
        coding(S.ATTEND, recognition=4, kind=K.EXPLICIT, quality=4, empathy=4, stance=4, economy=4, contact=2), CUSTODY
    )

    assert strained.repair_score == pytest.approx(77.5 / 0.85)
    assert strained.band is Band.STRONG


@pytest.mark.parametrize(
    ("mark", "kind", "points"),
    [
        ("withdrawal", "withdrawal", 4),
        ("hidden", "withdrawal", 4),
        ("withdrawal", "hidden", 4),
        ("withdrawal", "mixed", 3),
        ("confrontation", "mixed", 3),
        ("confrontation", "withdrawal", 1),
        (None, "withdrawal", None),
        ("withdrawal", None, None),
    ],
)
def test_a_mark_is_judged_at_the_grain_asked(mark: str | None, kind: str | None, points: int | None) -> None:
    moment = CUSTODY.model_copy(update={"mark": mark and MarkKind(mark), "kind": kind and MarkKind(kind)})

    assert grade(coding(S.ATTEND), moment).dimensions["kind"] == points


def test_recognition_weighs_the_mark_at_thirty_five_per_cent() -> None:
    moment = CUSTODY.model_copy(update={"mark": MarkKind.WITHDRAWAL, "kind": MarkKind.CONFRONTATION})

    # 25 * (.65 * 4 + .35 * 1) = 73.75
    assert grade(coding(S.OWN, recognition=4), moment).recognition_score == pytest.approx(73.75)


def test_passing_over_a_risk_cue_is_zero_whatever_else_is_there() -> None:
    risk = CUSTODY.model_copy(update={"risk": True})

    given = grade(coding(S.OWN, S.ATTEND, recognition=4, quality=4, empathy=4, ownership=4, stance=4, economy=4), risk)

    assert (given.repair_score, given.band) == (0.0, Band.HARMFUL)
    assert given.moves == (Move.UNSAFE,)


def test_asking_about_safety_is_never_marked_down_for_leaving_the_repair() -> None:
    risk = CUSTODY.model_copy(update={"risk": True})

    given = grade(coding(S.SAFETY, recognition=4, contact=1, quality=1, empathy=0, stance=0, economy=2), risk)

    assert given.band is Band.SOLID
    assert given.moves == (Move.ASK_SAFETY,)


def test_the_best_move_decides_the_stage_points() -> None:
    moment = CUSTODY.model_copy(update={"stage_fit": {Move.OWN: 4, Move.ATTEND: 3}})

    assert grade(coding(S.ATTEND), moment).dimensions["stage"] == 3
    assert grade(coding(S.ATTEND, S.OWN), moment).dimensions["stage"] == 4
    assert grade(coding(S.ATTEND), CUSTODY).dimensions["stage"] is None


def test_a_pattern_in_the_first_response_costs_five_points_and_is_noted() -> None:
    opened = CUSTODY.model_copy(update={"depth": "explored", "strain": Strain.OPEN})

    assert "premature_pattern" in grade(coding(S.LINK_DYAD), CUSTODY).notes
    assert "premature_pattern" not in grade(coding(S.LINK_DYAD), opened).notes


def test_a_pattern_at_once_with_blame_is_a_counter_attack() -> None:
    given = grade(coding(S.LINK_DYAD, H.LABELLING), CUSTODY)

    assert H.COUNTER_INTERPRETATION in codes_of(given)
    assert given.band is Band.HARMFUL


def test_the_same_form_again_is_emerging_at_best() -> None:
    again = CUSTODY.model_copy(update={"repeats": 1})

    given = grade(coding(S.OWN, recognition=4, quality=4, empathy=4, ownership=4, stance=4, economy=4), again)

    assert (given.band, given.best_fit) == (Band.EMERGING, 1)
    assert "repeated_form" in given.notes


def test_a_token_is_not_yet_a_repair() -> None:
    assert (
        grade(coding(S.ATTEND, contact=1, recognition=1, quality=1, empathy=1, stance=1, economy=4), CUSTODY).band
        is Band.NOT_YET
    )


def test_more_than_three_strategies_are_crowded() -> None:
    assert "crowded" not in grade(coding(S.OWN, S.INVITE, S.ATTEND), CUSTODY).notes
    assert "crowded" in grade(coding(S.OWN, S.INVITE, S.ATTEND, S.CHANGE), CUSTODY).notes


def test_a_described_reply_has_quality_two_at_most() -> None:
    given = grade(coding(S.OWN, quality=4, described=True), CUSTODY)

    assert given.dimensions["quality"] == 2
    assert "described" in given.notes


def test_what_could_not_be_read_is_graded_as_nothing() -> None:
    given = grade(Coding(abstained=True, because="Not English."), CUSTODY)

    assert (given.band, given.moves, given.recognition, given.kind) == (None, (), 0, K.NONE)
    assert (given.recognition_score, given.repair_score) == (None, None)
    assert set(given.dimensions.values()) == {None}


def test_ownership_is_asked_for_only_where_something_could_be_owned() -> None:
    blameless = CUSTODY.model_copy(update={"lapse": None})

    assert grade(coding(S.ATTEND), CUSTODY).dimensions["ownership"] == 1
    assert grade(coding(S.ATTEND), blameless).dimensions["ownership"] is None


def test_plain_speech_late_is_as_good_as_tentative_speech() -> None:
    late = CUSTODY.model_copy(update={"stage": "confrontation.hurt", "depth": "explored", "strain": Strain.OPEN})

    assert grade(coding(S.ATTEND, stance=1, economy=4), late).dimensions["stance"] == 4
    assert grade(coding(S.ATTEND, stance=1, economy=4), CUSTODY).dimensions["stance"] == 1


SCALES = st.none() | st.integers(0, 4)
CODINGS = st.builds(
    Coding,
    codes=st.lists(
        st.builds(
            Found,
            code=st.sampled_from([*Strategy, *Harm]),
            start=st.integers(0, 9),
            end=st.integers(9, 20),
            shared=st.booleans(),
        ),
        max_size=6,
    ).map(tuple),
    recognition=st.integers(0, 4),
    kind=st.sampled_from(RecognitionKind),
    contact=st.integers(0, 4),
    quality=SCALES,
    empathy=SCALES,
    ownership=SCALES,
    stance=SCALES,
    economy=SCALES,
    described=st.booleans(),
    abstained=st.booleans(),
)
SITUATIONS = st.builds(
    Situation,
    strain=st.sampled_from(Strain),
    family=st.sampled_from(Family),
    depth=st.sampled_from(["early", "explored"]),
    about=st.sampled_from([None, "task", "goal", "bond", "frame"]),
    type=st.sampled_from([None, "A", "B", "C", "none"]),
    struggle=st.sampled_from([None, "self_definition", "relatedness", "mixed"]),
    tension=st.none() | st.floats(0, 10),
    intensity=st.none() | st.integers(1, 5),
    lapse=st.sampled_from([None, "Took notes."]),
    indirect=st.sampled_from([None, True, False]),
    risk=st.booleans(),
    repeats=st.integers(0, 3),
    stage=st.sampled_from([None, "withdrawal.marker", "confrontation.vulnerability"]),
)


@given(CODINGS, SITUATIONS)
def test_any_coding_can_be_graded_in_any_situation(reply: Coding, moment: Situation) -> None:
    given = grade(reply, moment)

    for score in (given.recognition_score, given.repair_score):
        assert score is None or 0 <= score <= 100
    assert all(value is None or 0 <= value <= 4 for value in given.dimensions.values())
    assert (given.band is None) == (given.moves == ()) == reply.abstained
    assert (given.repair_score is None) == (reply.abstained or moment.strain is Strain.NONE)


@given(CODINGS, SITUATIONS)
def test_severe_harm_beside_a_repair_shows_only_harm(reply: Coding, moment: Situation) -> None:
    given = grade(reply, moment)
    harmful = {Move.MISS, Move.SOOTHE, Move.PRESS, Move.DEFEND, Move.ADVISE, Move.ATTACK, Move.UNSAFE}

    if given.severity >= 2:
        assert set(given.moves) <= harmful
    if given.severity == 3:
        assert given.band is Band.HARMFUL


def test_the_same_form_a_third_time_is_not_yet() -> None:
    again = CUSTODY.model_copy(update={"repeats": 2})

    given = grade(coding(S.OWN, recognition=4, quality=4, empathy=4, ownership=4, stance=4, economy=4), again)

    assert given.band is Band.NOT_YET
