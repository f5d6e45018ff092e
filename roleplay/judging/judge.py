"""One opinion of an outside model: asked within a time, once more where that may help, and else a failure in words."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from roleplay.engine.events import OpinionGiven
from roleplay.judging.answer import SCORER, Read, Unusable, read
from roleplay.judging.endpoint import Endpoint
from roleplay.judging.exchange import Answered, NotAnswered, Send, send
from roleplay.judging.reported import excerpt, leaks, said, wait_asked
from roleplay.judging.request import body, messages
from roleplay.scoring.coding import Coding, Heard

TRIES = 2
PAUSE = 1.0
"""Seconds before the second try where the server names none."""
LONGEST_PAUSE = 30.0
"""A server that asks for a longer wait is not asked again now."""
FORM_REFUSED = (400, 415, 422, 501)
"""Statuses with which servers refuse a form of answer that they do not know."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge said of one reply, or why it said nothing."""

    coding: Coding | None
    problem: str = ""
    seconds: float = 0.0
    """From the question to the answer, a second try and waiting included."""
    tokens_in: int | None = None
    tokens_out: int | None = None
    """Of all tries; None where the server did not count them."""
    cost: float | None = None
    dropped: int = 0
    tries: int = 0

    @property
    def failed(self) -> bool:
        """Whether it was asked for and not had. What is never sent (no words, too many) has not failed."""
        return bool(self.problem) and self.tries > 0

    def given(self, turn: int, reply: int, model: str) -> OpinionGiven:
        """The opinion as a fact about the reply in entry `reply` of the log."""
        return OpinionGiven(
            turn=turn,
            reply=reply,
            scorer=SCORER,
            version=model,
            coding=self.coding,
            problem=self.problem,
            seconds=self.seconds,
            tokens_in=self.tokens_in,
            tokens_out=self.tokens_out,
            cost=self.cost,
            dropped=self.dropped,
            tries=self.tries,
        )


class _Failed(Exception):
    """A try that gave no coding."""

    def __init__(self, why: str, *, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait
        """Seconds after which to try again; None where that would not help."""


@dataclass(slots=True)
class _Spent:
    """What the tries about one reply took."""

    tries: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None

    def add(self, tokens_in: int | None, tokens_out: int | None) -> None:
        self.tokens_in = _sum(self.tokens_in, tokens_in)
        self.tokens_out = _sum(self.tokens_out, tokens_out)


class Judge:
    """Asks one endpoint. Remembers, from reply to reply, only which forms of answer the server refused."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        ask: Send = send,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.endpoint = endpoint
        self._send, self._sleep, self._clock = ask, sleep, clock
        self._by_schema = self._steady = True

    def request(self, reply: str, heard: Heard) -> dict[str, Any]:
        """The whole of what is sent about a reply.

        Raises:
            UsageError: The reply is longer than is sent.
        """
        asked = messages(reply, heard)
        return body(self.endpoint.model, asked, by_schema=self._by_schema, steady=self._steady)

    def opinion(self, reply: str, heard: Heard) -> Opinion:
        """The opinion on one reply. Whatever the server does, it raises nothing.

        Raises:
            UsageError: The reply is longer than is sent, or the package for sending is missing.
        """
        began, spent = self._clock(), _Spent()
        coding, dropped, problem = None, 0, ""
        while spent.tries < TRIES:
            spent.tries += 1
            try:
                (coding, dropped), problem = self._tried(reply, heard, spent), ""
                break
            except _Failed as failed:
                problem = str(failed)
                if failed.wait is None:
                    break
                if spent.tries < TRIES:
                    self._sleep(failed.wait)
        return Opinion(
            coding,
            problem,
            round(self._clock() - began, 3),
            spent.tokens_in,
            spent.tokens_out,
            self.endpoint.cost(spent.tokens_in, spent.tokens_out),
            dropped,
            spent.tries,
        )

    def _tried(self, reply: str, heard: Heard, spent: _Spent) -> Read:
        answered = self._asked(reply, heard)
        if answered.status != 200:
            raise self._refused(answered)
        try:
            words = said(answered)
            spent.add(words.tokens_in, words.tokens_out)
            found = read(words.text, reply, self.endpoint.model)
        except Unusable as error:
            raise _Failed(str(error), wait=0.0) from None
        if leaks(found.coding.because, self._key):
            return Read(found.coding.model_copy(update={"because": ""}), found.dropped)
        return found

    def _asked(self, reply: str, heard: Heard) -> Answered:
        """The answer, in the strictest form that the server takes. A form refused costs no try."""
        before = self._by_schema, self._steady
        while True:
            try:
                answered = self._send(self.endpoint, self.request(reply, heard))
            except NotAnswered as error:
                raise _Failed(str(error), wait=0.0 if error.again else None) from None
            if answered.status not in FORM_REFUSED:
                return answered
            if not self._plainer(answered):
                self._by_schema, self._steady = before  # the form was not what it refused
                return answered

    def _plainer(self, answered: Answered) -> bool:
        """Asks for less from now on, where something is left to do without."""
        if self._steady and b"temperature" in answered.body:
            self._steady = False
            return True
        if self._by_schema:
            self._by_schema = False
            return True
        return False

    def _refused(self, answered: Answered) -> _Failed:
        status = answered.status
        if status == 429 or status >= 500:
            wait = wait_asked(answered.retry_after)
            wait = PAUSE if wait is None else wait
            busy = "the server has too much to do" if status == 429 else f"the server failed (status {status})"
            if wait > LONGEST_PAUSE:
                return _Failed(f"{busy} and asks to wait {wait:.0f} seconds; try again later")
            return _Failed(busy, wait=wait)
        if status in (401, 403):
            return _Failed(f"the server did not accept the key (status {status})")
        if 300 <= status < 400:
            return _Failed("the server points to another address, which is not followed: set that address yourself")
        told = excerpt(answered, self._key)
        return _Failed(f"the server refused the question (status {status}){f': {told}' if told else ''}")

    @property
    def _key(self) -> str:
        return self.endpoint.key.get_secret_value()


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
