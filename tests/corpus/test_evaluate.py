"""What the report compares, from a part written here."""

import pytest

from corpus.evaluate import __main__ as report
from corpus.evaluate.__main__ import Pinned, confidences, misread, require_todays, second
from corpus.evaluate.judged import judged
from corpus.evaluate.kinds import KINDS, compared
from corpus.reading import CODES
from roleplay.scoring.coding import Coding, Heard
from roleplay.scoring.learned.decoding import Answers, Judgement
from roleplay.scoring.learned.layout import ANSWERS

MOMENT = {"moment": "m1", "patient_line": "It's fine.", "family": "withdrawal", "strain": "fresh"}
OWNED = "I set it again without asking you. That was my doing."
HURRIED = "Great. On to the diary, then."


@pytest.fixture
def part(write, rate):
    """Two replies; the second coder saw the second one otherwise, and a third sided with the first."""
    write(
        "07",
        moments=[MOMENT],
        replies=[
            {"id": "r1", "moment": "m1", "voice": "kerb", "response": OWNED},
            {"id": "r2", "moment": "m1", "voice": "river", "response": HURRIED},
        ],
        coding_a=[owned(rate), rate("r2", harms=["avoidant_topic_change"])],
        coding_b=[owned(rate), rate("r2", harms=["control"], recognition=1, kind="generic")],
        settled=[rate("r2", harms=["avoidant_topic_change"])],
    )
    return "07"


def owned(rate):
    """A plain owning, coded."""
    return rate(
        "r1", strategies=["own_contribution"], recognition=4, kind="explicit", contact=3, quality=3, ownership=4,
        band="solid",
    )  # fmt: skip


def test_a_person_in_the_programs_place_answers_what_they_coded_whatever_was_heard(rate):
    coding = Pinned(owned(rate), OWNED)(OWNED, Heard(line="It's fine."))

    assert [str(code) for code in coding.strategies] == ["own_contribution"]
    assert (coding.recognition, coding.contact, coding.ownership) == (4, 3, 4)


def test_a_persons_economy_is_counted_like_everybodys(rate):
    crowd = "Why? " * 12

    assert Pinned(rate(), crowd)(crowd, Heard()).economy < Pinned(rate(), OWNED)(OWNED, Heard()).economy


def test_the_second_coder_is_measured_against_what_was_settled(part):
    agreeing, other = second([part])

    assert agreeing.codes == agreeing.theirs == {"own_contribution"}
    assert (other.codes, other.theirs) == ({"control"}, {"avoidant_topic_change"})
    assert other.coding.recognition == 1
    assert other.people["recognition"] == 0


def test_what_was_read_as_people_read_it_is_not_listed_and_the_rest_is_with_its_words(part):
    shown = "\n".join(misread([*second([part])]))

    assert "[r1]" not in shown
    assert "[r2] withdrawal, fresh, river" in shown
    assert HURRIED in shown
    assert "people:  avoidant_topic_change" in shown
    assert "program: control" in shown


def test_the_same_codes_in_a_band_two_steps_off_are_listed_too(part, rate):
    worse = owned(rate) | {"recognition": 0, "kind": "none", "contact": 0, "quality": 1, "ownership": 1, "stance": 0}
    found = judged([part], lambda said, _: Pinned(worse if said == OWNED else rate(), said)(said, Heard()))

    assert "[r1]" in "\n".join(misread(found))


def test_every_decision_that_was_not_plain_is_counted_with_what_people_gave(part):
    likely = [0.0, -12.0, *[-12.0] * (len(CODES) - 2), *[0.0] * (ANSWERS - len(CODES))]

    class Fixed:
        weights = type("Weights", (), {"judged": Judgement({str(code): 0.5 for code in CODES})})

        def __call__(self, said: str, heard: Heard) -> Coding:
            return Pinned({**blank}, said)(said, heard)

        def answers(self, said: str, heard: Heard) -> Answers:
            return Answers(likely, [], [])

    blank = {
        "strategies": [], "harms": [], "shared": None, "recognition": 0, "kind": "none", "contact": 1, "quality": None,
        "empathy": 0, "ownership": None, "stance": 1, "described": False,
    }  # fmt: skip
    coder = Fixed()

    found = [*confidences([part], coder, judged([part], coder))]

    assert str(CODES[0]) not in {"own_contribution", "avoidant_topic_change"}
    assert found == [(pytest.approx(0.5), False)] * 2


def test_weights_that_learned_from_another_corpus_are_not_measured(tmp_path, monkeypatch):
    (tmp_path / report.CARD).write_text('{"corpus": "abc"}', "utf-8")
    monkeypatch.setattr(report, "corpus_digest", lambda: "abc")
    require_todays(tmp_path)
    monkeypatch.setattr(report, "corpus_digest", lambda: "abd")

    with pytest.raises(SystemExit, match="learned from another corpus"):
        require_todays(tmp_path)


def test_errors_that_were_read_are_shown_only_with_the_weights_that_made_them(tmp_path, monkeypatch):
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "errors.md").write_text("## Errors\n\nOf trained-1234.\n", "utf-8")
    monkeypatch.setattr(report, "FOLDER", tmp_path)

    assert "Of trained-1234." in "\n".join(report.errors("trained-1234"))
    assert not [*report.errors("trained-5678")]


def test_kinds_of_errors_are_counted_for_each_reader(part):
    found = [*second([part])]
    right = [found[0], found[0]]

    rows = dict(
        line.strip("| ").split(" | ", 1) for line in "\n".join(compared([("a", found), ("a", right)])).split("\n")[2:]
    )

    assert set(rows) == set(KINDS)
    assert rows["milder harm unseen"] == "1 | 0"
    assert rows["harm added"] == "1 | 0"
    assert rows["replies that differ in some code"] == "1 | 0"
    assert rows["owning one's part, missed or added"] == "0 | 0"
