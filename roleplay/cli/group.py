"""The group of commands: each is imported when it is asked for, and errors become exit codes in one place."""

import sys
from importlib import import_module
from typing import Any

import click

from roleplay.cli.streams import abandon, flush
from roleplay.errors import RoleplayError, unknown

INTERRUPTED = 130
STORE_FAILED = 3

COMMANDS = {
    "play": "play:play",
    "list": "scenarios:list_command",
    "check": "check:check",
    "graph": "scenarios:graph",
    "test": "plays:test",
    "score": "score:score",
    "codebook": "codebook:codebook_command",
    "rescore": "rescore:rescore",
    "sessions": "log:sessions",
    "debrief": "debrief:debrief",
    "replay": "debrief:replay",
    "export": "interchange:export",
    "import": "interchange:import_command",
    "delete": "log:delete",
    "doctor": "doctor:doctor",
}
"""Where each command is defined, in the order of the help. Those modules import nothing heavy themselves."""


class Cli(click.Group):
    """Imports commands late, and turns every error into plain lines on stderr and its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"roleplay.cli.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command where there is none of this name."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise unknown("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **more: Any) -> Any:
        """As click does; a failure to write is told here too, since help is printed before any command runs."""
        try:
            return super().main(*args, **more)
        except OSError as error:
            # A full disk behind stdout, for instance: what went wrong is outside this program.
            abandon(sys.stdout)
            _tell(f"Reading or writing failed: {error.strerror or error}. What was saved before that is safe.")
            sys.exit(STORE_FAILED)

    def invoke(self, ctx: click.Context) -> None:
        """Runs the command. Results are not returned: commands print, and errors decide how the process exits."""
        try:
            super().invoke(ctx)
            flush()
        except RoleplayError as error:
            flush()
            _tell(str(error))
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            abandon(sys.stdout)
            ctx.exit(0)
        except (KeyboardInterrupt, click.Abort):
            _tell("Stopped.")
            ctx.exit(INTERRUPTED)


def _tell(text: str) -> None:
    """On stderr; where that cannot be written either, the exit code alone has to tell."""
    from roleplay.cli.output import say

    try:
        say(text, err=True)
    except OSError:
        abandon(sys.stderr)
