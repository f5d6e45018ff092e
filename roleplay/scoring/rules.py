"""The hand-written rules of the words coder: read from YAML once, on first use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.phrasebook import PhraseBook

CODES = (
    "receiving", "owning", "inviting", "renegotiating", "framing",
    "defending", "soothing", "pressing", "directing", "attacking",
)  # fmt: skip
"""The files of phrases, `phrases/codes_*.yaml`: five of strategies, five of harms."""


@dataclass(frozen=True)
class Rules:
    """Every phrase the coder looks for, and the word lists it measures with."""

    book: PhraseBook
    """Phrases for codes and features, by slug."""
    silencers: Mapping[str, PhraseBook]
    """For each code, the phrases which silence it in their sentence."""
    topics: Mapping[str, str]
    """Stem of a word to the name of the topic it belongs to."""
    irregular: Mapping[str, str]
    empty: frozenset[str]
    """Words which everybody says, and which therefore show no contact."""
    english: frozenset[str]
    foreign: frozenset[str]
    muting: re.Pattern[str]
    """A negation or a report of what somebody said; a harm shortly after it is not meant."""


def lines(text: str) -> list[str]:
    """The phrases of a block, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read(name: str) -> dict[str, Any]:
    """One file of `phrases/`, as it is written."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("roleplay.scoring") / "phrases" / f"{name}.yaml").read_text("utf-8")
    return dict(yaml.load(text, Loader=loader))  # noqa: S506 -- a safe loader, the quicker one where there is one


def any_of(phrases: list[str]) -> re.Pattern[str]:
    """A pattern for any of `phrases` in words with spaces around them."""
    words = "|".join(re.escape(phrase.replace("_", " ")) for phrase in phrases)
    return re.compile(f" (?:{words}) ")


@cache
def joined_lists() -> dict[str, list[str]]:
    """The word lists which phrases name as `<name>`."""
    return {name: "".join(text.split()).split("/") for name, text in read("lists").items()}


@cache
def rules() -> Rules:
    """The rules, compiled. The first call costs some tens of milliseconds.

    Raises:
        ValueError: A phrase cannot be read, or rules stand under a name which is no code.
    """
    lexicon, codes = read("lexicon"), {slug: rule for name in CODES for slug, rule in read(f"codes_{name}").items()}
    known = {*Strategy, *Harm}
    if strange := sorted(set(codes) - known):
        raise ValueError(f"Rules for unknown codes: {', '.join(strange)}.")
    joined = joined_lists()
    phrases = {name: lines(text) for name, text in read("features").items()}
    phrases |= {slug: lines(rule["phrases"]) for slug, rule in codes.items()}
    return Rules(
        book=PhraseBook(phrases, joined),
        silencers={slug: PhraseBook({slug: lines(rule.get("unless", ""))}, joined) for slug, rule in codes.items()},
        topics={stem: topic for topic, text in lexicon["topics"].items() for stem in text.split()},
        irregular=lexicon["irregular"],
        empty=frozenset(lexicon["empty"].split()),
        english=frozenset(lexicon["english"].split()),
        foreign=frozenset(lexicon["foreign"].split()),
        muting=any_of([*joined["negative"], *joined["reported"]]),
    )
