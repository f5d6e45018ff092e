"""Play: where the core meets the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.engine.events import CoachSpoke, Event, PatientSpoke, Rewound, TraineeReplied
from roleplay.engine.policies import reading
from roleplay.engine.session import session_of
from roleplay.errors import StoreError, UsageError
from roleplay.practice.play import Play
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, MarkKind, Strategy
from roleplay.scoring.coding import Coding, Heard
from roleplay.store.store import Store


def pinned(reply: str, heard: Heard) -> Coding:
    """Reads slugs off the reply: "own_contribution defensiveness"."""
    slugs = [*Strategy, *Harm]
    return reading(reply, tuple(slug for slug in slugs if slug in reply))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "conversations.db") as opened:
        yield opened


@pytest.fixture
def play(store: Store, mei: Scenario) -> Play:
    return Play.begin(store, mei, pinned, seed=3)


def saved(store: Store, play: Play) -> list[Event]:
    return [fact.event for fact in store.facts(play.id)]


def test_everything_returned_is_on_disk_already(store: Store, play: Play):
    events = play.respond("Hello, how was the week?")

    assert saved(store, play)[-len(events) :] == list(events)


def test_a_conversation_can_be_gone_on_with_where_it_was_left(store: Store, play: Play):
    play.respond("Hello, how was the week?")
    play.mark(MarkKind.WITHDRAWAL)

    again = Play.resume(store, play.id, pinned)

    assert again.session == play.session
    assert again.scenario == play.scenario


def test_a_failed_write_changes_nothing_and_the_reply_can_be_sent_again(store: Store, play: Play, monkeypatch):
    before = play.session

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(store, "append", full)
    with pytest.raises(StoreError):
        play.respond("Hello")
    monkeypatch.undo()

    assert play.session == before
    play.respond("Hello")
    assert play.session.turn == before.turn + 1


def test_two_windows_on_one_conversation_cannot_overwrite_each_other(store: Store, play: Play):
    other = Play.resume(store, play.id, pinned)
    play.respond("From the first window")

    with pytest.raises(StoreError, match="another window"):
        other.respond("From the second")

    assert [e.text for e in saved(store, play) if isinstance(e, TraineeReplied)] == ["From the first window"]


def test_an_empty_reply_is_not_sent(play: Play):
    with pytest.raises(UsageError, match="nothing to say"):
        play.respond("  \n ")


def test_silence_is_an_act_and_is_answered(play: Play):
    events = play.say_nothing()

    assert events[0].silence  # type: ignore[union-attr]
    assert isinstance(events[-1], PatientSpoke)


def test_going_back_keeps_both_tries_in_the_log(store: Store, play: Play):
    play.respond("one thing here")
    play.respond("second thing there")
    play.rewind(1)
    play.respond("another way")

    replies = [e.text for e in saved(store, play) if isinstance(e, TraineeReplied)]
    assert replies == ["one thing here", "second thing there", "another way"]
    assert play.session.turn == 1
    assert session_of([(f.seq, f.event) for f in store.facts(play.id)]) == play.session


def test_going_back_twice_finds_the_line_of_the_try_that_holds(play: Play):
    play.respond("a b c")
    play.rewind()
    play.respond("d e f")
    play.respond("g h i")
    rewound = play.rewind(2)

    assert isinstance(rewound, Rewound)
    assert play.session.turn == 1
    assert play.session.history[-2].text == "d e f"


def test_going_back_from_an_ending_opens_the_conversation_again(play: Play):
    while not play.over:
        play.respond(f"Well, number {play.session.turn} of many things to say {play.session.turn * 7}")
    play.rewind()

    assert not play.over


def test_there_is_no_going_back_before_the_first_reply(play: Play):
    with pytest.raises(UsageError, match="no reply"):
        play.rewind()


def test_model_replies_come_only_after_a_second_try(play: Play):
    while play.session.rupture is None:
        play.respond(f"How was it, {play.session.turn}?")
    play.respond("Great, so daily until Friday.")
    turn = play.session.turn
    assert play.model_replies(turn) == ()

    play.rewind(turn)
    play.respond("Wait, what was that?")

    assert len(play.model_replies(turn)) >= 2


def test_assess_mode_helps_only_after_the_end(store: Store, mei: Scenario):
    play = Play.begin(store, mei, pinned, seed=3, mode="assess")
    play.respond("defensiveness in many words")

    for help_ in (play.hint, play.rewind):
        with pytest.raises(UsageError, match="practice mode"):
            help_()
    assert play.coach(asked=True) is None
    assert not play.coach_has_something


def test_rereading_is_due_once_in_assess_mode_after_the_end(store: Store, mei: Scenario):
    play = Play.begin(store, mei, pinned, seed=3, mode="assess")
    assert not play.reread_due
    while not play.over:
        play.respond(f"Number {play.session.turn} of things to say {play.session.turn * 7}")
    assert play.reread_due

    play.reread({2: MarkKind.WITHDRAWAL, 3: None})

    assert not play.reread_due


def test_the_coach_speaks_unasked_after_harm_and_cites_the_words(play: Play):
    while play.session.rupture is None:
        play.respond(f"How was it, {play.session.turn}?")
    play.respond("defensiveness, plainly")

    said = play.coach(asked=False)

    assert isinstance(said, CoachSpoke)
    assert said.code == Harm.DEFENSIVENESS
    assert said.words == "defensiveness, plainly"


def test_the_coach_keeps_silent_unasked_when_all_is_well_or_when_told_to(play: Play):
    play.respond("attend_validate_curious is what this is")
    assert play.coach(asked=False) is None
    assert play.coach_has_something

    while play.session.rupture is None:
        play.respond(f"How was it, {play.session.turn}?")
    play.respond("pressing on and on")
    assert play.coach(asked=False, coaching="never") is None


def test_what_was_meant_is_kept_beside_what_was_read(store: Store, play: Play):
    play.respond("defensiveness")
    contested = play.contest("I wanted to own it")

    assert contested in saved(store, play)
    assert contested.turn == 1


def test_text_no_database_takes_is_made_fit_and_nothing_else_is_lost(store: Store, play: Play):
    play.respond("a\ud800b\x00c\r\nd \u2028 e")

    again = Play.resume(store, play.id, pinned)
    replied = next(e for e in again.live if isinstance(e, TraineeReplied))
    assert replied.text == "a\ufffdbc\nd \u2028 e"
