"""Stepping out of role: when the trainee's own words may be about their own safety."""

import pytest

from roleplay.practice.own_risk import SUPPORT_TEXT, speaks_of_own_risk


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "i want to die.",
        "Honestly I really just want to die",
        "I don't want to live any more",
        "I don’t want to be alive",
        "I'm going to end my life tonight",
        "I've been thinking about killing myself",
        "I have been thinking of suicide a lot",
        "I am suicidal",
        "I feel suicidal, this is not about Mei",
        "I cut myself last night",
        "I wish I was dead",
        "everyone would be better off without me",
        "I can't go on living like this",
        "Sorry, I need to stop.\nI want to\nhurt myself.",
    ],
)
def test_words_in_the_first_person_about_dying_or_self_harm_are_noticed(text: str):
    assert speaks_of_own_risk(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Are you thinking of killing yourself?",
        "Do you sometimes want to die?",
        "You said you want to kill yourself. I take that seriously.",
        "When you say I want to die, I'd like to ask you about it plainly.",
        'You told me "I want to die" last week.',
        "You said ‘I don't want to live any more’.",
        "I want to know how that was for you.",
        "I am dying to hear about the prawns.",
        "I wanted to die of embarrassment when I read my note.",
        "I don't want to hurt you.",
        "I'd like to cut myself short there and listen.",
        "I might be dead wrong about that.",
        "I don't want to die, thank goodness, and neither do you.",
        "What would you like to end today?",
        "I killed the mood there.",
    ],
)
def test_asking_a_patient_about_it_is_a_line_in_role(text: str):
    assert not speaks_of_own_risk(text)


def test_the_support_text_names_no_number():
    assert not any(char.isdigit() for char in SUPPORT_TEXT)
