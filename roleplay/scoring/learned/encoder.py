"""The network itself, run by onnxruntime on one core. Everything heavy is imported here, on first use."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from roleplay.errors import RoleplayError
from roleplay.scoring.coding import Heard
from roleplay.scoring.learned.decoding import Answers, Judgement
from roleplay.scoring.learned.layout import CODES, Encoded, encoded, signs

NETWORK, TOKENIZER, CARD = "network.onnx", "tokenizer.json", "card.json"
CURE = "Install the program again."
ABSENT = f"The trained coder's weights are not there ({{}}). {CURE}"


class NoWeights(RoleplayError):
    """The trained coder cannot be used here; the message says why."""


@dataclass(frozen=True)
class Weights:
    """What is known of a set of weights, from `card.json` beside them."""

    version: str
    digest: str
    """SHA-256 of `network.onnx` with `tokenizer.json` after it, in hexadecimal."""
    judged: Judgement
    doubtful: float
    """Where no code is given and one came this near, as a share of its threshold, the reply is not judged."""


def folder() -> Path:
    """Where the weights lie that come with the program."""
    return Path(str(files("roleplay.scoring.learned") / "weights"))


def digest_of(network: bytes, words: bytes) -> str:
    """SHA-256 of a network with its word list after it, in hexadecimal."""
    return hashlib.sha256(network + words).hexdigest()


def weights_in(place: Path) -> Weights:
    """What the card says of the weights in a folder.

    Raises:
        NoWeights: There are none, or the card cannot be read.
    """
    try:
        said: dict[str, Any] = json.loads((place / CARD).read_text(encoding="utf-8"))
        thresholds, offsets = (
            {str(code): float(value) for code, value in dict(said[name]).items()} for name in ("thresholds", "offsets")
        )
        judged = Judgement(thresholds, float(said["slope"]), offsets, float(said["span"]))
        return Weights(str(said["version"]), str(said["digest"]), judged, float(said["doubtful"]))
    except OSError as error:
        raise NoWeights(ABSENT.format(place)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoWeights(f"The trained coder's card cannot be read ({place / CARD}). {CURE}") from error


class Encoder:
    """Reads a reply behind what was heard. Holds no state between replies."""

    def __init__(self, place: Path, digest: str) -> None:
        """Opens the network in a folder.

        Raises:
            NoWeights: A package is missing, or the network is not the one that belongs to `digest`.
        """
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ModuleNotFoundError as error:
            raise NoWeights(f"The trained coder needs the package `{error.name}`. {CURE}") from error
        except (ImportError, OSError) as error:  # it is there, and a library beneath it is not
            raise NoWeights(f"A package that the trained coder needs does not load ({error}). {CURE}") from error
        try:
            network, words = (place / NETWORK).read_bytes(), (place / TOKENIZER).read_bytes()
        except OSError as error:
            raise NoWeights(ABSENT.format(place)) from error
        if digest_of(network, words) != digest:
            raise NoWeights(f"The trained coder's weights are damaged ({place}). {CURE}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises nothing narrower, for instance where it is too old
            raise NoWeights(f"The trained coder's weights cannot be opened ({place / NETWORK}). {CURE}") from error
        try:
            self._tokenizer = Tokenizer.from_buffer(words)
            signs(self._tokenizer)
        except Exception as error:  # tokenizers raises nothing narrower
            raise NoWeights(f"The trained coder's word list cannot be read ({place / TOKENIZER}). {CURE}") from error

    def __call__(self, reply: str, heard: Heard) -> Answers:
        """What the network says of the reply; a long one is read in pieces."""
        pieces = encoded(reply, heard, self._tokenizer)
        return joined(pieces, [self._run(piece) for piece in pieces])

    def _run(self, piece: Encoded) -> tuple[list[float], list[list[float]]]:
        import numpy as np

        inputs = {
            "ids": np.array([piece.ids], dtype=np.int64),
            "types": np.array([piece.types], dtype=np.int64),
            "mask": np.ones((1, len(piece.ids)), dtype=np.int64),
        }
        whole, tokens = self._session.run(["whole", "tokens"], inputs)
        return whole[0].tolist(), tokens[0].tolist()


def joined(pieces: Sequence[Encoded], said: Sequence[tuple[list[float], list[list[float]]]]) -> Answers:
    """The answers about all pieces as one: of each code the strongest, of everything else the mean."""
    wholes = [whole for whole, _ in said]
    codes = [max(column) for column in zip(*(whole[: len(CODES)] for whole in wholes), strict=True)]
    rest = [sum(column) / len(wholes) for column in zip(*(whole[len(CODES) :] for whole in wholes), strict=True)]
    tokens: dict[tuple[int, int], list[float]] = {}
    for piece, (_, rows) in zip(pieces, said, strict=True):
        for kind, place, row in zip(piece.types, piece.offsets, rows, strict=True):
            if kind == 1 and place[1] > place[0]:
                tokens.setdefault(place, row)
    return Answers([*codes, *rest], list(tokens.values()), list(tokens))
