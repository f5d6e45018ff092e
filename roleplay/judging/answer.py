"""The strict reading of a model's answer. Everything in it is untrusted text."""

from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from roleplay.judging.quotes import place_of
from roleplay.judging.request import CODES
from roleplay.scoring.codes import RENEGOTIATION, Harm, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding, Found

SCORER = "judge"
MOST_CODES = 40
LONGEST_QUOTE = 6000
LONGEST_REASON = 300
LONGEST_ANSWER = 60_000
"""Characters; a whole coding takes a few hundred."""
NOT_THE_FORM = "the answer was not in the form that was asked for"
INVENTED = "the answer quoted words that are not in the reply"
TOO_LONG = "the answer was far too long"

Level = Annotated[int, Field(ge=0, le=4)]


class Unusable(Exception):
    """The answer cannot be used; the text says why, in our words and never in the server's."""


class _Form(BaseModel):
    """Base for what a model answers: no unknown keys, nothing made to fit."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Code(_Form):
    code: Strategy | Harm
    quote: str = Field(max_length=LONGEST_QUOTE)
    shared: bool


class _Answer(_Form):
    codes: list[_Code] = Field(max_length=MOST_CODES)
    recognition: Level
    recognition_kind: RecognitionKind
    contact: Level
    quality: Level | None
    empathy: Level | None
    ownership: Level | None
    stance: Level | None
    economy: Level | None
    described: bool
    abstained: bool
    because: str


class Read(NamedTuple):
    """A coding, and how many codes were left out of it."""

    coding: Coding
    dropped: int
    """Codes whose quoted words are not in the reply."""


def read(text: str, reply: str, model: str) -> Read:
    """The coding that an answer comes to.

    Args:
        text: What the model wrote.
        reply: What it was asked to code.
        model: The model that was asked for, which becomes the coding's version.

    Raises:
        Unusable: It is not the form, or more than half of its quotes are not in the reply.
    """
    answer = _understood(text)
    if answer.abstained:
        return Read(Coding(abstained=True, because=_reason(answer.because), scorer=SCORER, version=model), 0)
    found = [found for each in answer.codes if (found := _found(each, reply)) is not None]
    dropped = len(answer.codes) - len(found)
    if dropped * 2 > len(answer.codes):
        raise Unusable(INVENTED)
    return Read(_coding(answer, _ordered(found), model), dropped)


def _understood(text: str) -> _Answer:
    if len(text) > LONGEST_ANSWER:
        raise Unusable(TOO_LONG)
    try:
        answer = _Answer.model_validate_json(_unfenced(text))
    except (ValidationError, ValueError, RecursionError):
        raise Unusable(NOT_THE_FORM) from None  # the error would repeat what the server wrote
    if not {each.code for each in answer.codes} <= set(CODES):
        raise Unusable(NOT_THE_FORM)
    return answer


def _unfenced(text: str) -> str:
    """Without the fence of Markdown that small models put around JSON."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.strip("`").strip().removeprefix("json")
    return text


def _found(given: _Code, reply: str) -> Found | None:
    if (place := place_of(given.quote, reply)) is None:
        return None
    return Found(code=given.code, start=place[0], end=place[1], shared=given.shared and given.code in RENEGOTIATION)


def _ordered(found: Iterable[Found]) -> tuple[Found, ...]:
    """Each code with its words once, in the order of the reply."""
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.start, each.end, str(each.code))))


def _coding(answer: _Answer, found: tuple[Found, ...], model: str) -> Coding:
    strategies = any(isinstance(each.code, Strategy) for each in found)
    ratings: dict[str, Any] = {name: getattr(answer, name) for name in ("empathy", "ownership", "stance", "economy")}
    return Coding(
        codes=found,
        recognition=answer.recognition,
        kind=answer.recognition_kind,
        contact=answer.contact,
        quality=answer.quality if strategies else None,
        described=answer.described,
        because=_reason(answer.because),
        scorer=SCORER,
        version=model,
        **ratings,
    )


def _reason(text: str) -> str:
    """One line of bounded length, in which nothing can move a cursor."""
    from roleplay.debrief.plain_text import one_line

    return one_line(text[:LONGEST_REASON])[:LONGEST_REASON]
