"""Notes on questions: what was remarked, and why something was not seen. They do not stand in for an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from officer_app.base.canonical import Json
from officer_app.base.ids import CaseId, RecordId, UserId, new_id
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.visits import Visit
from officer_app.trust.certificates import Role
from officer_app.vault import cases, notes
from officer_app.vault.records import NoteRecord

NOT_SEEN: Final = "not_seen"
_GONE: Final = "#"  # before the place of a note whose row was taken out of its list


def ref_of(note: NoteRecord) -> str:
    """The question that a note stands at; "" when its row was taken out, or when it is of another kind."""
    return note.subject[note.subject.find("/") :] if "/" in note.subject and _GONE not in note.subject else ""


def note_on(visit: Visit, ref: str) -> NoteRecord | None:
    """What was noted at a question, or None."""
    return next((one for one in visit.notes.values() if ref_of(one) == ref and words_of(one)), None)


def words_of(note: NoteRecord) -> str:
    """What was written, as it was typed."""
    return note.seen if note.verdict == NOT_SEEN else note.said


def sentence(note: NoteRecord) -> Sayable:
    """The note as it is shown under its question."""
    words = Verbatim(words_of(note))
    if note.verdict == NOT_SEEN:
        return message(N_("Not seen, because {why}"), why=words)
    return message(N_("Note: {words}"), words=words)


def written(visit: Visit, ref: str, words: str, author: UserId, now: datetime, *, not_seen: bool) -> NoteRecord:
    """A note at a question, new or changed, in memory; no words take it away. `keep` makes it durable."""
    old = next((one for one in visit.notes.values() if ref_of(one) == ref), None)
    note = old or NoteRecord(RecordId(new_id()), visit.case, author, now, f"{visit.record.id}{ref}")
    said, seen = ("", words.strip()) if not_seen else (words.strip(), "")
    note = replace(note, said=said, seen=seen, verdict=NOT_SEEN if not_seen else "")
    visit.notes[note.id] = note
    return note


@allowed(Role.OFFICER)
def keep(desk: Desk, case_id: CaseId, some: Iterable[NoteRecord]) -> None:
    """Make notes durable, new or changed. Errors: CASE_NOT_OPEN, NOT_ALLOWED."""
    with desk.vault.writing() as tx:
        case = cases.get(tx, case_id)
        must_be_own(desk, case)
        must_be_open(case)
        for note in some:
            notes.put(tx, note)


def standing(visit: Visit) -> Iterator[NoteRecord]:
    """The notes of a visit that have words and a question they stand at, oldest first."""
    for one in sorted(visit.notes.values(), key=lambda note: (note.at, note.id)):
        ref = ref_of(one)
        if words_of(one) and ref and visit.session.peek(ref) is not None:
            yield one


def as_json(visit: Visit) -> Json:
    """The notes of a visit for its file."""
    return [
        {"at": one.at.isoformat(), "ref": ref_of(one), "said": one.said, "not_seen_because": one.seen}
        for one in standing(visit)
    ]


@dataclass(slots=True)
class RowNotes:
    """Notes follow their rows when one is taken out of a list, and when that is taken back."""

    _removed: list[tuple[str, int, frozenset[RecordId]]] = field(default_factory=list)
    _restored: list[tuple[str, int]] = field(default_factory=list)

    def removed(self, visit: Visit, repeat: str, index: int) -> tuple[NoteRecord, ...]:
        """A row (counted from 1) was taken out: the notes that stand elsewhere now."""
        moved, gone = [], set()
        for note, at, place in _in_rows(visit, repeat):
            if at == index:
                gone.add(note.id)
                moved.append(replace(note, subject=note.subject.replace("/", f"{_GONE}/", 1)))
            elif at > index:
                moved.append(_renumbered(note, repeat, place, at - 1))
        self._removed.append((repeat, index, frozenset(gone)))
        return _held(visit, moved)

    def taken_back(self, visit: Visit, repeat: str) -> tuple[NoteRecord, ...]:
        """The list has its row again: the notes that stand elsewhere now."""
        if not self._removed or self._removed[-1][0] != repeat:
            return ()
        _, index, gone = self._removed.pop()
        self._restored.append((repeat, index))
        moved = [
            _renumbered(note, repeat, place, at + 1) for note, at, place in _in_rows(visit, repeat) if at >= index
        ]
        moved += [
            replace(visit.notes[one], subject=visit.notes[one].subject.replace(_GONE, "", 1))
            for one in gone
            if one in visit.notes
        ]
        return _held(visit, moved)

    def made_again(self, visit: Visit, repeat: str) -> tuple[NoteRecord, ...]:
        """The row was taken out again."""
        if not self._restored or self._restored[-1][0] != repeat:
            return ()
        return self.removed(visit, *self._restored.pop())


def _in_rows(visit: Visit, repeat: str) -> Iterator[tuple[NoteRecord, int, str]]:
    """Notes inside the rows of a list, with the row's number and what follows it."""
    for note in tuple(visit.notes.values()):
        found = re.match(r"\[(\d+)\](/.*)", ref_of(note).removeprefix(repeat)) if ref_of(note) else None
        if found is not None and ref_of(note).startswith(repeat):
            yield note, int(found[1]), found[2]


def _renumbered(note: NoteRecord, repeat: str, place: str, at: int) -> NoteRecord:
    visit = note.subject[: note.subject.find("/")]
    return replace(note, subject=f"{visit}{repeat}[{at}]{place}")


def _held(visit: Visit, moved: Iterable[NoteRecord]) -> tuple[NoteRecord, ...]:
    some = tuple(moved)
    visit.notes.update({one.id: one for one in some})
    return some
