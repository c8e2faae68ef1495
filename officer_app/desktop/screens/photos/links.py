"""What a picture stands for: its question, the facts it gives, the note beside it, the checks it has a part in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework import notes
from officer_app.casework.findings import Contradiction
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.shots import Frame
from officer_app.credit.vocabulary import label_of
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Place
from officer_app.evidence.findings import FindingCode


@dataclass(frozen=True, slots=True)
class Link:
    """One line: what kind of thing, which, and where it leads (a screen and what it is handed, or nowhere)."""

    kind: Message
    words: Sayable
    screen: str = ""
    what: object = None


def links_of(opened: OpenCase, photo: JudgedPhoto, listed: tuple[Frame, ...]) -> tuple[Link, ...]:
    """In the order question, facts, note, checks; a picture in the tray says so."""
    return tuple(_links(opened, photo, listed))


def _links(opened: OpenCase, photo: JudgedPhoto, listed: tuple[Frame, ...]) -> Iterator[Link]:
    record = photo.record
    frame = next((frame for frame in listed if record.id in frame.photos), None)
    if frame is None:
        yield Link(message(N_("Question")), message(N_("In the tray: not filed to any question yet")))
    elif frame.is_question:
        yield Link(message(N_("Question")), frame.label, Place.VISIT.value, frame.ref)
        note = notes.note_on(opened.visit, frame.ref)
        if note is not None:
            yield Link(message(N_("Note")), notes.sentence(note), Place.VISIT.value, frame.ref)
    else:
        yield Link(message(N_("Shot")), frame.label)
    if record.lat is not None and record.lon is not None:
        both = (label_of("photos.items[].lat"), label_of("photos.items[].lon"))
        yield Link(message(N_("Facts")), message("{both}", both=both))
    for one in opened.findings.contradictions:
        if _has_part(one, photo):
            kind = message(N_("Proof for")) if _proves(one, photo) else message(N_("Check"))
            yield Link(kind, one.sentence, Place.CHECKS.value, (one.key, ""))


def _has_part(one: Contradiction, photo: JudgedPhoto) -> bool:
    raised = {f"PHOTO_{finding.code.value}" for finding in photo.findings}
    distance = any(finding.code is FindingCode.FAR_FROM_PREMISES and finding.metres for finding in photo.findings)
    of_place = distance and any(path.startswith("photos") for path in one.paths)
    return photo.record.id in one.photos or _proves(one, photo) or of_place or (one.key in raised and not one.photos)


def _proves(one: Contradiction, photo: JudgedPhoto) -> bool:
    return one.record is not None and photo.record.id in one.record.photos
