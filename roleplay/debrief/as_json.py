"""The debrief as JSON: the report itself, keys in reading order."""

from roleplay.debrief.plain_text import visible_json
from roleplay.debrief.report import Report


def as_json(report: Report) -> str:
    """The report as indented JSON with a line break at the end; invisible characters as JSON escapes."""
    return visible_json(report.model_dump(mode="json")) + "\n"
