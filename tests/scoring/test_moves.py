"""From codes to moves: the one rule."""

import pytest

from roleplay.scoring.codes import RENEGOTIATION, Harm, Move, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.grading import HarmGraded
from roleplay.scoring.moves import HARMS, ORDER, REPAIRS, moves_of

S, H, M = Strategy, Harm, Move


def coded(*codes: Strategy | Harm, shared: bool = False, empathy: int | None = None) -> Coding:
    return Coding(codes=tuple(Found(code=each, start=0, end=1, shared=shared) for each in codes), empathy=empathy)


def harm(code: Harm, severity: int) -> HarmGraded:
    return HarmGraded(code=code, severity=severity, start=0, end=1)


def test_severe_harm_hides_the_repair_beside_it() -> None:
    assert moves_of(coded(S.OWN, H.DEFENSIVENESS), [harm(H.DEFENSIVENESS, 2)]) == (M.DEFEND,)


def test_severe_harm_hides_mild_harm_too() -> None:
    assert moves_of(coded(), [harm(H.ADVICE, 1), harm(H.DEFENSIVENESS, 2)]) == (M.DEFEND,)


def test_mild_harm_is_hidden_by_repair() -> None:
    assert moves_of(coded(S.OWN, H.ADVICE), [harm(H.ADVICE, 1)]) == (M.OWN,)


def test_mild_harm_alone_shows() -> None:
    assert moves_of(coded(H.ADVICE), [harm(H.ADVICE, 1)]) == (M.ADVISE,)


def test_the_strongest_harm_comes_first() -> None:
    harms = [harm(H.REASSURANCE, 2), harm(H.PRESSING, 3)]

    assert moves_of(coded(), harms) == (M.PRESS, M.SOOTHE)


def test_nothing_found_carries_on() -> None:
    assert moves_of(coded(), []) == (M.CONTINUE,)


def test_an_abstained_coding_moves_nothing() -> None:
    assert moves_of(Coding(abstained=True, because="Not English."), []) == ()


@pytest.mark.parametrize("strategy", sorted(RENEGOTIATION))
def test_renegotiation_together_and_alone_are_two_moves(strategy: Strategy) -> None:
    assert moves_of(coded(strategy, shared=True), []) == (M.RENEGOTIATE_TOGETHER,)
    assert moves_of(coded(strategy), []) == (M.RENEGOTIATE_ALONE,)


@pytest.mark.parametrize(("empathy", "expected"), [(2, (M.ATTEND,)), (3, (M.VALIDATE, M.ATTEND)), (None, (M.ATTEND,))])
def test_attending_with_empathy_of_three_also_validates(empathy: int | None, expected: tuple[Move, ...]) -> None:
    assert moves_of(coded(S.ATTEND, empathy=empathy), []) == expected


def test_the_probe_ladder_invites() -> None:
    for strategy in (S.NORMALISE, S.SMALL_THING, S.DISCREPANCY):
        assert moves_of(coded(strategy), []) == (M.INVITE,)


def test_every_code_has_a_move_and_every_move_a_place() -> None:
    assert set(REPAIRS) | RENEGOTIATION == set(Strategy)
    assert set(HARMS) == set(Harm)
    assert {*ORDER, *HARMS.values(), M.CONTINUE} == set(Move)
