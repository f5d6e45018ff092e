"""How other scorers read a reply, beside the reading that counts. No figure of the debrief rests on it."""

from roleplay.debrief.moment import Opinion
from roleplay.debrief.turn import Turn
from roleplay.engine.events import OpinionGiven
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding

JUDGE = "judge"
"""The scorer of every opinion that an outside model gave."""
LONGEST = 100
"""Characters of a name or a reason from outside that are shown."""


def opinions_of(turn: Turn) -> tuple[Opinion, ...]:
    """The last opinion of each scorer and version; one that could not be had is left out."""
    last: dict[tuple[str, str], OpinionGiven] = {}
    for given in turn.opinions:
        if given.coding is not None:
            last[given.scorer, given.version] = given
    return tuple(
        _opinion(given.coding, given.scorer, given.version, turn.text) for given in last.values() if given.coding
    )


def reading_of(turn: Turn) -> Opinion | None:
    """The reading that counts, to stand beside the opinions; None where there are none, or it is missing."""
    if turn.coding is None or not opinions_of(turn):
        return None
    return _opinion(turn.coding, turn.coding.scorer, turn.coding.version, turn.text)


def _opinion(coding: Coding, scorer: str, version: str, reply: str) -> Opinion:
    return Opinion(
        scorer=scorer[:LONGEST],
        version=version[:LONGEST],
        judge=scorer == JUDGE,
        deeds=() if coding.abstained else deeds(coding.inside(reply), reply),
        recognition=None if coding.abstained else coding.recognition,
        contact=None if coding.abstained else coding.contact,
        because=coding.because[:LONGEST] if coding.abstained else "",
    )


def deeds(coding: Coding, reply: str) -> tuple[tuple[str, str], ...]:
    """Each code once, in a few words, with the words of the first place where it was found."""
    found: dict[Strategy | Harm, str] = {}
    for each in coding.codes:
        found.setdefault(each.code, reply[each.start : each.end])
    return tuple((short(code), words) for code, words in found.items())


def short(code: Strategy | Harm) -> str:
    """A code in a few words, past tense."""
    return codebook().harm(code).short if isinstance(code, Harm) else codebook().strategy(code).short
