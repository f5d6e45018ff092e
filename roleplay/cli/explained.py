"""One reading of a reply, told to a person with its reasons."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from roleplay.cli.output import paragraph

if TYPE_CHECKING:
    from roleplay.scoring.coding import Coder, Coding, Found
    from roleplay.scoring.learned.explaining import Near, Reason

SURE, LIKELY = 0.8, 0.5
BY_RULE = "found by a hand-written rule; how sure that is was never measured"


def print_explained(record: str, coder: "Coder") -> None:
    """The reading as without reasons, then of each code its words, what it means, how sure it is and what came next."""
    from roleplay.cli.score_words import print_reading
    from roleplay.debrief.plain_text import visible
    from roleplay.scoring.record import heard_from, record_of

    print_reading(record, coder)
    known = record_of(record)
    reply, heard = known["response"], heard_from(known)
    coding = coder(reply, heard).inside(reply)
    click.echo()
    for line in _reasons(coder, reply, heard, coding):
        click.echo(visible(line))


def _reasons(coder: "Coder", reply: str, heard: object, coding: "Coding") -> Iterator[str]:
    from roleplay.scoring.coding import Heard
    from roleplay.scoring.learned.coder import TrainedCoder
    from roleplay.scoring.learned.explaining import nearly, reasons

    assert isinstance(heard, Heard)
    if not isinstance(coder, TrainedCoder) or not coder.judges(reply, heard):
        for found in coding.codes:
            yield from _code(reply, found, BY_RULE)
        return
    answers, judged = coder.answers(reply, heard), coder.weights.judged
    for reason in reasons(coding, answers, judged):
        yield from _code(reply, reason.found, _sure(reason))
    if near := nearly(coding, answers, judged):
        yield paragraph(f"Came near and was not given: {', '.join(map(_near, near))}.", "", "  ")
    yield paragraph(
        "How sure it is was set on replies coded by the project's authors, not by clinicians. Not sure yourself: "
        "decide with your supervisor."
    )


def _code(reply: str, found: "Found", sure: str) -> Iterator[str]:
    """One code: name, words, definition, confidence and runner-up."""
    from roleplay.scoring.codebook import codebook
    from roleplay.scoring.codes import Harm

    book = codebook()
    entry = book.harm(found.code) if isinstance(found.code, Harm) else book.strategy(found.code)
    words = " ".join(reply[found.start : found.end].split())
    yield paragraph(f'{entry.name} ({found.code}): "{words}"', "", "  ")
    yield paragraph(entry.definition, "  ")
    yield paragraph(f"How sure: {sure}.", "  ")


def _sure(reason: "Reason") -> str:
    said = f"{_in_words(reason.found.confidence)} ({reason.found.confidence:.2f}; given from {reason.least:.2f} on)"
    if reason.runner_up is None:
        return said
    return f"{said}. What these words speak for next: {_near(reason.runner_up)}, over the whole reply"


def _in_words(confidence: float) -> str:
    return "fairly sure" if confidence >= SURE else "more likely than not" if confidence >= LIKELY else "doubtful"


def _near(near: "Near") -> str:
    return f"{near.code} ({near.likely:.2f})"
