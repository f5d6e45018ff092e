"""The small language in which `phrases/*.yaml` are written, and how phrases are found in a sentence.

A phrase is places with a space between them. A place may be

    word            that word                       a/b/c_d    any of these (`_` joins words)
    stem~           any word that begins so         <name>     any of the list `name`
    [...]           may be missing                  ..4        up to four words of any kind
    *               one word of any kind            $ (last)   the end of the sentence
    ^ (first)       the beginning of the sentence   ? (last)   only in a sentence that asks

Words that only colour ("just", "really") may stand before any place but the first.
Phrases are matched word by word against sets, never as one regular expression, so a
long or hostile reply costs little.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from roleplay.scoring.text import Sentence

FILLERS = frozenset(
    """just really probably perhaps maybe quite actually honestly simply very so also even still too um uh er erm well
    oh ah then only truly somehow certainly definitely clearly obviously absolutely totally completely bit partly
    mostly""".split()  # noqa: SIM905
)
"""Words that only colour, and may stand before any place but the first."""
SKIPPED = 2
"""At most so many fillers are passed over between two places."""
Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Place:
    """One place of a phrase: the words that fit, by their first word."""

    options: Mapping[str, tuple[tuple[str, ...], ...]]
    """First word to what must follow it (often nothing)."""
    stems: tuple[str, ...] = ()
    anything: bool = False
    optional: bool = False
    gap: int = 0
    """For `..N`: how many words may be passed over. Then nothing else matters."""

    @property
    def must(self) -> bool:
        """It has to be there, and begins with one of few words."""
        return bool(self.options) and not (self.optional or self.gap or self.anything or self.stems)

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        """Where this place can end when it begins at word `at`."""
        if at >= len(words):
            return
        word = words[at]
        for rest in self.options.get(word, ()):
            end = at + 1
            for each in rest:
                end = passed(words, end, each)
                if end < 0:
                    break
            else:
                yield end
        if self.anything or (self.stems and word.startswith(self.stems)):
            yield at + 1


def passed(words: Sequence[str], at: int, wanted: str) -> int:
    """One past `wanted`, looked for at `at` or behind a filler or two; -1 when it is not there."""
    for step in range(SKIPPED + 1):
        if at + step >= len(words):
            return -1
        if words[at + step] == wanted:
            return at + step + 1
        if words[at + step] not in FILLERS:
            return -1
    return -1


@dataclass(frozen=True)
class Phrase:
    """One phrase, ready to be matched."""

    source: str
    places: tuple[Place, ...]
    opens: bool = False
    closes: bool = False
    asks: bool = False

    needs: tuple[frozenset[str], ...] = ()
    """For each later place that must be there: the first words it may have. A sentence without one cannot match."""

    def missing(self, present: frozenset[str]) -> bool:
        """Whether a sentence of these words cannot hold the phrase."""
        for need in self.needs:  # noqa: SIM110 -- a plain loop takes half the time of any(), and this is the hot spot
            if need.isdisjoint(present):
                return True
        return False

    def end(self, words: Sequence[str], at: int) -> int:
        """Where the phrase ends when it begins at word `at`; -1 when it does not stand there."""
        return self._from(words, at, 0, first=True)

    def _from(self, words: Sequence[str], at: int, number: int, *, first: bool) -> int:
        if number == len(self.places):
            return -1 if self.closes and at < len(words) else at
        place = self.places[number]
        if place.gap:
            return self._over(words, at, number, place.gap)
        begin = at
        for _ in range(1 if first else SKIPPED + 1):
            for end in place.ends(words, begin):
                found = self._from(words, end, number + 1, first=False)
                if found >= 0:
                    return found
            if begin >= len(words) or words[begin] not in FILLERS:
                break
            begin += 1
        return self._from(words, at, number + 1, first=first) if place.optional else -1

    def _over(self, words: Sequence[str], at: int, number: int, gap: int) -> int:
        for step in range(min(gap, len(words) - at) + 1):
            found = self._from(words, at + step, number + 1, first=False)
            if found >= 0:
                return found
        return -1

    def begins(self) -> Iterator[tuple[str, str | None]]:
        """Each (first word, word after it) the phrase can begin with; None stands for any word or none."""
        for number, place in enumerate(self.places):
            seconds = self._seconds(number + 1)
            for stem in place.stems:
                yield stem + "~", None
            for first, rests in place.options.items():
                for rest in rests:
                    yield from ((first, rest[0]),) if rest else ((first, second) for second in seconds)
            if not place.optional:
                return

    def _seconds(self, number: int) -> frozenset[str | None]:
        found: set[str | None] = set()
        for place in self.places[number:]:
            if place.gap or place.anything or place.stems:
                return frozenset({None})
            found |= set(place.options)
            if not place.optional:
                return frozenset(found)
        return frozenset({None})


def choices(place: str, lists: Lists) -> Iterator[str]:
    """The alternatives of one place, lists opened."""
    for choice in place.split("/"):
        if choice.startswith("<"):
            for entry in lists[choice[1:-1]]:
                yield from choices(entry, lists)
        elif choice:
            yield choice


def place_of(source: str, lists: Lists) -> Place:
    """One place from its written form."""
    if source.startswith(".."):
        return Place({}, gap=int(source[2:]))
    optional = source.startswith("[")
    options: dict[str, list[tuple[str, ...]]] = {}
    stems: list[str] = []
    for choice in choices(source.strip("[]"), lists):
        if choice.endswith("~"):
            stems.append(choice[:-1])
        elif choice != "*":
            first, *rest = choice.split("_")
            options.setdefault(first, []).append(tuple(rest))
    fitting = {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in options.items()}
    return Place(fitting, tuple(stems), anything=source == "*", optional=optional)


def phrase_of(source: str, lists: Lists) -> Phrase:
    """A phrase from its written form.

    Raises:
        ValueError: It begins with something open, so that it could stand anywhere.
        KeyError: It names a list that does not exist.
    """
    written = source.split()
    places = tuple(place_of(each, lists) for each in written if each not in ("^", "?", "$"))
    if not places or places[0].gap or places[0].anything or all(place.optional or place.gap for place in places):
        raise ValueError(f"The phrase `{source}` must begin with words.")
    needs = tuple(frozenset(place.options) for place in places[1:] if place.must)
    return Phrase(source, places, needs=needs, opens=written[0] == "^", closes="$" in written, asks=written[-1] == "?")


@dataclass(frozen=True)
class Match:
    """Where a phrase stands: words `first` to `last` (exclusive) of a sentence."""

    sentence: Sentence
    first: int
    last: int

    @property
    def start(self) -> int:
        """Offset of the first character in what was typed."""
        return self.sentence.words[self.first].start

    @property
    def end(self) -> int:
        """Offset after the last character in what was typed."""
        return self.sentence.words[self.last - 1].end

    @property
    def quoted(self) -> bool:
        """Whether any of it stands in quotation marks."""
        return any(word.quoted for word in self.sentence.words[self.first : self.last])
