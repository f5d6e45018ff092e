import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import combinations, pairwise
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from roleplay.errors import UsageError
from roleplay.scoring.codebook import Codebook, codebook
from roleplay.scoring.codebook_entries import HarmEntry, MoveEntry, StrategyEntry
from roleplay.scoring.codes import (
    RENEGOTIATION,
    Band,
    Family,
    Harm,
    Marker,
    Move,
    RecognitionKind,
    Strain,
    Strategy,
    Urge,
)
from roleplay.scoring.coding import Coding, Found
from roleplay.scoring.grade import CUTS, band_of
from roleplay.scoring.grading import HarmGraded
from roleplay.scoring.moves import HARMS, REPAIRS
from roleplay.scoring.noticing import INSISTING, graded_recognition
from roleplay.scoring.situation import Situation

BOOK = codebook()
CODES: tuple[StrategyEntry | HarmEntry, ...] = (*BOOK.strategies.values(), *BOOK.harms.values())

CALM = Situation(strain=Strain.NONE, family=Family.NONE)
ASKING = (Strategy.INVITE, Strategy.NEED, Strategy.SMALL_THING, Strategy.OBSTACLES, Strategy.ALTERNATIVES)

# The table of domain.md, section 3, in its order X01 to X20.
SEVERITIES = {
    "defensiveness": (2, 2),
    "premature_reassurance": (2, 2),
    "counter_interpretation": (3, 3),
    "excessive_questioning": (2, 2),
    "advice": (1, 2),
    "blame_shifting_apology": (2, 2),
    "pressing": (3, 3),
    "avoidant_topic_change": (2, 2),
    "false_empathy": (1, 2),
    "hostility": (3, 3),
    "over_apology": (2, 2),
    "collusion": (2, 2),
    "mixed_message": (3, 3),
    "control": (3, 3),
    "labelling": (2, 3),
    "minimising": (2, 2),
    "ignoring": (1, 2),
    "mind_reading": (2, 2),
    "cultural_dismissal": (3, 3),
    "safety_neglect": (3, 3),
}
# Sections 2.2, 1.1, 1.2 and 9.1 of domain.md.
STRATEGY_REFS = [f"R{number:02}" for number in range(14)]
MARKER_REFS = {
    "denial": "W1",
    "minimal_response": "W2",
    "abstract_communication": "W3",
    "avoidant_storytelling_topic_shift": "W4",
    "deferential_appeasing": "W5",
    "content_affect_split": "W6",
    "self_criticism_hopelessness": "W7",
    "complaint_therapist": "C1",
    "rejects_intervention": "C2",
    "complaint_activities": "C3",
    "complaint_parameters": "C4",
    "complaint_progress": "C5",
    "defends_self": "C6",
    "control_pressure": "C7",
}
DIMENSIONS = [
    "recognition",
    "kind",
    "quality",
    "directness",
    "fit",
    "stage",
    "empathy",
    "ownership",
    "stance",
    "economy",
    "contact",
]


def raw() -> dict[str, Any]:
    text = files("roleplay.scoring").joinpath("codebook.yaml").read_text("utf-8")
    book: dict[str, Any] = yaml.safe_load(text)
    return book


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!]+(?=\s|$)", text))


# Complete.


@pytest.mark.parametrize(
    ("section", "members"),
    [
        (BOOK.strategies, Strategy),
        (BOOK.harms, Harm),
        (BOOK.markers, Marker),
        (BOOK.moves, Move),
        (BOOK.urges, Urge),
        (BOOK.bands, Band),
        (BOOK.families, Family),
        (BOOK.recognition.kinds, RecognitionKind),
    ],
    ids=["strategies", "harms", "markers", "moves", "urges", "bands", "families", "recognition"],
)
def test_every_member_has_one_entry_and_no_entry_is_without_a_member(section: Mapping[Any, Any], members: Any) -> None:
    assert list(section) == list(members)


def test_the_dimensions_are_those_of_the_grade_with_five_anchors_each() -> None:
    assert list(BOOK.dimensions) == DIMENSIONS
    assert all(list(dimension.anchors) == [0, 1, 2, 3, 4] for dimension in BOOK.dimensions.values())


def test_recognition_has_five_levels() -> None:
    assert list(BOOK.recognition.levels) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("entry", CODES, ids=lambda entry: entry.slug)
