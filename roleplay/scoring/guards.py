"""What can be said of a reply before its words are judged: a silence, what cannot be read, words meant for the scorer.

Every coder goes through here first, so that no way of coding can be talked into a mark.
"""

import re

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Found, Heard
from roleplay.scoring.language import unreadable
from roleplay.scoring.reading import Reading
from roleplay.scoring.text import plain

SILENCE = re.compile(
    r"silence|[\[(*] ?(?:silence|(?:long |short |a )*pause|says nothing|waits)[^\])*]{0,40}[\])*]|(?:\. ?){2,}|…+|-+"
)
"""A reply, in plain form, which says that nothing is said."""
ADDRESSED = "This speaks to whoever marks the reply, not to the patient, so it was given no codes."
DESCRIBED = "It tells what you would say; say it to the patient in your own words."


def guarded(reply: str, heard: Heard) -> Coding | Reading:
    """The coding of a reply whose words need no judging, or the reading of one whose words do. Never raises."""
    clean = plain(reply)[0].strip()
    if SILENCE.fullmatch(clean):
        return Coding(codes=(whole(Strategy.HOLD, reply),), silence=True, economy=4)
    reading = Reading(reply, heard)
    if because := unreadable(clean, reading.said):
        return Coding(abstained=True, because=because)
    if reading.has("scorer"):
        return Coding(because=ADDRESSED, economy=2)
    return reading


def whole(code: Strategy | Harm, reply: str) -> Found:
    """`code` resting on all of `reply`."""
    return Found(code=code, start=0, end=len(reply), confidence=0.9)
