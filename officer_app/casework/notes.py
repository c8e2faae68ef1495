"""Notes on questions: what was remarked, and why something was not seen. They do not stand in for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
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
GONE: Final = "#"  # before the place of a note whose row was taken out of its list


def ref_of(note: NoteRecord) -> str:
    """The question that a note stands at; "" when its row was taken out, or when it is of another kind."""
    return note.subject[note.subject.find("/") :] if "/" in note.subject and GONE not in note.subject else ""


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
