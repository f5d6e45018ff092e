"""Runs every benchmark, or those named: `python -m benchmarks [startup latency coder steps checking appends]`."""

import importlib
import sys

ALL = ("startup", "latency", "coder", "steps", "checking", "appends")


def main() -> None:
    """Prints one ratio a line."""
    for name in sys.argv[1:] or ALL:
        for ratio in importlib.import_module(f"benchmarks.{name}").measure():
            print(ratio, flush=True)


if __name__ == "__main__":
    main()
