"""The whole trainer, line by line: for screen readers, braille, pipes, scripts and tests."""

import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from roleplay.cli.group import INTERRUPTED
from roleplay.cli.plain_briefing import briefing
from roleplay.cli.plain_commands import obey
from roleplay.cli.plain_debrief import spoken_debrief
from roleplay.cli.plain_library import Choice, Library
from roleplay.cli.plain_lines import Lines, Voice
from roleplay.cli.plain_reread import reread
from roleplay.cli.plain_talk import Talk
from roleplay.errors import StoreError, UsageError
from roleplay.practice.backstage import Backstage
from roleplay.practice.play import Mode, Play
from roleplay.practice.settings import Settings, read_settings
from roleplay.scenarios.library import find
from roleplay.scenarios.load import read_scenario

if TYPE_CHECKING:
    from roleplay.scenarios.model import Scenario
    from roleplay.scoring.coding import Coder

START = "Type what you would say. /help shows what else there is."
BLANK = "An empty line does nothing. /silence leaves a silence; /help shows everything."
SAVED = "Saved, and open. The next start offers to go on from here."
STOPPED = "Stopped. Everything that was said is saved; the next start offers to go on from there."
HOW_ARE_YOU = "First: how are you after that? One line, for you only; an empty line skips it."
AFTER = (
    "/rewind NUMBER to try that reply again, /models NUMBER, /show curve, path or numbers, /export html FILE, "
    "/library, /quit. /help shows all."
)
BEGIN = "To begin: `roleplay play SCENARIO`, where `roleplay list` names the patients."


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    store: str | None = None
    scenario: str | None = None
    mode: Mode = "practice"
    seed: int | None = None
    trainee: str | None = None
    group: str = ""


@dataclass
class Trainer:
    """Library, briefing, conversation, debrief, one after the other, on lines."""

    wishes: Wishes
    lines: Lines
    voice: Voice
    backstage: Backstage
    settings: Settings
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    @property
    def trainee(self) -> str:
        """The pseudonym that conversations carry."""
        return self.wishes.trainee or self.settings.trainee

    def run(self) -> int:
        """Until the trainee stops or no line is left; gives the exit code."""
        try:
            if self.wishes.scenario is not None:
                scenario = read_scenario(find(self.wishes.scenario))
                self._mention_unfinished(scenario.id)
                if not self._held(self._begun(scenario, self.wishes.mode)):
                    return 0
            self._from_library()
        except KeyboardInterrupt:
            self.voice.say(f"\n{STOPPED}")
            return INTERRUPTED
        return 0

    def _from_library(self) -> None:
        while True:
            library = Library(
                self.backstage, self.voice, self.lines, self.settings, self.trainee, self.wishes.mode
            )  # fmt: skip
            choice = library.choose()
            self.settings = library.settings
            if choice is None:
                if self.lines.over:
                    self.voice.say(BEGIN)
                return
            if not self._held(self._chosen(choice, library.mode)):
                return

    def _chosen(self, choice: Choice, mode: Mode) -> Talk:
        if choice.path is not None:
            if choice.left:
                self.voice.say(
                    f"A conversation with this patient is not finished. /resume {choice.left} goes on with it."
                )
            return self._begun(read_scenario(choice.path), mode)
        talk = self._talk(self.backstage.resume(choice.resume))
        said = "1 reply" if talk.play.session.turn == 1 else f"{talk.play.session.turn} replies"
        self.voice.say(f"Going on with {talk.called}, after {said}. /transcript reads it, /card tells who it is.")
        talk.show_waiting()
        return talk

    def _begun(self, scenario: "Scenario", mode: Mode) -> Talk:
        """Briefing, then the patient's first line, which is saved before it is shown."""
        for line in briefing(scenario):
            self.voice.say(line)
        if mode == "assess":
            self.voice.say("Assess mode: no hints, no coach and no going back before the end.")
        self.voice.say(START)
        self.voice.say()
        seed = secrets.randbelow(2**31) if self.wishes.seed is None else self.wishes.seed
        play = self.backstage.begin(scenario, seed=seed, mode=mode, trainee=self.trainee, group=self.wishes.group)
        talk = self._talk(play)
        talk.show_waiting()
        return talk

    def _talk(self, play: Play) -> Talk:
        if self.backstage.coder_notice:
            self.voice.say(self.backstage.coder_notice)
        return Talk(play, self.voice, self.lines, self.settings, self.backstage.report, self.clock, self.sleep)

    def _mention_unfinished(self, scenario: str) -> None:
        left = [one for one in self.backstage.store().open_conversations() if one.scenario == scenario]
        if any(one.trainee == self.trainee for one in left):
            self.voice.say(
                "A conversation with this patient is not finished. To go on with it, start without naming the patient, "
                "and type /resume with the patient's number."
            )

    def _held(self, talk: Talk) -> bool:
        """The conversation until it is left; whether the trainee goes back to the library."""
        blank_told = False
        while not talk.leaving:
            if talk.play.over:
                return self._ended(talk)
            line = self.lines.joined()
            if line is None:
                break
            if line.strip():
                take(talk, line)
            elif not blank_told:
                self.voice.say(BLANK)
                blank_told = True
        self.voice.say(SAVED)
        return False

    def _ended(self, talk: Talk) -> bool:
        """What comes after an ending; whether the trainee goes back to the library."""
        self.voice.say("\nThe conversation is over.\n")
        first = self._how_are_you(talk)
        if talk.play.reread_due:
            if not reread(talk.play, self.lines, self.voice, first):
                return False
            first = None
        self.voice.read_out(spoken_debrief(self.backstage.report(talk.play)))
        self.voice.say()
        return self._after(talk, first)

    def _how_are_you(self, talk: Talk) -> str | None:
        """Asks, and saves an answer; a command instead is given back, to be obeyed later."""
        if self.lines.over:
            return None
        self.voice.say(HOW_ARE_YOU)
        line = self.lines.line()
        if line is None or line.startswith("/"):
            return line
        if line.strip() and not talk.own_risk(line):
            talk.play.rate("how_are_you", text=line.strip())
        return None

    def _after(self, talk: Talk, first: str | None) -> bool:
        """Commands after the debrief, until the trainee leaves, goes back to the library or tries again."""
        if first is None and self.lines.over:
            return False
        self.voice.say(AFTER)
        while True:
            line, first = self.lines.joined() if first is None else first, None
            if line is None:
                return False
            if line.strip():
                take(talk, line)
            if talk.leaving or talk.to_library:
                return talk.to_library
            if not talk.play.over:
                return self._held(talk)


