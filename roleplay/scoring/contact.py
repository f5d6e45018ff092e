"""Contact: how far a reply takes up what the patient said, what could be seen, or what went before."""

from roleplay.scoring.coding import Heard, Scale
from roleplay.scoring.patterns import Match
from roleplay.scoring.rules import rules
from roleplay.scoring.text import Sentence, sentences


def stem(word: str) -> str:
    """A word cut to what its forms share, roughly: "nodding" and "nod" give "nod"."""
    word = rules().irregular.get(word, word).removesuffix("'s").strip("'")
    for ending in ("ing", "edly", "ed", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return (
        word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word.removesuffix("e") if len(word) > 3 else word
    )


def content(said: tuple[Sentence, ...]) -> frozenset[str]:
    """Stems of the words that carry content, without those everybody says."""
    words = (word.text for sentence in said for word in sentence.words)
    return frozenset(stem(word) for word in words if word not in rules().empty and len(word) > 1)


def topics(said: tuple[Sentence, ...]) -> frozenset[str]:
    """What a text is about, by the topics of `phrases/lexicon.yaml`."""
    known = rules().topics
    words = (word.text for sentence in said for word in sentence.words)
    return frozenset(known[each] for word in words for each in (word, stem(word)) if each in known)


class Shared:
    """What a reply has in common with what was heard."""

    def __init__(self, said: tuple[Sentence, ...], heard: Heard) -> None:
        line = sentences(heard.line)
        before = sentences(" . ".join(each.text for each in heard.history[-8:]))
        around = (*sentences(heard.cue), *before, *sentences(heard.context))
        mine, theirs = content(said), content(line)
        self.line = mine & theirs
        self.around = (mine & content(around)) - self.line
        self.topics = topics(said) & topics(line)
        fresh = mine - theirs - content(around)
        total = [word.text for sentence in said for word in sentence.words]
        same = {word.text for sentence in line for word in sentence.words}
        mirrored = sum(word in same for word in total) / max(1, len(total))
        self.echo = bool(
            len(theirs) >= 1 and len(total) >= 3 and mirrored >= 0.65 and len(fresh) == 0 and self.line >= theirs
        )

    @property
    def weight(self) -> float:
        """Shared words count one, those from further back a little less, a shared topic half."""
        return len(self.line) + 0.8 * len(self.around) + (0.5 * len(self.topics) if not self.line else 0.0)


def contact_of(shared: Shared, *, aimed: bool, concrete: int, formula: bool) -> Scale:
    """Contact, 0 to 4; 2 takes something up.

    Args:
        shared: Words in common with what was heard.
        aimed: The reply does something (a strategy), or refers to what was just said.
        concrete: How many concrete things it names by itself (an act of the therapist's, a number asked for).
        formula: Everything in it is a phrase that would fit any patient.
    """
    if shared.echo or formula:
        return 1
    weight = shared.weight + concrete
    if not aimed:
        return 1 if weight >= 1 else 0
    if weight < 0.5:
        return 1
    return 2 if weight < 2 else 3 if weight < 3 else 4


def covered(said: tuple[Sentence, ...], generic: list[Match]) -> float:
    """The share of a reply's words that stand in generic phrases, 0 to 1."""
    total = sum(len(sentence.words) for sentence in said)
    places = {(match.start, number) for match in generic for number in range(match.first, match.last)}
    return min(1.0, len(places) / max(1, total))
