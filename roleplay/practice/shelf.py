"""What the library shows, as plain rows: an unfinished conversation first, the patients, and broken files last."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from roleplay.debrief.plain_text import one_line
from roleplay.errors import Problem

if TYPE_CHECKING:
    from roleplay.scenarios.library import Head, Library
    from roleplay.store.conversations import Conversation

_SETTING = re.compile(r"(?P<modality>.+?), session (?P<session>\d+), (?P<place>.+)", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LONGEST = 230
FAMILIES = {
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "silent_dissatisfaction": "silent dissatisfaction",
    "none": "nothing to repair",
}


@dataclass(frozen=True)
class Row:
    """One line of the library. Everything in it may be shown as it is."""

    kind: Literal["resume", "patient", "broken"]
    who: str
    what: str
    title: str = ""
    age: int | None = None
    difficulty: int = 0
    state: str = ""
    about: str = ""
    """What is told of the row that is chosen."""
    content: str = ""
    family: str = ""
    path: Path | None = None
    open: str = ""
    """Id of the conversation to go on with."""
    ended: str = ""
    """Id of the last conversation that came to an end."""

    def matches(self, words: str) -> bool:
        """Whether every word is found somewhere in the row; the family is no place to look."""
        text = f"{self.who} {self.what} {self.about} {self.content} {self.state}".casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class Shelf:
    """The rows, and what went wrong while they were gathered."""

    rows: tuple[Row, ...] = ()
    problem: str = ""


def rows_of(library: "Library", conversations: Sequence["Conversation"], trainee: str) -> tuple[Row, ...]:
    """The rows of a library for one trainee; `conversations` are newest first."""
    own = [one for one in conversations if one.trainee == trainee and not one.problem]
    patients = [_patient(head, [one for one in own if one.scenario == head.id]) for head in library.heads]
    return (*_unfinished(library.heads, own), *patients, *_broken(library.problems))


def _unfinished(heads: Iterable["Head"], own: Sequence["Conversation"]) -> Iterable[Row]:
    left = next((one for one in own if not one.ended), None)
    if left is None:
        return
    name = next((head.patient for head in heads if head.id == left.scenario), "") or left.title or left.scenario
    yield Row(
        kind="resume",
        who=one_line(name),
        what=f"You were talking to {one_line(name)}; go on?",
        state=f"turn {left.replies + 1}",
        about=f"The conversation is as you left it, after {_count(left.replies, 'reply', 'replies')}. Enter goes on.",
        open=left.id,
    )


def _patient(head: "Head", tries: Sequence["Conversation"]) -> Row:
    setting = _SETTING.fullmatch(head.setting)
    where = f"{setting['modality']}, session {setting['session']}" if setting else head.setting
    ended = [one for one in tries if one.ended]
    left = next((one for one in tries if not one.ended), None)
    return Row(
        kind="patient",
        who=one_line(head.patient),
        age=head.age,
        what=one_line(f"{head.title} · {where}"),
        title=one_line(head.title),
        difficulty=head.difficulty,
        state="open" if left else _ended(len(ended)),
        about=_opening(head.briefing),
        content=one_line(", ".join(head.content)),
        family=FAMILIES.get(head.family, head.family),
        path=head.path,
        open=left.id if left else "",
        ended=ended[0].id if ended else "",
    )


def _ended(times: int) -> str:
    return "new" if not times else "debriefed" if times == 1 else f"{times} tries"


def _opening(briefing: str) -> str:
    """The first sentences of a briefing, as many as fit."""
    told = ""
    for sentence in _SENTENCE.split(one_line(briefing.strip())):
        if told and len(told) + len(sentence) > _LONGEST:
            break
        told = f"{told} {sentence}".strip()
    return told


def _broken(problems: Iterable[Problem]) -> Iterable[Row]:
    first: dict[str, Problem] = {}
    for problem in sorted(problems):
        first.setdefault(str(problem.file), problem)
    for problem in first.values():
        yield Row(
            kind="broken",
            who=one_line(problem.file.name),
            what=one_line(f"line {problem.line}: {problem.what}"),
            state="cannot be played",
            about=one_line(str(problem)),
        )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
