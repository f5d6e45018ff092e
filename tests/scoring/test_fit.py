"""The fit matrix and what adjusts it."""

from typing import Any

import pytest

from roleplay.scoring.codes import Family, Harm, Strain, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.fit import MATRIX, best_fit, fit_points
from roleplay.scoring.situation import Situation

S = Strategy


def coding(*codes: Strategy | Harm, shared: bool = False, contact: int = 2, stance: int = 3) -> Coding:
    found = tuple(Found(code=each, start=0, end=1, shared=shared) for each in codes)
    return Coding(codes=found, contact=contact, stance=stance)


def moment(family: Family, **known: Any) -> Situation:
    return Situation(strain=Strain.FRESH, family=family, **known)


@pytest.mark.parametrize(
    ("strategy", "family", "depth", "value"),
    [
        # Read off the table in domain.md 2.3.
        (S.OWN, Family.WITHDRAWAL, "early", 1),
        (S.OWN, Family.WITHDRAWAL, "explored", 2),
        (S.OWN, Family.CONFRONTATION, "early", 2),
        (S.RATIONALE, Family.CONFRONTATION, "early", -1),
        (S.NEED, Family.CONFRONTATION, "explored", 2),
        (S.LINK_OUTSIDE, Family.SILENT, "explored", 0),
        (S.REDIRECT, Family.SILENT, "explored", -1),
        (S.INVITE, Family.SILENT, "early", 2),
        (S.INVITE, Family.CONFRONTATION, "early", 1),
    ],
)
def test_the_matrix_is_the_table(strategy: Strategy, family: Family, depth: Any, value: int) -> None:
    assert best_fit(coding(strategy), moment(family, depth=depth)) == value


def test_every_strategy_has_a_row() -> None:
    assert set(MATRIX) == set(Strategy)


@pytest.mark.parametrize(("about", "value"), [("task", 2), ("goal", 2), ("frame", 2), ("bond", -1), (None, -1)])
def test_a_rationale_given_together_fits_early_where_the_rupture_is_practical(about: Any, value: int) -> None:
    assert best_fit(coding(S.RATIONALE, shared=True), moment(Family.CONFRONTATION, about=about)) == value


def test_deciding_alone_for_somebody_who_yields_repeats_the_pattern() -> None:
    yielding = moment(Family.WITHDRAWAL, struggle="self_definition", about="task")

    assert best_fit(coding(S.CHANGE), yielding) == -1
    assert best_fit(coding(S.CHANGE, shared=True), yielding) == 2


def test_attending_without_contact_fits_one() -> None:
    assert best_fit(coding(S.ATTEND, contact=1), moment(Family.WITHDRAWAL)) == 1
    assert best_fit(coding(S.ATTEND, contact=2), moment(Family.WITHDRAWAL)) == 2


def test_validating_a_posture_at_once_fits_two_only_as_a_guess() -> None:
    assert best_fit(coding(S.VALIDATE, stance=1), moment(Family.WITHDRAWAL)) == 1
    assert best_fit(coding(S.VALIDATE, stance=2), moment(Family.WITHDRAWAL)) == 2


def test_the_best_of_several_counts_and_none_is_zero() -> None:
    assert best_fit(coding(S.LINK_DYAD, S.INVITE), moment(Family.WITHDRAWAL)) == 2
    assert best_fit(coding(), moment(Family.WITHDRAWAL)) == 0


@pytest.mark.parametrize(("strategy", "points"), [(S.INVITE, 4), (S.OWN, 3), (S.NEED, 2), (S.LINK_DYAD, 1)])
def test_points_follow_the_matrix(strategy: Strategy, points: int) -> None:
    # Withdrawal, early: invite 2, own 1, need 0, link -1.
    assert fit_points(coding(strategy), moment(Family.WITHDRAWAL), ()) == points


@pytest.mark.parametrize(
    ("patient_type", "strategy", "points"),
    [("A", S.CLARIFY, 2), ("B", S.CLARIFY, 3), ("C", S.DISCLOSE, 2), ("A", S.DISCLOSE, 2), ("B", S.DISCLOSE, 3)],
)
def test_the_type_takes_one_point_at_most(patient_type: Any, strategy: Strategy, points: int) -> None:
    # Withdrawal, early: clarifying alone would decide, so it is shared about a bond: 1, three points; disclosing 1.
    shared = coding(strategy, shared=True)

    assert fit_points(shared, moment(Family.WITHDRAWAL, type=patient_type, about="bond"), ()) == points


def test_harm_which_repeats_what_the_struggle_costs_is_zero() -> None:
    fighting = moment(Family.CONFRONTATION, struggle="relatedness")
    yielding = moment(Family.WITHDRAWAL, struggle="self_definition")

    assert fit_points(coding(S.OWN), fighting, (Harm.DEFENSIVENESS,)) == 0
    assert fit_points(coding(S.OWN), yielding, (Harm.CONTROL,)) == 0
    assert fit_points(coding(S.OWN), yielding, (Harm.DEFENSIVENESS,)) == 3


def test_silence_fits_late() -> None:
    late = moment(Family.CONFRONTATION, stage="confrontation.hurt", depth="explored")

    assert best_fit(coding(S.HOLD), late) == 2
    assert best_fit(coding(S.HOLD), moment(Family.CONFRONTATION)) == 0
