"""A real process is killed at random moments, many times: every reply it had answered is still there."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from roleplay.engine.events import PatientSpoke, SessionEnded, TraineeReplied
from roleplay.practice.play import Play
from roleplay.scoring.words import WordsCoder
from roleplay.store.store import Store

KILLS = 25

TALKER = """
import sys
from roleplay.practice.play import Play
from roleplay.scenarios.library import find
from roleplay.scenarios.load import read_scenario
from roleplay.scoring.coding import Coding
from roleplay.store.store import Store

with Store.open(sys.argv[1]) as store:
    coder = lambda reply, heard: Coding()
    held = store.open_conversations()
    if held:
        play = Play.resume(store, held[0].id, coder)
    else:
        play = Play.begin(store, read_scenario(find("good-student")), coder, seed=1)
    print("ready", flush=True)
    number = int(sys.argv[2])
    while True:
        if play.session.turn >= 4:
            play.rewind(1)
        play.respond(f"reply {number}")
        print(number, flush=True)
        number += 1
"""


def test_no_accepted_reply_is_lost_however_the_process_dies(tmp_path: Path):
    """The talker prints a number only after `respond` has returned; the kill comes at a random moment after that."""
    where = tmp_path / "conversations.db"
    chance = random.Random(7)
    accepted: list[int] = []
    first = 0
    for _ in range(KILLS):
        talker = subprocess.Popen(
            [sys.executable, "-c", TALKER, str(where), str(first)], stdout=subprocess.PIPE, text=True
        )
        assert talker.stdout is not None
        assert talker.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.08))
        talker.send_signal(signal.SIGKILL)
        printed, _ = talker.communicate()
        whole = printed[: printed.rfind("\n") + 1].split()
        accepted += [int(number) for number in whole]
        first = 1000 + max([first, *accepted])

    said: set[str] = set()
    with Store.open(where) as store:
        for conversation in store.conversations():
            facts = store.facts(conversation.id)
            replies = [fact.event.text for fact in facts if isinstance(fact.event, TraineeReplied)]
            answers = [fact for fact in facts if isinstance(fact.event, PatientSpoke | SessionEnded)]
            said.update(replies)

            assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
            assert len(answers) == len(replies) + 1, "each reply was saved together with its answer, or not at all"
            assert Play.resume(store, conversation.id, WordsCoder()).session.line is not None

    assert len(accepted) > KILLS
    assert {f"reply {number}" for number in accepted} <= said
