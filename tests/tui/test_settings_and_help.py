"""Settings, help, the palette, and the first frame."""

import subprocess
import sys
from pathlib import Path

from textual.widgets import Input

from roleplay.practice.settings import read_settings
from roleplay.tui.app import RoleplayApp
from roleplay.tui.briefing import BriefingScreen
from roleplay.tui.conversation import ConversationScreen
from roleplay.tui.help import KEYS
from roleplay.tui.library import LibraryScreen


async def test_a_setting_is_changed_with_the_arrows_and_kept_at_once(opened, seen, typed, tmp_path: Path):
    async with opened() as pilot:
        await typed(pilot, "", "s", "right")
        assert "‹ high contrast ›" in seen(pilot.app)
        assert pilot.app.theme == "roleplay-contrast"

        await typed(pilot, "", "left", "down", "right", "escape")
        assert "Role-play · patients" in seen(pilot.app)

    read = read_settings(tmp_path / "settings.json").settings
    assert (read.theme, read.pace) == ("dark", "slow")


async def test_texts_of_ones_own_are_written(opened, seen, typed, tmp_path: Path):
    async with opened() as pilot:
        await typed(pilot, "", "f10", "end", "up", "enter")
        pilot.app.screen.query_one(Input).value = ""
        await typed(pilot, "wren", "enter")
        assert "wren" in seen(pilot.app)
        assert pilot.app.trainee == "wren"

    assert read_settings(tmp_path / "settings.json").settings.trainee == "wren"


async def test_settings_that_cannot_be_kept_hold_for_this_run_and_say_so(opened, seen, typed, tmp_path: Path):
    async with opened() as pilot:
        (tmp_path / "settings.json").unlink()
        (tmp_path / "settings.json").mkdir()
        (tmp_path / "settings.json" / "full").touch()
        await typed(pilot, "", "s", "right")

        assert "cannot be saved" in seen(pilot.app)
        assert pilot.app.theme == "roleplay-contrast"


async def test_settings_open_in_a_conversation_and_leave_the_box_alone(talking, seen, typed):
    async with talking() as pilot:
        await typed(pilot, "half", "f10")
        assert "Pace of the patient's lines" in seen(pilot.app)
        await typed(pilot, "", "escape")
        assert "half" in seen(pilot.app)


async def test_f1_tells_every_key(opened, seen, typed):
    async with opened(size=(100, 60)) as pilot:
        await typed(pilot, "", "f1")
        screen = seen(pilot.app)
        for section, keys in KEYS:
            assert section in screen
            for key, _ in keys:
                assert key in screen

        await typed(pilot, "", "escape")
        assert "Role-play · patients" in seen(pilot.app)


def test_every_key_that_is_bound_is_told():
    told = {key.lower() for _, keys in KEYS for told, _ in keys for key in told.split()}
    names = {"escape": "esc", "slash": "/", "down": "↓", "up": "↑"}
    silent = {"pagedown", "ctrl+z", "enter", "space"}

    for screen in (RoleplayApp, LibraryScreen, ConversationScreen, BriefingScreen):
        for binding in screen.BINDINGS:
            for key in binding.key.split(","):
                if screen is BriefingScreen or key in silent or key == "ctrl+c":
                    continue
                assert names.get(key, key) in told, f"{key} of {screen.__name__}"


async def test_the_palette_finds_our_own_commands(talking, seen, typed):
    async with talking() as pilot:
        await typed(pilot, "", "ctrl+p")
        await typed(pilot, "my urge")
        await pilot.pause(0.4)
        assert "note the pull before you reply" in seen(pilot.app)

        await typed(pilot, "", "down", "enter")
        await pilot.pause(0.2)
        assert "what does it pull you to do?" in seen(pilot.app)


def test_nothing_heavy_is_imported_before_the_first_frame():
    script = (
        "import sys, roleplay.tui.app as app\n"
        "app.RoleplayApp('unused.db')\n"
        "heavy = {'pydantic', 'networkx', 'peewee', 'pandas', 'yaml', 'psycopg2'} & set(sys.modules)\n"
        "print(sorted(heavy), [name for name in sys.modules if name.startswith('roleplay.scenarios.')])"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[] []"


async def test_the_first_frame_comes_before_the_library_is_read(make_app, monkeypatch):
    order: list[str] = []
    app = make_app()
    shelf, display = app.backstage.shelf, app._display
    monkeypatch.setattr(app.backstage, "shelf", lambda trainee: order.append("read") or shelf(trainee))
    monkeypatch.setattr(app, "_display", lambda *given: order.append("drawn") or display(*given))

    async with app.run_test() as pilot:
        await pilot.pause(0.3)
    app.backstage.close()

    assert order.index("drawn") < order.index("read")
