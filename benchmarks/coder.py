"""The trained coder against the bare network on the same tokens: time of a reply, opening, memory, replies a second."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import onnxruntime

from benchmarks.latency import SAID
from benchmarks.ratio import Ratio, percentile, process, timed
from roleplay.scoring.coding import Heard, Utterance
from roleplay.scoring.learned.coder import TrainedCoder
from roleplay.scoring.learned.encoder import NETWORK, TOKENIZER, folder
from roleplay.scoring.learned.layout import encoded

REPLIES = 300
BATCH = 32
HEARD = Heard(
    line="No, no, it's good. Honestly. I did all of it, I can show you the columns if you like.",
    cue="holds the sheet up to the camera",
    history=(
        Utterance(who="therapist", text="So I've put the thought record in again for this week, same as before."),
    ),
)
MEMORY = """
import json, re, sys
from roleplay.scoring.coding import Heard
from roleplay.scoring.words import WordsCoder
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
WordsCoder()("How was it?", Heard(line="Fine."))
before = peak()
if sys.argv[1] == "trained":
    from roleplay.scoring.learned.coder import TrainedCoder
    coder = TrainedCoder.open()
    for _ in range(20):
        coder("How was it? " * 40, Heard(line="Fine."))
print(json.dumps(peak() - before))
"""


def measure() -> Iterator[Ratio]:
    """Against the encoder's own floor where there is one, else against the budget."""
    coder = TrainedCoder.open()
    run, inputs = bare()
    ours = [timed(lambda: coder(SAID, HEARD)) for _ in range(REPLIES)]
    theirs = [timed(lambda: run(inputs)) for _ in range(REPLIES)]
    yield Ratio(
        "a reply of four sentences, median", median(ours) * 1e3, median(theirs) * 1e3, "the bare network", "ms", "-"
    )
    yield Ratio("a reply of four sentences, p95", percentile(ours, 0.95) * 1e3, 40.0, "40 ms", "ms", "under 1")
    yield Ratio(
        "10,000 characters", timed(lambda: coder("I set it again. " * 625, HEARD)) * 1e3, 40.0, "40 ms", "ms", "-"
    )
    opening = median(timed(process("-c", OPEN)) for _ in range(5)) - median(
        timed(process("-c", BARE)) for _ in range(5)
    )
    yield Ratio("opening the coder, imports included", opening, 1.5, "1.5 s", "s", "under 1")
    yield Ratio("memory the coder adds", memory("trained"), 250.0, "250 MB", "MB", "under 1")
    size = sum(path.stat().st_size for path in folder().iterdir()) / 1e6
    yield Ratio("weights on disk", size, 60.0, "60 MB", "MB", "under 1")
    each = median(timed(lambda: [coder(SAID, HEARD) for _ in range(BATCH)]) for _ in range(5))
    many = {name: np.repeat(value, BATCH, axis=0) for name, value in inputs.items()}
    floor = median(timed(lambda: run(many)) for _ in range(5))
    yield Ratio(
        "replies a second, one core", BATCH / each, BATCH / floor, f"the bare network, {BATCH} at once", "/s", "-"
    )


OPEN = "from roleplay.scoring.learned.coder import TrainedCoder; TrainedCoder.open()"
BARE = "import roleplay.scoring.learned.coder"


def bare() -> tuple[Callable[[dict[str, np.ndarray]], object], dict[str, np.ndarray]]:
    """The network without anything around it, and the tokens of the same reply."""
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder() / NETWORK), options, providers=["CPUExecutionProvider"])
    piece = encoded(SAID, HEARD, Tokenizer.from_file(str(folder() / TOKENIZER)))[0]
    rows = {"ids": piece.ids, "types": piece.types, "mask": [1] * len(piece.ids)}
    return lambda inputs: session.run(None, inputs), {name: np.array([row], np.int64) for name, row in rows.items()}


def memory(which: str) -> float:
    """Peak memory in MB that reading replies adds to a process which has the rules already."""
    found = subprocess.run(
        [sys.executable, "-c", MEMORY, which],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
        env=os.environ,
    )
    return float(json.loads(found.stdout))
