"""The commands of a conversation on plain lines: `/mark`, `/urge`, `/rewind` and the others, in one table."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from roleplay.cli import plain_acts as acts
from roleplay.cli.plain_acts import WrongWords
from roleplay.cli.plain_talk import Talk
from roleplay.errors import UsageError


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it takes, what it does, and when it can be given."""

    name: str
    takes: str
    does: str
    run: Callable[[Talk, str], None]
    when: Literal["talk", "over", "always"] = "always"

    @property
    def usage(self) -> str:
        """How it is typed."""
        return f"/{self.name} {self.takes}".rstrip()


def help_(talk: Talk, words: str) -> None:  # noqa: ARG001, what else is typed does not matter to somebody who asks
    """What can be said here."""
    if talk.play.over:
        talk.voice.say("The conversation is over. These can be given now:")
    else:
        talk.voice.say("A line is a reply, unless it begins with /. For a reply that does, begin with //.")
        talk.voice.say("A backslash at the end of a line goes on with the same reply on the next.")
    for command in possible(talk):
        talk.voice.say(f"{command.usage}: {command.does}")


COMMANDS = (
    Command(
        "mark", "[withdrawal|confrontation|hidden|mixed] [WORDS]", "something is happening here", acts.mark, "talk"
    ),
    Command("urge", "WORD", "name your own pull before you reply; private", acts.urge, "talk"),
    Command("silence", "", "say nothing for a while", acts.silence, "talk"),
    Command("pause", "[20|60|180]", "a mindful pause of so many seconds", acts.pause, "talk"),
    Command("hint", "", "a nudge; in practice mode only", acts.hint, "talk"),
    Command("coach", "", "one thing about the last exchange", acts.coach),
    Command("contest", "[TURN] WHAT I MEANT", "that is not what I meant by that reply", acts.contest),
    Command("rewind", "[TURN]", "go back to before that reply, by default the last, and try again", acts.rewind),
    Command("models", "[TURN]", "other replies to the same line, once you have tried twice", acts.models),
    Command("card", "", "who the patient is, and the briefing", acts.card),
    Command("rate", "[QUESTION 0..10]", "three questions about yourself; private", acts.rate),
    Command("transcript", "", "the conversation so far", acts.read_back),
    Command("send", "", "say the line that was held back", acts.send, "talk"),
    Command("debrief", "", "the debrief again", acts.debrief, "over"),
    Command("show", "curve|path|numbers|replies|all", "what the debrief does not show by itself", acts.show, "over"),
    Command("export", "html|markdown|json|terminal FILE", "the debrief as a file", acts.export, "over"),
    Command("library", "", "the list of patients", acts.library, "over"),
    Command("help", "", "this", help_),
    Command("quit", "", "stop; everything is saved", acts.leave),
)
NAMES = frozenset(command.name for command in COMMANDS)


def possible(talk: Talk) -> list[Command]:
    """The commands that can be given now."""
    return [one for one in COMMANDS if one.when in ("always", "over" if talk.play.over else "talk")]


def obey(talk: Talk, line: str) -> None:
    """Does what a line that begins with a slash says.

    Raises:
        UsageError: There is no such command now, or it does not take these words. Nothing typed is lost: the line of
            an unknown command is shown again, and held for `/send`.
    """
    name, _, words = line.removeprefix("/").partition(" ")
    command = next((one for one in possible(talk) if one.name == name), None)
    if command is None:
        raise _unknown(talk, name, line)
    try:
        command.run(talk, words.strip())
    except WrongWords as error:
        raise UsageError(f"{error} It takes: {command.usage}") from error


def _unknown(talk: Talk, name: str, line: str) -> UsageError:
    if name in NAMES:
        when = "once the conversation is over" if not talk.play.over else "while the conversation goes on"
        return UsageError(f"/{name} can be given {when}. /help lists what can be given now.")
    near = get_close_matches(name.lower(), [one.name for one in possible(talk)], n=1)
    meant = f" Did you mean /{near[0]}?" if near else ""
    held = ""
    if not talk.play.over:
        talk.held = line
        held = f" Not sent: “{line}”. If it is a reply, /send says it."
    return UsageError(f"There is no command /{name}.{meant}{held} /help lists them.")
