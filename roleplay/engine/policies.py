"""Simulated trainees with pinned codings: how a stage model plays, asked without a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from roleplay.engine.events import Event
from roleplay.engine.session import Session
from roleplay.engine.step import begin, step
from roleplay.engine.voice import drawn
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding, Found

Said = tuple[str, Coding]
Policy = Callable[[Scenario, Session], Said]

FORMULA = "That makes sense; what's it like with me?"


def reading(
    text: str,
    codes: Iterable[Strategy | Harm],
    *,
    contact: int = 3,
    recognition: int = 3,
    shared: bool = False,
    quality: int = 4,
) -> Coding:
    """A coding of `text` in which every code rests on all of it."""
    found = tuple(Found(code=code, start=0, end=len(text), shared=shared) for code in codes)
    good = any(isinstance(code, Strategy) for code in codes)
    return Coding(
        codes=found,
        recognition=recognition if good else 0,
        kind=RecognitionKind.IMPLICIT if good and recognition else RecognitionKind.NONE,
        contact=contact if good else 0,
        quality=quality if good else None,
        empathy=3 if good else 0,
        ownership=4 if Strategy.OWN in codes else None,
        stance=3 if good else 1,
        economy=4,
    )


def fresh_words(session: Session) -> str:
    """Words that were not used before in this conversation."""
    turn = session.turn + 1
    return " ".join(f"word{turn}{letter}" for letter in "abcdefgh")


BEST: dict[str, tuple[Strategy, ...]] = {
    "marker": (Strategy.VALIDATE, Strategy.INVITE),
    "attended": (Strategy.INVITE,),
    "hedged_assertion": (Strategy.INVITE,),
    "specific_assertion": (Strategy.NEED,),
    "avoidance": (Strategy.VALIDATE,),
    "avoidance_explored": (Strategy.NEED,),
    "self_assertion": (Strategy.NEED, Strategy.VALIDATE),
    "acknowledged": (Strategy.INVITE,),
    "construal": (Strategy.OWN,),
    "avoidance_of_aggression": (Strategy.VALIDATE,),
    "hurt": (Strategy.ATTEND, Strategy.VALIDATE),
    "avoidance_of_vulnerability": (Strategy.VALIDATE,),
    "vulnerability": (Strategy.VALIDATE,),
    "concealed": (Strategy.NORMALISE,),
    "testing": (Strategy.ATTEND, Strategy.INVITE),
    "partly_disclosed": (Strategy.VALIDATE, Strategy.INVITE),
}
"""What a skilled trainee does at each stage."""


def skilled(scenario: Scenario, session: Session) -> Said:
    """Notices, makes room, asks for the need when it is near, each time in new words."""
    text = fresh_words(session)
    if session.rupture is None:
        return text, Coding()
    stage = session.state.split(".")[-1]
    return text, reading(text, BEST.get(stage, (Strategy.ATTEND,)))


def owning_first(scenario: Scenario, session: Session) -> Said:
    """As the skilled one, but the first answer to the strain names what was done."""
    if session.state == scenario.entry:
        text = fresh_words(session)
        return text, reading(text, (Strategy.OWN, Strategy.ATTEND))
    return skilled(scenario, session)


def renegotiating_together(scenario: Scenario, session: Session) -> Said:
    """Lets the patient shape task, goal and frame at every stage; never speaks of the relationship."""
    text = fresh_words(session)
    if session.rupture is None:
        return text, Coding()
    return text, reading(text, (Strategy.ALTERNATIVES, Strategy.OBSTACLES), shared=True)


def deciding_alone(scenario: Scenario, session: Session) -> Said:
    """Changes the task without asking."""
    text = fresh_words(session)
    return text, reading(text, (Strategy.CHANGE,), contact=2, recognition=2, quality=2)


def formula(scenario: Scenario, session: Session) -> Said:
    """One good-sounding sentence, every turn, even read as generously as can be."""
    return FORMULA, reading(FORMULA, (Strategy.ATTEND, Strategy.VALIDATE, Strategy.INVITE))


def harming(*harms: Harm) -> Policy:
    """The same harm every turn, in new words."""

    def policy(scenario: Scenario, session: Session) -> Said:
        text = fresh_words(session)
        return text, reading(text, harms)

    return policy


soothing = harming(Harm.REASSURANCE)
defending = harming(Harm.DEFENSIVENESS)
advising = harming(Harm.ADVICE)
attacking = harming(Harm.COUNTER_INTERPRETATION)
pressing = harming(Harm.PRESSING)


def silent(scenario: Scenario, session: Session) -> Said:
    """Says nothing, every turn."""
    return "", Coding(codes=(Found(code=Strategy.HOLD, start=0, end=0),), silence=True)


def carrying_on(scenario: Scenario, session: Session) -> Said:
    """Talks on as if nothing had been said."""
    return fresh_words(session), Coding()


_ALL = (*Strategy, *Harm)


def random_codes(scenario: Scenario, session: Session) -> Said:
    """One or two codes by lot, drawn from the seed."""
    text = fresh_words(session)
    purpose = f"policy/{session.turn}"
    first = _ALL[drawn(session.seed, purpose + "/1", len(_ALL))]
    second = _ALL[drawn(session.seed, purpose + "/2", len(_ALL))]
    contact = drawn(session.seed, purpose + "/contact", 5)
    return text, reading(text, {first, second}, contact=contact, shared=bool(contact % 2))


@dataclass(frozen=True, slots=True)
class Run:
    """A whole simulated conversation."""

    session: Session
    events: tuple[Event, ...]
    replies_to_strain: int
    """Replies given from the first strained line on."""

    @property
    def ending(self) -> str:
        """The ending that was reached."""
        return self.session.ending or ""


def simulate(scenario: Scenario, policy: Policy, *, seed: int = 1, most: int = 60) -> Run:
    """Plays one conversation to its end."""
    session, events = begin(scenario, "", seed=seed)
    log = list(events)
    strained = 0
    while session.ending is None and session.turn < most:
        strained += session.rupture is not None
        text, coding = policy(scenario, session)
        session, events = step(scenario, session, text, coding)
        log += events
    return Run(session, tuple(log), strained)
