"""How far the two coders agree with each other.

`python -m corpus.agreement > docs/agreement.md`.
"""

from collections.abc import Callable, Iterator, Sequence

from corpus.evaluate.intervals import interval
from corpus.reading import CODES, Rated, all_parts, codes_of, codings, records
from roleplay.scoring.agreement import cohen_kappa, f1, krippendorff_alpha, weighted_kappa
from roleplay.scoring.codes import Band

BANDS = list(Band)
ROUNDS = {
    "Pilot (parts 01 and 02)": lambda part: part <= "02",
    "First part (03 to 06), after the codebook was mended once": lambda part: "03" <= part <= "06",
    "Parts 07 to 30, after it was mended twice": lambda part: "07" <= part <= "30",
    "Parts 31 on, while more points were settled": lambda part: part >= "31",
}
SCALES = ("recognition", "contact", "quality", "empathy", "ownership", "stance")
Pair = tuple[str, Rated, Rated]
"""The moment, and both codings of one reply to it."""
Figure = Callable[[Sequence[Pair]], float | None]

HEAD = """\
# Agreement of the two coders

Each reply of the corpus was coded by two independent coders against `roleplay/scoring/codebook.yaml`, blind to the
author's intention, to each other and to the program. Authors and coders are the project's authors working with language
models, not clinicians. Both coders are of one kind: their agreement shows that the codebook can be applied twice alike,
is probably higher than people would reach, and says nothing about validity. A rating is compared where both gave one.

Intervals hold the middle 95 of 100 values when moments are drawn with replacement. What coders found unclear, and how
it was settled, is in `corpus/unclear.md`.

Made by `python -m corpus.agreement > docs/agreement.md`.
"""


def page() -> str:
    """The whole page."""
    parts = all_parts()
    rounds = [(title, pairs([part for part in parts if within(part)])) for title, within in ROUNDS.items()]
    lines = [HEAD, *overall([(title, found) for title, found in rounds if found])]
    return "\n".join([*lines, *by_code(pairs(parts)), ""])


def pairs(parts: Sequence[str]) -> list[Pair]:
    """Every reply of these parts with both its codings."""
    return [
        (record["moment"], a, b)
        for part in parts
        for record, a, b in zip(records(part), codings(part, "a"), codings(part, "b"), strict=True)
    ]


def overall(rounds: Sequence[tuple[str, list[Pair]]]) -> Iterator[str]:
    """One column for each round of coding."""
    yield f"| | {' | '.join(title for title, _ in rounds)} |\n| --- |{' --- |' * len(rounds)}"
    yield f"| replies | {' | '.join(str(len(found)) for _, found in rounds)} |"
    yield f"| moments | {' | '.join(str(len({moment for moment, *_ in found})) for _, found in rounds)} |"
    figures: dict[str, Figure] = {
        "same set of codes": lambda found: sum(codes_of(a) == codes_of(b) for _, a, b in found) / len(found),
        "codes, micro F1": micro,
        "codes, macro F1": macro,
        "band, weighted kappa": lambda found: scaled(found, lambda rated: BANDS.index(Band(rated["band"]))),
    }
    figures |= {f"{name}, weighted kappa": scale(name) for name in SCALES}
    for name, figure in figures.items():
        yield f"| {name} | {' | '.join(shown(figure(found)) for _, found in rounds)} |"
    yield ""


def scale(name: str) -> Figure:
    """Weighted kappa of one rating, where both coders rated it."""
    return lambda found: scaled(found, lambda rated: rated[name])


def by_code(found: Sequence[Pair]) -> Iterator[str]:
    """Every code, over all rounds."""
    yield f"## By code, over all {len(found)} replies\n"
    yield "| code | A | B | kappa | alpha | 95% of alpha |\n| --- | --- | --- | --- | --- | --- |"
    for code in map(str, CODES):
        a, b = given(found, code)
        bounds = interval(found, lambda drawn, code=code: alpha(drawn, code), lambda pair: pair[0])  # type: ignore[misc]
        between = f"{bounds[0]:.2f} to {bounds[1]:.2f}" if bounds else "–"
        figures = f"{shown(cohen_kappa(a, b))} | {shown(alpha(found, code))} | {between}"
        yield f"| {code} | {sum(a)} | {sum(b)} | {figures} |"


def given(found: Sequence[Pair], code: str) -> tuple[list[bool], list[bool]]:
    """Whether each coder gave the code."""
    return [code in codes_of(a) for _, a, _ in found], [code in codes_of(b) for _, _, b in found]


def alpha(found: Sequence[Pair], code: str) -> float | None:
    """Krippendorff's alpha of one code."""
    a, b = given(found, code)
    return krippendorff_alpha([int(yes) for yes in a], [int(yes) for yes in b])


def scaled(found: Sequence[Pair], value: Callable[[Rated], int | None]) -> float | None:
    """Weighted kappa of one rating over the replies that both rated."""
    both = [(value(a), value(b)) for _, a, b in found]
    known = [(a, b) for a, b in both if a is not None and b is not None]
    return weighted_kappa([a for a, _ in known], [b for _, b in known])


def micro(found: Sequence[Pair]) -> float | None:
    """F1 over all decisions about all codes."""
    cells = [(code in codes_of(a), code in codes_of(b)) for code in map(str, CODES) for _, a, b in found]
    return f1([a for a, _ in cells], [b for _, b in cells])


def macro(found: Sequence[Pair]) -> float | None:
    """Mean F1 over the codes that either gave."""
    each = [f1(*given(found, str(code))) for code in CODES]
    known = [value for value in each if value is not None]
    return sum(known) / len(known) if known else None


def shown(value: float | None) -> str:
    """Two decimals, or a dash."""
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    print(page())
