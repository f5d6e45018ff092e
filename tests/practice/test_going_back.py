"""Going back: what was noticed before a reply stays, what came after it is superseded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.engine.events import CodeContested, RuptureMarked, UrgeNoted
from roleplay.engine.policies import reading
from roleplay.engine.session import session_of
from roleplay.errors import UsageError
from roleplay.practice.play import Play
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, MarkKind, Strategy
from roleplay.scoring.coding import Coding, Heard
from roleplay.store.store import Store


def pinned(reply: str, heard: Heard) -> Coding:
    """Reads slugs off the reply: "own_contribution defensiveness"."""
    return reading(reply, tuple(slug for slug in (*Strategy, *Harm) if slug in reply))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "conversations.db") as opened:
        yield opened


@pytest.fixture
def play(store: Store, mei: Scenario) -> Play:
    return Play.begin(store, mei, pinned, seed=3)


def to_the_strain(play: Play) -> None:
    while play.session.rupture is None:
        play.respond(f"How was it, {play.session.turn}?")


def test_a_mark_and_an_urge_given_before_the_reply_outlive_it(store: Store, play: Play):
    to_the_strain(play)
    play.mark(MarkKind.WITHDRAWAL)
    play.urge("explain")
    play.respond("defensiveness at length")

    play.rewind()

    assert play.session.mark is MarkKind.WITHDRAWAL
    assert [e.urge for e in play.live if isinstance(e, UrgeNoted)] == ["explain"]
    assert Play.resume(store, play.id, pinned).session == play.session


def test_a_mark_about_a_line_that_is_gone_back_before_goes_with_it(play: Play):
    to_the_strain(play)
    play.mark(MarkKind.WITHDRAWAL)

    play.rewind(1)

    assert play.session.mark is None
    assert not [e for e in play.live if isinstance(e, RuptureMarked)]
    assert [e for _, e in play.facts if isinstance(e, RuptureMarked)]


def test_what_was_meant_by_an_earlier_reply_outlives_a_later_one(play: Play):
    play.respond("one two three")
    play.contest("I meant to ask")
    play.respond("four five six")

    play.rewind(2)

    assert [e.meant for e in play.live if isinstance(e, CodeContested)] == ["I meant to ask"]


def test_going_back_again_and_again_and_from_an_ending_replays_to_the_same_place(store: Store, play: Play):
    stood = [play.session]
    for number in range(5):
        play.respond(f"reply number {number} of the first run")
        stood.append(play.session)
    for turn in (4, 2, 1):
        play.rewind(turn)
        assert play.session == stood[turn - 1]
        play.respond(f"another way, {turn}")
        play.mark()
    while not play.over:
        play.respond(f"and so on, {play.session.turn}, {play.session.turn * 7}")

    play.rewind()
    play.rewind(1)

    assert play.session == stood[0]
    assert session_of([(fact.seq, fact.event) for fact in store.facts(play.id)]) == stood[0]


def test_an_unread_reply_can_be_gone_back_before(play: Play):
    play.coder = lambda reply, heard: Coding(abstained=True, because="another language")
    before = play.session
    play.respond("Qui?")

    play.rewind()

    assert play.session == before


def test_other_replies_are_shown_for_a_second_try_of_the_same_place_only(play: Play):
    """The turn was given twice, but the first time the patient was elsewhere."""
    to_the_strain(play)
    play.respond("own_contribution, the sheet was mine")
    play.respond("carrying on with other things")
    turn = play.session.turn
    play.rewind(turn - 1)
    play.respond("defensiveness at length")
    play.respond("carrying on with the very same")

    assert play.session.turn == turn
    assert play.model_replies(turn) == ()
    assert len(play.model_replies(turn - 1)) >= 2


def test_nothing_is_marked_where_no_line_waits(play: Play):
    while not play.over:
        play.respond(f"Number {play.session.turn} of things to say {play.session.turn * 7}")
    saved = len(play.facts)

    for act in (play.mark, play.hint, lambda: play.urge("fix"), lambda: play.pause(20)):
        with pytest.raises(UsageError, match="over"):
            act()
    assert len(play.facts) == saved


def test_names_that_no_database_takes_are_made_fit(store: Store, mei: Scenario):
    play = Play.begin(store, mei, pinned, seed=1, trainee="wren\udce9\0", group="a\r\nb")
    play.rate("how_are_you\ud800", text="fine\0")

    again = Play.resume(store, play.id, pinned)

    assert (again.began.trainee, again.began.group) == ("wren\ufffd", "a\nb")


@pytest.mark.parametrize(
    "text", ["x " * 5000, "\u05e9\u05dc\u05d5\u05dd \u202e hello", "a\0b\ud800", "\u2028\u0085 one"]
)
def test_any_text_can_be_said_and_is_found_again(store: Store, play: Play, text: str):
    play.respond(text)

    assert Play.resume(store, play.id, pinned).session == play.session