def test_a_code_is_defined_shortly_and_has_one_question_to_decide(
    entry: StrategyEntry | HarmEntry,
) -> None:
    # Two sentences say what it is; some need a third for the neighbour they are taken for.
    assert 1 <= sentences(entry.definition) <= 3
    assert entry.test.endswith("?")
    assert len(entry.short.split()) <= 4


def test_no_key_is_written_twice() -> None:
    # YAML keeps the last of two equal keys without a word.
    text = files("roleplay.scoring").joinpath("codebook.yaml").read_text("utf-8")

    assert list(repeated(yaml.compose(text))) == []


def repeated(node: yaml.Node | None) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        counted = Counter(key.value for key, _ in node.value)
        yield from (key for key, times in counted.items() if times > 1)
        for _, value in node.value:
            yield from repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from repeated(value)


# Harms.


def test_severities_are_those_of_the_table() -> None:
    assert {harm.value: BOOK.severity(harm) for harm in Harm} == SEVERITIES


def test_a_range_of_severity_says_when_it_is_worse_and_a_single_one_does_not() -> None:
    assert all(bool(harm.worse_when) == (harm.severity[0] < harm.severity[1]) for harm in BOOK.harms.values())


@pytest.mark.parametrize("entry", CODES, ids=lambda entry: entry.slug)
def test_the_coach_is_short_speaks_to_the_trainee_and_does_not_scold(entry: StrategyEntry | HarmEntry) -> None:
    words = re.findall(r"[\w']+", entry.coach.lower())

    assert len(words) <= 25
    assert {"you", "your"} & set(words)
    assert not {"should", "must", "wrong", "never", "failed", "bad", "mistake"} & set(words)


def test_the_coach_says_one_sentence_about_what_went_well() -> None:
    assert all(sentences(entry.coach) == 1 and entry.coach.endswith(".") for entry in BOOK.strategies.values())


def test_the_good_form_of_a_harm_is_one_sentence() -> None:
    assert all(sentences(entry.instead) == 1 for entry in BOOK.harms.values())


# Examples.


def test_every_example_differs() -> None:
    said = [words for entry in CODES for words in (*entry.examples, *entry.poor)]
    said += [words for marker in BOOK.markers.values() for words in marker.examples]

    assert [words for words, times in Counter(said).items() if times > 1] == []


@pytest.mark.parametrize("entry", CODES, ids=lambda entry: entry.slug)
def test_a_false_friend_is_some_other_code_and_no_example_of_this_one(entry: StrategyEntry | HarmEntry) -> None:
    assert all(friend.code != entry.slug for friend in entry.false_friends)
    assert not set(entry.examples) & {*entry.poor, *(friend.words for friend in entry.false_friends)}


def test_words_that_stand_in_two_places_mean_the_same_in_both() -> None:
    examples = {words: entry.slug for entry in CODES for words in entry.examples}
    given = {
        (friend.words, friend.code)
        for entry in CODES
        for friend in entry.false_friends
        if friend.words in examples and friend.code is not None
    }

    assert all(examples[words] == code for words, code in given)
    assert given


def test_the_same_false_friend_is_the_same_code_everywhere() -> None:
    codes: dict[str, set[str]] = {}
    for friend in (friend for entry in CODES for friend in entry.false_friends):
        codes.setdefault(friend.words, set()).add(str(friend.code))

    assert {words for words, found in codes.items() if len(found) > 1} == set()


def guided(*words: str) -> str:
    """The one line of the guide that holds all of `words`."""
    (line,) = (line for line in BOOK.guide if all(word in line for word in words))
    return line


# Boundaries.


@pytest.mark.parametrize(("one", "other"), list(combinations(ASKING, 2)))
def test_any_two_ways_of_asking_are_told_apart_by_a_false_friend(one: Strategy, other: Strategy) -> None:
    told = {(code, friend.code) for code in (one, other) for friend in BOOK.strategy(code).false_friends}

    assert {(one, other), (other, one)} & told


def test_the_guide_says_of_every_way_of_asking_what_it_asks_for() -> None:
    assert all(code.value in guided("Who asks for what") for code in ASKING)


