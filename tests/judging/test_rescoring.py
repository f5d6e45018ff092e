"""Saved replies read again: heard as at the time, appended and nothing else changed, and compared by hand."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from roleplay.debrief.render import FORMATS, rendered
from roleplay.debrief.report import report_of
from roleplay.engine.events import OpinionGiven, TraineeReplied, dump, parse
from roleplay.engine.session import EMPTY, apply
from roleplay.errors import StoreError
from roleplay.judging.beside import beside_of, micro_f1
from roleplay.judging.rescoring import SavedReply, append, reread, saved_replies, unread_by
from roleplay.practice.play import Play
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Found, Heard
from roleplay.store.stamped import Stamped
from roleplay.store.store import Store

OWN = Coding(codes=(Found(code=Strategy.OWN, start=0, end=3),), recognition=4, contact=3, scorer="one", version="1")
NONE = Coding(scorer="one", version="1")


class Listening:
    """A coder that notes what it heard before each reply."""

    def __init__(self) -> None:
        self.heard: dict[str, Heard] = {}

    def __call__(self, reply: str, heard: Heard) -> Coding:
        if reply:
            self.heard[reply] = heard
        return OWN if reply.startswith("I set") else NONE


@pytest.fixture
def played(tmp_path: Path, mei):
    """A conversation of four tries, one of them taken back, and a silence."""
    coder = Listening()
    with Store.open(tmp_path / "own.db") as store:
        play = Play.begin(store, mei, coder, seed=3)
        play.respond("How was the week?")
        play.respond("Good, then daily.")
        play.rewind(2)
        play.mark()
        play.respond("I set that sheet again.")
        play.say_nothing()
        play.respond("Go on.")
        yield store, play, coder


def replies_of(store: Store, play: Play) -> tuple[SavedReply, ...]:
    return saved_replies(store.facts(play.id), play.scenario)


def opinion(play: Play, reply: str, coding: Coding | None, **more: object) -> OpinionGiven:
    seq, event = next((seq, e) for seq, e in play.facts if isinstance(e, TraineeReplied) and e.text == reply)
    return OpinionGiven(turn=event.turn, reply=seq, scorer="judge", version="m", coding=coding, **more)


def test_each_try_is_read_with_what_its_coder_heard_at_the_time(played):
    store, play, coder = played

    replies = replies_of(store, play)

    assert [(each.turn, each.text, each.silence) for each in replies] == [
        (1, "How was the week?", False),
        (2, "Good, then daily.", False),
        (2, "I set that sheet again.", False),
        (3, "", True),
        (4, "Go on.", False),
    ]
    assert {each.text: each.heard for each in replies if not each.silence} == coder.heard
    assert [each.reading.scorer for each in replies if each.reading] == ["one", "one", "one", "silence", "one"]


def test_opinions_are_appended_and_no_fact_before_them_changes(played):
    store, play, _ = played
    before = list(store.export([play.id]))

    append(store, play.id, [opinion(play, "Go on.", OWN)])
    append(store, play.id, [opinion(play, "Good, then daily.", OWN)])

    after = list(store.export([play.id]))
    assert after[1 : len(before)] == before[1:]  # the first line counts the facts
    assert len(after) == len(before) + 2


def test_an_opinion_moves_nothing(played):
    store, play, coder = played

    append(store, play.id, [opinion(play, "Go on.", OWN), opinion(play, "Go on.", None, problem="too slow")])

    assert Play.resume(store, play.id, coder).session == play.session
    assert apply(EMPTY, opinion(play, "Go on.", OWN)) == EMPTY


def test_a_conversation_that_is_open_goes_on_after_it_was_read_again_elsewhere(played):
    store, play, _ = played
    append(store, play.id, [opinion(play, "Go on.", OWN)])

    play.respond("What was it like?")

    assert [each.text for each in replies_of(store, play)][-1] == "What was it like?"
    assert [fact.seq for fact in store.facts(play.id)] == [seq for seq, _ in play.facts]


def test_a_conversation_that_was_gone_on_with_elsewhere_is_not_gone_on_with_here(played):
    store, play, coder = played
    Play.resume(store, play.id, coder).respond("Shall we leave it?")

    with pytest.raises(StoreError):
        play.respond("What was it like?")


def test_one_can_go_on_and_go_back_after_an_opinion_and_it_stays_with_its_try(played):
    store, play, coder = played
    append(store, play.id, [opinion(play, "Good, then daily.", OWN), opinion(play, "How was the week?", OWN)])

    again = Play.resume(store, play.id, coder)
    again.respond("What was it like?")
    again.rewind(2)
    again.respond("Shall we leave it?")

    given_to = {each.text: len(each.opinions) for each in replies_of(store, play)}
    assert given_to == {
        "How was the week?": 1, "Good, then daily.": 1, "I set that sheet again.": 0, "": 0, "Go on.": 0,
        "What was it like?": 0, "Shall we leave it?": 0,
    }  # fmt: skip
    moments = report_of(store.facts(play.id), play.scenario).moments
    assert {moment.said: len(moment.opinions) for moment in moments if moment.answered} == given_to


def test_an_opinion_comes_back_from_text_and_travels_with_an_export(played, tmp_path):
    store, play, _ = played
    fact = opinion(play, "Go on.", OWN, seconds=1.5, tokens_in=10, tokens_out=2, cost=0.001, dropped=1, tries=2)
    append(store, play.id, [fact])

    with Store.open(tmp_path / "other.db") as other:
        report = other.import_lines(store.export())
        assert report.imported == (play.id,)
        assert list(other.export()) == list(store.export())
    assert parse(dump(fact)) == fact


def test_the_debrief_tells_opinions_in_every_format_and_no_figure_changes(played):
    store, play, _ = played
    bare = report_of(store.facts(play.id), play.scenario)
    hostile = "<b>m</b> \x1b[2J # *x*"
    append(store, play.id, [opinion(play, "I set that sheet again.", OWN).model_copy(update={"version": hostile})])
    append(store, play.id, [opinion(play, "Go on.", None, problem="too slow")])

    report = report_of(store.facts(play.id), play.scenario)

    unchanged = {"moments": bare.moments}
    assert report.model_copy(update=unchanged) == bare
    assert [m.model_copy(update={"opinions": (), "reading": None}) for m in report.moments] == list(bare.moments)
    for form in FORMATS:
        text = rendered(report, form, width=100)
        assert ("opinions" if form == "json" else "Second opinion") in text
        assert "\x1b" not in text
        assert form != "html" or "<b>" not in text
        assert "too slow" not in text


def test_a_break_in_which_an_opinion_was_given_stays_a_break(played):
    """Between two replies lie fifty minutes, which are no talk; an opinion in their middle does not make them any."""
    store, play, _ = played
    facts = list(store.facts(play.id))
    place = next(place for place, fact in enumerate(facts) if fact.event == opinion_of(facts, "Go on."))
    early = [replace(fact, at="2026-01-31T09:00:00.000Z") for fact in facts[:place]]
    late = [replace(fact, at="2026-01-31T09:50:00.000Z") for fact in facts[place:]]
    between = Stamped(play.id, place + 1, "2026-01-31T09:25:00.000Z", opinion(play, "How was the week?", OWN))

    minutes = [report_of(told, play.scenario).header.minutes for told in (early + late, [*early, between, *late])]

    assert minutes == [0, 0]


def opinion_of(facts: list[Stamped], said: str) -> TraineeReplied:
    return next(f.event for f in facts if isinstance(f.event, TraineeReplied) and f.event.text == said)


def test_what_a_moment_tells_of_an_opinion_names_both_readings(played):
    store, play, _ = played
    theirs = Coding(codes=(Found(code=Harm.ADVICE, start=0, end=2),), contact=1, scorer="judge", version="m")
    append(store, play.id, [opinion(play, "I set that sheet again.", theirs)])

    text = " ".join(rendered(report_of(store.facts(play.id), play.scenario), "markdown").split())

    assert (
        "Second opinion (m): gave advice “I s”, recognition 0, contact 1; "
        "the program said: owned a part “I s”, recognition 4, contact 3."
    ).replace("gave advice “I s”", f"{_short(Harm.ADVICE)} “I”") in text


def _short(harm: Harm) -> str:
    from roleplay.scoring.codebook import codebook

    return codebook().harm(harm).short


def test_who_has_read_a_reply_does_not_read_it_again_but_a_failure_is_no_reading(played):
    store, play, coder = played
    append(store, play.id, [opinion(play, "Go on.", OWN), opinion(play, "How was the week?", None, problem="slow")])
    replies = replies_of(store, play)

    assert [each.text for each in unread_by(replies, "judge", "m")] == [
        "How was the week?", "Good, then daily.", "I set that sheet again.",
    ]  # fmt: skip
    assert len(unread_by(replies, "judge", "another")) == 4  # all but the silence
    assert unread_by(replies, "one", "1") == ()  # it read them at the time
    assert [given.coding for given in reread(replies[2:3], coder)] == [OWN]


# Agreement, worked out by hand.


def saved(ours: Coding | None, *theirs: OpinionGiven) -> SavedReply:
    return SavedReply("s", 5, 1, "words", silence=False, heard=Heard(), reading=ours, opinions=theirs)


def coding(*codes: Strategy | Harm, recognition: int = 0, contact: int = 0) -> Coding:
    found = tuple(Found(code=code, start=0, end=1) for code in codes)
    return Coding(codes=found, recognition=recognition, contact=contact)


def says(coding_: Coding | None, **more: object) -> OpinionGiven:
    return OpinionGiven(turn=1, reply=5, scorer="judge", version="m", coding=coding_, **more)


def test_agreement_matches_the_hand_calculation():
    replies = [
        saved(coding(Strategy.OWN, recognition=4), says(coding(Strategy.OWN, recognition=4), seconds=1.0, cost=0.5)),
        saved(coding(Strategy.OWN, recognition=4), says(coding(Harm.ADVICE, recognition=0), seconds=3.0, dropped=2)),
        saved(coding(recognition=0), says(coding(recognition=0), seconds=2.0)),
        saved(coding(recognition=0), says(coding(Strategy.OWN, recognition=0), seconds=9.0)),
        saved(Coding(abstained=True), says(coding(Strategy.OWN))),
        saved(None, says(coding(Strategy.OWN))),
        saved(coding(), says(None, problem="slow", seconds=60.0, tokens_in=7)),
    ]

    (found,) = beside_of(replies)

    assert (found.opinions, found.compared, found.unread, found.failed, found.dropped) == (6, 4, 2, 1, 2)
    # Own: both say yes once, ours alone once, theirs alone once, neither once: p_o = 1/2, p_e = 1/2, kappa 0.
    # Advice stands only in one of the two readings, so it has no row.
    assert [(row.code, row.kappa, row.both, row.transcript, row.opinion) for row in found.codes] == [
        ("own_contribution", pytest.approx(0.0), 1, 2, 2)
    ]
    # Given: ours 2, theirs 3, both 1: F1 = 2 * 1 / 5.
    assert found.micro_f1 == pytest.approx(0.4)
    # Recognition: ours 4 4 0 0, theirs 4 0 0 0. Observed: one of four off by 4, squared 16, so 16/4 = 4. Expected: 4
    # against 0 in 2*3 and 0 against 4 in 2*1 of 16 pairings, each squared 16, so 8. Kappa = 1 - 4/8.
    assert found.recognition == pytest.approx(0.5)
    assert found.contact is None
    # Seconds of those that came: 1, 2, 3, 9 (two without): median 2.5.
    assert (found.median_seconds, found.slowest_seconds) == (pytest.approx(2.5), pytest.approx(9.0))
    assert (found.cost, found.tokens_in, found.tokens_out) == (pytest.approx(0.5), 7, None)


def test_the_last_opinion_of_a_scorer_counts():
    (found,) = beside_of([saved(coding(Strategy.OWN), says(coding()), says(coding(Strategy.OWN)))])

    assert found.micro_f1 == 1.0


def test_without_replies_nothing_is_compared():
    assert beside_of([]) == ()
    assert micro_f1([]) is None


@given(lists(integers(0, 4), min_size=1, max_size=8))
def test_a_scorer_that_says_the_same_agrees_wholly_or_undefined(levels: list[int]):
    (found,) = beside_of(
        [saved(each, says(each)) for each in (coding(Strategy.OWN, recognition=level) for level in levels)]
    )

    assert found.micro_f1 == 1.0
    assert found.recognition == (1.0 if len(set(levels)) > 1 else None)
    assert [row.kappa for row in found.codes] == [None]  # both gave it to every reply


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_a_fact_takes_no_figure_that_is_none(value: float):
    with pytest.raises(ValueError):
        says(coding(), seconds=value)


def test_an_opinion_goes_after_what_another_window_saved_at_the_same_moment(played, monkeypatch):
    store, play, _ = played
    given, other = opinion(play, "Go on.", NONE), opinion(play, "I set that sheet again.", OWN)
    really = Store.append

    def later(self: Store, session: str, events: tuple[OpinionGiven, ...], expected: int) -> tuple[Stamped, ...]:
        monkeypatch.setattr(Store, "append", really)
        really(self, session, [other], expected)
        return really(self, session, events, expected)

    monkeypatch.setattr(Store, "append", later)
    append(store, play.id, [given])

    assert [fact.event for fact in store.facts(play.id)][-2:] == [other, given]


def test_a_store_that_fails_is_not_asked_for_ever(played, monkeypatch):
    store, play, _ = played
    asked = []

    def full(*_: object) -> None:
        asked.append(1)
        raise StoreError("The disk that holds the store is full.")

    monkeypatch.setattr(Store, "append", full)

    with pytest.raises(StoreError, match="full"):
        append(store, play.id, [opinion(play, "Go on.", NONE)])
    assert len(asked) == 1
