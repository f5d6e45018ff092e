"""What the main screens look like.

After a change that is meant: `pytest tests/tui/test_snapshots.py --snapshot-update`.
"""

import sys

import pytest

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="drawn on one Python only")
SMALL, LARGE = (80, 24), (120, 40)


async def _library(pilot) -> None:
    await pilot.pause(0.6)
    await pilot.press("down")
    await pilot.pause()


async def _conversation(pilot) -> None:
    await pilot.pause(0.6)
    await pilot.press("enter")
    await pilot.pause(0.4)
    await pilot.press(*"good", "enter")
    await pilot.pause(0.4)
    await pilot.press("f9")
    await pilot.pause(0.3)
    await pilot.press(*"and")
    await pilot.pause(0.1)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_the_library(snap_compare, make_app, size):
    assert snap_compare(make_app(), terminal_size=size, run_before=_library)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_the_conversation(snap_compare, make_app, size):
    assert snap_compare(make_app(scenario="one-sheet-more"), terminal_size=size, run_before=_conversation)


def test_the_briefing(snap_compare, make_app):
    async def read(pilot) -> None:
        await pilot.pause(0.6)

    assert snap_compare(make_app(scenario="one-sheet-more"), terminal_size=SMALL, run_before=read)
