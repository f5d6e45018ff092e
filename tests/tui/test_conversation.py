"""The conversation, as a person at the keys sees it."""

import threading
from dataclasses import replace

import pytest
from textual._xterm_parser import XTermParser

from roleplay.engine.events import (
    CoachSpoke,
    CodeContested,
    HintShown,
    PauseTaken,
    Rewound,
    RuptureMarked,
    TraineeReplied,
    UrgeNoted,
)
from roleplay.errors import StoreError
from roleplay.practice.settings import Settings
from roleplay.scoring.codes import MarkKind
from roleplay.store.store import Store
from roleplay.tui.composer import Composer


def of(kind, facts):
    return [fact for fact in facts if isinstance(fact, kind)]


def box(pilot) -> str:
    return pilot.app.screen.query_one(Composer).text


async def test_a_reply_is_sent_saved_and_answered(talking, seen, typed, saved):
    async with talking() as pilot:
        assert "Hello. I brought rolls." in seen(pilot.app)
        assert "puts a paper bag on the table" in seen(pilot.app)
        assert "practice · turn 1" in seen(pilot.app)

        await typed(pilot, "good morning", "enter")

        screen = seen(pilot.app)
        assert "you   good morning" in screen
        assert "Ada   It's fine. Whatever you think is best." in screen
        assert "practice · turn 2" in screen
        assert box(pilot) == ""

    assert [fact.text for fact in of(TraineeReplied, saved())] == ["good morning"]


async def test_the_heading_says_who_how_and_where(talking, seen):
    async with talking() as pilot:
        assert "Ada Ó Broin · CBT, session 3, a room over a bakery" in seen(pilot.app)


async def test_nothing_inner_is_shown(talking, seen, typed):
    async with talking(size=(160, 50)) as pilot:
        await typed(pilot, "good morning", "enter")

        screen = seen(pilot.app)
        for word in ("Not that sheet again", "trust", "tension", "withdrawal", "score", "To choose for herself"):
            assert word not in screen


async def test_a_new_line_is_not_the_end_of_the_reply(talking, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "one", "ctrl+j")
        await typed(pilot, "two", "shift+enter", "alt+enter")
        await typed(pilot, "three", "enter")

    assert [fact.text for fact in of(TraineeReplied, saved())] == ["one\ntwo\n\nthree"]


@pytest.mark.parametrize("sequence", ["\x1b\r", "\x1b[13;2u", "\x1b[27;2;13~", "\n"])
async def test_what_terminals_send_for_a_new_line_never_sends_the_reply(talking, sequence):
    async with talking() as pilot:
        (key,) = XTermParser().feed(sequence)
        pilot.app.screen.query_one(Composer).keep("one")
        pilot.app.post_message(key)
        await pilot.pause()

        assert box(pilot) == "one\n"


async def test_every_line_of_keys_fits_eighty_columns(talking, seen, typed):
    async with talking() as pilot:
        await typed(pilot, "defensiveness", "enter")

        assert "coach •" in seen(pilot.app)
        assert "F1 help  ctrl+q stop" in seen(pilot.app)


async def test_the_box_grows_to_six_lines_and_no_further(talking):
    async with talking() as pilot:
        composer = pilot.app.screen.query_one(Composer)
        assert composer.content_size.height == 1

        for lines in (3, 6, 9):
            composer.keep("\n".join("abcdefghi"[:lines]))
            await pilot.pause()
            assert composer.content_size.height == min(lines, 6)


async def test_an_empty_box_sends_nothing_and_says_what_does(talking, seen, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "  ", "enter")
        assert "F7 says nothing on purpose" in seen(pilot.app)

    assert of(TraineeReplied, saved()) == []


async def test_saying_nothing_is_an_act(talking, seen, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "half a thought", "f7")

        assert "you say nothing for a while" in seen(pilot.app)
        assert box(pilot) == "half a thought"

    assert [fact.silence for fact in of(TraineeReplied, saved())] == [True]


