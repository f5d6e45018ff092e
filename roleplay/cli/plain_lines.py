"""Lines in and lines out: a terminal, a pipe or a script on one side, plain text on the other."""

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from shutil import get_terminal_size
from textwrap import fill
from typing import IO

from roleplay.cli.streams import is_terminal
from roleplay.debrief.plain_text import visible

NARROWEST = 20
PROMPT = "> "
ON = "... "
"""Prompt of a line that goes on with the same reply."""


class Voice:
    """What the trainee reads: plain lines, no colour, nothing that moves, brought out at once."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def say(self, text: str = "") -> None:
        """A text; whatever in it could move a cursor is spelled out. In a terminal no word is broken at the edge."""
        for line in visible(text).split("\n"):
            self._stream.write(f"{self._fitted(line)}\n")
        self._stream.flush()

    def _fitted(self, line: str) -> str:
        if not is_terminal(self._stream):
            return line
        width = max(NARROWEST, get_terminal_size().columns - 1)
        return fill(line, width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False)

    def read_out(self, lines: Iterable[str]) -> None:
        """Several lines, one after the other."""
        for line in lines:
            self.say(line)


class Lines:
    """Where the trainee's lines come from. `person` is whether somebody types them."""

    def __init__(self, read: Callable[[str], str | None], *, person: bool, echo: Voice | None = None) -> None:
        self._read = read
        self._echo = echo
        self._ahead: list[str | None] = []
        self.person = person

    @classmethod
    def of_stream(cls, stream: IO[str], *, echo: Voice | None = None) -> "Lines":
        """The lines of a file or pipe; with `echo` each is repeated there, so that the output reads as a whole."""

        def read(prompt: str) -> str | None:  # noqa: ARG001
            line = stream.readline()
            return line.removesuffix("\n").removesuffix("\r") if line else None

        return cls(read, person=False, echo=echo)

    @classmethod
    def of_terminal(cls) -> "Lines":
        """The lines that somebody types, with the line editing of the terminal."""
        with suppress(ImportError):
            import readline  # noqa: F401, importing it is what gives `input` its editing

        def read(prompt: str) -> str | None:
            try:
                return input(prompt)
            except EOFError:
                print()  # the cursor still stands behind the prompt
                return None

        return cls(read, person=True)

    @classmethod
    def of_stdin(cls) -> "Lines":
        """The lines of stdin, whoever is there."""
        if is_terminal(sys.stdin) and is_terminal(sys.stdout):
            return cls.of_terminal()
        return cls.of_stream(sys.stdin)

    @property
    def over(self) -> bool:
        """Whether no line is left. Somebody who types is never known to be at the end."""
        if self.person:
            return False
        if not self._ahead:
            self._ahead.append(self._read(""))
        return self._ahead[0] is None

    def line(self, prompt: str = PROMPT) -> str | None:
        """The next line without its end; None when there is none left."""
        text = self._ahead.pop() if self._ahead else self._read(prompt)
        if text is not None and self._echo is not None:
            self._echo.say(f"> {text}")
        return text

    def joined(self) -> str | None:
        """The next line with those that follow a backslash at its end; None when there is none left."""
        text = self.line()
        if text is None:
            return None
        parts = [text]
        while parts[-1].endswith("\\"):
            parts[-1] = parts[-1].removesuffix("\\")
            following = self.line(ON)
            if following is None:
                break
            parts.append(following)
        return "\n".join(parts)
