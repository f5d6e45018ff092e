"""Measures every reader on the part of the corpus that training and choosing never touch.

`python -m corpus.evaluate > docs/evaluation.md`. The baselines need the extra `train`.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.evaluate.answering import judged_answers
from corpus.evaluate.hostile import suite
from corpus.evaluate.judged import Judged, judged, one
from corpus.evaluate.tables import bands, by_code, grouped, headlines, length_of, reliability
from corpus.evaluate.versions import versions
from corpus.reading import CODES, FOLDER, all_parts, coding_of, codings, records
from roleplay.scoring.coding import Coding, Heard
from roleplay.scoring.learned.coder import TrainedCoder
from roleplay.scoring.learned.decoding import probabilities
from roleplay.scoring.rating import economy_of
from roleplay.scoring.reading import Reading
from roleplay.scoring.record import heard_from
from roleplay.scoring.words import WordsCoder

HEAD = """\
# How well the program reads replies

Measured on the test part of the corpus: replies by authors, in voices and to moments of which none is in the parts used
for training or for choosing anything. What people did is the codes that two coders agreed on, and a third coder's
decision where they differed. Authors and coders are this project's own, working with language models, not clinicians;
all coders are of one kind. The figures therefore say how near the program comes to the project's own reading, not how
right that reading is, and readers of another school will differ more.

Intervals hold the middle 95 of 100 values when moments are drawn with replacement. Made by
`python -m corpus.evaluate > docs/evaluation.md`.
"""
BASELINES = """
*Length only* knows how many words, sentences and question marks a reply has; *bag of words* the words of the reply and
of the patient's line; both show what a figure is worth that needs no understanding. *Frozen encoder* is the network
that the trained coder started from, not fitted, with linear heads; *frozen multilingual encoder* is the universal
sentence encoder for sixteen languages, likewise. All four are fitted on the same training part.
*Rules* are the hand-written rules that read where the trained coder cannot be had. *Second coder* is the one person
measured against the other: no reader can be expected to do better.
"""


def main() -> None:
    """Prints the page."""
    parser = argparse.ArgumentParser(prog="python -m corpus.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--weights", type=Path, default=None, help="folder of the weights to measure")
    parser.add_argument("--errors", action="store_true", help="print every reply read otherwise than by people")
    asked = parser.parse_args()
    parts, coder = all_parts([asked.split]), TrainedCoder.open(asked.weights)
    if asked.errors:
        print("\n".join(misread(judged(parts, coder))))
    else:
        print("\n".join(page(parts, coder)))


def page(parts: Sequence[str], coder: TrainedCoder) -> Iterator[str]:
    """The whole report."""
    ours = judged(parts, coder)
    moments, calm = {each.moment for each in ours}, [each for each in ours if each.calm]
    voices = {each.record["voice"] for each in ours}
    yield HEAD
    yield f"{len(ours)} replies to {len(moments)} moments in {len(voices)} voices, {len(calm)} of them where there is"
    yield f"no strain. Weights: {coder.version}.\n\n## In short\n"
    columns = {"trained coder": ours, "rules": judged(parts, WordsCoder())}
    columns |= baselines(parts)
    columns["second coder"] = [*second(parts)]
    yield from headlines(columns, "trained coder")
    yield BASELINES
    yield "## Bands\n"
    yield from bands(ours)
    yield "\n## By code\n"
    yield from by_code(ours)
    for title, name, key in (
        ("By family", "family", lambda each: each.record["family"]),
        ("By author", "part", lambda each: each.record["part"]),
        ("By voice", "voice", lambda each: each.record["voice"]),
        ("By length", "length", length_of),
    ):
        yield f"\n## {title}\n"
        yield from grouped(ours, name, key)
    yield "\n## The same reply in other Englishes\n"
    yield from versions(coder)
    yield "\n## How far confidence can be believed\n"
    yield from reliability([*confidences(parts, coder, ours)])
    yield "\n## Learning curve\n"
    yield from curve()
    yield "\n## Attempts to be marked up\n"
    yield from suite(coder)
    yield from errors()


def confidences(parts: Sequence[str], coder: TrainedCoder, ours: Sequence[Judged]) -> Iterator[tuple[float, bool]]:
    """Every decision that was not plain: how likely the program held it, and whether people gave it."""
    every = (record for part in parts for record in records(part))
    for record, each in zip(every, ours, strict=True):
        likely = probabilities(coder.answers(record["response"], heard_from(record)), coder.weights.judged)
        yield from ((likely[str(code)], str(code) in each.theirs) for code in CODES if likely[str(code)] >= 0.05)


def baselines(parts: Sequence[str]) -> dict[str, list[Judged]]:
    """Readers that understand nothing, fitted on the training part, with thresholds from the development part."""
    from tokenizers import Tokenizer

    from corpus.evaluate.answering import people_of
    from corpus.training.__main__ import packaged
    from corpus.training.examples import examples
    from corpus.training.judging import judgement
    from corpus.training.linear import Linear, length, many_tongues, meanings, words
    from roleplay.scoring.learned.encoder import TOKENIZER, folder

    tokenizer = Tokenizer.from_file(str(folder() / TOKENIZER))
    training, dev, asked = (examples(p, tokenizer) for p in (all_parts(["train"]), all_parts(["dev"]), parts))
    found = {}
    ways = {
        "frozen encoder": (meanings(packaged(), tokenizer), 0.3),
        "frozen multilingual encoder": (many_tongues(), 0.1),
        "bag of words": (words(training), 10.0),
        "length only": (length(training), 1.0),
    }
    for name, (features, strength) in ways.items():
        heads = Linear(features, strength).fit(training)
        limits = judgement(heads.answers(dev), people_of(dev))
        found[name] = judged_answers(heads.answers(asked), asked, limits)
    return found


def second(parts: Sequence[str]) -> Iterator[Judged]:
    """The second coder in the program's place, against the first."""
    for part in parts:
        for record, a, b in zip(records(part), codings(part, "a"), codings(part, "b"), strict=True):
            yield one(record, a, Pinned(b, record["response"]))


