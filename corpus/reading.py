"""The labelled replies as they lie in `corpus/parts`, read into plain dictionaries.

A part is one author's: `moments.jsonl` (the patient's line and what the moment is), `replies.jsonl`, `intentions.jsonl`
(what the author had in mind), `coding-a.jsonl` and `coding-b.jsonl` (two independent coders), and `settled.jsonl` where
a third coder decided what the two saw differently.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from roleplay.scoring.codes import RENEGOTIATION, SITUATIONAL_HARMS, Harm, Strategy
from roleplay.scoring.coding import Coding, Found

FOLDER = Path(__file__).parent
PARTS = FOLDER / "parts"
CODES: tuple[Strategy | Harm, ...] = tuple(code for code in (*Strategy, *Harm) if code not in SITUATIONAL_HARMS)
"""What a coder of the words may give, in a fixed order."""
Rated = dict[str, Any]
Record = dict[str, Any]


def lines(path: Path) -> list[dict[str, Any]]:
    """Every object of a file of JSON Lines, in order."""
    with path.open(encoding="utf-8", newline="\n") as opened:
        return [json.loads(line) for line in opened]


@cache
def splits() -> dict[str, tuple[str, ...]]:
    """The parts of `train`, `dev` and `test`. No moment and no voice of one is in another."""
    said = yaml.safe_load((FOLDER / "splits.yaml").read_text(encoding="utf-8"))
    return {name: tuple(said[name]) for name in ("train", "dev", "test")}


def coded(part: str) -> bool:
    """Whether both codings of a part are there."""
    return all((PARTS / part / f"coding-{coder}.jsonl").exists() for coder in "ab")


def records(part: str) -> list[Record]:
    """The replies of a part as `roleplay score --jsonl` takes them, with `moment`, `voice` and `part` beside."""
    moments = {each["moment"]: each for each in lines(PARTS / part / "moments.jsonl")}
    return [{**moments[reply["moment"]], **reply, "part": part} for reply in lines(PARTS / part / "replies.jsonl")]


def codings(part: str, coder: str) -> list[Rated]:
    """One coder's codings (`a` or `b`), in the order of the replies."""
    return lines(PARTS / part / f"coding-{coder}.jsonl")


def settled(part: str) -> list[Rated]:
    """What counts as the codes of each reply: where the coders differ, what the third decided, else the first coder's.

    Segments are the first coder's, for the codes that stand.
    """
    third = decided(part)
    both = zip(codings(part, "a"), codings(part, "b"), strict=True)
    return [standing({**a, **agreed(a, b), **third.get(a["id"], {})}) for a, b in both]


def standing(rated: Rated) -> Rated:
    """The same without the words of codes that were not left standing."""
    given = codes_of(rated)
    return {**rated, "segments": {code: words for code, words in rated.get("segments", {}).items() if code in given}}


def decided(part: str) -> dict[str, Rated]:
    """What the third coder decided, by the reply's id; nothing of replies that nobody had to settle."""
    path = PARTS / part / "settled.jsonl"
    return {each["id"]: each for each in lines(path)} if path.exists() else {}


def coders_of(part: str) -> list[list[Rated]]:
    """All who coded each reply: two coders and, where they differ, the third, whose scales are the middle of theirs."""
    third = decided(part)
    every = zip(codings(part, "a"), codings(part, "b"), settled(part), strict=True)
    return [[a, b, whole] if a["id"] in third else [a, b] for a, b, whole in every]


def agreed(a: Rated, b: Rated) -> Rated:
    """The middle of two ratings, rounded towards the first coder; codes as the first coder has them."""
    return {name: halfway(a[name], b[name]) for name in ("contact", "quality", "empathy", "ownership", "stance")}


def halfway(ours: int | None, theirs: int | None) -> int | None:
    """The mean of two ratings, of a half the side of the first; the first where either is None."""
    if ours is None or theirs is None:
        return ours
    return (ours + theirs + int(ours > theirs)) // 2


def codes_of(rated: Rated) -> frozenset[str]:
    """The codes of one coding, situational harms apart."""
    return frozenset({*rated["strategies"], *rated["harms"]} - set(SITUATIONAL_HARMS))


def coding_of(rated: Rated, response: str) -> Coding:
    """A person's coding in the program's form, for the grade."""
    shared = bool(rated["shared"])
    spans = rated.get("segments") or {}
    found = []
    for code in CODES:
        if str(code) in codes_of(rated):
            words = spans.get(str(code), response)
            start = max(response.find(words), 0)
            found.append(Found(code=code, start=start, end=start + len(words), shared=shared and code in RENEGOTIATION))
    return Coding(
        codes=tuple(sorted(found, key=lambda each: each.start)),
        recognition=rated["recognition"],
        kind=rated["kind"],
        contact=rated["contact"],
        quality=rated["quality"],
        empathy=rated["empathy"],
        ownership=rated["ownership"],
        stance=rated["stance"],
        described=rated["described"],
    )


def corpus_digest() -> str:
    """SHA-256 over what is learned from: moments, replies, codings and decisions of the training part.

    The codebook's examples are taught too and are not in it, so that a word of the codebook can be mended.
    """
    whole = hashlib.sha256()
    for part in all_parts(["train"]):
        for name in ("moments", "replies", "coding-a", "coding-b", "settled"):
            whole.update((PARTS / part / f"{name}.jsonl").read_bytes())
    return whole.hexdigest()


def all_parts(names: Iterable[str] = ("train", "dev", "test")) -> list[str]:
    """The parts of these splits that have been coded twice, in order."""
    return sorted(part for name in names for part in splits()[name] if coded(part))
