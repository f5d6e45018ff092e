"""A fact with its place and time, and how it becomes a row and comes back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from roleplay.engine.events import Event, dump, parse
from roleplay.errors import StoreError
from roleplay.store.rows import Row

MAX_BODY = 8 * 1024 * 1024
"""Characters of one fact as JSON. Far above any reply that was typed; import refuses longer lines unread."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A fact with its place and time."""

    session: str
    seq: int
    """Counted from 1 in each conversation, without gaps."""
    at: str
    """When the store took it: ISO 8601, UTC, milliseconds, e.g. `2026-01-31T09:45:00.120Z`."""
    event: Event


def in_utc(moment: datetime) -> str:
    """The moment as it is stored."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def numbered(session: str, events: Sequence[Event], first: int, at: str) -> tuple[Stamped, ...]:
    """The facts with their places, from entry `first` on."""
    return tuple(Stamped(session, seq, at, event) for seq, event in enumerate(events, first))


def row_of(fact: Stamped) -> Row:
    """The fact as it is written.

    Raises:
        StoreError: It is longer than the store takes.
    """
    body = dump(fact.event)
    if len(body) > MAX_BODY:
        raise StoreError(
            f"This is longer than the store takes ({MAX_BODY // 1024 // 1024} million characters), so it was not "
            "saved. Shorten it and try again."
        )
    return Row(fact.session, fact.seq, fact.at, fact.event.event, body)


def read(rows: Iterable[Row]) -> Iterator[Stamped]:
    """The facts of one conversation, given its rows in order.

    Raises:
        StoreError: An entry is missing, or cannot be read.
    """
    for expected, row in enumerate(rows, 1):
        if row.seq != expected:
            raise StoreError(
                f"In the conversation {row.session}: found entry {row.seq}, expected {expected}. An entry was lost or "
                "added outside this program. Keep the store, and take this conversation from an export if there is one."
            )
        try:
            event = parse(row.body)
        except ValidationError as error:
            raise StoreError(
                f"In the conversation {row.session}: entry {row.seq} cannot be read. It is damaged, or a newer version "
                "wrote it. Update the program, or take this conversation from an export if there is one."
            ) from error
        yield Stamped(row.session, row.seq, row.at, event)
