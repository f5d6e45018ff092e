"""The corpus itself: nothing of it is in two splits, and every line is legal."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from corpus.reading import CODES, FOLDER, PARTS, all_parts, coded, coding_of, codings, lines, records, settled, splits
from roleplay.scoring.agreement import weighted_kappa
from roleplay.scoring.codes import SITUATIONAL_HARMS, Band, Harm, RecognitionKind, Strategy
from roleplay.scoring.grade import grade
from roleplay.scoring.record import heard_from, situation_from

FOLDERS = sorted(each.name for each in PARTS.iterdir() if each.is_dir())
ALL = [part for part in FOLDERS if coded(part)]
"""A part belongs to the corpus once both codings are there."""
SPLIT_OF = {part: name for name, parts in splits().items() for part in parts}
ORDER = list(Band)
RATED = ("recognition", "contact", "quality", "empathy", "ownership", "stance")


def may_be_none(rated: dict[str, Any]) -> set[str]:
    """Ratings that a reply may be without; of a silence there is no stance either."""
    return {"quality", "empathy", "ownership"} | ({"stance"} if rated["strategies"] == ["hold"] else set())


def voices() -> dict[str, str]:
    """Which split each voice is for."""
    return {name: split for name, (split, _) in yaml.safe_load((FOLDER / "voices.yaml").read_text("utf-8")).items()}


def coded_replies(part: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Coder, record and coding of every reply of a part."""
    for coder in "ab":
        yield from ((coder, *pair) for pair in zip(records(part), codings(part, coder), strict=True))


def decided_in(part: str) -> list[dict[str, Any]]:
    """What a third coder decided."""
    path = PARTS / part / "settled.jsonl"
    return lines(path) if path.exists() else []


def test_every_part_is_in_exactly_one_split():
    named = [part for parts in splits().values() for part in parts]

    assert len(named) == len(set(named))
    assert set(ALL) <= set(named) <= set(FOLDERS)


def test_every_part_of_a_split_was_coded_twice():
    """One that was not is left out of every figure without a word."""
    assert sorted(SPLIT_OF) == ALL


def test_no_moment_is_in_two_splits():
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for part in ALL:
        for moment in lines(PARTS / part / "moments.jsonl"):
            for key in (("id", moment["moment"]), ("words", f"{moment['patient_line']} {moment['context']}".lower())):
                where[key].add(SPLIT_OF[part])

    assert {key: found for key, found in where.items() if len(found) > 1} == {}


def test_no_voice_is_in_two_splits_nor_in_one_that_it_is_not_for():
    meant, where = voices(), defaultdict(set)
    for part in ALL:
        for record in records(part):
            where[record["voice"]].add(SPLIT_OF[part])

    assert {name: found for name, found in where.items() if len(found) > 1} == {}
    assert {name for name, found in where.items() if name in meant and found != {meant[name]}} == set()


def test_every_voice_is_a_known_one_except_in_the_first_parts_which_are_for_training():
    known = voices()
    strange = {part for part in ALL for record in records(part) if record["voice"] not in known}

    assert strange <= {"01", "02", "03", "04", "05", "06"}
    assert {SPLIT_OF[part] for part in strange} <= {"train"}


BY_CHANCE = {"good. same time next week then."}
"""The one reply that two authors of two splits wrote alike, found when the later of them had been learned from."""


def test_no_reply_is_word_for_word_in_two_splits():
    where: dict[str, set[str]] = defaultdict(set)
    for part in ALL:
        for record in records(part):
            if len(record["response"].split()) > 5:
                where[" ".join(record["response"].lower().split())].add(SPLIT_OF[part])

    assert {said for said, found in where.items() if len(found) > 1} == BY_CHANCE


def test_ids_of_replies_and_moments_are_unique_over_all_parts():
    replies = Counter(each["id"] for part in ALL for each in lines(PARTS / part / "replies.jsonl"))
    moments = Counter(each["moment"] for part in ALL for each in lines(PARTS / part / "moments.jsonl"))

    assert [name for name, count in (replies + moments).items() if count > 1] == []


@pytest.mark.parametrize("part", ALL)
def test_every_moment_is_legal_and_has_a_reply(part: str):
    found = records(part)

    for record in found:
        situation_from(record)
        heard_from(record)
        assert record["response"].strip()
        assert record["patient_line"].strip()
    assert {each["moment"] for each in found} == {each["moment"] for each in lines(PARTS / part / "moments.jsonl")}


