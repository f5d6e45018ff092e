"""The debrief as one plain value: what a conversation was, from its facts and its scenario."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from roleplay.debrief.card import card_of
from roleplay.debrief.curve import curves_of
from roleplay.debrief.measures import Measures, measures_of
from roleplay.debrief.moment import Moment, Review
from roleplay.debrief.moments import moments_of
from roleplay.debrief.parts import CardItem, Close, Curve, Header, Path, Private, Sentence, Versions
from roleplay.debrief.path import path_of
from roleplay.debrief.pulls import pulls_of
from roleplay.debrief.sentences import three_of
from roleplay.debrief.turn import Turn
from roleplay.debrief.turns import live_tries, turns_of
from roleplay.debrief.wording import BROKEN_OFF, RESOLUTION, place
from roleplay.engine.events import OpinionGiven, ReviewAdded, Rewound, SelfRated, SessionBegan, SessionEnded
from roleplay.scenarios.model import Scenario
from roleplay.scoring.coding import Frozen
from roleplay.store.stamped import Stamped

LABEL = "Coded by this program as its authors judge, not validated by clinicians; formative."
DISCLAIMERS = (
    "A training simulation: not treatment, not supervision, and no test of competence.",
    "The patient is fictional.",
    "The feedback is automated and can be wrong. Contest it, and talk about it with a supervisor.",
)
UNFINISHED = "The conversation is not over."
BREAK = 1800.0
"""Seconds without a fact after which the trainee had gone away."""


class Report(Frozen):
    """A debrief in reading order. Plain values: renderers only print them."""

    session: str
    header: Header
    unfinished: str
    """Says that the conversation is not over; empty where it is."""
    private: Private | None
    """None once it has been taken out."""
    close: Close | None
    """The patient's account and what came afterwards; None while the conversation is not over."""
    truth: str
    """What there was to find, and what the therapist had done before; empty while it is not over."""
    moments: tuple[Moment, ...]
    strength: Sentence
    next: Sentence
    supervision: Sentence
    curves: tuple[Curve, ...]
    path: Path
    numbers: Measures
    card: tuple[CardItem, ...]
    """Empty while the conversation is not over."""
    reviews: tuple[Review, ...]
    """What others wrote about the whole conversation."""
    cultural_note: str
    label: str = LABEL
    disclaimers: tuple[str, ...] = DISCLAIMERS
    versions: Versions

    def without_private(self) -> "Report":
        """The same report with nothing in it that the trainee said about themselves."""
        return self.model_copy(update={"private": None})

    @property
    def live_moments(self) -> tuple[Moment, ...]:
        """The exchanges that still hold, in order."""
        return tuple(moment for moment in self.moments if moment.live)


def report_of(facts: Sequence[Stamped], scenario: Scenario) -> Report:
    """The debrief of one conversation. Deterministic: the same facts give the same report.

    Args:
        facts: Everything that was saved about it, superseded tries included, in order.
        scenario: The resolved scenario as it was when the conversation began.
    """
    turns = turns_of(facts)
    held = live_tries(turns)
    ended = next((turn.answer for turn in held if isinstance(turn.answer, SessionEnded)), None)
    over = ended is not None
    strength, next_thing, question = three_of(scenario, held)
    return Report(
        session=facts[0].session if facts else "",
        header=_header(facts, scenario, held, over=over),
        unfinished="" if over else UNFINISHED,
        private=Private(how_are_you=_how_are_you(facts), pulls=pulls_of(turns)),
        close=_close(scenario, ended) if ended else None,
        truth=_truth(scenario, turns) if over else "",
        moments=moments_of(scenario, turns, over=over),
        strength=strength,
        next=next_thing,
        supervision=question,
        curves=curves_of(turns),
        path=path_of(scenario, turns),
        numbers=measures_of(turns),
        card=_card(held) if over else (),
        reviews=_reviews(facts),
        cultural_note=scenario.cultural_note.strip(),
        versions=_versions(facts, scenario, turns),
    )


