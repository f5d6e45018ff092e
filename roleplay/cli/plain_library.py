"""The list of patients on plain lines, and choosing from it."""

from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.cli.plain_debrief import spoken_debrief
from roleplay.cli.plain_lines import Lines, Voice
from roleplay.errors import RoleplayError, UsageError
from roleplay.practice.backstage import Backstage
from roleplay.practice.settings import Settings, changed, write_settings
from roleplay.practice.shelf import Row

if TYPE_CHECKING:
    from roleplay.practice.play import Mode

HOW = "Type a number to begin, /help for everything else, /quit to stop."
HELP = {
    "/resume": ("[NUMBER]", "go on with the conversation that is not finished; with a number, of that patient"),
    "/practice": ("", "the next conversation is in practice mode"),
    "/assess": ("", "the next conversation is in assess mode: nothing helps before the end"),
    "/debrief": ("[NUMBER]", "the last debrief; with a number, of that patient"),
    "/find": ("WORDS", "only the patients in whose description these words are"),
    "/families": ("", "what kind of strain each one brings, which gives it away"),
    "/settings": ("[NAME VALUE]", "what is set, or set it"),
    "/list": ("", "the patients again"),
    "/help": ("", "this"),
    "/quit": ("", "stop"),
}
"""Command to what it takes and what it does."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: a patient to begin with, or a conversation to go on with."""

    path: Path | None = None
    resume: str = ""
    left: str = ""
    """The patient's number, where a conversation with this patient is open and another begins."""


@dataclass
class Library:
    """The patients, and the trainee choosing. `settings` and `mode` may be changed on the way."""

    backstage: Backstage
    voice: Voice
    lines: Lines
    settings: Settings
    trainee: str
    mode: "Mode"
    families: bool = False
    rows: tuple[Row, ...] = ()
    unfinished: Row | None = None

    def choose(self) -> Choice | None:
        """What the trainee chooses; None when they stop, or no line is left."""
        self.show()
        while (line := self.lines.line()) is not None:
            try:
                choice = self._taken(line.strip())
            except RoleplayError as error:
                self.voice.say(str(error))
                continue
            if choice == Choice():
                return None
            if choice is not None:
                return choice
        return None

    def show(self, words: str = "") -> None:
        """The unfinished conversation, the numbered patients and broken files, and what can be typed."""
        shelf = self.backstage.shelf(self.trainee)
        self.rows = tuple(row for row in shelf.rows if row.kind == "patient" and row.matches(words))
        self.unfinished = next((row for row in shelf.rows if row.kind == "resume"), None)
        if shelf.problem:
            self.voice.say(shelf.problem)
        if self.unfinished:
            self.voice.say(f"{self.unfinished.what} ({self.unfinished.state}) /resume goes on.")
        self.voice.say(f"Patients · {self.mode} mode" if self.rows else "No patient is found here.")
        for number, row in enumerate(self.rows, 1):
            self.voice.say(f"{number}. {self._told(row)}")
        for row in shelf.rows:
            if row.kind == "broken":
                self.voice.say(f"{row.who} {row.state}: {row.what}")
        self.voice.say(HOW)

    def _told(self, row: Row) -> str:
        age = "" if row.age is None else f", {row.age}"
        parts = [f"{row.who}{age}: {row.what}", f"difficulty {row.difficulty} of 5", row.state]
        if self.families:
            parts.append(row.family)
        if row.content:
            parts.append(f"contains: {row.content}")
        return " · ".join(parts)

    def _taken(self, line: str) -> Choice | None:
        """What a line does: a choice, an empty choice to stop, or nothing but words."""
        name, _, words = line.partition(" ")
        match name:
            case "":
                self.voice.say(HOW)
            case "/quit":
                return Choice()
            case "/resume":
                return self._resumed(words.strip())
            case _ if name in HELP:
                self._obeyed(name, words.strip())
            case _:
                return self._patient(line)
        return None

    def _obeyed(self, name: str, words: str) -> None:
        """What a command does that chooses nothing."""
        match name:
            case "/practice" | "/assess":
                self.mode = "assess" if name == "/assess" else "practice"
                self.voice.say(f"The next conversation is in {self.mode} mode.")
            case "/debrief":
                self._debrief(words)
            case "/find" | "/list":
                self.show(words)
            case "/families":
                self.families = not self.families
                self.show()
            case "/settings":
                self._set(words)
            case "/help":
                self.voice.say("NUMBER: begin with that patient")
                for each, (takes, does) in HELP.items():
                    self.voice.say(f"{f'{each} {takes}'.rstrip()}: {does}")

    def _patient(self, line: str) -> Choice:
        """The patient of a number or an id.

        Raises:
            UsageError: There is none.
        """
        if line.startswith("/"):
            near = get_close_matches(line.split()[0], HELP, n=1)
            raise UsageError(f"There is no {line} here.{f' Did you mean {near[0]}?' if near else ''} {HOW}")
        if line.isascii() and line.isdigit():
            row = self._row(line)
            return Choice(path=row.path, left=line if row.open else "")
        from roleplay.scenarios.library import find

        return Choice(path=find(line))

    def _row(self, number: str) -> Row:
        if not (number.isascii() and number.isdigit()) or not 0 < int(number) <= len(self.rows):
            raise UsageError(f"There is no patient {number}. The numbers go from 1 to {len(self.rows)}.")
        return self.rows[int(number) - 1]

    def _resumed(self, number: str) -> Choice:
        """The newest conversation that is open, or the one with the patient of this number.

        Raises:
            UsageError: There is none.
        """
        if number and not self._row(number).open:
            raise UsageError(f"There is nothing open with patient {number}. The number alone begins.")
        if number:
            return Choice(resume=self._row(number).open)
        if self.unfinished is None:
            raise UsageError("Every conversation is finished. Type a number to begin another.")
        return Choice(resume=self.unfinished.open)

    def _debrief(self, number: str) -> None:
        """The last debrief, or that of one patient."""
        rows = [self._row(number)] if number else self.rows
        ended = max((row.ended for row in rows if row.ended), default="")
        if not ended:
            raise UsageError("There is no finished conversation to debrief yet.")
        play = self.backstage.resume(ended)
        if play.reread_due:
            from roleplay.cli.plain_reread import reread

            if not reread(play, self.lines, self.voice):
                return
        report = self.backstage.report(play)
        self.voice.read_out(spoken_debrief(report))

    def _set(self, words: str) -> None:
        """Shows what is set, or sets and saves one of it."""
        name, _, text = words.partition(" ")
        if words:
            switches: dict[str, object] = {"true": True, "false": False}
            self.settings = changed(self.settings, name, switches.get(text.strip().lower(), text.strip()))
            write_settings(self.settings)
            if name == "trainee":
                self.trainee = self.settings.trainee
        for each, value in asdict(self.settings).items():
            self.voice.say(f"{each}: {value}")
