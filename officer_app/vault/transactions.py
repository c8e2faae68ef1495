"""What the functions of this package work on: a reading or a writing transaction.

Nothing outside of the package touches more than `user` and `clock`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from officer_app.base.clock import Clock
from officer_app.trust import boxes
from officer_app.vault.blobfiles import BlobFiles
from officer_app.vault.records import BlobId, UserRecord


@dataclass(slots=True)
class Reading:
    """A consistent view of the vault."""

    sql: Connection
    user: UserRecord
    clock: Clock
    files: BlobFiles
    search_key: bytes

    def search_hash(self, text: str) -> str:
        """The keyed hash under which a number can be found and not guessed."""
        return boxes.keyed_hash(self.search_key, text)


@dataclass(slots=True)
class Writing(Reading):
    """Changes that become durable together, or not at all."""

    written: list[BlobId] = field(default_factory=list)
    dropped: list[BlobId] = field(default_factory=list)
    destroyed: list[str] = field(default_factory=list)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Changes that stay only if this goes through; what the transaction did before stays in any case."""
        written, dropped, destroyed = len(self.written), len(self.dropped), len(self.destroyed)
        try:
            with self.sql.begin_nested():
                yield
        except BaseException:
            for blob in self.written[written:]:
                self.files.delete(blob)
            del self.written[written:]
            del self.dropped[dropped:]
            del self.destroyed[destroyed:]
            raise

    def undo_files(self) -> None:
        """The rows will never be: their files go."""
        for blob in self.written:
            self.files.delete(blob)

    def settle_files(self) -> None:
        """The rows are gone for good: their keys and files go."""
        for name in self.destroyed:
            self.files.let_go(name)
        for blob in self.dropped:
            self.files.delete(blob)
