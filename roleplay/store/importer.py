"""Takes in what an export wrote, or says which line cannot be taken."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, datetime

from pydantic import ValidationError

from roleplay.engine.events import Event, SessionBegan, parse
from roleplay.errors import StoreError, StoreNewer
from roleplay.store.interchange import FORMAT, HEADER, MAX_LINE, SESSION_ID, digest_of, is_object
from roleplay.store.rows import Row, Rows

# The head is matched and not parsed, so that what follows it is kept exactly as it was stored.
_FACT = re.compile(
    rf'\{{"session":"({SESSION_ID.pattern})","seq":([1-9][0-9]{{0,8}}),'
    r'"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)","event":(\{.*\})\}',
    re.DOTALL | re.ASCII,
)
_SCENARIO = re.compile(r'\{"scenario":"([0-9a-f]{64})","body":(\{.*\})\}', re.DOTALL)


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by the ids of conversations."""

    imported: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    """Those that were here already, the same to the last character."""
    refused: tuple[str, ...] = ()
    """Those that are here under the same id with other contents; what is here was kept."""
    notes: tuple[str, ...] = ()
    """What the user should know, in sentences: a half last line that was left out, an export cut short."""


@dataclass
class Importer:
    """Takes lines in, one by one. Inside `rows.writing`, so that a refused line leaves nothing behind."""

    rows: Rows
    _taken: dict[str, int] = field(default_factory=dict)
    """Number of the last entry met of each conversation in the lines."""
    _present: dict[str, int] = field(default_factory=dict)
    """Number of the last entry of those that were here before, 0 for the others."""
    _unmatched: dict[str, list[Row]] = field(default_factory=dict)
    """The entries of those, dropped again once all have been met, so that one conversation is in memory at a time."""
    _differing: set[str] = field(default_factory=set)
    _scenarios: dict[str, str] = field(default_factory=dict)
    """Scenario lines met; each is written only with a conversation that needs it."""

    def take(self, source: Iterable[str]) -> ImportReport:
        """Take all lines of one export.

        Raises:
            StoreError: A line is not what an export writes; the text names it.
            StoreNewer: A newer version wrote the lines.
        """
        counted = enumerate(source, 1)
        header = _header(next(counted, (1, ""))[1])
        notes: list[str] = []
        following = next(counted, None)
        while following is not None:
            number, line = following
            following = next(counted, None)
            _refuse_hostile(number, line)
            if following is None and _half(line):
                notes.append(f"Line {number}, the last, is only half there and was left out.")
            else:
                self._take_line(number, line)
        return self._report(header, notes)

    def _take_line(self, number: int, line: str) -> None:
        text = line.rstrip("\r\n")
        _refuse_garbled(number, text)
        if fact := _FACT.fullmatch(text):
            self._take_fact(number, Row(fact[1], int(fact[2]), fact[3], "", fact[4]))
        elif scenario := _SCENARIO.fullmatch(text):
            self._take_scenario(number, scenario[1], scenario[2])
        elif text:
            raise _refusal(number, "it is not a line that an export of this program has")

    def _take_scenario(self, number: int, digest: str, body: str) -> None:
        if digest_of(body) != digest:
            raise _refusal(number, "the scenario is not the one that its digest stands for, so it was changed")
        if not is_object(body):
            raise _refusal(number, "the scenario is not JSON")
        self._scenarios[digest] = body

    def _take_fact(self, number: int, row: Row) -> None:
        expected = self._taken.get(row.session, 0) + 1
        if row.seq != expected:
            found = f"found entry {row.seq} of {row.session}, expected {expected}"
            raise _refusal(number, f"{found}; a line was added or lost")
        _refuse_impossible(number, row.at)
        event = _event_of(number, row)
        row = replace(row, kind=event.event)
        if row.seq == 1:
            self._unmatched[row.session] = self.rows.facts(row.session)
            self._present[row.session] = len(self._unmatched[row.session])
        self._taken[row.session] = row.seq
        if not self._present[row.session]:
            if isinstance(event, SessionBegan):
                self._keep_scenario(number, event.scenario_hash)
            self.rows.add([row])
        elif self._unmatched[row.session][row.seq - 1 : row.seq] != [row]:
            self._differing.add(row.session)
        if row.seq >= self._present[row.session]:
            self._unmatched[row.session] = []

    def _keep_scenario(self, number: int, digest: str) -> None:
        if digest in self._scenarios:
            self.rows.keep_scenario(digest, self._scenarios[digest])
        elif self.rows.scenario(digest) is None:
            raise _refusal(number, "the scenario of this conversation is not among the lines before")

    def _report(self, header: dict[str, object], notes: list[str]) -> ImportReport:
        facts = sum(self._taken.values())
        if header.get("facts", facts) != facts:
            notes.append(f"The export was cut short or changed: it says {header['facts']} entries, and has {facts}.")
        present = {one for one, last in self._present.items() if last}
        refused = self._differing | {one for one in present if self._present[one] != self._taken[one]}
        return ImportReport(
            imported=tuple(sorted(self._taken.keys() - present)),
            already=tuple(sorted(present - refused)),
            refused=tuple(sorted(refused)),
            notes=tuple(notes),
        )


def _header(line: str) -> dict[str, object]:
    """The first line, once it is certain that this version can read what follows."""
    _refuse_hostile(1, line)
    header = json.loads(line.lstrip("\ufeff")) if is_object(line.lstrip("\ufeff")) else {}
    version = header.get(HEADER)
    if type(version) is not int:
        raise _refusal(1, "the file does not begin as an export of this program does")
    if version > FORMAT:
        raise StoreNewer(
            f"The export was written by a newer version of this program (its lines are version {version}, this "
            f"program knows {FORMAT}). Nothing was imported. Update the program and import it again."
        )
    return dict(header)


def _event_of(number: int, row: Row) -> Event:
    try:
        event = parse(row.body)
    except ValidationError as error:
        raise _refusal(number, "the entry cannot be read; it is damaged, or a newer version wrote it") from error
    if (row.seq == 1) != isinstance(event, SessionBegan):
        raise _refusal(number, "a conversation has its beginning as entry 1, and only there")
    return event


def _refuse_impossible(number: int, at: str) -> None:
    """Refuse a stamp that is no moment, or one so early or late that some time zone cannot show it."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise _refusal(number, f"there is no such moment as {at}") from error
    if not MINYEAR < moment.year < MAXYEAR:
        raise _refusal(number, f"there is no such moment as {at}")


def _half(line: str) -> bool:
    """Whether the last line breaks off, as after a crash or a full disk while it was written."""
    return not line.endswith("\n") and not is_object(line)


def _refuse_hostile(number: int, line: str) -> None:
    if len(line) > MAX_LINE:
        raise _refusal(number, f"it is longer than {MAX_LINE:,} characters, and no export has such lines")
    if "\0" in line:
        raise _refusal(number, "it holds a NUL character; the file was damaged or is not text")


def _refuse_garbled(number: int, text: str) -> None:
    if "\n" in text:
        raise _refusal(number, "it holds a line break; give the lines one by one")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _refusal(number, "it is not UTF-8 text") from error


def _refusal(number: int, what: str) -> StoreError:
    return StoreError(
        f"Line {number} of the export cannot be imported: {what}. Nothing was imported. "
        "Export the conversations anew where they come from, and import that file."
    )
