import io
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.errors import StoreError, StoreNewer, UsageError
from roleplay.store.importer import ImportReport
from roleplay.store.interchange import MAX_LINE, lines_of
from roleplay.store.store import Store


@pytest.fixture
def other(tmp_path):
    with Store.open(tmp_path / "elsewhere" / "c.db") as opened:
        yield opened


@pytest.fixture
def exported(store, desk):
    """Two conversations with two scenarios: header, 2 scenarios, 4 facts of `a`, 3 of `b`."""
    desk.begin(store, "b", "plain", scenario="smith")
    desk.begin(store, "a", 'wide \u2028 \x85 \x0b \x1c \u2029 é \U0001f642 "quoted" \\', "two\nlines\t")
    return list(store.export())


def test_an_export_has_a_header_then_scenarios_then_facts(exported, desk):
    read = [json.loads(line) for line in exported]

    assert read[0] == {"alliance_roleplay_export": 1, "conversations": 2, "facts": 7}
    hashes = sorted([desk.scenario("tailor")[1], desk.scenario("smith")[1]])
    assert [line["scenario"] for line in read[1:3]] == hashes
    assert [(line["session"], line["seq"]) for line in read[3:]] == [
        ("a", 1), ("a", 2), ("a", 3), ("a", 4), ("b", 1), ("b", 2), ("b", 3),
    ]  # fmt: skip
    assert exported[5].startswith('{"session":"a","seq":3,"at":"2026-01-31T12:00:03.120Z","event":{"event":')
    assert all(line.endswith("}\n") and line.count("\n") == 1 for line in exported)


def test_export_import_and_export_again_gives_the_same_bytes(store, other, exported):
    report = other.import_lines(exported)

    assert report == ImportReport(imported=("a", "b"))
    assert list(other.export()) == exported
    assert other.facts("a") == store.facts("a")
    assert other.conversations() == store.conversations()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.text(max_size=30), max_size=4))
def test_whatever_was_said_survives_the_journey_through_a_file(store, other, desk, said):
    session = desk.begin(store, store.new_id(), *said)

    file = io.BytesIO("".join(store.export([session])).encode())
    other.import_lines(lines_of(file))

    assert other.facts(session) == store.facts(session)
    assert "".join(other.export([session])).encode() == file.getvalue()


def test_a_chosen_conversation_brings_only_its_own_scenario(store, exported, desk):
    chosen = [json.loads(line) for line in store.export(["b"])]

    assert chosen[0] == {"alliance_roleplay_export": 1, "conversations": 1, "facts": 3}
    assert [line["scenario"] for line in chosen if "scenario" in line] == [desk.scenario("smith")[1]]
    with pytest.raises(UsageError, match="no conversation"):
        store.export(["zzz"])


def test_an_export_is_of_the_moment_it_was_asked_for(store, exported, desk):
    lines = store.export()
    store.append("a", [desk.reply("later")], 5)

    assert list(lines) == exported


def test_a_conversation_deleted_during_the_export_is_told(store, exported, path):
    lines = store.export()
    next(lines)
    with Store.open(path) as window:
        window.delete(["b"])

    with pytest.raises(StoreError, match="conversation b changed during the export"):
        list(lines)


def test_an_empty_store_exports_a_header_only_and_takes_it_back(store):
    lines = list(store.export())

    assert lines == ['{"alliance_roleplay_export": 1, "conversations": 0, "facts": 0}\n']
    assert store.import_lines(lines) == ImportReport()


def test_importing_twice_changes_nothing(other, exported):
    other.import_lines(exported)

    report = other.import_lines(exported)

    assert report == ImportReport(already=("a", "b"))
    assert list(other.export()) == exported


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace('"text":"plain"', '"text":"other"'),
        lambda line: line.replace("12:00:01.120Z", "12:00:01.121Z"),
    ],
    ids=["another text", "another time"],
)
def test_a_conversation_that_differs_is_refused_and_the_others_are_taken(other, store, exported, change):
    other.import_lines(store.export(["b"]))
    before = other.facts("b")

    report = other.import_lines([change(line) for line in exported])

    assert report == ImportReport(imported=("a",), refused=("b",))
    assert other.facts("b") == before


