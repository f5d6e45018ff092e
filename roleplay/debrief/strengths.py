"""One strength. Private notes are never used: a report can be shared."""

from collections.abc import Sequence
from itertools import pairwise

from roleplay.debrief.evidence import (
    Log,
    Rule,
    alarms,
    clean,
    noted,
    rated,
    silences,
    strategies,
    went_on,
    words_of,
    worth_naming,
)
from roleplay.debrief.ordinary import left_calm_alone, took_up
from roleplay.debrief.parts import Sentence
from roleplay.debrief.turn import Turn
from roleplay.debrief.wording import counted, deed, place, quoted
from roleplay.engine.events import SessionEnded
from roleplay.engine.forms import form_of
from roleplay.scoring.codes import Band, Strategy

GOOD = (Band.SOLID, Band.STRONG)
OWNED = 3
"""From this rating of ownership on (D8, 0..4) a part was owned concretely."""
FEW = 4
"""Up to so many replies there is little to build on; after more, it is said that nothing was found."""
FEWEST_WORDS = 3
"""A reply of fewer distinct words is no form of words of its own ("mm, go on")."""


def _asked_about_safety(log: Log) -> Sentence | None:
    asked = [turn for turn in log.turns if turn.line and turn.line.risk and Strategy.SAFETY in strategies(turn)]
    asked = [turn for turn in asked if worth_naming(turn)]
    if not asked:
        return None
    turn = asked[0]
    words = words_of(turn, Strategy.SAFETY) or turn.text
    return Sentence(
        text=f"in turn {turn.number} you asked about safety in plain words: {quoted(words)}.",
        turn=turn.number,
        words=words,
        rule="The first reply that asks about safety after a line that gave reason to.",
    )


def best(log: Log) -> Sentence | None:
    """The reply in a strain with the highest repair score among two kinds, with what followed.

    Either a part was owned concretely, or the reply was solid or strong and the patient went further; beside no
    harm that stalls.
    """
    found = [turn for turn in log.turns if not turn.calm and clean(turn) and turn.text and worth_naming(turn)]
    found = [turn for turn in found if _owned(turn) or _opened(log, turn)]
    if not found:
        return None
    turn = max(found, key=lambda turn: (turn.grade and turn.grade.repair_score) or 0)
    words = _owned(turn) or turn.text
    did = "owned a part of it, and said which" if _owned(turn) else deed(turn.moves)
    then = f", and {_then(log, turn)}" if went_on(log.scenario, turn) else ""
    return Sentence(
        text=f"in turn {turn.number} you {did}{then}: {quoted(words)}.",
        turn=turn.number,
        words=words,
        rule="The best repair score among replies that owned a part (rated 3 or 4) or were solid and led further.",
    )


def _owned(turn: Turn) -> str:
    """The words in which a part was owned concretely; empty where none was."""
    return words_of(turn, Strategy.OWN) if rated(turn, "ownership") >= OWNED else ""


def _opened(log: Log, turn: Turn) -> bool:
    return turn.grade is not None and turn.grade.band in GOOD and went_on(log.scenario, turn)


def _then(log: Log, turn: Turn) -> str:
    if isinstance(turn.answer, SessionEnded):
        return "the conversation came to a good end"
    return f"{log.scenario.patient.pronoun} moved on to {place(turn.reached)}"


def _left_room(log: Log) -> Sentence | None:
    """A silence after which the patient went further."""
    kept = [
        turn
        for turn in log.turns
        if turn.silent and not turn.calm and clean(turn) and _opened(log, turn) and turn.readable
    ]
    if not kept:
        return None
    turn = kept[0]
    return Sentence(
        text=f"in turn {turn.number} you left a silence, and {_then(log, turn)}.",
        turn=turn.number,
        words="",
        rule="The first silence after which the patient went further.",
    )


def _marked(log: Log) -> Sentence | None:
    marked = [turn for turn in log.turns if turn.fresh and turn.marked]
    if not marked or marked[0].line is None:
        return None
    turn, line = marked[0], marked[0].line
    return Sentence(
        text=f"in turn {turn.number} you marked that something was happening, as it happened: {quoted(line.line)}.",
        turn=turn.number,
        words=line.line,
        rule="The first line with a strain that was marked before the reply.",
    )


