"""The streams of the process: UTF-8 whatever the locale, and what is known about who is at the other end."""

import os
import sys
from io import TextIOWrapper
from typing import IO


def prepare() -> None:
    """Read and write UTF-8 even under LANG=C; what has no bytes in it is written as an escape, never a crash."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a person is at the other end; a closed or missing stream has nobody."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def in_terminal() -> bool:
    """Whether both ends are a terminal, so that screens can be shown."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def flush() -> None:
    """Bring out what is still held back, so that a failure to write is met here and not at the end of Python."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def abandon_output() -> None:
    """Nobody reads any more: what is left to write, at the end of Python as well, goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
    finally:
        os.close(nowhere)
