from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.debrief.report import report_of
from roleplay.debrief.turns import first_tries, live_tries, turns_of
from roleplay.engine.events import CodeContested, HintShown, PauseTaken, Reread, RuptureMarked, UrgeNoted
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import MarkKind, Strain
from roleplay.store.stamped import Stamped


def test_a_turn_holds_the_line_the_reply_and_what_followed(talk, say):
    turns = turns_of(talk(say["carry_on"], say["own"]).facts)

    second = turns[1]
    assert (second.number, second.attempt, second.live) == (2, 1, True)
    assert second.line.line == "It's fine. Whatever you think."
    assert second.strain is Strain.FRESH
    assert second.text == "Twice I never asked you."
    assert (second.state, second.reached) == ("withdrawal.marker", "withdrawal.self_assertion")
    assert second.answer.line == "I'd rather choose."


def test_the_line_that_waits_comes_last_without_a_reply(talk, say):
    turns = turns_of(talk(say["carry_on"]).facts)

    assert [turn.answered for turn in turns] == [True, False]
    assert turns[-1].number == 2


def test_an_ended_conversation_has_no_line_that_waits(talk, say):
    turns = turns_of(talk(say["carry_on"], say["hit"]).facts)

    assert [turn.answered for turn in turns] == [True, True]
    assert turns[-1].reached == "withdrawal.left"


def test_what_was_noted_before_a_reply_belongs_to_it(talk, say):
    noted = (
        UrgeNoted(turn=2, urge="explain"),
        PauseTaken(turn=2, seconds=20),
        HintShown(turn=2, text="Listen."),
        RuptureMarked(turn=2),
        RuptureMarked(turn=2, kind=MarkKind.WITHDRAWAL, words="fine"),
    )

    second = turns_of(talk(say["carry_on"], *noted, say["own"]).facts)[1]

    assert second.urges == ("explain",)
    assert second.pauses[0].seconds == 20
    assert second.hints[0].text == "Listen."
    assert second.mark.kind is MarkKind.WITHDRAWAL


def test_going_back_keeps_the_try_that_was_left_behind(talk, say):
    turns = turns_of(talk(say["carry_on"], say["explain"], 2, say["own"]).facts)

    tries = [(turn.number, turn.attempt, turn.run, turn.live) for turn in turns if turn.answered]
    assert tries == [(1, 1, 1, True), (2, 1, 1, False), (2, 2, 2, True)]
    assert len({turn.line_at for turn in turns if turn.number == 2}) == 1
    assert [turn.text for turn in first_tries(turns)] == ["Good, so daily.", "I explained that."]
    assert [turn.number for turn in live_tries(turns)] == [1, 2, 3]


def test_a_mark_stays_with_the_try_it_was_made_in(talk, say):
    turns = turns_of(talk(say["carry_on"], RuptureMarked(turn=2), say["explain"], 2, say["own"]).facts)

    assert [turn.marked for turn in turns if turn.number == 2] == [True, False]


def test_after_a_reply_that_was_not_read_the_same_line_waits_with_its_mark(talk, say):
    turns = turns_of(talk(say["carry_on"], RuptureMarked(turn=2), say["mumble"], say["own"]).facts)

    second, third = turns[1], turns[2]
    assert not second.readable
    assert third.asked_again
    assert third.line == second.line
    assert third.marked


def test_going_back_before_a_repeated_answer_keeps_the_mark_made_earlier(talk, say):
    turns = turns_of(talk(say["carry_on"], RuptureMarked(turn=2), say["mumble"], say["explain"], 3, say["own"]).facts)

    assert [(turn.number, turn.attempt, turn.marked) for turn in turns if turn.number == 3] == [
        (3, 1, True),
        (3, 2, True),
    ]


def test_what_was_meant_belongs_to_the_try_that_held_then(talk, say):
    contested = CodeContested(turn=2, meant="a question")

    turns = turns_of(talk(say["carry_on"], say["explain"], contested, 2, say["own"]).facts)

    assert [len(turn.contested) for turn in turns if turn.number == 2] == [1, 0]


def test_rereading_says_of_every_line_whether_it_was_marked(talk, say):
    reread = Reread(marks={2: MarkKind.WITHDRAWAL})

    turns = turns_of(talk(say["carry_on"], say["own"], say["hold"], reread).facts)

    assert [turn.reread for turn in turns] == [False, True, False]
    assert turns[1].reread_kind is MarkKind.WITHDRAWAL


def test_without_rereading_nothing_is_known_about_it(talk, say):
    assert [turn.reread for turn in turns_of(talk(say["carry_on"], say["own"]).facts)] == [None, None, None]


@given(data=st.data())
@settings(max_examples=40)
def test_facts_in_any_order_are_read_without_an_error(data, talk, say, small: Scenario):
    said = (say["carry_on"], RuptureMarked(turn=2), say["explain"], 2, say["mumble"], say["own"], say["hold"])
    shuffled = data.draw(st.permutations(talk(*said).facts))
    facts = [Stamped("s", seq, fact.at, fact.event) for seq, fact in enumerate(shuffled, 1)]

    report = report_of(facts, small)

    assert len(report.moments) <= len(facts)


@given(said=st.lists(st.sampled_from(["carry_on", "explain", "invite", "own", "mumble", "back"]), max_size=9))
@settings(max_examples=60)
def test_the_turns_that_hold_are_the_replies_of_the_live_session(said, talk, say):
    conversation = talk()
    for name in said:
        if name == "back" and conversation.session.turn:
            conversation.back((conversation.session.turn + 1) // 2)
        elif name != "back" and conversation.session.ending is None:
            conversation.say(say[name])

    held = [turn for turn in live_tries(turns_of(conversation.facts)) if turn.answered]

    assert [turn.number for turn in held] == list(range(1, conversation.session.turn + 1))
    replies = [spoken.text for spoken in conversation.session.history if spoken.who == "therapist"]
    assert [turn.text for turn in held] == replies
