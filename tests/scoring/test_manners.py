"""Replies in many manners to four patients, each with what a reader expects, written before the rules were changed.

They are one writer's, and served to develop the rules: regression, not a measurement. `OTHERWISE` lists openly those
which the rules read in another way.
"""

import pytest

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Heard, Utterance
from roleplay.scoring.words import WordsCoder

LINES = {
    "M0": ("Sunday I went to the pool. Clementi. I don't do laps or anything. I lie on my back at the deep end, and every few minutes the lifeguard walks past to see if I'm alive.", ""),  # noqa: E501
    "M1": ("And for next week, the same sheet again? It's fine. Whatever you think is best, I'll do it.", "eyes go to the second screen and back"),  # noqa: E501
    "M2": ("It's only that it's a lot of boxes. But they're good boxes. Somebody's thought about the boxes.", ""),
    "M3": ("It's like our staff appraisal. You rate yourself first. Then you go in, and somebody looks at your number and nods.", ""),  # noqa: E501
    "M4": ("Sorry, I'm a nightmare client. You should see me in restaurants. If they bring the wrong order I eat it.", "laughs"),  # noqa: E501
    "M5": ("I'd rather talk first and write later. And I want to choose which bit.", "leans in to the camera"),
    "K0": ("I'm after putting up bunk beds in the flat. Two evenings. I took the corners off with sandpaper, Kuba's forever hitting his head.", ""),  # noqa: E501
    "K1": ("You nod and you write. What exactly am I paying for?", ""),
    "K2": ("I read you that letter and you wrote it down like a parking ticket. I got to 'every second Saturday', and I looked up, and there was the top of your head.", ""),  # noqa: E501
    "K3": ("Ah, you're only doing your job. Forget it. You've people in here with real trouble.", "looks at his watch, and pulls the sleeve down over it"),  # noqa: E501
    "K4": ("I'd sooner you'd said the wrong thing. I mean that. I'd have known what to do with a wrong thing.", "elbows on his knees"),  # noqa: E501
    "K5": ("I wanted you to say it was a rotten letter. That's all. I didn't want it fixed. I wanted one other person in a room to say, that's a rotten letter.", "hands still"),  # noqa: E501
    "P0": ("Good week, mostly. We shipped on Wednesday and nothing fell over, so the team got a cake with the version number on it. Four point two. Vanilla.", ""),  # noqa: E501
    "P1": ("Oh, and it's all been great, I meant to say that. Um, how many have we got left? Is it three?", ""),
    "P2": ("Gosh. I mean, if I had to say a thing, the compass has eight directions and I never know where you put a deadline. That's such a me problem, though.", ""),  # noqa: E501
    "P3": ("There was the visa thing, back at the start. I mentioned it and we went with values instead, which made sense. That's your area.", "drinks, though the glass is empty"),  # noqa: E501
    "P4": ("I need twenty minutes on the actual decision, every time. Before anything else.", "puts the pen down"),
    "B0": ("Fine, ta. Roadworks on the ring road, so everything's late and everybody's an expert. But I've been home for my tea every night.", ""),  # noqa: E501
    "B1": ("How many have I got left, is it three? Because I don't reckon I'll want them.", "looks past you to the window"),  # noqa: E501
    "B2": ("It was them stairs that did it. You going up ahead of me with your lanyard flying, and me thinking, if I drop dead they'll have to step over me.", ""),  # noqa: E501
    "B3": ("I've had another look, and no. You've been straight with me, and not once did you tell me to calm down.", ""),  # noqa: E501
}  # fmt: skip
"""What the patient said, and what could be seen."""
CALM = {"M0", "K0", "P0", "B0"}
"""Small talk: contact opens nothing there."""

