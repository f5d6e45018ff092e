from roleplay.debrief.report import report_of
from roleplay.engine.events import CodeContested, RuptureMarked, UrgeNoted


def test_owning_a_part_is_the_strength_and_rests_on_its_words(talk, say):
    strength = talk(say["carry_on"], say["own"], say["hold"]).report.strength

    assert strength.text == (
        "in turn 2 you owned a part of it, and said which, and she moved on to a wish, said outright: "
        "“Twice I never asked you”."
    )
    assert (strength.turn, strength.words) == (2, "Twice I never asked you")


def test_a_reply_after_which_the_patient_went_further_is_a_strength(talk, say):
    strength = talk(say["carry_on"], say["invite"]).report.strength

    assert strength.text.startswith("in turn 2 you invited the reaction, and she moved on to a first small opening")
    assert strength.words == "How is the sheet for you?"


def test_a_mark_alone_is_a_strength(talk, say):
    strength = talk(say["carry_on"], RuptureMarked(turn=2), say["explain"]).report.strength

    assert "in turn 2 you marked that something was happening" in strength.text
    assert strength.words == "It's fine. Whatever you think."


def test_where_nothing_went_well_only_what_is_true_is_said(talk, say):
    assert talk(say["carry_on"], say["hit"]).report.strength.text == (
        "none that the log can name this time, and you are here, looking at it. "
        "Turn 2, where the strain came, is a good place to try again."
    )


def test_staying_until_the_time_was_up_is_a_strength_that_is_true(talk, say):
    # The small patient's time is eight replies.
    strength = talk(say["carry_on"], *[say["explain"]] * 7).report.strength

    assert strength.text == "you stayed to the end of a hard conversation, 8 turns long."


def test_a_form_of_words_said_over_and_over_is_the_thing_next(talk, say):
    report = talk(say["carry_on"], say["own"], say["own"], say["own"], say["own"]).report

    assert report.next.text.startswith("find new words for each moment. You said “Twice I never asked you.” again in")
    assert report.supervision.text.startswith("what did saying “Twice I never asked you.” again do for you")


def test_silences_alone_are_asked_about_and_not_called_misses(talk, say):
    report = talk(say["carry_on"], say["hold"], say["hold"], say["hold"]).report

    assert report.next.text == (
        "after a silence, say one thing that you noticed. You said nothing in turns 2, 3 and 4; "
        "she had no way to tell what you had seen."
    )
    assert report.supervision.text.startswith("what was in your silences, from turn 2 on")


def test_a_control_with_one_false_alarm_still_has_its_strength_and_names_the_alarm(talk, say, small):
    control = small.model_copy(update={"entry": None, "onset": None})
    said = [say["carry_on"], say["own"], say["carry_on"], say["carry_on"]]

    report = report_of(talk(*said, scenario=control).facts, control)

    assert report.strength.text == "you let an ordinary hour be ordinary (3 of 4 replies)."
    assert report.next.text == (
        "let an ordinary moment be ordinary. One of your replies looked for a strain that was not there, "
        "in turn 2: “Twice I never asked you.”."
    )
    assert report.supervision.text.endswith("(turn 2) made you look for something behind it?")


def test_many_turns_are_counted_and_not_listed(talk, say):
    next_thing = talk(say["carry_on"], *[say["explain"]] * 6).report.next

    assert next_thing.text.startswith("find another way than you took in 6 turns, first in turn 2: you explained")


def test_nobody_is_said_to_have_stayed_to_an_end_that_has_not_come(talk, say):
    strength = talk(say["carry_on"], say["explain"]).report.strength

    assert "stayed" not in strength.text
    assert "2 replies so far" in strength.text


def test_before_the_first_reply_all_three_are_honest(talk):
    report = talk().report

    assert "no reply yet" in report.strength.text
    assert report.next.text == "answer in your own words, and see what it does."
    assert report.supervision.turn is None


def test_the_harm_that_came_most_often_is_the_thing_next_with_another_way(talk, say):
    next_thing = talk(say["carry_on"], say["explain"], say["explain"], say["hit"]).report.next

    assert next_thing.text.startswith(
        "find another way than you took in turns 2 and 3: you explained yourself (“I explained that”). "
    )
    assert "Take the point first" in next_thing.text


def test_strains_that_went_by_are_counted_until_the_first_that_did_not(talk, say):
    next_thing = talk(say["carry_on"], say["carry_on"], say["carry_on"], say["own"]).report.next

    assert next_thing.text == (
        "listen for lines such as “It's fine. Whatever you think.” (denial). "
        "2 such lines went by before you slowed down: turns 2 and 3."
    )


def test_what_was_meant_comes_before_any_other_question(talk, say):
    meant = CodeContested(turn=2, meant="I wanted to ask")

    question = talk(say["carry_on"], say["explain"], meant).report.supervision

    assert question.text == "in turn 2 you meant “I wanted to ask”. What would have let it be heard that way?"


def test_the_worst_harm_is_the_question(talk, say):
    question = talk(say["carry_on"], say["explain"], say["hit"]).report.supervision

    assert (
        question.text == "what was happening in you in turn 3, before you hit back? You had just heard “Sure. Sure.”."
    )


def test_no_sentence_ever_uses_an_urge(talk, say):
    report = talk(say["carry_on"], UrgeNoted(turn=2, urge="xyzzy"), say["explain"]).report

    assert "xyzzy" not in report.without_private().model_dump_json()


def test_a_code_that_is_not_sure_is_no_ground_for_a_sentence(talk, say):
    text, coding = say["explain"]
    unsure = coding.model_copy(update={"codes": (coding.codes[0].model_copy(update={"confidence": 0.4}),)})

    report = talk(say["carry_on"], (text, unsure)).report

    assert "explained yourself" not in report.next.text
    assert not report.moments[1].deeds[0].sure


def test_an_ordinary_hour_left_alone_is_a_strength(talk, say, small):
    control = small.model_copy(update={"entry": None, "onset": None})

    report = report_of(talk(say["carry_on"], say["carry_on"], scenario=control).facts, control)

    assert report.strength.text == "you let an ordinary hour be ordinary (2 replies, and no strain made up)."
