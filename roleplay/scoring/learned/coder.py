"""The trained coder: the network's answers, behind the guards that every coder has."""

from functools import cache
from pathlib import Path
from typing import Any

from roleplay.scoring.coding import Coding, Heard
from roleplay.scoring.guards import DESCRIBED, guarded
from roleplay.scoring.learned.decoding import Answers, Judgement, decoded, probabilities
from roleplay.scoring.learned.encoder import Encoder, Weights, folder, weights_in
from roleplay.scoring.rating import economy_of
from roleplay.scoring.reading import Reading

SCORER = "trained"
FLOOD = 400
"""More words than this at once reach nobody: contact and quality are then 1 at most."""
UNSURE = "This could be read in more than one way. Not sure: decide with your supervisor."


class TrainedCoder:
    """Codes a reply with the network. A `Coder`; holds nothing of what it read."""

    scorer = SCORER

    def __init__(self, encoder: Encoder, weights: Weights) -> None:
        self._encoder, self.weights = encoder, weights
        self.version = weights.version

    @classmethod
    def open(cls, place: Path | None = None) -> "TrainedCoder":
        """The coder with the weights in a folder, by default those that come with the program.

        Raises:
            NoWeights: They are not there, damaged, or a package is missing.
        """
        place = place or folder()
        weights = weights_in(place)
        return cls(Encoder(place, weights.digest), weights)

    def __call__(self, reply: str, heard: Heard) -> Coding:
        """What the words of `reply` do. Deterministic; abstains where it cannot tell, and never raises."""
        reading = guarded(reply, heard)
        signed = {"scorer": self.scorer, "version": self.version}
        if isinstance(reading, Coding):
            return reading.model_copy(update=signed)
        answers = self.answers(reply, heard)
        return self.coded(reading, answers).model_copy(update=signed)

    def judges(self, reply: str, heard: Heard) -> bool:
        """Whether the network judges this reply at all, or a guard has answered before it."""
        return not isinstance(guarded(reply, heard), Coding)

    def answers(self, reply: str, heard: Heard) -> Answers:
        """The network's numbers for a reply."""
        return self._encoder(reply, heard)

    def coded(self, reading: Reading, answers: Answers) -> Coding:
        """The coding of a reply that can be read."""
        return coded(reading, answers, self.weights.judged, self.weights.doubtful)


def coded(reading: Reading, answers: Answers, judged: Judgement, doubtful: float) -> Coding:
    """The coding of a reply that can be read: what the network says, within what the rules allow."""
    coding = decoded(reading.reply, answers, judged)
    if not coding.codes and nearest(answers, judged) >= doubtful:
        return Coding(abstained=True, because=UNSURE)
    described = coding.described or reading.has("described")
    limited: dict[str, Any] = {"recognition": min(coding.recognition, 2), "because": DESCRIBED} if described else {}
    flood = len(reading.reply.split()) > FLOOD
    contact = min(coding.contact, 1) if reading.echoes or flood else coding.contact
    if flood and coding.quality is not None:
        limited["quality"] = min(coding.quality, 1)
    return coding.model_copy(
        update={"described": described, "contact": contact, "economy": economy_of(reading), **limited}
    )


def nearest(answers: Answers, judged: Judgement) -> float:
    """How near the nearest code came: its probability over its threshold, 1 where it was given."""
    likely = probabilities(answers, judged)
    return max(likely[slug] / judged.thresholds.get(slug, 0.5) for slug in likely)


@cache
def opened() -> TrainedCoder:
    """The coder with the program's own weights, opened once.

    Raises:
        NoWeights: They cannot be used here.
    """
    return TrainedCoder.open()
