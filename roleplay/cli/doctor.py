"""The command that says how the installation is doing, without a word of any conversation."""

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay import __version__
from roleplay.cli.options import json_option, store_option
from roleplay.cli.output import print_json, print_table
from roleplay.cli.streams import is_terminal
from roleplay.errors import RoleplayError

if TYPE_CHECKING:
    from roleplay.scenarios.library import Library

PACKAGES = (
    "click", "networkx", "numpy", "onnxruntime", "peewee", "platformdirs", "pydantic", "PyYAML", "rich", "textual",
    "tokenizers",
)  # fmt: skip

Found = tuple[str, str]


@click.command()
@store_option
@json_option
@click.pass_context
def doctor(ctx: click.Context, store: str | None, *, as_json: bool) -> None:
    """Say how this installation is doing.

    Which versions run, where things are kept, and what is wrong with any of it. Nothing of what was said in a
    conversation is shown. Exits 3 when the store cannot be used, 1 when a patient's file has problems.
    """
    found = [*_program(), *_reading(), *_places()]
    of_store, store_failed = _store(store)
    of_library, library_failed = _library()
    found += [*of_store, *of_library]
    if as_json:
        print_json(dict(found))
    else:
        print_table(found)
    ctx.exit(3 if store_failed else 1 if library_failed else 0)


def _program() -> Iterator[Found]:
    yield "roleplay", __version__
    yield "python", f"{platform.python_version()} on {platform.system()}"
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "missing; install the program again"


def _reading() -> Iterator[Found]:
    """Which coder reads the replies, and why where it is not the trained one."""
    from roleplay.scoring.coding import Heard
    from roleplay.scoring.reader import reader

    try:
        found = reader()
    except RoleplayError as error:
        yield "coder", str(error)
        return
    yield "coder", f"{found.coder('', Heard()).version}. {found.because}".removesuffix(". ")


def _places() -> Iterator[Found]:
    from roleplay.practice.settings import read_settings, settings_file

    ends = {name: is_terminal(stream) for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout))}
    elsewhere = " and ".join(name for name, there in ends.items() if not there)
    yield "terminal", f"not at {elsewhere}, so the trainer goes line by line" if elsewhere else "yes"
    yield "encoding", str(sys.stdout.encoding)
    yield "settings", read_settings().problem or f"{settings_file()}"
    yield "second opinion", _judge()


def _judge() -> str:
    """Which model is asked for second opinions, and where; never the key."""
    from roleplay.practice.judge_file import agreed, endpoint, judge_file, open_to_others

    try:
        chosen = endpoint()
        if chosen is None:
            return "off"
        known = "agreed to" if agreed(chosen) else "not agreed to yet, so it is asked first"
    except RoleplayError as error:
        return str(error)
    missing = "" if find_spec("httpx2") else "; a package is missing: pip install 'alliance-roleplay[llm]'"
    others = f"; others can read {judge_file()}: chmod 600" if open_to_others() else ""
    return f"{chosen.model} at {chosen.host}; sending is {known}{missing}{others}"


def _store(where: str | None) -> tuple[list[Found], bool]:
    """What is known of the store, and whether it failed. A store that is not there yet is fine, and is not made."""
    from roleplay.store.location import File, located
    from roleplay.store.store import Store

    try:
        place = located(where)
        found = [("store", str(place))]
        if isinstance(place, File):
            if not place.path.exists():
                return [*found, ("conversations", "none yet; the first one makes the store")], False
            found.append(("permissions", _permissions(place.path)))
        with Store.open(where, create=False) as opened:
            conversations = opened.conversations()
    except RoleplayError as error:
        return [("store", str(error))], True
    unfinished = sum(not one.ended for one in conversations)
    broken = sum(bool(one.problem) for one in conversations)
    counted = f"{len(conversations)}, {unfinished} of them open" + (f", {broken} cannot be read" if broken else "")
    return [*found, ("conversations", counted)], False


def _permissions(path: Path) -> str:
    mode = path.stat().st_mode & 0o777
    others = "; others can read it: chmod 600" if mode & 0o077 and platform.system() != "Windows" else ""
    return f"{mode:04o}{others}"


def _library() -> tuple[list[Found], bool]:
    """Where patients come from, how many there are, and whether any has problems."""
    from roleplay.scenarios.library import library, library_folder, scenario_files
    from roleplay.scenarios.load import problems_of

    folder = ("patients in", str(library_folder()))
    try:
        found: Library = library()
        wrong = [file for file in scenario_files() if problems_of(file)]
    except RoleplayError as error:
        return [folder, ("patients", str(error))], True
    counted = f"{len(found.heads)}" if not wrong else f"{len(found.heads)}; to mend: {', '.join(map(str, wrong))}"
    return [folder, ("patients", counted)], bool(wrong)
