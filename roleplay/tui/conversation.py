"""The conversation: the patient, the trainee's words, and nothing that judges."""

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from textual import on, work
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import TextArea

from roleplay.debrief.plain_text import one_line
from roleplay.engine.events import CoachSpoke, Event
from roleplay.errors import RoleplayError, StoreError
from roleplay.practice.settings import Settings
from roleplay.tui.acts import Acts
from roleplay.tui.aside import Aside
from roleplay.tui.card import Card, short_setting
from roleplay.tui.composer import Composer
from roleplay.tui.entries import Entry, entries_of
from roleplay.tui.frame import Heading, KeyRow, Keys
from roleplay.tui.talk import Talk
from roleplay.tui.transcript import WORDS_A_SECOND, Transcript, Utterance

OVER, LEFT = "over", "left"
"""How the screen can be left: to the debrief, or to the patients."""
DRAFT_AFTER = 0.5
"""Seconds without a key after which a draft is written."""
_CLOSED = Entry("note", "The conversation is over. Take a breath before you go on.")


class ConversationScreen(Acts):
    """One conversation, as long as it lasts. Answers `over` or `left`."""

    DEFAULT_CSS = """
    ConversationScreen {
        & #room { height: 1fr; }
        & #talk { width: 1fr; max-width: 104; }
        & Composer { margin: 0; }
        &.-wide { & #talk { padding: 0 2; } & Card { display: block; } }
        &.-roomy Aside { margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "coach", "Coach", priority=True),
        Binding("f3", "rewind", "Rewind", priority=True),
        Binding("f4", "contest", "Not what I meant", priority=True),
        Binding("f5", "mark", "Something is happening", priority=True),
        Binding("f6", "urge", "My urge", priority=True),
        Binding("f7", "silence", "Say nothing", priority=True),
        Binding("f8", "pause", "Pause", priority=True),
        Binding("f9", "hint", "Hint", priority=True),
        Binding("pageup", "scroll(-1)", "Scroll up", priority=True),
        Binding("pagedown", "scroll(1)", "Scroll down", priority=True),
        Binding("ctrl+l", "patients", "Back to the patients", priority=True),
        Binding("escape", "quiet", "Close what is said below", show=False),
        Binding("enter", "go_on", "Go on", show=False),
    ]

    def __init__(self, talk: Talk, settings: Callable[[], Settings]) -> None:
        super().__init__()
        self.talk = talk
        self.settings = settings
        self._composer = Composer(placeholder="Your words to the patient")
        self._completed = False
        """Whether the last key completed a line, and so did its work."""
        self._waiting_to_write: Timer | None = None
        scenario = talk.play.scenario
        self.heading = (one_line(f"{scenario.patient.name} · {short_setting(scenario)}"), self._where())

    def body(self) -> ComposeResult:
        """Transcript, aside and box; the card at the side."""
        with Horizontal(id="room"):
            with Vertical(id="talk"):
                yield Transcript(one_line(self.talk.play.scenario.patient.called))
                yield Aside()
                yield self._composer
            yield Card(self.talk.play.scenario)

    def on_mount(self) -> None:
        """Shows what was said so far, and the draft."""
        self.query_one(Transcript).show(entries_of(self.talk.play.live))
        self._composer.keep(self.talk.draft())
        self.app.app_suspend_signal.subscribe(self, self._suspended)
        self.talk.heard()
        self.follow()

    def on_unmount(self) -> None:
        """Nothing typed is lost, however the screen is left."""
        self._write_draft()

    def follow(self) -> None:
        """Heading, keys and box follow the conversation."""
        over = self.talk.play.over
        self.query_one(Heading).say(right=self._where())
        self.query_one(Keys).show(self.keys())
        self._composer.display = not over
        if not over:
            self._composer.focus()

    def keys(self) -> Iterable[KeyRow]:
        """What the two lines say: less in assess mode, and little once it is over."""
        play = self.talk.play
        if play.over:
            return ((("enter", "go on"), ("F3", "rewind"), ("F4", "not what I meant"), ("ctrl+q", "stop")),)
        first = (
            ("enter", "send"),
            ("F5", "something is happening"),
            ("F6", "my urge"),
            ("F7", "say nothing"),
            ("F8", "pause"),
        )
        if play.mode == "assess":
            return (first, (("F4", "not what I meant"), ("F1", "help"), ("ctrl+q", "stop and save")))
        coach = "coach •" if play.coach_has_something else "coach"
        return (
            first,
            (
                ("F2", coach),
                ("F3", "rewind"),
                ("F4", "not what I meant"),
                ("F9", "hint"),
                ("F1", "help"),
                ("ctrl+q", "stop"),
            ),
        )

    def _where(self) -> str:
        play = self.talk.play
        place = "over" if play.over else f"turn {play.session.turn + 1}"
        return f"{play.mode} · {place}"

    # Replying.

    @on(Composer.Sent)
    def _sent(self, event: Composer.Sent) -> None:
        aside = self.query_one(Aside)
        if event.text.strip():
            self.send(event.text)
        elif aside.waits:
            aside.reveal()
        else:
            self.tell("There is nothing to send yet. F7 says nothing on purpose.", "The box is empty")

    @work
    async def send(self, text: str) -> None:
        """Says it to the patient. The box is emptied only once everything is saved."""
        if not self.talk.busy and await self.in_role(text):
            events = await self._answered(self.talk.respond(text))
            if events:
                self._composer.sent(text)
                await self._show(events)

    @work
    async def action_silence(self) -> None:
        """Says nothing, on purpose."""
        if not self.talk.busy and not self.talk.play.over:
            await self._show(await self._answered(self.talk.say_nothing()))

    async def _answered(self, answer: Awaitable[tuple[Event, ...]]) -> tuple[Event, ...]:
        """What followed; nothing where it failed, and then the words stay in the box and the reason is told."""
        try:
            return await answer
        except RoleplayError as error:
            self.tell(f"{error} Your words are still in the box.", "Not sent")
            return ()

    async def _show(self, events: tuple[Event, ...]) -> None:
        """Shows what followed; the patient's line at a reading pace, unless nothing is to move."""
        if not events:
            return
        transcript = self.query_one(Transcript)
        transcript.complete()
        self.query_one(Aside).clear()
        added = transcript.show(entries_of(events))
        self.follow()
        await self._arrive(added)
        self.talk.heard()
        if self.talk.play.over:
            transcript.show([_CLOSED])
        elif spoken := await self.done(self._coach_unasked):
            self.coached(spoken)

    async def _arrive(self, added: list[Utterance]) -> None:
        """The last thing added is the patient's answer; typing goes on meanwhile."""
        settings = self.settings()
        if added and not settings.still and added[-1].has_class("patient"):
            await added[-1].arrive(WORDS_A_SECOND[settings.pace])

    def _coach_unasked(self) -> CoachSpoke | None:
        return self.talk.play.coach(asked=False, coaching=self.settings().coach)

    # Small things.

    @on(Composer.Touched)
    def _touched(self) -> None:
        self.query_one(Transcript).complete()

    def on_key(self) -> None:
        """Any key completes a line that is arriving."""
        self._completed = self.query_one(Transcript).complete()

    def action_quiet(self) -> None:
        """Closes what is said under the conversation."""
        self.query_one(Aside).clear()

    def action_scroll(self, by: int) -> None:
        """Reads back and forth without leaving the box."""
        transcript = self.query_one(Transcript)
        if by < 0:
            transcript.scroll_page_up(animate=False)
        else:
            transcript.scroll_page_down(animate=False)

    def action_go_on(self) -> None:
        """To the debrief, once it is over."""
        if self.talk.play.over and not self._completed:
            self.dismiss(OVER)

    def action_patients(self) -> None:
        """Back to the patients; the conversation stays as it is."""
        self.dismiss(OVER if self.talk.play.over else LEFT)

    def commands(self) -> Iterable[SystemCommand]:
        """What the command palette offers here."""
        yield from super().commands()
        yield SystemCommand("Say nothing", "F7: leave a silence", self.action_silence)
        yield SystemCommand("Back to the patients", "ctrl+l: the conversation is kept", self.action_patients)

    # The draft.

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        self.talk.hold(event.text_area.text)
        if self._waiting_to_write is not None:
            self._waiting_to_write.stop()
        self._waiting_to_write = self.set_timer(DRAFT_AFTER, self._write_draft)

    def _write_draft(self) -> None:
        self.talk.hold(self._composer.text)
        try:
            self.talk.keep()
        except StoreError as error:
            if self.is_attached:
                self.tell(str(error), "Draft not kept")

    def _suspended(self, _app: App[object]) -> None:
        self._write_draft()

    def drop(self) -> None:
        """Empties the box and keeps nothing of it."""
        self._composer.clear()
        self.talk.forget()

    @property
    def farewell(self) -> str:
        """What is said when the program is left from here."""
        name, turn = one_line(self.talk.play.scenario.patient.name), self.talk.play.session.turn + 1
        if self.talk.play.over:
            return f"Your conversation with {name} is kept. The debrief waits in the library, under d."
        return f"Your conversation with {name} is kept at turn {turn}. Start the program again to go on."
