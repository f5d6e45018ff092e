"""The first coder: hand-written rules over words. Offline, quick, explainable, and not validated."""

import re

from roleplay.scoring.codes import RENEGOTIATION, Harm, Strategy
from roleplay.scoring.coding import Coding, Found, Heard, Scale
from roleplay.scoring.combining import combine
from roleplay.scoring.contact import contact_of, covered
from roleplay.scoring.guards import DESCRIBED, guarded, whole
from roleplay.scoring.patterns import Match
from roleplay.scoring.rating import economy_of, empathy_of, ownership_of, quality_of, stance_of
from roleplay.scoring.reading import HARMS, STRATEGIES, Reading
from roleplay.scoring.recognising import recognition_of

SCORER = "words"
VERSION = "words-1 (hand-written rules, not validated)"
THIN = re.compile(
    r"(?:(?:mm+|mhm+|mm hm+|hm+|uh huh|go on|yes go on|please go on|take your time|i am listening|i am here|"
    r"no rush|no hurry|say (?:a )?(?:bit |little )?more|and then|tell me more|yes|yeah|okay|ok|right|i see|sure)\s?)+"
)
HOLDING = re.compile(r"mm|mhm|hm|uh huh|go on|your time|listening|here|no rush|no hurry|say|and then|tell me")
FORMULA = 0.6
"""From this share of words in generic phrases on, a reply is a formula."""
FAINT = 0.5
"""The confidence of a code which rests on what is missing."""
SPANS = 4
"""At most so many places are cited for one code."""


class WordsCoder:
    """Codes a reply with the rules in `phrases/*.yaml`. A `Coder`; holds no state."""

    scorer = SCORER
    version = VERSION

    def __call__(self, reply: str, heard: Heard) -> Coding:
        """What the words of `reply` do. Pure; abstains where it cannot read, and never raises."""
        reading = guarded(reply, heard)
        if isinstance(reading, Coding):
            return reading.model_copy(update=self.signed)
        if thin := thin_coding(reading):
            return thin.model_copy(update=self.signed)
        combine(reading)
        return self.coded(reading)

    @property
    def signed(self) -> dict[str, str]:
        """Who coded, for every coding."""
        return {"scorer": self.scorer, "version": self.version}

    def coded(self, reading: Reading) -> Coding:
        """The coding of a reply that can be read."""
        described = reading.has("described")
        contact = contact_in(reading)
        recognition, kind = recognition_of(reading, contact)
        quality = quality_of(reading, contact)
        return Coding(
            codes=founds(reading),
            recognition=min(recognition, 2) if described else recognition,
            kind=kind,
            contact=contact,
            quality=min(quality, 2) if described and quality is not None else quality,
            empathy=empathy_of(reading, contact),
            ownership=ownership_of(reading),
            stance=stance_of(reading),
            economy=economy_of(reading),
            described=described,
            because=DESCRIBED if described else "",
            scorer=self.scorer,
            version=self.version,
        )


def thin_coding(reading: Reading) -> Coding | None:
    """A reply which only keeps the line open ("mm, go on") holds; a bare "ok" does nothing. None for anything more."""
    line = " ".join(sentence.line for sentence in reading.said)
    if reading.words > 9 or not THIN.fullmatch(line):
        return None
    held = HOLDING.search(line) is not None
    return Coding(codes=(whole(Strategy.HOLD, reading.reply),) if held else (), quality=2 if held else None, economy=4)


ABOUT_THE_WORK = (
    Strategy.ATTEND, Strategy.NEED, Strategy.INVITE, Strategy.CHANGE, Strategy.ALTERNATIVES, Strategy.OBSTACLES,
    Strategy.ANSWER, Strategy.LINK_OUTSIDE,
)  # fmt: skip
"""Where the line speaks of a strain, these answer it even without a word of it."""


def contact_in(reading: Reading) -> Scale:
    """Contact of the whole reply, from shared words, what it names by itself, and how much of it is formula."""
    own = reading.has(Strategy.OWN) and not reading.bare
    concrete = int(own) + int(own and reading.has("effect")) + 2 * int(reading.has(Strategy.ANSWER))
    concrete += int(reading.has(Strategy.SAFETY, Strategy.VALIDATE, Strategy.NORMALISE))
    concrete += int(any(not within(match, reading.matches("received")) for match in reading.matches("took_up")))
    if reading.echoes or (reading.bare and reading.strategies == [Strategy.OWN] and reading.words < 12):
        return 1
    if formulaic(reading) and reading.shared.weight < 1 and not concrete:
        return 1
    said = reading.shared.near >= 1 or reading.has("deictic", "uptake")
    aimed = bool(reading.strategies) or (said and not reading.harms and not reading.has("carry_on"))
    return contact_of(reading.shared.weight + concrete, aimed=aimed, taken=taken_up(reading))


def within(match: Match, others: list[Match]) -> bool:
    """Whether `match` begins inside one of `others`."""
    return any(each.start <= match.start < each.end for each in others)


def formulaic(reading: Reading) -> bool:
    """Most of the reply stands in phrases that could follow any line."""
    common = reading.matches("generic", "received")
    return bool(reading.strategies) and covered(reading.said, common) >= FORMULA


def taken_up(reading: Reading) -> bool:
    """It points at this moment while it does something about it, or answers a strain that was just spoken of."""
    if reading.strategies == [Strategy.HOLD] or not (reading.strategies or reading.has("uptake")):
        return False
    loose = covered(reading.said, reading.matches("generic", "received"))
    points = reading.has("points", "uptake") and loose < FORMULA
    return points or (reading.strained and reading.has(*ABOUT_THE_WORK) and loose < FORMULA)


def founds(reading: Reading) -> tuple[Found, ...]:
    """The codes with their places, in order of appearance; overlapping places of one code become one."""
    together = reading.has("chosen") or bool(reading.questions)
    found: list[Found] = []
    for name in reading.hits:
        if name not in STRATEGIES and name not in HARMS:
            continue
        code = Strategy(name) if name in STRATEGIES else Harm(name)
        for start, end in merged([(match.start, match.end) for match in reading.hits[name]])[:SPANS]:
            shared = code in RENEGOTIATION and together
            sure = FAINT if name in reading.faint else confidence(end - start)
            found.append(Found(code=code, start=start, end=end, confidence=sure, shared=shared))
    return tuple(sorted(found, key=lambda each: (each.start, each.end, str(each.code))))


def merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def confidence(length: int) -> float:
    """A longer phrase is surer than a short one; a rule of thumb, not a probability that was measured."""
    return round(min(0.95, 0.55 + length / 100), 2)