def test_every_code_the_book_speaks_of_exists() -> None:
    spoken = [*BOOK.guide, BOOK.recognition.calm]
    spoken += [text for entry in CODES for text in (entry.definition, *(friend.why for friend in entry.false_friends))]
    known = {*Strategy, *Harm, "false_friends"}

    assert {word for text in spoken for word in re.findall(r"[a-z]+(?:_[a-z]+)+", text)} <= known


def test_the_reversal_the_book_describes_is_that_of_the_grade() -> None:
    said = re.findall(r"hown (\d)(?: or (\d))?[^,.]*?(?: \([^)]*\))? is graded (\d)", BOOK.recognition.calm)
    described = {int(level): int(graded) for *levels, graded in said for level in levels if level}

    assert described == {level: graded_recognition(Coding(recognition=level), CALM) for level in range(5)}


def test_what_the_book_calls_insisting_is_graded_0() -> None:
    misattributed = Coding(recognition=1, kind=RecognitionKind.MISATTRIBUTED)
    beside = [Coding(recognition=2, codes=(Found(code=harm, start=0, end=1),)) for harm in INSISTING]

    assert all(harm.value in BOOK.recognition.calm for harm in INSISTING)
    assert [graded_recognition(coding, CALM) for coding in (misattributed, *beside)] == [0] * (1 + len(INSISTING))


@pytest.mark.parametrize("link", [Strategy.LINK_DYAD, Strategy.LINK_OUTSIDE])
def test_a_link_that_blames_stands_beside_one_harm(link: Strategy) -> None:
    assert "counter_interpretation as well: code both" in BOOK.strategy(link).definition


@pytest.mark.parametrize("harm", Harm)
def test_only_severity_3_and_neglected_safety_are_harmful(harm: Harm) -> None:
    for severity in range(1, 4):
        band = band_of(50.0, (HarmGraded(code=harm, severity=severity, start=0, end=1),))

        assert (band is Band.HARMFUL) == (severity == 3 or harm is Harm.SAFETY_NEGLECT)
    assert "nothing else" in guided("The band harmful", "severity 3", "safety_neglect")


# Names.


def test_refs_are_those_of_the_literature_list_and_unique() -> None:
    refs = [entry.ref for entry in BOOK.entries if entry.ref]

    assert [entry.ref for entry in BOOK.strategies.values()] == [*STRATEGY_REFS, *[None] * 7]
    assert [entry.ref for entry in BOOK.harms.values()] == [f"X{number:02}" for number in range(1, 21)]
    assert {marker.value: BOOK.marker(marker).ref for marker in Marker} == MARKER_REFS
    assert [BOOK.dimension(slug).ref for slug in DIMENSIONS] == [*(f"D{number}" for number in range(1, 11)), None]
    assert len(refs) == len(set(refs))


@pytest.mark.parametrize("name", ["own_contribution", "R05", "r05", "R5", " Own Contribution ", "own-contribution"])
def test_an_entry_is_found_by_slug_and_by_ref_in_any_case(name: str) -> None:
    assert BOOK.entry(name) is BOOK.strategy(Strategy.OWN)


def test_entries_of_every_section_are_found_by_name() -> None:
    assert BOOK.entry("x07") is BOOK.harm(Harm.PRESSING)
    assert BOOK.entry("W5") is BOOK.marker(Marker.DEFERENTIAL_APPEASING)
    assert BOOK.entry("icy_politeness") is BOOK.mixed["icy_politeness"]
    assert BOOK.entry("renegotiate_alone") is BOOK.moves[Move.RENEGOTIATE_ALONE]
    assert BOOK.entry("D8") is BOOK.dimension("ownership")
    assert BOOK.entry("emerging") is BOOK.band(Band.EMERGING)


@pytest.mark.parametrize("slug", ["redirect", "explore_need", "ask_safety", "hold"])
def test_where_a_code_and_a_move_share_a_name_the_code_answers(slug: str) -> None:
    assert BOOK.entry(slug) is BOOK.strategy(Strategy(slug))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("own_contributon", "own_contribution"),
        ("Minimizing", "minimising"),
        ("x27", "X20"),
        ("complaint", "complaint_"),
    ],
)
def test_an_unknown_name_says_what_was_probably_meant(name: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"Did you mean `{meant}"):
        BOOK.entry(name)


