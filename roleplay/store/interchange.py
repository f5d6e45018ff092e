"""Conversations as JSON Lines: the same facts on another machine, byte for byte. `importer` reads them."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import BinaryIO

from roleplay.engine.events import SessionBegan
from roleplay.errors import StoreError
from roleplay.store.rows import Row, Rows
from roleplay.store.stamped import MAX_BODY, read

FORMAT = 1
"""Of the lines. Raised when an older program could not read them."""
MAX_LINE = MAX_BODY + 1024
SESSION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What a conversation may be called: safe as a file name and on a command line."""

HEADER = "alliance_roleplay_export"
"""The key that the first line of every export has."""


def digest_of(body: str) -> str:
    """The digest of a resolved scenario: sha256 of its text in UTF-8, in hexadecimal."""
    return sha256(body.encode("utf-8")).hexdigest()


def lines(rows: Rows, ends: list[tuple[str, int]]) -> Iterator[str]:
    """The header, the scenarios and the facts of these conversations, each a line with its line end.

    Args:
        rows: Where they are.
        ends: Ids in order, each with the number of its last entry to give; what is written later is left out.

    Raises:
        StoreError: A conversation cannot be read.
    """
    header = {HEADER: FORMAT, "conversations": len(ends), "facts": sum(last for _, last in ends)}
    yield json.dumps(header) + "\n"
    for digest in sorted(_digests(rows, ends)):
        with rows.reading():
            body = rows.scenario(digest)
        if body is None:
            raise StoreError(f"The store {rows.where} has lost the saved scenario {digest[:12]} of a conversation.")
        yield f'{{"scenario":"{digest}","body":{body}}}\n'
    for session, last in ends:
        for row in _sound(rows, session, last):
            yield f'{{"session":"{row.session}","seq":{row.seq},"at":"{row.at}","event":{row.body}}}\n'


def _digests(rows: Rows, ends: list[tuple[str, int]]) -> set[str]:
    began = (read(_sound(rows, session, 1)) for session, _ in ends)
    return {fact.event.scenario_hash for fact in chain.from_iterable(began) if isinstance(fact.event, SessionBegan)}


def _sound(rows: Rows, session: str, last: int) -> list[Row]:
    """The rows of a conversation, once it is certain that each can be read back."""
    with rows.reading():
        found = rows.facts(session, until=last)
    count = sum(1 for _ in read(found))
    if count != last:
        raise StoreError(f"The conversation {session} changed during the export: {count} of {last} entries are left.")
    return found


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """The lines of a file opened in binary: cut at line feeds only, and never more than one bounded line in memory.

    Bytes that are not UTF-8 come as lone surrogates, which `Importer` refuses with the number of the line.
    """
    while line := stream.readline(MAX_LINE + 2):
        yield line.decode("utf-8", errors="surrogateescape")


def is_object(text: str) -> bool:
    """Whether the text is one JSON object."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
