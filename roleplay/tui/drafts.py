"""Half-typed replies, kept beside the store until they are sent."""

from pathlib import Path

from roleplay.engine.entry import entered
from roleplay.errors import StoreError
from roleplay.practice.own_risk import speaks_of_own_risk
from roleplay.practice.settings import write_private
from roleplay.store.location import File, default_file, located


class Drafts:
    """One file a conversation, for its owner's eyes only, written whole or not at all.

    What was typed last is held in memory at once and written by `flush`, which costs nothing when there is
    nothing new. Text that may be about the trainee's own safety is not written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, str] = {}

    def read(self, conversation: str) -> str:
        """The kept draft; empty when there is none or it cannot be read."""
        try:
            return self._file(conversation).read_text("utf-8")
        except (OSError, ValueError):
            return ""

    def hold(self, conversation: str, text: str) -> None:
        """Remembers what stands in the box now; `flush` writes it."""
        self._held[conversation] = entered(text)

    def flush(self) -> None:
        """Writes what is held.

        Raises:
            StoreError: It cannot be written; it stays held, and the next flush tries again.
        """
        for conversation, text in tuple(self._held.items()):
            try:
                self._write(conversation, text)
            except OSError as error:
                raise StoreError(
                    f"What stands in the box cannot be kept in {self._folder} ({error.strerror}). "
                    "Make room there, or send it before you stop."
                ) from error
            self._held.pop(conversation, None)

    def delete(self, conversation: str) -> None:
        """Forgets the draft: it was sent, or is not wanted any more."""
        self._held.pop(conversation, None)
        try:
            self._file(conversation).unlink(missing_ok=True)
        except OSError:
            # A file that cannot be removed is emptied by the next draft; the reply itself is safe.
            return

    def _write(self, conversation: str, text: str) -> None:
        if not text.strip() or speaks_of_own_risk(text):
            self._file(conversation).unlink(missing_ok=True)
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(self._file(conversation), text)

    def _file(self, conversation: str) -> Path:
        return self._folder / f"{conversation}.txt"


def drafts_beside(store_location: str | Path | None) -> Drafts:
    """The drafts that belong to a store; those of a server's store are kept on this machine.

    Raises:
        UsageError: The location cannot be understood.
    """
    where = located(store_location)
    file = where.path if isinstance(where, File) else default_file()
    return Drafts(file.with_name(f"{file.stem}-drafts"))
