"""What the commands of a conversation on plain lines do. Each takes the conversation and the words after its name."""

from pathlib import Path

from roleplay.cli.output import write
from roleplay.cli.plain_briefing import flowing
from roleplay.cli.plain_debrief import spoken_debrief, spoken_extras
from roleplay.cli.plain_talk import Talk
from roleplay.cli.transcript import transcript
from roleplay.debrief.render import EXTRAS, FORMATS, rendered
from roleplay.engine.events import TraineeReplied
from roleplay.errors import UsageError
from roleplay.practice.pauses import SECONDS, lines_of, step_of
from roleplay.scoring.codes import MarkKind, Urge

KINDS = tuple(kind.value for kind in MarkKind)
QUESTIONS = {
    "pulled": "How much did what you felt decide what you said?",
    "on_purpose": "How far did you choose your last reply on purpose?",
    "present": "How much were you with this person just now?",
}
"""Slug to question, each answered 0 to 10. Never scored."""


class WrongWords(UsageError):
    """A command does not take these words. Whoever called it adds what it takes."""


def mark(talk: Talk, words: str) -> None:
    """Something is happening in the waiting line."""
    first, _, rest = words.partition(" ")
    kind = MarkKind(first) if first in KINDS else None
    pointed = rest if kind else words
    talk.play.mark(kind, pointed.strip())
    talk.voice.say(f"Marked{f': {kind.value}' if kind else ''}.")


def urge(talk: Talk, words: str) -> None:
    """The pull before the reply."""
    if len(words.split()) != 1 and words not in list(Urge):
        raise WrongWords(f"Say the urge in one word, for instance: {', '.join(Urge)}.")
    talk.play.urge(words)
    talk.voice.say("Noted, for you only.")


def silence(talk: Talk, words: str) -> None:
    """An act like any other."""
    _nothing_after(words)
    talk.say_nothing()


def hint(talk: Talk, words: str) -> None:
    """A nudge about the waiting line."""
    _nothing_after(words)
    talk.voice.say(f"Hint: {talk.play.hint().text}")


def pause(talk: Talk, words: str) -> None:
    """Lines of a mindful pause, at their own pace where somebody is there; ctrl+c ends it early."""
    if (words or "20") not in map(str, SECONDS):
        raise WrongWords("A pause is 20, 60 or 180 seconds long.")
    seconds = int(words or "20")
    lines = lines_of(seconds)
    began = talk.clock()
    if talk.lines.person:
        talk.voice.say(f"A pause of {seconds} seconds. ctrl+c ends it.")
    try:
        for line in lines:
            talk.voice.say(line)
            if talk.lines.person:
                talk.sleep(step_of(seconds, len(lines)))
    except KeyboardInterrupt:
        talk.voice.say()
    talk.play.pause(seconds, round(talk.clock() - began, 1))
    talk.voice.say("The pause is over.")


def coach(talk: Talk, words: str) -> None:
    """One thing about the exchange that is over."""
    _nothing_after(words)
    if talk.play.mode == "assess" and not talk.play.over:
        raise UsageError("In assess mode the coach waits until the end.")
    said = talk.coach or talk.play.coach(asked=True)
    waited, talk.coach = talk.coach is not None, None
    if said is None:
        talk.voice.say("The coach has nothing sure to say about the last exchange.")
        return
    if not waited:
        talk.voice.say(f"Coach: {said.question}")
    talk.voice.say(said.text)
    if said.words:
        talk.voice.say(f"It rests on: “{said.words}”")


def contest(talk: Talk, words: str) -> None:
    """What was meant, kept beside how it was read."""
    first, _, rest = words.partition(" ")
    turn = int(first) if first.isascii() and first.isdigit() and rest else None
    meant = rest if turn is not None else words
    if not meant.strip():
        raise WrongWords("Say in a few words what you meant.")
    talk.play.contest(meant, turn=turn)
    again = (
        " Go on, or say it differently after /rewind." if not talk.play.over and talk.play.mode == "practice" else ""
    )
    talk.voice.say(f"Kept, beside how it was read.{again}")


def card(talk: Talk, words: str) -> None:
    """Who the patient is, as the trainee was told."""
    _nothing_after(words)
    scenario = talk.play.scenario
    setting = scenario.setting
    talk.voice.say(f"{scenario.patient.name}, {scenario.patient.age}. {flowing(scenario.patient.background)}")
    talk.voice.say(f"{setting.modality}, session {setting.session}, {setting.place}.")
    talk.voice.say(flowing(scenario.briefing))


