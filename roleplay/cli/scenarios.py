"""Commands about patients: which there are, and how they may move."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from roleplay.cli.options import json_option
from roleplay.cli.output import print_json, print_table, print_text, say

if TYPE_CHECKING:
    from roleplay.scenarios.library import Head

FORMATS = ("tree", "mermaid", "dot")


@click.command("list")
@json_option
@click.option("--families", is_flag=True, help="Show what kind of strain each patient brings, which gives it away.")
def list_command(*, as_json: bool, families: bool) -> None:
    """List the patients.

    Files that are no scenarios are named on stderr.
    """
    from roleplay.scenarios.library import library

    found = library()
    if as_json:
        print_json([_record(head, families=families) for head in found.heads])
    elif found.heads:
        print_table([_row(head, families=families) for head in found.heads])
    else:
        click.echo("There are no patients. ROLEPLAY_SCENARIOS can name a folder with scenario files.", err=True)
    for problem in found.problems:
        say(str(problem), err=True)


def _record(head: "Head", *, families: bool) -> dict[str, Any]:
    record = asdict(head) | {"content": list(head.content), "path": str(head.path)}
    if not families:
        del record["family"]
    return record


def _row(head: "Head", *, families: bool) -> tuple[str, ...]:
    contains = f" · contains: {', '.join(head.content)}" if head.content else ""
    family = (head.family,) if families else ()
    return (
        head.id,
        f"{head.patient}, {head.age}",
        f"{head.difficulty} of 5",
        *family,
        f"{head.title} · {head.setting}{contains}",
    )


@click.command()
@click.argument("scenario")
@click.option("--format", "form", type=click.Choice(FORMATS), default="tree", show_default=True, help="How to draw it.")
def graph(scenario: str, form: str) -> None:
    """Draw the ways through SCENARIO, an id or a file.

    This gives away what a trainee should find out.
    """
    from roleplay.scenarios.graph import as_dot, as_mermaid, as_tree
    from roleplay.scenarios.library import find
    from roleplay.scenarios.load import read_scenario

    draw = {"tree": as_tree, "mermaid": as_mermaid, "dot": as_dot}[form]
    print_text(draw(read_scenario(find(scenario))))
