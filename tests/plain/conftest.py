"""The plain trainer in this process: lines in, text and saved facts out."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from roleplay.cli.plain import Wishes, run_plain
from roleplay.cli.plain_lines import Lines, Voice
from roleplay.engine.events import Event
from roleplay.engine.policies import reading
from roleplay.engine.session import Session
from roleplay.engine.situation import heard_of
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, Strategy
from roleplay.scoring.coding import Coding, Heard
from roleplay.store.store import Store

SEED = 3


def pinned(reply: str, heard: Heard) -> Coding:
    """Reads slugs off the reply: "own_contribution defensiveness"; abstains from "gibberish"."""
    if "gibberish" in reply:
        return Coding(abstained=True, because="Not read.")
    return reading(reply, tuple(code for code in (*Strategy, *Harm) if code in reply))


@dataclass(frozen=True)
class Sat:
    """What a trainee saw, and what was saved."""

    code: int
    text: str
    where: Path

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def facts(self) -> list[Event]:
        """Of the newest conversation."""
        with Store.open(self.where) as store:
            return [fact.event for fact in store.facts("last")]

    def of(self, kind: type[Event]) -> list[Event]:
        return [fact for fact in self.facts if isinstance(fact, kind)]


Sit = Callable[..., Sat]


@pytest.fixture
def sit(tmp_path: Path) -> Sit:
    """One sitting: the lines a trainee types, until there are no more."""

    def sat(
        *lines: str, scenario: str | None = "good-student", echo: bool = True, coder: object = pinned, **wishes: object
    ) -> Sat:
        out = StringIO()
        where = tmp_path / "conversations.db"
        source = Lines.of_stream(StringIO("".join(f"{line}\n" for line in lines)), echo=Voice(out) if echo else None)
        wished = Wishes(store=str(where), scenario=scenario, seed=SEED, **wishes)  # type: ignore[arg-type]
        code = run_plain(wished, source, out, coder)  # type: ignore[arg-type]
        return Sat(code, out.getvalue(), where)

    return sat


@pytest.fixture(scope="session")
def to_the_end(mei: Scenario) -> list[str]:
    """Replies that carry on until Mei Lin's time is up."""
    session, _ = begin(mei, "", seed=SEED)
    replies: list[str] = []
    while session.ending is None:
        replies.append(f"Well, number {len(replies)} of many things to say, {len(replies) * 7} in all.")
        session = _after(mei, session, replies[-1])
    return replies


def _after(scenario: Scenario, session: Session, reply: str) -> Session:
    return step(scenario, session, reply, pinned(reply, heard_of(scenario, session)))[0]