def noticed(log: Log) -> Sentence | None:
    """A reply to a fresh strain that shows it was noticed and takes something up, in words used once."""
    if noted(log, "repeated_form"):
        return None
    shown = [turn for turn in log.turns if turn.noticed and clean(turn) and worth_naming(turn)]
    if not shown:
        return None
    turn = shown[0]
    return Sentence(
        text=f"in turn {turn.number} your reply shows that you had noticed: {quoted(turn.text)}.",
        turn=turn.number,
        words=turn.text,
        rule="The first reply to a fresh strain with graded recognition of 3 or 4 that takes up what was said.",
    )


def _came_back(log: Log) -> Sentence | None:
    """In a strain, a reply without harm right after one that stalled or harmed, with something in it towards repair."""
    for before, turn in pairwise(log.turns):
        harmless = not turn.calm and turn.text and strategies(turn) and turn.grade and not turn.grade.harms
        if harmless and not clean(before) and worth_naming(turn):
            return Sentence(
                text=f"right after turn {before.number} you came back to it: {quoted(turn.text)}.",
                turn=turn.number,
                words=turn.text,
                rule="A reply towards repair, without harm, right after one that stalled or harmed.",
            )
    return None


def _tried_again(log: Log) -> Sentence | None:
    again = [turn for turn in log.turns if turn.attempt > 1 and turn.text and clean(turn) and worth_naming(turn)]
    if not again:
        return None
    turn = again[0]
    return Sentence(
        text=f"you went back to turn {turn.number} and gave it another try: {quoted(turn.text)}.",
        turn=turn.number,
        words=turn.text,
        rule="The first reply that was given anew.",
    )


def _stayed(log: Log) -> Sentence | None:
    """Only where it is true: a strain came, and the trainee was there until the conversation was over."""
    if log.ended is None or log.broken_off or silences(log) or not any(turn.fresh for turn in log.turns):
        return None
    if 2 * sum(_said_anew(turn) for turn in log.turns) <= len(log.turns):
        return None
    return Sentence(
        text=f"you stayed to the end of a hard conversation, {counted(len(log.turns), 'turn')} long.",
        turn=log.turns[-1].number,
        words="",
        rule="A strain came, it was not broken off, most replies were new words; no other rule found anything.",
    )


def _said_anew(turn: Turn) -> bool:
    """Whether somebody was there, and not a form of words: a sentence that had not been said before, or a silence."""
    return turn.silent or (not turn.repeats and len(form_of(turn.text)) >= FEWEST_WORDS)


def _astray(log: Log) -> Sequence[Turn]:
    """Where it went wrong without a strain: harm, else looking for one; else every turn."""
    return [turn for turn in log.turns if turn.readable and not clean(turn)] or alarms(log) or log.turns


def _none_yet(log: Log) -> Sentence | None:
    """A conversation that is over and holds nothing to name: says so, and where to try again."""
    if log.ended is None or not log.turns:
        return None
    again = next((turn for turn in log.turns if turn.fresh), None) or _astray(log)[0]
    where = f"turn {again.number}, where the strain came," if again.fresh else f"turn {again.number}"
    return Sentence(
        text=f"none that the log can name this time, and you are here, looking at it. "
        f"{where[0].upper()}{where[1:]} is a good place to try again.",
        turn=again.number,
        words="",
        rule="The conversation is over and no other rule found anything.",
    )


def _began(log: Log) -> Sentence:
    said = f"{counted(len(log.turns), 'reply', 'replies')} so far" if log.turns else "no reply yet"
    text = f"you sat down with a patient. With {said} there is little to build on."
    if len(log.turns) > FEW:
        text = "none that the log can name so far; the conversation is still open, and the next reply can be one."
    return Sentence(
        text=text,
        turn=None,
        words="",
        rule="The conversation is not over and no other rule found anything.",
    )


STRENGTHS: tuple[Rule, ...] = (
    _asked_about_safety,
    best,
    _left_room,
    left_calm_alone,
    noticed,
    _marked,
    _came_back,
    _tried_again,
    took_up,
    _stayed,
    _none_yet,
    _began,
)
"""In this order."""
