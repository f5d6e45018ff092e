"""From numbers to a coding, with numbers made by hand."""

from collections.abc import Mapping, Sequence
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.scoring.codes import RENEGOTIATION, SITUATIONAL_HARMS, Harm, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding
from roleplay.scoring.learned.decoding import (
    Answers,
    Judgement,
    clause,
    decoded,
    level,
    probabilities,
    probability,
    shares,
    words_of,
)
from roleplay.scoring.learned.layout import ANSWERS, CODES, SCALES

S, H = Strategy, Harm
NO, YES = -20.0, 20.0
REPLY = "Sorry, I set that sheet again without asking. What was it like?"


def answers(
    given: Mapping[Strategy | Harm, float] = {},
    scales: Mapping[str, Sequence[float]] = {},
    *,
    shared: float = NO,
    described: float = NO,
    tokens: Sequence[tuple[int, int, Mapping[Strategy | Harm, float]]] = (),
) -> Answers:
    """Numbers that say no to everything but what is named; a scale is the probability of each of its classes."""
    whole = [given.get(code, NO) for code in CODES]
    for name, size in SCALES.items():
        whole += [log(share) if share else -60.0 for share in scales.get(name, [1.0, *[0.0] * (size - 1)])]
    rows = [[said.get(code, NO) for code in CODES] for _, _, said in tokens]
    return Answers([*whole, shared, described], rows, [(start, end) for start, end, _ in tokens])


def logit(chance: float) -> float:
    return log(chance / (1 - chance))


def only(coding: Coding) -> tuple[str, str, float]:
    (found,) = coding.codes
    return str(found.code), REPLY[found.start : found.end], found.confidence


def test_the_answer_has_a_number_for_every_code_class_and_flag():
    # 21 strategies and 20 harms without the two that only the moment shows; 5 + 5 + 5 + 6 + 6 + 6 + 5 classes; 2 flags.
    assert (len(CODES), ANSWERS) == (39, 79)
    assert not SITUATIONAL_HARMS & set(CODES)
    assert len(answers().whole) == ANSWERS


def test_nothing_is_given_where_nothing_is_likely():
    coding = decoded(REPLY, answers(), Judgement())

    assert coding.codes == ()
    assert (coding.recognition, coding.contact, coding.quality, coding.described) == (0, 0, None, False)


def sure_of(place: int) -> list[float]:
    """The classes of a scale of five with hardly any doubt."""
    return [0.96 if n == place else 0.01 for n in range(5)]


@pytest.mark.parametrize(
    ("level", "kind", "read"),
    [
        (0, RecognitionKind.EXPLICIT, (0, RecognitionKind.NONE)),
        (1, RecognitionKind.NONE, (0, RecognitionKind.NONE)),
        (1, RecognitionKind.MISATTRIBUTED, (1, RecognitionKind.MISATTRIBUTED)),
        (1, RecognitionKind.EXPLICIT, (1, RecognitionKind.GENERIC)),
        (2, RecognitionKind.NONE, (2, RecognitionKind.EXPLICIT)),
        (3, RecognitionKind.IMPLICIT, (3, RecognitionKind.IMPLICIT)),
        (0, RecognitionKind.MISATTRIBUTED, (0, RecognitionKind.NONE)),
        (2, RecognitionKind.MISATTRIBUTED, (1, RecognitionKind.MISATTRIBUTED)),
        (4, RecognitionKind.MISATTRIBUTED, (1, RecognitionKind.MISATTRIBUTED)),
    ],
)
def test_the_level_of_recognition_and_its_kind_go_together(
    level: int, kind: RecognitionKind, read: tuple[int, RecognitionKind]
):
    said = answers(scales={"recognition": sure_of(level), "kind": sure_of(list(RecognitionKind).index(kind))})
    coding = decoded(REPLY, said, Judgement())

    assert (coding.recognition, coding.kind) == read


@pytest.mark.parametrize(("chance", "found"), [(0.71, True), (0.69, False)])
def test_a_code_is_given_from_its_own_threshold_on(chance: float, *, found: bool):
    coding = decoded(REPLY, answers({S.OWN: logit(chance)}), Judgement({"own_contribution": 0.7}))

    assert bool(coding.codes) is found


