"""What stands beside the answers of a list (notes, words as they were said) goes where its row goes.

A ref counts rows, so taking one out renames those below it. Rows are known for life, by which this follows them; what
stood in a row that is gone stands nowhere until the row is put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from officer_app.base.ids import RecordId
from officer_app.casework.notes import GONE, ref_of
from officer_app.casework.visits import Visit
from officer_app.checklists.changes import Changes, Rows
from officer_app.vault.records import CaptureRecord, CaptureState, NoteRecord

_NUMBER: Final = re.compile(r"\[\d+\]")
_IN_A_ROW: Final = re.compile(r"\[(\d+)\](.*)")


@dataclass(frozen=True, slots=True)
class Followed:
    """Notes and lines that stand elsewhere now, in memory already."""

    notes: tuple[NoteRecord, ...] = ()
    lines: tuple[CaptureRecord, ...] = ()


@dataclass(slots=True)
class Followers:
    """Follows the rows of one visit while it is open."""

    # Row that is gone -> what stood in it -> where in the row.
    _gone: dict[int, dict[RecordId, str]] = field(default_factory=dict)

    def follow(self, visit: Visit, changes: Changes) -> Followed:
        """Put everything where its row stands after a change."""
        if all(rows.after[: len(rows.before)] == rows.before for rows in changes.rows) and not self._gone:
            return Followed()
        before = dict(_refs(visit))
        now = dict(before)
        for rows in changes.rows:
            now |= self._placed(now, rows)
        moved = {identity: ref for identity, ref in now.items() if before.get(identity) != ref}
        return Followed(_moved_notes(visit, moved), _moved_lines(visit, moved))

    def _placed(self, refs: Mapping[RecordId, str], rows: Rows) -> dict[RecordId, str]:
        """The refs that one list renames; "" in a row that is gone."""
        found: dict[RecordId, str] = {}
        places = {row: at for at, row in enumerate(rows.after, start=1)}
        for identity, ref in refs.items():
            inside = _IN_A_ROW.fullmatch(ref.removeprefix(rows.repeat))
            if inside is None or int(inside[1]) > len(rows.before):
                continue
            row = rows.before[int(inside[1]) - 1]
            if row in places:
                found[identity] = f"{rows.repeat}[{places[row]}]{inside[2]}"
            else:
                self._gone.setdefault(row, {})[identity] = inside[2]
                found[identity] = ""
        for row in places.keys() - set(rows.before):
            back = self._gone.pop(row, {})
            found |= {identity: f"{rows.repeat}[{places[row]}]{place}" for identity, place in back.items()}
        return found


def _refs(visit: Visit) -> Iterator[tuple[RecordId, str]]:
    yield from ((note.id, ref) for note in visit.notes.values() if (ref := ref_of(note)))
    yield from ((line.id, line.ref) for line in visit.captures.values() if line.ref.startswith("/"))


def _moved_notes(visit: Visit, moved: Mapping[RecordId, str]) -> tuple[NoteRecord, ...]:
    found = [_renamed(visit, visit.notes[one], ref) for one, ref in moved.items() if one in visit.notes]
    visit.notes.update({note.id: note for note in found})
    return tuple(found)


def _renamed(visit: Visit, note: NoteRecord, ref: str) -> NoteRecord:
    """A note of a row that is gone keeps its place behind a sign: it belongs to the visit still."""
    subject = f"{visit.record.id}{ref}" if ref else note.subject.replace("/", f"{GONE}/", 1)
    return replace(note, subject=subject)


def _moved_lines(visit: Visit, moved: Mapping[RecordId, str]) -> tuple[CaptureRecord, ...]:
    """A line that was filed elsewhere in the meantime, or kept as a note, stays there."""
    held = ((visit.captures[one], ref) for one, ref in moved.items() if one in visit.captures)
    found = [replace(line, ref=ref) for line, ref in held if _is_free(line, ref)]
    visit.captures.update({line.id: line for line in found})
    return tuple(found)


def _is_free(line: CaptureRecord, ref: str) -> bool:
    """Whether it still stands in its row, or, taken out with it, nowhere else."""
    if not line.ref or not ref:
        return line.state is not CaptureState.NOTED
    return _NUMBER.sub("", line.ref) == _NUMBER.sub("", ref)