REPLIES = [
    ("M0", "Ha, floating under supervision. Do you get bored?", "", True),
    ("M0", "Sounds lovely. Was it busy?", "", False),
    ("M0", "Right. And how did you sleep?", "", False),
    ("M1", "You agreed to that before I'd even asked. Could we stop for a second?", "attend_validate_curious", True),
    ("M1", "'Whatever you think is best', you said. I'm curious what you think is best.", "attend_validate_curious", True),  # noqa: E501
    ("M1", "Hm. That went by quickly. I'm not sure I believe the fine, and that might just be me.", "attend_validate_curious", True),  # noqa: E501
    ("M1", "Actually, I never asked whether it was any good to you. Was it?", "own_contribution invite_feelings_about_therapy", True),  # noqa: E501
    ("M1", "Perfect, I'll email it over tonight then.", "", False),
    ("M1", "I know you'll do it. I'd rather find out if you want to.", "invite_feelings_about_therapy", True),
    ("M1", "You don't want to do it, do you? Just say.", "pressing", False),
    ("M1", "We can leave that sheet on the shelf this week. What would you do with the hour?", "change_task_goal discuss_alternatives", True),  # noqa: E501
    ("M2", "A lot of boxes. And nowhere to put the thing that doesn't fit one.", "attend_validate_curious", True),
    ("M2", "You said 'only', and then you were kind about it. I'd like the unkind half.", "invite_feelings_about_therapy", True),  # noqa: E501
    ("M2", "Well, the boxes are there for a reason, it's how CBT works.", "defensiveness", True),
    ("M2", "What goes on for you when you sit down with it?", "clarify_obstacles", True),
    ("M3", "So you come here and get another appraisal. From me.", "attend_validate_curious", True),
    ("M3", "Ouch. And there I was showing you the line going down, looking pleased.", "own_contribution", True),
    ("M3", "And I nodded. I'd hate being marked like that.", "own_contribution attend_validate_curious", True),
    ("M3", "Is your boss very strict?", "", False),
    ("M4", "You said something real a minute ago and now you're apologising for it. I'd go back to the appraisal if you'd let me.", "redirect", True),  # noqa: E501
    ("M4", "No wonder, if the wrong order has always been easier to eat.", "validate_defensive_posture", True),
    ("M4", "Don't be silly, you're one of my best clients!", "premature_reassurance", False),
    ("M4", "That's classic people pleasing.", "labelling", False),
    ("M5", "Good. You talk, and I'll keep my hands off the form until you say.", "change_task_goal", True),
    ("M5", "Yes, let's. Which bit are you choosing?", "attend_validate_curious", True),
    ("K0", "Bunk beds, sanded and all. Who bagged the top?", "", True),
    ("K0", "That's nice of you. How's the flat otherwise?", "", True),
    ("K1", "Fair play. I've given you a lot of nodding and not much else.", "attend_validate_curious own_contribution", True),  # noqa: E501
    ("K1", "That's a straight question. Honestly, up to now not much more than somebody taking it down.", "attend_validate_curious answer_plainly", True),  # noqa: E501
    ("K1", "You've had nine weeks of me going mm. I'd be asking what it costs too.", "attend_validate_curious", True),
    ("K1", "Is it really about the money? Or is it your solicitor? Or the court?", "excessive_questioning", True),
    ("K1", "Nodding shows I'm listening. It's part of how therapy works.", "defensiveness", True),
    ("K1", "I understand. Thank you for being honest.", "attend_validate_curious", False),
    ("K1", "You could ask me anything you like and I'd try to say what I think instead of noting it.", "change_task_goal", True),  # noqa: E501
    ("K2", "The top of my head. At 'every second Saturday', of all places.", "attend_validate_curious", True),
    ("K2", "I wasn't there for that, and you could see I wasn't.", "own_contribution", True),
    ("K2", "Like a parking ticket. Jesus. Yes, I did.", "attend_validate_curious own_contribution", True),
    ("K2", "I'm sure that's not how it was. I always look up.", "defensiveness", True),
    ("K2", "What did you do with it after, when you'd seen I wasn't looking?", "invite_feelings_about_therapy", True),
    ("K3", "I don't want to forget it. You were getting somewhere.", "attend_validate_curious", True),
    ("K3", "There it goes back in the pocket. I'd not blame you, I've given you little cause to keep it out.", "validate_defensive_posture own_contribution", True),  # noqa: E501
    ("K3", "OK. Anyway, what are the kids up to this weekend?", "avoidant_topic_change", False),
    ("K3", "You're deflecting because anger scares you.", "counter_interpretation", False),
    ("K4", "Even a wrong thing would have been someone answering.", "attend_validate_curious", True),
    ("K4", "So my careful silence was the lonely part.", "attend_validate_curious own_contribution", True),
    ("K4", "What would the wrong thing have done for you?", "explore_need", True),
    ("K5", "It's a rotten letter. I'm saying it late.", "attend_validate_curious own_contribution", True),
    ("K5", "Rotten. Start to finish.", "attend_validate_curious", True),
    ("K5", "I'm so so sorry, I feel dreadful, I've been a useless therapist to you.", "over_apology", False),
    ("K5", "[silence]", "hold", False),
    ("P0", "Vanilla! A daring team. Did you get a slice with a digit on it?", "", True),
    ("P0", "Lovely. Shall we look at the compass?", "", False),
    ("P1", "Three. And before you count them: is this the help you came for?", "answer_plainly invite_feelings_about_therapy", True),  # noqa: E501
    ("P1", "Three. I noticed 'all great' and 'how many left' came in one breath. Might mean nothing.", "answer_plainly name_discrepancy", True),  # noqa: E501
    ("P1", "Three more, so let's crack on with the cards.", "", True),
    ("P1", "I'm so glad it's been great! You've made amazing progress.", "premature_reassurance", False),
    ("P1", "Three. People are often too polite to grumble at me, and I'd like to be grumbled at a bit.", "answer_plainly normalise_dissatisfaction invite_feelings_about_therapy", True),  # noqa: E501
    ("P1", "Are you thinking of quitting?", "", False),
    ("P2", "It isn't a you problem if my compass has no place for a deadline.", "attend_validate_curious", True),
    ("P2", "A deadline. What's the date on it?", "attend_validate_curious", True),
    ("P2", "Where did you want to put it?", "attend_validate_curious", True),
    ("P2", "You just need to add it under 'work', it's simple.", "advice", True),
    ("P3", "It made sense to you, or you let it make sense for me?", "attend_validate_curious", True),
    ("P3", "It wasn't my area, it was your visa, and I steered us off it.", "own_contribution", True),
    ("P3", "That part I'd like to hear. The start.", "attend_validate_curious", True),
    ("P3", "Well, values work is meant to help with decisions like that.", "defensiveness", True),
    ("P3", "You carried that on your own for five sessions, then.", "attend_validate_curious", True),
    ("P4", "Twenty minutes, first thing, every week. Yes.", "answer_plainly", True),
    ("P4", "Done. Say so if I wander off it again.", "change_task_goal invite_feelings_about_therapy", True),
    ("P4", "Let's see how the values exercise goes and then decide.", "control", False),
    ("B0", "Home for tea every night, that's new, isn't it?", "", True),
    ("B0", "Good, good. What would you like to do today?", "discuss_alternatives", False),
    ("B1", "Three, yes. Sounds like you've made your mind up, and I'm pleased for you.", "answer_plainly attend_validate_curious", True),  # noqa: E501
    ("B1", "Yes, three. What would make today worth the bus ride?", "answer_plainly discuss_alternatives", True),
    ("B1", "But are you sure? People often stop when it gets hard. What are you running from?", "pressing", False),
    ("B1", "Did something I said put you off?", "invite_feelings_about_therapy", False),
    ("B2", "I remember those stairs. I was as scared as you were.", "self_disclose_process", True),
    ("B2", "And you didn't drop dead.", "", True),
    ("B3", "I'll take that. Thank you, Bal.", "attend_validate_curious", False),
    ("B3", "That means a lot to hear. What happens Thursdays from now on?", "attend_validate_curious", False),
]  # fmt: skip
"""Line, reply, codes expected, and whether it takes something up (contact of 2 or more)."""

