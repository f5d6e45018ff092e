"""The streams of the process: UTF-8 whatever the locale, and what is known about who is at the other end."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Literal, TextIO


def prepare() -> None:
    """Read and write UTF-8 even under LANG=C; what has no bytes in it is written as an escape, never a crash.

    A stream that was closed becomes one of nothing. It takes the place of the closed one among the files of the
    process, so that no file opened later is written to as if it were the terminal.
    """
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout = sys.stdout or _nothing("w")
    sys.stderr = sys.stderr or _nothing("w")
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _nothing(mode: Literal["r", "w"]) -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")


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


def abandon(stream: IO[str]) -> None:
    """Nobody reads any more: what is left to write, at the end of Python as well, goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError, AttributeError):
        return
    finally:
        os.close(nowhere)
