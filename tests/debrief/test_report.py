import re
from itertools import permutations

import pytest

from roleplay.debrief.report import UNFINISHED, report_of
from roleplay.debrief.telling import heading, model_replies, sections, told, what_was_there
from roleplay.engine.events import CoachSpoke, CodeContested, Reread, ReviewAdded, RuptureMarked, SelfRated
from roleplay.scoring.codes import SITUATIONAL_HARMS, Harm, Strategy
from roleplay.scoring.coding import Coding, Found


def test_the_same_facts_give_the_same_report(talk, say, small):
    conversation = talk(say["carry_on"], say["explain"], 2, say["own"], say["hold"])

    assert report_of(conversation.facts, small) == report_of(tuple(conversation.facts), small)


def test_the_account_opens_the_report_of_a_conversation_that_is_over(talk, say):
    report = talk(say["carry_on"], say["own"], say["hold"]).report

    assert report.close.account == "I said it."
    assert report.close.aftermath == "She came on time."
    assert what_was_there(report) == (
        "How it ended: mended, with what was needed said outright.",
        "The strain came before your reply 2. The therapist set the sheet twice without asking.",
    )


def test_an_unfinished_conversation_keeps_its_account_its_truth_and_its_card(talk, say):
    report = talk(say["carry_on"], say["own"]).report

    assert report.unfinished == UNFINISHED
    assert (report.close, report.truth, report.card) == (None, "", ())
    assert "I said it." not in report.model_dump_json()


def test_of_the_line_that_waits_only_what_was_seen_is_told(talk, say):
    waiting = talk(say["carry_on"]).report.moments[-1]

    assert waiting.line == "It's fine. Whatever you think."
    assert (waiting.unsaid, waiting.sign, waiting.teach, waiting.mark) == ("", "", None, None)
    assert told(waiting, "Ada")[-1].text == "have not answered yet"


def test_going_back_after_the_end_makes_the_conversation_unfinished_again(talk, say):
    assert talk(say["carry_on"], say["hit"], 2).report.unfinished == UNFINISHED


def test_the_heading_counts_turns_minutes_and_goings_back(talk, say):
    # Begun at entry 1, replied last at entry 14; an entry every ten seconds: 130 seconds, 2 minutes.
    report = talk(say["carry_on"], say["explain"], 2, say["own"]).report

    assert heading(report) == "Ada · 2 turns, 2 minutes, ↺ 1 time back"


def test_a_break_is_not_time_spent(talk, say, small):
    facts = talk(say["carry_on"]).facts
    late = [
        fact if fact.seq < 4 else type(fact)(fact.session, fact.seq, "2026-02-01T08:00:00.000Z", fact.event)
        for fact in facts
    ]

    assert report_of(late, small).header.minutes == 0


def test_seconds_are_less_than_a_minute(talk, say):
    # Begun at entry 1, replied at entry 4: 30 seconds.
    assert heading(talk(say["carry_on"]).report) == "Ada · 1 turn, less than a minute"


@pytest.mark.parametrize(
    ("ending", "because", "said"),
    [
        ("withdrawal.left", "ending", "How it ended: the patient went. The conversation was broken off."),
        ("withdrawal.left", "time", "How it ended: the patient went. Worse than before. The time was up."),
        ("cold", "ending", "How it ended: cold. Worse than before."),
    ],
)
def test_broken_off_and_worse_than_before_are_not_one_thing(talk, say, small, ending, because, said):
    facts = talk(say["carry_on"], say["hit"]).facts
    changed = {"ending": ending, "because": because}
    last = facts[-1]
    facts = [*facts[:-1], type(last)(last.session, last.seq, last.at, last.event.model_copy(update=changed))]

    assert what_was_there(report_of(facts, small))[0] == said


def test_the_same_words_are_told_in_the_same_way_each_time_and_as_such(talk, say):
    again = (say["own"][0], say["own"][1].model_copy(update={"contact": 1}))

    moments = talk(say["carry_on"], again, again, again, again).report.live_moments

    assert [moment.verdict for moment in moments[1:5]] == [
        "○ not marked, ● noticed in your words · owned a part",
        "the same words as before · ○ not marked",
        "the same words as before; it counted as passing it by · ○ not marked",
        "the same words as before; it counted as passing it by · ○ not marked",
    ]


def test_the_last_words_are_told_as_the_same_although_they_ended_it(talk, say, small):
    # The last of eight replies ends the conversation, and no state is entered after it.
    again = (say["own"][0], say["own"][1].model_copy(update={"contact": 1}))

    moments = talk(say["carry_on"], *[again] * 7).report.live_moments

    assert moments[-1].ended
    assert moments[-1].verdict == "the same words as before; it counted as passing it by · ○ not marked"


def test_a_cue_answered_with_the_same_words_again_has_gone_by(talk, say):
    moments = talk(say["own"], say["own"]).report.moments

    assert moments[1].missed == "She agreed at once."
    assert "words" not in [line.role for line in told(moments[1], "Ada")]


