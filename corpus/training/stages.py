"""Stages of a training, kept in a folder so that a stopped one goes on where it was."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import nn

from corpus.training.examples import Example
from corpus.training.fit import seeded
from corpus.training.wearing import SHARE, SLIPS, WAYS

Settings = Sequence[float]


def staged(
    network: nn.Module,
    work: Path | None,
    seed: int,
    settings: Settings,
    taught: Sequence[Sequence[Example]],
    fit: Callable[[], object],
) -> None:
    """Brings the network through a stage: as it was kept after the same examples and settings, or by `fit`."""
    place = work / f"{seed}-{digest_of(settings, taught)}.pt" if work else None
    if place and place.exists():
        network.load_state_dict(torch.load(place, weights_only=True))
        return
    seeded(seed)
    fit()
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(".part")
        torch.save(network.state_dict(), unfinished)
        unfinished.replace(place)


def digest_of(settings: Settings, taught: Sequence[Sequence[Example]]) -> str:
    """What was taught, stage by stage, with these settings and those of wearing, in sixteen signs.

    Not the encoder, nor how losses are weighed and rates rise: after a change of those, take another folder.
    """
    known = hashlib.sha256(json.dumps([*settings, SHARE, WAYS, SLIPS]).encode())
    for stage in taught:
        for each in stage:
            known.update(json.dumps([each.tokens.ids, each.described, each.shared]).encode())
            for row in (each.codes, each.band, *each.scales.values(), each.spans):
                known.update(b"" if row is None else row.tobytes())
        known.update(b"|")
    return known.hexdigest()[:16]
