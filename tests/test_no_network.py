"""A whole conversation, its debrief and a scored reply, in a process in which no socket can be made."""

import json
import os
import subprocess
import sys
from pathlib import Path

from roleplay.scoring.learned.encoder import folder, weights_in

FORBID = """
import sys

def forbid(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "http.client.connect", "ftplib.connect"):
        raise AssertionError(f"the network was asked for: {event} {arguments}")

sys.addaudithook(forbid)
"""
COMMAND = (
    FORBID
    + """
from roleplay.cli import main
sys.argv = ["roleplay", *sys.argv[1:]]
main()
"""
)
REPLIES = "".join(f"That is fine, let us do the sheet again, {number}.\n" for number in range(20))


def without_network(*words: str, stdin: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *words],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **more},
        check=False,
    )


def test_nothing_asks_for_the_network(tmp_path: Path):
    where = str(tmp_path / "conversations.db")

    played = without_network("play", "what-am-i-paying-for", "--plain", "--seed", "2", "--store", where, stdin=REPLIES)
    read = without_network("debrief", "--format", "html", "--store", where)
    scored = without_network("score", "I set that sheet again without asking.")
    again = without_network("rescore", "--store", where)

    assert (played.returncode, played.stderr) == (0, "")
    assert "The conversation is over." in played.stdout
    assert (read.returncode, read.stderr) == (0, "")
    assert (scored.returncode, scored.stderr) == (0, "")
    assert (again.returncode, "the network was asked for" in again.stderr) == (0, False)


def test_the_trained_coder_asks_for_no_network_either():
    said = "I set that sheet again without asking."

    scored = without_network("score", "--json", said, ROLEPLAY_CODER="trained")
    explained = without_network("score", "--explain", said, ROLEPLAY_CODER="trained")

    assert (scored.returncode, scored.stderr) == (0, "")
    assert (explained.returncode, explained.stderr) == (0, "")
    answer = json.loads(scored.stdout)
    assert (answer["scorer"], answer["version"]) == ("trained", weights_in(folder()).version)


def test_the_ban_would_be_felt():
    asked = subprocess.run(
        [sys.executable, "-c", FORBID + "import socket; socket.socket()"], capture_output=True, text=True, check=False
    )

    assert "the network was asked for" in asked.stderr
