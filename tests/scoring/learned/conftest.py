"""The trained coder with the program's own weights, opened once; it holds nothing of what it reads."""

import pytest

from roleplay.scoring.learned.coder import TrainedCoder


@pytest.fixture(scope="session")
def trained() -> TrainedCoder:
    """The coder that comes with the program."""
    return TrainedCoder.open()
