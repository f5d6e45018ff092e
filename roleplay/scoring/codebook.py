"""The codebook: what every code means, read once from `codebook.yaml` for screens, docs and commands."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from roleplay.errors import unknown
from roleplay.scoring.codes import Band, Family, Harm, Marker, Move, RecognitionKind, Strategy, Urge
from roleplay.scoring.coding import Frozen

Words = Annotated[str, Field(min_length=1, strict=True)]
Some = Annotated[tuple[Words, ...], Field(min_length=1)]
Several = Annotated[tuple[Words, ...], Field(min_length=2)]


class Reference(Frozen):
    """A source, and how far it was checked."""

    citation: Words
    checked: Literal["abstract", "secondary", "memory", "own"]
    """Seen at abstract level, seen in a secondary page only, from memory, or this project's own proposal."""

    @property
    def text(self) -> str:
        """The citation with its tag in words, as it is printed."""
        tags = {"secondary": " (seen in a secondary source only)", "memory": " (from memory, not checked)"}
        return self.citation + tags.get(self.checked, "")


class FalseFriend(Frozen):
    """Words that look like a code and are not."""

    words: Words
    code: Strategy | Harm | None = None
    """What they are instead; None when they carry no code."""
    why: str = ""


class Entry(Frozen):
    """One thing the codebook defines."""

    slug: str
    ref: str | None = None
    """Short id of the literature list, such as R05; None for what has none."""
    name: Words

    summarised_by: ClassVar[str] = "definition"

    @property
    def summary(self) -> str:
        """What says most shortly what it is, for tables and searches."""
        return str(getattr(self, self.summarised_by))


class CodeEntry(Entry):
    """What a strategy and a harm have in common."""

    short: Words
    """Past tense, four words at most, for a line of the debrief."""
    definition: Words
    test: Words
    """One question that decides in doubt."""
    examples: Several
    """Said by a trainee, and a clear case of the code."""
    poor: Some
    """Near misses: the code is not given."""
    false_friends: Annotated[tuple[FalseFriend, ...], Field(min_length=1)]
    references: Some
    coach: Words
    """What the coach says about it, to the trainee."""


class StrategyEntry(CodeEntry):
    """What a reply does towards repair."""

    kind: Literal["strategy"] = "strategy"
    depth: Literal["surface", "middle", "deep"]
    directness: Literal["indirect", "direct", "either"]


class HarmEntry(CodeEntry):
    """What a reply does that strains the alliance further."""

    kind: Literal["harm"] = "harm"
    severity: tuple[int, int]
    """Low and high: 1 weakens, 2 stalls, 3 harms."""
    worse_when: str = ""
    """When the high severity holds, where the two differ."""
    instead: Words
    """The good form, as a supervisor would say it."""


class MarkerEntry(Entry):
    """A sign of strain in what the patient does."""

    kind: Literal["marker"] = "marker"
    family: Literal["withdrawal", "confrontation"]
    group: Words
    definition: Words
    examples: Several
    confusable: Some
    references: Some


class MixedPattern(Entry):
    """Both movements in one turn or one short sequence."""

    kind: Literal["mixed"] = "mixed"
    markers: tuple[Marker, ...]
    surface: Literal["withdrawal", "confrontation"]
    underlying: Literal["withdrawal", "confrontation"]
    definition: Words
    examples: Some
    handling: Words


class RecognitionLevel(Frozen):
    """One step of recognition, with an example."""

    name: Words
    anchor: Words
    example: Words


class RecognitionKindEntry(Entry):
    """One way of showing, or not showing, that strain was noticed."""

    kind: Literal["recognition"] = "recognition"
    definition: Words
    examples: Some


class Recognition(Frozen):
    """How noticing is rated."""

    line: Words
    """The patient's line which all examples of the levels answer."""
    levels: Mapping[int, RecognitionLevel]
    kinds: Mapping[RecognitionKind, RecognitionKindEntry]
    calm: Words
    """How the same levels are graded where there is nothing to find."""


class BandEntry(Entry):
    """The word before the number."""

    kind: Literal["band"] = "band"
    range: tuple[float, float] | None
    """Composite from (included) to (excluded; 100 included); None where the harm decides and not the composite."""
    text: Words
    """What the trainee reads."""

    summarised_by: ClassVar[str] = "text"


class Dimension(Entry):
    """One rating of the rubric, 0 to 4."""

    kind: Literal["dimension"] = "dimension"
    question: Words
    anchors: Mapping[int, Words]
    unknown: Words
    """When there is no figure."""

    summarised_by: ClassVar[str] = "question"


class MoveEntry(Entry):
    """A class of replies which the patient's transitions test."""

    kind: Literal["move"] = "move"
    phrase: Words
    """Past tense, for the debrief: "owned a part"."""
    codes: tuple[Strategy | Harm, ...]
    """The codes it comes from; empty only for `continue`."""
    when: str = ""
    """What else it takes, where the codes alone do not decide."""

    summarised_by: ClassVar[str] = "phrase"


class FamilyEntry(Entry):
    """What kind of strain a scenario is about, and where the term comes from."""

    kind: Literal["family"] = "family"
    description: Words
    origin: Words
    """Where the term comes from, and how far it is tested."""
    references: Some

    summarised_by: ClassVar[str] = "description"