@pytest.mark.parametrize("part", ALL)
def test_every_coding_names_the_replies_in_their_order(part: str):
    named = [record["id"] for record in records(part)]

    assert [each["id"] for each in codings(part, "a")] == named
    assert [each["id"] for each in codings(part, "b")] == named


@pytest.mark.parametrize("part", ALL)
def test_every_segment_is_words_of_its_reply_and_carries_a_code_that_was_given(part: str):
    wrong = [
        (record["id"], coder, slug, words)
        for coder, record, rated in coded_replies(part)
        for slug, words in (rated.get("segments") or {}).items()
        if not words or words not in record["response"] or slug not in {*rated["strategies"], *rated["harms"]}
    ]

    assert wrong == []


@pytest.mark.parametrize("part", ALL)
def test_the_first_coder_marked_the_words_of_every_code(part: str):
    wrong = [
        (rated["id"], slug)
        for rated in codings(part, "a")
        for slug in (*rated["strategies"], *rated["harms"])
        if slug not in rated["segments"] and slug not in SITUATIONAL_HARMS
    ]

    assert wrong == []


@pytest.mark.parametrize("part", ALL)
def test_every_word_and_number_of_a_coding_is_legal(part: str):
    strategies, harms = set(map(str, Strategy)), set(map(str, Harm))

    for _, record, rated in coded_replies(part):
        name = record["id"]
        assert set(rated["strategies"]) <= strategies, name
        assert set(rated["harms"]) <= harms, name
        assert len({*rated["strategies"], *rated["harms"]}) == len(rated["strategies"]) + len(rated["harms"]), name
        assert rated["band"] in set(map(str, Band)), name
        assert rated["kind"] in set(map(str, RecognitionKind)), name
        assert rated["shared"] in {None, True, False}, name
        assert isinstance(rated["described"], bool), name
        for scale in RATED:
            value = rated[scale]
            assert value in range(5) or (value is None and scale in may_be_none(rated)), (name, scale)


def test_what_a_third_coder_decided_names_replies_of_its_part_once_and_in_known_words():
    known = set(map(str, CODES)) | set(map(str, SITUATIONAL_HARMS))

    for part in ALL:
        decided = decided_in(part)
        names = [each["id"] for each in decided]
        assert len(names) == len(set(names)), part
        assert set(names) <= {record["id"] for record in records(part)}, part
        assert all({*each["strategies"], *each["harms"]} <= known for each in decided), part
        assert all(each["band"] in set(map(str, Band)) for each in decided), part
        assert all(each["kind"] in set(map(str, RecognitionKind)) for each in decided), part
        assert all(each["recognition"] in range(5) for each in decided), part
        assert all(each["shared"] in {None, True, False} for each in decided), part


def test_a_third_coder_decided_wherever_two_differ():
    """No reply on whose codes, band, recognition or kind two coders differ is left to the first."""
    left = []
    for part in all_parts():
        decided = {each["id"] for each in decided_in(part)}
        for a, b in zip(codings(part, "a"), codings(part, "b"), strict=True):
            differ = any(set(a[key]) != set(b[key]) for key in ("strategies", "harms"))
            differ = differ or any(a[key] != b[key] for key in ("band", "recognition", "kind"))
            if differ and a["id"] not in decided:
                left.append(a["id"])

    assert left == []


def test_the_versions_are_legal_moments_with_each_reply_in_every_english():
    found = lines(FOLDER / "versions.jsonl")

    assert len({each["id"] for each in found}) == len(found)
    for each in found:
        assert list(each["versions"]) == ["plain", "second_language", "dialect"], each["id"]
        assert all(said.strip() for said in each["versions"].values()), each["id"]
        situation_from(each)
        heard_from(each)


def test_the_rubric_comes_to_nearly_the_bands_that_people_gave():
    ours, theirs = [], []
    for part in ALL:
        for record, rated in zip(records(part), settled(part), strict=True):
            band = grade(coding_of(rated, record["response"]), situation_from(record)).band
            ours.append(ORDER.index(band))
            theirs.append(ORDER.index(Band(rated["band"])))

    assert weighted_kappa(ours, theirs) > 0.93
