"""Timing two things in turn, and the ratio of their medians."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Ratio:
    """One line of the table."""

    what: str
    ours: float
    """Median, in `unit`."""
    theirs: float
    against: str
    unit: str
    aim: str

    def __str__(self) -> str:
        ratio = self.ours / self.theirs if self.theirs else float("nan")
        return (
            f"{self.what:<38} {self.ours:10.3f} {self.unit:<4} against {self.theirs:10.3f} {self.unit:<4} "
            f"{self.against:<34} ratio {ratio:8.2f}   aim: {self.aim}"
        )


def timed(run: Callable[[], object]) -> float:
    """Seconds that `run` takes, the garbage collector's pauses included, as a person would feel them."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def uncollected(run: Callable[[], object]) -> float:
    """Seconds that `run` takes with the garbage collector off: how the work itself grows."""
    gc.collect()
    gc.disable()
    try:
        return timed(run)
    finally:
        gc.enable()


def alternating(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds of each, run in turn after one warm-up so that drift hits both."""
    timed(ours), timed(theirs)
    pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def process(*arguments: str, stdin: str = "") -> Callable[[], object]:
    """Runs this Python with `arguments` in a process of its own."""

    def run() -> object:
        return subprocess.run([sys.executable, *arguments], input=stdin, text=True, capture_output=True, check=True)

    return run


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
