"""The command line. What it imports at start is only what `--help` needs."""

import click

from roleplay import __version__
from roleplay.cli.group import Cli
from roleplay.cli.streams import prepare


@click.group(cls=Cli, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="roleplay")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Practise noticing and repairing strains in the alliance, with a simulated patient, offline and in private.

    Without a command the trainer opens: a list of patients, conversations, debriefs.

    stdout is data and stderr is talk. Exit codes: 0 fine, 1 what was checked has problems, 2 wrong use or a missing
    file, 3 the store or a service failed, 130 interrupted, and saved.
    """
    if ctx.invoked_subcommand is None:
        from roleplay.cli.play import play

        ctx.invoke(play)


def main() -> None:
    """What the command `roleplay` runs."""
    prepare()
    cli(prog_name="roleplay")
