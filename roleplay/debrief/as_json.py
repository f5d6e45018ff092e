"""The debrief as JSON: the report itself, keys in reading order."""

import json

from roleplay.debrief.plain_text import visible_json
from roleplay.debrief.report import Report


def as_json(report: Report) -> str:
    """The report as indented JSON with a line break at the end; invisible characters as JSON escapes."""
    return visible_json(json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2)) + "\n"
