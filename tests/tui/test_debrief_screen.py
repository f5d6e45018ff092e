"""The debrief on the screen: press the keys a person presses, assert what a person sees."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from roleplay.debrief.report import Report, report_of
from roleplay.engine.events import Rewound
from roleplay.engine.session import session_of
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, MarkKind, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.store.stamped import Stamped
from roleplay.tui.debrief import DebriefScreen, HowAreYou, RereadScreen, Retry
from roleplay.tui.debrief_export import write_new

SIZES = [(80, 24), (160, 50)]
OWNED = "[b]Three[/b] of them, and I never asked."


def _facts(mei: Scenario, *, again: bool) -> Iterator[Stamped]:
    """Turn 1 carries on, turn 2 explains, and after going back owns a part; with `again` False nobody goes back."""
    session, events = begin(mei, "hash", seed=1, onset=2)
    log = list(events)
    explain = Coding(codes=(Found(code=Harm.DEFENSIVENESS, start=0, end=4),))
    own = Coding(
        codes=(Found(code=Strategy.OWN, start=0, end=len(OWNED)),),
        recognition=4,
        kind=RecognitionKind.EXPLICIT,
        contact=4,
        quality=3,
        ownership=4,
    )
    for reply, coding in (("How was it?", Coding()), ("I did explain the columns.", explain)):
        session, events = step(mei, session, reply, coding)
        log += events
    if again:
        spoke = max(place for place, event in enumerate(log[:-2], 1) if event.event == "patient_spoke")
        log.append(Rewound(to_seq=spoke, turn=2))
        session = session_of(enumerate(log, 1))
        _, events = step(mei, session, OWNED, own)
        log += events
    return (Stamped("s1", seq, "2026-01-31T09:00:00.000Z", event) for seq, event in enumerate(log, 1))


@pytest.fixture
def once(mei: Scenario) -> Report:
    return report_of(tuple(_facts(mei, again=False)), mei)


@pytest.fixture
def twice(mei: Scenario) -> Report:
    return report_of(tuple(_facts(mei, again=True)), mei)


class Host(App[None]):
    """Shows one screen and keeps what it comes back with."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.shown = screen
        self.result: Any = "nothing yet"
        self.contested: list[tuple[int, str]] = []

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._keep)

    def _keep(self, result: Any) -> None:
        self.result = result

    def on_debrief_screen_contested(self, event: DebriefScreen.Contested) -> None:
        self.contested.append((event.turn, event.meant))


def seen(pilot: Pilot[None]) -> str:
    """The characters on the screen now, line by line."""
    width = pilot.app.size.width
    strips = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return "\n".join(strip.text[:width].rstrip() for strip in strips)


@pytest.mark.parametrize("size", SIZES)
async def test_the_debrief_opens_with_who_and_with_its_keys(once, size):
    async with Host(DebriefScreen(once)).run_test(size=size) as pilot:
        await pilot.pause()

        text = seen(pilot)
        assert "Mei Lin · 2 turns" in text
        assert "The conversation is not over." in text
        assert "j/k turn · enter whole turn" in text
        assert "c curve · g path, and paths not taken · n numbers · e export · q back" in text


async def test_j_and_k_walk_the_turns(once):
    async with Host(DebriefScreen(once)).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j")
        await pilot.pause()
        assert pilot.app.screen.chosen.turn == 2
        assert "○ not marked · explained yourself" in seen(pilot)
        assert "▲ withdrawal" in seen(pilot)

        await pilot.press("k")
        await pilot.pause()
        assert pilot.app.screen.chosen.turn == 1


async def test_enter_opens_a_turn_to_its_words_definition_and_rule(once):
    async with Host(DebriefScreen(once)).run_test(size=(80, 50)) as pilot:
        await pilot.press("j", "j", "enter")
        await pilot.pause()

        text = seen(pilot)
        assert "Turn 2" in text
        assert "○ Defensiveness · stalls · sure" in text
        assert "“I did explain the columns”" in text
        assert "What it rests on" in text
        assert "Other ways to say it" not in text

        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, DebriefScreen)