async def test_markup_and_control_characters_in_a_reply_are_only_shown(talking, seen, typed):
    async with talking() as pilot:
        pilot.app.screen.query_one(Composer).keep("[bold red]no[/] \x1b[2J \u202ekcab [@click=app.bell]x[/]")
        await typed(pilot, "", "enter")

        screen = seen(pilot.app)
        assert "[bold red]no[/] ‹U+001B›[2J ‹U+202E›kcab [@click=app.bell]x[/]" in screen
        assert "\x1b" not in screen


async def test_something_is_happening_is_noted_and_only_then_what(talking, seen, typed, saved, settled):
    async with talking() as pilot:
        await typed(pilot, "good morning", "enter", "f5")
        assert "Noted: something is happening here." in seen(pilot.app)

        await pilot.press("escape")
        await settled(pilot)
        assert "● something is happening here" in seen(pilot.app)

    assert of(RuptureMarked, saved()) == [RuptureMarked(turn=2)]


async def test_what_and_which_words_can_be_said(talking, seen, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "", "f5", "up", "up", "enter")
        await typed(pilot, "brought rolls", "enter")
        assert "something is happening here: something hidden, “brought rolls”" in seen(pilot.app)

    assert of(RuptureMarked, saved()) == [RuptureMarked(turn=1, kind=MarkKind.HIDDEN, words="brought rolls")]


async def test_a_key_pressed_by_mistake_marks_nothing(talking, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "", "f5", "end", "enter")

    assert of(RuptureMarked, saved()) == []


async def test_an_urge_comes_from_the_list_or_is_a_word_of_ones_own(talking, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "", "f6", "down", "enter", "f6")
        await typed(pilot, "hide", "enter", "f6", "escape")

    assert [fact.urge for fact in of(UrgeNoted, saved())] == ["fix", "hide"]


async def test_a_pause_is_one_line_at_a_time_and_can_be_left(talking, seen, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "", "f8", "b")
        assert "Eyes may stay open; without the breath." in seen(pilot.app)

        await typed(pilot, "", "down", "enter", "enter")
        assert "Notice your hands" in seen(pilot.app)

        await typed(pilot, "", "escape")
        assert "‖ a pause of 60 seconds" in seen(pilot.app)

    paused = of(PauseTaken, saved())
    assert [fact.seconds for fact in paused] == [60]
    assert paused[0].taken is not None


async def test_a_hint_is_for_practice(talking, seen, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "good morning", "enter", "f9")
        assert "She answered quickly." in seen(pilot.app)

    assert len(of(HintShown, saved())) == 1


async def test_in_assess_mode_nothing_helps_on_the_way(talking, seen, typed, saved):
    async with talking(mode="assess") as pilot:
        await typed(pilot, "defensiveness", "enter")
        screen = seen(pilot.app)
        assert "assess · turn 2" in screen
        assert "hint" not in screen
        assert "coach" not in screen

        for key in ("f9", "f3", "f2"):
            await typed(pilot, "", key)
            assert "assess" in seen(pilot.app)

    assert of(HintShown, saved()) == of(Rewound, saved()) == of(CoachSpoke, saved()) == []


async def test_the_coach_shows_a_dot_asks_first_and_then_says_one_thing(talking, seen, typed, saved):
    async with talking() as pilot:
        assert "coach •" not in seen(pilot.app)
        await typed(pilot, "defensiveness", "enter")
        assert "F2 coach •" in seen(pilot.app)

        await typed(pilot, "", "f2")
        assert "How did that land?" in seen(pilot.app)
        assert "“defensiveness”" not in seen(pilot.app)

        await typed(pilot, "", "enter")
        assert "“defensiveness”" in seen(pilot.app)

    assert len(of(CoachSpoke, saved())) == 1


