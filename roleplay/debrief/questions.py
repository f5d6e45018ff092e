"""One question to take to a supervisor."""

from roleplay.debrief.evidence import Log, Rule, alarms, done, noted, silences, words_of_harm
from roleplay.debrief.parts import Sentence
from roleplay.debrief.path import direction
from roleplay.debrief.strengths import best, noticed
from roleplay.debrief.wording import harm_done, place, quoted


def _misread(log: Log) -> Sentence | None:
    contested = [turn for turn in log.turns if turn.contested]
    if not contested:
        return None
    turn = contested[-1]
    meant = turn.contested[-1].meant
    return Sentence(
        text=f"in turn {turn.number} you meant {quoted(meant)}. What would have let it be heard that way?",
        turn=turn.number,
        words=meant,
        rule="The last reading that was contested.",
    )


def _hard_moment(log: Log) -> Sentence | None:
    """The worst harm, of severity 2 or 3; of equals one in a strain, then the first."""
    found = [(turn, harm) for turn in log.turns for harm in done(turn) if harm.severity >= 2]
    if not found:
        return None
    turn, harm = max(found, key=lambda pair: (pair[1].severity, not pair[0].calm))
    did = harm_done(harm.code, calm=turn.calm)
    heard = f" You had just heard {quoted(turn.line.line, 60)}." if turn.line else ""
    return Sentence(
        text=f"what was happening in you in turn {turn.number}, before you {did}?{heard}",
        turn=turn.number,
        words=words_of_harm(turn, harm),
        rule="The first of the worst harms.",
    )


def _looked_for(log: Log) -> Sentence | None:
    found = alarms(log) if log.scenario.entry is None else []
    if not found or (line := found[0].line) is None:
        return None
    turn = found[0]
    return Sentence(
        text=f"what in {quoted(line.line, 60)} (turn {turn.number}) made you look for something behind it?",
        turn=turn.number,
        words=line.line,
        rule="A patient with nothing to repair, and the first reply that looked for a strain.",
    )


def _same_words(log: Log) -> Sentence | None:
    again = noted(log, "repeated_form")
    if len(again) < 2:
        return None
    return Sentence(
        text=f"what did saying {quoted(again[0].text, 60)} again do for you, and what for the patient?",
        turn=again[0].number,
        words=again[0].text,
        rule="The same form of words in three replies or more.",
    )


def _kept_silent(log: Log) -> Sentence | None:
    silent = silences(log)
    if not silent:
        return None
    return Sentence(
        text=f"what was in your silences, from turn {silent[0].number} on, and what kept it from being said?",
        turn=silent[0].number,
        words="",
        rule="More than half of the replies in a strain were silences.",
    )


def _easy_to_pass(log: Log) -> Sentence | None:
    passed = [turn for turn in log.turns if turn.tested and not turn.marked and not turn.noticed]
    if not passed or (line := passed[0].line) is None:
        return None
    return Sentence(
        text=f"what made {quoted(line.line, 60)} easy to go past in turn {passed[0].number}?",
        turn=passed[0].number,
        words=line.line,
        rule="The first line with a strain that was neither marked nor taken up in words.",
    )


def _stepped_back(log: Log) -> Sentence | None:
    """A fitting reply that the patient answered by a retreat."""
    for turn in log.turns:
        if turn.text and turn.grade and not turn.grade.harms and direction(log.scenario, turn) == "retreat":
            return Sentence(
                text=f"after {quoted(turn.text, 60)} in turn {turn.number} came a retreat: {place(turn.reached)}. "
                "How was that to sit with?",
                turn=turn.number,
                words=turn.text,
                rule="The first reply without harm after which the patient retreated.",
            )
    return None


def _broken_off(log: Log) -> Sentence | None:
    if not log.broken_off or log.scenario.entry is None:
        return None
    last = log.turns[-1]
    return Sentence(
        text=f"how was it when {log.scenario.patient.pronoun} left after turn {last.number}, and what did you want to "
        "say then?",
        turn=last.number,
        words="",
        rule="The conversation was broken off.",
    )


def _carry_over(log: Log) -> Sentence | None:
    found = best(log) or noticed(log)
    if found is None:
        return None
    return Sentence(
        text=f"what let you find {quoted(found.words, 60)} in turn {found.turn}, and with whom would it come harder?",
        turn=found.turn,
        words=found.words,
        rule="The reply named as the strength; nothing in the log asks more urgently.",
    )


def _nothing_to_repair(log: Log) -> Sentence | None:
    if log.scenario.entry is not None or log.ended is None:
        return None
    return Sentence(
        text="what told you, line by line, whether there was something to repair here?",
        turn=None,
        words="",
        rule="A patient with nothing to repair.",
    )


def _open_question(_log: Log) -> Sentence:
    return Sentence(
        text="what did you want from this conversation that has not happened yet?",
        turn=None,
        words="",
        rule="No other rule found anything.",
    )


QUESTIONS: tuple[Rule, ...] = (
    _misread,
    _hard_moment,
    _looked_for,
    _same_words,
    _kept_silent,
    _easy_to_pass,
    _stepped_back,
    _broken_off,
    _carry_over,
    _nothing_to_repair,
    _open_question,
)
"""In this order."""