AnyEntry = (
    StrategyEntry
    | HarmEntry
    | MarkerEntry
    | MixedPattern
    | MoveEntry
    | Dimension
    | BandEntry
    | RecognitionKindEntry
    | FamilyEntry
)
KEYED = ("strategies", "harms", "markers", "mixed", "moves", "dimensions", "bands", "families")


def _with_slugs(section: Mapping[str, Any]) -> dict[str, Any]:
    """Each entry of a section knowing its own key; a missing name is made from it."""
    return {
        slug: {"name": slug.replace("_", " ").capitalize(), **fields, "slug": slug} for slug, fields in section.items()
    }


class Codebook(Frozen):
    """Every definition, by section and by name."""

    label: Words
    """What these definitions are and are not; shown wherever they are."""
    guide: Several
    """Conventions of coding, one a line."""
    references: Mapping[str, Reference]
    strategies: Mapping[Strategy, StrategyEntry]
    harms: Mapping[Harm, HarmEntry]
    markers: Mapping[Marker, MarkerEntry]
    mixed: Mapping[str, MixedPattern]
    recognition: Recognition
    bands: Mapping[Band, BandEntry]
    dimensions: Mapping[str, Dimension]
    moves: Mapping[Move, MoveEntry]
    urges: Mapping[Urge, Words]
    families: Mapping[Family, FamilyEntry]

    @model_validator(mode="before")
    @classmethod
    def _name_the_entries(cls, book: dict[str, Any]) -> dict[str, Any]:
        book = dict(book)
        book |= {section: _with_slugs(book[section]) for section in KEYED if section in book}
        if recognition := book.get("recognition"):
            book["recognition"] = {**recognition, "kinds": _with_slugs(recognition["kinds"])}
        return book

    def strategy(self, code: Strategy) -> StrategyEntry:
        """The entry of a strategy."""
        return self.strategies[code]

    def harm(self, code: Harm) -> HarmEntry:
        """The entry of a harm."""
        return self.harms[code]

    def marker(self, marker: Marker) -> MarkerEntry:
        """The entry of a marker."""
        return self.markers[marker]

    def severity(self, harm: Harm) -> tuple[int, int]:
        """Lowest and highest severity of a harm, 1..3; equal where the moment changes nothing."""
        return self.harms[harm].severity

    def move(self, move: Move) -> str:
        """A move in plain words, past tense: "owned a part". The whole entry is `moves[move]`."""
        return self.moves[move].phrase

    def band(self, band: Band) -> BandEntry:
        """The entry of a band."""
        return self.bands[band]

    def dimension(self, slug: str) -> Dimension:
        """A dimension of the rubric by its slug.

        Raises:
            UsageError: There is no such dimension.
        """
        if slug not in self.dimensions:
            raise unknown("dimension", slug, self.dimensions)
        return self.dimensions[slug]

    @cached_property
    def entries(self) -> tuple[AnyEntry, ...]:
        """Every entry, in the order of the book: codes, markers, then what is made of them."""
        return tuple(
            chain(
                self.strategies.values(),
                self.harms.values(),
                self.markers.values(),
                self.mixed.values(),
                self.moves.values(),
                self.dimensions.values(),
                self.bands.values(),
                self.recognition.kinds.values(),
                self.families.values(),
            )
        )

    @cached_property
    def _by_name(self) -> dict[str, AnyEntry]:
        """By slug, and by ref in lower case with or without its zero; a code goes before a move of the same slug."""
        named = {entry.ref.lower(): entry for entry in self.entries if entry.ref}
        named |= {f"{ref[0]}{int(ref[1:])}": entry for ref, entry in named.items()}
        for entry in self.entries:
            named.setdefault(entry.slug, entry)
        return named

    def entry(self, name: str) -> AnyEntry:
        """An entry by slug ("own_contribution", "own contribution") or ref ("R05"), in any case.

        Raises:
            UsageError: Nothing is called so; lists the codes and markers, or the refs, with the nearest first.
        """
        asked = name.strip().lower().replace(" ", "_").replace("-", "_")
        if asked in self._by_name:
            return self._by_name[asked]
        if asked[-1:].isdigit():
            raise unknown("code", asked.upper(), (entry.ref for entry in self.entries if entry.ref))
        raise unknown("code", asked, [*self.strategies, *self.harms, *self.markers])

    def search(self, words: str) -> tuple[AnyEntry, ...]:
        """Entries whose name, slug, ref or one-line summary hold every one of `words`; hits in the name first."""
        wanted = words.lower().split()
        hits = [entry for entry in self.entries if wanted and _holds(f"{_heading(entry)} {entry.summary}", wanted)]
        return tuple(sorted(hits, key=lambda entry: not _holds(_heading(entry), wanted)))

    def cited(self, entry: StrategyEntry | HarmEntry | MarkerEntry | FamilyEntry) -> Iterator[Reference]:
        """The full references of an entry."""
        return (self.references[key] for key in entry.references)


def _heading(entry: Entry) -> str:
    return f"{entry.name} {entry.slug.replace('_', ' ')} {entry.slug} {entry.ref or ''}"


def _holds(text: str, wanted: list[str]) -> bool:
    return all(word in text.lower() for word in wanted)


@cache
def codebook() -> Codebook:
    """The codebook, read once."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath("codebook.yaml").read_text("utf-8")
    return Codebook.model_validate(yaml.load(text, Loader=loader))  # noqa: S506, a safe loader either way