async def test_the_coach_speaks_by_itself_when_told_to_and_never_blocks_the_reply(talking, seen, typed, saved):
    async with talking(settings=Settings(pace="off", reduced_motion=True, coach="always")) as pilot:
        await typed(pilot, "defensiveness", "enter")
        assert "Before you go on: how did that land?" in seen(pilot.app)

        await typed(pilot, "more", "enter")
        assert "you   more" in seen(pilot.app)


async def test_going_back_gives_the_turn_anew_and_model_replies_come_after_the_second_try(
    talking, seen, typed, saved, settled
):
    async with talking() as pilot:
        await typed(pilot, "good morning", "enter")
        await typed(pilot, "great then daily", "enter", "f3")
        assert "1  good morning" in seen(pilot.app)
        assert "> " in seen(pilot.app)
        await typed(pilot, "", "m")
        assert "They come after you have tried a turn a second time." in seen(pilot.app)

        await typed(pilot, "", "escape", "enter")
        assert "great then daily" not in seen(pilot.app)
        assert "practice · turn 2" in seen(pilot.app)
        assert "You are back before reply 2" in seen(pilot.app)

        await typed(pilot, "wait", "enter", "f3")
        assert "↺ 2 tries" in seen(pilot.app)
        await typed(pilot, "", "m")
        assert "What would you choose?" in seen(pilot.app)

    assert [fact.text for fact in of(TraineeReplied, saved())] == ["good morning", "great then daily", "wait"]


async def test_what_was_meant_is_kept_and_one_goes_on_or_back(talking, seen, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "", "f4")
        assert "There is no reply to correct yet." in seen(pilot.app)

        await typed(pilot, "good morning", "enter", "f4")
        await typed(pilot, "to ask about her", "enter")
        assert "go back and say it differently" in seen(pilot.app)

        await typed(pilot, "", "2")
        assert "practice · turn 1" in seen(pilot.app)

    assert [fact.meant for fact in of(CodeContested, saved())] == ["to ask about her"]


async def test_sending_is_locked_while_a_reply_is_read_and_typing_is_not(talking, typed, saved, settled):
    gate = threading.Event()

    def slow(reply, heard):
        from roleplay.engine.policies import reading

        if reply:
            gate.wait(5)
        return reading(reply, ())

    async with talking(coder=slow) as pilot:
        await pilot.press(*"first", "enter", "enter", "enter")
        await pilot.press("space", *"second", "f7", "enter")
        assert box(pilot) == "first second"

        gate.set()
        await settled(pilot)
        assert box(pilot) == "second"

    assert [fact.text for fact in of(TraineeReplied, saved())] == ["first"]


async def test_where_saving_fails_the_words_stay_and_the_reason_is_told(talking, seen, typed, saved, monkeypatch):
    def full(*_: object) -> None:
        raise StoreError("The disk that holds the store is full. Make room and try again.")

    async with talking() as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(Store, "append", full)
            await typed(pilot, "good morning", "enter")

            assert "The disk that holds the store is full." in seen(pilot.app)
            assert "Your words are still in the box." in " ".join(seen(pilot.app).replace("▎", " ").split())
            assert box(pilot) == "good morning"
            assert "practice · turn 1" in seen(pilot.app)

        await typed(pilot, "", "enter")
        assert "practice · turn 2" in seen(pilot.app)

    assert [fact.text for fact in of(TraineeReplied, saved())] == ["good morning"]


async def test_words_arrive_at_a_pace_and_any_key_completes_them(talking, seen, typed, settled):
    slow = replace(Settings(), pace="slow", coach="never")
    async with talking(settings=slow) as pilot:
        await typed(pilot, "good morning", "enter")
        assert "Whatever you think is best." not in seen(pilot.app)

        await pilot.press("a")
        await settled(pilot)
        assert "It's fine. Whatever you think is best." in seen(pilot.app)
        assert box(pilot) == "a"


