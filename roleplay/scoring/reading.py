"""One reply read with the rules: what was found where, and what silences it."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Heard
from roleplay.scoring.contact import Shared
from roleplay.scoring.patterns import Match
from roleplay.scoring.rules import rules
from roleplay.scoring.strained import strained
from roleplay.scoring.text import Sentence, sentences

Hits = dict[str, list[Match]]
REACH = 7
"""How many words before a harm a negation or a report may stand and still cover it."""
PLENTY = 6
"""After so many places in a reply a name is not looked for any more, which keeps long replies quick."""
STRATEGIES = frozenset(map(str, Strategy))
HARMS = frozenset(map(str, Harm))


@dataclass
class Reading:
    """A reply as sentences, the phrases found in it, and what it shares with what was heard."""

    reply: str
    heard: Heard
    said: tuple[Sentence, ...] = ()
    hits: Hits = field(default_factory=dict)
    bare: bool = False
    """The only owning in it is an apology that names nothing."""
    faint: set[str] = field(default_factory=set)
    """Codes that rest on little: a guess from what is missing."""
    shared: Shared = field(init=False)

    def __post_init__(self) -> None:
        self.said = sentences(self.reply)
        for sentence in self.said:
            enough = {name for name, matches in self.hits.items() if len(matches) >= PLENTY}
            for name, match in found_in(sentence, enough):
                self.hits.setdefault(name, []).append(match)
        self.shared = Shared(self.said, self.heard)

    def has(self, *names: str) -> bool:
        """Whether any of `names` was found."""
        return any(self.hits.get(name) for name in names)

    def matches(self, *names: str) -> list[Match]:
        """Every place of `names`."""
        return [match for name in names for match in self.hits.get(name, ())]

    @cached_property
    def strained(self) -> bool:
        """Whether the patient's last lines speak of a strain with the therapist or the work."""
        return strained(self.heard)

    @property
    def echoes(self) -> bool:
        """It only gives the patient's line back, and not because the patient wished to hear it said."""
        return self.shared.echo and not self.has(Strategy.ANSWER)

    def add(self, code: Strategy | Harm, sentence: Sentence | None = None) -> None:
        """Give `code` resting on a whole sentence, or on the whole reply."""
        if not self.said:
            return
        sentence = sentence or Sentence(tuple(word for each in self.said for word in each.words), asks=False)
        self.hits.setdefault(str(code), []).append(Match(sentence, 0, len(sentence.words)))

    def drop(self, *codes: Strategy | Harm) -> None:
        """Take `codes` away."""
        for code in codes:
            self.hits.pop(str(code), None)

    def drop_in(self, code: Strategy | Harm, sentence: Sentence) -> None:
        """Take `code` away in one sentence."""
        self.hits[str(code)] = [match for match in self.matches(code) if match.sentence is not sentence]

    @property
    def words(self) -> int:
        """How many words the reply has, contractions written out."""
        return sum(len(sentence.words) for sentence in self.said)

    @property
    def questions(self) -> list[Sentence]:
        """The sentences that ask."""
        return [sentence for sentence in self.said if sentence.asks]

    @property
    def strategies(self) -> list[Strategy]:
        """Strategies found, in the order of the codebook."""
        return [code for code in Strategy if self.has(code)]

    @property
    def harms(self) -> list[Harm]:
        """Harms found, in the order of the codebook."""
        return [code for code in Harm if self.has(code)]


def found_in(sentence: Sentence, enough: Container[str] = frozenset()) -> Iterator[tuple[str, Match]]:
    """Names and places of the phrases in one sentence that nothing silences."""
    silent: dict[str, bool] = {}
    for name, match in rules().book.find(sentence, enough):
        if name not in silent:
            silent[name] = silenced(name, sentence)
        if silent[name] or (name in HARMS and (match.quoted or muted(match))):
            continue
        yield name, match


def silenced(name: str, sentence: Sentence) -> bool:
    """Something else in the sentence says that `name` is not meant, or it is asked by a tag only."""
    if sentence.tag and name in STRATEGIES and name != Strategy.ALTERNATIVES:
        return True
    book = rules().silencers.get(name)
    return book is not None and any(book.find(sentence))


def muted(match: Match) -> bool:
    """A negation or a report of what somebody said stands shortly before the words."""
    before = " ".join(word.text for word in match.sentence.words[max(0, match.first - REACH) : match.first])
    return bool(rules().muting.search(f" {before} "))
