"""The library: choosing a patient."""

from pathlib import Path

import pytest

from roleplay.scenarios import library


async def test_a_row_tells_name_age_title_setting_difficulty_and_state(opened, seen):
    async with opened() as pilot:
        screen = seen(pilot.app)

    assert "> Tomasz, 61" in screen
    assert "A quiet hour · ACT, session 8" in screen
    assert "Ada Ó Broin, 40" in screen
    assert "●●○○○  new" in screen


async def test_the_chosen_patient_is_told_of_with_content_notes(opened, seen):
    async with opened() as pilot:
        await pilot.press("down")
        await pilot.pause()
        screen = seen(pilot.app)

    assert "> Ada Ó Broin" in screen
    assert "Last week you set the sheet again, in the last minute." in " ".join(screen.split())
    assert "Contains: panic attacks." in screen


async def test_families_are_hidden_until_asked_for(opened, seen):
    async with opened() as pilot:
        assert "withdrawal" not in seen(pilot.app)

        await pilot.press("f")
        await pilot.pause()
        assert "withdrawal" in seen(pilot.app)
        assert "gives the answer away" in seen(pilot.app)

        await pilot.press("f")
        await pilot.pause()
        assert "withdrawal" not in seen(pilot.app)


async def test_searching_narrows_the_rows_and_escape_shows_all_again(opened, seen, typed):
    async with opened() as pilot:
        await typed(pilot, "/")
        await typed(pilot, "panic", "enter")
        assert "Ada" in seen(pilot.app)
        assert "Tomasz" not in seen(pilot.app)

        await pilot.press("escape")
        await pilot.pause()
        assert "Tomasz" in seen(pilot.app)


async def test_a_search_without_a_find_says_so(opened, seen, typed):
    async with opened() as pilot:
        await typed(pilot, "/")
        await typed(pilot, "zebra", "enter")

        assert "No patient fits “zebra”" in seen(pilot.app)


async def test_the_family_is_no_place_to_search(opened, seen, typed):
    async with opened() as pilot:
        await typed(pilot, "/")
        await typed(pilot, "withdrawal")

        assert "Ada" not in seen(pilot.app)


async def test_p_toggles_practice_and_assess_and_shows_it(opened, seen):
    async with opened() as pilot:
        assert "practice · F1 help" in seen(pilot.app)

        await pilot.press("p")
        await pilot.pause()

        assert "assess · F1 help" in seen(pilot.app)


async def test_there_is_no_debrief_before_an_end(opened, seen):
    async with opened() as pilot:
        await pilot.press("d")
        await pilot.pause()

        assert "There is no debrief of Tomasz yet" in seen(pilot.app)


async def test_an_unfinished_conversation_is_offered_first(opened, talking, seen, typed, settled):
    async with talking() as pilot:
        await typed(pilot, "good morning", "enter")

    async with opened() as pilot:
        assert "> You were talking to Ada Ó Broin; go on?" in seen(pilot.app)
        assert "open" in seen(pilot.app)

        await pilot.press("enter")
        await settled(pilot)
        assert "good morning" in seen(pilot.app)
        assert "turn 2" in seen(pilot.app)


async def test_a_patient_with_an_open_conversation_asks_whether_to_go_on_or_begin(opened, talking, seen, typed):
    async with talking() as pilot:
        await typed(pilot, "hello", "enter")

    async with opened() as pilot:
        await typed(pilot, "", "end", "enter")
        assert "begin a new conversation; the other is kept" in seen(pilot.app)
        await typed(pilot, "", "escape", "enter", "2")
        assert "stop at any time" in seen(pilot.app)
        await typed(pilot, "", "escape", "enter", "1")
        assert "hello" in seen(pilot.app)


async def test_the_conversation_of_another_trainee_is_not_offered(opened, talking, seen, typed):
    async with talking(trainee="wren") as pilot:
        await typed(pilot, "good morning", "enter")

    async with opened() as pilot:
        assert "You were talking" not in seen(pilot.app)


