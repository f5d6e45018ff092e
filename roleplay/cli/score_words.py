"""One reading of a reply, told to a person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from roleplay.cli.output import paragraph, print_table

if TYPE_CHECKING:
    from roleplay.scoring.coding import Coder, Coding
    from roleplay.scoring.grading import Grade

ASKED = "A plain question about safety is never out of place. What it is worth here hangs on what the patient said."
"""In place of a band's words where no strain is known and the reply asks about safety."""


def print_reading(record: str, coder: "Coder") -> None:
    """The codes with the words they rest on, then how the reply fits, then what the reading is and is not."""
    from roleplay.debrief.plain_text import visible
    from roleplay.scoring.codebook import codebook
    from roleplay.scoring.grade import grade
    from roleplay.scoring.record import heard_from, record_of, situation_from

    known = record_of(record)
    reply, heard, situation = known["response"], heard_from(known), situation_from(known)
    coding = coder(reply, heard).inside(reply)
    graded = grade(coding, situation)
    if coding.abstained:
        click.echo(f"Not read. {visible(coding.because)}")
    else:
        for line in _codes(reply, coding, graded):
            click.echo(visible(line))
        click.echo()
        print_table([*_figures(coding, graded)])
        for because in (coding.because, *graded.caps):
            if because:
                click.echo(paragraph(f"· {because}", "", "  "))
    click.echo()
    click.echo(paragraph(f"{codebook().label} Read by {coding.scorer}, {coding.version}."))


def _codes(reply: str, coding: "Coding", graded: "Grade") -> Iterator[str]:
    """One line a code: ● towards repair, ○ away from it, with the words in quotation marks."""
    from roleplay.scoring.codebook import codebook
    from roleplay.scoring.codes import SITUATIONAL_HARMS, Harm

    book = codebook()
    severity: dict[str, int] = {harm.code: harm.severity for harm in graded.harms}
    for found in coding.codes:
        words = " ".join(reply[found.start : found.end].split())
        entry = book.harm(found.code) if isinstance(found.code, Harm) else book.strategy(found.code)
        sign = "○" if isinstance(found.code, Harm) else "●"
        weight = f", severity {severity[found.code]}" if found.code in severity else ""
        quoted = f' "{words}"' if words else ""
        yield f"{sign} {entry.short} ({found.code}{weight}):{quoted}".removesuffix(":")
    for harm in graded.harms:
        if harm.code in SITUATIONAL_HARMS:
            yield f"○ {book.harm(harm.code).short} ({harm.code}, severity {harm.severity})"
    if not coding.codes and not graded.harms:
        yield "No code of the codebook: it carries on."


def _figures(coding: "Coding", graded: "Grade") -> Iterator[tuple[str, str]]:
    from roleplay.scoring.codebook import codebook
    from roleplay.scoring.codes import Strategy

    book = codebook()
    if graded.band is not None:
        band = book.band(graded.band)
        calm = graded.repair_score is None
        asked = calm and Strategy.SAFETY in graded.strategies
        yield "band", f"{band.name}. {ASKED if asked else band.calm if calm else band.text}"
    yield "moves", ", ".join(book.move(move) for move in graded.moves) or "none"
    yield "recognition", f"{graded.recognition} of 4, {graded.kind}"
    for name, value in (("recognition score", graded.recognition_score), ("repair score", graded.repair_score)):
        yield name, "not known here" if value is None else f"{value:.1f} of 100"
    unknown = [name.replace("_", " ") for name, value in graded.dimensions.items() if value is None]
    rated = [f"{name.replace('_', ' ')} {value}" for name, value in graded.dimensions.items() if value is not None]
    yield "rated 0 to 4", ", ".join(rated)
    if unknown:
        yield "not known here", ", ".join(unknown)
    if graded.notes:
        yield "noted", ", ".join(note.replace("_", " ") for note in graded.notes)
    if coding.described:
        yield "described", "It tells what one would say, instead of saying it."
