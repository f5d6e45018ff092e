"""How far a figure could be off: drawing moments again and again."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

DRAWS, SEED = 400, 20261122
Each = TypeVar("Each")


def interval(
    found: Sequence[Each],
    figure: Callable[[Sequence[Each]], float | None],
    moment: Callable[[Each], str],
    draws: int = DRAWS,
) -> tuple[float, float] | None:
    """The middle 95 of 100 values of a figure when moments are drawn with replacement; None where it has none.

    Moments, not replies, are drawn: replies to one moment are alike, and would make the interval too narrow.
    """
    by_moment: dict[str, list[Each]] = defaultdict(list)
    for each in found:
        by_moment[moment(each)].append(each)
    moments, chance = sorted(by_moment), random.Random(SEED)
    values = []
    for _ in range(draws):
        drawn = [each for name in chance.choices(moments, k=len(moments)) for each in by_moment[name]]
        if (value := figure(drawn)) is not None:
            values.append(value)
    if not values:
        return None
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * (len(values) - 1))]
