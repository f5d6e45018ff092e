"""From a patient to the debrief, and back: which screen follows which."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.app import App

from roleplay.errors import RoleplayError
from roleplay.practice.backstage import Backstage
from roleplay.practice.own_risk import speaks_of_own_risk
from roleplay.practice.settings import Settings
from roleplay.tui.drafts import Drafts
from roleplay.tui.modals import OutOfRole, Told

if TYPE_CHECKING:
    from roleplay.debrief.report import Report
    from roleplay.practice.play import Mode, Play
    from roleplay.scenarios.model import Scenario

_CANNOT = "This cannot be done"
_LINES = 4
"""Lines of an error that are shown at once."""
Made = TypeVar("Made")


class Way(App[None]):
    """The way of one trainee; what it begins with and how it is left is for a subclass."""

    backstage: Backstage
    drafts: Drafts
    settings: Settings
    mode: "Mode" = "practice"
    seed: int | None = None
    group: str = ""
    told_of: "Play | None" = None
    """The conversation whose debrief is on the screen."""

    @property
    def trainee(self) -> str:
        """Whose conversations these are."""
        return self.settings.trainee

    async def restock(self) -> None:
        """Brings the library in line with the store."""

    async def meet(self, scenario: "Scenario") -> None:
        """Briefing, then conversation."""
        from roleplay.tui.briefing import BriefingScreen

        if not await self.push_screen_wait(BriefingScreen(scenario, self.mode)):
            return
        await self.go(
            lambda: self.backstage.begin(
                scenario, seed=self.seed, mode=self.mode, trainee=self.trainee, group=self.group
            ),
            self.talk,
        )

    async def talk(self, play: "Play") -> None:
        """Conversation and debrief, and again from a turn if that is wanted."""
        from roleplay.tui.conversation import OVER, ConversationScreen
        from roleplay.tui.talk import Talk

        again = True
        while again:
            talk = Talk(play, self.drafts)
            left = await self.push_screen_wait(ConversationScreen(talk, lambda: self.settings))
            again = left == OVER and await self._debrief(play)
        await self.restock()

    async def look_back(self, play: "Play") -> None:
        """The debrief of a conversation that was over before, and the conversation again if that is wanted."""
        if await self._debrief(play, ask=False):
            await self.talk(play)

    async def _debrief(self, play: "Play", *, ask: bool = True) -> bool:
        """How are you; rereading where it is due; the debrief. True when a turn is to be tried again."""
        from roleplay.tui.debrief import DebriefScreen, HowAreYou, RereadScreen

        if ask and (line := await self.push_screen_wait(HowAreYou())) and await self._may_keep(line):
            await self._saved(lambda: play.rate("how_are_you", text=line))
        if (report := await self._report(play)) is None:
            return False
        if play.reread_due:
            marks = await self.push_screen_wait(RereadScreen(report))
            if marks is None or not await self._saved(lambda: play.reread(marks)):
                return False
            if (report := await self._report(play)) is None:
                return False
        self.told_of = play
        retry = await self.push_screen_wait(DebriefScreen(report))
        return retry is not None and await self._saved(lambda: play.rewind(retry.turn))

    async def _report(self, play: "Play") -> "Report | None":
        try:
            return await asyncio.to_thread(self.backstage.report, play)
        except RoleplayError as error:
            await self.tell("The debrief cannot be had", str(error))
            return None

    def on_debrief_screen_contested(self, event: Any) -> None:
        """Keeps what was meant by a reply, as the debrief passes it on."""
        if self.told_of is not None:
            self._contest(self.told_of, event.turn, event.meant)

    @work
    async def _contest(self, play: "Play", turn: int, meant: str) -> None:
        if await self._may_keep(meant):
            await self._saved(lambda: play.contest(meant, turn=turn))

    async def _may_keep(self, text: str) -> bool:
        """Whether words of the trainee's own may be kept: those about their own safety are asked about first."""
        if not speaks_of_own_risk(text):
            return True
        answer = await self.push_screen_wait(OutOfRole(self.settings.support_text, in_role=False))
        if answer == "stop":
            await self.action_quit()
        return answer == "role"

    # Doing, and what may go wrong.

    async def go(self, act: Callable[[], Made], then: Callable[[Made], Awaitable[object]]) -> None:
        """Makes something in a thread and goes on with it; what goes wrong is told and leads back here."""
        try:
            made = await asyncio.to_thread(act)
        except RoleplayError as error:
            await self.tell(_CANNOT, _first_lines(str(error)))
            return
        await then(made)

    async def _saved(self, act: Callable[[], object]) -> bool:
        try:
            await asyncio.to_thread(act)
        except RoleplayError as error:
            await self.tell(_CANNOT, str(error))
            return False
        return True

    async def tell(self, title: str, words: str) -> None:
        """Says something and waits until it was read."""
        await self.push_screen_wait(Told(title, words))


def _first_lines(text: str) -> str:
    lines = text.split("\n")
    more = f"\n… and {len(lines) - _LINES} more. `roleplay check` shows all." if len(lines) > _LINES else ""
    return "\n".join(lines[:_LINES]) + more
