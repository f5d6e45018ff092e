"""One exchange on the debrief's screen, and everything about it."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from roleplay.debrief.moment import Moment
from roleplay.debrief.telling import Told, model_replies, sections, told

SPEAKING = {"line", "said", "act"}


def plain(text: str, classes: str = "") -> Static:
    """Text as it is: nothing in it is markup."""
    return Static(text, markup=False, classes=classes)


class MomentView(Vertical):
    """A line, the reply and what it did. Knows nothing of keys; `-here` marks the chosen one."""

    DEFAULT_CSS = """
    MomentView { height: auto; padding: 0 1; margin: 0 0 1 0; border-left: blank; }
    MomentView.-here { border-left: thick $accent; }
    MomentView Horizontal { height: auto; }
    MomentView .number { width: 3; color: $text-muted; }
    MomentView .who { width: 11; color: $text-muted; }
    MomentView .told { width: 1fr; }
    MomentView .aside { padding-left: 14; }
    MomentView .line { text-style: bold; }
    MomentView .cue, MomentView .act { text-style: italic; color: $text-muted; }
    MomentView .unsaid { text-style: italic; }
    MomentView .said { color: $text-accent; }
    MomentView .words, MomentView .note { color: $text-muted; }
    """

    def __init__(self, moment: Moment, patient: str) -> None:
        super().__init__()
        self.moment = moment
        self.patient = patient

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        number = str(self.moment.turn)
        for line in told(self.moment, self.patient):
            yield _row(line, number)
            number = ""
        if self.moment.retry:
            yield plain(self.moment.retry, "aside note")

    def show(self, moment: Moment) -> None:
        """Tells the moment anew."""
        self.moment = moment
        self.refresh(recompose=True)


def _row(line: Told, number: str) -> Widget:
    if line.role not in SPEAKING:
        return plain(line.text, f"aside {line.role}")
    who = line.who if len(line.who) <= 9 else f"{line.who[:8]}…"
    return Horizontal(plain(number, "number"), plain(who, "who"), plain(line.text, f"told {line.role}"))


class WholeMoment(Vertical):
    """All that is known about one exchange: evidence, definitions, rules. Model replies only when asked for."""

    DEFAULT_CSS = """
    WholeMoment { height: auto; }
    WholeMoment .heading { color: $text-muted; }
    WholeMoment .paragraph { margin: 0 0 1 2; }
    """

    def __init__(self, moment: Moment | None = None, *, models: bool = False) -> None:
        super().__init__()
        self.moment = moment
        self.models = models

    def compose(self) -> ComposeResult:
        """Lays the parts out."""
        if self.moment is None:
            yield plain("j and k choose a turn.", "heading")
            return
        for heading, paragraphs in self._sections(self.moment):
            yield plain(heading, "heading")
            yield from (plain(paragraph, "paragraph") for paragraph in paragraphs)

    def _sections(self, moment: Moment) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from ((section.heading, section.paragraphs) for section in sections(moment))
        if self.models:
            yield "Other ways to say it", model_replies(moment) or (no_models(moment),)

    def show(self, moment: Moment | None, *, models: bool = False) -> None:
        """Tells another moment, or the same with other ways to say it."""
        self.moment, self.models = moment, models
        self.refresh(recompose=True)


def no_models(moment: Moment) -> str:
    """Why there are no model replies to see."""
    if moment.teach is None:
        return "Nobody wrote other replies for this line."
    return "They come once you have tried this turn a second time, or the conversation is over."
