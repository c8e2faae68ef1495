"""A block of questions on one sheet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.checklists.view import Question, QuestionType
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.questions.question_row import QuestionRow
from officer_app.desktop.questions.reports import Reports
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A heading, or none, and the questions under it."""

    label: str
    relevant: bool
    questions: tuple[Question, ...]

    @property
    def only_tells(self) -> bool:
        """Whether there is nothing to fill in: a remark needs no sheet of its own."""
        return not self.label and all(question.type is QuestionType.NOTE for question in self.questions)


class Sheet(QWidget):
    """Questions under one heading; those that do not apply are counted, not shown."""

    def __init__(self, reports: Reports, *, framed: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._reports = reports
        self._rows: list[QuestionRow] = []
        self._frame: QFrame = Card(parent=self) if framed else QFrame(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self._column = self._frame.body if isinstance(self._frame, Card) else QVBoxLayout(self._frame)
        if not framed:
            self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE + 4)
        self._heading = Text(reports.speech, kind=Kind.STRONG, wrap=True, parent=self._frame)
        self._skipped = Text(reports.speech, kind=Kind.HINT, parent=self._frame)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._skipped)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_plan(self, plan: SheetPlan) -> None:
        """Show these questions, in rows that are kept wherever they fit and made when they first apply."""
        self.setVisible(plan.relevant)
        if not plan.relevant and not self._rows:
            return
        self._heading.set_text(Verbatim(plan.label) if plan.label else None)
        for place, question in enumerate(plan.questions):
            self._show_at(place, question)
        for row in self._rows[len(plan.questions) :]:
            self._drop(row)
        del self._rows[len(plan.questions) :]
        self._skipped.set_text(_skipped(plan))

    def stops(self) -> list[QWidget]:
        """Where Enter can lead to, in order."""
        return list(self._rows) if not self.isHidden() else []

    def _show_at(self, place: int, question: Question) -> None:
        if place < len(self._rows) and self._rows[place].fits(question):
            self._rows[place].set_strict(self._reports.strict)
            self._rows[place].show_question(question)
            return
        row = self._make(question)
        if place < len(self._rows):
            self._drop(self._rows[place])
            self._rows[place] = row
        else:
            self._rows.append(row)
        self._column.insertWidget(place + 1, row)

    def _make(self, question: Question) -> QuestionRow:
        row = QuestionRow(self._reports.speech, question, self._reports.around, self._frame)
        row.set_strict(self._reports.strict)
        row.answered.connect(self._reports.answered)
        row.attach_wanted.connect(self._reports.attach_wanted)
        row.note_wanted.connect(self._reports.note_wanted)
        row.note_kept.connect(self._reports.note_kept)
        row.left.connect(lambda: self._reports.left.emit(row))
        return row

    def _drop(self, row: QuestionRow) -> None:
        row.finish()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


def _skipped(plan: SheetPlan) -> Message | None:
    """That questions are left out is worth a word where one or two are; where half or more wait, it is not."""
    hidden = sum(not question.relevant for question in plan.questions)
    if not hidden or hidden >= len(plan.questions) / 2:
        return None
    if hidden == 1:
        return message(N_("One question does not apply here"))
    return message(N_("{n:count} questions do not apply here"), n=hidden)


def heading(reports: Reports, parent: QWidget) -> Text:
    """The heading of a repeat."""
    text = Text(reports.speech, kind=Kind.STRONG, wrap=True, parent=parent)
    text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return text
