"""One strength, one thing next, one question for supervision: each by the first rule that finds something.

Every sentence says only what the log holds, and carries the turn, the words and the rule it rests on.
"""

from collections.abc import Sequence

from roleplay.debrief.evidence import Log, first_found
from roleplay.debrief.next_things import NEXT_THINGS
from roleplay.debrief.parts import Sentence
from roleplay.debrief.questions import QUESTIONS
from roleplay.debrief.strengths import STRENGTHS
from roleplay.debrief.turn import Turn
from roleplay.scenarios.model import Scenario


def three_of(scenario: Scenario, turns: Sequence[Turn]) -> tuple[Sentence, Sentence, Sentence]:
    """A strength, a thing next and a question for supervision, from the turns that hold."""
    log = Log(scenario, [turn for turn in turns if turn.answered])
    return first_found(STRENGTHS, log), first_found(NEXT_THINGS, log), first_found(QUESTIONS, log)
