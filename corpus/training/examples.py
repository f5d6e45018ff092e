"""Labelled replies as tensors: what the network reads, and what it should answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from corpus.reading import CODES, Rated, Record, coders_of, codes_of, records
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import RENEGOTIATION, Band, Harm, RecognitionKind, Strategy
from roleplay.scoring.coding import Heard
from roleplay.scoring.learned.layout import SCALES, Encoded, encoded
from roleplay.scoring.record import heard_from

INDEX = {str(code): place for place, code in enumerate(CODES)}
KINDS = [str(kind) for kind in RecognitionKind]
BANDS = [str(band) for band in Band]
PROPOSAL = {str(code) for code in RENEGOTIATION}
UNRATED = 0
"""Where a scale may be left out, its first class says so."""


@dataclass(frozen=True)
class Example:
    """One reply: what is read, and the mean of what its coders answered."""

    record: Record
    heard: Heard
    tokens: Encoded
    codes: np.ndarray
    """Share of coders who gave each code, shape (codes,)."""
    scales: dict[str, np.ndarray]
    """For each scale the share of coders at each of its classes."""
    shared: float | None
    """Share of coders who saw renegotiation as shared; None where none saw any."""
    described: float
    band: np.ndarray
    spans: np.ndarray | None
    """Which tokens carry which code, shape (tokens, codes); None without segments."""


def examples(parts: Iterable[str], tokenizer: Tokenizer) -> list[Example]:
    """Every reply of these parts."""
    return [
        example(record, coders, tokenizer)
        for part in parts
        for record, coders in zip(records(part), coders_of(part), strict=True)
    ]


def example(record: Record, coders: Sequence[Rated], tokenizer: Tokenizer) -> Example:
    """One reply with the answers of its coders."""
    heard = heard_from(record)
    tokens = encoded(record["response"], heard, tokenizer)[0]
    told = [rated["shared"] for rated in coders if rated["shared"] is not None and PROPOSAL & codes_of(rated)]
    return Example(
        record=record,
        heard=heard,
        tokens=tokens,
        codes=np.mean([hot(codes_of(rated)) for rated in coders], axis=0),
        scales={name: np.mean([scale_of(name, rated) for rated in coders], axis=0) for name in SCALES},
        shared=float(np.mean(told)) if told else None,
        described=float(np.mean([rated["described"] for rated in coders])),
        band=np.mean([one(BANDS.index(rated["band"]), len(BANDS)) for rated in coders], axis=0),
        spans=spans_of(record["response"], coders, tokens),
    )


def from_codebook(tokenizer: Tokenizer) -> list[Example]:
    """The codebook's own examples and false friends: one code each, or none, with nothing heard and nothing rated."""
    book = codebook()
    entries = [
        *((str(code), book.strategy(code)) for code in Strategy),
        *((str(code), book.harm(code)) for code in Harm),
    ]
    said = [(words, slug) for slug, entry in entries if slug in INDEX for words in entry.examples]
    said += [(each.words, each.code) for slug, entry in entries if slug in INDEX for each in entry.false_friends]
    known = dict.fromkeys((words, slug if slug in INDEX else None) for words, slug in said)
    return [unrated(words, [slug] if slug else [], tokenizer) for words, slug in known]