def test_a_conversation_that_has_gone_on_here_or_there_is_refused(other, store, exported, desk):
    other.import_lines(exported)
    store.append("a", [desk.reply("only there")], 5)
    other.append("b", [desk.reply("only here")], 4)

    report = other.import_lines(store.export())

    assert report == ImportReport(refused=("a", "b"))


def test_a_refused_conversation_leaves_no_scenario_behind(other, store, desk, tmp_path):
    desk.begin(other, "a", scenario="smith")
    desk.begin(store, "a", scenario="tailor")

    other.import_lines(store.export())

    with pytest.raises(StoreError, match="no saved scenario"):
        other.scenario(desk.scenario("tailor")[1])


def test_an_imported_conversation_can_be_gone_on_with_and_deleted(other, exported, desk):
    other.import_lines(exported)

    other.append("a", [desk.reply("and then")], 5)
    other.delete(["a"])

    assert [one.id for one in other.conversations()] == ["b"]


def test_a_half_last_line_is_left_out_and_said(other, exported):
    text = "".join(exported)
    for cut in (text.rindex("plain") + 2, text.rindex('"text"'), text.rindex("}}"), len(text) - 2):
        report = other.import_lines(lines_of(io.BytesIO(text[:cut].encode())))

        assert report.notes[0] == "Line 10, the last, is only half there and was left out."
        assert report.notes[1] == "The export was cut short or changed: it says 7 entries, and has 6."
        assert len(other.facts("b")) == 2
        other.delete(report.imported)


def test_a_cut_in_the_middle_of_a_letter_is_a_half_line_too(store, other, desk):
    desk.begin(store, "a", "né")
    content = "".join(store.export()).encode()

    report = other.import_lines(lines_of(io.BytesIO(content[: content.rindex("é".encode()) + 1])))

    assert "only half there" in report.notes[0]


def test_a_last_line_that_only_lacks_its_end_is_whole(other, exported):
    report = other.import_lines([*exported[:-1], exported[-1].rstrip("\n")])

    assert report == ImportReport(imported=("a", "b"))


def test_line_ends_of_another_system_a_mark_and_blank_lines_do_no_harm(other, exported):
    lines = ["\ufeff" + exported[0], *exported[1:], "\n"]

    report = other.import_lines(line.replace("\n", "\r\n") for line in lines)

    assert report == ImportReport(imported=("a", "b"))
    assert list(other.export()) == exported


