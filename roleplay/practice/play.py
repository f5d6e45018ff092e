"""One live conversation. The terminal app and plain mode both drive this and nothing below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self, TypeVar

from roleplay.engine.entry import entered
from roleplay.engine.events import (
    CoachSpoke,
    CodeContested,
    Event,
    HintShown,
    OpinionGiven,
    PatientSpoke,
    PauseTaken,
    ReplyGraded,
    Reread,
    Rewound,
    RuptureMarked,
    SelfRated,
    SessionBegan,
    UrgeNoted,
)
from roleplay.engine.session import Session, apply, before_reply, live, session_of
from roleplay.engine.situation import heard_of
from roleplay.engine.step import begin, step
from roleplay.errors import StoreError, UsageError
from roleplay.practice.coach import remark, speaks_unasked
from roleplay.practice.following import require_following
from roleplay.scenarios.model import Scenario
from roleplay.scenarios.resolve import canonical, digest
from roleplay.scenarios.saved import saved
from roleplay.scoring.codes import MarkKind, Strategy
from roleplay.scoring.coding import Coder, Coding, Found, Heard
from roleplay.store.store import Store

Mode = Literal["practice", "assess"]
Coaching = Literal["never", "when_stuck", "always"]
Fact = TypeVar("Fact", RuptureMarked, UrgeNoted, PauseTaken, HintShown, CodeContested, SelfRated, Reread, CoachSpoke)


@dataclass(slots=True)
class Play:
    """One live session: the only place where the pure core meets the disk.

    Every method that adds facts returns only after they are durable, so that nothing is shown
    which a crash could take back.
    """

    store: Store
    id: str
    scenario: Scenario
    coder: Coder
    facts: list[tuple[int, Event]]
    """(seq, event) of everything so far, superseded facts included."""
    session: Session

    @classmethod
    def begin(
        cls,
        store: Store,
        scenario: Scenario,
        coder: Coder,
        *,
        seed: int,
        mode: Mode = "practice",
        trainee: str = "me",
        group: str = "",
    ) -> Self:
        """Starts a conversation with a resolved scenario and saves its first facts."""
        text, hashed = canonical(scenario), digest(scenario)
        version = coder("", Heard()).version
        trainee, group = entered(trainee), entered(group)
        session, events = begin(scenario, hashed, seed=seed, mode=mode, trainee=trainee, group=group, coder=version)
        name = store.new_id()
        stamped = store.begin(name, events, text, hashed)
        return cls(store, name, scenario, coder, [(fact.seq, fact.event) for fact in stamped], session)

    @classmethod
    def resume(cls, store: Store, name: str, coder: Coder) -> Self:
        """Goes on with a saved conversation, with the scenario as it was when it began.

        Raises:
            StoreError: It cannot be read, or it was changed outside this program and cannot be gone on with.
        """
        name = store.resolve_id(name)
        stamped = store.facts(name)
        began = stamped[0].event
        assert isinstance(began, SessionBegan)
        scenario = saved(store.scenario(began.scenario_hash))
        require_following(stamped, scenario)
        facts = [(fact.seq, fact.event) for fact in stamped]
        return cls(store, name, scenario, coder, facts, session_of(facts))

    # What the screens ask.

    @property
    def began(self) -> SessionBegan:
        """How the conversation began."""
        event = self.facts[0][1]
        assert isinstance(event, SessionBegan)
        return event

    @property
    def mode(self) -> Mode:
        """Practice, or assess: in the latter nothing helps before the end."""
        return self.began.mode

    @property
    def over(self) -> bool:
        """Whether an ending has been reached."""
        return self.session.ending is not None

    @property
    def live(self) -> list[Event]:
        """The facts that still hold."""
        return live(self.facts)

    @property
    def reread_due(self) -> bool:
        """In assess mode the conversation is reread once it is over, before any result."""
        return self.over and self.mode == "assess" and not any(isinstance(e, Reread) for e in self.live)

    def model_replies(self, turn: int) -> tuple[str, ...]:
        """Replies in different manners for a place where this turn has been tried twice; empty before that."""
        spoke = next((e for e in self.live if isinstance(e, PatientSpoke) and e.turn == turn - 1), None)
        if spoke is None or spoke.state not in self.scenario.states:
            return ()
        graded = (e for _, e in self.facts if isinstance(e, ReplyGraded) and e.turn == turn)
        tried = sum(e.situation.stage == spoke.state for e in graded)
        return self.scenario.states[spoke.state].teach.model_replies if tried >= 2 else ()

    # What the trainee does.

    def respond(self, text: str, *, seconds: float | None = None) -> tuple[Event, ...]:
        """Says `text` to the patient and returns everything that followed, already saved."""
        text = entered(text)
        if not text.strip():
            raise UsageError("There is nothing to say yet. Write a reply, or choose to say nothing.")
        coding = self.coder(text, heard_of(self.scenario, self.session))
        return self._step(text, coding, seconds)

    def say_nothing(self, *, seconds: float | None = None) -> tuple[Event, ...]:
        """Leaves a silence: an act like any other."""
        hold = Found(code=Strategy.HOLD, start=0, end=0)
        return self._step("", Coding(codes=(hold,), silence=True, scorer="silence"), seconds)

    def _step(self, text: str, coding: Coding, seconds: float | None) -> tuple[Event, ...]:
        session, events = step(self.scenario, self.session, text, coding, seconds=seconds)
        self._save(events)
        self.session = session
        return events

    def mark(self, kind: MarkKind | None = None, words: str = "") -> RuptureMarked:
        """Notes that the trainee sees something happening in the waiting line."""
        self._while_it_goes_on()
        return self._note(RuptureMarked(turn=self._next, kind=kind, words=entered(words)))

    def urge(self, word: str) -> UrgeNoted:
        """Notes the pull before the reply, in one word."""
        self._while_it_goes_on()
        if not (word := entered(word).strip()):
            raise UsageError("Say the urge in one word, for instance: explain, fix, soothe, argue, retreat.")
        return self._note(UrgeNoted(turn=self._next, urge=word))

    def pause(self, seconds: int, taken: float | None = None) -> PauseTaken:
        """Notes a mindful pause that was meant to last `seconds`."""
        self._while_it_goes_on()
        return self._note(PauseTaken(turn=self._next, seconds=seconds, taken=taken))

    def hint(self) -> HintShown:
        """A nudge about the waiting line, only in practice."""
        self._while_it_goes_on()
        self._practice_only("Hints")
        state = self.scenario.states.get(self.session.state)
        calm = "Listen first. Nothing asks for a technique just now."
        text = (state.teach.hint if state else "") or calm
        return self._note(HintShown(turn=self._next, text=text))

    def contest(self, meant: str, *, turn: int | None = None, code: str = "") -> CodeContested:
        """Notes what the trainee meant by a reply, beside how it was read."""
        turn = self.session.turn if turn is None else turn
        if not 1 <= turn <= self.session.turn:
            raise UsageError("There is no such reply to correct yet.")
        if not (meant := entered(meant).strip()):
            raise UsageError("Say in a few words what you meant.")
        return self._note(CodeContested(turn=turn, meant=meant, code=code))

    def rate(self, question: str, *, value: int | None = None, text: str = "") -> SelfRated:
        """Notes an answer about oneself."""
        return self._note(SelfRated(question=entered(question), value=value, text=entered(text)))

    def reread(self, marks: Mapping[int, MarkKind | None]) -> Reread:
        """Notes where the strain was, seen on rereading."""
        return self._note(Reread(marks=dict(marks)))

    def rewind(self, turn: int | None = None) -> Rewound:
        """Goes back before the reply of `turn` (the last one by default). The tries left behind stay in the log.

        What was marked and noted about the line before that reply was given still holds.
        """
        self._practice_only("Going back")
        turn = self.session.turn if turn is None else turn
        if not 1 <= turn <= self.session.turn:
            known = f"Replies 1 to {self.session.turn} can be given anew."
            raise UsageError(known if self.session.turn else "There is no reply to go back before yet.")
        rewound = Rewound(to_seq=before_reply(self.facts, turn), turn=turn)
        self._save((rewound,))
        self.session = session_of(self.facts)
        return rewound

    # The coach.

    def coach(self, *, asked: bool, coaching: Coaching = "when_stuck") -> CoachSpoke | None:
        """One thing about the exchange that is over, or None when there is nothing sure to say.

        Unasked, it speaks by the setting: never, when it is needed (`speaks_unasked`), or always.
        """
        if self.mode == "assess" and not self.over:
            return None
        spoken = remark(self.live, asked=asked)
        if spoken is None or not (asked or speaks_unasked(self.live, coaching)):
            return None
        return self._note(spoken)

    @property
    def coach_has_something(self) -> bool:
        """Whether the dot at the coach's key is lit."""
        return (self.mode == "practice" or self.over) and remark(self.live, asked=True) is not None

    # The log.

    @property
    def _next(self) -> int:
        return self.session.turn + 1

    def _while_it_goes_on(self) -> None:
        if self.over:
            raise UsageError(
                "The conversation is over: no line waits for an answer. Go back to a reply to try it again."
            )

    def _practice_only(self, what: str) -> None:
        if self.mode == "assess" and not self.over:
            raise UsageError(
                f"{what} can be had in practice mode only. This conversation is an assessment of your own."
            )

    def _note(self, event: Fact) -> Fact:
        self._save((event,))
        self.session = apply(self.session, event)
        return event

    def _save(self, events: tuple[Event, ...]) -> None:
        while True:
            try:
                stamped = self.store.append(self.id, events, self.facts[-1][0] + 1)
            except StoreError:
                if not self._took_in_opinions():
                    raise
            else:
                self.facts.extend((fact.seq, fact.event) for fact in stamped)
                return

    def _took_in_opinions(self) -> bool:
        """Takes in what `rescore` has saved beside the conversation. False where nothing came, or anything else did."""
        since = self.store.facts(self.id)[len(self.facts) :]
        if not since or not all(isinstance(fact.event, OpinionGiven) for fact in since):
            return False
        self.facts.extend((fact.seq, fact.event) for fact in since)
        return True