async def test_a_wide_screen_tells_the_chosen_turn_beside_the_others(once):
    async with Host(DebriefScreen(once)).run_test(size=(160, 50)) as pilot:
        await pilot.press("j", "j")
        await pilot.pause()

        assert "○ Defensiveness · stalls · sure" in seen(pilot)


async def test_a_narrow_screen_keeps_the_whole_turn_behind_its_key(once):
    async with Host(DebriefScreen(once)).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j")
        await pilot.pause()

        assert "○ Defensiveness" not in seen(pilot)


async def test_other_ways_to_say_it_come_after_a_second_try(once, twice, mei):
    model = mei.states["withdrawal.marker"].teach.model_replies[0][:40]
    async with Host(DebriefScreen(once)).run_test(size=(100, 60)) as pilot:
        await pilot.press("j", "j", "m")
        await pilot.pause()
        assert "They come once you have tried this turn a second time" in seen(pilot)
        assert model not in seen(pilot)

    async with Host(DebriefScreen(twice)).run_test(size=(100, 60)) as pilot:
        await pilot.press("j", "j", "m")
        await pilot.pause()
        assert model in seen(pilot)


async def test_a_second_try_and_the_one_left_behind_are_both_told(twice):
    async with Host(DebriefScreen(twice)).run_test(size=(80, 70)) as pilot:
        await pilot.pause()

        text = seen(pilot)
        assert "↺ try 2" in text
        assert "↺ Tries left behind" in text
        assert text.index(OWNED) < text.index("I did explain the columns.")


@pytest.mark.parametrize(
    ("key", "words"),
    [("c", "◆ trust"), ("g", "Paths not taken"), ("n", "Marked at the time"), ("n", "0 of 1")],
)
@pytest.mark.parametrize("size", SIZES)
async def test_curve_path_and_numbers_are_a_key_away(once, key, words, size):
    async with Host(DebriefScreen(once)).run_test(size=size) as pilot:
        await pilot.pause()
        assert words not in seen(pilot)

        await pilot.press(key)
        await pilot.pause()
        assert words in seen(pilot)

        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, DebriefScreen)


async def test_numbers_say_that_nobody_validated_them(once):
    async with Host(DebriefScreen(once)).run_test(size=(80, 80)) as pilot:
        await pilot.press("n")
        await pilot.pause()

        assert "not validated by" in seen(pilot)


async def test_r_comes_back_with_the_turn_to_try_again(once):
    host = Host(DebriefScreen(once))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "r")
        await pilot.pause()

    assert host.result == Retry(2)


async def test_a_line_that_waits_cannot_be_tried_again(once):
    host = Host(DebriefScreen(once))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "j", "r")
        await pilot.pause()

        assert host.result == "nothing yet"


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_q_and_escape_leave_without_anything(once, key):
    host = Host(DebriefScreen(once))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()

    assert host.result is None


async def test_what_was_meant_is_kept_beside_how_it_was_read(once):
    host = Host(DebriefScreen(once))
    async with host.run_test(size=(80, 40)) as pilot:
        await pilot.press("j", "j", "enter", "x", *"to help", "enter")
        await pilot.pause()
        await pilot.pause()

        assert host.contested == [(2, "to help")]
        assert "you meant: to help" in seen(pilot)
        assert "explained yourself" in seen(pilot)


async def test_a_try_left_behind_cannot_be_contested(twice):
    host = Host(DebriefScreen(twice))
    async with host.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("j", "j", "j", "j", "enter", "x")
        await pilot.pause()

        assert "Only a reply that holds can be" in seen(pilot)


async def test_contesting_can_be_left(once):
    host = Host(DebriefScreen(once))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "enter", "x", "a", "escape")
        await pilot.pause()

    assert host.contested == []


