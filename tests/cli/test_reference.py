"""docs/cli.md is made from the commands, and is not stale."""

from pathlib import Path

from roleplay.cli.group import COMMANDS
from roleplay.cli.reference import page

PAGE = Path(__file__).parent.parent.parent / "docs" / "cli.md"


def test_the_page_is_not_stale():
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_every_command_and_option_has_its_words():
    told = page()

    assert all(f"## roleplay {name}\n" in told for name in COMMANDS)
    assert "|  |" not in told
