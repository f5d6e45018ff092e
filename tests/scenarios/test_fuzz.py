"""Whatever the file: a scenario or its problems, soon, and never a traceback."""

import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.scenarios.graph import as_dot, as_mermaid, as_tree, graph_of
from roleplay.scenarios.load import read
from roleplay.scenarios.resolve import canonical, from_canonical
from roleplay.scenarios.source import source_of

GOOD = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "good").glob("*.yaml"))]
LINES = sorted({line for text in GOOD for line in text.splitlines()})
SCRAPS = [
    "No", "~", "12:30", "- ", ": ", "{", "}", "[", "]", '"', "'", "\n", "  ", "&a ", "*a", "!!str ", "\t", "\0",
    "return", "calm", "withdrawal.left", "withdrawal.marker", "when: {}", "replace: true", "-1", "1e999", ".nan",
    "99999999999999999999999", "risk: true", "follows: [safety]", "<<: {a: 1}", "=", "é", "\U0001f600", "\u2028",
    "\ud800", ".inf", "\x1b",
]  # fmt: skip


def either_or(content: bytes) -> None:
    """The law: problems, or a scenario that can be drawn, written and read back."""
    before = time.perf_counter()

    found = read(source_of(content, Path("fuzz.yaml")))

    assert time.perf_counter() - before < 10
    assert found.problems or found.resolved is not None
    if not found.problems and found.resolved:
        assert from_canonical(canonical(found.resolved)) == found.resolved
        assert all(draw(found.resolved) for draw in (as_tree, as_mermaid, as_dot))
        assert "calm" in graph_of(found.resolved)


relaxed = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(st.binary(max_size=300))
def test_random_bytes(content):
    either_or(content)


@relaxed
@given(st.lists(st.sampled_from([*SCRAPS, *LINES, "\n"]), max_size=40))
def test_random_yaml(pieces):
    either_or("".join(pieces).encode("utf-8", "surrogatepass"))


@relaxed
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_lines_of_good_files_in_any_order(lines):
    either_or("\n".join(lines).encode())


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good file with a few lines deleted, doubled, exchanged or patched."""
    lines = draw(st.sampled_from(GOOD)).splitlines()
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 4)):
            case 0 if len(lines) > 1:
                del lines[number]
            case 1:
                lines.insert(number, lines[number])
            case 2:
                other = draw(st.integers(0, len(lines) - 1))
                lines[number], lines[other] = lines[other], lines[number]
            case 3:
                at = draw(st.integers(0, len(lines[number])))
                lines[number] = lines[number][:at] + draw(st.sampled_from(SCRAPS)) + lines[number][at:]
            case _:
                words = lines[number].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(SCRAPS))
                lines[number] = " ".join(words)
    return "\n".join(lines) + "\n"


@relaxed
@given(mutated())
def test_good_files_damaged(text):
    either_or(text.encode("utf-8", "surrogatepass"))
