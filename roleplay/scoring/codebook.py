"""The codebook: what every code means, read once from `codebook.yaml` for screens, docs and commands."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import Any

from pydantic import model_validator

from roleplay.errors import unknown
from roleplay.scoring.codebook_entries import (
    BandEntry,
    Dimension,
    Entry,
    FamilyEntry,
    HarmEntry,
    MarkerEntry,
    MixedPattern,
    MoveEntry,
    Recognition,
    RecognitionKindEntry,
    Reference,
    Several,
    StrategyEntry,
    Words,
)
from roleplay.scoring.codes import Band, Family, Harm, Marker, Move, Strategy, Urge
from roleplay.scoring.coding import Frozen

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
