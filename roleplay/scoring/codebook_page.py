"""The codebook as a Markdown page: `python -m roleplay.scoring.codebook_page > docs/codebook.md`."""

import sys
from collections.abc import Iterable, Iterator

from roleplay.scoring.codebook import Codebook, codebook
from roleplay.scoring.codebook_entries import CodeEntry, FalseFriend, HarmEntry, MarkerEntry, StrategyEntry


def page(book: Codebook) -> str:
    """The whole page, made from the codebook alone."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Codebook) -> Iterator[str]:
    yield "# Codebook"
    yield ""
    yield book.label
    yield ""
    yield "*Made from `roleplay/scoring/codebook.yaml` by `make docs`; mend that file, not this page.*"
    yield from _section("How codes are given", [f"- {line}" for line in book.guide])
    yield "\n## Strategies"
    for strategy in book.strategies.values():
        yield from _code(strategy)
    yield "\n## Harms"
    for harm in book.harms.values():
        yield from _code(harm)
    yield "\n## Markers"
    for marker in book.markers.values():
        yield from _marker(marker)
    yield "\n### Mixed patterns\n"
    for pattern in book.mixed.values():
        yield f"- **{pattern.name}.** {pattern.definition} {pattern.handling}"
    yield from _recognition(book)
    yield from _rubric(book)
    yield from _section("Families", [f"- **{f.name}.** {f.description} {f.origin}" for f in book.families.values()])
    yield from _section("References", [f"- `{key}`: {source.text}" for key, source in book.references.items()])


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from lines


def _code(entry: CodeEntry) -> Iterator[str]:
    ref = f" ({entry.ref})" if entry.ref else ""
    yield f"\n### {entry.name}{ref} `{entry.slug}`\n"
    yield f"{entry.definition}\n"
    yield f"*In doubt:* {entry.test}\n"
    if isinstance(entry, StrategyEntry):
        yield f"Depth: {entry.depth}. Directness: {entry.directness}.\n"
    if isinstance(entry, HarmEntry):
        low, high = entry.severity
        yield f"Severity: {low}.\n" if low == high else f"Severity: {low}, or {high}: {entry.worse_when}\n"
    yield from (f"- {words}" for words in entry.examples)
    yield f"\nNear misses: {'; '.join(entry.poor)}\n"
    yield "Looks like it and is not:\n"
    yield from map(_false_friend, entry.false_friends)
    if isinstance(entry, HarmEntry):
        yield f"\nInstead: {entry.instead}"


def _false_friend(friend: FalseFriend) -> str:
    why = f", {friend.why}" if friend.why else ""
    return f"- {friend.words} ({f'`{friend.code}`' if friend.code else 'no code'}{why})"


def _marker(marker: MarkerEntry) -> Iterator[str]:
    ref = f" ({marker.ref})" if marker.ref else ""
    yield f"\n### {marker.name}{ref} `{marker.slug}`\n"
    yield f"{marker.family}, {marker.group}. {marker.definition}\n"
    yield from (f"- {words}" for words in marker.examples)
    yield f"\nConfusable: {'; '.join(marker.confusable)}"


def _recognition(book: Codebook) -> Iterator[str]:
    yield f"\n## Recognition\n\nThe examples answer: {book.recognition.line}\n"
    yield "| level | name | anchor | example |\n| --- | --- | --- | --- |"
    for number, level in sorted(book.recognition.levels.items(), reverse=True):
        yield f"| {number} | {level.name} | {level.anchor} | {level.example} |"
    yield ""
    yield from (f"- **{kind.name}.** {kind.definition}" for kind in book.recognition.kinds.values())
    yield f"\n{book.recognition.calm}"


def _rubric(book: Codebook) -> Iterator[str]:
    yield "\n## Rubric\n\n| dimension | question | anchors | unknown when |\n| --- | --- | --- | --- |"
    for dimension in book.dimensions.values():
        anchors = "; ".join(f"{n} {text}" for n, text in sorted(dimension.anchors.items(), reverse=True))
        yield f"| {dimension.name} | {dimension.question} | {anchors} | {dimension.unknown} |"
    yield "\n| band | range | what it says | where there is no strain |\n| --- | --- | --- | --- |"
    for band in book.bands.values():
        span = f"{band.range[0]:g} to {band.range[1]:g}" if band.range else "by harm"
        yield f"| {band.name} | {span} | {band.text} | {band.calm} |"
    yield "\n| move | means | from |\n| --- | --- | --- |"
    for move in book.moves.values():
        yield f"| `{move.slug}` | {move.phrase} | {', '.join(move.codes) or move.when} |"


if __name__ == "__main__":
    sys.stdout.write(page(codebook()))