HOSTILE = {
    "a lost line": (lambda lines: lines[:4] + lines[5:], "Line 5 .*found entry 3 of a, expected 2"),
    "a line twice": (lambda lines: lines[:5] + lines[4:], "Line 6 .*found entry 2 of a, expected 3"),
    "a lost beginning": (lambda lines: lines[:3] + lines[4:], "Line 4 .*found entry 2 of a, expected 1"),
    "a lost scenario": (lambda lines: lines[:1] + lines[3:], "Line 2 .*scenario of this conversation is not among"),
    "a changed scenario": (
        lambda lines: [line.replace("of Zürich", "of Bern") for line in lines], "Line 2 .*not the one that its digest",
    ),
    "a changed digest": (
        lambda lines: [line.replace('"scenario_hash":"', '"scenario_hash":"f') for line in lines],
        "Line 4 .*scenario of this conversation is not among",
    ),
    "a line of prose": (lambda lines: [*lines[:4], "Dear diary\n", *lines[4:]], "Line 5 .*not a line that an export"),
    "a line of other JSON": (lambda lines: [*lines[:4], "[1]\n", *lines[4:]], "Line 5 .*not a line that an export"),
    "an unknown event": (
        lambda lines: [line.replace("trainee_replied", "trainee_sang") for line in lines], "Line 6 .*cannot be read",
    ),
    "a broken event": (lambda lines: [*lines[:5], lines[5].replace('"turn":', '"turn":,'), *lines[6:]], "Line 6 "),
    "more after the event": (
        lambda lines: [*lines[:5], lines[5].replace("}}\n", '},"x":{}}\n'), *lines[6:]], "Line 6 .*cannot be read",
    ),
    "half a line in the middle": (lambda lines: [*lines[:4], lines[4][:60], *lines[5:]], "Line 5 "),
    "an id that leaves its folder": (
        lambda lines: [line.replace('"session":"a"', '"session":"../a"') for line in lines], "Line 4 .*not a line",
    ),
    "a lone surrogate": (
        lambda lines: [*lines[:5], lines[5].replace("wide", "\\ud800"), *lines[6:]], "Line 6 .*cannot be read",
    ),
    "bytes that are not UTF-8": (lambda lines: [*lines[:5], lines[5].replace("wide", "\udcff"), *lines[6:]], "Line 6 "),
    "a day that never was": (
        lambda lines: [*lines[:5], lines[5].replace("2026-01-31", "2026-02-30"), *lines[6:]], "Line 6 .*no such moment",
    ),
    "the end of time": (
        lambda lines: [*lines[:5], lines[5].replace("2026-01-31", "9999-12-31"), *lines[6:]], "Line 6 .*no such moment",
    ),
    "a NUL": (lambda lines: [*lines[:5], lines[5].replace("wide", "\0"), *lines[6:]], "Line 6 .*NUL"),
    "a last line of NULs": (lambda lines: [*lines, "\0" * 512], "Line 11 .*NUL"),
    "two lines in one": (lambda lines: [*lines[:5], "\n".join(lines[5:7]), *lines[7:]], "Line 6 "),
    "a line of 50 MB": (lambda lines: [*lines[:5], "x" * 50_000_000, *lines[5:]], "Line 6 .*longer than"),
    "a header of 50 MB": (lambda lines: ["{" * 50_000_000, *lines], "Line 1 .*longer than"),
    "ten thousand brackets": (lambda lines: [*lines[:5], '{"a":' * 10_000 + "\n", *lines[5:]], "Line 6 "),
    "brackets in an event": (
        lambda lines: [*lines[:5], lines[5].replace('"turn":1', '"turn":' + "[" * 10_000 + "]" * 10_000), *lines[6:]],
        "Line 6 ",
    ),
    "no header": (lambda lines: lines[1:], "Line 1 .*does not begin as an export"),
    "a header of another kind": (lambda lines: ['{"alliance_roleplay_export": true}\n', *lines[1:]], "Line 1 "),
    "a header of brackets": (lambda lines: ["[" * 100_000 + "\n", *lines[1:]], "Line 1 "),
    "nothing": (lambda lines: [], "Line 1 .*does not begin as an export"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "says"), HOSTILE.values(), ids=HOSTILE)
def test_a_spoilt_export_is_refused_by_line_and_nothing_is_imported(other, exported, desk, spoil, says):
    desk.begin(other, "mine", "was here", scenario="baker")
    before = list(other.export())

    with pytest.raises(StoreError, match=says) as refused:
        other.import_lines(spoil(exported))

    assert "Nothing was imported" in str(refused.value)
    assert len(str(refused.value)) < 500
    assert list(other.export()) == before


def test_an_export_of_a_newer_version_is_refused(other, exported):
    with pytest.raises(StoreNewer, match=r"newer version.*Nothing was imported.*Update"):
        other.import_lines([exported[0].replace(": 1,", ": 2,"), *exported[1:]])


def test_a_file_without_line_ends_is_read_in_bounded_pieces():
    pieces = list(lines_of(io.BytesIO(b"x" * (2 * MAX_LINE))))

    assert max(map(len, pieces)) == MAX_LINE + 2


def test_a_file_with_a_line_too_long_is_refused(other, exported):
    content = "".join(exported).encode() + b"x" * (MAX_LINE + 5)

    with pytest.raises(StoreError, match=r"Line 11 .*longer than"):
        other.import_lines(lines_of(io.BytesIO(content)))


def test_random_damage_never_ends_in_a_traceback(other, exported):
    whole, chance = "".join(exported).encode(), random.Random(3)
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            report = other.import_lines(lines_of(io.BytesIO(content)))
        except StoreError as error:
            assert "Nothing was imported" in str(error)  # noqa: PT017  (most damage is refused, some is harmless)
        else:
            list(other.export())
            other.delete([*report.imported])


def test_a_fact_that_no_import_would_take_is_not_saved_either(store, desk):
    desk.begin(store, "a")

    with pytest.raises(StoreError, match="longer than the store takes"):
        store.append("a", [desk.reply("x" * (MAX_LINE + 1))], 3)

    assert len(store.facts("a")) == 2
