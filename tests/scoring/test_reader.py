"""Which coder reads: the trained one, unless the rules are asked for or nothing else can be had."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from roleplay.errors import UsageError
from roleplay.scoring.coding import Coding, Heard
from roleplay.scoring.learned import coder as learned
from roleplay.scoring.learned.encoder import CARD, NETWORK, TOKENIZER, NoWeights, digest_of, folder
from roleplay.scoring.reader import CHOICE, INSTEAD, reader
from roleplay.scoring.words import WordsCoder


class Trained:
    """Stands for the trained coder, so that no weights are opened."""

    def __call__(self, reply: str, heard: Heard) -> Coding:
        return Coding()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Trained:
    stands = Trained()
    monkeypatch.setattr(learned, "opened", lambda: stands)
    return stands


@pytest.mark.parametrize("asked", [None, "", "trained"])
def test_the_trained_coder_reads_unless_something_else_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, opened: Trained, asked: str | None
):
    monkeypatch.delenv(CHOICE, raising=False)
    if asked is not None:
        monkeypatch.setenv(CHOICE, asked)

    found = reader()

    assert found.coder is opened
    assert found.because == ""


@pytest.mark.usefixtures("opened")
def test_the_rules_read_when_they_are_asked_for_and_that_needs_no_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(CHOICE, "words")

    found = reader()

    assert isinstance(found.coder, WordsCoder)
    assert found.because == ""


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("asked", ["neural", "Words", " trained", "0"])
def test_a_name_that_is_none_is_wrong_use_with_the_names_that_are(monkeypatch: pytest.MonkeyPatch, asked: str):
    monkeypatch.setenv(CHOICE, asked)

    with pytest.raises(UsageError, match=f"{CHOICE} is `{asked}`. It can be `trained` or `words`."):
        reader()


def test_without_weights_the_rules_read_and_say_why_and_what_that_means(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv(CHOICE, "trained")
    monkeypatch.setattr(learned, "folder", lambda: tmp_path / "nowhere")
    monkeypatch.setattr(learned, "opened", learned.opened.__wrapped__)

    found = reader()

    assert isinstance(found.coder, WordsCoder)
    assert found.because.startswith(INSTEAD)
    assert str(tmp_path / "nowhere") in found.because
    assert found.because.endswith("Install the program again.")


def test_the_weights_are_opened_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(CHOICE, "trained")

    assert reader().coder is reader().coder


def test_only_missing_weights_are_answered_with_the_rules(monkeypatch: pytest.MonkeyPatch):
    def broken() -> None:
        raise RuntimeError("something else")

    monkeypatch.setenv(CHOICE, "trained")
    monkeypatch.setattr(learned, "opened", broken)

    assert not issubclass(RuntimeError, NoWeights)
    with pytest.raises(RuntimeError, match="something else"):
        reader()


def test_weights_that_cannot_be_opened_are_told_and_the_rules_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    # A network in a form that this onnxruntime does not know, with the digest that belongs to it.
    place = Path(shutil.copytree(folder(), tmp_path / "weights"))
    (place / NETWORK).write_bytes(b"no network")
    card = json.loads((place / CARD).read_text("utf-8"))
    (place / CARD).write_text(
        json.dumps(card | {"digest": digest_of(b"no network", (place / TOKENIZER).read_bytes())}), "utf-8"
    )
    monkeypatch.setenv(CHOICE, "trained")
    monkeypatch.setattr(learned, "folder", lambda: place)
    monkeypatch.setattr(learned, "opened", learned.opened.__wrapped__)

    found = reader()

    assert isinstance(found.coder, WordsCoder)
    assert f"cannot be opened ({place / NETWORK})" in found.because


def test_a_card_nested_without_end_is_told_and_the_rules_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / CARD).write_text("[" * 100_000, "utf-8")
    monkeypatch.setenv(CHOICE, "trained")
    monkeypatch.setattr(learned, "folder", lambda: tmp_path)
    monkeypatch.setattr(learned, "opened", learned.opened.__wrapped__)

    assert "card cannot be read" in reader().because


def test_a_package_that_is_there_and_does_not_load_says_what_it_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "onnxruntime.py").write_text("raise ImportError('DLL load failed')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "onnxruntime", raising=False)
    monkeypatch.setenv(CHOICE, "trained")
    monkeypatch.setattr(learned, "opened", learned.opened.__wrapped__)

    assert "DLL load failed" in reader().because
