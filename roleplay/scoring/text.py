"""A reply as words that can be compared, each still knowing where it stands in what was typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

QUOTES = {ord(mark): "'" for mark in "‘’‚‛′`´ʼ"} | {ord(mark): '"' for mark in "“”„‟«»″"}
SPLIT = {
    "n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would",
}  # fmt: skip
WHOLE = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "let's": "let us",
    "ain't": "is not", "dont": "do not", "didnt": "did not", "doesnt": "does not", "cant": "can not",
    "wont": "will not", "isnt": "is not", "wasnt": "was not", "werent": "were not", "couldnt": "could not",
    "wouldnt": "would not", "shouldnt": "should not", "havent": "have not", "hasnt": "has not", "arent": "are not",
    "im": "i am", "ive": "i have", "youre": "you are", "youve": "you have", "thats": "that is", "whats": "what is",
    "lets": "let us", "gonna": "going to", "wanna": "want to", "u": "you", "ur": "your", "alright": "all right",
}  # fmt: skip
IS = re.compile(r"(?:it|that|what|there|here|how|who|where|he|she|this|when|why|something|one|everything|nothing)'s")
LOOKALIKES = str.maketrans("аеорсухіјѕԁԛԝһкмтвнαεορτυικνχ", "aeopcyxijsdqwhkmtbhaeoptuiknx")
"""Small letters of other alphabets that look like Latin ones, and are read so among Latin letters."""
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?|%")
BREAK = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|[.!?…]{2,}|\n\s*\n")
QUOTED = re.compile(r'"[^"]{1,400}"|(?<!\w)\'(?:[^\'"]|(?<=\w)\'(?=\w)){1,120}\'(?!\w)')


@dataclass(frozen=True)
class Word:
    """One word of a reply, in lower case, with contractions written out."""

    text: str
    start: int
    """Character offset into what was typed, inclusive."""
    end: int
    """Character offset into what was typed, exclusive."""
    quoted: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence as words; `line` is the words with single spaces."""

    words: tuple[Word, ...]
    asks: bool
    """It ends with a question mark."""
    tag: bool = False
    """It asks only by a tag: "..., right?"."""

    @cached_property
    def line(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def start(self) -> int:
        """Offset of the first character in what was typed."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Offset after the last character in what was typed."""
        return self.words[-1].end


def plain(text: str) -> tuple[str, list[int]]:
    """`text` in NFKC, small letters and straight quotes, without marks that nobody sees, and each letter's offset.

    Letters of other alphabets that look like Latin ones are read as those where most of the text is Latin.

    The second value has one entry more than the first has characters: the length of `text`.
    """
    letters: list[str] = []
    offsets: list[int] = []
    mostly_latin = not text.isascii() and 2 * sum(map(str.isascii, text)) > len(text)
    for cluster in re.finditer(r"[\x20-\x7e]+|.[\u0300-\u036f]*", text, re.DOTALL):
        seen = cluster.group()
        if seen.isascii() and seen.isprintable():
            letters.extend(seen.lower())
            offsets.extend(range(cluster.start(), cluster.end()))
            continue
        shown = visible(seen)
        for letter in shown.translate(LOOKALIKES) if mostly_latin else shown:
            letters.append(letter)
            offsets.append(cluster.start())
    return "".join(letters), [*offsets, len(text)]


def visible(cluster: str) -> str:
    """What a reader sees of one character: nothing for controls and zero-width marks, a space for white space."""
    if cluster in "\n\r\u2028\u2029\x85":
        return "\n"
    if cluster.isspace():
        return " "
    if unicodedata.category(cluster[0]) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return ""
    return unicodedata.normalize("NFKC", cluster.translate(QUOTES)).translate(QUOTES).lower()


@lru_cache(maxsize=8192)
def expanded(word: str) -> tuple[str, ...]:
    """A word as one or more: "i've" gives "i" and "have"."""
    if word in WHOLE:
        return tuple(WHOLE[word].split())
    if IS.fullmatch(word):
        return word[:-2], "is"
    for ending, full in SPLIT.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], full.strip()
    return (word.strip("'"),) if word.strip("'") else ()


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where `text` quotes, in `text`'s own offsets; none when the whole of it stands in quotes."""
    whole = text.strip()
    if len(whole) > 1 and whole[0] == whole[-1] == '"' and '"' not in whole[1:-1]:
        return []
    return [match.span() for match in QUOTED.finditer(text)]


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` that have words. Offsets are those of `text` as it was typed."""
    clean, offsets = plain(text)
    quotes = iter([*quoted_spans(clean), (len(clean) + 1, len(clean) + 1)])
    quote = next(quotes)
    found: list[Sentence] = []
    at = 0
    for stop in [*BREAK.finditer(clean), None]:
        end = stop.start() if stop else len(clean)
        words: list[Word] = []
        for match in WORD.finditer(clean, at, end):
            while match.start() >= quote[1]:
                quote = next(quotes)
            first, last = offsets[match.start()], offsets[match.end() - 1] + 1
            inside = quote[0] <= match.start()
            words += [Word(part, first, last, inside) for part in expanded(match.group())]
        if words:
            found.append(made(tuple(words), asks=bool(stop and "?" in stop.group()), clean=clean[at:end]))
        at = stop.end() if stop else end
    return tuple(found)


TAG = re.compile(
    r",? (?:right|yes|no|ok(?:ay)?|correct|yeah|huh|(?:is|are|was|were|do|does|did|have|has|can|could|would|wo|will)"
    r"(?:n't)? (?:it|you|we|they|that|not)|are you not|do you not)$"
)


def made(words: tuple[Word, ...], *, asks: bool, clean: str) -> Sentence:
    """A sentence, once it is known whether it asks only by a tag."""
    body = clean.strip()
    tag = asks and len(words) > 3 and "," in body and bool(TAG.search(body))
    return Sentence(words, asks, tag)
