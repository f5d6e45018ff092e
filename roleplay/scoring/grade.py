"""The rubric of domain.md 9, as amended: how what the words do fits this moment. Pure.

Weights, caps and cuts stand in the tables below. Checked on the anchor replies of domain.md 9.3 and on Appendix B
(tests/scoring/test_grade.py and test_appendix_b.py, which list what differs): weights and cuts are unchanged (30, 62,
82). Four caps were added to 9.2 so that the anchors come out right: `NO_STRATEGY` and `FORMULA` (a token is no
repair, however short and polite), `REPEATED`, and `FORMULA` again from the third time on (`THIRD`). Two more hold where
there is nothing to repair, `PLAIN` and `DISTURBED`: from people's own codes the rubric then gives their band more often
(weighted kappa on the training parts 07 to 18 of the corpus .92 without, .95 with them).
"""

from roleplay.scoring.codes import Band, Harm, Move, RecognitionKind, Strain, Strategy
from roleplay.scoring.coding import Coding, Scale
from roleplay.scoring.directness import directness
from roleplay.scoring.fit import best_fit, fit_points, settled
from roleplay.scoring.grading import Grade, HarmGraded
from roleplay.scoring.moves import moves_of
from roleplay.scoring.noticing import graded_recognition, mark_points
from roleplay.scoring.severity import graded_harms
from roleplay.scoring.situation import Situation

WEIGHTS = {
    "quality": 0.20, "directness": 0.10, "fit": 0.15, "stage": 0.15,
    "empathy": 0.15, "ownership": 0.10, "stance": 0.10, "economy": 0.05,
}  # fmt: skip
"""Share of each dimension in the repair score (9.2). One that is None drops out and the rest is renormalised."""
DIMENSIONS = ("recognition", "kind", *WEIGHTS, "contact")
CUTS = ((82, Band.STRONG), (62, Band.SOLID), (30, Band.EMERGING), (0, Band.NOT_YET))
"""From this many points on, this band."""
SEVERITY_CAPS = {3: 25.0, 2: 60.0}
MILD, MILD_MOST = 5.0, 15.0
"""Points off for each harm of severity 1, and at most."""
PREMATURE = 5.0
"""Points off for a pattern link in the first response to a strain."""
NO_STRATEGY = 29.0
"""The most a reply can have in which nothing was tried."""
FORMULA = 29.0
"""The most for a reply whose best strategy is a token (quality 1 or less)."""
REPEATED = 61.0
"""The most when the same form of words was used before."""
THIRD = 2
"""From so many earlier uses on, a form of words is worth no more than a formula."""
PLAIN = 81.0
"""The most on a calm turn for a reply that goes on without taking up what was said (contact below 3)."""
DISTURBED = 29.0
"""The most on a calm turn for a reply with harm: nothing called for it."""
SAFE = 62.0
"""The least for a reply which asks plainly about safety at a risk cue."""
CROWDED = 3
"""More strategies than this in one reply are noted."""
LINKS = frozenset({Strategy.LINK_DYAD, Strategy.LINK_OUTSIDE})


def grade(coding: Coding, situation: Situation) -> Grade:
    """How the codes of one reply fit one moment.

    Returns:
        Dimensions 0 to 4 or None; scores 0 to 100, the repair score None where there is no strain; the band from the
        repair score, or from the recognition score where there is nothing to repair. An abstained coding
        gives no band, no scores and no moves.

    Source:
        domain.md section 9 with the amendments at its top; a design of this project, not a published instrument.
    """
    if coding.abstained:
        return nothing()
    harms = graded_harms(coding, situation)
    moves = moves_of(coding, harms)
    dimensions = rated(coding, situation, harms, moves)
    noticed = recognition_score(dimensions["recognition"] or 0, dimensions["kind"])
    value, caps = composite(dimensions, coding, situation, harms)
    strain = situation.strain is not Strain.NONE
    overall, caps = limited(noticed, coding, situation, harms) if not strain else (value, caps)
    return Grade(
        recognition=dimensions["recognition"] or 0,
        kind=coding.kind,
        dimensions=dimensions,
        recognition_score=noticed,
        repair_score=value if strain else None,
        band=band_of(overall, harms),
        strategies=coding.strategies,
        harms=harms,
        moves=moves,
        best_fit=best_fit(coding, situation),
        caps=caps,
        notes=notes_on(coding, situation, dimensions),
    )


