"""Two small sound scenarios, as text and as values: a control and a withdrawal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.scenarios.load import load_text
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.resolve import resolve, stage_models

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="session")
def quiet_hour() -> str:
    """A control with two states."""
    return (GOOD / "quiet-hour.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def one_sheet_more() -> str:
    """A withdrawal of which only the marker stage is written."""
    return (GOOD / "one-sheet-more.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def changed() -> Callable[..., Scenario]:
    """A resolved scenario from a text with some of its words changed."""

    def change(text: str, *changes: tuple[str, str]) -> Scenario:
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        return resolve(load_text(text), stage_models())

    return change