async def test_a_broken_file_is_shown_with_its_first_problem(opened, seen, settled, tmp_path: Path, monkeypatch):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "broken.yaml").write_text("format: 1\nid: broken\ntitle: No\n")
    monkeypatch.setenv("ROLEPLAY_SCENARIOS", str(tmp_path / "more"))

    async with opened() as pilot:
        assert "✗ broken.yaml: cannot be played" in seen(pilot.app)
        assert "Tomasz" in seen(pilot.app)

        await pilot.press("end", "enter")
        await settled(pilot)
        assert "This file has to be mended first" in seen(pilot.app)


async def test_a_file_that_is_only_found_wrong_when_it_is_read_closely_leads_back(
    opened, seen, settled, typed, tmp_path: Path, monkeypatch
):
    source = Path(__file__).parent.parent / "broken" / "sc004-trapped.yaml"
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "trapped.yaml").write_text(source.read_text().replace("title:", "title: Trapped #"))
    monkeypatch.setenv("ROLEPLAY_SCENARIOS", str(tmp_path / "more"))

    async with opened() as pilot:
        await typed(pilot, "/")
        await typed(pilot, "trapped", "enter", "enter")
        assert "This cannot be done" in seen(pilot.app)
        assert "SC004" in seen(pilot.app)

        await pilot.press("enter")
        await settled(pilot)
        assert "patients" in seen(pilot.app)


async def test_an_empty_library_says_kindly_what_to_do(opened, seen, tmp_path: Path, monkeypatch):
    (tmp_path / "none").mkdir()
    monkeypatch.setattr(library, "library_folder", lambda: tmp_path / "none")

    async with opened() as pilot:
        assert "There are no patients here yet" in seen(pilot.app)


async def test_a_store_that_cannot_be_opened_is_told_and_the_patients_are_there(opened, seen, store_file: Path):
    store_file.parent.mkdir()
    store_file.write_text("this is no database, whatever its name says " * 50)

    async with opened() as pilot:
        screen = seen(pilot.app)

    assert "damaged" in screen
    assert "Tomasz" in screen


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 60)])
async def test_it_fits_every_window(opened, seen, size):
    async with opened(size) as pilot:
        screen = seen(pilot.app)

        assert "Tomasz" in screen
        assert ("window is small (40x12)" in screen) == (size == (40, 12))


async def test_the_window_may_change_its_size(opened, seen):
    async with opened() as pilot:
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        await pilot.resize_terminal(120, 40)
        await pilot.pause()

        assert "A quiet hour · ACT, session 8" in seen(pilot.app)


async def test_the_briefing_tells_all_and_promises(opened, seen, settled):
    async with opened(scenario="one-sheet-more") as pilot:
        screen = " ".join(seen(pilot.app).split())

        assert "Ada Ó Broin, 40" in screen
        assert "a room over a bakery" in screen
        assert "in the last minute. She said it was fine." in screen
        assert "Contains: panic attacks." in screen
        assert "nobody is graded, nothing leaves this machine, stop at any time" in screen
        assert "do not type real client information" in screen
        assert "To choose for herself" not in screen

        await pilot.press("escape")
        await settled(pilot)
        assert "Role-play · patients" in seen(pilot.app)


async def test_an_unknown_scenario_is_told_and_the_library_is_there(opened, seen, settled):
    async with opened(scenario="one-sheet-less") as pilot:
        assert "Did you mean `one-sheet-more`?" in " ".join(seen(pilot.app).replace("│", " ").split())

        await pilot.press("enter")
        await settled(pilot)
        assert "Tomasz" in seen(pilot.app)


async def test_a_coder_that_does_not_exist_is_told_and_nothing_breaks(opened, seen, monkeypatch):
    monkeypatch.setenv("ROLEPLAY_CODER", "neural")

    async with opened(coder=None) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

        assert "ROLEPLAY_CODER is `neural`" in " ".join(note.message for note in pilot.app._notifications)
        assert "Tomasz, 61" in seen(pilot.app)
