"""Agreement on the pilot replies: the two coders with each other, and the program's coder with each of them.

`python -m corpus.pilot` prints the page docs/pilot.md.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from roleplay.scoring.agreement import cohen_kappa, f1, weighted_kappa
from roleplay.scoring.codes import SITUATIONAL_HARMS, Band, Harm, Strategy
from roleplay.scoring.record import score_record
from roleplay.scoring.words import WordsCoder

FOLDER = Path(__file__).parent / "pilot"
PARTS = ("1", "2")
BANDS = list(Band)
CODES = [code for code in (*Strategy, *Harm) if code not in SITUATIONAL_HARMS]
Rated = dict[str, Any]

HEAD = """\
# Pilot: how far two coders agree, and how far the program agrees with them

200 replies to 50 moments, written by two authors of this project in twelve voices, for patients who are not in the
library; each coded by two independent coders against `roleplay/scoring/codebook.yaml`, blind to the author's intention,
to each other and to the program. Authors and coders are the project's authors working with language models, not
clinicians: this measures whether the codebook can be applied twice alike, and how far the hand-written rules are from
that. It says nothing about validity. The rules were not tuned on these replies.

Where the coders found the codebook unclear, and what was settled, is in `corpus/pilot/unclear.md`; the codings are from
before it was settled.

Made by `python -m corpus.pilot > docs/pilot.md`.
"""


def read(name: str) -> list[Rated]:
    """One file of the pilot over both parts, in order."""
    lines = [line for part in PARTS for line in (FOLDER / f"{name}-{part}.jsonl").open(encoding="utf-8", newline="\n")]
    return [json.loads(line) for line in lines]


def program(replies: Sequence[Rated]) -> list[Rated]:
    """The program's own reading, in the coders' form."""
    coder = WordsCoder()
    rated = []
    for reply in replies:
        out = json.loads(score_record(json.dumps(reply), coder))
        shown = out["recognition"]["level"]
        rated.append({**out, "recognition": shown, "contact": out["dimensions"].get("contact")})
    return rated


def page() -> Iterator[str]:
    """The page, line by line."""
    replies, a, b = read("replies"), read("coding-a"), read("coding-b")
    ours = program(replies)
    strained = [n for n, reply in enumerate(replies) if reply["strain"] != "none"]
    yield HEAD
    yield "| | coder A with B | program with A | program with B |\n| --- | --- | --- | --- |"
    pairs = ((a, b), (ours, a), (ours, b))
    yield _row("band, weighted kappa", [_scale(x, y, _band) for x, y in pairs])
    yield _row(
        "recognition in a strain, weighted kappa",
        [_scale([x[n] for n in strained], [y[n] for n in strained], lambda r: r["recognition"]) for x, y in pairs],
    )
    yield _row("contact, weighted kappa", [_scale(x, y, lambda r: r["contact"]) for x, y in pairs])
    yield _row("all codes, micro F1", [_micro(x, y) for x, y in pairs])
    yield _row("codes, macro F1", [_macro(x, y) for x, y in pairs])
    yield _row("severity-3 harm present, kappa", [_present(x, y, HARSH) for x, y in pairs])
    yield "\n## Per code\n\n| code | A | B | program | kappa A with B | F1 program with A | F1 program with B |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for code in CODES:
        given = [[code in _codes(r) for r in rated] for rated in (a, b, ours)]
        figures = (cohen_kappa(given[0], given[1]), f1(given[2], given[0]), f1(given[2], given[1]))
        yield f"| {code} | {' | '.join(str(sum(g)) for g in given)} | {' | '.join(map(_shown, figures))} |"


HARSH = {
    Harm.COUNTER_INTERPRETATION,
    Harm.PRESSING,
    Harm.HOSTILITY,
    Harm.MIXED_MESSAGE,
    Harm.CONTROL,
    Harm.CULTURAL_DISMISSAL,
}


def _band(rated: Rated) -> int | None:
    """The band as a number; None where the program could not read the reply."""
    return BANDS.index(Band(rated["band"])) if rated["band"] else None


def _codes(rated: Rated) -> set[str]:
    return {*rated["strategies"], *rated["harms"]} - set(SITUATIONAL_HARMS)


def _scale(x: Sequence[Rated], y: Sequence[Rated], value: Callable[[Rated], int | None]) -> float | None:
    both = [(value(one), value(other)) for one, other in zip(x, y, strict=True)]
    known = [(i, j) for i, j in both if i is not None and j is not None]
    return weighted_kappa([i for i, _ in known], [j for _, j in known])


def _micro(x: Sequence[Rated], y: Sequence[Rated]) -> float | None:
    cells = [(code in _codes(one), code in _codes(other)) for code in CODES for one, other in zip(x, y, strict=True)]
    return f1([i for i, _ in cells], [j for _, j in cells])


def _macro(x: Sequence[Rated], y: Sequence[Rated]) -> float | None:
    each = [f1([code in _codes(r) for r in x], [code in _codes(r) for r in y]) for code in CODES]
    known = [value for value in each if value is not None]
    return sum(known) / len(known) if known else None


def _present(x: Sequence[Rated], y: Sequence[Rated], wanted: set[Harm]) -> float | None:
    return cohen_kappa([bool(_codes(r) & wanted) for r in x], [bool(_codes(r) & wanted) for r in y])


def _row(name: str, values: Sequence[float | None]) -> str:
    return f"| {name} | {' | '.join(map(_shown, values))} |"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    print("\n".join(page()))
