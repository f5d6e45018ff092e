"""What the corpus holds: `python -m corpus.counts > docs/corpus.md`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from corpus.reading import CODES, Record, all_parts, codes_of, records, settled, splits

WANTED_REPLIES, WANTED_MOMENTS = 150, 60
SHINGLE, LIKE = 3, 0.5
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
    """Replies of the development and test parts that are nearly in the training part."""
    index: dict[str, set[int]] = defaultdict(set)
    shingled = [shingles(each["response"]) for each in everything["train"]]
    for place, found in enumerate(shingled):
        for shingle in found:
            index[shingle].add(place)
    yield f"## Near duplicates\n\nReplies that share at least {LIKE:.0%} of their runs of {SHINGLE} words with one"
    yield "reply of the training part:\n"
    for name in ("dev", "test"):
        alike = []
        for each in everything[name]:
            mine = shingles(each["response"])
            best = max((overlap(mine, shingled[place]) for s in mine for place in index[s]), default=0.0)
            if best >= LIKE:
                alike.append(f"{each['id']} ({best:.2f})")
        yield f"- {name}: {', '.join(alike) or 'none'}"


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
