"""How far the network's answers are from the coders'."""

import torch
from torch.nn import functional

from corpus.training.examples import Batch
from roleplay.scoring.learned.layout import CODES, SCALES

CODE_WEIGHT, SCALE_WEIGHT, FLAG_WEIGHT, BAND_WEIGHT, SPAN_WEIGHT = 1.0, 0.15, 0.1, 0.15, 0.5


def loss_of(
    answers: tuple[torch.Tensor, torch.Tensor, torch.Tensor], wanted: Batch, weights: torch.Tensor
) -> torch.Tensor:
    """One number to make smaller. `weights` are those of each code where it is present, shape (codes,)."""
    whole, tokens, band = answers
    codes = functional.binary_cross_entropy_with_logits(
        whole[:, : len(CODES)], wanted.codes, pos_weight=weights, reduction="none"
    )
    total = CODE_WEIGHT * codes.sum(1).mean() + BAND_WEIGHT * cross(band, wanted.band)
    at = len(CODES)
    for name, size in SCALES.items():
        logits, target = whole[:, at : at + size], wanted.scales[name]
        total = total + SCALE_WEIGHT * (cross(logits, target) + far_off(logits, target, name))
        at += size
    shared = functional.binary_cross_entropy_with_logits(whole[:, at], wanted.shared, reduction="none")
    total = total + FLAG_WEIGHT * (shared * wanted.shared_known).sum() / wanted.shared_known.sum().clamp(min=1.0)
    total = total + FLAG_WEIGHT * functional.binary_cross_entropy_with_logits(whole[:, at + 1], wanted.described)
    return total + SPAN_WEIGHT * span_loss(tokens, wanted)


def cross(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Cross-entropy against shares of coders."""
    return -(wanted * functional.log_softmax(logits, dim=-1)).sum(-1).mean()


def far_off(logits: torch.Tensor, wanted: torch.Tensor, name: str) -> torch.Tensor:
    """Squared distance of the expected level from the coders', in levels; nothing for the kind, which has no order."""
    if name == "kind":
        return logits.sum() * 0.0
    first = 1 if wanted.shape[1] == 6 else 0
    steps = torch.arange(5, dtype=logits.dtype)
    said = torch.softmax(logits[:, first:], dim=-1) @ steps
    share = wanted[:, first:].sum(1)
    meant = (wanted[:, first:] @ steps) / share.clamp(min=1e-6)
    return ((said - meant) ** 2 * share).mean()


def span_loss(tokens: torch.Tensor, wanted: Batch) -> torch.Tensor:
    """Whether each word of the reply carries each code, over the replies whose words were marked."""
    said = (wanted.types * wanted.mask).unsqueeze(-1) * wanted.spans_known[:, None, None]
    told = (~wanted.spans.isnan()).to(tokens.dtype)
    spans = wanted.spans.nan_to_num(0.0)
    present = (spans.amax(1, keepdim=True) > 0).to(tokens.dtype)
    each = functional.binary_cross_entropy_with_logits(tokens, spans, reduction="none") * said * told
    count = said.sum().clamp(min=1.0)
    return (each * present).sum() / count + 0.2 * (each * (1 - present)).sum() / count
