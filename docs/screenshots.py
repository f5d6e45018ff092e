"""Takes the pictures in docs/screens with the real program: `make screenshots`."""

import asyncio
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList

from roleplay.practice.settings import Settings, write_settings
from roleplay.tui.app import RoleplayApp
from roleplay.tui.composer import Composer
from roleplay.tui.conversation import ConversationScreen
from roleplay.tui.debrief import DebriefScreen, HowAreYou

SCREENS = Path(__file__).parent / "screens"
SIZES = ((80, 24), (120, 40))
SEED = 9
FIRST = (
    "Good to see you, Mei Lin. How has the week been?",
    "A biscuit in the dark sounds like the best part of it. And the rest of the week?",
    "Hang on. You said that quickly, and I set the sheet again last week without asking you. What has it been like?",
)
LATER = (
    "I'd like to hear the half before the 'but'. What is it about the boxes?",
    "So it feels like being marked at work, and I never asked. What was it like to get it from me a third time?",
    "What would you have wanted from me instead, when I reached for the sheet again?",
    "It makes sense to step back just there. Saying so to my face, when you usually keep the peace, can't be easy.",
    "So a small complaint has cost you the whole thing before. No wonder you are careful with me.",
    "If you could have it your way, what would you want to do with the sheet?",
    "You choose the bit, and we talk first. Shall we do it like that, or would you change something?",
    "I hear you would rather choose. Which bit would you start with?",
    "Thank you for telling me. I had picked it every time, and you get to pick now. What else would you change?",
    "We could leave it there, or go on a little. Which would you rather?",
)


async def main() -> None:
    """Every screen at every size, each size with a log of its own."""
    SCREENS.mkdir(exist_ok=True)
    for width, height in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            await photograph(Path(folder), width, height)


async def photograph(folder: Path, width: int, height: int) -> None:
    """Library, briefing, conversation and debrief of one conversation with Mei Lin."""
    settings = folder / "settings.json"
    write_settings(Settings(pace="off", reduced_motion=True, coach="never"), settings)
    app = RoleplayApp(folder / "conversations.db", seed=SEED, settings_file=settings)
    async with app.run_test(size=(width, height)) as pilot:

        def picture(name: str) -> None:
            # Nothing from elsewhere: the fonts that it would fetch are left out.
            drawn = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(), flags=re.DOTALL)
            (SCREENS / f"{name}-{width}x{height}.svg").write_text(drawn, "utf-8")

        await until(pilot, lambda: app.screen.query_one("OptionList", OptionList).option_count >= 4)
        picture("library")
        await pilot.press("enter")
        await until(pilot, lambda: "Briefing" in type(app.screen).__name__)
        picture("briefing")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen))
        for reply in FIRST:
            await say(pilot, reply)
        app.screen.query_one(Composer).keep("There's no hurry. I'd like to hear the half before the ")
        await pilot.pause()
        picture("conversation")
        app.screen.query_one(Composer).clear()
        for reply in LATER:
            if not talk(app).talk.play.over:
                await say(pilot, reply)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HowAreYou))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        picture("debrief")
        await pilot.press("ctrl+q")


def talk(app: RoleplayApp) -> ConversationScreen:
    """The conversation that is on the screen."""
    assert isinstance(app.screen, ConversationScreen)
    return app.screen


async def say(pilot: Pilot[None], reply: str) -> None:
    """Types a reply, sends it and waits for the answer."""
    app = pilot.app
    assert isinstance(app, RoleplayApp)
    turn = talk(app).talk.play.session.turn
    app.screen.query_one(Composer).keep(reply)
    await pilot.press("enter")
    await until(pilot, lambda: talk(app).talk.play.session.turn > turn and not talk(app).talk.busy)


async def until(pilot: Pilot[None], there: Callable[[], bool], *, tries: int = 200) -> None:
    """Waits until something is on the screen.

    Raises:
        TimeoutError: It did not come within ten seconds.
    """
    for _ in range(tries):
        await pilot.pause(0.05)
        if there():
            await pilot.pause()
            return
    raise TimeoutError(f"{type(pilot.app.screen).__name__} did not change")


if __name__ == "__main__":
    asyncio.run(main())
