"""What YAML makes of bare words: the traps that eat dialogue."""

from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True)
class Misread:
    """Bare text that YAML takes for something no scenario needs, such as a date."""

    text: str
    meaning: str


_KIND = "tag:yaml.org,2002:"
_RESOLVER: Any = yaml.resolver.Resolver()
_LONGEST_NUMBER = 24


def value_of(text: str) -> Any:
    """What YAML 1.1 reads in bare `text`: a bool, None, a number, a `Misread` date, or the text itself."""
    if len(text) > _LONGEST_NUMBER:
        return text
    kind = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)).removeprefix(_KIND)
    if kind == "timestamp":
        return Misread(text, "a date")
    if kind not in ("bool", "null", "int", "float"):
        return text
    try:
        return _CONSTRUCT[kind](_CONSTRUCTOR, yaml.ScalarNode(_KIND + kind, text))
    except (ValueError, OverflowError):
        return text


def meaning_of(value: Any) -> str:
    """What YAML made of bare words, for a message."""
    match value:
        case None:
            return "nothing"
        case Misread(meaning=meaning):
            return meaning
        case dict():
            return "a key and its value"
        case list():
            return "a list"
        case _:
            return str(value)


_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_CONSTRUCT = {
    "bool": yaml.constructor.SafeConstructor.construct_yaml_bool,
    "null": yaml.constructor.SafeConstructor.construct_yaml_null,
    "int": yaml.constructor.SafeConstructor.construct_yaml_int,
    "float": yaml.constructor.SafeConstructor.construct_yaml_float,
}
