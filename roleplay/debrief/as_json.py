"""The debrief as JSON: the report itself, keys in reading order."""

import json
import re

from roleplay.debrief.plain_text import visible
from roleplay.debrief.report import Report


def as_json(report: Report) -> str:
    """The report as indented JSON with a line break at the end; invisible characters as JSON escapes."""
    text = json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return re.sub(r"[^\n\x20-\x7e]", lambda match: _escaped(match[0]), text) + "\n"


def _escaped(char: str) -> str:
    """The character itself, or its JSON escape where it would not be seen."""
    return char if visible(char) == char else json.dumps(char)[1:-1]