def test_a_code_without_a_threshold_is_given_from_one_half_on():
    assert decoded(REPLY, answers({S.OWN: 0.0}), Judgement()).strategies == (S.OWN,)
    assert decoded(REPLY, answers({S.OWN: -0.01}), Judgement()).strategies == ()


def test_slope_and_the_codes_own_offset_make_the_probability():
    # 0.5 * 4 - 2 = 0, whose logistic is 1/2; without an offset 0.5 * 4 = 2.
    likely = probabilities(answers({H.ADVICE: 4.0, H.CONTROL: 4.0}), Judgement(slope=0.5, offsets={"advice": -2.0}))

    assert likely["advice"] == pytest.approx(0.5)
    assert likely["control"] == pytest.approx(0.8808, abs=1e-4)


def test_the_confidence_is_the_probability_with_two_decimals():
    coding = decoded(REPLY, answers({S.OWN: logit(0.8149)}), Judgement())

    assert only(coding)[2] == 0.81


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_probabilities_keep_the_order_of_the_numbers_and_stay_between_none_and_all(one: float, other: float):
    low, high = sorted((one, other))

    assert 0.0 < probability(low) <= probability(high) < 1.0


def test_a_level_is_the_expected_one_and_not_the_likeliest():
    # .6 of level 0 and .4 of level 4: 1.6, so 2, though 0 is the likeliest.
    assert level(answers(scales={"contact": [0.6, 0, 0, 0, 0.4]}), "contact") == 2


@pytest.mark.parametrize(("upper", "rounded"), [(0.49, 2), (0.51, 3)])
def test_a_level_between_two_goes_to_the_nearer(upper: float, rounded: int):
    assert level(answers(scales={"recognition": [0, 0, 1 - upper, upper, 0]}), "recognition") == rounded


def test_not_rated_where_that_is_likelier_than_not():
    assert level(answers(scales={"empathy": [0.51, 0, 0, 0.49, 0, 0]}), "empathy") is None
    # Of six classes the first is "not rated", so that the fourth is level 2.
    assert level(answers(scales={"empathy": [0.49, 0, 0, 0.51, 0, 0]}), "empathy") == 2


def test_the_share_of_not_rated_does_not_lower_the_level():
    # .4 not rated, .3 at level 2, .3 at level 4: of those that rate, the mean is 3. Counting .4 as level 0 gives 1.8.
    assert level(answers(scales={"ownership": [0.4, 0, 0, 0.3, 0, 0.3]}), "ownership") == 3


def test_quality_is_for_strategies_only():
    good = {"quality": [0.0, 0, 0, 0, 1.0, 0]}

    assert decoded(REPLY, answers({S.OWN: YES}, good), Judgement()).quality == 3
    assert decoded(REPLY, answers({H.ADVICE: YES}, good), Judgement()).quality is None


def test_the_kind_is_the_likeliest_at_that_level():
    shown = {"recognition": sure_of(1), "kind": [0.2, 0.1, 0.1, 0.25, 0.35]}

    assert decoded(REPLY, answers(scales=shown), Judgement()).kind is RecognitionKind.MISATTRIBUTED


def test_a_scale_that_nobody_knows_is_an_error():
    with pytest.raises(KeyError, match="warmth"):
        shares(answers(), "warmth")


def test_shared_is_said_of_renegotiation_and_of_nothing_else():
    coding = decoded(REPLY, answers(dict.fromkeys(CODES, YES), shared=YES), Judgement())

    assert {found.code for found in coding.codes if found.shared} == RENEGOTIATION
    assert len(coding.codes) == len(CODES)


def test_renegotiation_is_not_shared_where_the_network_says_no():
    assert not decoded(REPLY, answers({S.CHANGE: YES}), Judgement()).codes[0].shared


@pytest.mark.parametrize(("number", "told"), [(YES, True), (NO, False)])
def test_described_is_its_own_answer(number: float, *, told: bool):
    assert decoded(REPLY, answers(described=number), Judgement()).described is told


# "Sorry" 0-5, "I" 7, "set" 9, "that" 13, "sheet" 18, "again" 24, "without" 30, "asking" 38, "What" 46, "was" 51.
WORDS = [
    (0, 5),
    (5, 6),
    (7, 8),
    (9, 12),
    (13, 17),
    (18, 23),
    (24, 29),
    (30, 37),
    (38, 44),
    (44, 45),
    (46, 50),
    (51, 54),
]


