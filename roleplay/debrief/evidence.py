"""What the rules for sentences ask of a turn. Uncertain codes do not count here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roleplay.debrief.deeds import SURE
from roleplay.debrief.measures import false_alarm
from roleplay.debrief.parts import Sentence
from roleplay.debrief.quoting import around
from roleplay.debrief.turn import Turn
from roleplay.debrief.ways import leads_on
from roleplay.engine.events import SessionEnded
from roleplay.scenarios.model import Scenario
from roleplay.scoring.codes import SITUATIONAL_HARMS, Harm, Strategy
from roleplay.scoring.grading import HarmGraded

TAKEN_UP = 2
"""From this rating of contact on (0..4) a reply takes up something that was said."""
WELL_SAID = 2
"""From this rating of quality on (D3, 0..4) a step towards repair is more than a formula."""


@dataclass(frozen=True, slots=True)
class Log:
    """The replies that hold, and the scenario they were given in."""

    scenario: Scenario
    turns: Sequence[Turn]

    @property
    def ended(self) -> SessionEnded | None:
        """The ending; None while the conversation is not over."""
        return next((turn.answer for turn in self.turns if isinstance(turn.answer, SessionEnded)), None)

    @property
    def broken_off(self) -> bool:
        """Whether the patient went, or the conversation was lost, before its time was up."""
        return self.ended is not None and self.ended.because != "time" and self.ended.resolution <= 2


Rule = Callable[[Log], Sentence | None]


def first_found(rules: Sequence[Rule], log: Log) -> Sentence:
    """What the first rule finds that finds anything; the last rule of every list always does."""
    return next(sentence for rule in rules if (sentence := rule(log)) is not None)


def sure_harms(turn: Turn) -> list[HarmGraded]:
    """Harms that the coder was sure of, or that the rubric gave by itself; never of a reply that was not read."""
    if not turn.readable or turn.grade is None or turn.coding is None:
        return []
    unsure = {found.code for found in turn.coding.codes if found.confidence < SURE}
    return [harm for harm in turn.grade.harms if harm.code not in unsure]


def done(turn: Turn) -> list[HarmGraded]:
    """The sure harms that were done in so many words: passing a strain by is none of them."""
    return [harm for harm in sure_harms(turn) if harm.code is not Harm.IGNORING]


def clean(turn: Turn) -> bool:
    """Without a harm that stalls or harms."""
    return turn.grade is not None and turn.grade.severity < 2


def rated(turn: Turn, dimension: str) -> int:
    """0 where there is no rating."""
    return (turn.grade.dimensions.get(dimension) or 0) if turn.grade and turn.readable else 0


def worth_naming(turn: Turn) -> bool:
    """Whether a reply may be praised: new words, that take something up, and no mere formula of a repair.

    Quality is asked where there is something to repair or something was done towards it: ordinary talk has none.
    """
    asked = not turn.calm or bool(strategies(turn))
    well_said = not asked or rated(turn, "quality") >= WELL_SAID
    return not turn.repeats and rated(turn, "contact") >= TAKEN_UP and well_said


def strategies(turn: Turn) -> tuple[Strategy, ...]:
    """What the reply does towards repair; empty where it could not be read."""
    return turn.grade.strategies if turn.grade and turn.readable else ()


def words_of(turn: Turn, code: Strategy) -> str:
    """The trainee's words that a code rests on; empty where it is not sure."""
    found = [f for f in turn.coding.codes if f.code is code and f.confidence >= SURE] if turn.coding else []
    return around(turn.text, found[0].start, found[0].end) if found else ""


def words_of_harm(turn: Turn, harm: HarmGraded) -> str:
    """The trainee's words that a harm rests on; empty for what was left undone."""
    return "" if harm.code in SITUATIONAL_HARMS else around(turn.text, harm.start, harm.end)


def noted(log: Log, note: str) -> list[Turn]:
    """The replies in words that did something towards repair and whose grade carries this note."""
    return [turn for turn in log.turns if turn.text and strategies(turn) and turn.grade and note in turn.grade.notes]


def alarms(log: Log) -> list[Turn]:
    """The replies that looked for a strain in a calm line."""
    return [turn for turn in log.turns if turn.readable and false_alarm(turn)]


def silences(log: Log) -> list[Turn]:
    """The silences kept in a strain, where they are most of what was replied to it; empty where they are not."""
    strained = [turn for turn in log.turns if not turn.calm and turn.readable]
    silent = [turn for turn in strained if turn.silent]
    return silent if len(silent) > 1 and 2 * len(silent) > len(strained) else []


def went_on(scenario: Scenario, turn: Turn) -> bool:
    """Whether the patient went further after it, or the conversation came to a good end."""
    if isinstance(turn.answer, SessionEnded):
        return turn.answer.resolution >= 4
    return turn.after is not None and leads_on(scenario, turn.state, turn.after.state)
