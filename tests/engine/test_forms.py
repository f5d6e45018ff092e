"""When two replies are one form of words."""

from roleplay.engine.forms import form_of, repeats_of


def test_the_same_sentence_with_other_marks_is_the_same_form():
    earlier = [form_of("I notice some tension between us.")]

    assert repeats_of("I notice some tension between us?!", earlier) == 1


def test_a_formula_with_one_word_more_is_still_the_same_form():
    # 6 words in common of 7 distinct: 6/7 = .86, over .7
    assert repeats_of("I notice some tension here between us", [form_of("I notice some tension between us")]) == 1


def test_different_words_about_the_same_thing_are_another_form():
    assert repeats_of("You went quiet when I said sheet", [form_of("I notice some tension between us")]) == 0


def test_short_encouragements_are_no_form():
    assert repeats_of("Go on", [form_of("Go on"), form_of("go on")]) == 0
