"""Measures every reader on replies that none of them learned from.

`python -m corpus.evaluate > docs/evaluation.md`. The baselines need the extra `train`.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.evaluate.answering import judged_answers
from corpus.evaluate.hostile import DISGUISES, STEPS, suite
from corpus.evaluate.judged import Judged, judged, one
from corpus.evaluate.kinds import compared
from corpus.evaluate.measures import BANDS
from corpus.evaluate.tables import SURE, bands, by_code, grouped, headlines, length_of, reliability
from corpus.evaluate.versions import versions
from corpus.reading import CODES, FOLDER, all_parts, coding_of, codings, corpus_digest, records, settled
from roleplay.scoring.coding import Coding, Heard
from roleplay.scoring.learned.coder import TrainedCoder
from roleplay.scoring.learned.decoding import probabilities
from roleplay.scoring.learned.encoder import CARD, TOKENIZER, folder
from roleplay.scoring.rating import economy_of
from roleplay.scoring.reading import Reading
from roleplay.scoring.record import heard_from
from roleplay.scoring.words import WordsCoder

HEAD = """\
# How well the program reads replies

Measured on the {split} part of the corpus: replies by authors, in voices and to moments of which none is in the part
that was learned from, nor in the other one that is kept for measuring. What people did is the codes that two coders
agreed on, and a third coder's decision where they differed. Authors and coders are this project's own, working with
language models, not clinicians; all coders are of one kind. The figures therefore say how near the program comes to
the project's own reading, not how right that reading is, and readers of another school will differ more.

Intervals hold the middle 95 of 100 values when moments are drawn with replacement; authors are not drawn, and they are
few. Made by `python -m corpus.evaluate > docs/evaluation.md`.
"""
BASELINES = """
*Length only* knows how many words, sentences and question marks a reply has; *bag of words* the words of the reply and
of the patient's line; both show what a figure is worth that needs no understanding. *Frozen encoder* is the network
that the trained coder started from, not fitted, with linear heads (`--multilingual` adds the universal sentence
encoder for sixteen languages, likewise). All are fitted on the same training part.
*Rules* are the hand-written rules that read where the trained coder cannot be had. *Second coder* is one of the two
people whose codings were settled, in the program's place: its codes put through the same rubric. Weighted kappas leave
out what a reader would not judge.
"""
NEWEST = {"part 43": ("43",), "parts 44, 56 and 66": ("44", "56", "66"), "parts 78 and 80": ("78", "80"),
          "parts 83 and 84": ("83", "84"), "those seven": ("44", "56", "66", "78", "80", "83", "84")}  # fmt: skip
"""Parts of the test split that were written and coded after what the networks first learned from."""
ALONE = """
## The newest test parts