class Pinned:
    """A coder that answers what a person did."""

    def __init__(self, rated: dict[str, object], response: str) -> None:
        self._coding = coding_of(rated, response)

    def __call__(self, reply: str, heard: Heard) -> Coding:  # noqa: ARG002 -- a coder is called with what was heard
        """The person's coding, with the economy that every coder counts alike."""
        return self._coding.model_copy(update={"economy": economy_of(Reading(reply, Heard()))})


def curve() -> Iterator[str]:
    """What growing shares of the training moments reached on the development part."""
    path = FOLDER / "results" / "learning-curve.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    shown = ("band, weighted kappa", "recognition, weighted kappa", "moves, macro F1", "codes, macro F1")
    yield "One network on growing shares of the training moments, measured on the development part with thresholds"
    yield "settled on one half of its moments and measured on the other. The last two rows are the two networks that"
    yield "answer together.\n"
    yield f"| moments | replies | {' | '.join(shown)} |\n| --- | --- |{' --- |' * len(shown)}"
    for row in rows:
        yield f"| {row['moments']} | {row['replies']} | {' | '.join(f'{row[name]:.2f}' for name in shown)} |"


def errors() -> Iterator[str]:
    """The errors that were read, grouped by hand."""
    path = FOLDER / "results" / "errors.md"
    if path.exists():
        yield ""
        yield path.read_text(encoding="utf-8").rstrip()


def misread(found: Sequence[Judged]) -> Iterator[str]:
    """Every reply with other codes, or a band two steps off, for reading."""
    order = ["harmful", "not_yet", "emerging", "solid", "strong"]
    for each in found:
        theirs, ours = each.theirs, each.codes
        band = str(each.graded.band or "none")
        far = band == "none" or abs(order.index(band) - order.index(each.people["band"])) >= 2
        if theirs != ours or far:
            yield f"\n[{each.record['id']}] {each.record['family']}, {each.record['strain']}, {each.record['voice']}"
            yield f"  patient: {each.record['patient_line']}\n  reply:   {each.record['response']}"
            yield f"  people:  {', '.join(sorted(theirs))} | {each.people['band']} | {each.people['recognition']}"
            yield f"  program: {', '.join(sorted(ours))} | {band} | {each.coding.recognition}"


if __name__ == "__main__":
    main()
