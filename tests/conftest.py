"""The shipped patients, read once. They are frozen, so sharing them is safe."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from roleplay.scenarios.load import read_scenario
from roleplay.scenarios.model import Scenario

SCENARIOS = Path(__file__).parent.parent / "scenarios"
SHIPPED = ("good-student", "what-am-i-paying-for", "how-many-left", "enough-now")

# What is tested here is mostly not how well replies are read: the rules are quick and never learn. The trained coder
# has tests of its own.
os.environ["ROLEPLAY_CODER"] = "words"

settings.register_profile(
    "house", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the log, settings or extra patients of whoever runs it."""
    monkeypatch.setenv("ROLEPLAY_STORE", str(tmp_path / "store" / "conversations.db"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("ROLEPLAY_SCENARIOS", raising=False)


@pytest.fixture(scope="session")
def patients() -> dict[str, Scenario]:
    """Every shipped patient, resolved, by id."""
    return {name: read_scenario(SCENARIOS / f"{name}.yaml") for name in SHIPPED}


@pytest.fixture(scope="session")
def mei(patients: dict[str, Scenario]) -> Scenario:
    """Withdrawal."""
    return patients["good-student"]


@pytest.fixture(scope="session")
def marek(patients: dict[str, Scenario]) -> Scenario:
    """Confrontation."""
    return patients["what-am-i-paying-for"]


@pytest.fixture(scope="session")
def priya(patients: dict[str, Scenario]) -> Scenario:
    """Silent dissatisfaction."""
    return patients["how-many-left"]


@pytest.fixture(scope="session")
def control(patients: dict[str, Scenario]) -> Scenario:
    """Nothing to repair."""
    return patients["enough-now"]
