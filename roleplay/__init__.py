"""A role-play engine with a simulated patient, for people who learn psychotherapy."""

__version__ = "0.1.0"
