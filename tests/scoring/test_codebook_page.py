"""The page is made from the codebook, and is not stale."""

from pathlib import Path

from roleplay.scoring.codebook import codebook
from roleplay.scoring.codebook_page import page

PAGE = Path(__file__).parents[2] / "docs" / "codebook.md"


def test_the_codebook_page_is_fresh():
    assert PAGE.read_text("utf-8") == page(codebook()), "run `make docs`"
