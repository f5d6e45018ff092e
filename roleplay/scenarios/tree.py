"""YAML's events into plain data with positions: bounded, without recursion, without YAML's own constructors."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, NamedTuple

import yaml

from roleplay.errors import Problem
from roleplay.scenarios.scalars import meaning_of, value_of

MOST_NODES = 200_000
DEEPEST = 40
MOST_PROBLEMS = 200
"""Problems listed of one file at most; more would hide the first."""

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What a terminal could obey instead of showing it, and what is no character."""

Way = tuple[str | int, ...]
"""Where something stands in a file: keys and list positions from the top."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Place(NamedTuple):
    """Line and column in a file, both counted from 1."""

    line: int
    column: int


TOP = Place(1, 1)


class StopReadingError(Exception):
    """Reading on would be useless or unsafe."""


@dataclass
class _Open:
    """A dict or list that is being filled."""

    into: dict[Any, Any] | list[Any]
    way: Way
    key: str | None = None
    """In a dict: the key whose value comes next."""
    is_key: bool = False
    """Whether it stands where a key should."""


class Tree:
    """What a text says, built up event by event: `data`, `places`, `keys`, and the `problems` met on the way."""

    def __init__(self, file: PurePath) -> None:
        self.file = file
        self.places: dict[Way, Place] = {}
        self.keys: dict[Way, Place] = {}
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.data: Any = None
        self.documents = 0
        self.nodes = 0

    def read(self, text: str) -> None:
        """Takes in the whole text, or as much as can be understood."""
        try:
            for event in _events(text):
                self.take(event)
        except yaml.MarkedYAMLError as error:
            self.not_yaml(error)
        except yaml.YAMLError as error:
            self.add(TOP, "SC002", f"This is not YAML ({error}).", "Save the file as plain text and try again.")
        except StopReadingError:
            return

    def take(self, event: yaml.Event) -> None:
        """Takes in one event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop(event, "SC018", "A second document begins here (`---`).", "One file holds one scenario.")
        elif isinstance(event, yaml.AliasEvent):
            self.stop(event, "SC016", f"`*{event.anchor}` is a YAML alias.", "Write the words out again.")
        elif isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self.refuse_magic(event)
            self.nodes += 1
            if self.nodes > MOST_NODES:
                self.stop(event, "SC019", "The file holds too many entries.", "Split it into several scenarios.")
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            else:
                self.open(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.close()

    def refuse_magic(self, event: Any) -> None:
        """Stops at what could unfold into more than is written, or be executed elsewhere."""
        if event.anchor is not None:
            cure = "Write the words out where they are needed; if it is what the patient says, put it in quotes."
            self.stop(event, "SC016", f"`&{event.anchor}` is a YAML anchor.", cure)
        if event.tag is not None:
            cure = "Delete it; if it is what the patient says, put it in quotes."
            self.stop(event, "SC017", f"`{event.tag[:60]}` is a YAML tag.", cure)

    def open(self, event: yaml.Event) -> None:
        """Begins a dict or list."""
        if len(self.stack) >= DEEPEST:
            self.stop(event, "SC019", f"This is nested more than {DEEPEST} deep.", "Close the brackets before it.")
        into: dict[Any, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self.expects_key:
            cure = "Put the text in quotes, or write `key: value`."
            self.add(_mark(event), "SC002", "YAML read this as brackets where a key should be.", cure)
            self.stack.append(_Open(into, (*self.stack[-1].way, "?"), is_key=True))
        else:
            self.stack.append(_Open(into, self.attach(into, _mark(event))))

    def close(self) -> None:
        """Ends the innermost dict or list."""
        closed = self.stack.pop()
        if closed.is_key:
            self.stack[-1].key = "?"

    def scalar(self, event: Any) -> None:
        """Takes in one piece of text, as a key or a value."""
        place = _mark(event)
        if odd := UNPRINTABLE.search(event.value):
            what = f"This text holds an invisible control character (U+{ord(odd[0]):04X})."
            self.add(place, "SC020", what, "Delete it and type the words again.")
        value = value_of(event.value) if event.implicit[0] else event.value
        if self.expects_key:
            self.name(value, event.value, place)
        else:
            self.attach(value, place)

    def name(self, value: Any, text: str, place: Place) -> None:
        """Takes `text` as the key of what comes next."""
        if not isinstance(value, str):
            what = f"YAML read this key as {meaning_of(value)}, not as words."
            self.add(place, "SC001", what, f'Put it in quotes: "{text}".' if text else "Write a name before the colon.")
        here = self.stack[-1]
        here.key = text
        if text in here.into:
            first = self.keys[*here.way, text].line
            cure = f"Rename or delete one; the first is in line {first}."
            self.add(place, "SC005", f"`{text[:80]}` is written twice here.", cure)
        else:
            self.keys[*here.way, text] = place

    def attach(self, value: Any, place: Place) -> Way:
        """Puts `value` where it belongs and says where that is."""
        way: Way = ()
        if not self.stack:
            self.data = value
        else:
            here = self.stack[-1]
            if isinstance(here.into, list):
                way = (*here.way, len(here.into))
                here.into.append(value)
            else:
                key, here.key = here.key or "", None
                way = (*here.way, key)
                here.into.setdefault(key, value)
                place = self.keys.get(way, place) if isinstance(value, dict | list) else place
        self.places.setdefault(way, place)
        return way

    @property
    def expects_key(self) -> bool:
        """Whether the next thing is the key of a dict."""
        return bool(self.stack) and isinstance(self.stack[-1].into, dict) and self.stack[-1].key is None

    def add(self, place: Place, code: str, what: str, cure: str) -> None:
        """Notes a problem; gives up when there are too many."""
        if len(self.problems) >= MOST_PROBLEMS:
            raise StopReadingError
        self.problems.append(Problem(self.file, *place, code, what, cure))

    def stop(self, event: yaml.Event, code: str, what: str, cure: str) -> None:
        """Notes a problem after which nothing more is read."""
        self.add(_mark(event), code, what, cure)
        raise StopReadingError

    def not_yaml(self, error: yaml.MarkedYAMLError) -> None:
        """Notes where and why the text is not YAML."""
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else TOP
        self.add(place, "SC002", f"This is not YAML: {error.problem or error.context}.", _cure_of(error.problem or ""))


def _events(text: str) -> Iterator[yaml.Event]:
    """The events of `text`, one at a time, so that a hostile file is left before it has grown."""
    parse: Callable[..., Iterator[yaml.Event]] = yaml.parse
    return parse(text, Loader=_LOADER)


def _mark(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _cure_of(problem: str) -> str:
    for words, cure in _CURES.items():
        if words in problem:
            return cure
    return "Look at this line and the one before it: quotes, brackets, and the spaces at the start of the line."


_CURES = {
    "mapping values are not allowed": 'A colon inside the text? Put the whole text in double quotes: "...".',
    "cannot start any token": "Put the text in double quotes, and indent with spaces, never with tabs.",
    "expected <block end>": "Check that this line begins in the same column as its neighbours, and quote the text.",
    "did not find expected key": "Check that this line begins in the same column as its neighbours, and the quotes.",
    "could not find expected ':'": "A key needs a colon after it; text that goes on over several lines needs quotes.",
    "did not find expected ',' or": "Close the bracket, or put the text in double quotes.",
    "did not find expected '-' indicator": "Check that the dashes of the list stand in one column.",
    "unexpected end of stream": "A quotation mark is opened and not closed.",
    "unknown escape character": "A backslash means something inside double quotes. Write it twice.",
    "did not find expected alphabetic": 'Put the text in double quotes: "...".',
}
