"""What a trainee can do in a conversation besides replying: each asks, saves, and shows what came of it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual import work
from textual.app import SystemCommand

from roleplay.engine.events import CoachSpoke, Event
from roleplay.errors import RoleplayError
from roleplay.practice.own_risk import speaks_of_own_risk
from roleplay.practice.settings import Settings
from roleplay.scoring.codes import Urge
from roleplay.tui.aside import Aside
from roleplay.tui.entries import entries_of, replies_of
from roleplay.tui.frame import TrainerScreen
from roleplay.tui.mark import MarkWindow
from roleplay.tui.modals import AskLine, Choice, OutOfRole, UrgeWindow
from roleplay.tui.pause import PauseWindow
from roleplay.tui.rewind import RewindWindow
from roleplay.tui.talk import Talk
from roleplay.tui.transcript import Transcript

Answer = TypeVar("Answer")


class Acts(TrainerScreen[str]):
    """The acts of a conversation; the screen itself is a subclass."""

    talk: Talk
    settings: Callable[[], Settings]

    # Doing, and what may go wrong.

    async def done(self, act: Callable[[], Answer]) -> Answer | None:
        """Does and saves one thing; where that fails, says why and answers None."""
        if self.talk.busy:
            return None
        try:
            return await self.talk.do(act)
        except RoleplayError as error:
            self.tell(str(error))
            return None

    async def in_role(self, text: str) -> bool:
        """Whether the text may be sent and kept: words about one's own safety are asked about first."""
        if not speaks_of_own_risk(text):
            return True
        answer = await self.app.push_screen_wait(OutOfRole(self.settings().support_text))
        if answer == "stop":
            self.drop()
            await self.app.run_action("app.quit")
        return answer == "role"

    def drop(self) -> None:
        """Empties the box and keeps nothing of it."""

    def tell(self, text: str, who: str = "Not done") -> None:
        """Says something quietly, under the conversation."""
        self.query_one(Aside).say(who, text)

    def note(self, event: Event) -> None:
        """Shows a fact that was just saved."""
        self.query_one(Transcript).show(entries_of([event]))

    def follow(self) -> None:
        """Brings heading, keys and box in line with the conversation."""

    # The acts.

    @work
    async def action_mark(self) -> None:
        """Something is happening here."""
        if self.talk.play.over or (marked := await self.app.push_screen_wait(MarkWindow(self.talk.line))) is None:
            return
        if await self.in_role(marked.words):
            event = await self.done(lambda: self.talk.play.mark(marked.kind, marked.words))
            if event is not None:
                self.note(event)

    @work
    async def action_urge(self) -> None:
        """My urge."""
        if self.talk.play.over or not (
            word := await self.app.push_screen_wait(UrgeWindow([urge.value for urge in Urge]))
        ):
            return
        if await self.in_role(word):
            event = await self.done(lambda: self.talk.play.urge(word))
            if event is not None:
                self.note(event)

    @work
    async def action_pause(self) -> None:
        """A mindful pause."""
        window = PauseWindow(still=self.settings().reduced_motion, clock=self.talk.clock)
        if self.talk.play.over or (paused := await self.app.push_screen_wait(window)) is None:
            return
        event = await self.done(lambda: self.talk.play.pause(paused.seconds, paused.taken))
        if event is not None:
            self.note(event)

    @work
    async def action_hint(self) -> None:
        """A nudge about the waiting line; practice only."""
        if self.talk.play.over:
            return
        event = await self.done(self.talk.play.hint)
        if event is not None:
            self.tell(event.text, "Hint")

    @work
    async def action_coach(self) -> None:
        """The coach: first the question, then the thing."""
        aside = self.query_one(Aside)
        if aside.waits:
            aside.reveal()
            return
        spoken = await self.done(lambda: self.talk.play.coach(asked=True))
        if spoken is not None:
            self.coached(spoken)
        elif self.talk.play.mode == "assess" and not self.talk.play.over:
            self.tell("The coach is silent in assess mode until you have reread the conversation.", "Coach")
        else:
            self.tell("Nothing that I am sure enough of to say.", "Coach")

    def coached(self, spoken: CoachSpoke) -> None:
        """Shows the coach's question; the rest waits."""
        self.query_one(Aside).ask(spoken.question, spoken.text, spoken.words)

    @work
    async def action_contest(self) -> None:
        """Not what I meant: both readings are kept."""
        if not self.talk.play.session.turn:
            self.tell("There is no reply to correct yet.")
            return
        meant = await self.app.push_screen_wait(
            AskLine("Not what I meant", "Say in a line what you meant by your last reply. Both readings are kept.")
        )
        if not meant or not await self.in_role(meant):
            return
        if await self.done(lambda: self.talk.play.contest(meant)) is None:
            return
        turn = self.talk.play.session.turn
        if await self._goes_back():
            await self.go_back(turn)
        else:
            self.tell(f"Kept beside how your reply {turn} was read: {meant}", "What you meant")

    async def _goes_back(self) -> bool:
        if self.talk.play.mode == "assess" and not self.talk.play.over:
            return False
        options = (("on", "go on from here"), ("back", "go back and say it differently"))
        return await self.app.push_screen_wait(Choice("Kept. And now?", options)) == "back"

    @work
    async def action_rewind(self) -> None:
        """Go back before a reply and try again; practice only."""
        play = self.talk.play
        if play.mode == "assess" and not play.over:
            self.tell("Going back can be had in practice mode only. This conversation is an assessment of your own.")
        elif not (replies := replies_of(play.facts)) or not play.session.turn:
            self.tell("There is no reply to go back before yet.")
        elif turn := await self.app.push_screen_wait(RewindWindow(replies, play.model_replies)):
            await self.go_back(turn)

    async def go_back(self, turn: int) -> None:
        """Goes back before the reply of `turn` and shows the conversation as it stands then."""
        if await self.done(lambda: self.talk.play.rewind(turn)) is None:
            return
        self.query_one(Transcript).show_afresh(entries_of(self.talk.play.live))
        self.talk.heard()
        self.follow()
        self.tell(f"You are back before reply {turn}. What you said before stays in the log.", "↺ Another try")

    def commands(self) -> Iterable[SystemCommand]:
        """The same acts for the command palette."""
        for title, help_, act in (
            ("Something is happening", "F5: mark the patient's line", self.action_mark),
            ("My urge", "F6: note the pull before you reply", self.action_urge),
            ("Pause", "F8: 20, 60 or 180 seconds", self.action_pause),
            ("Coach", "F2: a question and one thing about the last exchange", self.action_coach),
            ("Go back and try again", "F3: choose a reply to give anew", self.action_rewind),
            ("Not what I meant", "F4: say what you meant", self.action_contest),
            ("Hint", "F9: a nudge, in practice mode", self.action_hint),
        ):
            yield SystemCommand(title, help_, act)
