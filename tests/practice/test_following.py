"""Conversations that parse, entry by entry, and still cannot have happened."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from roleplay.engine.events import PatientSpoke, Rewound, SessionEnded, StateEntered, TraineeReplied, Variables
from roleplay.engine.policies import reading
from roleplay.engine.session import NOBODY
from roleplay.errors import StoreError
from roleplay.practice.following import require_following
from roleplay.practice.play import Play
from roleplay.scenarios.model import Scenario
from roleplay.scoring.coding import Coding, Heard
from roleplay.store.stamped import Stamped
from roleplay.store.store import Store

Facts = tuple[Stamped, ...]


def unread(reply: str, heard: Heard) -> Coding:
    return reading(reply, ())


@pytest.fixture
def facts(tmp_path: Path, mei: Scenario) -> Facts:
    """Two replies, going back before the second, and the second again."""
    with Store.open(tmp_path / "conversations.db") as store:
        play = Play.begin(store, mei, unread, seed=3)
        play.respond("Hello, how was the week?")
        play.respond("And otherwise?")
        play.rewind()
        play.respond("What else was there?")
        return store.facts(play.id)


def altered(facts: Facts, kind: type, **changes: object) -> Facts:
    """The facts with the last one of this kind changed."""
    place = max(number for number, fact in enumerate(facts) if isinstance(fact.event, kind))
    event = facts[place].event.model_copy(update=changes)
    return (*facts[:place], replace(facts[place], event=event), *facts[place + 1 :])


def ended(facts: Facts) -> Facts:
    """The facts with an ending before the last reply."""
    place = max(number for number, fact in enumerate(facts) if isinstance(fact.event, TraineeReplied))
    end = SessionEnded(
        turn=1, ending="withdrawal.left", line="Bye.", account="It was short.", resolution=1, patient=NOBODY
    )
    return (*facts[:place], replace(facts[place - 1], event=end), *facts[place:])


NONSENSE: dict[str, tuple[Callable[[Facts], Facts], str]] = {
    "a state nobody has": (lambda facts: altered(facts, StateEntered, state="nowhere"), "no such place"),
    "a line said nowhere": (lambda facts: altered(facts, PatientSpoke, state="nowhere"), "no such place"),
    "a reply out of turn": (lambda facts: altered(facts, TraineeReplied, turn=7), "reply 7 .* reply 2 was expected"),
    "going back to nothing": (lambda facts: altered(facts, Rewound, turn=5), "goes back"),
    "going back too far": (lambda facts: altered(facts, Rewound, to_seq=1), "goes back"),
    "a reply after the ending": (ended, "a reply follows the ending"),
    "an unknown ending": (lambda facts: altered(ended(facts)[:-4], SessionEnded, ending="heaven"), "no such ending"),
    "beginning twice": (lambda facts: (*facts, facts[0]), "begins a second time"),
    "nobody has spoken": (lambda facts: facts[:2], "before the patient has spoken"),
}


@pytest.mark.parametrize(("alter", "says"), NONSENSE.values(), ids=NONSENSE)
def test_what_cannot_have_happened_is_refused_with_its_entry(facts: Facts, mei: Scenario, alter, says: str):
    with pytest.raises(StoreError, match=says):
        require_following(alter(facts), mei)


def test_what_this_program_wrote_follows_wherever_it_breaks_off(facts: Facts, mei: Scenario):
    for end in range(3, len(facts) + 1):
        require_following(facts[:end], mei)


def test_a_conversation_that_was_changed_is_not_gone_on_with(tmp_path: Path, facts: Facts):
    patient = Variables(trust=5, tension=3, agency=5, communion=5)
    with Store.open(tmp_path / "conversations.db") as store:
        store.append(facts[0].session, [StateEntered(turn=2, state="nowhere", patient=patient)], len(facts) + 1)

        with pytest.raises(StoreError, match=rf"entry {len(facts) + 1}, the patient is at `nowhere`"):
            Play.resume(store, facts[0].session, unread)