def _header(facts: Sequence[Stamped], scenario: Scenario, held: Sequence[Turn], *, over: bool) -> Header:
    began = next((fact.event for fact in facts if isinstance(fact.event, SessionBegan)), None)
    patient, setting = scenario.patient, scenario.setting
    return Header(
        patient=patient.called,
        name=patient.name,
        age=patient.age,
        pronoun=patient.pronoun,
        title=scenario.title,
        setting=f"{setting.modality}, session {setting.session}",
        mode=began.mode if began else "practice",
        replies=sum(turn.answered for turn in held),
        minutes=_minutes(facts, held),
        went_back=sum(isinstance(fact.event, Rewound) for fact in facts),
        over=over,
    )


def _minutes(facts: Sequence[Stamped], held: Sequence[Turn]) -> int | None:
    """Whole minutes up to the last reply that holds, breaks left out; 0 is less than one, None without a reply."""
    # An opinion is given long after the talk, or in a break of it.
    facts = [fact for fact in facts if not isinstance(fact.event, OpinionGiven)]
    replies = [turn.reply for turn in held if turn.reply]
    last = next((place for place, fact in enumerate(facts) if replies and fact.event is replies[-1]), None)
    if last is None:
        return None
    try:
        moments = [datetime.fromisoformat(fact.at) for fact in facts[: last + 1]]
        passed = [(after - before).total_seconds() for before, after in pairwise(moments)]
    except (ValueError, TypeError):
        return None
    seconds = sum(gap for gap in passed if 0 < gap <= BREAK)
    return max(1, round(seconds / 60)) if seconds >= 60 else 0


def _how_are_you(facts: Sequence[Stamped]) -> str:
    """The last answer: going back does not undo how somebody felt."""
    answers = [fact.event.text for fact in facts if isinstance(fact.event, SelfRated) and fact.event.text]
    return answers[-1] if answers else ""


def _close(scenario: Scenario, ended: SessionEnded) -> Close:
    repairable = scenario.entry is not None
    return Close(
        account=ended.account.strip(),
        aftermath=ended.aftermath.strip(),
        line=ended.line,
        cue=ended.cue,
        unsaid=ended.unsaid,
        ending=ended.ending,
        words=place(ended.ending),
        resolution=ended.resolution if repairable else None,
        meaning=_meaning(ended) if repairable else "there was nothing to repair here",
        out_of_time=ended.because == "time",
    )


def _meaning(ended: SessionEnded) -> str:
    left = ended.ending.rsplit(".", 1)[-1] == "left" and ended.because == "ending"
    return BROKEN_OFF if left else RESOLUTION[ended.resolution]


def _truth(scenario: Scenario, turns: Sequence[Turn]) -> str:
    """What there was to find; only for a conversation that is over."""
    if scenario.entry is None:
        return "An ordinary hour. Some patients here carry no strain, so that looking for one everywhere does not pay."
    onset = next((turn.number for turn in turns if turn.fresh), None)
    if onset is None:
        return "The conversation ended before the strain came."
    return " ".join(part for part in (f"The strain came before your reply {onset}.", scenario.lapse or "") if part)


def _card(held: Sequence[Turn]) -> tuple[CardItem, ...]:
    """From the patient as the last reply left them."""
    left_at = [each for turn in held for each in (turn.before, turn.left_at) if each]
    return card_of(left_at[-1].patient) if left_at else ()


def _reviews(facts: Sequence[Stamped]) -> tuple[Review, ...]:
    return tuple(
        Review(reviewer=event.reviewer, text=event.text, ratings=tuple(sorted(event.ratings.items())))
        for event in (fact.event for fact in facts)
        if isinstance(event, ReviewAdded) and event.turn is None
    )


def _versions(facts: Sequence[Stamped], scenario: Scenario, turns: Sequence[Turn]) -> Versions:
    began = next((fact.event for fact in facts if isinstance(fact.event, SessionBegan)), None)
    scorers = dict.fromkeys(f"{turn.coding.scorer} {turn.coding.version}" for turn in turns if turn.coding)
    return Versions(
        scorers=tuple(scorers),
        engine=began.versions.engine if began else "",
        format=began.versions.format if began else None,
        scenario=scenario.id,
        scenario_hash=began.scenario_hash if began else "",
    )
