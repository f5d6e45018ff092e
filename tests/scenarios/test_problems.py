"""The catalogue of codes and its page."""

import re
from pathlib import Path

import pytest

from roleplay.errors import UsageError
from roleplay.scenarios.problems import catalogue, explain, page

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date():
    assert (ROOT / "docs" / "problems.md").read_text("utf-8") == page()


def test_every_code_in_the_program_is_in_the_catalogue_and_the_other_way_round():
    sources = (ROOT / "roleplay" / "scenarios").glob("*.py")
    used = {code for path in sources for code in re.findall(r'"(SC\d{3})"', path.read_text("utf-8"))}

    assert used == catalogue().keys()


def test_codes_are_counted_without_gaps():
    assert list(catalogue()) == [f"SC{number:03}" for number in range(1, len(catalogue()) + 1)]


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_each_entry_shows_a_broken_and_a_different_mended_form(entry):
    assert entry.broken.strip() != entry.mended.strip()
    assert entry.explanation.endswith(".")


def test_a_code_can_be_looked_up_in_small_letters():
    assert explain("sc005").title == "A key is written twice"


def test_an_unknown_code_is_wrong_use():
    with pytest.raises(UsageError, match="There is no problem `SC999`"):
        explain("SC999")
