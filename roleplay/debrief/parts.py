"""The parts of a report: plain values in the order in which they are read. Renderers only print them."""

from typing import Literal

from roleplay.scoring.coding import Frozen

Direction = Literal["start", "onset", "forward", "stayed", "back", "retreat", "aside", "end"]
"""Where an answer leads: `onset` comes of itself, whatever was replied; `retreat` goes into an avoidance."""


class Header(Frozen):
    """Who was there, and for how long."""

    patient: str
    """As the transcript calls them."""
    name: str
    age: int
    pronoun: str
    title: str
    setting: str
    mode: Literal["practice", "assess"]
    replies: int
    """Replies that still hold."""
    minutes: int | None
    """Up to the last reply that holds, breaks of more than half an hour left out; 0 for less than a minute, None
    without a reply."""
    went_back: int
    """How often the trainee went back to try again."""
    over: bool


class Pull(Frozen):
    """The urge before a reply, and what was done. Private."""

    turn: int
    attempt: int
    urge: str
    deed: str
    """What the reply did, in words; empty where it could not be read."""
    followed: bool | None
    """Whether the reply did what the urge pulls to; None where that cannot be told."""


class Private(Frozen):
    """What the trainee said about themselves. Left out of every export unless asked for."""

    how_are_you: str = ""
    pulls: tuple[Pull, ...] = ()


class Close(Frozen):
    """How a conversation ended, the patient's view of it first."""

    account: str
    aftermath: str
    line: str
    cue: str
    unsaid: str
    ending: str
    words: str
    """The ending in plain words."""
    resolution: int | None
    """1..5; None where there was nothing to repair."""
    meaning: str
    """What the resolution means, in words."""
    out_of_time: bool


class Sentence(Frozen):
    """One thing said about the conversation, and what it rests on."""

    text: str
    turn: int | None
    words: str
    """The words in the log that it rests on; empty where it rests on a count."""
    rule: str
    """Why this was said and nothing else."""


class Point(Frozen):
    """The patient after a reply; after reply 0, at the start."""

    turn: int
    state: str
    words: str
    trust: float
    tension: float


class Curve(Frozen):
    """Trust and tension over one run, 0..10."""

    run: int
    from_turn: int
    points: tuple[Point, ...]


class Step(Frozen):
    """One arrival on the way."""

    turn: int
    state: str
    words: str
    direction: Direction


class Run(Frozen):
    """The way through one run: the first, or the one after going back."""

    run: int
    from_turn: int
    steps: tuple[Step, ...]
    loops: int
    """Retreats before the strain was settled."""
    deepest: str
    """The stage furthest on, in words; empty where no stage was reached."""
    ending: str
    """In words; empty where the run has no end."""
    resolution: int | None


class Way(Frozen):
    """A way on that was not taken."""

    state: str
    here: str
    """The state in plain words."""
    moves: tuple[str, ...]
    provided: tuple[str, ...]
    """What else it takes, in words."""
    there: str


class Path(Frozen):
    """The ways taken, and those not taken."""

    runs: tuple[Run, ...]
    not_taken: tuple[Way, ...]
    never_opened: tuple[str, ...]


class CardItem(Frozen):
    """One line of the card that the patient fills in after the session."""

    text: str
    value: float
    """0..10."""
    words: str


class Versions(Frozen):
    """What produced the report."""

    scorers: tuple[str, ...]
    engine: str
    format: int | None
    scenario: str
    scenario_hash: str
