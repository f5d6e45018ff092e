"""Everything the screens want from disk. Slow: call it in a thread. Imports what is heavy only when it is needed."""

import secrets
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from roleplay.errors import RoleplayError
from roleplay.practice.shelf import Shelf, rows_of

if TYPE_CHECKING:
    from roleplay.debrief.report import Report
    from roleplay.practice.play import Mode, Play
    from roleplay.scenarios.library import Library
    from roleplay.scenarios.model import Scenario
    from roleplay.scoring.coding import Coder
    from roleplay.store.store import Store


class Backstage:
    """The store, the scenarios and the coder, each opened once and only when asked for. Safe in several threads."""

    def __init__(self, store_location: str | Path | None, coder: "Coder | None" = None) -> None:
        self._location = store_location
        self._coder = coder
        self._store: Store | None = None
        self._library: Library | None = None
        self._lock, self._opening = Lock(), Lock()
        self.coder_notice = ""
        """Why the coder is not the better one, once it is open."""

    def store(self) -> "Store":
        """The open store.

        Raises:
            RoleplayError: It cannot be opened.
        """
        from roleplay.store.store import Store

        with self._lock:
            if self._store is None:
                self._store = Store.open(self._location)
            return self._store

    def close(self) -> None:
        """Closes the store, if it was opened."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def shelf(self, trainee: str) -> Shelf:
        """The library as this trainee sees it. What cannot be had is told in it instead of raised."""
        from roleplay.scenarios.library import Library, library

        problems: list[str] = []
        if self._library is None:
            try:
                self._library = library()
            except RoleplayError as error:
                problems.append(str(error))
        try:
            conversations = self.store().conversations()
        except RoleplayError as error:
            problems.append(str(error))
            conversations = ()
        rows = rows_of(self._library or Library((), ()), conversations, trainee)
        return Shelf(rows, " ".join(problems))

    def scenario(self, path: Path) -> "Scenario":
        """The scenario in a file, checked.

        Raises:
            ScenarioError: It has problems.
        """
        from roleplay.scenarios.load import read_scenario

        return read_scenario(path)

    def named(self, name: str) -> "Scenario":
        """The scenario with an id or at a path, checked.

        Raises:
            UsageError: There is none.
            ScenarioError: It has problems.
        """
        from roleplay.scenarios.library import find

        return self.scenario(find(name))

    def begin(self, scenario: "Scenario", *, seed: int | None, mode: "Mode", trainee: str, group: str) -> "Play":
        """A new conversation; without a seed one is drawn, so that nobody learns when the strain comes."""
        from roleplay.practice.play import Play

        drawn = secrets.randbelow(2**31) if seed is None else seed
        return Play.begin(self.store(), scenario, self.coder(), seed=drawn, mode=mode, trainee=trainee, group=group)

    def resume(self, conversation: str) -> "Play":
        """A saved conversation, to be gone on with or looked back on."""
        from roleplay.practice.play import Play

        return Play.resume(self.store(), conversation, self.coder())

    def report(self, play: "Play") -> "Report":
        """The debrief of a conversation."""
        from roleplay.debrief.report import report_of

        return report_of(self.store().facts(play.id), play.scenario)

    def coder(self) -> "Coder":
        """What reads the replies, opened on first use; ask for it early, in a thread."""
        with self._opening:
            if self._coder is None:
                from roleplay.scoring.reader import reader

                found = reader()
                self._coder, self.coder_notice = found.coder, found.because
            return self._coder
