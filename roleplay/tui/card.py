"""The patient's card: what the trainee was told beforehand, and nothing more."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.debrief.plain_text import one_line, visible
from roleplay.scenarios.model import Scenario


class Card(VerticalScroll, can_focus=False):
    """Who, where, and what happened last time, beside the conversation where the window is wide."""

    DEFAULT_CSS = """
    Card {
        width: 42; display: none; padding: 1 2; border-left: solid $line; color: $text-muted;
        scrollbar-size-vertical: 1;
        & > Static { margin-bottom: 1; }
        & > .name { color: $text; text-style: bold; margin-bottom: 0; }
    }
    """

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self._scenario = scenario

    def compose(self) -> ComposeResult:
        """The card, top to bottom."""
        yield Static(who(self._scenario), classes="name", markup=False)
        yield Static(where(self._scenario), markup=False)
        yield Static(folded(self._scenario.patient.background), markup=False)
        for paragraph in paragraphs(self._scenario.briefing):
            yield Static(paragraph, markup=False)


def who(scenario: Scenario) -> str:
    """Name and age."""
    return one_line(f"{scenario.patient.name}, {scenario.patient.age}")


def where(scenario: Scenario) -> str:
    """How and where the patient is seen."""
    setting = scenario.setting
    return one_line(f"{setting.modality}, session {setting.session}, {setting.place}")


def short_setting(scenario: Scenario) -> str:
    """The same with no more of the place than fits a heading."""
    place = scenario.setting.place
    for end in ",;.(":
        place = place.split(end)[0]
    return one_line(f"{scenario.setting.modality}, session {scenario.setting.session}, {place.strip()}")


def folded(text: str) -> str:
    """A text with its line breaks as spaces."""
    return " ".join(visible(text).split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each without the line breaks of the file it came from."""
    return [folded(part) for part in text.split("\n\n") if part.strip()]


def labelled(label: str, text: str) -> Content:
    """A text behind its label."""
    return Content.assemble((f"{label}  ", "$text-muted"), text)
