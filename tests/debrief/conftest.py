"""A small patient of our own and conversations with pinned codings: what the debrief says can be worked out by hand."""

from collections.abc import Callable

import pytest

from roleplay.debrief.report import Report, report_of
from roleplay.engine.events import Event, Rewound, SelfRated
from roleplay.engine.session import live_facts, session_of
from roleplay.engine.step import begin, step
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import Harm, RecognitionKind, Strategy
from roleplay.scoring.coding import Coding, Found
from roleplay.store.stamped import Stamped

TASK = {"kind": "withdrawal", "markers": ["denial"], "intensity": 2, "about": "task"}
STRAINED = {
    "line": "It's fine. Whatever you think.",
    "cue": "looks at the clock",
    "unsaid": "It isn't.",
    "rupture": TASK,
}
AGAIN = {"line": "Sure. Sure.", "unsaid": "Gone past.", "rupture": {**TASK, "intensity": 3}}
WRITTEN = {
    "format": 1,
    "id": "small",
    "title": "A small patient",
    "family": "withdrawal",
    "difficulty": 1,
    "setting": {"modality": "CBT", "session": 3, "place": "here"},
    "patient": {
        "name": "Ada Quill",
        "age": 40,
        "background": "b",
        "type": "B",
        "struggle": "self_definition",
        "wants": "w",
        "pronoun": "she",
    },
    "lapse": "The therapist set the sheet twice without asking.",
    "briefing": "A third session.",
    "onset": {"earliest": 2, "latest": 2},
    "parameters": {"trust": 5, "gain_per_fit": 1, "loss_per_harm": 1.5, "loops": 1, "max_turns": 8},
    "unsure": {"line": "Sorry?"},
    "entry": "withdrawal.marker",
    "time_up": {"unopened": "withdrawal.left", "opened": "withdrawal.left"},
    "states": {
        "calm": {"says": [[{"line": "Hello."}]], "transitions": [{"to": "calm"}]},
        "withdrawal.marker": {
            "says": [[STRAINED], [AGAIN]],
            "teach": {
                "missed_cue": "She agreed at once.",
                "why": "Make room for a no.",
                "alternative_readings": ["courtesy"],
                "model_replies": ["I never asked.", "We can leave it."],
            },
            "stage": {"order": 0, "depth": "early"},
            "transitions": [
                {"when": {"any": ["attack"]}, "to": "withdrawal.left"},
                {"when": {"any": ["defend"]}, "to": "withdrawal.marker", "as": "back"},
                {"when": {"any": ["own"], "contact_at_least": 2}, "to": "withdrawal.self_assertion"},
                {"when": {"any": ["link"]}, "to": "withdrawal.attended", "as": "skip"},
                {"when": {"any": ["invite"], "contact_at_least": 2}, "to": "withdrawal.attended"},
                {"to": "withdrawal.marker"},
            ],
        },
        "withdrawal.attended": {
            "says": [[{"line": "Oh. Well.", "unsaid": "You saw."}]],
            "stage": {"order": 1, "depth": "early"},
            "transitions": [
                {"when": {"any": ["own"]}, "to": "withdrawal.self_assertion"},
                {"to": "withdrawal.marker"},
            ],
        },
        "withdrawal.self_assertion": {
            "says": [[{"line": "I'd rather choose.", "unsaid": "There."}]],
            "stage": {"order": 6, "depth": "explored", "need": True},
            "transitions": [
                {"when": {"any": ["hold", "renegotiate_together"]}, "to": "withdrawal.repaired"},
                {"to": "withdrawal.marker"},
            ],
        },
    },
    "endings": {
        "withdrawal.repaired": {
            "line": "Then I choose.",
            "account": "I said it.",
            "aftermath": "She came on time.",
            "resolution": 5,
        },
        "withdrawal.left": {"line": "Bye.", "account": "It was fine.", "resolution": 1},
    },
}


