"""The harms of a reply with their severity settled, and those harms which only the moment can show."""

from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import SITUATIONAL_HARMS, Harm, Strain, Strategy
from roleplay.scoring.coding import Coding
from roleplay.scoring.grading import HarmGraded
from roleplay.scoring.situation import Situation

BLAMING = frozenset({Harm.LABELLING, Harm.HOSTILITY, Harm.MIND_READING, Harm.BLAME_SHIFTING})
"""Beside a pattern named in the first response to a strain, these make it a counter-attack (domain.md 3e)."""
LINKS = (Strategy.LINK_DYAD, Strategy.LINK_OUTSIDE)
HOT, STRONG, CLEAR = 6.0, 4, 3
"""Tension and intensity from which on a range gives its high value; intensity from which on missing stalls."""


def graded_harms(coding: Coding, situation: Situation) -> tuple[HarmGraded, ...]:
    """Each harm once, in order of appearance, then the situational ones. Nothing when the coder abstained.

    A situational harm has no words of its own: it comes with start 0 and end 0 and an empty `about`, and whoever
    knows the reply and the patient's line fills them.
    """
    if coding.abstained:
        return ()
    found = [found for found in coding.codes if isinstance(found.code, Harm) and found.code not in SITUATIONAL_HARMS]
    first = {each.code: each for each in reversed(found)}
    graded = [
        HarmGraded(code=code, severity=severity(code, situation), start=first[code].start, end=first[code].end)
        for code in coding.harms
        if isinstance(code, Harm) and code in first
    ]
    return (*graded, *attacked(coding, situation), *missing(coding, situation))


def severity(harm: Harm, situation: Situation) -> int:
    """1 to 3. A range gives its low value, or its high one where it is hot (tension 6, intensity 4)."""
    low, high = codebook().severity(harm)
    intensity = situation.intensity or 0
    if harm is Harm.IGNORING and intensity >= CLEAR:
        return high
    return high if (situation.tension or 0.0) >= HOT or intensity >= STRONG else low


def attacked(coding: Coding, situation: Situation) -> tuple[HarmGraded, ...]:
    """A pattern named at once, with blame: heard as a counter-attack."""
    early = situation.depth == "early" and situation.strain is not Strain.NONE
    links = [found for found in coding.codes if found.code in LINKS]
    blames = BLAMING & set(coding.harms) and Harm.COUNTER_INTERPRETATION not in coding.harms
    if not (early and links and blames):
        return ()
    code = Harm.COUNTER_INTERPRETATION
    return (HarmGraded(code=code, severity=severity(code, situation), start=links[0].start, end=links[0].end),)


def missing(coding: Coding, situation: Situation) -> tuple[HarmGraded, ...]:
    """What was left undone: a risk cue not asked about, a fresh strain passed over."""
    found = []
    if situation.risk and Strategy.SAFETY not in coding.strategies:
        found.append(Harm.SAFETY_NEGLECT)
    if ignored(coding, situation):
        found.append(Harm.IGNORING)
    return tuple(HarmGraded(code=code, severity=severity(code, situation), start=0, end=0) for code in found)


def ignored(coding: Coding, situation: Situation) -> bool:
    """A fresh strain, and a reply which shows nothing at all of having met it. Words to the scorer reach no patient."""
    spoke = not (coding.codes or coding.silence or coding.described or coding.because)
    return situation.strain is Strain.FRESH and spoke and coding.recognition == 0
