"""The command that tells an author what to mend."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roleplay.cli.options import json_option
from roleplay.cli.output import print_json, say
from roleplay.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@json_option
@click.pass_context
def check(ctx: click.Context, paths: tuple[str, ...], *, as_json: bool) -> None:
    """Check scenario files and report every problem in every one.

    A PATH is a file, or a folder, which is searched through. One line a sound file on stdout, one line a problem on
    stderr. Exits 1 if there is any problem at all.
    """
    from roleplay.cli.files import named_files

    found = {file: problems(file) for file in named_files(paths, plays=True)}
    if as_json:
        print_json([_record(file, wrong) for file, wrong in found.items()])
        ctx.exit(any(found.values()))
    for file, wrong in found.items():
        if not wrong:
            say(f"{file}: ok")
    if any(found.values()):
        raise ScenarioError(problem for wrong in found.values() for problem in wrong)


def problems(file: Path) -> "Sequence[Problem]":
    """Everything to mend in a scenario file, or in a file of plays."""
    from roleplay.cli.files import holds_plays

    if holds_plays(file):
        return _problems_of_plays(file)
    from roleplay.scenarios.load import problems_of

    return problems_of(file)


def _problems_of_plays(file: Path) -> "Sequence[Problem]":
    from roleplay.engine.plays import plays_in

    try:
        plays_in(file)
    except ScenarioError as error:
        return error.problems
    return ()


def _record(file: Path, wrong: "Sequence[Problem]") -> dict[str, Any]:
    listed = [
        {
            "line": problem.line,
            "column": problem.column,
            "code": problem.code,
            "what": problem.what,
            "cure": problem.cure,
        }
        for problem in wrong
    ]
    return {"file": str(file), "ok": not wrong, "problems": listed}
