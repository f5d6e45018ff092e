"""The trainer in the terminal: which screen follows which. Imports nothing heavy before the first frame."""

import asyncio
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from roleplay.errors import RoleplayError, StoreError
from roleplay.practice.backstage import Backstage
from roleplay.practice.settings import Settings, read_settings, write_settings
from roleplay.practice.shelf import Row
from roleplay.tui.drafts import drafts_beside
from roleplay.tui.help import HelpScreen
from roleplay.tui.library import LibraryScreen
from roleplay.tui.modals import Choice
from roleplay.tui.settings import SettingsScreen
from roleplay.tui.themes import THEMES
from roleplay.tui.way import Way

if TYPE_CHECKING:
    from roleplay.practice.play import Mode
    from roleplay.scoring.coding import Coder

INTERRUPTED = 130
"""Exit code after ctrl+c, or when the terminal goes away; everything is saved."""


class RoleplayApp(Way):
    """Library, briefing, conversation, debrief, and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help"),
        Binding("f10", "settings", "Settings"),
        Binding("ctrl+q", "quit", "Stop", show=False, priority=True),
        Binding("ctrl+c", "interrupt", "Stop", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
    ]
    TITLE = "Role-play"

    def __init__(
        self,
        store_location: str | Path | None = None,
        *,
        mode: "Mode" = "practice",
        seed: int | None = None,
        trainee: str | None = None,
        group: str = "",
        scenario: str | None = None,
        coder: "Coder | None" = None,
        settings_file: Path | None = None,
    ) -> None:
        """The trainer over one store.

        Args:
            store_location: Path or URL of the store; None for the user's own.
            mode: Mode of new conversations; `p` changes it.
            seed: For the next conversations; None draws one each time.
            trainee: Pseudonym; None for the one in the settings.
            group: What new conversations are filed under besides.
            scenario: Id or file of a scenario to begin with, instead of the library.
            coder: What reads the replies; None for the best there is.
            settings_file: None for the user's own.
        """
        super().__init__()
        self.mode = mode
        self.backstage = Backstage(store_location, coder)
        self.drafts = drafts_beside(store_location)
        self.seed, self.group = seed, group
        self._trainee, self._first = trainee, scenario
        self._settings_file = settings_file
        read = read_settings(settings_file)
        self.settings, self._settings_problem = read.settings, read.problem
        self._library = LibraryScreen(mode)
        self.farewell = ""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[self.settings.theme].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own names of colours, for themes that lack them."""
        return {"patient": "#ffffff", "line": "#808080"}

    def get_default_screen(self) -> Screen[None]:
        """The library is what everything comes back to."""
        return self._library

    @property
    def trainee(self) -> str:
        """Whose conversations these are."""
        return self._trainee or self.settings.trainee

    def on_mount(self) -> None:
        """Paints first, then opens the library."""
        self.animation_level = "none"
        self._heed_signals()
        self.call_after_refresh(self.open)

    @work
    async def open(self) -> None:
        """Reads the library in a thread, and begins with the named scenario if there is one."""
        await self.restock()
        self._ready_the_coder()
        if self._first is not None:
            name = self._first
            await self.go(lambda: self.backstage.named(name), self.meet)

    @work(thread=True)
    def _ready_the_coder(self) -> None:
        """Opens the coder while the library is looked at, and says so where it is not the better one."""
        try:
            self.backstage.coder()
            notice = self.backstage.coder_notice
        except RoleplayError as error:
            notice = str(error)  # said again, and in the way, when a conversation is to begin
        if notice:
            self.call_from_thread(self.notify, notice, markup=False)

    async def restock(self) -> None:
        """Reads the conversations again, and the patients the first time."""
        self._library.stock(await asyncio.to_thread(self.backstage.shelf, self.trainee))

    # From the library.

    @on(LibraryScreen.Chosen)
    @work(exclusive=True, group="way")
    async def _choose(self, event: LibraryScreen.Chosen) -> None:
        row, path = event.row, event.row.path
        wanted = await self._wanted(row)
        if wanted == "on":
            await self.go(lambda: self.backstage.resume(row.open), self.talk)
        elif wanted == "new" and path is not None:
            await self.go(lambda: self.backstage.scenario(path), self.meet)
        elif row.kind == "broken":
            await self.tell("This file has to be mended first", row.about)

    async def _wanted(self, row: Row) -> str | None:
        """Whether to go `on` or begin a `new` conversation; asked where both can be meant."""
        if row.kind == "resume":
            return "on"
        if not row.open:
            return "new"
        options = (("on", "go on where you left off"), ("new", "begin a new conversation; the other is kept"))
        return await self.push_screen_wait(Choice(f"You were talking to {row.who}", options))

    @on(LibraryScreen.DebriefWanted)
    @work(exclusive=True, group="way")
    async def _look_back(self, event: LibraryScreen.DebriefWanted) -> None:
        ended = event.row.ended
        if ended:
            await self.go(lambda: self.backstage.resume(ended), self.look_back)
        else:
            self._library.say(f"There is no debrief of {event.row.who} yet: it comes when a conversation is over.")

    @on(LibraryScreen.ModeToggled)
    def _toggle(self) -> None:
        self.mode = "assess" if self.mode == "practice" else "practice"
        self._library.say_mode(self.mode)

    # Help, settings, commands.

    def action_help(self) -> None:
        """Every key."""
        self.push_screen(HelpScreen())

    def action_settings(self) -> None:
        """The settings."""
        self.push_screen(SettingsScreen(self.settings, self._settle, self._settings_problem))

    def _settle(self, settings: Settings) -> None:
        """Keeps settings and puts them to work; they hold for this run even where they cannot be kept."""
        self.settings = settings
        self.theme = THEMES[settings.theme].name
        self._settings_problem = ""
        write_settings(settings, self._settings_file)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette offers: what this screen can do, then what is everywhere."""
        yield from getattr(screen, "commands", tuple)()
        yield SystemCommand("Help", "F1: every key", self.action_help)
        yield SystemCommand("Settings", "F10: colours, pace, motion, coach, name", self.action_settings)
        yield SystemCommand("Stop", "ctrl+q: everything is saved", self.action_quit)

    # Leaving.

    async def action_quit(self) -> None:
        """Stops; everything is saved already, and the draft is kept."""
        self._leave(0)

    def action_interrupt(self) -> None:
        """Stops as ctrl+c does elsewhere: everything is saved."""
        self._leave(INTERRUPTED)

    def _leave(self, code: int) -> None:
        self.farewell = next(filter(None, (getattr(screen, "farewell", "") for screen in self.screen_stack)), "")
        self.exit(return_code=code)

    def keep_drafts(self) -> None:
        """Writes what stood in the box; the last thing that is done, whatever happened."""
        try:
            self.drafts.flush()
        except StoreError as error:
            self.farewell = f"{self.farewell} {error}".strip()

    def _heed_signals(self) -> None:
        """A closed terminal or a polite kill keeps the draft too."""
        if self.is_headless:
            return
        for name in ("SIGTERM", "SIGHUP"):
            if (number := getattr(signal, name, None)) is not None:
                with suppress(NotImplementedError, RuntimeError):  # where the platform has no such thing
                    asyncio.get_running_loop().add_signal_handler(number, self.action_interrupt)


def run_app(
    store_location: str | Path | None = None,
    *,
    mode: "Mode" = "practice",
    seed: int | None = None,
    trainee: str | None = None,
    group: str = "",
    scenario: str | None = None,
) -> int:
    """Runs the trainer in this terminal and answers the exit code.

    Raises:
        UsageError: The location of the store cannot be understood.
    """
    app = RoleplayApp(store_location, mode=mode, seed=seed, trainee=trainee, group=group, scenario=scenario)
    try:
        app.run()
    finally:
        app.keep_drafts()
        app.backstage.close()
    if app.farewell:
        print(app.farewell, file=sys.stderr)  # the screen is gone by now
    return app.return_code or 0
