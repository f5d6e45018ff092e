"""Fitting the network to the examples."""

import random
import time
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from corpus.training.examples import Example, batch
from corpus.training.losses import loss_of
from corpus.training.network import Network
from corpus.training.wearing import worn_some
from roleplay.scoring.learned.decoding import Answers
from roleplay.scoring.learned.layout import CODES

EPOCHS, SIZE, RATE, HEAD_RATE, WARM = 6, 16, 2e-4, 1e-3, 0.1
RATES = (RATE, HEAD_RATE)


def seeded(seed: int) -> None:
    """Everything that draws, from one seed."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def batches(chosen: Sequence[Example], size: int, *, shuffled: bool) -> Iterator[list[int]]:
    """Places of examples in batches of like length, so that little is padding."""
    order = list(range(len(chosen)))
    if shuffled:
        random.shuffle(order)
    wide = size * 20
    found = []
    for at in range(0, len(order), wide):
        near = sorted(order[at : at + wide], key=lambda place: len(chosen[place].tokens.ids))
        found += [near[n : n + size] for n in range(0, len(near), size)]
    if shuffled:
        random.shuffle(found)
    return iter(found)


def code_weights(chosen: Sequence[Example]) -> torch.Tensor:
    """Rare codes count more where they are present, as the root of how rare they are, within 1 and 4."""
    share = np.mean([each.codes for each in chosen], axis=0)
    return torch.tensor(np.clip(np.sqrt(0.06 / np.maximum(share, 1e-4)), 1.0, 4.0), dtype=torch.float32)


def fitted(
    network: Network,
    chosen: Sequence[Example],
    tokenizer: Tokenizer,
    *,
    passes: int = EPOCHS,
    rates: tuple[float, float] = RATES,
    weights: torch.Tensor | None = None,
) -> Network:
    """The network after so many passes over the examples, at these highest rates of its encoder and of its heads.

    `weights` are those of the codes where they are present; without them, as `code_weights` finds them here.
    """
    weights = code_weights(chosen) if weights is None else weights
    inside = set(map(id, network.encoder.parameters()))
    heads = [each for each in network.parameters() if id(each) not in inside]
    optimizer = torch.optim.AdamW(
        [{"params": network.encoder.parameters(), "lr": rates[0]}, {"params": heads, "lr": rates[1]}],
        weight_decay=0.01,
    )
    steps = passes * -(-len(chosen) // SIZE)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / max(1, WARM * steps), max(0.0, (steps - step) / (steps * (1 - WARM))))
    )
    for epoch in range(passes):
        network.train()
        began, total = time.monotonic(), 0.0
        typed = worn_some(chosen, tokenizer)
        for places in batches(typed, SIZE, shuffled=True):
            wanted = batch([typed[place] for place in places])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                answers = network(wanted.ids, wanted.types, wanted.mask)
            loss = loss_of(tuple(each.float() for each in answers), wanted, weights)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(places)
        print(f"pass {epoch + 1} of {passes}: loss {total / len(chosen):.3f}, {time.monotonic() - began:.0f} s")
    return network.eval()


@torch.inference_mode()
def answered(network: nn.Module, chosen: Sequence[Example], size: int = 64) -> list[Answers]:
    """What the network says of each example."""
    found: dict[int, Answers] = {}
    for places in batches(chosen, size, shuffled=False):
        wanted = batch([chosen[place] for place in places])
        whole, tokens, _ = network(wanted.ids, wanted.types, wanted.mask)
        for row, place in enumerate(places):
            found[place] = answers_of(chosen[place], whole[row].tolist(), tokens[row].tolist())
    return [found[place] for place in range(len(chosen))]


def answers_of(example: Example, whole: list[float], tokens: list[list[float]]) -> Answers:
    """The network's numbers for one example, those of the reply's own tokens."""
    said = [n for n, (kind, place) in enumerate(zip(example.tokens.types, example.tokens.offsets, strict=True))
            if kind == 1 and place[1] > place[0]]  # fmt: skip
    assert len(tokens[0]) == len(CODES)
    return Answers(whole, [tokens[n] for n in said], [example.tokens.offsets[n] for n in said])
