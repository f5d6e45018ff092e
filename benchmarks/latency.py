"""From Enter to the patient's line, on disk: 200 replies in one conversation, coding and durable write included."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.ratio import Ratio, percentile, timed
from roleplay.engine.policies import fresh_words
from roleplay.practice.play import Play
from roleplay.scenarios.library import find
from roleplay.scenarios.load import read_scenario
from roleplay.scoring.words import WordsCoder
from roleplay.store.store import Store

REPLIES = 200
SAID = (
    "I think I have picked the task three weeks running, and I never asked. I'd like to hear it if you'd rather not. "
    "There is no hurry, and it may well be that I am off. What was it like to get it again?"
)


def measure() -> Iterator[Ratio]:
    """Milliseconds a reply, against the same number of coding calls alone."""
    written = read_scenario(find("good-student"))
    assert written.parameters is not None
    lasting = written.parameters.model_copy(update={"max_turns": 60})
    scenario = written.model_copy(update={"parameters": lasting})
    coder = WordsCoder()
    took: list[float] = []
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "conversations.db") as store:
        play = Play.begin(store, scenario, coder, seed=1)
        for _ in range(REPLIES):
            if play.over or play.session.turn >= 50:
                play.rewind(1)
            text = f"{SAID} {fresh_words(play.session)}"
            took.append(timed(lambda text=text: play.respond(text)))
        coding = median(timed(lambda: coder(SAID, _heard(play))) for _ in range(50))
    yield Ratio("Enter to patient's line, median", median(took) * 1e3, coding * 1e3, "coding alone", "ms", "-")
    yield Ratio("Enter to patient's line, p99", percentile(took, 0.99) * 1e3, 100.0, "100 ms", "ms", "under 1")


def _heard(play: Play) -> object:
    from roleplay.engine.situation import heard_of

    return heard_of(play.scenario, play.session)