def tokenizer_in(encoder: Path) -> Tokenizer:
    """An encoder's own way of cutting words, without a fixed length."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def recut(example: Example, tokenizer: Tokenizer) -> Example:
    """The same reply with its words cut in another way. What was marked in it is left out."""
    return replace(example, tokens=encoded(example.record["response"], example.heard, tokenizer)[0], spans=None)


def unrated(words: str, codes: Sequence[str], tokenizer: Tokenizer, heard: Heard | None = None) -> Example:
    """A reply of which only the codes are known, to what was heard, or to nothing.

    A row of zeros weighs nothing in the losses of the ratings. It is taught as said, not described.
    """
    return Example(
        record={"response": words},
        heard=heard or Heard(),
        tokens=encoded(words, heard or Heard(), tokenizer)[0],
        codes=hot(codes),
        scales={name: np.zeros(size, dtype=np.float32) for name, size in SCALES.items()},
        shared=None,
        described=0.0,
        band=np.zeros(len(BANDS), dtype=np.float32),
        spans=None,
    )


def hot(codes: Iterable[str]) -> np.ndarray:
    """The codes as zeros and ones, shape (codes,)."""
    row = np.zeros(len(CODES), dtype=np.float32)
    for code in codes:
        row[INDEX[code]] = 1.0
    return row


def one(place: int, size: int) -> np.ndarray:
    """A row of zeros with a one."""
    row = np.zeros(size, dtype=np.float32)
    row[place] = 1.0
    return row


def scale_of(name: str, rated: Rated) -> np.ndarray:
    """The class of one rating: the kind by name, a level by number, `UNRATED` before the levels where it may be."""
    if name == "kind":
        return one(KINDS.index(rated["kind"]), SCALES[name])
    optional = SCALES[name] == 6
    value = rated[name]
    return one(UNRATED if value is None else value + int(optional), SCALES[name])


def spans_of(response: str, coders: Sequence[Rated], tokens: Encoded) -> np.ndarray | None:
    """Share of coders, of those who marked words, whose words for a code cover each token; None without any marks.

    What counts is the last coder: where a third decided, the codes that were left standing. A column is NaN, and
    teaches nothing, where that code was given and nobody marked its words, or was marked and did not stand.
    """
    marked = [rated for rated in coders[:2] if "segments" in rated]
    if not marked:
        return None
    table = np.zeros((len(tokens.ids), len(CODES)), dtype=np.float32)
    for rated in marked:
        for code, words in rated["segments"].items():
            start = response.find(words)
            if start < 0 or code not in INDEX:
                continue
            for place, (begin, end) in enumerate(tokens.offsets):
                if tokens.types[place] == 1 and begin < start + len(words) and end > start:
                    table[place, INDEX[code]] += 1.0 / len(marked)
    shown, given = table.any(axis=0), np.mean([hot(codes_of(rated)) for rated in coders], axis=0)
    stands = hot(codes_of(coders[-1])) > 0 if len(coders) > 2 else given > 0
    table[:, (shown & ~stands) | (~shown & (given > 0))] = np.nan
    return table


@dataclass(frozen=True)
class Batch:
    """Padded tensors of several examples."""

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    codes: torch.Tensor
    scales: dict[str, torch.Tensor]
    shared: torch.Tensor
    shared_known: torch.Tensor
    described: torch.Tensor
    band: torch.Tensor
    spans: torch.Tensor
    spans_known: torch.Tensor


def batch(chosen: Sequence[Example]) -> Batch:
    """Several examples, padded to the longest."""
    longest = max(len(each.tokens.ids) for each in chosen)
    spans = torch.zeros(len(chosen), longest, len(CODES))
    for row, each in enumerate(chosen):
        if each.spans is not None:
            spans[row, : len(each.spans)] = torch.from_numpy(each.spans)
    return Batch(
        ids=padded([each.tokens.ids for each in chosen], longest),
        types=padded([each.tokens.types for each in chosen], longest),
        mask=padded([[1] * len(each.tokens.ids) for each in chosen], longest),
        codes=torch.from_numpy(np.stack([each.codes for each in chosen])),
        scales={name: torch.from_numpy(np.stack([each.scales[name] for each in chosen])) for name in SCALES},
        shared=torch.tensor([each.shared or 0.0 for each in chosen]),
        shared_known=torch.tensor([float(each.shared is not None) for each in chosen]),
        described=torch.tensor([each.described for each in chosen]),
        band=torch.from_numpy(np.stack([each.band for each in chosen])),
        spans=spans,
        spans_known=torch.tensor([float(each.spans is not None) for each in chosen]),
    )


def padded(rows: Sequence[Sequence[int]], longest: int) -> torch.Tensor:
    """Rows of numbers with zeros at the end, shape (rows, longest)."""
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
