"""What the corpus holds: `python -m corpus.counts > docs/corpus.md`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from corpus.reading import CODES, Record, all_parts, codes_of, records, settled, splits

WANTED_REPLIES, WANTED_MOMENTS = 150, 60
SHINGLE, LIKE = 3, 0.4
HEAD = """\
# What the labelled corpus holds

How it was written and coded, and what is known to be wrong with it, is in `corpus/README.md`; how far the coders agree
in `docs/agreement.md`. Made by `python -m corpus.counts > docs/corpus.md`.
"""


def page() -> str:
    """The whole page."""
    parts = {name: all_parts([name]) for name in splits()}
    everything = {name: [record for part in chosen for record in records(part)] for name, chosen in parts.items()}
    lines = [HEAD, *sizes(everything), *kinds(everything), *codes([p for chosen in parts.values() for p in chosen])]
    return "\n".join([*lines, *near(everything), ""])


def sizes(everything: dict[str, list[Record]]) -> Iterator[str]:
    """Replies, moments, voices and lengths of each split."""
    yield "| | replies | moments | voices | words, median | words, shortest to longest | moments without strain |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, found in {**everything, "all": [each for some in everything.values() for each in some]}.items():
        lengths = [len(each["response"].split()) for each in found]
        moments = {each["moment"]: each for each in found}
        calm = sum(each["strain"] == "none" for each in moments.values())
        voices = len({each["voice"] for each in found})
        yield (
            f"| {name} | {len(found)} | {len(moments)} | {voices} | {median(lengths):.0f} | {min(lengths)} to "
            f"{max(lengths)} | {calm} ({calm / len(moments):.0%}) |"
        )
    yield ""


def kinds(everything: dict[str, list[Record]]) -> Iterator[str]:
    """How the moments are spread."""
    moments = {each["moment"]: each for some in everything.values() for each in some}.values()
    tables: dict[str, Callable[[Record], object]] = {
        "family": lambda each: each["family"],
        "strain": lambda each: each["strain"],
        "about": lambda each: each["about"],
        "patient's type": lambda each: each["patient_type"],
        "risk cue marked by the author": lambda each: each.get("risk", "not asked for in parts 01 to 06"),
    }
    for name, key in tables.items():
        spread = Counter(str(key(each)) for each in moments)
        yield f"Moments by {name}: {', '.join(f'{value} {count}' for value, count in spread.most_common())}.\n"


def codes(parts: Sequence[str]) -> Iterator[str]:
    """Each code with how often and where it stands."""
    given: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for record, rated in zip(records(part), settled(part), strict=True):
            for code in codes_of(rated):
                given[code].append(record["moment"])
    yield f"## Codes\n\nWanted: {WANTED_REPLIES} replies in {WANTED_MOMENTS} moments for each.\n"
    yield "| code | replies | moments | enough |\n| --- | --- | --- | --- |"
    for code in map(str, CODES):
        replies, moments = len(given[code]), len(set(given[code]))
        enough = "yes" if replies >= WANTED_REPLIES and moments >= WANTED_MOMENTS else "not yet"
        yield f"| {code} | {replies} | {moments} | {enough} |"
    yield ""


def near(everything: dict[str, list[Record]]) -> Iterator[str]:
    """Replies and patient's lines of one split that are nearly in another."""
    yield "## Near duplicates\n\nReplies, and moments by the patient's line, that share at least"
    yield f"{LIKE:.0%} of their runs of {SHINGLE} words with one of another split:\n"
    for name, other in (("dev", "train"), ("test", "train"), ("test", "dev")):
        for what, key in (("response", "id"), ("patient_line", "moment")):
            known = {each[key]: each[what] for each in everything[other]}
            mine = {each[key]: each[what] for each in everything[name]}
            named = ", ".join(f"{one} and {two} ({share:.2f})" for one, two, share in alike(mine, known))
            yield f"- {'replies' if key == 'id' else 'moments'} of {name} in {other}: {named or 'none'}"


def alike(mine: dict[str, str], known: dict[str, str]) -> Iterator[tuple[str, str, float]]:
    """Each text with the nearest of the known ones, where they are near."""
    index: dict[str, set[str]] = defaultdict(set)
    shingled = {name: shingles(text) for name, text in known.items()}
    for name, found in shingled.items():
        for shingle in found:
            index[shingle].add(name)
    for name, text in mine.items():
        ours = shingles(text)
        near_by = sorted({other for shingle in ours for other in index[shingle]})
        best = max(near_by, key=lambda other: overlap(ours, shingled[other]), default=None)
        if best is not None and (share := overlap(ours, shingled[best])) >= LIKE:
            yield name, best, share


def shingles(text: str) -> frozenset[str]:
    """Runs of three words; of a shorter reply the whole of it."""
    words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(runs)


def overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Share of all runs of both that are in both, 0 to 1."""
    return len(ours & theirs) / len(ours | theirs)


if __name__ == "__main__":
    print(page())
