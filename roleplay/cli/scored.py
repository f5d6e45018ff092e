"""Plays beside a coder: which codes it reads as the author wrote them, and which not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from roleplay.cli.output import print_table, say

if TYPE_CHECKING:
    from roleplay.engine.plays import PlayTurn
    from roleplay.scoring.coding import Coding

SHOWN = 72
"""Characters of a reply shown beside a difference."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reply of a play, with the codes its author gave and those the coder read."""

    scenario: str
    play: str
    number: int
    turn: "PlayTurn"
    coding: "Coding"

    @property
    def written(self) -> frozenset[str]:
        """Codes of the author."""
        return frozenset(map(str, self.turn.codes))

    @property
    def read(self) -> frozenset[str]:
        """Codes of the coder."""
        return frozenset(str(found.code) for found in self.coding.codes)


def print_readings(readings: Sequence[Reading]) -> None:
    """First each reply that differs, then every code with its counts."""
    differing = [reading for reading in readings if reading.written != reading.read]
    for reading in differing:
        say(f"\n{reading.scenario}, `{reading.play}`, turn {reading.number}: {_short(reading.turn.say)}")
        for label, codes in (("missed", reading.written - reading.read), ("added", reading.read - reading.written)):
            if codes:
                click.echo(f"  {label}: {', '.join(sorted(codes))}")
        if reading.coding.abstained:
            click.echo(f"  not read: {reading.coding.because}")
    click.echo()
    print_table([("written", "both", "read", "code"), *counts(readings)])
    click.echo(f"\n{len(readings) - len(differing)} of {len(readings)} replies are read exactly as they are written.")


def counts(readings: Iterable[Reading]) -> list[tuple[str, str, str, str]]:
    """For each code: replies to which the author gave it, both gave it, the coder gave it; most written first."""
    written: Counter[str] = Counter()
    both: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for reading in readings:
        written.update(reading.written)
        read.update(reading.read)
        both.update(reading.written & reading.read)
    codes = sorted({*written, *read}, key=lambda code: (-written[code], code))
    return [(str(written[code]), str(both[code]), str(read[code]), code) for code in codes]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
