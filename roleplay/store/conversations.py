"""Conversations as a listing shows them: who, with which patient, how far, and whether it has ended."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from pydantic import ValidationError

from roleplay.engine.events import SessionBegan, SessionEnded, TraineeReplied, parse
from roleplay.engine.session import live
from roleplay.store.rows import Row

_A_REPLY = TraineeReplied(turn=0, text="")
"""Stands for a reply whose words were not read."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation in a list. A view, read from a few of its facts."""

    id: str
    began_at: str
    """ISO 8601, UTC, milliseconds."""
    last_at: str
    scenario: str
    """Id of the scenario; empty when the beginning cannot be read."""
    scenario_hash: str
    title: str
    """Title of the scenario as it was played."""
    trainee: str
    group: str
    mode: str
    replies: int
    """Those that count: replies that were taken back by going back are left out."""
    ending: str | None
    """Id of the ending reached; None while the conversation is open."""
    problem: str = ""
    """Why part of this is empty; empty when all could be read."""

    @property
    def ended(self) -> bool:
        """Whether an ending was reached, and not gone back from."""
        return self.ending is not None


def listed(heads: Iterable[Row], last_at: dict[str, str], body_of: Callable[[str], str | None]) -> list[Conversation]:
    """The conversations whose `heads` these are, newest first.

    Args:
        heads: Beginnings, replies, endings and goings back, ordered by conversation and entry.
        last_at: When the last entry of each conversation was written; a conversation without a head is damaged.
        body_of: The text of a saved scenario by its digest, None when it is missing.
    """
    title_of = cache(lambda digest: _title(body_of(digest)))
    grouped = {session: list(rows) for session, rows in groupby(heads, key=lambda row: row.session)}
    found = [_summed_up(session, grouped.get(session, []), at, title_of) for session, at in last_at.items()]
    return sorted(found, key=lambda one: (one.began_at, one.id), reverse=True)


def _summed_up(session: str, heads: list[Row], last_at: str, title_of: Callable[[str], str]) -> Conversation:
    try:
        began, replies, ending = _folded(heads)
        problem = "" if began else "its beginning is missing"
    except ValidationError:
        began, replies, ending, problem = None, 0, None, "an entry of it cannot be read"
    return Conversation(
        id=session,
        began_at=heads[0].at if heads else last_at,
        last_at=last_at,
        scenario=began.scenario if began else "",
        scenario_hash=began.scenario_hash if began else "",
        title=title_of(began.scenario_hash) if began else "",
        trainee=began.trainee if began else "",
        group=began.group if began else "",
        mode=began.mode if began else "",
        replies=replies,
        ending=ending,
        problem=problem,
    )


def _folded(heads: list[Row]) -> tuple[SessionBegan | None, int, str | None]:
    """The beginning, the number of replies that stand and the ending that stands."""
    standing = live((row.seq, parse(row.body) if row.body else _A_REPLY) for row in heads)
    began = next((event for event in standing if isinstance(event, SessionBegan)), None)
    replies = sum(isinstance(event, TraineeReplied) for event in standing)
    ending = next((event.ending for event in reversed(standing) if isinstance(event, SessionEnded)), None)
    return began, replies, ending


def _title(body: str | None) -> str:
    try:
        return str(json.loads(body or "{}").get("title", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""
