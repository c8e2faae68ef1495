"""Which frames the sheet shows: one for each picture question, then the pictures that belong to none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Bilingual, Sayable, Verbatim, message
from officer_app.casework.photos import JudgedPhoto
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Question, QuestionType
from officer_app.desktop.widgets.photos import Frame
from officer_app.desktop.widgets.states import State
from officer_app.evidence.findings import Verdict

STATES = {
    Verdict.PASS: State.PASSED,
    Verdict.CANNOT_TELL: State.CANNOT_TELL,
    Verdict.LOOK_CLOSER: State.LOOK,
    Verdict.STOP: State.STOP,
}


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture question that is asked here."""

    ref: str
    label: Bilingual
    hint: Bilingual
    required: bool
    photo: str


def shots_of(session: FormSession) -> tuple[Shot, ...]:
    """The picture questions, in the order of the checklist."""
    chinese = {question.ref: question for question in _questions(session, "zh_CN")}
    return tuple(
        Shot(
            question.ref,
            Bilingual(question.label, chinese[question.ref].label),
            Bilingual(question.hint, chinese[question.ref].hint),
            question.required,
            question.value,
        )
        for question in _questions(session, "en")
        if question.ref in chinese
    )


def _questions(session: FormSession, language: str) -> Iterable[Question]:
    for section in session.sections(language):
        pending: list[object] = list(section.items)
        while pending:
            item = pending.pop(0)
            pending[:0] = [*getattr(item, "items", ()), *getattr(item, "instances", ())]
            for question in getattr(item, "questions", ()):
                if question.type is QuestionType.IMAGE and question.relevant:
                    yield question


def frames_of(
    shots: tuple[Shot, ...], photos: tuple[JudgedPhoto, ...], picture: Callable[[JudgedPhoto], QImage]
) -> tuple[Frame, ...]:
    """Frames by key: a question's ref, or a picture's id where it belongs to no question."""
    by_id = {str(photo.record.id): photo for photo in photos}
    asked = tuple(_asked(shot, by_id.get(shot.photo), picture) for shot in shots)
    placed = {shot.photo for shot in shots}
    loose = tuple(
        _taken(key, Verbatim(photo.record.file_name), photo, picture, required=False)
        for key, photo in by_id.items()
        if key not in placed
    )
    return asked + loose


def _asked(shot: Shot, photo: JudgedPhoto | None, picture: Callable[[JudgedPhoto], QImage]) -> Frame:
    if photo is None:
        return Frame(shot.ref, shot.label, note=shot.hint, required=shot.required)
    return _taken(shot.ref, shot.label, photo, picture, required=shot.required)


def _taken(
    key: str, title: Sayable, photo: JudgedPhoto, picture: Callable[[JudgedPhoto], QImage], *, required: bool
) -> Frame:
    return Frame(key, title, picture(photo), STATES[photo.verdict], time_and_place(photo), required)


def time_and_place(photo: JudgedPhoto) -> Sayable:
    """When and how far from the door, as far as the picture tells."""
    taken, metres = photo.record.taken, photo.metres
    if taken is not None and metres is not None:
        return message(N_("{at:time}, {away:metres} away"), at=local_time(taken), away=metres)
    if taken is not None:
        return message(N_("{at:time}, no place"), at=local_time(taken))
    if metres is not None:
        return message(N_("No time, {away:metres} away"), away=metres)
    return message(N_("No time, no place"))
