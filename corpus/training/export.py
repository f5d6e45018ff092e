"""From the fitted network to the files that the program reads."""

import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn

from roleplay.scoring.learned.encoder import CARD, NETWORK, TOKENIZER, digest_of


class Answering(nn.Module):
    """The network without the side task."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits about the whole reply and about each token."""
        whole, tokens, _ = self.network(ids, types, mask)
        return whole, tokens


def written(network: nn.Module, tokenizer: Tokenizer, place: Path) -> str:
    """Writes the network in whole numbers of eight bits and its word list, and gives the digest of both."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside:
        full = Path(aside) / "full.onnx"
        exported(network, full)
        quantize_dynamic(full, place / NETWORK, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    tokenizer.save(str(place / TOKENIZER))
    return digest_of((place / NETWORK).read_bytes(), (place / TOKENIZER).read_bytes())


def exported(network: nn.Module, path: Path) -> None:
    """The network in full precision as ONNX, any number of tokens."""
    example = torch.ones(2, 12, dtype=torch.int64)
    names = ["ids", "types", "mask"]
    free = {name: {0: "replies", 1: "length"} for name in names}
    free |= {"whole": {0: "replies"}, "tokens": {0: "replies", 1: "length"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Answering(network).eval(), (example, example, example), path, input_names=names,
            output_names=["whole", "tokens"], dynamic_axes=free, opset_version=17, dynamo=False,
        )  # fmt: skip


def card_written(place: Path, card: dict[str, Any]) -> None:
    """Writes the card beside the network."""
    (place / CARD).write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
