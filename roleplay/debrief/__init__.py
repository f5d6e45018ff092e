"""Views of facts: turns, measures, the report and what prints it."""
