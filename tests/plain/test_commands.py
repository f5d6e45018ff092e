"""The commands of a conversation."""

import pytest

from roleplay.cli.plain_commands import COMMANDS
from roleplay.engine.events import (
    CodeContested,
    HintShown,
    PatientSpoke,
    PauseTaken,
    Rewound,
    RuptureMarked,
    SelfRated,
    TraineeReplied,
    UrgeNoted,
)


def after(sat, line: str) -> str:
    """What is said right after a line."""
    return sat.lines[sat.lines.index(f"> {line}") + 1]


def test_a_mark_may_have_a_kind_and_words(sit):
    sat = sit("/mark", "/mark hidden", "/mark confrontation so it is", "/mark her eyes went away")

    marked = [(mark.kind and mark.kind.value, mark.words) for mark in sat.of(RuptureMarked)]
    assert marked == [(None, ""), ("hidden", ""), ("confrontation", "so it is"), (None, "her eyes went away")]


def test_an_urge_is_one_word(sit):
    sat = sit("/urge fix", "/urge go blank", "/urge sulk", "/urge", "/urge to be elsewhere")

    assert [str(noted.urge) for noted in sat.of(UrgeNoted)] == ["fix", "go blank", "sulk"]
    assert "It takes: /urge WORD" in after(sat, "/urge")


def test_a_silence_is_a_reply(sit):
    sat = sit("/silence")

    assert sat.of(TraineeReplied)[0].silence
    assert after(sat, "/silence") == "[you say nothing for a while]"


def test_a_hint_is_given_in_practice_only(sit):
    assert after(sit("/hint"), "/hint").startswith("Hint: ")
    refused = sit("/hint", mode="assess")
    assert "practice mode only" in after(refused, "/hint")
    assert refused.of(HintShown) == []


@pytest.mark.parametrize(("line", "seconds"), [("/pause", 20), ("/pause 60", 60), ("/pause 180", 180)])
def test_a_pause_is_noted_and_nobody_waits_for_a_script(sit, line: str, seconds: int):
    (pause,) = sit(line).of(PauseTaken)

    assert pause.seconds == seconds
    assert pause.taken is not None
    assert pause.taken < 5


def test_a_pause_of_another_length_says_which_there_are(sit):
    assert "It takes: /pause [20|60|180]" in after(sit("/pause 5"), "/pause 5")


def test_what_was_meant_is_kept_for_the_last_reply_or_a_named_one(sit):
    sat = sit("One", "Two", "/contest I meant it kindly", "/contest 1 that was a joke", "/contest", "/contest 9 what")

    contested = [(each.turn, each.meant) for each in sat.of(CodeContested)]
    assert contested == [(2, "I meant it kindly"), (1, "that was a joke")]
    assert "It takes: /contest" in after(sat, "/contest")
    assert "no such reply" in after(sat, "/contest 9 what")


def test_going_back_shows_the_line_that_waits_again(sit):
    sat = sit("One", "Two", "/rewind 1", "Another")

    first = sat.of(PatientSpoke)[0]
    assert [each.turn for each in sat.of(Rewound)] == [1]
    assert sat.lines[sat.lines.index("> /rewind 1") + 2] == f"Mei Lin: {first.line}"
    assert sat.of(TraineeReplied)[-1].turn == 1


def test_going_back_is_refused_where_it_cannot_be_and_the_conversation_goes_on(sit):
    sat = sit("/rewind", "/rewind two", "Hello", "/rewind 5")

    assert "no reply to go back before" in after(sat, "/rewind")
    assert "not the number of a reply" in after(sat, "/rewind two")
    assert "Replies 1 to 1" in after(sat, "/rewind 5")
    assert len(sat.of(TraineeReplied)) == 1


def test_model_replies_come_after_a_second_try(sit):
    sat = sit("Hello", "And then", "Great, so daily.", "/models", "/rewind", "Wait, what was that?", "/models 3")

    assert "they come after a second try" in after(sat, "/models")
    assert after(sat, "/models 3").startswith("Other replies that could be given as reply 3.")
    assert sum(line.startswith("- ") for line in sat.lines) >= 2


def test_a_calm_line_has_no_model_replies_however_often_it_is_tried(sit):
    sat = sit("Hello", "/rewind", "Hi there", "/models 1")

    assert "there is none for it" in after(sat, "/models 1")


def test_model_replies_are_not_promised_in_assess_mode(sit):
    assert "after the end" in after(sit("Hello", "/models", mode="assess"), "/models")


@pytest.mark.parametrize("word", ["quit", "Exit", "stop", "help?", "q"])
def test_a_bare_word_that_wants_out_is_not_said_to_the_patient(sit, word: str):
    sat = sit("Hello", word)

    assert len(sat.of(TraineeReplied)) == 1
    assert "/quit stops" in after(sat, word)
    assert len(sit("Hello", word, "/send").of(TraineeReplied)) == 2


def test_the_card_tells_what_the_briefing_told_and_nothing_more(sit):
    text = sit("/card").text

    assert text.count("Singaporean Chinese") == 2
    assert "staff appraisal" not in text


def test_questions_about_oneself_are_shown_and_answered(sit):
    sat = sit("/rate", "/rate pulled 7", "/rate pulled 11", "/rate mood 3")

    assert [(rated.question, rated.value) for rated in sat.of(SelfRated)] == [("pulled", 7)]
    assert "It takes: /rate" in after(sat, "/rate pulled 11")
    assert "The questions are" in after(sat, "/rate mood 3")


def test_the_conversation_so_far_can_be_read(sit):
    sat = sit("One", "/transcript")

    assert "1  you: One" in sat.lines


def test_the_coach_says_when_there_is_nothing_and_waits_in_assess_mode(sit):
    assert "nothing sure to say" in after(sit("/coach"), "/coach")
    assert "until the end" in after(sit("/coach", mode="assess"), "/coach")


def test_an_unknown_command_keeps_the_text_and_says_what_it_might_have_been(sit):
    sat = sit("/hnit I am lost", "/send")

    told = after(sat, "/hnit I am lost")
    assert "Did you mean /hint?" in told
    assert "“/hnit I am lost”" in told
    assert [reply.text for reply in sat.of(TraineeReplied)] == ["/hnit I am lost"]


def test_a_command_for_another_time_says_when(sit):
    assert "once the conversation is over" in after(sit("/export html x.html"), "/export html x.html")


@pytest.mark.parametrize("name", ["silence", "hint", "coach", "card", "transcript", "send", "quit"])
def test_words_after_a_command_that_takes_none_do_nothing_and_are_shown(sit, name: str):
    sat = sit(f"/{name} and so on")

    told = after(sat, f"/{name} and so on")
    assert "“and so on”" in told
    assert f"It takes: /{name}" in told
    assert sat.of(TraineeReplied) == []


def test_help_names_every_command_that_can_be_given_now(sit):
    sat = sit("/help")

    for command in COMMANDS:
        told = any(line.startswith(f"{command.usage}: ") for line in sat.lines)
        assert told == (command.when != "over"), command.name


def test_quit_saves_and_reads_no_further(sit):
    sat = sit("One", "/quit", "Two")

    assert sat.lines[-1].startswith("Saved, and open.")
    assert len(sat.of(TraineeReplied)) == 1
