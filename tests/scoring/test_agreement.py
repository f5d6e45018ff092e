"""Agreement by hand calculation."""

import pytest

from roleplay.scoring.agreement import cohen_kappa, f1, weighted_kappa


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
