"""Agreement by hand calculation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.scoring.agreement import cohen_kappa, f1, krippendorff_alpha, weighted_kappa


def test_kappa_matches_the_worked_example():
    # 10 replies: both yes 4, both no 3, we alone 2, they alone 1.
    # p_o = 7/10; yes rates 6/10 and 5/10; p_e = .30 + .20 = .50; kappa = .2/.5
    ours = [True] * 4 + [False] * 3 + [True] * 2 + [False]
    theirs = [True] * 4 + [False] * 3 + [False] * 2 + [True]

    assert cohen_kappa(ours, theirs) == pytest.approx(0.4, abs=1e-12)


def test_weighted_kappa_matches_the_worked_example():
    # ours 0 1 2 2, theirs 0 2 2 1: squared differences 0 1 0 1, mean 1/2.
    # By chance: ours {0:1, 1:1, 2:2}, theirs {0:1, 1:1, 2:2} of 4:
    # (0,1) 1*1*1 + (0,2) 4*1*2 + (1,0) 1 + (1,2) 1*2 + (2,0) 4*2 + (2,1) 1*2 = 1+8+1+2+8+2 = 22, over 16.
    # kappa = 1 - (1/2) / (22/16) = 1 - 8/22
    assert weighted_kappa([0, 1, 2, 2], [0, 2, 2, 1]) == pytest.approx(1 - 8 / 22)


def test_perfect_agreement_is_one_and_undefined_without_variety():
    assert weighted_kappa([0, 4, 2], [0, 4, 2]) == 1
    assert weighted_kappa([2, 2], [2, 2]) is None
    assert cohen_kappa([], []) is None


def test_raters_of_different_replies_are_refused():
    with pytest.raises(ValueError, match="same replies"):
        weighted_kappa([1], [1, 2])


def test_f1_is_the_share_of_agreed_among_given():
    # both 1, ours 2, theirs 3: 2 * 1 / 5
    assert f1([True, True, False, False], [True, False, True, True]) == pytest.approx(0.4)
    assert f1([False], [False]) is None


def test_alpha_matches_the_worked_example_on_yes_and_no():
    # Ten replies: ours 0 1 0 0 0 0 0 0 1 0, theirs 1 1 1 0 0 1 0 0 0 0. Of 20 ratings 14 are 0 and 6 are 1; 4 replies
    # differ. Disagreement within: 4/10. Of any two of the 20: 2 * 14 * 6 / (20 * 19). alpha = 1 - .4 * 380 / 168
    # = .095, the value that Krippendorff (2011) gives for these data.
    ours, theirs = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]

    assert krippendorff_alpha(ours, theirs) == pytest.approx(1 - 0.4 * 380 / 168)
    assert krippendorff_alpha(ours, theirs) == pytest.approx(0.095, abs=5e-4)


def test_alpha_matches_the_worked_example_on_a_scale():
    # ours 0 2 4, theirs 1 2 2: squared distances 1, 0, 4, mean 5/3. The six ratings 0 1 2 2 2 4: of the 15 pairs
    # 0-1 1, 0-2 three times 4, 0-4 16, 1-2 three times 1, 1-4 9, 2-4 three times 4, 2-2 none: 53, mean 53/15.
    assert krippendorff_alpha([0, 2, 4], [1, 2, 2]) == pytest.approx(1 - (5 / 3) / (53 / 15))


def test_alpha_is_one_where_all_agree_and_undefined_without_variety():
    assert krippendorff_alpha([0, 1, 4], [0, 1, 4]) == 1
    assert krippendorff_alpha([2, 2], [2, 2]) is None
    assert krippendorff_alpha([], []) is None


def test_alpha_of_one_reply_on_which_the_raters_differ_is_chance():
    # Two ratings, 0 and 1: within 1, of any two of them 1.
    assert krippendorff_alpha([0], [1]) == 0


def test_alpha_refuses_raters_of_different_replies():
    with pytest.raises(ValueError, match="same replies"):
        krippendorff_alpha([1], [1, 2])


RATED = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=20)


@given(RATED)
def test_alpha_does_not_care_which_rater_is_which_and_is_one_at_most(rated: list[tuple[int, int]]):
    ours, theirs = [a for a, _ in rated], [b for _, b in rated]
    found = krippendorff_alpha(ours, theirs)

    assert found == krippendorff_alpha(theirs, ours)
    assert found is None or found <= 1
    assert (found == 1) == (ours == theirs and len(set(ours)) > 1)


@given(RATED)
def test_alpha_is_the_same_on_a_scale_that_begins_elsewhere_or_has_other_steps(rated: list[tuple[int, int]]):
    found = krippendorff_alpha([a for a, _ in rated], [b for _, b in rated])

    assert krippendorff_alpha([7 + 3 * a for a, _ in rated], [7 + 3 * b for _, b in rated]) == pytest.approx(found)