def nothing() -> Grade:
    """The grade of a reply that could not be read."""
    return Grade(
        recognition=0,
        kind=RecognitionKind.NONE,
        dimensions=dict.fromkeys(DIMENSIONS),
        recognition_score=None,
        repair_score=None,
        band=None,
    )


def rated(
    coding: Coding, situation: Situation, harms: tuple[HarmGraded, ...], moves: tuple[Move, ...]
) -> dict[str, int | None]:
    """Every dimension, 0 to 4 or None."""
    return {
        "recognition": graded_recognition(coding, situation),
        "kind": mark_points(situation),
        "quality": quality(coding),
        "directness": directness(coding, situation),
        "fit": fit_here(coding, situation, harms),
        "stage": stage_points(situation, moves),
        "empathy": coding.empathy,
        "ownership": ownership(coding, situation),
        "stance": stance(coding, situation, harms),
        "economy": coding.economy,
        "contact": coding.contact,
    }


def quality(coding: Coding) -> Scale:
    """D3. No strategy gives 0; a reply that is described rather than said gives 2 at most."""
    if not coding.strategies:
        return 0
    value = 2 if coding.quality is None else coding.quality
    return min(value, 2) if coding.described else value


def fit_here(coding: Coding, situation: Situation, harms: tuple[HarmGraded, ...]) -> Scale | None:
    """D5. Asking about safety at a risk cue is always right."""
    if situation.risk and Strategy.SAFETY in coding.strategies:
        return 4
    return fit_points(coding, situation, tuple(harm.code for harm in harms))


def stage_points(situation: Situation, moves: tuple[Move, ...]) -> Scale | None:
    """D6: the best the reply's moves do from here. None when no graph is known."""
    if situation.stage_fit is None:
        return None
    known = [situation.stage_fit[move] for move in moves if move in situation.stage_fit]
    return max(0, min(4, max(known))) if known else None


def ownership(coding: Coding, situation: Situation) -> Scale | None:
    """D8. Where a lapse is live and nothing is said of it, 1; None where there is nothing to own."""
    if coding.ownership is not None or coding.silence:
        return coding.ownership
    live = situation.lapse is not None and situation.strain is not Strain.NONE and situation.depth == "early"
    return 1 if live else None


def stance(coding: Coding, situation: Situation, harms: tuple[HarmGraded, ...]) -> Scale | None:
    """D9. In the late stages plain speech and silence are as good as tentative speech (amendment 6)."""
    late = situation.stage is not None and settled(situation.stage)
    plain = coding.silence or (coding.economy or 0) >= 3
    return 4 if late and plain and not harms else coding.stance


def recognition_score(level: int, kind: int | None) -> float:
    """0 to 100: 25 * (0.65 D1 + 0.35 D2), or D1 alone where nobody was asked."""
    return 25.0 * level if kind is None else 25.0 * (0.65 * level + 0.35 * kind)


def composite(
    dimensions: dict[str, int | None], coding: Coding, situation: Situation, harms: tuple[HarmGraded, ...]
) -> tuple[float, tuple[str, ...]]:
    """The repair score, 0 to 100, and the rules that limited it, in words."""
    known = {name: value for name in WEIGHTS if (value := dimensions[name]) is not None}
    weight = sum(WEIGHTS[name] for name in known)
    mean = sum(WEIGHTS[name] * value for name, value in known.items()) / weight if weight else 0.0
    return limited(25.0 * mean, coding, situation, harms)