def coded(reply: str, *codes: Strategy | Harm, recognition: int = 0, contact: int = 0, **more: object) -> Coding:
    """A pinned reading: every code rests on the first word of the reply, or on all of it when there is one word."""
    end = len(reply.split(" ")[0])
    found = tuple(Found(code=code, start=0, end=end, shared=True) for code in codes)
    kind = RecognitionKind.EXPLICIT if recognition >= 3 else RecognitionKind.NONE
    return Coding.model_validate(
        {"codes": found, "recognition": recognition, "kind": kind, "contact": contact, "quality": 3, **more}
    )


CARRY_ON = ("Good, so daily.", coded("Good, so daily."))
EXPLAIN = ("I explained that.", coded("I explained that.", Harm.DEFENSIVENESS))
HIT = ("Typical!", coded("Typical!", Harm.HOSTILITY))
INVITE = (
    "How is the sheet for you?",
    coded("How is the sheet for you?", Strategy.INVITE, recognition=3, contact=3, empathy=3, stance=3, economy=4),
)
OWN = (
    "Twice I never asked you.",
    coded(
        "Twice I never asked you.", Strategy.OWN, recognition=4, contact=4, ownership=4, empathy=3, stance=3, economy=4
    ),
)
HOLD = ("", Coding(codes=(Found(code=Strategy.HOLD, start=0, end=0),), silence=True))
MUMBLE = ("xx", Coding(abstained=True, because="Nothing could be read."))

Said = tuple[str, Coding] | Event | int
"""A reply with its coding, a fact to note, or the number of a turn to go back to."""


class Conversation:
    """Facts as a live session would save them, ten seconds apart."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.session, events = begin(scenario, "hash", seed=1)
        self.facts: list[Stamped] = []
        self.note(*events)

    def note(self, *events: Event) -> None:
        for event in events:
            seq = len(self.facts) + 1
            at = f"2026-01-31T09:{seq * 10 // 60:02}:{seq * 10 % 60:02}.000Z"
            self.facts.append(Stamped("s", seq, at, event))

    def say(self, *said: Said) -> "Conversation":
        for item in said:
            if isinstance(item, tuple):
                self.session, events = step(self.scenario, self.session, *item)
                self.note(*events)
            elif isinstance(item, int):
                self.back(item)
            else:
                self.note(item)
        return self

    def back(self, turn: int) -> None:
        """Goes back before the reply of this turn, as `Play.rewind` does."""
        live = live_facts((fact.seq, fact.event) for fact in self.facts)
        replied = next(seq for seq, event in live if event.event == "trainee_replied" and event.turn == turn)
        spoke = max(seq for seq, event in live if event.event == "patient_spoke" and seq < replied)
        self.note(Rewound(to_seq=spoke, turn=turn))
        self.session = session_of([(fact.seq, fact.event) for fact in self.facts])

    @property
    def report(self) -> Report:
        return report_of(self.facts, self.scenario)


@pytest.fixture(scope="session")
def small() -> Scenario:
    return Scenario.model_validate(WRITTEN)


@pytest.fixture(scope="session")
def talk(small: Scenario) -> Callable[..., Conversation]:
    """Has a conversation: replies with their codings, facts to note, numbers of turns to go back to."""
    return lambda *said, scenario=small: Conversation(scenario).say(*said)


@pytest.fixture(scope="session")
def say() -> dict[str, tuple[str, Coding]]:
    """Replies by name, each with its pinned coding."""
    return {
        "carry_on": CARRY_ON,
        "explain": EXPLAIN,
        "hit": HIT,
        "invite": INVITE,
        "own": OWN,
        "hold": HOLD,
        "mumble": MUMBLE,
    }


@pytest.fixture(scope="session")
def told(talk: Callable[..., Conversation]) -> Report:
    """A whole conversation with a try left behind, a private line and hostile text, for the renderers."""
    hostile = "<script>alert(1)</script> \u202eevil\u202c \x1b[31m # *b* | `c`"
    return talk(
        CARRY_ON,
        EXPLAIN,
        2,
        (hostile, coded(hostile, Strategy.OWN, recognition=4, contact=4, ownership=4, empathy=3)),
        HOLD,
        SelfRated(question="how_are_you", text="A secret of mine"),
    ).report