def test_a_harm_in_the_same_words_stays_a_harm(talk, say):
    moments = talk(say["carry_on"], *[say["explain"]] * 3).report.moments

    assert moments[3].verdict.startswith("the same words as before · ")
    assert moments[3].verdict.endswith("explained yourself")


def test_looking_for_a_strain_in_the_same_words_never_leaves_a_gap(talk, say, small):
    control = small.model_copy(update={"entry": None, "onset": None})

    moments = report_of(talk(*[say["own"]] * 3, scenario=control).facts, control).moments

    looked = "nothing to repair here; you looked for a strain (owned a part)"
    assert [moment.verdict for moment in moments[:3]] == [
        looked,
        f"the same words as before · {looked}",
        f"the same words as before; it counted as passing by what was said · {looked}",
    ]


def test_asking_what_is_wanted_in_ordinary_talk_is_no_search_for_a_strain(talk):
    text = "Glad to hear. What would you like from me?"
    asked = coded_as(text, Strategy.ATTEND, Strategy.NEED, recognition=4, kind="explicit", contact=2, quality=3)

    report = talk((text, asked)).report

    assert report.moments[0].verdict == "nothing to repair here; you took it in and asked what was wanted"
    assert report.numbers.false_alarms.count == 0


def test_an_attack_on_a_calm_patient_is_told_as_the_harm_it_is(talk, say):
    text, coding = say["hit"]
    looking = coding.model_copy(update={"recognition": 3, "kind": "explicit"})

    report = talk((text, looking)).report

    assert report.moments[0].verdict == "nothing to repair here; you went on the attack"
    assert report.numbers.false_alarms.count == 0


def test_a_code_with_the_same_words_is_told_once(talk, say):
    text, coding = say["own"]
    twice = coding.model_copy(update={"codes": (coding.codes[0].model_copy(update={"confidence": 0.7}), *coding.codes)})

    deeds = talk(say["carry_on"], (text, twice)).report.moments[1].deeds

    assert [(deed.code, deed.confidence) for deed in deeds] == [("own_contribution", 1.0)]


def test_definitions_for_trainees_hold_no_convention_of_coding(talk):
    codes = [*Strategy, *(harm for harm in Harm if harm not in SITUATIONAL_HARMS)]
    spoken = ["".join(word) for word in permutations(["Mm ", "oh ", "well ", "so ", "look "])]

    for code, text in zip(codes, spoken, strict=False):
        coding = Coding(codes=(Found(code=code, start=0, end=len(text)),), contact=2)
        for deed in talk((text, coding)).report.moments[0].deeds:
            assert not re.search(r"\bcode|\bcoded|contact \d|quality \d|recognition", deed.definition), deed.definition


@pytest.mark.parametrize("at", ["", "yesterday"])
def test_minutes_are_unknown_where_the_stamps_are(talk, say, small, at):
    facts = [type(fact)(fact.session, fact.seq, at, fact.event) for fact in talk(say["carry_on"]).facts]

    assert report_of(facts, small).header.minutes is None


def test_a_moment_reads_as_a_supervisor_would_tell_it(talk, say):
    moment = talk(say["carry_on"], say["explain"]).report.moments[1]

    assert [(line.who, line.text) for line in told(moment, "Ada")] == [
        ("Ada", "It's fine. Whatever you think."),
        ("", "looks at the clock"),
        ("", "▲ withdrawal"),
        ("", "unsaid: It isn't."),
        ("you", "I explained that."),
        ("", "○ not marked · explained yourself"),
        ("", "○ there to notice: She agreed at once."),
        ("", "→ she stayed with going along"),
    ]


def test_a_whole_turn_opens_to_words_definition_rule_and_teaching(talk, say):
    whole = {
        section.heading: section.paragraphs
        for section in sections(talk(say["carry_on"], say["explain"]).report.moments[1])
    }

    assert whole["How it was read"][1].startswith("○ Defensiveness · stalls · sure\n“I explained that”\nAnswers strain")
    assert whole["What it rests on"] == ("From “going along”, if you explained yourself: it stays there.",)
    assert "She agreed at once." in whole["What was there to notice"]
    assert whole["What was there to notice"][-1] == "It could also be: courtesy."


def test_a_calm_turn_says_plainly_that_the_talk_went_on_and_has_no_band(talk, say, small):
    long_calm = small.model_copy(update={"onset": small.onset.model_copy(update={"earliest": 3, "latest": 3})})
    calm = talk(say["carry_on"], say["carry_on"], scenario=long_calm).report.moments[0]

    assert calm.verdict == "nothing to repair here; you went on"
    assert (calm.effect, calm.rules) == ("the talk went on", ("The talk went on.",))
    assert (calm.band, calm.band_words, calm.band_text) == (None, "", "")


