"""From the network's own numbers, without its file, to judged replies: for the learning curve and for comparing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.evaluate.judged import Judged
from corpus.evaluate.measures import HEADLINES
from corpus.reading import Rated, coding_of, settled
from roleplay.scoring.coding import Coding
from roleplay.scoring.grade import grade
from roleplay.scoring.guards import guarded
from roleplay.scoring.learned.coder import coded
from roleplay.scoring.learned.decoding import Answers, Judgement
from roleplay.scoring.record import situation_from

if TYPE_CHECKING:
    from corpus.training.examples import Example

DOUBTFUL = 0.92
"""Where no code is given and one came this near its threshold the reply is not judged. With trained-f30a538a-0171, on
the development part, those were 39 of 1,364; of the judged replies without a code one in nine was two bands off or
more, of those with a code one in fourteen."""


def people_of(chosen: Sequence["Example"]) -> list[Rated]:
    """What people settled on for each example."""
    by_id = {rated["id"]: rated for part in {each.record["part"] for each in chosen} for rated in settled(part)}
    return [by_id[each.record["id"]] for each in chosen]


def judged_answers(answers: Sequence[Answers], chosen: Sequence["Example"], judged: Judgement) -> list[Judged]:
    """Each example as the program would judge it with these numbers, guards and doubt included."""
    found = []
    for said, each, people in zip(answers, chosen, people_of(chosen), strict=True):
        situation, reply = situation_from(each.record), each.record["response"]
        kept = guarded(reply, each.heard)
        coding = kept if isinstance(kept, Coding) else coded(kept, said, judged, DOUBTFUL)
        theirs = coding_of(people, reply).model_copy(update={"economy": coding.economy})
        found.append(Judged(each.record, people, grade(theirs, situation), coding, grade(coding, situation)))
    return found


def headline_figures(answers: Sequence[Answers], chosen: Sequence["Example"]) -> dict[str, float | None]:
    """Every headline, with thresholds settled on one half of the moments and measured on the other, both ways round."""
    from corpus.training.judging import judgement, wary

    people = people_of(chosen)
    moments = sorted({each.record["moment"] for each in chosen})
    first = set(moments[::2])
    halves = [
        [n for n, each in enumerate(chosen) if (each.record["moment"] in first) is side] for side in (True, False)
    ]
    found: list[Judged] = []
    for settle, measure in (halves, halves[::-1]):
        ours, theirs = [answers[n] for n in settle], [chosen[n] for n in settle]
        limits = wary(judgement(ours, [people[n] for n in settle]), ours, theirs)
        found += judged_answers([answers[n] for n in measure], [chosen[n] for n in measure], limits)
    return {name: figure(found) for name, (figure, _) in HEADLINES.items()}
