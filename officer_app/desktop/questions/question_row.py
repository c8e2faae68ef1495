"""One question on the page: its words, its field, and what is wrong with the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.checklists.view import Question, QuestionType, ViolationKind
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Role
from officer_app.desktop.questions.kinds import NOTICES, WIDGETS, Surroundings, kin, options
from officer_app.desktop.questions.noting import NoteLine
from officer_app.desktop.questions.pictures import PictureField
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList, MultiChoice
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import NumberField, Said
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.text_field import TextArea


class QuestionRow(QWidget):
    """A question, or a note when it asks nothing."""

    answered = Signal(str, str)
    attach_wanted = Signal(str)
    note_wanted = Signal(str)
    note_kept = Signal(str, str, bool)
    left = Signal()

    def __init__(self, speech: Speech, question: Question, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self._question = question
        self._around = around
        self._strict = False
        self.field: Field | None = WIDGETS[question.type](speech, question, around)
        self._row: FieldRow | None = None
        self._note: Text | None = None
        self._noted: Text | None = None
        self._pictured: Text | None = None
        self._note_line: NoteLine | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        if self.field is None:
            self._note = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
            column.addWidget(self._note)
        else:
            self._row = _row_for(speech, self.field, self)
            column.addWidget(self._row)
            self.setFocusProxy(self._row)
            self._connect(self.field, self._row)
        self._show_all(fresh=True)

    @property
    def question(self) -> Question:
        """What it shows."""
        return self._question

    @property
    def can_be_typed_in(self) -> bool:
        """Whether the keyboard has business here."""
        return self.field is not None and not self._question.readonly and not self.isHidden()

    def fits(self, question: Question) -> bool:
        """Whether this row can show another question without being made again."""
        return kin(question) == kin(self._question)

    def show_question(self, question: Question) -> None:
        """Show what has become of the question, or another one of the same kin."""
        if question == self._question:
            self._show_noted()
            return
        turned = question.ref != self._question.ref
        if turned:
            self.finish()
            if self._pictured is not None:
                self._pictured.set_text(None)
            if self._note_line is not None:
                self._note_line.hide()
        self._question = question
        self._show_all(fresh=turned)

    def show_picture(self, picture: QImage | None) -> None:
        """The thumbnail of an attached picture; where something else is asked, that there is one."""
        if isinstance(self.field, PictureField):
            self.field.show_picture(picture)
        elif self._row is not None and (picture is not None or self._pictured is not None):
            if self._pictured is None:
                self._pictured = Text(self._speech, kind=Kind.SMALL, parent=self)
                self._row.put_under(self._pictured)
            self._pictured.set_text(message(N_("Picture attached")) if picture is not None else None)

    def pictured(self) -> str:
        """What stands under a field that asks for no picture and has one."""
        return "" if self._pictured is None or self._pictured.isHidden() else self._pictured.text()

    def set_strict(self, strict: bool) -> None:
        """Whether a missing required answer is told; before the first check an empty field is only empty."""
        self._strict = strict
        self._show_error()

    def error(self) -> str:
        """What stands under the field in red."""
        return self._row.error() if self._row is not None else ""

    def said(self) -> Said | None:
        """What was typed as it was said, while the answer is what was made of it."""
        return self.field.said(self.field.value()) if isinstance(self.field, NumberField) else None

    def finish(self) -> None:
        """Keep what is being typed."""
        if self.field is not None:
            self.field.finish()
        if self._note_line is not None and not self._note_line.isHidden():
            self._note_line.finish()

    def open_note(self) -> None:
        """The line in which a note is written. What asks for a picture that is not there begins as not seen."""
        if self._row is None:
            return
        if self._note_line is None:
            self._note_line = NoteLine(self._speech, self)
            self._note_line.kept.connect(lambda words, unseen: self.note_kept.emit(self._question.ref, words, unseen))
            self._note_line.closed.connect(self._close_note)
            self._row.put_under(self._note_line)
        unseen = self._question.type is QuestionType.IMAGE and not self._question.value
        self._note_line.open_note(self._around.noted(self._question.ref), not_seen=unseen)

    def noted(self) -> str:
        """The note under the field, or nothing."""
        return self._noted.text() if self._noted is not None else ""

    def _close_note(self) -> None:
        if self._note_line is not None:
            self.setFocus(Qt.FocusReason.TabFocusReason)
            self._note_line.hide()

    def _show_noted(self) -> None:
        found = self._around.noted(self._question.ref)
        if self._row is None or (found is None and self._noted is None):
            return
        if self._noted is None:
            self._noted = Text(self._speech, kind=Kind.SMALL, wrap=True, parent=self)
            self._row.put_under(self._noted)
        self._noted.set_text(found.sentence if found is not None else None)
        self._noted.set_tone(Role.LOOK if found is not None and found.not_seen else None)

    def _show_all(self, *, fresh: bool) -> None:
        question = self._question
        self.setVisible(question.relevant)
        if self._note is not None:
            self._note.set_text(Verbatim(question.label))
        if self._row is None or self.field is None:
            return
        self._row.show_words(Verbatim(question.label), self._hint(), required=question.required)
        if question.guidance:
            self._speech.tip(self._row, Verbatim(question.guidance))
        if isinstance(self.field, ChoiceList | MultiChoice | ChoiceCombo):
            self.field.show_options(options(question))
        self.field.set_read_only(question.readonly)
        if fresh:
            self.field.turn_to(question.value)
        else:
            self.field.show_value(question.value)
        self._show_error()
        self._show_noted()

    def _hint(self) -> Sayable | None:
        notice = NOTICES.get(self._question.type)
        said = self._around.said(self._question.ref, self._question.value) if self._question.value else None
        if said is not None:
            return said
        return Verbatim(self._question.hint) if self._question.hint else notice

    def _show_error(self) -> None:
        if self._row is not None:
            self._row.show_error(self._told_violation())

    def _told_violation(self) -> Sayable | None:
        violation = self._question.violation
        if violation is None or (violation.kind is ViolationKind.REQUIRED and not self._strict):
            return None
        told: Message | Verbatim = Verbatim(violation.text) if violation.text else violation.message
        return told

    def _connect(self, field: Field, row: FieldRow) -> None:
        field.committed.connect(lambda text: self.answered.emit(self._question.ref, text))
        row.left.connect(self.left)
        if isinstance(field, PictureField):
            field.wanted.connect(lambda: self.attach_wanted.emit(self._question.ref))
            field.note_wanted.connect(self._want_note)
        by_mouse = QAction(self)
        self._speech.put(by_mouse, message(N_("Note")))
        by_mouse.triggered.connect(self._want_note)
        self.addAction(by_mouse)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _want_note(self) -> None:
        self.note_wanted.emit(self._question.ref)


def _row_for(speech: Speech, field: Field, parent: QWidget) -> FieldRow:
    row = FieldRow(speech, field, parent)
    wide = isinstance(field, TextArea) or (isinstance(field, ChoiceList | MultiChoice) and field.is_stacked)
    if wide:
        row.stack()
    return row
