"""The network: an encoder fine-tuned end to end, with one head for the whole reply and one for each of its words."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from roleplay.scoring.learned.layout import ANSWERS, CODES

DROPOUT = 0.1
WIDE = 5
"""Bands, judged as a side task in training only."""


class Network(nn.Module):
    """Answers about a reply behind what was heard.

    A code is scored twice and the scores added: from the whole reply, and from the one token that carries it best.
    The second makes the words that a code rests on part of the decision.
    """

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(DROPOUT)
        self.whole = nn.Linear(3 * size, ANSWERS)
        self.each = nn.Linear(size, len(CODES))
        self.band = nn.Linear(3 * size, WIDE)

    def forward(
        self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits about the whole reply (batch, ANSWERS), about each token (batch, tokens, codes), and of the band."""
        states = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        states = self.dropout(states)
        said = (types * mask).unsqueeze(-1).to(states.dtype)
        heard = ((1 - types) * mask).unsqueeze(-1).to(states.dtype)
        mean = (states * said).sum(1) / said.sum(1).clamp(min=1.0)
        before = (states * heard).sum(1) / heard.sum(1).clamp(min=1.0)
        both = torch.cat([states[:, 0], mean, before], dim=-1)
        tokens = self.each(states)
        best = (tokens + (said - 1.0) * 1e4).amax(dim=1)
        whole = self.whole(both)
        whole = torch.cat([whole[:, : len(CODES)] + best, whole[:, len(CODES) :]], dim=-1)
        return whole, tokens, self.band(both)


class Together(nn.Module):
    """Several networks as one: the mean of what they answer. They keep one list of word vectors between them."""

    def __init__(self, networks: Sequence[Network]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)
        for network in networks[1:]:
            innermost(network.encoder).embeddings = innermost(networks[0].encoder).embeddings

    def forward(
        self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """As each of them answers."""
        whole, tokens, band = zip(*(network(ids, types, mask) for network in self.networks), strict=True)
        return torch.stack(whole).mean(0), torch.stack(tokens).mean(0), torch.stack(band).mean(0)


class Typed(nn.Module):
    """An encoder that has no sign for who speaks, with one added to the vectors that words come in with."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner, self.config = inner, inner.config
        self.kind = nn.Embedding(2, inner.config.hidden_size)
        nn.init.normal_(self.kind.weight, std=0.02)

    @property
    def embeddings(self) -> nn.Module:
        """The vectors that words come in with, and what else is done to them before the first layer."""
        return self.inner.embeddings

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        """As the encoder answers, once it is told which words are the reply's."""
        words = self.embeddings.word_embeddings(input_ids) + self.kind(token_type_ids)
        return self.inner(inputs_embeds=words, attention_mask=attention_mask)


def innermost(encoder: nn.Module) -> nn.Module:
    """The encoder itself, also where a sign for who speaks was added to it."""
    return encoder.inner if isinstance(encoder, Typed) else encoder


def fresh(folder: Path, **settings: Any) -> Network:
    """A network whose encoder is read from `folder`, with these settings, and whose heads are new.

    The vectors that words come in with stay as they are. Rare words keep their meaning, a pass takes a third less time,
    and several small networks can share them, which are half of the weights of each.
    """
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager", **settings)
    network = Network(encoder if encoder.config.model_type == "bert" else Typed(encoder))
    network.encoder.embeddings.requires_grad_(requires_grad=False)
    nn.init.zeros_(network.each.weight)
    nn.init.constant_(network.each.bias, -2.0)
    return network
