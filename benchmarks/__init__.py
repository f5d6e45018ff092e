"""Ratios against something real in the same run; never a pass or fail by the clock. `make bench` runs them all."""
