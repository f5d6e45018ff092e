"""An hour with nothing to repair, and the ordinary talk before a strain: what may be praised, and what comes next."""

from collections.abc import Sequence

from roleplay.debrief.evidence import TAKEN_UP, Log, clean, rated, strategies, worth_naming
from roleplay.debrief.measures import false_alarm
from roleplay.debrief.parts import Sentence
from roleplay.debrief.turn import Turn
from roleplay.debrief.wording import counted, quoted

ATTENDED = 2
"""So many replies that took something up before an ordinary hour was left alone and not slept through."""
LOOSE = 3
"""So many replies that took up nothing before it is spoken of while the conversation goes on."""


def attended(log: Log) -> list[Turn]:
    """The harmless replies, in new words, that took something up or did something with it."""
    said = [turn for turn in log.turns if turn.readable and turn.text and clean(turn) and not turn.repeats]
    return [turn for turn in said if rated(turn, "contact") >= TAKEN_UP or (strategies(turn) and not false_alarm(turn))]


def left_calm_alone(log: Log) -> Sentence | None:
    """In a control: most replies, in words, let an ordinary hour be one, and some of them were in it."""
    said = [turn for turn in log.turns if turn.readable and not turn.silent]
    left = [turn for turn in said if clean(turn) and not false_alarm(turn)]
    if log.scenario.entry is not None or not said or len(left) * 4 < len(said) * 3 or len(attended(log)) < ATTENDED:
        return None
    heard = max(left, key=lambda turn: (worth_naming(turn), rated(turn, "contact")))
    took_up = worth_naming(heard)
    cited = f", and in turn {heard.number} took up what was there: {quoted(heard.text)}" if took_up else ""
    many = counted(len(said), "reply", "replies")
    whole = f"{many}, and no strain made up" if len(left) == len(said) else f"{len(left)} of {many}"
    return Sentence(
        text=f"you let an ordinary hour be ordinary ({whole}){cited}.",
        turn=heard.number if took_up else None,
        words=heard.text if took_up else "",
        rule="A patient with nothing to repair; at most a quarter of the replies looked for a strain or stalled, "
        "and at least two took something up or did something.",
    )


def took_up(log: Log) -> Sentence | None:
    """In ordinary talk, a harmless reply that took up what was said."""
    heard = [
        turn
        for turn in log.turns
        if turn.calm and turn.readable and turn.text and turn.grade and not turn.grade.harms and not false_alarm(turn)
    ]
    heard = [turn for turn in heard if worth_naming(turn)]
    if not heard:
        return None
    turn = max(heard, key=lambda turn: rated(turn, "contact"))
    return Sentence(
        text=f"in turn {turn.number} you took up what {log.scenario.patient.pronoun} had brought: {quoted(turn.text)}.",
        turn=turn.number,
        words=turn.text,
        rule="The calm reply with the most contact, without harm.",
    )


def take_it_up(log: Log) -> Sentence | None:
    """A control in which most replies took up nothing: "hi", "ok"."""
    said = [turn for turn in log.turns if turn.readable and turn.text]
    loose = [turn for turn in said if clean(turn) and _took_nothing(turn)]
    enough = log.ended is not None or len(loose) >= LOOSE
    if log.scenario.entry is not None or len(attended(log)) >= ATTENDED or 2 * len(loose) <= len(said) or not enough:
        return None
    return _brought(log, loose, "A patient with nothing to repair, and most replies took up nothing.")


def ended_flat(log: Log) -> Sentence | None:
    """A control that ended flat: ordinary talk wants taking up too."""
    loose = [turn for turn in log.turns if turn.calm and turn.readable and rated(turn, "contact") < TAKEN_UP]
    flat = log.scenario.entry is None and log.ended is not None and log.ended.resolution < 4
    if not flat or not loose:
        return None
    return _brought(log, loose, "A patient with nothing to repair, an ending below 4 of 5, a reply without contact.")


def _took_nothing(turn: Turn) -> bool:
    return rated(turn, "contact") < TAKEN_UP and not strategies(turn) and not false_alarm(turn)


def _brought(log: Log, loose: Sequence[Turn], rule: str) -> Sentence | None:
    """What the patient said that was not taken up: something said after the greeting, if there is."""
    turn = loose[min(1, len(loose) - 1)]
    if turn.line is None:
        return None
    return Sentence(
        text=f"take up what is brought, in ordinary talk too. In turn {turn.number} {log.scenario.patient.pronoun} "
        f"said {quoted(turn.line.line, 60)}, and nothing of it came back.",
        turn=turn.number,
        words=turn.line.line,
        rule=rule,
    )
