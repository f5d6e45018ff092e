"""Labelled replies and what is measured on them."""
