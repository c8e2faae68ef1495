"""What happened while a checklist was filled: ODK's audit log, on elapsed time.

Times are milliseconds since the sitting began, from a count that no change of the clock can bend; the sitting's own
beginning is the only claim of the wall clock. Events, columns and their order are those of ODK's `audit.csv`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

# Nothing that was typed may run as a formula where the table is opened.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final = ("event", "node", "start", "end", "old-value", "new-value", "user")


class Event(StrEnum):
    """What can happen, by ODK's names."""

    START = "form start"
    RESUME = "form resume"
    EXIT = "form exit"
    FINALIZE = "form finalize"
    QUESTION = "question"
    JUMP = "jump"
    ADD_REPEAT = "add repeat"
    DELETE_REPEAT = "delete repeat"
    CONSTRAINT_ERROR = "constraint error"
    # Ours, since ODK has no paper: what lies between was typed later, from the paper field sheet.
    PAPER = "paper entry"
    PAPER_END = "paper entry end"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event: where, from when until when (ms since the sitting began), and the answer before and after.

    `old` and `new` are equal when the question was only looked at. `shown` is how many characters there were to read.
    """

    event: Event
    ref: str
    start: int
    end: int
    old: str = ""
    new: str = ""
    shown: int = 0

    @property
    def changed(self) -> bool:
        """Whether an answer came of it."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stretch of work without a break: when it began by the wall clock, who sat, and what happened."""

    began: datetime
    user: str
    entries: tuple[LogEntry, ...]


class VisitLog:
    """The log of one sitting, as it grows."""

    def __init__(self, began: datetime, elapsed: Callable[[], float], first: Event = Event.START) -> None:
        """`began` is the wall clock's claim; `elapsed` counts seconds and only ever grows."""
        self.began = began
        self._elapsed = elapsed
        self._zero = elapsed()
        self._standing: LogEntry | None = None
        self._waiting: list[LogEntry] = [LogEntry(first, "", 0, 0)]

    def entered(self, ref: str, value: str, shown: int) -> None:
        """Somebody stands on a question now; what he stood on before is closed."""
        if self._standing is not None and self._standing.ref == ref:
            return
        self.left()
        now = self._now()
        self._standing = LogEntry(Event.QUESTION, ref, now, now, value, value, shown)

    def left(self) -> None:
        """Nobody stands on a question any more."""
        if self._standing is not None:
            self._waiting.append(replace(self._standing, end=self._now()))
            self._standing = None

    def answered(self, ref: str, old: str, new: str) -> None:
        """An answer changed: where one stands, or elsewhere (a table, a proposal taken)."""
        now = self._now()
        if self._standing is None or self._standing.ref != ref:
            self._waiting.append(LogEntry(Event.QUESTION, ref, now, now, old, new))
            return
        # The time on the question up to its answer is closed here; whoever stays on begins anew.
        self._waiting.append(replace(self._standing, end=now, new=new))
        self._standing = replace(self._standing, start=now, end=now, old=new, new=new)

    def happened(self, event: Event, ref: str = "") -> None:
        """Something that takes no time."""
        now = self._now()
        self._waiting.append(LogEntry(event, ref, now, now))

    def elapsed(self) -> int:
        """Milliseconds since the sitting began."""
        return self._now()

    def take(self) -> tuple[LogEntry, ...]:
        """What waits to be kept; it is the taker's now."""
        taken, self._waiting = tuple(self._waiting), []
        return taken

    def put_back(self, entries: Iterable[LogEntry]) -> None:
        """What could not be kept waits again, before what came since."""
        self._waiting[:0] = entries

    def _now(self) -> int:
        return int((self._elapsed() - self._zero) * 1000)


def to_csv(sittings: Iterable[Sitting]) -> bytes:
    """The log as ODK writes it: start and end in milliseconds since 1970, UTF-8."""
    return table(COLUMNS, (row for sitting in sittings for row in rows(sitting)))


def rows(sitting: Sitting) -> Iterator[tuple[str, ...]]:
    """One row for each event, by `COLUMNS`."""
    zero = int(sitting.began.timestamp() * 1000)
    for entry in sitting.entries:
        told = (entry.old, entry.new) if entry.changed else ("", "")
        ended = str(zero + entry.end) if entry.event is Event.QUESTION else ""
        yield (entry.event.value, entry.ref, str(zero + entry.start), ended, *told, sitting.user)


def table(columns: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    """A table in UTF-8, nothing of which runs as a formula where it is opened."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