def rewind(talk: Talk, words: str) -> None:
    """Back to before a reply."""
    talk.play.rewind(_turn(words))
    talk.coach = None
    talk.voice.say(f"Back to before reply {talk.play.session.turn + 1}. Every try stays in the log.")
    talk.show_waiting()


def rate(talk: Talk, words: str) -> None:
    """An answer about oneself, 0 to 10."""
    if not words:
        for slug, question in QUESTIONS.items():
            talk.voice.say(f"{question} /rate {slug} 0 to 10")
        return
    slug, _, value = words.partition(" ")
    if slug not in QUESTIONS or value.strip() not in map(str, range(11)):
        raise WrongWords(f"The questions are {', '.join(QUESTIONS)}, and the answers go from 0 to 10.")
    talk.play.rate(slug, value=int(value))
    talk.voice.say("Noted, for you only.")


def models(talk: Talk, words: str) -> None:
    """Replies in different manners, for a turn that was tried twice."""
    turn = _turn(words) or talk.play.session.turn
    replies = talk.play.model_replies(turn) or (_from_debrief(talk, turn) if talk.play.over else ())
    if not replies:
        raise UsageError(
            f"No model replies for reply {turn}: {_why_none(talk, turn)}." if turn else "There is no reply yet."
        )
    talk.voice.say(f"Other replies that could be given as reply {turn}. None is the right one.")
    for reply in replies:
        talk.voice.say(f"- {reply}")


def read_back(talk: Talk, words: str) -> None:
    """The conversation so far, every try included."""
    _nothing_after(words)
    for line in transcript((event for _, event in talk.play.facts), talk.called, private=True):
        talk.voice.say(line)


def send(talk: Talk, words: str) -> None:
    """Says the line that was held back."""
    _nothing_after(words)
    if not talk.held:
        raise UsageError("Nothing is held back.")
    text, talk.held = talk.held, ""
    talk.respond(text)


def leave(talk: Talk, words: str) -> None:
    """Stop; everything is saved."""
    _nothing_after(words)
    talk.leaving = True


def export(talk: Talk, words: str) -> None:
    """The debrief as a file, without what is private."""
    form, _, file = words.partition(" ")
    if form not in FORMATS or not file.strip():
        raise WrongWords(f"Say the format ({', '.join(FORMATS)}) and the name of a file.")
    text = rendered(talk.report(talk.play), form)
    write(Path(file.strip()).expanduser(), text)
    talk.voice.say(f"Written to {file.strip()}, without what you said about yourself.")


def debrief(talk: Talk, words: str) -> None:
    """The debrief, in the order in which it is read."""
    _nothing_after(words)
    talk.voice.read_out(spoken_debrief(talk.report(talk.play)))


def show(talk: Talk, words: str) -> None:
    """What the debrief does not show by itself."""
    if words not in EXTRAS:
        raise WrongWords(f"There is {', '.join(EXTRAS)}.")
    talk.voice.read_out(spoken_extras(talk.report(talk.play), (words,)))


def library(talk: Talk, words: str) -> None:
    """Back to the list of patients."""
    _nothing_after(words)
    talk.to_library = True


def _nothing_after(words: str) -> None:
    if words:
        raise WrongWords(f"Nothing comes after it; this was left: “{words}”.")


def _turn(words: str) -> int | None:
    """The number of a reply; None where none is given."""
    if not words:
        return None
    if not (words.isascii() and words.isdigit()):
        raise WrongWords(f"“{words}” is not the number of a reply.")
    return int(words)


def _why_none(talk: Talk, turn: int) -> str:
    """Why there are no model replies to show for this reply."""
    tries = sum(isinstance(fact, TraineeReplied) and fact.turn == turn for _, fact in talk.play.facts)
    if talk.play.over or tries > 1:
        return "there is none for it"
    if talk.play.mode == "assess":
        return "in assess mode they come after the end"
    return "they come after a second try (/rewind)"


def _from_debrief(talk: Talk, turn: int) -> tuple[str, ...]:
    """Once it is over, the model replies of any strained turn may be asked for."""
    for moment in talk.report(talk.play).live_moments:
        if moment.turn == turn and moment.teach:
            return moment.teach.model_replies
    return ()
