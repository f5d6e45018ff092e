import pytest

from roleplay.debrief.card import card_of
from roleplay.debrief.measures import Count, Mean
from roleplay.debrief.parts import Pull
from roleplay.engine.events import Reread, RuptureMarked, UrgeNoted, Variables
from roleplay.scoring.codes import Harm


def test_marks_and_replies_are_two_figures(talk, say):
    # Three lines with a fresh strain (turns 2, 3 and 4), one marked; of the replies to them only that in turn 4
    # noticed. The silence of turn 5 stands in a strain that is only open, and counts in neither.
    numbers = talk(
        say["carry_on"], RuptureMarked(turn=2), say["explain"], say["carry_on"], say["own"], say["hold"]
    ).report.numbers

    assert numbers.strains == 3
    assert numbers.marked == Count(count=1, n=3)
    assert numbers.noticed == Count(count=1, n=3)


def test_a_rereading_that_never_took_place_is_missing_and_not_nought(talk, say):
    assert talk(say["carry_on"], say["hit"]).report.numbers.reread == Count(count=None, n=0)


def test_a_rereading_that_marked_nothing_is_nought(talk, say):
    numbers = talk(say["carry_on"], say["hit"], Reread(marks={})).report.numbers

    assert numbers.reread == Count(count=0, n=1)


def test_a_mark_on_a_calm_line_counts_apart(talk, say):
    numbers = talk(RuptureMarked(turn=1), say["carry_on"], say["own"]).report.numbers

    assert numbers.false_marks == Count(count=1, n=1)
    assert numbers.marked == Count(count=0, n=1)


def test_looking_for_a_strain_in_a_calm_line_is_a_false_alarm(talk, say):
    # Recognition shown 4 on a calm line; graded recognition is reversed there.
    numbers = talk(say["own"], say["carry_on"]).report.numbers

    assert numbers.false_alarms == Count(count=1, n=1)


def test_headline_figures_rest_on_first_tries(talk, say):
    # First tries: 1 carried on in a calm line, D1 reversed 4 = 100; 2 explained, D1 0 = 0. Mean 50 of 2.
    numbers = talk(say["carry_on"], say["explain"], 2, say["own"]).report.numbers

    assert numbers.recognition == Mean(value=50.0, n=2)
    assert [(row.turn, row.attempt) for row in numbers.first] == [(1, 1), (2, 1)]
    assert [(harm.turn, harm.code, harm.severity) for harm in numbers.harms] == [(2, Harm.DEFENSIVENESS, 2)]


def test_tries_at_the_same_line_are_compared(talk, say):
    retried = talk(say["carry_on"], say["explain"], 2, say["own"], say["hold"]).report.numbers.retried

    assert [(item.turn, [row.attempt for row in item.tries]) for item in retried] == [(2, [1, 2])]
    worse, better = retried[0].tries
    assert worse.repair < better.repair


def test_a_reply_that_was_not_read_has_no_figures_and_counts_no_strain_twice(talk, say):
    numbers = talk(say["carry_on"], RuptureMarked(turn=2), say["mumble"], say["own"]).report.numbers

    assert (numbers.first[1].band, numbers.first[1].recognition) == (None, None)
    assert numbers.strains == 1
    assert numbers.marked == Count(count=1, n=1)
    assert numbers.recognition.n == 2


def test_without_a_reply_every_figure_is_unknown(talk):
    numbers = talk().report.numbers

    assert numbers.strains == 0
    assert numbers.marked == numbers.noticed == numbers.false_alarms == Count(count=None, n=0)
    assert numbers.repair == Mean(value=None, n=0)


@pytest.mark.parametrize(
    ("urge", "reply", "followed"),
    [("explain", "explain", True), ("explain", "own", False), ("go blank", "own", None), ("sulk", "own", None)],
)
def test_an_urge_is_set_beside_what_was_done(talk, say, urge, reply, followed):
    private = talk(say["carry_on"], UrgeNoted(turn=2, urge=urge), say[reply]).report.private

    assert [(pull.urge, pull.followed) for pull in private.pulls] == [(urge, followed)]


def test_an_urge_before_a_reply_that_was_not_read_is_kept_without_a_deed(talk, say):
    private = talk(say["carry_on"], UrgeNoted(turn=2, urge="fix"), say["mumble"]).report.private

    assert private.pulls == (Pull(turn=2, attempt=1, urge="fix", deed="", followed=None),)


def test_the_card_follows_its_formulas():
    # listened (6+8)/2; said (4+6)/2; came for (4+8)/2; suited (4+8+8)/3; back (12+8+8)/4
    card = card_of(Variables(trust=6, tension=2, agency=4, communion=8))

    assert [item.value for item in card] == [7.0, 5.0, 6.0, 6.7, 7.0]
    assert [item.words for item in card] == ["mostly"] * 5


@pytest.mark.parametrize(("level", "words"), [(0, "hardly"), (2.5, "partly"), (5, "mostly"), (7.5, "yes"), (10, "yes")])
def test_the_card_speaks_in_words_first(level, words):
    card = card_of(Variables(trust=level, tension=10 - level, agency=level, communion=level))

    assert {item.words for item in card} == {words}


def test_a_silence_in_a_strain_is_neither_noticing_nor_a_miss(talk, say):
    # Turn 1 calm, carried on: D1 reversed 4 = 100. Turn 2 a silence: no figure. Turn 3 owned: D1 4 = 100.
    numbers = talk(say["carry_on"], say["hold"], say["own"]).report.numbers

    assert numbers.noticed == Count(count=1, n=1)
    assert numbers.recognition == Mean(value=100.0, n=2)
    assert [row.recognition for row in numbers.first] == [100.0, None, 100.0]


def test_going_on_where_nothing_was_wrong_shows_no_noticing(talk, say):
    # Turn 1 is calm and well gone on with; the fresh strain of turn 2 was not answered, or only by a silence.
    calm = talk(say["carry_on"]).report.numbers
    silent = talk(say["carry_on"], say["hold"]).report.numbers

    assert calm.recognition == silent.recognition == Mean(value=None, n=0)
    assert [row.recognition for row in calm.first] == [100.0]


def test_a_reply_in_a_strain_that_is_only_open_has_no_recognition(talk, say):
    # Turn 3 answers "I'd rather choose.", which carries no new rupture.
    numbers = talk(say["carry_on"], say["own"], say["carry_on"]).report.numbers

    assert numbers.first[2].recognition is None
    assert dict(numbers.first[2].dimensions)["recognition"] is None


def test_calm_lines_have_no_band_and_are_counted_apart(talk, say):
    numbers = talk(say["carry_on"], say["explain"]).report.numbers

    assert numbers.calm == 1
    assert sum(count for _, count in numbers.bands) == 1
    assert [(row.calm, row.band is None) for row in numbers.first] == [(True, True), (False, False)]
