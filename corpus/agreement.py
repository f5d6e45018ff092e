"""How far the two coders agree with each other, and the program's coder with each of them.

`python -m corpus.agreement > docs/agreement.md`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from roleplay.scoring.agreement import cohen_kappa, f1, weighted_kappa
from roleplay.scoring.codes import SITUATIONAL_HARMS, Band, Harm, Strategy
from roleplay.scoring.record import score_record
from roleplay.scoring.words import WordsCoder

FOLDER = Path(__file__).parent
SETS = {
    "pilot": "Pilot: before the codebook was mended (see `corpus/pilot/unclear.md`)",
    "first": "First part: after it",
}
BANDS = list(Band)
CODES = [code for code in (*Strategy, *Harm) if code not in SITUATIONAL_HARMS]
Rated = dict[str, Any]

HEAD = """\
# Agreement: two coders with each other, and the program with each of them

Replies to patients who are not in the library, written by authors of this project in twelve voices a part, four replies
to a moment; each coded by two independent coders against `roleplay/scoring/codebook.yaml`, blind to the author's
intention, to each other and to the program. Authors and coders are the project's authors working with language models,
not clinicians: this measures whether the codebook can be applied twice alike, and how far the hand-written rules are
from that. It says nothing about validity. The phrases were not tuned on these replies. One rule of the grade was: that
noticing which is only implicit counts as going on where there is no strain was decided after a look at the coders'
labels of the pilot and of parts 3 and 4, so that the band rows are not wholly held out.

Made by `python -m corpus.agreement > docs/agreement.md`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for name, title in SETS.items() for line in _part(name, title))])


def read(name: str, rated: str) -> list[Rated]:
    """One kind of file of a set, over all the parts that have been coded twice, in order."""
    parts = sorted(path.stem.removeprefix("coding-b-") for path in (FOLDER / name).glob("coding-b-*.jsonl"))
    files = [FOLDER / name / f"{rated}-{part}.jsonl" for part in parts]
    return [json.loads(line) for file in files for line in file.open(encoding="utf-8", newline="\n")]


def program(replies: Sequence[Rated]) -> list[Rated]:
    """The program's own reading, in the coders' form."""
    coder = WordsCoder()
    rated = [json.loads(score_record(json.dumps(reply), coder)) for reply in replies]
    return [
        {**out, "recognition": out["recognition"]["level"], "contact": out["dimensions"].get("contact")}
        for out in rated
    ]


def _part(name: str, title: str) -> Iterator[str]:
    replies, a, b = (read(name, rated) for rated in ("replies", "coding-a", "coding-b"))
    ours = program(replies)
    strained = [n for n, reply in enumerate(replies) if reply["strain"] != "none"]
    pairs = ((a, b), (ours, a), (ours, b))
    in_strain = [([x[n] for n in strained], [y[n] for n in strained]) for x, y in pairs]
    yield f"## {title}\n\n{len(replies)} replies to {len({reply['moment'] for reply in replies})} moments.\n"
    yield "| | coder A with B | program with A | program with B |\n| --- | --- | --- | --- |"
    yield _row("band, weighted kappa", [_scale(x, y, _band) for x, y in pairs])
    yield _row("recognition in a strain, weighted kappa", [_scale(x, y, _recognition) for x, y in in_strain])
    yield _row("contact, weighted kappa", [_scale(x, y, _contact) for x, y in pairs])
    yield _row("all codes, micro F1", [_micro(x, y) for x, y in pairs])
    yield _row("codes, macro F1", [_macro(x, y) for x, y in pairs])
    yield _row("severity-3 harm present, kappa", [_present(x, y, HARSH) for x, y in pairs])
    yield "\n| code | A | B | program | kappa A with B | F1 program with A | F1 program with B |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for code in CODES:
        given = [[code in _codes(r) for r in rated] for rated in (a, b, ours)]
        figures = (cohen_kappa(given[0], given[1]), f1(given[2], given[0]), f1(given[2], given[1]))
        yield f"| {code} | {' | '.join(str(sum(g)) for g in given)} | {' | '.join(map(_shown, figures))} |"
    yield ""


def _recognition(rated: Rated) -> int | None:
    value: int | None = rated["recognition"]
    return value


def _contact(rated: Rated) -> int | None:
    value: int | None = rated["contact"]
    return value


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
    print(page())
