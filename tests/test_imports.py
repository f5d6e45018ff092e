"""Imports run one way. Each layer is imported in a process of its own, and nothing above it may be there afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest

LAYERS = ("errors", "scoring", "scenarios", "engine", "store", "debrief", "judging", "practice", "tui", "cli")
"""From the bottom up."""
ROOT = Path(__file__).parent.parent / "roleplay"
LATE = ("networkx", "textual", "pandas", "rich", "yaml", "peewee", "sqlite3")
"""What the core and plain values never need at import."""


def modules_of(layer: str) -> list[str]:
    """Every module of a layer, those that draw screens included."""
    if layer == "errors":
        return ["roleplay.errors"]
    files = sorted((ROOT / layer).rglob("*.py"))
    named = (".".join(("roleplay", *file.relative_to(ROOT).with_suffix("").parts)) for file in files)
    return [name.removesuffix(".__init__") for name in named]


def loaded_by(*modules: str) -> set[str]:
    """What is in `sys.modules` after importing these."""
    program = f"import sys, importlib; [importlib.import_module(each) for each in {modules!r}]; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


@pytest.mark.parametrize("layer", LAYERS[:-1])
def test_a_layer_imports_nothing_above_it(layer: str):
    loaded = loaded_by(*modules_of(layer))

    above = LAYERS[LAYERS.index(layer) + 1 :]
    assert sorted(name for name in loaded if name.startswith("roleplay.") and name.split(".")[1] in above) == []


@pytest.mark.parametrize(
    "module",
    [
        "roleplay.scoring.grade",
        "roleplay.scenarios.model",
        "roleplay.engine.step",
        "roleplay.engine.events",
        "roleplay.debrief.plain_text",
        "roleplay.practice.settings",
        "roleplay.cli",
    ],
)
def test_what_is_heavy_is_imported_only_where_it_is_used(module: str):
    loaded = {name.partition(".")[0] for name in loaded_by(module)}

    assert sorted(loaded & set(LATE)) == []


@pytest.mark.parametrize("layer", LAYERS[1:])
def test_a_package_by_itself_costs_nothing(layer: str):
    allowed = {"roleplay", f"roleplay.{layer}"}
    if layer == "cli":
        allowed |= {"roleplay.cli.group", "roleplay.cli.streams", "roleplay.errors"}

    assert {name for name in loaded_by(f"roleplay.{layer}") if name.startswith("roleplay")} == allowed