def limited(
    value: float, coding: Coding, situation: Situation, harms: tuple[HarmGraded, ...]
) -> tuple[float, tuple[str, ...]]:
    """`value` after deductions and caps, and each of them in words."""
    caps: list[str] = []
    if off := deduction(coding, situation, harms):
        value -= off
        caps.append(f"{off:g} points off for mild harm or a pattern named too early.")
    for most, why in ceilings(coding, situation, harms):
        if value > most:
            value = most
            caps.append(f"{why}: at most {most:g}.")
    if situation.risk and Strategy.SAFETY in coding.strategies and value < SAFE and worst(harms) < 3:
        value = SAFE
        caps.append(f"It asks plainly about safety: at least {SAFE:g}.")
    return min(100.0, max(0.0, value)), tuple(caps)


def deduction(coding: Coding, situation: Situation, harms: tuple[HarmGraded, ...]) -> float:
    """Points off for mild harms and for a pattern named too early."""
    mild = min(MILD_MOST, MILD * sum(harm.severity == 1 for harm in harms))
    return mild + (PREMATURE if premature(coding, situation) else 0.0)


def ceilings(coding: Coding, situation: Situation, harms: tuple[HarmGraded, ...]) -> list[tuple[float, str]]:
    """The most this reply can have, and why; caps about repair hold only where there is something to repair."""
    found: list[tuple[float, str]] = []
    if any(harm.code is Harm.SAFETY_NEGLECT for harm in harms):
        found.append((0.0, "A risk statement was passed over"))
    if worst(harms) in SEVERITY_CAPS:
        found.append((SEVERITY_CAPS[worst(harms)], f"Harm of severity {worst(harms)}"))
    if situation.strain is Strain.NONE:
        return found + calm_ceilings(coding, harms)
    if not coding.strategies:
        found.append((NO_STRATEGY, "Nothing was tried towards repair"))
    elif quality(coding) <= 1:
        found.append((FORMULA, "A formula that would fit any patient"))
    if situation.repeats >= THIRD:
        found.append((FORMULA, "The same form of words for the third time"))
    elif situation.repeats:
        found.append((REPEATED, "The same form of words as before"))
    return found


def calm_ceilings(coding: Coding, harms: tuple[HarmGraded, ...]) -> list[tuple[float, str]]:
    """The most where there is nothing to repair: any harm disturbs, and strong takes up what was said."""
    if harms:
        return [(DISTURBED, "Harm on a calm turn")]
    if coding.contact < 3 and not coding.silence:
        return [(PLAIN, "It goes on without taking up what was said")]
    return []


def worst(harms: tuple[HarmGraded, ...]) -> int:
    """The highest severity, 0 without harm."""
    return max((harm.severity for harm in harms), default=0)


def band_of(value: float, harms: tuple[HarmGraded, ...]) -> Band:
    """The word for a score: `harmful` wherever a harm of severity 3 is, else by `CUTS`."""
    if worst(harms) == 3 or any(harm.code is Harm.SAFETY_NEGLECT for harm in harms):
        return Band.HARMFUL
    return next(band for least, band in CUTS if value >= least)


def premature(coding: Coding, situation: Situation) -> bool:
    """A pattern is named in the first response to a strain (3e)."""
    early = situation.depth == "early" and situation.strain is not Strain.NONE
    return early and bool(LINKS & set(coding.strategies))


def notes_on(coding: Coding, situation: Situation, dimensions: dict[str, int | None]) -> tuple[str, ...]:
    """Slugs of what is worth saying in the debrief."""
    noted = {
        "crowded": len(coding.strategies) > CROWDED,
        "premature_pattern": premature(coding, situation),
        "described": coding.described,
        "repeated_form": situation.repeats >= 1,
        "false_alarm": situation.strain is Strain.NONE and (dimensions["recognition"] or 0) < 4,
    }
    return tuple(name for name, holds in noted.items() if holds)