async def test_the_key_that_completes_the_closing_line_does_not_leave_it(talking, seen, typed):
    slow = replace(Settings(), pace="slow", coach="never")
    async with talking(settings=slow, scenario="quiet-hour") as pilot:
        await typed(pilot, "one", "enter", "x", "backspace")
        await typed(pilot, "two", "enter", "enter")
        assert "That is my bell. Goodbye." in seen(pilot.app)
        assert "The conversation is over." in seen(pilot.app)

        await typed(pilot, "", "enter")
        assert "how are you after that?" in seen(pilot.app)


async def test_the_card_is_beside_the_conversation_where_there_is_room(talking, seen):
    async with talking(size=(120, 40)) as pilot:
        assert "A baker who sleeps by day." in seen(pilot.app)

    async with talking(size=(100, 40), scenario="quiet-hour") as pilot:
        assert "A ferryman." not in seen(pilot.app)


async def test_a_small_window_says_so_and_works_on(talking, seen, typed, saved):
    async with talking(size=(40, 12)) as pilot:
        assert "window is small (40x12)" in seen(pilot.app)

        await typed(pilot, "good morning", "enter")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "good morning" in seen(pilot.app)
        assert "F5 something is happening" in seen(pilot.app)

    assert len(of(TraineeReplied, saved())) == 1


async def test_the_end_comes_with_a_breath_how_are_you_and_the_debrief(talking, seen, typed, settled):
    async with talking(scenario="quiet-hour") as pilot:
        await typed(pilot, "good morning", "enter")
        await typed(pilot, "and the cows", "enter")

        assert "That is my bell. Goodbye." in seen(pilot.app)
        assert "The conversation is over. Take a breath" in seen(pilot.app)
        assert "We talked." not in seen(pilot.app)

        await typed(pilot, "", "enter")
        assert "how are you after that?" in seen(pilot.app)
        await typed(pilot, "fine", "enter")
        assert "“We talked.”" in seen(pilot.app)

        await typed(pilot, "", "q")
        assert "debriefed" in seen(pilot.app)

        await typed(pilot, "", "d")
        assert "“We talked.”" in seen(pilot.app)


async def test_from_the_debrief_one_goes_back_into_the_conversation(talking, seen, typed):
    async with talking(scenario="quiet-hour") as pilot:
        await typed(pilot, "good morning", "enter")
        await typed(pilot, "and the cows", "enter", "enter", "escape", "j", "j", "r")

        assert "turn 2" in seen(pilot.app)
        assert "good morning" in seen(pilot.app)
        assert "and the cows" not in seen(pilot.app)


async def test_in_assess_mode_the_rereading_comes_before_the_debrief(talking, seen, typed, saved):
    async with talking(scenario="quiet-hour", mode="assess") as pilot:
        await typed(pilot, "good morning", "enter")
        await typed(pilot, "and the cows", "enter", "enter", "escape")
        assert "Read it once more." in seen(pilot.app)
        assert "We talked." not in seen(pilot.app)

        await typed(pilot, "", "m", "f")
        assert "“We talked.”" in seen(pilot.app)


async def test_stopping_is_kind_and_loses_nothing(talking, typed, saved):
    async with talking() as pilot:
        await typed(pilot, "good morning", "enter")
        await typed(pilot, "half a tho", "ctrl+q")

    assert "Your conversation with Ada Ó Broin is kept at turn 2." in pilot.app.farewell
    assert pilot.app.return_code == 0

    async with talking(scenario=None) as pilot:
        assert box(pilot) == "half a tho"


async def test_ctrl_c_saves_too(talking, typed):
    async with talking() as pilot:
        await typed(pilot, "half a tho", "ctrl+c")

    assert pilot.app.return_code == 130
    assert "is kept" in pilot.app.farewell


async def test_one_can_go_back_to_the_patients_without_leaving(talking, seen, typed):
    async with talking() as pilot:
        await typed(pilot, "half", "ctrl+l")
        assert "You were talking to Ada Ó Broin; go on?" in seen(pilot.app)

        await typed(pilot, "", "enter")
        assert box(pilot) == "half"
