"""Rereading in assess mode, before any result: where was the strain? Nothing of the truth is shown."""

from collections.abc import Iterator

from roleplay.cli.plain_lines import Lines, Voice
from roleplay.cli.transcript import replied, spoken
from roleplay.engine.events import PatientSpoke, TraineeReplied
from roleplay.practice.play import Play
from roleplay.scoring.codes import MarkKind

HOW = (
    "Before any result: read the conversation again and mark the lines where something was happening, as it looks now. "
    "/mark NUMBER [withdrawal|confrontation|hidden|mixed] marks a line, /unmark NUMBER takes that back, /show reads "
    "the conversation again, and /done goes on to the debrief."
)
Marks = dict[int, MarkKind | None]
"""Number of a line to its kind; None where no kind was said."""


def reread(play: Play, lines: Lines, voice: Voice, first: str | None = None) -> bool:
    """Asks where the strain was, and saves the answer. False when the trainee leaves, and the results must wait.

    Where the lines end before anything is marked, nothing is saved: a figure that is missing, not a zero.

    Args:
        play: A conversation that is over.
        lines: Where the answer comes from.
        voice: Where the conversation is read out.
        first: A line that was read already.
    """
    shown = dict(_numbered(play))
    marks: Marks = {}
    voice.say(HOW)
    _read_out(shown, voice)
    while True:
        line, first = lines.line() if first is None else first, None
        if line is None and not marks:
            return True
        if line is None or line.strip() == "/done":
            play.reread(marks)
            voice.say(f"Saved: {len(marks)} marked.")
            return True
        if line.strip() == "/quit":
            return False
        if line.strip() == "/show":
            _read_out(shown, voice)
        elif line.strip():
            voice.say(_changed(marks, line.split(), shown))


def _numbered(play: Play) -> Iterator[tuple[int, list[str]]]:
    """Each line of the patient with the reply to it, under the number of that reply."""
    called = play.scenario.patient.called
    pair: list[str] = []
    number = 0
    for event in play.live:
        if isinstance(event, PatientSpoke) and not event.unsure:
            pair, number = list(spoken(called, event)), event.turn + 1
        elif isinstance(event, PatientSpoke):
            pair = [*pair, *spoken(called, event)]
        elif isinstance(event, TraineeReplied):
            yield number, [*pair, replied(event)]


def _read_out(shown: dict[int, list[str]], voice: Voice) -> None:
    for number, (first, *rest) in shown.items():
        voice.say(f"{number}  {first}")
        for line in rest:
            voice.say(line)


def _changed(marks: Marks, words: list[str], shown: dict[int, list[str]]) -> str:
    """Marks a line or takes its mark back, and says so; or says what can be given."""
    match words:
        case ["/mark" | "/unmark", number, *_] if not number.isdigit() or int(number) not in shown:
            return f"There is no line {number}. The numbers stand before the lines: {', '.join(map(str, shown))}."
        case ["/mark", number]:
            marks[int(number)] = None
            return f"{number} marked."
        case ["/mark", number, kind] if kind in list(MarkKind):
            marks[int(number)] = MarkKind(kind)
            return f"{number} marked: {kind}."
        case ["/unmark", number]:
            marks.pop(int(number), None)
            return f"{number} not marked."
    return (
        "Here can be given: /mark NUMBER [withdrawal|confrontation|hidden|mixed], /unmark NUMBER, /show, /done, /quit."
    )