OTHERWISE = {
    "'Whatever you think is best', you said. I'm curious what you think is best.",
    "You said 'only', and then you were kind about it. I'd like the unkind half.",
    "Well, the boxes are there for a reason, it's how CBT works.",
    "And I nodded. I'd hate being marked like that.",
    "Yes, let's. Which bit are you choosing?",
    "Is it really about the money? Or is it your solicitor? Or the court?",
    "Nodding shows I'm listening. It's part of how therapy works.",
    "Like a parking ticket. Jesus. Yes, I did.",
    "I'm sure that's not how it was. I always look up.",
    "What did you do with it after, when you'd seen I wasn't looking?",
    "You're deflecting because anger scares you.",
    "So my careful silence was the lonely part.",
    "It's a rotten letter. I'm saying it late.",
    "Lovely. Shall we look at the compass?",
    "Three. People are often too polite to grumble at me, and I'd like to be grumbled at a bit.",
    "Where did you want to put it?",
    "You just need to add it under 'work', it's simple.",
    "Well, values work is meant to help with decisions like that.",
    "Let's see how the values exercise goes and then decide.",
    "I remember those stairs. I was as scared as you were.",
    "And you didn't drop dead.",
    "I'll take that. Thank you, Bal.",
}
"""Read in another way than the writer expected."""


def read(reply: str, line: str = "", cue: str = "", before: tuple[str, ...] = ()) -> Coding:
    history = tuple(Utterance(who="patient", text=each) for each in before)
    return WordsCoder()(reply, Heard(line=line, cue=cue, history=history))


def codes(coding: Coding) -> set[str]:
    return {str(each) for each in (*coding.strategies, *coding.harms)}


@pytest.mark.parametrize(("name", "reply", "expected", "taken"), REPLIES)
def test_a_reply_is_read_as_its_writer_meant_it(name: str, reply: str, expected: str, taken: bool) -> None:
    coding = read(reply, *LINES[name])

    same = codes(coding) == set(expected.split())
    weighed = name in CALM or not (expected or coding.strategies) or (coding.contact >= 2) == taken
    assert (same and weighed) == (reply not in OTHERWISE)


