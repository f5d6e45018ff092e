"""The trainer over two small patients, a store of its own, and nothing that moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot

from roleplay.engine.events import Event
from roleplay.engine.policies import reading
from roleplay.practice.settings import Settings, write_settings
from roleplay.scenarios import library
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Heard
from roleplay.store.store import Store
from roleplay.tui.app import RoleplayApp

PATIENTS = Path(__file__).parent / "patients"
STILL = Settings(pace="off", reduced_motion=True, coach="never")
KEYS = {
    " ": "space",
    ",": "comma",
    ".": "full_stop",
    "?": "question_mark",
    "'": "apostrophe",
    "_": "underscore",
    "/": "slash",
}

Seen = Callable[[RoleplayApp], str]
Open = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


def pinned(reply: str, _heard: Heard) -> Coding:
    """Reads slugs off the reply, so that a test says what the words do."""
    return reading(reply, tuple(slug for slug in (*Strategy, *Harm) if slug in reply))


@pytest.fixture(autouse=True)
def _small_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "library_folder", lambda: PATIENTS)


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    return tmp_path / "log" / "conversations.db"


@pytest.fixture
def make_app(store_file: Path, tmp_path: Path) -> Callable[..., RoleplayApp]:
    """An app with seed 3 and still settings; what differs is given by name."""

    def make(settings: Settings = STILL, **given: Any) -> RoleplayApp:
        file = tmp_path / "settings.json"
        write_settings(settings, file)
        return RoleplayApp(store_file, **{"seed": 3, "coder": pinned, "settings_file": file, **given})

    return make


@pytest.fixture
def opened(make_app: Callable[..., RoleplayApp]) -> Open:
    """Starts the app and waits until the library is there."""

    @asynccontextmanager
    async def start(size: tuple[int, int] = (80, 24), **given: Any) -> AsyncIterator[Pilot[None]]:
        app = make_app(**given)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot
        app.keep_drafts()
        app.backstage.close()

    return start


@pytest.fixture
def talking(opened: Open) -> Open:
    """As `opened`, and on to the conversation with Ada."""

    @asynccontextmanager
    async def start(size: tuple[int, int] = (80, 24), **given: Any) -> AsyncIterator[Pilot[None]]:
        async with opened(size, **{"scenario": "one-sheet-more", **given}) as pilot:
            await pilot.press("enter")
            await settle(pilot)
            yield pilot

    return start


@pytest.fixture
def saved(store_file: Path) -> Callable[[], list[Event]]:
    """The facts of the newest conversation, read by somebody else."""

    def read() -> list[Event]:
        with Store.open(store_file) as store:
            return [fact.event for fact in store.facts("last")]

    return read


STILL_FOR = 3
"""So many looks in a row must find the same screen."""


def shown(app: Any) -> str:
    """The text on the screen that is in front."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


@pytest.fixture
def seen() -> Seen:
    """What a person reads on the screen that is in front."""

    return shown


@pytest.fixture
def typed() -> Callable[..., Any]:
    """Types a text, and then other keys by name."""

    async def type_(pilot: Pilot[None], text: str, *then: str) -> None:
        for char in text:
            pilot.app.post_message(Key(KEYS.get(char, char), char))
        if text:
            await settle(pilot)
        for key in then:
            await pilot.press(key)
            await settle(pilot)

    return type_


@pytest.fixture(name="settled")
def _settled() -> Callable[[Pilot[None]], Any]:
    return settle


@pytest.fixture(autouse=True)
def _counted_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Knows what is at work in threads, so that no test has to guess how long that takes."""
    in_thread = asyncio.to_thread

    async def counted(act: Callable[..., Any], *given: Any) -> Any:
        token = object()
        AT_WORK.add(token)
        try:
            return await in_thread(act, *given)
        finally:
            AT_WORK.discard(token)

    AT_WORK.clear()
    monkeypatch.setattr(asyncio, "to_thread", counted)


AT_WORK: set[object] = set()


async def settle(pilot: Pilot[None]) -> None:
    """Waits until threads have answered and the screen stands still; workers that wait for a key go on waiting."""
    last, still = "", 0
    for _ in range(500):
        await pilot.pause(0.01)
        text = shown(pilot.app)
        still = still + 1 if text.strip() and text == last and not AT_WORK else 0
        last = text
        if still >= STILL_FOR:
            return
