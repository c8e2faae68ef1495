"""Head office's journal: who did what at the desk, about whom, and why; each line holds the digest before it.

It lies in head office's folder as lines of JSON. It says what the signed roster and the packs do not: the person at
the desk and the reason. A line cut off, changed or moved is found by `first_broken`; the newest lines can be cut off
by whoever holds the folder, so its length and head are told wherever it is shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.clock import from_text, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, told_apart
from officer_app.trust.chain import GENESIS, Link, first_broken, link

JOURNAL: Final = "journal.jsonl"
_LARGEST: Final = 64_000_000
_LONGEST: Final = 500  # letters of a reason


class Act(StrEnum):
    """What is noted down."""

    ENROLLED = "enrolled"
    RENEWED = "renewed"
    CHANGED = "changed"
    REVOKED = "revoked"
    PUBLISHED = "published"
    STORE_KEPT = "store_kept"
    STORE_FORGOTTEN = "store_forgotten"
    ASKED_AGAIN = "asked_again"
    GIVEN_UP = "given_up"
    PURGED = "purged"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"


@dataclass(frozen=True, slots=True)
class Said:
    """Who is at the desk, and why it is done; both empty where a script does it."""

    by: str = ""
    why: str = ""

    def because(self) -> str:
        """The reason, which must be there. Errors: WHY_MISSING."""
        if not self.why.strip():
            raise Fault(Code.WHY_MISSING)
        return self.why.strip()[:_LONGEST]


UNSAID: Final = Said()


@dataclass(frozen=True, slots=True)
class Noted:
    """One line: `about` is a person's name, a pack, a store or a delivery."""

    number: int
    at: datetime
    act: str
    about: str
    by: str
    why: str
    detail: str


def note(folder: Path, act: Act, about: str, said: Said, at: datetime, detail: str = "") -> None:
    """Write one more line, whole and on the disk. Errors: DESK_BROKEN, DISK_FULL, FOLDER_READ_ONLY."""
    lines = _lines(folder)
    previous = lines[-1].digest if lines else GENESIS
    told: Json = {
        "about": about,
        "act": act.value,
        "at": to_text(at),
        "by": said.by,
        "detail": detail,
        "why": said.why.strip()[:_LONGEST],
    }
    line = encode({"digest": link(previous, told), "payload": told, "previous": previous}) + b"\n"
    path = folder / JOURNAL
    with told_apart(path), open(path, "ab", opener=_ours_alone) as file:
        # What a kill left of a line is no line; the next one begins where it began.
        file.truncate(_end(path))
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def journal(folder: Path) -> tuple[Noted, ...]:
    """Every line, the newest first. Errors: DESK_BROKEN when the lines do not lead from one to the next."""
    found = [_noted(one) for one in _lines(folder)]
    return tuple(reversed(found))


def head(folder: Path) -> tuple[int, str]:
    """Number and digest of the newest line; (0, GENESIS) before the first. Errors: as `journal`."""
    lines = _lines(folder)
    return (lines[-1].number, lines[-1].digest) if lines else (0, GENESIS)


def _ours_alone(path: str, flags: int) -> int:
    """Its rights are set before the first byte."""
    return os.open(path, flags, 0o600)


def _end(path: Path) -> int:
    return read_limited(path, _LARGEST).rfind(b"\n") + 1


def _lines(folder: Path) -> list[Link]:
    path = folder / JOURNAL
    if not path.is_file():
        return []
    try:
        # Half a line at the end is what a kill left: it was never noted.
        whole = read_limited(path, _LARGEST).rpartition(b"\n")[0].splitlines()
        links = [_link(number, decode(line)) for number, line in enumerate(whole, start=1)]
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(Code.DESK_BROKEN, where=JOURNAL, file=JOURNAL) from error
    if first_broken(links) is not None:
        raise Fault(Code.DESK_BROKEN, where=JOURNAL, file=JOURNAL)
    return links


def _link(number: int, told: Json) -> Link:
    if not isinstance(told, Mapping):
        raise TypeError("line")
    return Link(number, str(told["previous"]), told["payload"], str(told["digest"]))


def _noted(one: Link) -> Noted:
    told = one.payload if isinstance(one.payload, Mapping) else {}
    texts = {key: str(value) for key, value in told.items()}
    try:
        at = from_text(texts["at"])
        return Noted(one.number, at, texts["act"], texts["about"], texts["by"], texts["why"], texts["detail"])
    except (KeyError, ValueError) as error:
        raise Fault(Code.DESK_BROKEN, where=JOURNAL, file=JOURNAL) from error
