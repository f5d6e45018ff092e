"""From the network's numbers to a coding. Pure; plain lists and floats, so that training can use it as well."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from roleplay.scoring.codes import RENEGOTIATION, Harm, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.learned.layout import CODES, SCALES

KINDS = tuple(RecognitionKind)
KINDS_AT = {
    0: (RecognitionKind.NONE,),
    1: (RecognitionKind.GENERIC, RecognitionKind.MISATTRIBUTED),
    2: (RecognitionKind.EXPLICIT, RecognitionKind.IMPLICIT),
    3: (RecognitionKind.EXPLICIT, RecognitionKind.IMPLICIT),
    4: (RecognitionKind.EXPLICIT, RecognitionKind.IMPLICIT),
}
"""The kinds of recognition that coders give beside each level, but for one settled coding in nine hundred."""
Row = Sequence[float]
FEW = 3
"""Fewer words than this say too little to be shown as what a code rests on."""
STOP = re.compile(r"[.!?…;:]+|, | [-–—] |\n")
AROUND = " \t\n\r.,;:…-–—)]}"


@dataclass(frozen=True)
class Answers:
    """What the network said of one reply."""

    whole: Row
    """Logits about the reply, in the order of `layout`."""
    tokens: Sequence[Row]
    """Logits of each code at each token of the reply, shape (tokens, codes)."""
    offsets: Sequence[tuple[int, int]]
    """Where those tokens stand in the reply."""


@dataclass(frozen=True)
class Judgement:
    """What was learned on the development part: how sure is sure enough."""

    thresholds: Mapping[str, float] = field(default_factory=dict)
    """From this probability on a code is given; 0.5 where none stands here."""
    slope: float = 1.0
    offsets: Mapping[str, float] = field(default_factory=dict)
    """Probability is the logistic of slope * logit + the code's own offset; 0 where none stands here."""
    span: float = 0.4
    """A token belongs to a code's words from this share of its strongest token's odds on, as a probability."""


def probability(logit: float) -> float:
    """The logistic function, 0 to 1."""
    return 1.0 / (1.0 + exp(-min(max(logit, -30.0), 30.0)))


def probabilities(answers: Answers, judged: Judgement) -> dict[str, float]:
    """How likely each code is, 0 to 1."""
    return {
        str(code): probability(judged.slope * answers.whole[place] + judged.offsets.get(str(code), 0.0))
        for place, code in enumerate(CODES)
    }


def shares(answers: Answers, name: str) -> list[float]:
    """The probability of each class of one scale."""
    at = len(CODES)
    for scale, size in SCALES.items():
        if scale == name:
            logits = answers.whole[at : at + size]
            most = max(logits)
            weights = [exp(logit - most) for logit in logits]
            return [weight / sum(weights) for weight in weights]
        at += size
    raise KeyError(name)


def flag(answers: Answers, name: str) -> float:
    """The probability of `shared` or `described`."""
    return probability(answers.whole[-2 if name == "shared" else -1])


def level(answers: Answers, name: str) -> int | None:
    """The expected level, rounded; None where "not rated" is likelier than not."""
    found = shares(answers, name)
    if SCALES[name] == 6:
        if found[0] > 0.5:
            return None
        found = [share / max(1.0 - found[0], 1e-9) for share in found[1:]]
    return int(sum(place * share for place, share in enumerate(found)) + 0.5)


def recognised(answers: Answers) -> tuple[int, RecognitionKind]:
    """How far strain was recognised, and how; the two always go together.

    A bare 1 whose likeliest kind is none at all is none. A strain most likely laid at the wrong door is 1 at
    most, however far it was seen. Otherwise the kind is the likelier of those at that level.
    """
    likely = dict(zip(KINDS, shares(answers, "kind"), strict=True))
    kind = max(KINDS, key=likely.__getitem__)
    shown = level(answers, "recognition") or 0
    if shown == 1 and kind is RecognitionKind.NONE:
        shown = 0
    if shown > 1 and kind is RecognitionKind.MISATTRIBUTED:
        shown = 1
    return shown, max(KINDS_AT[shown], key=likely.__getitem__)


def given(answers: Answers, judged: Judgement) -> list[tuple[Strategy | Harm, float]]:
    """The codes that are sure enough, in the order of the codebook, with their probability."""
    likely = probabilities(answers, judged)
    return [(code, likely[str(code)]) for code in CODES if likely[str(code)] >= judged.thresholds.get(str(code), 0.5)]


def words_of(code: Strategy | Harm, reply: str, answers: Answers, share: float) -> tuple[int, int]:
    """The words that carry a code: the run of tokens around the strongest one, and at least `FEW` words of its clause.

    The whole reply where there are no tokens.
    """
    place = CODES.index(code)
    scores = [probability(row[place]) for row in answers.tokens]
    if not scores:
        return 0, len(reply)
    best = max(range(len(scores)), key=scores.__getitem__)
    least = min(scores[best] * share, 0.5)
    first = last = best
    while first > 0 and scores[first - 1] >= least:
        first -= 1
    while last + 1 < len(scores) and scores[last + 1] >= least:
        last += 1
    start, end = trimmed(reply, answers.offsets[first][0], answers.offsets[last][1])
    return (start, end) if len(reply[start:end].split()) >= FEW else clause(reply, start, end)


def clause(reply: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between two stops that holds these words; longer by one clause where that still is too short."""
    before = [0, *(stop.end() for stop in STOP.finditer(reply) if stop.end() <= start)]
    after = [*(stop.start() for stop in STOP.finditer(reply) if stop.start() >= end), len(reply)]
    for back, on in ((1, 0), (1, 1), (2, 1)):
        wide = trimmed(reply, before[-min(back, len(before))], after[min(on, len(after) - 1)])
        if len(reply[slice(*wide)].split()) >= FEW:
            break
    return wide


def trimmed(reply: str, start: int, end: int) -> tuple[int, int]:
    """The same words without white space and stops around them; itself where there is nothing else."""
    inner = reply[start:end]
    bare = inner.strip(AROUND)
    if not bare:
        return start, end
    start += len(inner) - len(inner.lstrip(AROUND))
    return start, start + len(bare)


def decoded(reply: str, answers: Answers, judged: Judgement) -> Coding:
    """The coding that these answers about a reply come to."""
    shared = flag(answers, "shared") >= 0.5
    found = []
    for code, likely in given(answers, judged):
        start, end = words_of(code, reply, answers, judged.span)
        together = shared and code in RENEGOTIATION
        found.append(Found(code=code, start=start, end=end, confidence=round(likely, 2), shared=together))
    strategies = any(isinstance(each.code, Strategy) for each in found)
    recognition, kind = recognised(answers)
    return Coding(
        codes=tuple(sorted(found, key=lambda each: (each.start, each.end, str(each.code)))),
        recognition=recognition,
        kind=kind,
        contact=level(answers, "contact") or 0,
        quality=level(answers, "quality") if strategies else None,
        empathy=level(answers, "empathy"),
        ownership=level(answers, "ownership"),
        stance=level(answers, "stance"),
        described=flag(answers, "described") >= 0.5,
    )
