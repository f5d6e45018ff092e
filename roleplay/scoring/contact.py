"""Contact: how far a reply takes up what the patient said, what could be seen, or what went before."""

from functools import lru_cache
from itertools import groupby

from roleplay.scoring.coding import Heard, Scale
from roleplay.scoring.patterns import Match
from roleplay.scoring.rules import rules
from roleplay.scoring.text import Sentence, sentences


@lru_cache(maxsize=8192)
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


def quoted(said: tuple[Sentence, ...], line: tuple[Sentence, ...]) -> int:
    """How many places of a reply quote the patient: words in quotation marks which stand so in the line."""
    theirs = " ".join(f" {sentence.line} " for sentence in line)
    runs = [
        " ".join(word.text for word in run)
        for sentence in said
        for inside, run in groupby(sentence.words, key=lambda word: word.quoted)
        if inside
    ]
    return sum(f" {run} " in theirs for run in runs)


def spelt(said: tuple[Sentence, ...], line: tuple[Sentence, ...]) -> bool:
    """Whether a reply takes up a single letter where the patient was spelling."""
    single = [
        {word.text for sentence in text for word in sentence.words if len(word.text) == 1} - {"a", "i"}
        for text in (said, line)
    ]
    return bool(single[0]) and len(single[1]) >= 2


class Shared:
    """What a reply has in common with what was heard."""

    def __init__(self, said: tuple[Sentence, ...], heard: Heard) -> None:
        line = sentences(heard.line)
        mine, theirs = content(said), content(line)
        surroundings = around(heard)
        self.line = mine & theirs
        self.around = (mine & surroundings) - self.line
        self.other = mine - theirs
        self.topics = topics(said) & topics(line)
        self.quoted = quoted(said, line) + int(spelt(said, line))
        self.fresh = mine - theirs - surroundings
        total = [word.text for sentence in said for word in sentence.words]
        same = {word.text for sentence in line for word in sentence.words}
        mirrored = sum(word in same for word in total) / max(1, len(total))
        self.echo = bool(
            len(theirs) >= 1 and len(total) >= 3 and mirrored >= 0.65 and not self.fresh and self.line >= theirs
        )

    @property
    def near(self) -> int:
        """How many words and quotations it has in common with the line itself."""
        return len(self.line) + self.quoted

    @property
    def weight(self) -> float:
        """Shared words count one, those from further back a little less, a shared topic half, words quoted two."""
        topic = 0.5 * len(self.topics) if not self.line else 0.0
        return len(self.line) + 0.8 * len(self.around) + topic + 2 * self.quoted


@lru_cache(maxsize=256)
def stems_in(text: str) -> frozenset[str]:
    """Stems of the words of `text` that carry content."""
    return content(sentences(text))


def around(heard: Heard) -> frozenset[str]:
    """Stems of what could be seen, of what was said before, and of the briefing."""
    texts = [heard.cue, heard.context, *(each.text for each in heard.history[-8:])]
    return frozenset().union(*(stems_in(text) for text in texts))


def contact_of(weight: float, *, aimed: bool, taken: bool) -> Scale:
    """Contact, 0 to 4; 2 takes something up.

    Args:
        weight: Words in common with what was heard, and concrete things the reply names by itself.
        aimed: The reply does something (a strategy), or refers to what was just said.
        taken: It points at the moment ("that part", "so quickly") while it does something about it.
    """
    if not aimed:
        return 1 if weight >= 1 else 0
    if weight < 0.5:
        return 2 if taken else 1
    return 2 if weight < 2 else 3 if weight < 3 else 4


def covered(said: tuple[Sentence, ...], generic: list[Match]) -> float:
    """The share of a reply's words that stand in generic phrases, 0 to 1."""
    total = sum(len(sentence.words) for sentence in said)
    places = {(match.start, number) for match in generic for number in range(match.first, match.last)}
    return min(1.0, len(places) / max(1, total))
