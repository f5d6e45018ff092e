"""One thing next. Nothing here scolds: it says what to listen for, or another way to say it."""

from collections import Counter
from collections.abc import Sequence

from roleplay.debrief.evidence import (
    Log,
    Rule,
    alarms,
    done,
    noted,
    rated,
    silences,
    strategies,
    sure_harms,
    words_of_harm,
    worth_naming,
)
from roleplay.debrief.ordinary import ended_flat, take_it_up
from roleplay.debrief.parts import Sentence
from roleplay.debrief.turn import Turn
from roleplay.debrief.weakest import weakest
from roleplay.debrief.wording import harm_done, named, place, quoted, turns_named
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import Harm
from roleplay.scoring.grading import HarmGraded

WORST = 3
"""Severity from which on a harm harms; below it weakens or stalls."""


def _risk_first(log: Log) -> Sentence | None:
    """A risk left unasked comes before everything else."""
    found = [(turn, harm) for turn in log.turns for harm in done(turn) if harm.code is Harm.SAFETY_NEGLECT]
    if not found or (line := found[0][0].line) is None:
        return None
    turn, harm = found[0]
    return Sentence(
        text=f"ask about safety. In turn {turn.number} there was reason to: {quoted(line.line)} "
        f"{named(codebook().harm(harm.code).instead)}",
        turn=turn.number,
        words=line.line,
        rule="A line that gave reason to ask about safety, and a reply that did not ask.",
    )


def _ordinary(log: Log) -> Sentence | None:
    """In a control, looking for a strain comes before the harm that it did."""
    return _alarm(log) if log.scenario.entry is None else None


def _worst_first(log: Log) -> Sentence | None:
    """The harm of severity 3 that came most often, on a calm line as in a strain; an attack before any other."""
    found = [(turn, harm) for turn in log.turns for harm in done(turn) if harm.severity == WORST]
    attacks = [(turn, harm) for turn, harm in found if harm.code is Harm.HOSTILITY]
    return _about_harm(
        attacks or found, "The harm of the worst kind that came most often; an attack before the others."
    )


def _harm_first(log: Log) -> Sentence | None:
    """The harm of severity 2 that came most often, in strains if there; of equals the first."""
    found = [(turn, harm) for turn in log.turns for harm in done(turn) if harm.severity >= 2]
    strained = [(turn, harm) for turn, harm in found if not turn.calm]
    return _about_harm(strained or found, "The harm that stalls which came most often.")


def _mild_harm(log: Log) -> Sentence | None:
    found = [(turn, harm) for turn in log.turns for harm in sure_harms(turn) if not turn.silent]
    return _about_harm(found, "The mild harm that came most often.")


def _about_harm(found: Sequence[tuple[Turn, HarmGraded]], rule: str) -> Sentence | None:
    if not found:
        return None
    often = Counter(harm.code for _, harm in found)
    code = max(often, key=lambda code: often[code])
    own = [(turn, harm) for turn, harm in found if harm.code is code]
    turn, harm = own[0]
    calm = all(turn.calm for turn, _ in own)
    entry = codebook().harm(code)
    advice = entry.coach if calm else entry.instead
    numbers = list(dict.fromkeys(turn.number for turn, _ in own))
    words = words_of_harm(turn, harm)
    cited = f" ({quoted(words)})" if words else ""
    where = turns_named(numbers)
    return Sentence(
        text=f"find another way than you took in {where}: you {harm_done(code, calm=calm)}{cited}. {named(advice)}",
        turn=turn.number,
        words=words,
        rule=rule,
    )


def _say_it_anew(log: Log) -> Sentence | None:
    again = noted(log, "repeated_form")
    if len(again) < 2:
        return None
    turn = again[0]
    return Sentence(
        text=f"find new words for each moment. You said {quoted(turn.text)} again in "
        f"{turns_named([turn.number for turn in again])}; the same words a second time open nothing.",
        turn=turn.number,
        words=turn.text,
        rule="The same form of words in three replies or more.",
    )


def _break_the_silence(log: Log) -> Sentence | None:
    """Silences alone: they may have been full of noticing, but nobody could tell."""
    silent = silences(log)
    if not silent:
        return None
    who = log.scenario.patient
    return Sentence(
        text=f"after a silence, say one thing that you noticed. You said nothing in "
        f"{turns_named([turn.number for turn in silent])}; {who.pronoun} had no way to tell what you had seen.",
        turn=silent[0].number,
        words="",
        rule="More than half of the replies in a strain were silences.",
    )


