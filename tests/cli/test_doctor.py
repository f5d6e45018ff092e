"""`roleplay doctor`: how the installation is doing, and nothing that anybody said."""

import json
import shutil
from pathlib import Path

from roleplay.scoring.learned import coder as learned
from roleplay.scoring.learned.encoder import folder
from roleplay.scoring.words import WordsCoder


def test_it_says_where_things_are_and_how_many(run, store: Path):
    told = json.loads(run("doctor", "--json", "--store", store).stdout)

    assert told["store"] == str(store)
    assert told["permissions"] == "0600"
    assert told["conversations"] == "2, 2 of them open"
    assert told["terminal"].startswith("not at stdin")


def test_it_shows_nothing_of_any_conversation(run, store: Path):
    result = run("doctor", "--store", store)

    assert result.exit_code == 0
    for private in ("ann", "ben", "banging", "week"):
        assert private not in result.stdout.replace("banned", "").split()


def test_a_store_that_is_not_there_yet_is_fine_and_is_not_made(run, tmp_path: Path):
    where = tmp_path / "new" / "conversations.db"

    result = run("doctor", "--store", where)

    assert result.exit_code == 0
    assert "none yet" in result.stdout
    assert not where.parent.exists()


def test_a_store_that_others_can_read_is_told_with_the_cure(run, store: Path, tmp_path: Path):
    open_to_all = Path(shutil.copy(store, tmp_path / "open.db"))
    open_to_all.chmod(0o644)

    assert "chmod 600" in run("doctor", "--store", open_to_all).stdout


def test_a_damaged_store_is_three_and_the_rest_is_told(run, tmp_path: Path):
    where = tmp_path / "damaged.db"
    where.write_bytes(b"no database at all" * 100)

    result = run("doctor", "--store", where)

    assert result.exit_code == 3
    assert "patients in" in result.stdout


def coder_line(run, store: Path) -> str:
    return json.loads(run("doctor", "--json", "--store", store).stdout)["coder"]


def test_it_says_which_coder_reads(run, store: Path, monkeypatch):
    card = json.loads((folder() / "card.json").read_text("utf-8"))
    by_rules = coder_line(run, store)
    monkeypatch.setenv("ROLEPLAY_CODER", "trained")

    # Asked for, the rules need no reason; nor does the trained coder.
    assert by_rules == WordsCoder.version
    assert coder_line(run, store) == card["version"]


def test_it_says_why_the_trained_coder_does_not_read_and_goes_on(run, store: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ROLEPLAY_CODER", "trained")
    monkeypatch.setattr(learned, "folder", lambda: tmp_path / "nowhere")
    monkeypatch.setattr(learned, "opened", learned.opened.__wrapped__)

    told = coder_line(run, store)

    assert told.startswith(f"{WordsCoder.version}. Replies are read by hand-written rules")
    assert "weights are not there" in told
    assert run("doctor", "--store", store).exit_code == 0


def test_a_coder_that_is_none_is_told_with_those_that_are(run, store: Path, monkeypatch):
    monkeypatch.setenv("ROLEPLAY_CODER", "neural")

    assert coder_line(run, store) == "ROLEPLAY_CODER is `neural`. It can be `trained` or `words`."
