"""Many phrases found together in a sentence."""

from collections.abc import Container, Iterator, Mapping, Sequence

from roleplay.scoring.patterns import FILLERS, SKIPPED, Lists, Match, Phrase, phrase_of
from roleplay.scoring.text import Sentence

MOST = 4
"""At most so many places of one name are reported in a sentence: more would say nothing new."""


class PhraseBook:
    """Many phrases under names, found together: a phrase is only tried where its first two words may stand."""

    def __init__(self, phrases: Mapping[str, Sequence[str]], lists: Lists) -> None:
        self.index: dict[str, dict[str | None, dict[tuple[str, str], Phrase]]] = {}
        for name, sources in phrases.items():
            for source in sources:
                phrase = phrase_of(source, lists)
                for first, second in phrase.begins():
                    self.index.setdefault(first, {}).setdefault(second, {})[name, source] = phrase
        self.stems = tuple(first[:-1] for first in self.index if first.endswith("~"))

    def candidates(self, words: Sequence[str], at: int) -> Iterator[tuple[str, Phrase]]:
        """Every (name, phrase) which may begin at word `at`."""
        word = words[at]
        firsts = [word] if word in self.index else []
        if self.stems and word.startswith(self.stems):
            firsts += [f"{stem}~" for stem in self.stems if word.startswith(stem)]
        after = next((each for each in words[at + 1 : at + 2 + SKIPPED] if each not in FILLERS), None)
        nexts = {None, after, *words[at + 1 : at + 2]}
        for first in firsts:
            for second in nexts & self.index[first].keys():
                for (name, _), phrase in self.index[first][second].items():
                    yield name, phrase

    def find(self, sentence: Sentence, enough: Container[str] = frozenset()) -> Iterator[tuple[str, Match]]:
        """Every phrase in `sentence` as (name, match), in order of place; for one name and place the longest.

        Names in `enough` are not looked for, and none is reported at more than `MOST` places.
        """
        words = [word.text for word in sentence.words]
        present = frozenset(words)
        counts: dict[str, int] = {}
        for number, word in enumerate(words):
            if word not in self.index and not (self.stems and word.startswith(self.stems)):
                continue
            best: dict[str, int] = {}
            for name, phrase in self.candidates(words, number):
                if name in enough or counts.get(name, 0) >= MOST:
                    continue
                if (phrase.opens and number) or (phrase.asks and not sentence.asks) or phrase.missing(present):
                    continue
                end = phrase.end(words, number)
                if end > number:
                    best[name] = max(end, best.get(name, 0))
            for name, end in best.items():
                counts[name] = counts.get(name, 0) + 1
                yield name, Match(sentence, number, end)
