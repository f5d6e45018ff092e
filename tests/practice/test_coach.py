"""The coach: one thing, about an exchange that is over, resting on words."""

from roleplay.engine.events import Event, ReplyCoded, ReplyGraded
from roleplay.engine.policies import fresh_words
from roleplay.engine.step import begin, step
from roleplay.practice.coach import last_exchange, remark, speaks_unasked
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Found


def found(code: Strategy | Harm, start: int, end: int, confidence: float = 1.0) -> Found:
    return Found(code=code, start=start, end=end, confidence=confidence)


def said(scenario: Scenario, *replies: tuple[str, Coding]) -> list[Event]:
    session, events = begin(scenario, "", seed=1, onset=1)
    log = list(events)
    for text, coding in replies:
        session, events = step(scenario, session, text, coding)
        log += events
    return log


def test_there_is_nothing_to_say_before_the_first_reply_or_after_an_unread_one(mei: Scenario):
    assert remark(said(mei), asked=True) is None
    assert remark(said(mei, ("?", Coding(abstained=True))), asked=True) is None


def unread(scenario: Scenario, *, danger: bool) -> list[Event]:
    """One reply that could not be read, to a line that may speak of danger or does not."""
    return [
        event.model_copy(update={"situation": event.situation.model_copy(update={"risk": danger})})
        if isinstance(event, ReplyGraded)
        else event
        for event in said(scenario, ("?", Coding(abstained=True)))
    ]


def test_words_that_may_speak_of_danger_are_not_left_lying_because_a_reply_could_not_be_read(mei: Scenario):
    facts = unread(mei, danger=True)
    spoken = remark(facts, asked=False)

    assert spoken is not None
    assert spoken.code == Strategy.SAFETY
    assert "safety" in spoken.text
    assert (exchange := last_exchange(facts)) is not None
    assert spoken.words == exchange.line.line
    assert speaks_unasked(facts, "when_stuck")
    assert not speaks_unasked(facts, "never")


def test_the_coach_does_not_speak_by_itself_of_another_unread_reply(mei: Scenario):
    assert not speaks_unasked(unread(mei, danger=False), "when_stuck")


def test_harm_comes_before_what_was_done_well_and_cites_its_own_words(mei: Scenario):
    coding = Coding(codes=(found(Strategy.OWN, 0, 3), found(Harm.DEFENSIVENESS, 4, 7)))

    spoken = remark(said(mei, ("one two", coding)), asked=True)

    assert spoken is not None
    assert (spoken.code, spoken.words, spoken.turn) == (Harm.DEFENSIVENESS, "two", 1)


def test_an_unsure_harm_leaves_the_word_to_a_sure_one(mei: Scenario):
    """The worse of the two is not sure; the other is."""
    unsure = found(Harm.HOSTILITY, 0, 3, confidence=0.4)
    coding = Coding(codes=(unsure, found(Harm.ADVICE, 4, 7, confidence=0.9)))

    spoken = remark(said(mei, ("one two", coding)), asked=True)

    assert spoken is not None
    assert (spoken.code, spoken.words) == (Harm.ADVICE, "two")


def test_where_the_only_harm_is_unsure_nothing_is_praised_beside_it(mei: Scenario):
    coding = Coding(codes=(found(Strategy.OWN, 0, 3), found(Harm.HOSTILITY, 4, 7, confidence=0.4)))

    assert remark(said(mei, ("one two", coding)), asked=True) is None


def test_what_is_done_best_is_what_is_surest(mei: Scenario):
    coding = Coding(codes=(found(Strategy.OWN, 0, 3, 0.7), found(Strategy.INVITE, 4, 7, 0.9)), contact=3)

    spoken = remark(said(mei, ("one two", coding)), asked=True)

    assert spoken is not None
    assert (spoken.code, spoken.words) == (Strategy.INVITE, "two")


def test_what_was_passed_over_is_cited_in_the_patients_words(mei: Scenario):
    marker = mei.states["withdrawal.marker"]
    risky = tuple(tuple(line.model_copy(update={"risk": True}) for line in item) for item in marker.says)
    states = {**mei.states, "withdrawal.marker": marker.model_copy(update={"says": risky})}
    at_risk = mei.model_copy(update={"states": states})
    line = begin(mei, "", seed=1, onset=1)[0].line

    ignored = remark(said(mei, ("Well then.", Coding())), asked=True)
    neglected = remark(said(at_risk, ("Well then.", Coding())), asked=True)

    assert line is not None
    assert ignored is not None
    assert (ignored.code, ignored.words) == (Harm.IGNORING, line.line)
    assert neglected is not None
    assert (neglected.code, neglected.words) == (Harm.SAFETY_NEGLECT, line.line)


def test_unasked_it_speaks_after_two_misses_in_a_row_or_after_one_that_stalls(mei: Scenario):
    miss = Coding(codes=(found(Harm.ADVICE, 0, 3),))
    once, twice = said(mei, ("one", miss)), said(mei, ("one", miss), ("two", miss))
    worse = said(mei, ("one", Coding(codes=(found(Harm.HOSTILITY, 0, 3),))))

    assert not speaks_unasked(said(mei), "when_stuck")
    assert not speaks_unasked(once, "when_stuck")
    assert speaks_unasked(twice, "when_stuck")
    assert speaks_unasked(worse, "when_stuck")
    assert not speaks_unasked(worse, "never")
    assert speaks_unasked(once, "always")


def test_the_exchange_is_the_last_reply_with_the_line_it_answered(mei: Scenario):
    log = said(mei, ("?", Coding(abstained=True)), (fresh_words(begin(mei, "", seed=1)[0]), Coding()))

    exchange = last_exchange(log)

    assert exchange is not None
    assert exchange.line.state == "withdrawal.marker"
    assert not exchange.line.unsure
    assert exchange.replied.turn == 2
    assert exchange.coded == [event for event in log if isinstance(event, ReplyCoded)][-1]
    assert exchange.graded == [event for event in log if isinstance(event, ReplyGraded)][-1]
