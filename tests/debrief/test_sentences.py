import pytest

from roleplay.debrief.report import report_of
from roleplay.engine.events import CodeContested, RuptureMarked, UrgeNoted
from roleplay.scoring.codes import Harm
from roleplay.scoring.coding import Coding, Found


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
    _, coding = say["explain"]
    texts = ["I did explain.", "That was the plan.", "We agreed on it.", "It works for most.", "You said yes then."]
    texts += ["Nobody forced you here.", "My notes say so."]
    strength = talk(say["carry_on"], *((text, coding) for text in texts)).report.strength

    assert strength.text == "you stayed to the end of a hard conversation, 8 turns long."


def test_after_more_than_a_few_replies_it_is_said_that_nothing_was_found_so_far(talk, say):
    strength = talk(say["carry_on"], *[say["explain"]] * 4).report.strength

    assert strength.text.startswith("none that the log can name so far; the conversation is still open")


def test_nobody_is_said_to_have_stayed_who_left_the_same_words_there(talk, say):
    strength = talk(say["carry_on"], *[say["explain"]] * 7).report.strength

    assert strength.text.startswith("none that the log can name this time")


@pytest.mark.parametrize("low", ["contact", "quality"])
def test_a_formula_is_never_praised(talk, say, low):
    text, coding = say["own"]
    formula = text, coding.model_copy(update={low: 1})

    report = talk(say["carry_on"], formula).report

    assert report.strength.text.startswith("you sat down with a patient. With 2 replies so far")
    assert text not in report.supervision.text


def test_words_said_before_are_never_praised_however_well_they_fit(talk, say):
    # First said on a calm line, where they were out of place.
    report = talk(say["own"], say["own"], say["own"]).report

    assert report.strength.text.startswith("you sat down with a patient")


def test_which_part_was_owned_is_said_only_where_it_was_named(talk, say):
    text, coding = say["own"]
    vague = text, coding.model_copy(update={"ownership": 2})

    strength = talk(say["carry_on"], vague, say["hold"]).report.strength

    assert "said which" not in strength.text
    assert strength.text.startswith("in turn 2 you owned a part, and she moved on")


def test_a_try_that_is_no_better_than_a_formula_is_not_praised_for_being_one(talk, say):
    report = talk(say["carry_on"], say["carry_on"], 2, ("lol", say["carry_on"][1])).report

    assert "another try" not in report.strength.text


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
    said = [heard("Roadworks again, then?"), say["own"], heard("And the bridge, how was that?"), say["carry_on"]]

    report = report_of(talk(*said, scenario=control).facts, control)

    assert report.strength.text == (
        "you let an ordinary hour be ordinary (3 of 4 replies), and in turn 1 took up what was there: "
        "“Roadworks again, then?”."
    )
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
    soothed = (
        "Don't you worry.",
        say["hit"][1].model_copy(update={"codes": (Found(code=Harm.REASSURANCE, start=0, end=5),)}),
    )
    next_thing = talk(say["carry_on"], soothed, say["explain"], say["explain"]).report.next

    assert next_thing.text.startswith(
        "find another way than you took in turns 3 and 4: you explained yourself (“I explained that”). "
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

    said = heard("Roadworks again, then?"), heard("And the bridge, how was that?", contact=3)
    report = report_of(talk(*said, scenario=control).facts, control)

    assert report.strength.text == (
        "you let an ordinary hour be ordinary (2 replies, and no strain made up), "
        "and in turn 2 took up what was there: “And the bridge, how was that?”."
    )


def test_an_ordinary_hour_slept_through_is_no_strength_and_wants_taking_up(talk, small):
    control = small.model_copy(update={"entry": None, "onset": None})
    careless = [(word, Coding()) for word in ("hi", "ok", "lol", "ok")]

    report = report_of(talk(*careless, scenario=control).facts, control)

    assert report.strength.text.startswith("you sat down with a patient")
    assert report.next.text == (
        "take up what is brought, in ordinary talk too. In turn 2 she said “Hello.”, and nothing of it came back."
    )


def test_an_attack_on_a_calm_patient_comes_before_explaining_and_is_asked_about(talk, say, small):
    control = small.model_copy(update={"entry": None, "onset": None})
    text, coding = say["hit"]
    looking = text, coding.model_copy(update={"recognition": 3, "kind": "explicit"})

    report = report_of(talk(say["explain"], looking, say["explain"], scenario=control).facts, control)

    assert report.next.text == (
        "find another way than you took in turn 2: you went on the attack (“Typical!”). "
        "That had an edge. What had just stung you?"
    )
    assert report.supervision.text == (
        "what was happening in you in turn 2, before you went on the attack? You had just heard “Hello.”."
    )


def test_where_to_try_again_is_where_the_harm_was_done(talk, say, small):
    control = small.model_copy(update={"entry": None, "onset": None})
    said = [("hi", Coding()), say["hit"], *[("ok", Coding())] * 6]

    strength = report_of(talk(*said, scenario=control).facts, control).strength

    assert strength.text.endswith("Turn 2 is a good place to try again.")


def heard(text, contact=2):
    """Ordinary talk that takes up what was said."""
    return text, Coding(contact=contact)
