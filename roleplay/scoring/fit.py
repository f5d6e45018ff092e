"""How well strategies fit a moment: the matrix of domain.md 2.3 with the amendments at its top.

2 strong fit, 1 acceptable, 0 neutral, -1 poor as a first move. Design priors of the project, with no study behind them.
"""

from roleplay.scoring.codes import RENEGOTIATION, About, Family, Harm, PatientType, Strategy, Struggle
from roleplay.scoring.coding import Coding
from roleplay.scoring.situation import Situation

S, H = Strategy, Harm
COLUMNS = (
    "withdrawal early",
    "withdrawal explored",
    "confrontation early",
    "confrontation explored",
    "silent early",
    "silent explored",
)
MATRIX: dict[Strategy, tuple[int, int, int, int, int, int]] = {
    # In the order of COLUMNS. The first fourteen rows are table 2.3; the rest follow amendments 3, 6 and 7.
    S.ATTEND: (2, 2, 2, 2, 2, 2),
    S.CLARIFY: (1, 1, 1, 1, 0, 1),
    S.CHANGE: (1, 1, 0, 2, 0, 2),
    S.RATIONALE: (0, 1, -1, 1, -1, 0),
    S.INVITE: (2, 2, 1, 2, 2, 2),
    S.OWN: (1, 2, 2, 2, 1, 2),
    S.DISCLOSE: (1, 2, 0, 1, 1, 1),
    S.LINK_DYAD: (-1, 1, -1, 1, -1, 1),
    S.LINK_OUTSIDE: (-1, 1, -1, 1, -1, 0),
    S.VALIDATE: (2, 2, 1, 1, 2, 2),
    S.REDIRECT: (1, 0, 0, 0, 0, -1),
    S.NEED: (0, 2, 0, 2, 0, 2),
    S.OBSTACLES: (1, 1, 0, 1, 1, 2),
    S.ALTERNATIVES: (1, 1, 0, 2, 1, 2),
    S.NORMALISE: (1, 1, 0, 0, 2, 1),
    S.SMALL_THING: (2, 1, 1, 1, 2, 1),
    S.DISCREPANCY: (1, 1, 0, 1, 1, 1),
    S.ANSWER: (0, 1, 1, 1, 0, 1),
    S.LIMIT: (0, 1, 1, 1, 0, 1),
    S.SAFETY: (1, 1, 1, 1, 1, 1),
    S.HOLD: (0, 1, 0, 1, 0, 1),
}
PRACTICAL = frozenset({About.TASK, About.GOAL, About.FRAME})
"""Ruptures about these are fully repaired by a jointly shaped change (amendments 3 and 4)."""
DEEP = frozenset({S.LINK_DYAD, S.LINK_OUTSIDE, S.NEED, S.DISCLOSE})
AGAINST: dict[Struggle, frozenset[Harm]] = {
    Struggle.SELF_DEFINITION: frozenset({H.CONTROL, H.PRESSING, H.ADVICE}),
    Struggle.RELATEDNESS: frozenset({H.DEFENSIVENESS, H.HOSTILITY, H.COUNTER_INTERPRETATION, H.IGNORING}),
}
"""Harms which repeat what this struggle costs (5.3): deciding for the one, arguing with or leaving the other."""
POINTS = {2: 4, 1: 3, 0: 2, -1: 1}


def column(situation: Situation) -> int:
    """Which column of `MATRIX` holds. A control has none of its own and is read as withdrawal."""
    first = {Family.CONFRONTATION: 2, Family.SILENT: 4}.get(situation.family, 0)
    return first + (situation.depth == "explored")


def fit(strategy: Strategy, coding: Coding, situation: Situation) -> int:
    """The value of one strategy here, -1 to 2, with contact, tentativeness and what the rupture is about."""
    value = MATRIX[strategy][column(situation)]
    if strategy in RENEGOTIATION:
        return renegotiated(strategy, value, coding, situation)
    if strategy is S.ATTEND and coding.contact < 2:
        return min(value, 1)
    if strategy is S.VALIDATE and situation.depth == "early" and (coding.stance or 0) < 2:
        return min(value, 1)
    if strategy is S.HOLD and situation.stage and settled(situation.stage):
        return 2
    if strategy is S.ANSWER and situation.about in PRACTICAL and situation.family is Family.CONFRONTATION:
        return 2
    return value


def renegotiated(strategy: Strategy, value: int, coding: Coding, situation: Situation) -> int:
    """Done together it fits early too where the rupture is practical; alone it decides for an appeaser once more."""
    together = any(found.shared for found in coding.codes if found.code is strategy)
    if together:
        return max(value, 2) if situation.about in PRACTICAL else value
    yielding = situation.family is not Family.CONFRONTATION and situation.struggle is not Struggle.RELATEDNESS
    return min(value, -1) if yielding and situation.struggle is Struggle.SELF_DEFINITION else min(value, 0)


def settled(stage: str) -> bool:
    """One of the late stages, where plain speech and silence are right (amendment 6)."""
    name = stage.rpartition(".")[2]
    return name in {"avoidance_explored", "self_assertion", "hurt", "avoidance_of_vulnerability", "vulnerability"}


def best_fit(coding: Coding, situation: Situation) -> int:
    """The highest value among the strategies present, -1 to 2; 0 when there is none.

    A form of words that was used before fits 1 at most.
    """
    value = max((fit(strategy, coding, situation) for strategy in coding.strategies), default=0)
    return min(value, 1) if situation.repeats else value


def type_step(coding: Coding, situation: Situation) -> int:
    """What the type takes away, 0 or -1 (5.2). An untested hypothesis, so never more than one point."""
    present = set(coding.strategies)
    if situation.type is PatientType.C and present and present <= DEEP:
        return -1
    surface = present and present <= {S.RATIONALE, S.CLARIFY}
    heated = situation.depth == "early" and present and present <= {S.LINK_DYAD, S.LINK_OUTSIDE, S.DISCLOSE}
    return -1 if situation.type is PatientType.A and (surface or heated) else 0


def fit_points(coding: Coding, situation: Situation, harms: tuple[Harm, ...]) -> int | None:
    """D5, 0 to 4: fit to kind, type and struggle. None without any strategy or harm.

    The matrix value gives 4, 3, 2 or 1; a harm that repeats what the struggle costs gives 0.
    """
    if any(harm in AGAINST.get(situation.struggle, ()) for harm in harms) if situation.struggle else False:
        return 0
    if not coding.strategies:
        return 1 if harms else None
    points = POINTS[best_fit(coding, situation)]
    return max(1, points + type_step(coding, situation)) if points > 1 else points