def test_an_unknown_dimension_says_what_was_probably_meant() -> None:
    with pytest.raises(UsageError, match=r"no dimension `ownershp`\. Did you mean `ownership`"):
        BOOK.dimension("ownershp")


def test_a_search_wants_every_word_and_puts_hits_in_the_name_first() -> None:
    found = [entry.slug for entry in BOOK.search("Apology")]

    assert set(found[:2]) == {"blame_shifting_apology", "over_apology"}
    assert [entry.slug for entry in BOOK.search("cause parts")] == []
    assert BOOK.search("blame apology")[0] is BOOK.harm(Harm.BLAME_SHIFTING)
    assert BOOK.search("  ") == ()


# Sources.


def test_every_reference_is_known_and_every_known_one_is_used() -> None:
    cited = {key for entry in (*CODES, *BOOK.markers.values(), *BOOK.families.values()) for key in entry.references}

    assert cited == set(BOOK.references)


def test_what_was_not_checked_is_printed_as_such() -> None:
    printed = [reference.text for reference in BOOK.cited(BOOK.strategy(Strategy.NEED))]

    assert printed == [
        "Safran & Muran 1996, J Consult Clin Psychol 64:447-458, stages of resolution (from memory, not checked)",
        "Proposal of this project; no publication behind it",
    ]


def test_no_instrument_is_claimed() -> None:
    assert BOOK.label.endswith("Not a 3RS, FIS, WAI or MITI instrument.")
    assert BOOK.families[Family.SILENT].origin.startswith("Not a 3RS category.")
    assert all("untested" in entry.origin for family, entry in BOOK.families.items() if family is not Family.NONE)


# What others rest on.


def test_the_ranges_of_the_bands_are_the_cuts_of_the_grade() -> None:
    scored = [BOOK.band(band).range for _, band in reversed(CUTS)]

    assert BOOK.band(Band.HARMFUL).range is None
    assert [each[0] for each in scored if each] == [cut for cut, _ in reversed(CUTS)]
    assert all(low[1] == high[0] for low, high in pairwise(each for each in scored if each))
    assert scored[-1] is not None
    assert scored[-1][1] == 100


def test_the_codes_of_a_move_are_those_the_moves_are_made_from() -> None:
    expected: dict[Move, set[Strategy | Harm]] = {move: set() for move in Move}
    for strategy, move in REPAIRS.items():
        expected[move].add(strategy)
    for harm, move in HARMS.items():
        expected[move].add(harm)
    expected[Move.VALIDATE].add(Strategy.ATTEND)
    expected[Move.RENEGOTIATE_TOGETHER] |= RENEGOTIATION
    expected[Move.RENEGOTIATE_ALONE] |= RENEGOTIATION

    assert {move: set(entry.codes) for move, entry in BOOK.moves.items()} == expected


def test_a_move_is_a_phrase_in_the_past_tense() -> None:
    assert BOOK.move(Move.OWN) == "owned a part"
    assert BOOK.move(Move.SOOTHE) == "soothed"
    assert BOOK.move(Move.CONTINUE) == "carried on"
    assert len({BOOK.move(move) for move in Move}) == len(Move)


def test_the_book_is_read_once_and_cannot_be_changed() -> None:
    assert codebook() is BOOK
    with pytest.raises(ValidationError, match="frozen"):
        BOOK.harm(Harm.ADVICE).name = "Help"  # type: ignore[misc]


def test_a_book_with_a_code_nobody_knows_is_refused() -> None:
    book = raw()
    book["harms"]["kindness"] = book["harms"]["advice"]

    with pytest.raises(ValidationError, match="kindness"):
        Codebook.model_validate(book)


@pytest.mark.parametrize("field", ["definition", "test", "examples", "poor", "false_friends", "coach", "references"])
def test_a_code_with_something_missing_is_refused(field: str) -> None:
    book = raw()
    del book["strategies"]["own_contribution"][field]

    with pytest.raises(ValidationError, match=f"own_contribution.{field}"):
        Codebook.model_validate(book)


def test_importing_the_codebook_reads_no_yaml() -> None:
    code = "import sys, roleplay.scoring.codebook; print('yaml' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_a_move_entry_says_what_else_it_takes() -> None:
    entry = BOOK.entry("renegotiate_together")

    assert isinstance(entry, MoveEntry)
    assert entry.when
