"""Second opinions for commands: shown and agreed to before the first is sent, and told with what they took."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from roleplay.cli.output import say
from roleplay.cli.streams import is_terminal
from roleplay.errors import UsageError

if TYPE_CHECKING:
    from roleplay.judging.judge import Judge, Opinion
    from roleplay.scoring.coding import Heard

judge_option = click.option(
    "--judge", is_flag=True, help="Ask the model that was set up for it too. Sends the words there; off by default."
)
yes_send_option = click.option(
    "--yes-send", is_flag=True, help="With --judge: agree to what is sent, where nobody can be asked."
)
SET_UP = (
    "No second opinion is set up. Name a server and a model: ROLEPLAY_JUDGE_URL and ROLEPLAY_JUDGE_MODEL, and "
    "ROLEPLAY_JUDGE_KEY where it asks for a key. See docs/second-opinion.md."
)
NOBODY = (
    "Nobody can be asked here whether the words may be sent, so nothing was sent. Run it once in a terminal, or give "
    "--yes-send."
)


class SecondOpinions:
    """Opinions on one reply after another. Before the very first, what is sent is shown and has to be agreed to."""

    def __init__(self, judge: "Judge", *, agreed: bool, yes: bool) -> None:
        self.judge = judge
        self.declined = False
        """Somebody said no, and nothing was sent."""
        self._agreed, self._yes = agreed, yes

    def of(self, reply: str, heard: "Heard") -> "Opinion | None":
        """The opinion on a reply; None once somebody has said no. A silence and a very long reply are not sent."""
        from roleplay.judging.judge import Opinion
        from roleplay.judging.request import LONGEST

        if not reply.strip():
            return Opinion(None, "there are no words to send")
        if len(reply) > LONGEST:
            return Opinion(None, f"the reply is longer than {LONGEST} characters, so it was not sent")
        return self.judge.opinion(reply, heard) if self.may_send(reply, heard) else None

    def on_record(self, record: str) -> "Opinion | None":
        """The opinion on a record of `roleplay score`, which has been found good."""
        from roleplay.scoring.record import heard_from, record_of

        known = record_of(record)
        return self.of(known["response"], heard_from(known))

    def print(self, opinion: "Opinion", reply: str) -> None:
        """Tells a person an opinion."""
        for line in ("", *told(opinion, self.judge.endpoint.model, reply)):
            say(line)

    def record(self, opinion: "Opinion") -> dict[str, Any]:
        """An opinion for a machine."""
        return as_record(opinion, self.judge.endpoint.model)

    def may_send(self, reply: str, heard: "Heard") -> bool:
        """Whether words may be sent; asks where that is not known yet, with this reply as what would be first."""
        if not self._agreed and not self.declined:
            self._ask(self.judge.request(reply, heard))
        return self._agreed

    def _ask(self, request: dict[str, Any]) -> None:
        from roleplay.practice.judge_file import agree

        for line in shown(request, self.judge.endpoint.address, with_key=self._has_key):
            say(line, err=True)
        if self._yes or click.confirm("Send this, and the same about later replies?", err=True, default=False):
            agree(self.judge.endpoint)
            self._agreed = True
        else:
            self.declined = True
            say("Nothing was sent.", err=True)

    @property
    def _has_key(self) -> bool:
        return bool(self.judge.endpoint.key.get_secret_value())


def second_opinions(*, yes: bool) -> SecondOpinions:
    """The judge that was set up.

    Raises:
        UsageError: None is, a package is missing, or nobody can be asked and nobody has agreed before.
    """
    from roleplay.practice.judge_file import agreed, endpoint

    if (chosen := endpoint()) is None:
        raise UsageError(SET_UP)
    from roleplay.judging.exchange import require
    from roleplay.judging.judge import Judge

    require()
    known = agreed(chosen)
    if not known and not yes and not is_terminal(sys.stdin):
        raise UsageError(NOBODY)
    return SecondOpinions(Judge(chosen), agreed=known, yes=yes)


def shown(request: dict[str, Any], address: str, *, with_key: bool) -> Iterator[str]:
    """Everything that is sent, message by message, the settings of the request, and last where it goes."""
    for message in request["messages"]:
        yield f"--- {message['role']}"
        yield message["content"]
    yield "--- besides"
    yield json.dumps({name: value for name, value in request.items() if name != "messages"})
    yield "---"
    yield f"This is what would be sent about the first reply, to {address}, for the model {request['model']}."
    if with_key:
        yield "The key goes with it and is not shown."
    yield "Whoever runs that server can read it. The same is sent about each later reply, and nothing else."
    yield "If the words are somebody else's, ask them first: they practised where nothing leaves the machine."


def told(opinion: "Opinion", model: str, reply: str) -> Iterator[str]:
    """An opinion for a person: its codes with their words, its ratings, and what it took."""
    from roleplay.debrief.opinions import deeds
    from roleplay.debrief.wording import quoted

    yield f"Second opinion, {model}: {spent(opinion)}"
    if opinion.coding is None:
        yield f"  none: {opinion.problem}."
        return
    if opinion.coding.abstained:
        yield f"  not read. {opinion.coding.because}".rstrip()
        return
    for short, words in deeds(opinion.coding, reply):
        yield f"  {short}: {quoted(words)}"
    if not opinion.coding.codes:
        yield "  no code"
    yield f"  recognition {opinion.coding.recognition} of 4, {opinion.coding.kind}; contact {opinion.coding.contact}"
    if opinion.dropped:
        yield f"  {opinion.dropped} left out: the words it quoted are not in the reply"


def spent(opinion: "Opinion") -> str:
    """What an opinion took, as far as it is known: time, tokens, cost, a second try."""
    tokens = f"{opinion.tokens_in} + {opinion.tokens_out} tokens" if opinion.tokens_in is not None else ""
    cost = f"cost {opinion.cost:.6f}" if opinion.cost is not None else ""
    again = "second try" if opinion.tries > 1 else ""
    return ", ".join(part for part in (f"{opinion.seconds:.1f} s", tokens, cost, again) if part)


def as_record(opinion: "Opinion", model: str) -> dict[str, Any]:
    """An opinion for a machine. `coding` is null where there is none, and `problem` then says why."""
    coding = opinion.coding
    return {
        "scorer": "judge",
        "version": model,
        "coding": None if coding is None else coding.model_dump(mode="json"),
        "problem": opinion.problem,
        "seconds": opinion.seconds,
        "tokens": {"in": opinion.tokens_in, "out": opinion.tokens_out},
        "cost": opinion.cost,
        "dropped": opinion.dropped,
        "tries": opinion.tries,
    }