def _went_by(log: Log) -> Sentence | None:
    """Strains that went by, unmarked and unnoticed, before the first that did not. A silence lets nothing go by."""
    passed: list[Turn] = []
    for turn in log.turns:
        if turn.fresh and (turn.marked or turn.noticed):
            break
        if turn.tested:
            passed.append(turn)
    if not passed or (line := passed[0].line) is None or line.rupture is None:
        return None
    marker = codebook().marker(line.rupture.markers[0]).name.lower()
    many = "One" if len(passed) == 1 else str(len(passed))
    went = f"{many} such line{'' if len(passed) == 1 else 's'} went by"
    after = " before you slowed down" if any(turn.noticed or (turn.fresh and turn.marked) for turn in log.turns) else ""
    return Sentence(
        text=f"listen for lines such as {quoted(line.line)} ({marker}). "
        f"{went}{after}: {turns_named([turn.number for turn in passed])}.",
        turn=passed[0].number,
        words=line.line,
        rule="Lines with a strain, neither marked nor taken up in words, before the first that was.",
    )


def _alarm(log: Log) -> Sentence | None:
    found = alarms(log)
    if not found:
        return None
    turn = found[0]
    who = "One of your replies" if len(found) == 1 else f"{len(found)} of your replies"
    first = "" if len(found) == 1 else "first "
    return Sentence(
        text="let an ordinary moment be ordinary. "
        f"{who} looked for a strain that was not there, {first}in turn {turn.number}: {quoted(turn.text)}.",
        turn=turn.number,
        words=turn.text,
        rule="Replies that looked for a strain where there was none.",
    )


def _no_contact(log: Log) -> Sentence | None:
    """Something was tried in a strain that took up nothing of what the patient had said."""
    loose = [
        turn for turn in log.turns if not turn.calm and turn.text and strategies(turn) and rated(turn, "contact") < 2
    ]
    if not loose or (line := loose[0].line) is None:
        return None
    turn = loose[0]
    return Sentence(
        text=f"take up the patient's own words. In turn {turn.number} nothing of {quoted(line.line, 60)} came back.",
        turn=turn.number,
        words=turn.text,
        rule="A reply towards repair with contact rated 0 or 1.",
    )


def _mark_it(log: Log) -> Sentence | None:
    """Noticed in words and never marked: two skills, and only one was practised."""
    shown = [turn for turn in log.turns if turn.noticed and worth_naming(turn)]
    if not shown or any(turn.marked for turn in log.turns) or shown[0].line is None:
        return None
    return Sentence(
        text="mark it when you notice. Your replies show that you noticed more than you marked, first in "
        f"turn {shown[0].number}: {quoted(shown[0].line.line, 60)}.",
        turn=shown[0].number,
        words=shown[0].line.line,
        rule="Replies that show a strain was noticed, and no mark in the whole conversation.",
    )


def _one_more_stage(log: Log) -> Sentence | None:
    """A conversation that went on and ended short of full repair."""
    ended = log.ended
    if ended is None or ended.resolution > 4 or log.scenario.entry is None:
        return None
    last = log.turns[-1]
    return Sentence(
        text=f"stay for one thing more. It ended at “{place(last.state)}”; "
        "the paths not taken show what was still open.",
        turn=last.number,
        words="",
        rule="The conversation ended before the need was said.",
    )


def _another_patient(log: Log) -> Sentence:
    text = "take another patient; nothing here asks for a second look."
    if log.ended is None:
        text = "go on from here; the next reply is still open."
    if not log.turns:
        text = "answer in your own words, and see what it does."
    return Sentence(text=text, turn=None, words="", rule="No other rule found anything.")


NEXT_THINGS: tuple[Rule, ...] = (
    _risk_first,
    _worst_first,
    _ordinary,
    take_it_up,
    _harm_first,
    _say_it_anew,
    _break_the_silence,
    _went_by,
    _no_contact,
    _alarm,
    ended_flat,
    weakest,
    _mild_harm,
    _mark_it,
    _one_more_stage,
    _another_patient,
)
"""In this order."""
