"""A conversation as its screen drives it: one act at a time, away from the screen's own thread."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from roleplay.engine.events import Event, PatientSpoke, TraineeReplied
from roleplay.practice.play import Play
from roleplay.tui.drafts import Drafts

Answer = TypeVar("Answer")


class Talk:
    """A `Play`, its draft and a clock. Knows no widgets."""

    def __init__(self, play: Play, drafts: Drafts, clock: Callable[[], float] = monotonic) -> None:
        self.play = play
        self.clock = clock
        self._drafts = drafts
        self._turn_taken = asyncio.Lock()
        self._heard_at: float | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being saved just now."""
        return self._turn_taken.locked()

    async def do(self, act: Callable[[], Answer]) -> Answer:
        """Does one thing in a thread, after whatever is being done.

        Raises:
            RoleplayError: It could not be done or saved; nothing has changed.
        """
        async with self._turn_taken:
            return await asyncio.to_thread(act)

    async def respond(self, text: str) -> tuple[Event, ...]:
        """Says it to the patient; on return everything is saved, and the draft is gone."""
        seconds = self._seconds()
        events = await self.do(lambda: self.play.respond(text, seconds=seconds))
        self._drafts.delete(self.play.id)
        return events

    async def say_nothing(self) -> tuple[Event, ...]:
        """Leaves a silence."""
        seconds = self._seconds()
        return await self.do(lambda: self.play.say_nothing(seconds=seconds))

    def heard(self) -> None:
        """The patient's line is there to be read: the time to the reply counts from now."""
        self._heard_at = self.clock()

    @property
    def line(self) -> str:
        """The patient's last line."""
        return next((event.line for event in reversed(self.play.live) if isinstance(event, PatientSpoke)), "")

    # The draft.

    def draft(self) -> str:
        """What stood in the box when it was left. A reply that was sent in the last moment is none."""
        kept = self._drafts.read(self.play.id)
        said = next((event.text for event in reversed(self.play.live) if isinstance(event, TraineeReplied)), "")
        return "" if kept.strip() == said.strip() else kept

    def hold(self, text: str) -> None:
        """Remembers what stands in the box."""
        self._drafts.hold(self.play.id, text)

    def keep(self) -> None:
        """Writes what is remembered.

        Raises:
            StoreError: It cannot be written.
        """
        self._drafts.flush()

    def forget(self) -> None:
        """Keeps nothing of what stands in the box."""
        self._drafts.delete(self.play.id)

    def _seconds(self) -> float | None:
        return None if self._heard_at is None else round(self.clock() - self._heard_at, 1)
