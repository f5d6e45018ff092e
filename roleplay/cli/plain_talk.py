"""A conversation on plain lines: what is said to the patient, and what comes back."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roleplay.cli.plain_lines import Lines, Voice
from roleplay.cli.transcript import SILENCE, spoken
from roleplay.engine.events import CoachSpoke, Event, PatientSpoke, SessionEnded
from roleplay.errors import StoreError
from roleplay.practice.own_risk import speaks_of_own_risk
from roleplay.practice.play import Play
from roleplay.practice.settings import Settings

if TYPE_CHECKING:
    from roleplay.debrief.report import Report

NOT_KEPT = "Nothing of that line was sent or kept."
IN_ROLE = "If it was a line in role, /send says it to the patient."
ASIDE = frozenset({"quit", "exit", "stop", "help", "q"})
"""Words that, alone on a line, are more likely meant for the program than for the patient."""


@dataclass
class Talk:
    """One conversation and the trainee on the other end of the lines."""

    play: Play
    voice: Voice
    lines: Lines
    settings: Settings
    report: "Callable[[Play], Report]"
    """Makes the debrief of a conversation."""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    held: str = ""
    """A line that was not sent; `/send` sends it."""
    coach: CoachSpoke | None = None
    """What the coach said unasked, and has not been looked at."""
    leaving: bool = False
    to_library: bool = False
    heard_at: float | None = field(default=None, init=False)
    """When the patient's last line was shown."""

    @property
    def called(self) -> str:
        """How the transcript calls the patient."""
        return self.play.scenario.patient.called

    def respond(self, text: str) -> None:
        """Says `text` to the patient. What follows is saved before it is shown.

        Raises:
            StoreError: It could not be saved, so it was not said; the words are shown again and held for `/send`.
        """
        try:
            events = self.play.respond(text, seconds=self._seconds())
        except StoreError:
            self.held = text
            self.voice.say(f"Not saved, and so not said: {text}")
            raise
        self.hear(events)

    def say_nothing(self) -> None:
        """Leaves a silence."""
        events = self.play.say_nothing(seconds=self._seconds())
        self.voice.say(SILENCE)
        self.hear(events)

    def hear(self, events: Iterable[Event]) -> None:
        """Shows what the patient says, and the coach's question where the coach speaks unasked, never at the end."""
        for event in events:
            if isinstance(event, PatientSpoke | SessionEnded):
                self.show(event)
        self.coach = None if self.play.over else self.play.coach(asked=False, coaching=self.settings.coach)
        if self.coach is not None:
            self.voice.say(f"Coach: {self.coach.question} (/coach says more.)")
        self.heard_at = self.clock()

    def show(self, event: PatientSpoke | SessionEnded) -> None:
        """One line of the patient with its cue."""
        for line in spoken(self.called, event):
            self.voice.say(line)

    def show_waiting(self) -> None:
        """The line that waits for an answer."""
        if self.play.session.line is not None:
            self.show(self.play.session.line)
        self.heard_at = self.clock()

    def own_risk(self, line: str) -> bool:
        """Whether the line may be about the trainee's own safety; then it steps out of role, and holds the line."""
        if not speaks_of_own_risk(line):
            return False
        self.held = "" if self.play.over else line
        self.voice.say("Stepping out of the role-play for a moment.")
        self.voice.say(self.settings.support_text)
        self.voice.say(f"{NOT_KEPT} {IN_ROLE}" if self.held else NOT_KEPT)
        return True

    def meant_for_the_program(self, line: str) -> bool:
        """Whether the line is nothing but a word such as "quit"; then it is held, and what does it is told."""
        if line.strip(" .!?").lower() not in ASIDE:
            return False
        self.held = line
        self.voice.say(f"Not sent: “{line}”. /quit stops and saves, /help shows the rest, /send says it in role.")
        return True

    def _seconds(self) -> float | None:
        """How long the reply took; None where nobody types."""
        if not self.lines.person or self.heard_at is None:
            return None
        return round(self.clock() - self.heard_at, 1)
