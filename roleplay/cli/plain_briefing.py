"""What a trainee reads before a conversation on plain lines."""

from roleplay.scenarios.model import Scenario

PROMISE = (
    "This is practice: nobody is graded, nothing leaves this machine, and you can stop at any time with /quit. "
    "Patients are fictional; do not type anything about a real client."
)


def flowing(text: str) -> str:
    """A text whose paragraphs are one line each, however its author broke them."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def briefing(scenario: Scenario) -> list[str]:
    """What a trainee reads before they begin: who, where, what went before, what it contains, and the promise."""
    setting = scenario.setting
    lines = [
        f"{scenario.patient.name}, {scenario.patient.age} · {scenario.title}",
        f"{setting.modality}, session {setting.session}, {setting.place}",
        "",
        flowing(scenario.patient.background),
        "",
        flowing(scenario.briefing),
        "",
    ]
    if scenario.content:
        lines.append(f"Contains: {', '.join(scenario.content)}.")
    return [*lines, PROMISE, ""]
