"""The command that opens the trainer: as screens, or line by line."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.options import store_option
from roleplay.cli.streams import in_terminal

if TYPE_CHECKING:
    from roleplay.practice.play import Mode

LINE_BY_LINE = "There is no terminal here, so the trainer goes line by line. `roleplay play --help` tells more."


@click.command()
@click.argument("scenario", required=False)
@click.option(
    "--mode",
    type=click.Choice(("practice", "assess")),
    default="practice",
    show_default=True,
    help="In assess mode nothing helps before the end.",
)
@click.option("--seed", type=int, help="Decides when the strain comes and which lines are said. Drawn if not given.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, braille and pipes.")
@click.option("--script", type=click.Path(path_type=Path), help="Line by line, with the lines of this file.")
@click.option(
    "--trainee", metavar="NAME", help="The pseudonym that the conversation carries. By default as in settings."
)
@click.option("--group", metavar="NAME", default="", help="The group that the conversation belongs to.")
@store_option
@click.pass_context
def play(
    ctx: click.Context,
    scenario: str | None,
    mode: "Mode",
    seed: int | None,
    script: Path | None,
    trainee: str | None,
    group: str,
    store: str | None,
    *,
    plain: bool,
) -> None:
    """Talk with a patient.

    SCENARIO is an id from `roleplay list` or a file; without it the library opens.

    Line by line, a line is a reply unless it begins with `/` (`//` for a reply that does), a backslash at its end goes
    on with the same reply, and /help shows the commands. At the end of a script, or of stdin, the conversation is
    saved, open, and the exit code is 0.
    """
    if script is None and not plain and in_terminal():
        from roleplay.tui.app import run_app

        ctx.exit(run_app(store, mode=mode, seed=seed, trainee=trainee, group=group, scenario=scenario))
    from roleplay.cli.plain import Wishes, run_plain, run_script

    wishes = Wishes(store, scenario, mode, seed, trainee, group)
    if script is not None:
        ctx.exit(run_script(wishes, script))
    if not plain:
        click.echo(LINE_BY_LINE, err=True)
    ctx.exit(run_plain(wishes))
