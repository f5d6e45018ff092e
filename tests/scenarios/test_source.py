"""Bytes to data with positions, whatever the bytes are."""

import os
import socket
import time
from itertools import pairwise
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.scenarios.scalars import Misread
from roleplay.scenarios.source import LARGEST, Source, read_source, source_of

FILE = PurePath("here.yaml")


def read(text: str | bytes) -> Source:
    return source_of(text.encode() if isinstance(text, str) else text, FILE)


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def test_data_is_read_as_yaml_reads_it():
    source = read('a: No\nb: [1, ~, 12:30, 1.5, "No"]\nc: 2024-05-01\nd: word')

    # 12:30 is sixty times 12 plus 30 in YAML 1.1
    assert source.data == {
        "a": False,
        "b": [1, None, 750, 1.5, "No"],
        "c": Misread("2024-05-01", "a date"),
        "d": "word",
    }
    assert source.problems == ()


def test_values_keys_and_items_know_their_places():
    source = read('a: "x"\nb:\n  - {c: 1}\n  - d\n')

    assert source.at(("a",)) == (1, 4)
    assert source.at_key(("a",)) == (1, 1)
    assert source.at(("b",)) == (2, 1)  # a list has the place of its key
    assert source.at(("b", 0, "c")) == (3, 9)
    assert source.at(("b", 1)) == (4, 5)


def test_steps_that_lead_nowhere_are_left_out():
    source = read("a:\n  - {c: 1}\n")

    assert source.walk(("a", 0, 0, "function-before", "c")) == ("a", 0, "c")
    assert source.at(("a", 0, "missing")) == source.at(("a", 0))
    assert source.value(("a", 0, 0, "c")) == 1


def test_a_byte_order_mark_is_fine():
    assert read(b"\xef\xbb\xbfa: 1").data == {"a": 1}


@pytest.mark.parametrize("key", ["on", "No", "12", "~", "1.0"])
def test_a_bare_key_that_is_no_word_is_kept_and_reported(key):
    source = read(f"{key}: 1")

    assert codes(source) == ["SC001"]
    assert source.data == {key: 1}


def test_of_two_equal_keys_the_first_is_kept_and_the_second_reported():
    source = read("a: 1\nb: 2\na: 3\n")

    assert source.data == {"a": 1, "b": 2}
    assert [(problem.code, problem.line) for problem in source.problems] == [("SC005", 3)]


NAMES = "abcdefghi"
BOMB = "a: &a [x,x]\n" + "\n".join(f"{b}: &{b} [*{a},*{a}]" for a, b in pairwise(NAMES))


HOSTILE = [
    (BOMB, "SC016"),
    ("a: *b", "SC016"),
    ("a: &b 1", "SC016"),
    ("!!python/object/apply:os.system ['touch /tmp/owned']", "SC017"),
    ("a: !!str 1", "SC017"),
    ("a: ! 1", "SC017"),
    ("a: 1\n---\na: 2", "SC018"),
    ("[" * 10_000, "SC019"),
    ("- " * 10_000, "SC019"),
    ("{a: " * 10_000, "SC019"),
    ("- a\n" * 200_001, "SC019"),
    ("a: 1".encode("utf-16"), "SC015"),
    ("a: 1".encode("utf-32"), "SC015"),
    ("a: café".encode("latin-1"), "SC015"),
    (b"a: \x00", "SC015"),
    (b"\xed\xa0\x80", "SC015"),  # a lone surrogate
    ("a: \x1b[2J", "SC020"),
    ('a: "\\e[2J"', "SC020"),
    ('a: "\\0"', "SC020"),
    ("a: \x9b2J", "SC020"),
    ("a: 'x", "SC002"),
    ("a: b: c", "SC002"),
    ("\ta: 1", "SC002"),
    ("? [a]\n: b", "SC002"),
    ("{{name}}: x", "SC002"),
    ("%YAML 3.0\n---\na: 1", "SC002"),
    (b" " * (LARGEST + 1), "SC014"),
]


@pytest.mark.parametrize(("content", "code"), HOSTILE, ids=[f"{code}-{n}" for n, (_, code) in enumerate(HOSTILE)])
def test_hostile_and_broken_files_are_refused_at_once(content, code):
    before = time.perf_counter()

    source = read(content)

    assert code in codes(source)
    assert time.perf_counter() - before < 5


def test_forty_levels_are_read_and_forty_one_are_not():
    assert codes(read("[" * 40 + "]" * 40)) == []
    assert codes(read("[" * 41 + "]" * 41)) == ["SC019"]


def test_a_file_of_exactly_one_mebibyte_is_read():
    assert codes(read(b"a: 1" + b"\n" * (LARGEST - 4))) == []


def test_nothing_is_executed(tmp_path):
    owned = tmp_path / "owned"

    read(f"!!python/object/apply:os.system ['touch {owned}']")

    assert not owned.exists()


def test_what_is_no_file_is_a_problem_and_no_exception(tmp_path):
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    plug = socket.socket(socket.AF_UNIX)
    plug.bind(str(tmp_path / "plug"))

    for path in (loop, pipe, tmp_path, tmp_path / "missing.yaml", tmp_path / "plug", Path("/dev/zero"), Path("a\0b")):
        assert codes(read_source(path)) == ["SC014"], path
    plug.close()


def test_a_large_file_on_disk_is_refused_without_being_read_whole(tmp_path):
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(5 * LARGEST)

    assert codes(read_source(large)) == ["SC014"]


@settings(max_examples=150, deadline=5000)
@given(st.binary(max_size=400) | st.text("ab:-?[]{},&*!|>'\"%@`#~ \n\t\\0é", max_size=200).map(str.encode))
def test_any_bytes_give_a_source(content):
    source = read(content)

    assert source.data is None or isinstance(source.data, dict | list | str | int | float | Misread)
    for problem in source.problems:
        assert problem.line >= 1
        assert problem.column >= 1