For which codes and voices more was written was seen, in part, on the older test parts (`corpus/README.md`). These were
written afterwards. Nothing was chosen on 43. The authors of the others did not know the codebook, and wrote what
trainees might type, which is probably nearer to what this program will meet. That networks learn at last from replies
of that kind was decided after earlier weights had done badly on 44. How much more was written, and of what kind, was
decided after seeing figures of later weights on 44, 56 and 66. The figures of the weights before these on 78 and 80
were seen before these were taught by a larger network. Parts 83 and 84 were read by no weights before these were
settled, and nothing in the reading was changed after these figures on them had been seen.
"""


def main() -> None:
    """Prints the page."""
    parser = argparse.ArgumentParser(prog="python -m corpus.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--weights", type=Path, default=None, help="folder of the weights to measure")
    parser.add_argument(
        "--multilingual", action="store_true", help="fit a frozen multilingual encoder too (10 minutes)"
    )
    parser.add_argument("--errors", action="store_true", help="print every reply read otherwise than by people")
    parser.add_argument("--against", type=Path, help="count kinds of errors beside those of the weights in this folder")
    asked = parser.parse_args()
    if (asked.errors or asked.against) and asked.split != "dev":
        parser.error(
            "--errors and --against read the development part: give --split dev. The test part is for measuring only."
        )
    coder = TrainedCoder.open(asked.weights)
    require_todays(asked.weights or folder())
    if asked.errors:
        print("\n".join(misread(judged(all_parts(["dev"]), coder))))
    elif asked.against:
        other = TrainedCoder.open(asked.against)
        print("\n".join(compared([(each.version, judged(all_parts(["dev"]), each)) for each in (other, coder)])))
    else:
        print("\n".join(page(asked.split, coder, multilingual=asked.multilingual)))


def require_todays(place: Path) -> None:
    """The weights are to have learned from the training part as it is: else its replies might be measured on.

    Raises:
        SystemExit: They have not.
    """
    if json.loads((place / CARD).read_text(encoding="utf-8"))["corpus"] != corpus_digest():
        raise SystemExit(f"The weights in {place} learned from another corpus. Make them: python -m corpus.training")


def page(split: str, coder: TrainedCoder, *, multilingual: bool) -> Iterator[str]:
    """The whole report."""
    parts = all_parts([split])
    ours = judged(parts, coder)
    moments, calm = {each.moment for each in ours}, [each for each in ours if each.calm]
    voices = {each.record["voice"] for each in ours}
    yield HEAD.format(split={"dev": "development", "test": "test"}[split])
    yield f"{len(ours)} replies to {len(moments)} moments in {len(voices)} voices, {len(calm)} of them where there is"
    yield f"no strain. Weights: {coder.version}.\n\n## In short\n"
    columns = {"trained coder": ours, "rules": judged(parts, WordsCoder())}
    columns |= baselines(parts, multilingual=multilingual)
    columns["second coder"] = [*second(parts)]
    yield from headlines(columns, {"trained coder"})
    yield BASELINES
    alone = {name: [each for each in ours if each.record["part"] in those] for name, those in NEWEST.items()}
    if all(alone.values()):
        yield ALONE
        yield from headlines(alone, set(alone))
        yield ""
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
    yield f"Every code of every reply that the program held likely at {SURE:.2f} or more.\n"
    yield from reliability([*confidences(parts, coder, ours)])
    yield "\n## Learning curve\n"
    yield from curve()
    yield "\n## Attempts to be marked up\n"
    yield from suite(coder)
    yield from without_stops(parts, coder, ours)
    yield from errors(coder.version)


def confidences(parts: Sequence[str], coder: TrainedCoder, ours: Sequence[Judged]) -> Iterator[tuple[float, bool]]:
    """Every decision that was not plain: how likely the program held it, and whether people gave it."""
    every = (record for part in parts for record in records(part))
    for record, each in zip(every, ours, strict=True):
        likely = probabilities(coder.answers(record["response"], heard_from(record)), coder.weights.judged)
        yield from ((likely[str(code)], str(code) in each.theirs) for code in CODES if likely[str(code)] >= SURE)


def without_stops(parts: Sequence[str], coder: TrainedCoder, ours: Sequence[Judged]) -> Iterator[str]:
    """How often a reply is read otherwise when it is typed without stops, as on a phone.

    Beside the suite, where a reply that is not judged counts as lowest: here it has no band.
    """
    every = (record for part in parts for record in records(part))
    typed = ({**record, "response": DISGUISES["no punctuation"](record["response"])} for record in every)
    bands = [
        (each.graded.band, one(record, each.people, coder).graded.band)
        for record, each in zip(typed, ours, strict=True)
    ]
    far = sum(None not in pair and abs(BANDS.index(pair[0]) - BANDS.index(pair[1])) > STEPS for pair in bands)
    lost, won = (sum(pair[n] is not None and pair[1 - n] is None for pair in bands) for n in (0, 1))
    yield f"\nAll {len(bands)} replies were read again without `,.?!;:`. The band of {far / len(bands):.1%} moved by"
    yield f"two steps or more; {lost / len(bands):.1%} were no longer judged, and"
    yield f"{won / len(bands):.1%} were judged only then."


def baselines(parts: Sequence[str], *, multilingual: bool) -> dict[str, list[Judged]]:
    """Readers that understand nothing, fitted on the training part, with thresholds from the development part."""
    from tokenizers import Tokenizer

    from corpus.evaluate.answering import people_of
    from corpus.training.__main__ import packaged
    from corpus.training.examples import examples
    from corpus.training.judging import judgement, wary
    from corpus.training.linear import Linear, length, many_tongues, meanings, words

    tokenizer = Tokenizer.from_file(str(folder() / TOKENIZER))
    training, dev, asked = (examples(p, tokenizer) for p in (all_parts(["train"]), all_parts(["dev"]), parts))
    found = {}
    ways = {
        "frozen encoder": (meanings(packaged(), tokenizer), 0.3),
        "bag of words": (words(training), 10.0),
        "length only": (length(training), 1.0),
    }
    if multilingual:
        ways["frozen multilingual encoder"] = many_tongues(), 0.1
    for name, (features, strength) in ways.items():
        heads = Linear(features, strength).fit(training)
        said = heads.answers(dev)
        limits = wary(judgement(said, people_of(dev)), said, dev)
        found[name] = judged_answers(heads.answers(asked), asked, limits)
    return found


def second(parts: Sequence[str]) -> Iterator[Judged]:
    """The second coder in the program's place."""
    for part in parts:
        for record, people, b in zip(records(part), settled(part), codings(part, "b"), strict=True):
            yield one(record, people, Pinned(b, record["response"]))


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
    yield "One network, not taught by the larger one, on growing shares of the training moments, beside the codebook's"
    yield "examples. Measured on the whole development part, with thresholds settled on one half of its moments and"
    yield "used on the other.\n"
    yield f"| taught | moments | replies | {' | '.join(shown)} |\n| --- | --- | --- |{' --- |' * len(shown)}"
    for row in rows:
        figures = " | ".join(f"{row[name]:.2f}" for name in shown)
        yield f"| {row['taught']} | {row['moments']} | {row['replies']} | {figures} |"


def errors(version: str) -> Iterator[str]:
    """The errors that were read, grouped by hand; only where they are those of these weights."""
    text = (FOLDER / "results" / "errors.md").read_text(encoding="utf-8").rstrip()
    if version in text:
        yield f"\n{text}"


def misread(found: Sequence[Judged]) -> Iterator[str]:
    """Every reply with other codes, or a band two steps off, for reading."""
    for each in found:
        theirs, ours = each.theirs, each.codes
        band = each.graded.band
        far = band is None or abs(BANDS.index(band) - BANDS.index(each.band)) >= 2
        if theirs != ours or far:
            yield f"\n[{each.record['id']}] {each.record['family']}, {each.record['strain']}, {each.record['voice']}"
            yield f"  patient: {each.record['patient_line']}\n  reply:   {each.record['response']}"
            yield f"  people:  {', '.join(sorted(theirs))} | {each.people['band']} | {each.people['recognition']}"
            yield f"  program: {', '.join(sorted(ours))} | {band or 'not judged'} | {each.coding.recognition}"


if __name__ == "__main__":
    main()
