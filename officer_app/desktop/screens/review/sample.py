"""The pictures that must be looked at: one after the other, each with a question that only looking answers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.review import ReviewedPhoto
from officer_app.casework.sightings import question_about, shot_of
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.screens.review.frame import PictureFrame
from officer_app.desktop.screens.review.pictures import Pictures, raised, tag_of
from officer_app.desktop.widgets.buttons import icon_button
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.text_field import LineField

_ANSWER: Final = N_("What you see")


class Sample(QWidget):
    """`enlarged(part)` for the large view; `changed()` after every answer; `over()` after the last one.

    `wanted_again(shot)` asks for the picture that is up once more.
    """

    enlarged = Signal(str)
    changed = Signal()
    over = Signal()
    wanted_again = Signal(object)

    def __init__(self, speech: Speech, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._pictures = pictures
        self._photos: tuple[ReviewedPhoto, ...] = ()
        self._answers: dict[str, str] = {}
        self._seen: set[str] = set()
        self._broken: set[str] = set()
        self._at = 0
        self._heading = Text(speech, kind=Kind.SECTION, wrap=True, parent=self)
        self.previous = icon_button(speech, Icon.PREVIOUS, message(N_("Picture before")), self)
        self.next = icon_button(speech, Icon.NEXT, message(N_("Next picture")), self)
        self.again = icon_button(speech, Icon.CAMERA, message(N_("Return, and ask for this picture again")), self)
        self.frame = PictureFrame(speech, self)
        self._findings = QWidget(self)
        self._found = QVBoxLayout(self._findings)
        self._question = Text(speech, kind=Kind.BODY, wrap=True, parent=self)
        self.answer = LineField(speech, message(_ANSWER), self)
        self._arrange()
        self._connect()

    # --- data in and out -------------------------------------------------------------------------------------------

    def show_photos(self, photos: tuple[ReviewedPhoto, ...], answers: dict[str, str]) -> None:
        """The pictures of another file; answers that were typed before count once the picture was seen again."""
        self._photos, self._at = photos, 0
        self._answers = {part: text for part, text in answers.items() if text}
        self._seen, self._broken = set(), set()
        self._show()

    def photos(self) -> tuple[ReviewedPhoto, ...]:
        """The pictures of the sample."""
        return self._photos

    def answers(self) -> dict[str, str]:
        """What was typed, by part, whether its picture was seen or not."""
        return dict(self._answers)

    def viewed(self) -> tuple[tuple[str, str], ...]:
        """Pictures that were really on the screen, with what was seen in them."""
        return tuple(
            (photo.part, self._answers[photo.part])
            for photo in self._photos
            if photo.part in self._seen and self._answers.get(photo.part)
        )

    def missing(self) -> int:
        """How many still have to be looked at and described."""
        return len(self._photos) - len(self.viewed())

    def mark_seen(self, part: str) -> None:
        """It was on the screen, here or large."""
        if part in {photo.part for photo in self._photos} and part not in self._seen:
            self._seen.add(part)
            self._show_heading()
            self.changed.emit()

    def go_to_missing(self) -> None:
        """Bring up the first picture that still needs an answer, with the keyboard in its answer."""
        done = {part for part, _ in self.viewed()}
        place = next((place for place, photo in enumerate(self._photos) if photo.part not in done), self._at)
        self._turn_to(place)
        self.answer.setFocus()

    def current(self) -> str:
        """The part that is up."""
        return self._photos[self._at].part if self._photos else ""

    def ask_again(self) -> None:
        """Ask for the picture that is up to be taken once more."""
        if self._photos:
            self.wanted_again.emit(self._photos[self._at].shot)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        some = bool(self._photos)
        for part in (self.frame, self._question, self.answer, self.previous, self.next, self.again):
            part.setVisible(some)
        self._show_heading()
        if not some:
            self._findings.hide()
            return
        photo = self._photos[self._at]
        self._pictures.want(photo.part)
        self.frame.show_picture(photo.part, self._pictures.image(photo.part), photo.shot, tag_of(photo))
        if photo.part in self._broken:
            self.frame.show_broken()
        question = message(
            N_("{shot}: {question}"), shot=photo.shot, question=question_about(shot_of(photo.question))
        )
        self._question.set_text(question)
        self._speech.name(self.answer.line, question)
        self.answer.turn_to(self._answers.get(photo.part, ""))
        self._show_findings(photo)

    def _show_heading(self) -> None:
        if not self._photos:
            self._heading.set_text(message(N_("This file has no pictures")))
            return
        done = len(self._photos) - self.missing()
        words = N_("Look at: {done:count} of {all:count}")
        self._heading.set_text(message(words, done=done, all=len(self._photos)))

    def _show_findings(self, photo: ReviewedPhoto) -> None:
        clear(self._found)
        against = raised(photo)
        for chip in against:
            self._found.addWidget(Pill(self._speech, chip.state, parent=self._findings))
            self._found.addWidget(Text(self._speech, chip.words, Kind.SMALL, wrap=True, parent=self._findings))
        self._findings.setVisible(bool(against))

    def _turn_to(self, place: int) -> None:
        self._keep()
        if self._photos:
            self._at = place % len(self._photos)
            self._show()
        self.changed.emit()

    def _answered(self) -> None:
        self._keep()
        self.changed.emit()
        if self.missing():
            self.go_to_missing()
        else:
            self._show_heading()
            self.over.emit()

    def _keep(self) -> None:
        if self._photos:
            text, _ = self.answer.read()
            self._answers[self._photos[self._at].part] = (text or "").strip()

    def _came(self, part: str) -> None:
        if part == self.current():
            photo = self._photos[self._at]
            self.frame.show_picture(part, self._pictures.image(part), photo.shot, tag_of(photo))

    def _refused(self, part: str, _fault: object) -> None:
        self._broken.add(part)
        if part == self.current():
            self.frame.show_broken()

    def _typed(self) -> None:
        self._keep()
        self._show_heading()
        self.changed.emit()

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self._turn_to(self._at - 1))
        self.next.clicked.connect(lambda: self._turn_to(self._at + 1))
        self.again.clicked.connect(self.ask_again)
        self.frame.clicked.connect(lambda: self.enlarged.emit(self.current()))
        self.frame.seen.connect(self.mark_seen)
        self.answer.left.connect(self._answered)
        self.answer.edited.connect(self._typed)
        self._pictures.came.connect(self._came)
        self._pictures.refused.connect(self._refused)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._heading, 1)
        head.addWidget(self.again)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        self._found.setContentsMargins(0, 0, 0, 0)
        self._found.setSpacing(HALF)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        nest(column, head)
        for part in (self.frame, self._findings, self._question, self.answer):
            column.addWidget(part)
