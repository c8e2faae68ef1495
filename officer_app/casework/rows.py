"""What stands beside the answers of a list (notes, words as they were said, pictures) goes where its row goes.

A ref counts rows, so taking one out renames those below it. Rows are known for life, by which this follows them; what
stood in a row that is gone stands nowhere until the row is put back: a picture waits in the tray.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from officer_app.base.ids import PhotoId, RecordId
from officer_app.casework.notes import GONE, ref_of
from officer_app.casework.visits import Visit
from officer_app.checklists.changes import Changes, Rows
from officer_app.vault.records import CaptureRecord, CaptureState, NoteRecord, PhotoRecord

_NUMBER: Final = re.compile(r"\[\d+\]")
_IN_A_ROW: Final = re.compile(r"\[(\d+)\](.*)")


@dataclass(frozen=True, slots=True)
class Followed:
    """What stands elsewhere now: notes and lines in memory already, pictures as they are to be kept."""

    notes: tuple[NoteRecord, ...] = ()
    lines: tuple[CaptureRecord, ...] = ()
    photos: tuple[PhotoRecord, ...] = ()


_Id = RecordId | PhotoId


@dataclass(slots=True)
class Followers:
    """Follows the rows of one visit while it is open."""

    # Row that is gone -> what stood in it -> where in the row.
    _gone: dict[int, dict[_Id, str]] = field(default_factory=dict)

    def follow(self, visit: Visit, changes: Changes, photos: Iterable[PhotoRecord] = ()) -> Followed:
        """Put everything where its row stands after a change; `photos` are the pictures that are here."""
        if all(rows.after[: len(rows.before)] == rows.before for rows in changes.rows) and not self._gone:
            return Followed()
        held = {photo.id: photo for photo in photos if photo.visit == visit.record.id}
        before = dict(_refs(visit, held.values()))
        now = dict(before)
        for rows in changes.rows:
            now |= self._placed(now, rows)
        moved = {identity: ref for identity, ref in now.items() if before.get(identity) != ref}
        return Followed(_moved_notes(visit, moved), _moved_lines(visit, moved), tuple(_moved_photos(held, moved)))

    def _placed(self, refs: Mapping[_Id, str], rows: Rows) -> dict[_Id, str]:
        """The refs that one list renames; "" in a row that is gone."""
        found: dict[_Id, str] = {}
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


def _refs(visit: Visit, photos: Iterable[PhotoRecord]) -> Iterator[tuple[_Id, str]]:
    yield from ((photo.id, photo.ref) for photo in photos if photo.ref)
    yield from ((note.id, ref) for note in visit.notes.values() if (ref := ref_of(note)))
    yield from ((line.id, line.ref) for line in visit.captures.values() if line.ref.startswith("/"))


def _moved_notes(visit: Visit, moved: Mapping[_Id, str]) -> tuple[NoteRecord, ...]:
    found = [_renamed(visit, note, moved[note.id]) for note in visit.notes.values() if note.id in moved]
    visit.notes.update({note.id: note for note in found})
    return tuple(found)


def _renamed(visit: Visit, note: NoteRecord, ref: str) -> NoteRecord:
    """A note of a row that is gone keeps its place behind a sign: it belongs to the visit still."""
    subject = f"{visit.record.id}{ref}" if ref else note.subject.replace("/", f"{GONE}/", 1)
    return replace(note, subject=subject)


def _moved_lines(visit: Visit, moved: Mapping[_Id, str]) -> tuple[CaptureRecord, ...]:
    """A line that was filed elsewhere in the meantime, or kept as a note, stays there."""
    held = ((line, moved[line.id]) for line in visit.captures.values() if line.id in moved)
    found = [replace(line, ref=ref) for line, ref in held if _is_free(line, ref)]
    visit.captures.update({line.id: line for line in found})
    return tuple(found)


def _is_free(line: CaptureRecord, ref: str) -> bool:
    """Whether it still stands in its row, or, taken out with it, nowhere else."""
    if not line.ref or not ref:
        return line.state is not CaptureState.NOTED
    return _NUMBER.sub("", line.ref) == _NUMBER.sub("", ref)


def _moved_photos(held: Mapping[PhotoId, PhotoRecord], moved: Mapping[_Id, str]) -> Iterator[PhotoRecord]:
    """A picture that was filed elsewhere while its row was gone stays there."""
    for photo in held.values():
        ref = moved.get(photo.id)
        if ref is None:
            continue
        waits = not photo.ref and photo.shot == ref.rpartition("/")[2]
        if not ref or waits or _NUMBER.sub("", photo.ref) == _NUMBER.sub("", ref):
            yield replace(photo, ref=ref)
