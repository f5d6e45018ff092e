"""The store: every fact of every conversation, durable before anybody sees it."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Self

from peewee import IntegrityError

from roleplay.engine.events import Event, SessionBegan
from roleplay.errors import StoreError, UsageError, unknown
from roleplay.store import interchange
from roleplay.store.conversations import Conversation, listed
from roleplay.store.importer import Importer, ImportReport
from roleplay.store.interchange import SESSION_ID, digest_of, is_object
from roleplay.store.location import located
from roleplay.store.rows import Rows
from roleplay.store.stamped import Stamped, in_utc, numbered, read, row_of

Clock = Callable[[], datetime]
LAST = "last"
"""The word for the newest conversation."""
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_SHOWN = 12


def utc_now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


class Store:
    """The list of facts. Safe to use from several threads, and by several processes at once.

    Nothing in it is ever changed: facts are added, and whole conversations deleted.
    """

    def __init__(self, rows: Rows, clock: Clock) -> None:
        self._rows = rows
        self._clock = clock

    @classmethod
    def open(cls, where: str | Path | None = None, *, clock: Clock = utc_now, create: bool = True) -> Self:
        """The store at `where`: a path or URL; by default $ROLEPLAY_STORE, else the user's own.

        With `create`, a file that is not there is made.

        Raises:
            StoreError: It cannot be opened, is damaged, or is not a store; nothing in it was changed.
            StoreNewer: A newer version wrote it.
            UsageError: The address cannot be understood.
        """
        return cls(Rows(located(where), create=create), clock)

    @property
    def where(self) -> str:
        """The place of the store as it may be shown, without passwords."""
        return str(self._rows.where)

    def close(self) -> None:
        """Close the store; everything is on disk already."""
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def new_id(self) -> str:
        """An id for a conversation that sorts by time, e.g. `20260131-094500-k3x7qa`."""
        return f"{self._clock().astimezone(UTC):%Y%m%d-%H%M%S}-{''.join(secrets.choice(_BASE32) for _ in range(6))}"

    def begin(
        self, session_id: str, events: Sequence[Event], scenario_text: str, scenario_hash: str
    ) -> tuple[Stamped, ...]:
        """Write the first facts of a conversation, and its resolved scenario if that is new.

        Raises:
            StoreError: The conversation is there already, or the store failed; nothing was written.
            ValueError: The facts do not start with a SessionBegan of this scenario, or the id or hash is malformed.
        """
        _check_beginning(session_id, events, scenario_text, scenario_hash)
        with self._rows.writing():
            self._rows.keep_scenario(scenario_hash, scenario_text)
            return self._added(session_id, events, 1)

    def append(self, session_id: str, events: Sequence[Event], expected_seq: int) -> tuple[Stamped, ...]:
        """Write facts, the first of them as entry `expected_seq`: the one after the last that the caller knows.

        All are durable on return.

        Raises:
            StoreError: Another process wrote to the conversation or deleted it, or the store failed; nothing was
                written.
        """
        if expected_seq < 2:
            raise ValueError("A conversation begins with `begin`.")
        with self._rows.writing():
            return self._added(session_id, events, expected_seq)

    def facts(self, session_id: str) -> tuple[Stamped, ...]:
        """All facts of a conversation in order; `session_id` may be a unique beginning of an id, or `last`.

        Raises:
            UsageError: No conversation, or more than one, answers to it.
            StoreError: An entry is missing or cannot be read.
        """
        with self._rows.reading():
            rows = self._rows.facts(session_id) or self._rows.facts(self.resolve_id(session_id))
        return tuple(read(rows))

    def conversations(self) -> tuple[Conversation, ...]:
        """Every conversation, newest first. One that cannot be read is listed with its problem."""
        with self._rows.reading():
            heads, last_at = self._rows.heads()
            return tuple(listed(heads, last_at, self._rows.scenario))

    def open_conversations(self) -> tuple[Conversation, ...]:
        """Those that have not ended and can be gone on with, newest first."""
        return tuple(one for one in self.conversations() if not one.ended and not one.problem)

    def resolve_id(self, text: str) -> str:
        """The id that `text` names: the id itself, a beginning that only one id has, or `last`.

        Raises:
            UsageError: No conversation, or more than one, answers to it.
        """
        with self._rows.reading():
            if text == LAST and (newest := self.conversations()):
                return newest[0].id
            known = [session for session, _ in self._rows.last_seqs()]
        if text in known:
            return text
        matches = [session for session in known if text and session.startswith(text)]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise UsageError(f"`{text}` is the beginning of several conversations: {', '.join(matches[-_SHOWN:])}.")
        # The nearest and the newest ids, not a thousand of them.
        raise unknown("conversation", text, {*get_close_matches(text, known, n=1), *known[-_SHOWN:]})

    def scenario(self, digest: str) -> str:
        """The resolved scenario with this digest, as canonical JSON text.

        Raises:
            StoreError: It is not in the store, or is not what was saved.
        """
        with self._rows.reading():
            body = self._rows.scenario(digest)
        if body is None:
            raise StoreError(f"The store {self.where} has no saved scenario {digest[:12]}. Import it again.")
        if digest_of(body) != digest:
            raise StoreError(f"The saved scenario {digest[:12]} in the store {self.where} is damaged. Keep the file.")
        return body

    def delete(self, session_ids: Iterable[str]) -> tuple[str, ...]:
        """Delete conversations for good, and the saved scenarios that no other conversation used; gives their ids.

        Their words are gone from the store's files too, though not from backups or exports made before.

        Raises:
            UsageError: One of the ids is unknown; nothing was deleted.
            StoreError: The store failed; the text says whether anything was deleted.
        """
        with self._rows.writing():
            ids = sorted({self.resolve_id(one) for one in session_ids})
            self._rows.erase(ids)
        try:
            self._rows.shrink()
        except StoreError as error:
            raise StoreError(
                f"The conversations are deleted, but their words may stay in the files beside the store {self.where} "
                f"until every window that uses it is closed. ({error})"
            ) from error
        return tuple(ids)

    def export(self, session_ids: Iterable[str] | None = None) -> Iterator[str]:
        """Lines of JSON, each with its line end: all conversations, or the named ones, as `import_lines` reads them.

        Raises:
            UsageError: An id is unknown; raised before the first line.
            StoreError: A conversation cannot be read.
        """
        with self._rows.reading():
            chosen = None if session_ids is None else {self.resolve_id(one) for one in session_ids}
            ends = [(one, last) for one, last in self._rows.last_seqs() if chosen is None or one in chosen]
        return interchange.lines(self._rows, ends)

    def import_lines(self, lines: Iterable[str]) -> ImportReport:
        """Take in what `export` wrote, all in one transaction.

        Raises:
            StoreError: A line cannot be taken; it names the line, and nothing was imported.
            StoreNewer: A newer version wrote the lines.
        """
        with self._rows.writing():
            return Importer(self._rows).take(lines)

    def _added(self, session_id: str, events: Sequence[Event], first: int) -> tuple[Stamped, ...]:
        last = self._rows.last_seq(session_id)
        if last + 1 != first:
            raise _gone_on(session_id, last)
        facts = numbered(session_id, events, first, in_utc(self._clock()))
        try:
            self._rows.add(map(row_of, facts))
        except IntegrityError as error:
            raise _gone_on(session_id, first) from error
        return facts


def _gone_on(session_id: str, last: int) -> StoreError:
    if not last:
        return StoreError(
            f"The conversation {session_id} is not in the store (any more), so nothing was saved. It may have been "
            "deleted in another window: begin a new one."
        )
    return StoreError(
        "This conversation has gone on in another window; nothing was saved here. "
        f"Close this one, or open the conversation {session_id} again to go on from there."
    )


def _check_beginning(session_id: str, events: Sequence[Event], scenario_text: str, scenario_hash: str) -> None:
    """Refuse what an export could not carry."""
    if not SESSION_ID.fullmatch(session_id) or session_id == LAST:
        raise ValueError(f"Not an id for a conversation: {session_id!r}.")
    if not events or not isinstance(events[0], SessionBegan) or events[0].scenario_hash != scenario_hash:
        raise ValueError("A conversation begins with a SessionBegan of its scenario.")
    if digest_of(scenario_text) != scenario_hash or "\n" in scenario_text or not is_object(scenario_text):
        raise ValueError("The scenario's text must be one line of JSON, and its hash the sha256 of that text.")
