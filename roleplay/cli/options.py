"""Options and arguments that several commands share."""

from pathlib import Path

import click

store_option = click.option(
    "--store",
    metavar="PATH|URL",
    help="Where conversations are kept: a file, or postgresql://... Otherwise $ROLEPLAY_STORE, or your data folder.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
output_option = click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, which only you can read, instead of stdout.",
)
