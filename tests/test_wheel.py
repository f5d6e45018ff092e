"""Patients and weights travel in the wheel: an installed program needs no checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST = 60_000_000
"""Bytes that a wheel may have; package indexes take 100 MB."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked into a folder of its own."""
    place = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(place), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = place.glob("alliance_roleplay-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(place / "site"), str(wheel)], check=True)
    return place / "site"


def ran(
    installed: Path, cwd: Path, *arguments: str, stdin: str = "", coder: str = "words"
) -> subprocess.CompletedProcess[str]:
    """`python -m roleplay` from the unpacked wheel, with no checkout in sight."""
    own = {"PYTHONPATH": str(installed), "ROLEPLAY_STORE": str(cwd / "store.db"), "ROLEPLAY_CODER": coder}
    environment = {**os.environ, **own}
    command = [sys.executable, "-P", "-m", "roleplay", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, input=stdin, text=True, capture_output=True, check=False)


def test_the_installed_program_knows_its_patients(installed: Path, tmp_path: Path):
    listed = ran(installed, tmp_path, "list", "--json")

    ids = {entry["id"] for entry in json.loads(listed.stdout)}
    assert {"good-student", "what-am-i-paying-for", "how-many-left", "enough-now"} <= ids


def test_the_installed_program_plays(installed: Path, tmp_path: Path):
    play = ("play", "good-student", "--plain", "--seed", "1")
    played = ran(installed, tmp_path, *play, stdin="Hello, how was the week?\n")

    assert played.returncode == 0, played.stderr
    assert played.stdout.count("Mei Lin:") >= 2
    ran_again = ran(installed, tmp_path, "sessions", "--json")
    assert len(json.loads(ran_again.stdout)) == 1


def test_no_plays_and_no_tests_are_mistaken_for_patients(installed: Path):
    library = installed / "roleplay" / "scenarios" / "library"

    assert (library / "good-student.yaml").exists()
    assert (library / "plays" / "good-student.yaml").exists()


def test_the_wheel_stays_small_enough_to_fetch(installed: Path):
    (wheel,) = installed.parent.glob("alliance_roleplay-*.whl")

    assert wheel.stat().st_size < MOST


def test_the_wheel_holds_the_weights_and_the_installed_program_reads_with_them(installed: Path, tmp_path: Path):
    weights = installed / "roleplay" / "scoring" / "learned" / "weights"
    card = json.loads((weights / "card.json").read_text("utf-8"))

    scored = ran(installed, tmp_path, "score", "--json", "I set that sheet again.", coder="trained")

    assert {"card.json", "network.onnx", "tokenizer.json"} <= {each.name for each in weights.iterdir()}
    assert scored.stderr == ""
    answer = json.loads(scored.stdout)
    assert (answer["scorer"], answer["version"]) == ("trained", card["version"])
