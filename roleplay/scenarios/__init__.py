"""Patients as data: the written form, the stage models, loading and checking. Pure but for reading its own files."""
