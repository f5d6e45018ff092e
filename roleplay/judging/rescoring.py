"""Saved replies read again. What is found is appended as opinions; no fact that was there is changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roleplay.engine.events import Event, OpinionGiven, ReplyCoded, Rewound, TraineeReplied
from roleplay.engine.session import EMPTY, apply, live_facts, session_of
from roleplay.engine.situation import heard_of
from roleplay.errors import StoreError
from roleplay.judging.request import LONGEST
from roleplay.scenarios.model import Scenario
from roleplay.scoring.coding import Coder, Coding, Heard
from roleplay.store.stamped import Stamped
from roleplay.store.store import Store


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A reply of a saved conversation, with what its coder could know, and who has read it."""

    session: str
    entry: int
    """Of the log, where the reply stands."""
    turn: int
    text: str
    silence: bool
    heard: Heard
    reading: Coding | None = None
    """The one that counts; None where the log lacks it."""
    opinions: tuple[OpinionGiven, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether there are words to read, and not too many to be sent."""
        return not self.silence and len(self.text) <= LONGEST

    def read_by(self, scorer: str, version: str) -> bool:
        """Whether this scorer has read it: at the time, or since."""
        at_first = self.reading is not None and (self.reading.scorer, self.reading.version) == (scorer, version)
        since = (given for given in self.opinions if (given.scorer, given.version) == (scorer, version))
        return at_first or any(given.coding is not None for given in since)


def saved_replies(facts: Iterable[Stamped], scenario: Scenario) -> tuple[SavedReply, ...]:
    """Every reply of a conversation in order, tries left behind included, each with what was heard before it."""
    found: dict[int, SavedReply] = {}
    held: list[tuple[int, Event]] = []
    session, last = EMPTY, 0
    for fact in facts:
        match fact.event:
            case TraineeReplied(turn=turn, text=text, silence=silence):
                heard, last = heard_of(scenario, session), fact.seq
                silence = silence or not text.strip()
                found[last] = SavedReply(fact.session, last, turn, text, silence, heard)
            case ReplyCoded(turn=turn, coding=coding) if last and found[last].turn == turn:
                found[last] = replace(found[last], reading=coding.inside(found[last].text))
            case OpinionGiven(reply=entry) as opinion if entry in found:
                found[entry] = replace(found[entry], opinions=(*found[entry].opinions, opinion))
        held.append((fact.seq, fact.event))
        if isinstance(fact.event, Rewound):
            held = live_facts(held)
            session = session_of(held)
        else:
            session = apply(session, fact.event)
    return tuple(found.values())


def unread_by(replies: Iterable[SavedReply], scorer: str, version: str) -> tuple[SavedReply, ...]:
    """The replies that this scorer can read and has not."""
    return tuple(each for each in replies if each.readable and not each.read_by(scorer, version))


def reread(replies: Iterable[SavedReply], coder: Coder) -> tuple[OpinionGiven, ...]:
    """What a coder of this program says of these replies now."""
    codings = ((each, coder(each.text, each.heard).inside(each.text)) for each in replies)
    return tuple(
        OpinionGiven(turn=each.turn, reply=each.entry, scorer=coding.scorer, version=coding.version, coding=coding)
        for each, coding in codings
    )


def append(store: Store, session: str, opinions: Sequence[OpinionGiven]) -> None:
    """Saves opinions after whatever the conversation holds by now.

    Raises:
        StoreError: The store failed; nothing of it was saved. Where only another window was quicker, it goes after it.
    """
    last = len(store.facts(session)) if opinions else 0
    while opinions:
        try:
            store.append(session, opinions, last + 1)
        except StoreError:
            before, last = last, len(store.facts(session))
            if last == before:
                raise
        else:
            return
