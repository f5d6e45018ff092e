"""What an entry of the codebook holds, for each kind of thing that is defined."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from roleplay.scoring.codes import Harm, Marker, RecognitionKind, Strategy
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
    calm: Words
    """What the trainee reads of a reply where there was no strain."""

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
