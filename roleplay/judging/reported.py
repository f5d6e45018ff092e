"""What a server's answer says around the model's words: the words themselves, tokens, and why it refused."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from roleplay.debrief.plain_text import one_line
from roleplay.judging.answer import NOT_THE_FORM, TOO_LONG, Unusable
from roleplay.judging.exchange import Answered

MOST_TOKENS = 100_000_000
LONGEST_EXCERPT = 160
TELLING = 6
"""So many characters of the key in a row are part of it."""


class Said(NamedTuple):
    """The model's words, and what they took."""

    text: str
    tokens_in: int | None
    tokens_out: int | None


def said(answered: Answered) -> Said:
    """The model's words in a good answer.

    Raises:
        Unusable: It is not what the protocol has, or holds no words.
    """
    if not answered.whole:
        raise Unusable(TOO_LONG)
    value = _json(answered.body)
    choice = _first(value.get("choices"))
    message = choice.get("message")
    text = message.get("content") if isinstance(message, dict) else None
    if not isinstance(text, str):
        raise Unusable("the model declined to answer" if isinstance(message, dict) else NOT_THE_FORM)
    if choice.get("finish_reason") == "length":
        raise Unusable("the answer was cut off before its end")
    usage = value.get("usage")
    counted = usage if isinstance(usage, dict) else {}
    return Said(text, _tokens(counted.get("prompt_tokens")), _tokens(counted.get("completion_tokens")))


def _first(choices: Any) -> dict[str, Any]:
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    raise Unusable(NOT_THE_FORM)


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Unusable(NOT_THE_FORM) from None
    if not isinstance(value, dict):
        raise Unusable(NOT_THE_FORM)
    return value


def _tokens(count: Any) -> int | None:
    return count if type(count) is int and 0 <= count <= MOST_TOKENS else None


def excerpt(answered: Answered, key: str) -> str:
    """What the server says about its refusal: one bounded line; empty where it says nothing, or repeats of the key."""
    try:
        told = _json(answered.body).get("error")
    except Unusable:
        return ""
    words = told.get("message") if isinstance(told, dict) else told
    if not isinstance(words, str) or leaks(words, key):
        return ""
    return one_line(words[:LONGEST_EXCERPT])[:LONGEST_EXCERPT].strip()


def leaks(text: str, key: str) -> bool:
    """Whether the text holds the key or a telling part of it."""
    if not key:
        return False
    parts = (key[place : place + TELLING] for place in range(max(1, len(key) - TELLING + 1)))
    return any(part in text for part in parts)


def wait_asked(header: str) -> float | None:
    """Seconds to wait by a Retry-After header, which holds seconds or a date; None where it holds neither."""
    if header.isascii() and header.strip().isdigit():
        return float(header.strip()[:9])
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError):
        return None
    if until.tzinfo is None:
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