def words(code: Strategy | Harm, chances: Mapping[int, float], share: float = 0.4) -> str:
    """What a code rests on, where only these tokens carry it."""
    tokens = [(*place, {code: logit(chances.get(n, 0.01))}) for n, place in enumerate(WORDS)]
    start, end = words_of(code, REPLY, answers(tokens=tokens), share)
    return REPLY[start:end]


def test_a_code_rests_on_the_run_of_tokens_around_the_strongest():
    # The strongest .9, so from .36 on a token belongs; .3 ends the run, and what is strong beyond it is left.
    assert words(S.OWN, {2: 0.4, 3: 0.9, 4: 0.4, 5: 0.37, 6: 0.3, 7: 0.8}) == "I set that sheet"


def test_a_token_that_is_likelier_than_not_always_belongs():
    # .9 of .95 would be .86, but one half is enough.
    assert words(S.OWN, {3: 0.95, 4: 0.55, 5: 0.55}, share=0.9) == "set that sheet"


def test_blanks_and_stops_around_the_words_are_left_out():
    assert words(S.OWN, {1: 0.9, 2: 0.9, 3: 0.9, 4: 0.9}) == "I set that"
    assert words(S.OWN, {7: 0.9, 8: 0.9, 9: 0.9, 6: 0.9}) == "again without asking"


def test_fewer_than_three_words_are_widened_to_their_clause():
    assert words(S.OWN, {3: 0.9}) == "I set that sheet again without asking"


def test_a_clause_that_is_too_short_takes_the_next():
    # "Sorry" is a clause of one word.
    assert words(S.OWN, {0: 0.9}) == "Sorry, I set that sheet again without asking"


def test_the_last_clause_takes_the_one_before():
    reply = "I set that sheet again. Sorry."

    assert clause(reply, 24, 29) == (0, 29)


def test_without_tokens_a_code_rests_on_the_whole_reply():
    assert only(decoded(REPLY, answers({S.OWN: YES}), Judgement()))[:2] == ("own_contribution", REPLY)


def test_a_reply_of_one_word_rests_on_that_word():
    coding = decoded("Sorry.", answers({S.OWN: YES}, tokens=[(0, 5, {S.OWN: YES}), (5, 6, {})]), Judgement())

    assert [(found.start, found.end) for found in coding.codes] == [(0, 5)]


def test_codes_stand_in_the_order_of_their_words():
    tokens = [(0, 5, {H.OVER_APOLOGY: YES}), *((*place, {S.INVITE: YES}) for place in WORDS[10:])]

    coding = decoded(REPLY, answers({S.INVITE: YES, H.OVER_APOLOGY: YES}, tokens=tokens), Judgement())

    assert [found.code for found in coding.codes] == [H.OVER_APOLOGY, S.INVITE]


PLACED = st.text("ab ,.!?…\n-–)'🙂\u0301\x00", min_size=1, max_size=60).flatmap(
    lambda reply: st.tuples(
        st.just(reply),
        st.lists(st.tuples(st.integers(0, len(reply) - 1), st.integers(1, 8), st.floats(-9, 9)), max_size=12),
    )
)


@given(PLACED)
def test_words_lie_inside_the_reply_and_hold_the_strongest_token(placed: tuple[str, list[tuple[int, int, float]]]):
    reply, drawn = placed
    tokens = [(start, min(start + size, len(reply)), {S.OWN: chance}) for start, size, chance in sorted(drawn)]

    start, end = words_of(S.OWN, reply, answers(tokens=tokens), 0.4)

    assert 0 <= start <= end <= len(reply)
    if tokens:
        first, after, _ = max(tokens, key=lambda token: token[2][S.OWN])
        assert end > start
        bare = reply[first:after].strip(" \t\n\r.,;:…-–—)]}")
        assert bare in reply[start:end]


@given(st.lists(st.floats(-1e5, 1e5), min_size=ANSWERS, max_size=ANSWERS))
def test_any_numbers_give_a_coding_with_every_rating_in_range(whole: list[float]):
    coding = decoded(REPLY, Answers(whole, [], []), Judgement(slope=0.7, offsets={"advice": -0.3}))

    rated = (coding.recognition, coding.contact, coding.quality, coding.empathy, coding.ownership, coding.stance)
    assert all(value is None or 0 <= value <= 4 for value in rated)
    assert (coding.quality is None) >= (not coding.strategies)
    assert coding.inside(REPLY) is coding