async def test_export_writes_the_chosen_format_through_the_callback(once):
    written: list[tuple[Path, str]] = []
    async with Host(DebriefScreen(once, write=lambda path, text: written.append((path, text)))).run_test(
        size=(80, 24), notifications=True
    ) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert "debrief-s1.html" in seen(pilot)
        assert "[html]" in seen(pilot)

        await pilot.press("down")
        await pilot.pause()
        assert "debrief-s1.json" in seen(pilot)

        await pilot.press("enter")
        await pilot.pause()
        assert "Written to debrief-s1.json." in seen(pilot)

    assert written[0][0] == Path("debrief-s1.json")
    assert written[0][1].startswith('{\n  "session": "s1"')


async def test_export_says_that_a_file_is_there_already_and_keeps_it(once, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    taken = tmp_path / "debrief-s1.html"
    taken.write_text("mine")
    async with Host(DebriefScreen(once)).run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()

        assert "There is already a file" in seen(pilot)
    assert taken.read_text() == "mine"


async def test_an_export_that_fails_says_so_and_stays(once):
    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    async with Host(DebriefScreen(once, write=full)).run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()

        assert "could not be written: No space left on device." in seen(pilot)


def test_an_exported_file_can_be_read_by_its_owner_only(tmp_path):
    file = tmp_path / "debrief.txt"

    write_new(file, "a\nb")

    assert file.read_bytes() == b"a\nb"
    assert file.stat().st_mode & 0o777 == 0o600


async def test_how_are_you_comes_back_with_one_line(once):
    host = Host(HowAreYou())
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "First: how are you after that?" in seen(pilot)
        await pilot.press(*"tired", "enter")
        await pilot.pause()

    assert host.result == "tired"


async def test_how_are_you_can_be_skipped():
    host = Host(HowAreYou())
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "escape")
        await pilot.pause()

    assert host.result == ""


@pytest.mark.parametrize("size", SIZES)
async def test_rereading_shows_the_lines_and_nothing_of_the_truth(once, size):
    async with Host(RereadScreen(once)).run_test(size=size) as pilot:
        await pilot.pause()

        text = seen(pilot)
        assert "Where was something happening between you?" in text
        assert "I did explain the columns." in text
        for truth in ("▲", "unsaid", "explained yourself", "withdrawal"):
            assert truth not in text


async def test_rereading_comes_back_with_the_marks_and_their_kinds(once):
    host = Host(RereadScreen(once))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "j", "m", "w")
        await pilot.pause()
        assert "● something was happening: withdrawal" in seen(pilot)
        await pilot.press("f")
        await pilot.pause()

    assert host.result == {1: None, 2: MarkKind.WITHDRAWAL}


async def test_a_mark_can_be_taken_back_and_a_kind_needs_a_mark(once):
    host = Host(RereadScreen(once))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "m", "w", "f")
        await pilot.pause()

    assert host.result == {}


async def test_rereading_can_be_left_for_later(once):
    host = Host(RereadScreen(once))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "q")
        await pilot.pause()

    assert host.result is None


@pytest.mark.parametrize("size", [(40, 12), (200, 60)])
async def test_no_size_breaks_it(twice, size):
    async with Host(DebriefScreen(twice)).run_test(size=size) as pilot:
        await pilot.press("j", "j", "j", "j", "enter", "q", "n", "q", "c", "q", "e", "escape")
        await pilot.pause()

        assert isinstance(pilot.app.screen, DebriefScreen)


async def test_a_report_without_a_single_reply_can_be_looked_at(mei):
    _, events = begin(mei, "hash", seed=1)
    facts = [Stamped("s", seq, "", event) for seq, event in enumerate(events, 1)]
    async with Host(DebriefScreen(report_of(facts, mei))).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "enter", "q", "c", "q", "g", "q", "n", "q")
        await pilot.pause()

        assert "have not answered yet" in seen(pilot)