@pytest.mark.parametrize(
    "reply",
    [
        "I notice some tension between us.",
        "I notice some tension between us. What's it like for you to be here with me?",
        "That makes sense; what's it like with me?",
        "I hear you.",
        "Thank you for sharing.",
        "How does that make you feel?",
        "Tell me more.",
        "I'm glad you told me that.",
        "I can see why you'd feel that way.",
    ],
)
@pytest.mark.parametrize("line", sorted(LINES))
def test_a_formula_takes_nothing_up_whatever_was_said(reply: str, line: str) -> None:
    assert read(reply, *LINES[line]).contact <= 1


@pytest.mark.parametrize("line", ["K1", "M1", "P3"])
@pytest.mark.parametrize(
    "reply",
    [
        "I hear a 'but it's fine' in there. I'm interested in the part before.",
        "I hear a \"but it's fine\" in there. I'm interested in the part before.",
        "I hear a \u2018but it\u2019s fine\u2019 in there.",
        "I hear a \u201cdon\u2019t worry, you\u2019re doing great\u201d in there.",
        "You said 'calm down' to him, and 'it's only a letter'.",
    ],
)
def test_words_in_quotation_marks_are_never_the_trainees_harm(reply: str, line: str) -> None:
    assert read(reply, *LINES[line]).harms == ()


@pytest.mark.parametrize(
    "reply",
    [
        "How would you like to use the time we have left?",
        "What would you want to keep?",
        "What would help, in here?",
        "Where would you like to begin?",
        "And what happened on the bridge?",
    ],
)
@pytest.mark.parametrize("line", ["M0", "K0", "P0", "B0", "B1", "B2"])
def test_an_agenda_in_a_calm_conversation_shows_no_recognition(reply: str, line: str) -> None:
    assert read(reply, *LINES[line]).recognition <= 1


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("I wanted you to say it was a rotten letter.", "It's a rotten letter."),
        (
            "I need twenty minutes on the actual decision, every time.",
            "Twenty minutes on the decision, every time. Yes.",
        ),
        ("I'd sooner you'd said the wrong thing.", "Even a wrong thing would have been somebody answering."),
        ("You nod and you write. What am I paying for?", "Nodding and writing, and you paying for it."),
    ],
)
def test_plain_words_late_receive_what_was_said_about_us(line: str, reply: str) -> None:
    coding = read(reply, line)

    assert {Strategy.ATTEND, Strategy.ANSWER} & set(coding.strategies)
    assert coding.contact >= 2
    assert coding.recognition >= 2


def test_pressing_for_honesty_is_pressing_and_no_apology() -> None:
    found = codes(read("You're avoiding something. Please be honest with me.", *LINES["B1"]))

    assert found & {str(Harm.PRESSING), str(Harm.MIND_READING)}
    assert str(Harm.OVER_APOLOGY) not in found


def test_a_why_and_a_guess_at_its_cause_question_too_much() -> None:
    found = codes(read("Why do you find it hard to say what you want? Is it your parents?", *LINES["M1"]))

    assert found & {str(Harm.QUESTIONING), str(Harm.COUNTER_INTERPRETATION)}


def test_a_bright_word_and_another_topic_leave_a_strain_with_little_confidence() -> None:
    coding = read("OK. And how did you sleep this week?", *LINES["K1"])

    assert [(found.code, found.confidence) for found in coding.codes] == [(Harm.TOPIC_CHANGE, 0.5)]


@pytest.mark.parametrize("line", ["M0", "K0", "P0", "B0"])
def test_a_bright_word_and_another_topic_are_ordinary_in_small_talk(line: str) -> None:
    assert read("OK. And how did you sleep this week?", *LINES[line]).harms == ()


@pytest.mark.parametrize(
    ("reply", "absent"),
    [
        ("You told me about the visa, and I'd forgotten.", Strategy.LINK_DYAD),
        ("Put it in the calendar so that you can find it.", Strategy.RATIONALE),
        ("You can't name one thing you got for it.", Strategy.SMALL_THING),
        ("What would it be?", Strategy.ALTERNATIVES),
        ("I'll take that home with me.", Strategy.CHANGE),
        ("She sounds like a good site manager.", Strategy.ATTEND),
        ("Hi there, I can hear you fine.", Strategy.ATTEND),
        ("See you next week then.", Strategy.ATTEND),
        ("There's no need to be sorry.", Strategy.OWN),
    ],
)
def test_single_words_do_not_make_a_code(reply: str, absent: Strategy) -> None:
    assert absent not in read(reply, *LINES["K1"]).strategies


def test_a_strain_lasts_through_the_next_lines() -> None:
    after = read("What would you want to keep?", "Mm. I suppose.", before=(LINES["K1"][0],))
    alone = read("What would you want to keep?", "Mm. I suppose.")

    assert (after.recognition, alone.recognition) == (3, 1)