def test_once_over_a_calm_turn_tells_where_the_strain_comes_from_or_that_nothing_is_wrong(talk, say, small):
    long_calm = small.model_copy(update={"onset": small.onset.model_copy(update={"earliest": 3, "latest": 3})})
    strained = talk(say["carry_on"], say["carry_on"], say["hit"], scenario=long_calm).report.moments[0]
    control = small.model_copy(update={"entry": None, "onset": None})
    facts = talk(*[say["carry_on"]] * 8, scenario=control).facts

    assert strained.rules == ("The talk went on: the strain comes of itself, at a line drawn beforehand.",)
    assert report_of(facts, control).moments[0].rules == ("The talk went on: nothing is wrong here.",)


def test_a_false_alarm_says_what_was_done_in_looking(talk, say):
    moment = talk(say["own"], say["carry_on"]).report.moments[0]

    assert moment.verdict == "nothing to repair here; you looked for a strain (owned a part)"
    assert moment.band is None


def test_a_cue_that_went_by_is_told_once_where_it_first_went_by(talk, say):
    report = talk(say["carry_on"], say["explain"], say["explain"], say["own"]).report

    assert [moment.missed for moment in report.moments[:4]] == ["", "She agreed at once.", "", ""]


def test_a_silence_has_missed_nothing_by_itself(talk, say):
    moment = talk(say["carry_on"], say["hold"], say["explain"]).report.moments[1]

    assert (moment.missed, moment.noticed) == ("", None)


def test_what_was_noticed_in_words_is_said_beside_the_mark_that_was_not_made(talk, say):
    moment = talk(say["carry_on"], say["own"]).report.moments[1]

    assert moment.verdict == "○ not marked, ● noticed in your words · owned a part"


def test_a_mark_says_what_was_seen_and_a_calm_line_unmarked_says_nothing(talk, say):
    report = talk(say["carry_on"], RuptureMarked(turn=2, kind="withdrawal"), say["own"]).report

    assert report.moments[0].mark is None
    assert (report.moments[1].mark.sign, report.moments[1].mark.kind) == ("●", "withdrawal")


def test_rereading_is_told_beside_the_mark_at_the_time(talk, say):
    report = talk(say["carry_on"], say["hit"], Reread(marks={2: None})).report

    assert report.moments[1].verdict.startswith("○ not marked")
    assert (report.moments[1].reread.sign, report.moments[1].reread.words) == ("●", "seen on rereading")
    assert report.moments[0].reread is None


def test_model_replies_wait_for_a_second_try_or_the_end(talk, say):
    once = talk(say["carry_on"], say["explain"]).report.moments[1]
    twice = talk(say["carry_on"], say["explain"], 2, say["own"]).report.moments[-2]
    over = talk(say["carry_on"], say["hit"]).report.moments[1]

    assert model_replies(once) == ()
    assert model_replies(twice) == model_replies(over) == ("I never asked.", "We can leave it.")


def test_a_reply_that_was_not_read_is_told_as_such_and_judged_by_nothing(talk, say):
    moment = talk(say["carry_on"], say["mumble"]).report.moments[1]

    assert moment.verdict == "○ not marked · not read"
    assert (moment.deeds, moment.band, moment.noticed) == ((), None, None)
    assert moment.effect == "she asked again, and nothing moved"


def test_what_others_and_the_trainee_said_stands_beside_the_reading(talk, say):
    report = talk(
        say["carry_on"],
        say["explain"],
        CodeContested(turn=2, meant="to help"),
        CoachSpoke(turn=2, question="How did that land?", text="You gave your reasons."),
        ReviewAdded(turn=2, reviewer="Bo", text="I heard care.", ratings={"stance": 3}),
        ReviewAdded(reviewer="Bo", text="A good hour."),
    ).report

    moment = report.moments[1]
    assert moment.contested[0].meant == "to help"
    assert moment.remarks[0].text == "You gave your reasons."
    assert moment.reviews[0].ratings == (("stance", 3),)
    assert report.reviews[0].text == "A good hour."


def test_how_the_trainee_is_can_be_taken_out(talk, say):
    report = talk(say["carry_on"], SelfRated(question="how_are_you", text="tired")).report

    assert report.private.how_are_you == "tired"
    assert report.without_private().private is None


def test_no_facts_at_all_still_make_a_report(small):
    report = report_of((), small)

    assert (report.moments, report.header.replies, report.header.minutes) == ((), 0, None)


def test_every_shipped_patient_is_told_without_an_error(patients, talk):
    for scenario in patients.values():
        report = talk(*[("Mm. Tell me more.", _nothing())] * 3, scenario=scenario).report
        assert len(report.moments) >= 3


def coded_as(text, *codes, **ratings):
    return Coding(codes=tuple(Found(code=code, start=0, end=len(text)) for code in codes), **ratings)


def _nothing():
    return Coding()
