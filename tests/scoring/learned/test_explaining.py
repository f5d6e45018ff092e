"""Why a code was given and what came near, with numbers made by hand."""

from collections.abc import Mapping, Sequence
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.learned.decoding import Answers, Judgement
from roleplay.scoring.learned.explaining import Near, nearly, reasons
from roleplay.scoring.learned.layout import ANSWERS, CODES

S, H = Strategy, Harm
Chances = Mapping[Strategy | Harm, float]


def row(chances: Chances) -> list[float]:
    return [log(chance / (1 - chance)) for chance in (chances.get(code, 0.01) for code in CODES)]


def answers(whole: Chances, tokens: Sequence[tuple[int, int, Chances]] = ()) -> Answers:
    rest = [0.0] * (ANSWERS - len(CODES))
    return Answers([*row(whole), *rest], [row(said) for *_, said in tokens], [(start, end) for start, end, _ in tokens])


OWNED = Found(code=S.OWN, start=0, end=9, confidence=0.8)
ASKED = Found(code=S.INVITE, start=10, end=20, confidence=0.7)
WHOLE: Chances = {S.OWN: 0.8, S.INVITE: 0.7, S.ATTEND: 0.4, H.ADVICE: 0.3, H.PRESSING: 0.2, S.CHANGE: 0.15}
TOKENS: list[tuple[int, int, Chances]] = [
    (0, 4, {S.OWN: 0.9, S.ATTEND: 0.5, H.ADVICE: 0.2}),
    (5, 9, {S.OWN: 0.9, S.ATTEND: 0.1, H.ADVICE: 0.5}),
    (10, 20, {S.INVITE: 0.9, S.OWN: 0.8, H.PRESSING: 0.6, S.ATTEND: 0.5}),
]


def test_each_code_has_its_reason_with_what_its_words_speak_for_next():
    owned, asked = reasons(Coding(codes=(OWNED, ASKED)), answers(WHOLE, TOKENS), Judgement({"own_contribution": 0.35}))

    # Over "0-4" and "5-9" advice has a mean of .35 and attending one of .30; over "10-20" pressing has .6. The code
    # `own_contribution` has .8 there, but it was given.
    assert (owned.found, asked.found) == (OWNED, ASKED)
    assert (owned.least, asked.least) == (0.35, 0.5)
    assert owned.runner_up is not None
    assert asked.runner_up is not None
    assert (owned.runner_up.code, asked.runner_up.code) == (H.ADVICE, H.PRESSING)
    assert (owned.runner_up.likely, asked.runner_up.likely) == (pytest.approx(0.3), pytest.approx(0.2))


def test_where_no_token_stands_in_its_words_nothing_comes_next():
    beyond = Found(code=S.OWN, start=30, end=40)

    assert reasons(Coding(codes=(beyond,)), answers(WHOLE, TOKENS), Judgement())[0].runner_up is None


def test_a_token_that_only_touches_the_words_is_not_in_them():
    between = Found(code=S.OWN, start=4, end=5)

    assert reasons(Coding(codes=(between,)), answers(WHOLE, TOKENS), Judgement())[0].runner_up is None


def test_where_every_code_was_given_nothing_comes_next():
    every = tuple(Found(code=code, start=0, end=9) for code in CODES)

    assert {reason.runner_up for reason in reasons(Coding(codes=every), answers(WHOLE, TOKENS), Judgement())} == {None}


def test_the_three_likeliest_codes_that_were_left_out_came_near():
    near = nearly(Coding(codes=(OWNED, ASKED)), answers(WHOLE), Judgement())

    assert [each.code for each in near] == [S.ATTEND, H.ADVICE, H.PRESSING]
    assert [each.likely for each in near] == pytest.approx([0.4, 0.3, 0.2])


def test_what_is_unlikely_did_not_come_near():
    assert nearly(Coding(), answers({S.OWN: 0.11, S.INVITE: 0.09}), Judgement()) == (Near(S.OWN, pytest.approx(0.11)),)


@given(st.lists(st.floats(0.01, 0.99), min_size=len(CODES), max_size=len(CODES)), st.sets(st.sampled_from(CODES)))
def test_what_came_near_was_not_given_is_in_order_and_is_likelier_than_all_that_is_not_told(
    chances: list[float], given: set[Strategy | Harm]
):
    whole = dict(zip(CODES, chances, strict=True))
    near = nearly(Coding(codes=tuple(Found(code=code, start=0, end=1) for code in given)), answers(whole), Judgement())

    told = {each.code for each in near}
    assert not told & given
    assert [each.likely for each in near] == sorted((each.likely for each in near), reverse=True)
    left = [whole[code] for code in CODES if code not in told | given and whole[code] >= 0.1 + 1e-9]
    assert not left or (len(near) == 3 and max(left) <= min(each.likely for each in near) + 1e-9)