def take(talk: Talk, line: str) -> None:
    """One line of the trainee: a command or a reply.

    Raises:
        StoreError: It could not be saved, and nobody is there who could mend that and try again.
    """
    try:
        if line.strip() != "/send" and talk.own_risk(line):
            return
        if line.startswith("/") and not line.startswith("//"):
            obey(talk, line)
        elif talk.play.over:
            talk.voice.say(f"The conversation is over. {AFTER}")
        elif not talk.meant_for_the_program(line):
            talk.respond(line.removeprefix("/"))
    except UsageError as error:
        talk.voice.say(str(error))
    except StoreError as error:
        if not talk.lines.person:
            raise
        talk.voice.say(f"{error} /send tries again.")


def run_plain(
    wishes: Wishes, lines: Lines | None = None, out: IO[str] | None = None, coder: "Coder | None" = None
) -> int:
    """The trainer on lines; by default those of stdin and stdout. Gives the exit code: 0, or 130 when interrupted.

    Raises:
        RoleplayError: The scenario or the store cannot be used.
    """
    voice = Voice(out or sys.stdout)
    found = read_settings()
    if found.problem:
        voice.say(found.problem)
    backstage = Backstage(wishes.store, coder)
    try:
        return Trainer(wishes, lines or Lines.of_stdin(), voice, backstage, found.settings).run()
    finally:
        backstage.close()


def run_script(wishes: Wishes, script: Path) -> int:
    """The trainer on the lines of a file, each repeated in the output.

    Raises:
        UsageError: The file cannot be read.
        RoleplayError: The scenario or the store cannot be used.
    """
    try:
        stream = script.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UsageError(f"The script `{script}` cannot be read ({error.strerror}).") from error
    with stream:
        return run_plain(wishes, Lines.of_stream(stream, echo=Voice(sys.stdout)))
