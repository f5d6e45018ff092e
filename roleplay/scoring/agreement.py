"""Agreement between two raters, corrected for chance."""

from collections import Counter
from collections.abc import Sequence


def cohen_kappa(ours: Sequence[bool], theirs: Sequence[bool]) -> float | None:
    """Agreement of two raters on one code.

    kappa = (p_o - p_e) / (1 - p_e), where p_o is the share of replies the raters agree on and p_e the
    share they would agree on by chance, given how often each says yes.

    Args:
        ours: One decision per reply, shape (n,). True where we gave the code.
        theirs: The other rater's decisions, same shape and order.

    Returns:
        Dimensionless, in [-1, 1]; 0 is chance. None when n is 0, or when both raters gave every reply the
        same answer: then p_e = 1 and kappa is undefined. It is not rounded up to 1.

    Raises:
        ValueError: The two differ in length.

    Source:
        Cohen (1960), Educational and Psychological Measurement 20(1), 37-46.
    """
    return weighted_kappa([int(yes) for yes in ours], [int(yes) for yes in theirs])


def weighted_kappa(ours: Sequence[int], theirs: Sequence[int]) -> float | None:
    """Agreement of two raters on a scale, with quadratic weights: far off counts more.

    kappa = 1 - sum(w * observed) / sum(w * expected), w = (i - j) ** 2. On a scale of 0 and 1 this is Cohen's
    kappa.

    Args:
        ours: One rating per reply, shape (n,).
        theirs: The other rater's, same shape and order.

    Returns:
        Dimensionless, at most 1; 0 is chance. None when n is 0 or no disagreement could be expected.

    Raises:
        ValueError: The two differ in length.

    Source:
        Cohen (1968), Psychological Bulletin 70(4), 213-220.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} ratings against {len(theirs)}: they must be of the same replies.")
    if not ours:
        return None
    n = len(ours)
    observed = sum((a - b) ** 2 for a, b in zip(ours, theirs, strict=True)) / n
    rows, columns = Counter(ours), Counter(theirs)
    expected = sum((a - b) ** 2 * rows[a] * columns[b] for a in rows for b in columns) / n**2
    return None if expected == 0 else 1 - observed / expected


def krippendorff_alpha(ours: Sequence[int], theirs: Sequence[int]) -> float | None:
    """Agreement of two raters, either of whom could have been the other, with squared distances.

    alpha = 1 - D_o / D_e, where D_o is the mean squared distance within replies and D_e that of any two of all the
    ratings given. On a scale of 0 and 1 this is the nominal alpha. Unlike kappa it expects by chance what the two
    together say, and it allows for few replies.

    Args:
        ours: One rating per reply, shape (n,).
        theirs: The other rater's, same shape and order.

    Returns:
        Dimensionless, at most 1; 0 is chance. None when n is 0 or all ratings are alike.

    Raises:
        ValueError: The two differ in length.

    Source:
        Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of Pennsylvania.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} ratings against {len(theirs)}: they must be of the same replies.")
    n = 2 * len(ours)
    counted = Counter([*ours, *theirs])
    apart = sum((a - b) ** 2 * counted[a] * counted[b] for a in counted for b in counted)
    if not apart:
        return None
    observed = 2 * sum((a - b) ** 2 for a, b in zip(ours, theirs, strict=True)) / n
    return 1 - observed * n * (n - 1) / apart


def f1(ours: Sequence[bool], theirs: Sequence[bool]) -> float | None:
    """Harmonic mean of precision and recall of `ours` against `theirs`, in 0..1; None where nobody said yes."""
    both = sum(a and b for a, b in zip(ours, theirs, strict=True))
    said = sum(ours) + sum(theirs)
    return 2 * both / said if said else None
