"""The lines of the evening entry: the number on the paper, the question in one line, and its field."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.checklists.view import Question, QuestionType, RepeatBlock, ViolationKind
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import HALF, SPACE, Role
from officer_app.desktop.questions.entry_table import EntryTable
from officer_app.desktop.questions.kinds import NOTICES, WIDGETS, options, typed
from officer_app.desktop.questions.pictures import PictureField
from officer_app.desktop.questions.reports import Reports
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList, MultiChoice
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import Kind, Text

_NUMBER: Final = 44
# Of the line's width, for the words; and between how many pixels.
_LABEL_SHARE: Final = 0.36
_LABEL: Final = (150, 320)
# Brings number and words down to the line of the text in a field.
_DROP: Final = 10


class EveningLine(QWidget):
    """One question as on the paper. Reports go out by `reports`; `left()` asks for the next line."""

    left = Signal()

    def __init__(self, reports: Reports, number: int, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self._reports = reports
        self._question = question
        self.number = number
        speech = reports.speech
        self.field = _field(reports, question)
        self._count = Text(speech, message("{n:count}", n=number), Kind.MUTED, parent=self)
        self._label = Text(speech, wrap=True, parent=self)
        self._error = Text(speech, None, Kind.ERROR, wrap=True, parent=self)
        self._closed = Text(speech, message(N_("Not asked, as the answers stand")), Kind.HINT, parent=self)
        self._refusal: Sayable | None = None
        self._arrange()
        if self.field is not None:
            self.field.committed.connect(lambda text: reports.answered.emit(self._question.ref, text))
            self.field.left.connect(self.left)
            self.field.refused.connect(self._refuse)
            self.setFocusProxy(self.field)
        if isinstance(self.field, PictureField):
            self.field.wanted.connect(lambda: reports.attach_wanted.emit(self._question.ref))
            self.field.note_wanted.connect(lambda: reports.note_wanted.emit(self._question.ref))
        self.show_question(question)

    @property
    def ref(self) -> str:
        """Which question it is."""
        return self._question.ref

    @property
    def takes_keys(self) -> bool:
        """Whether there is something to type."""
        return self.field is not None and self._question.relevant and not self._question.readonly

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer, or needs none."""
        return bool(self._question.value) or not self._question.relevant

    def show_question(self, question: Question) -> None:
        """What has become of the question."""
        self._question = question
        self._label.set_text(Verbatim(question.label))
        self._label.set_tone(None if question.relevant else Role.MUTED)
        self._closed.setVisible(not question.relevant)
        if self.field is None:
            return
        self.field.setVisible(question.relevant)
        speech = self._reports.speech
        speech.name(self.field.focusProxy() or self.field, Verbatim(question.label))
        hint = Verbatim(question.hint) if question.hint else NOTICES.get(question.type)
        if hint is not None:
            speech.tip(self, hint)
        if isinstance(self.field, ChoiceList | MultiChoice | ChoiceCombo):
            self.field.show_options(options(question))
        self.field.set_read_only(question.readonly)
        self.field.show_value(question.value)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least, most = _LABEL
        self._label.setFixedWidth(min(most, max(least, int(event.size().width() * _LABEL_SHARE))))

    def finish(self) -> None:
        """Keep what is being typed."""
        if self.field is not None:
            self.field.finish()

    def error(self) -> str:
        """What stands under the field in red."""
        return "" if self._error.isHidden() else self._error.text()

    def _refuse(self, why: object) -> None:
        self._refusal = why if isinstance(why, Message | Verbatim) else None
        self._tell()

    def _tell(self) -> None:
        violation = self._question.violation
        wrong: Sayable | None = None
        if violation is not None and violation.kind is not ViolationKind.REQUIRED and self._question.relevant:
            wrong = Verbatim(violation.text) if violation.text else violation.message
        told = self._refusal or wrong
        self._error.set_text(told)
        self._error.setVisible(told is not None)
        if self.field is not None:
            self.field.set_wrong(told is not None)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self._count.setFixedWidth(_NUMBER)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._count.setContentsMargins(0, _DROP, 0, 0)
        self._label.setContentsMargins(0, _DROP, 0, 0)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        answer = QVBoxLayout()
        answer.setSpacing(0)
        if self.field is not None:
            answer.addWidget(self.field)
        self._closed.setContentsMargins(0, _DROP, 0, 0)
        answer.addWidget(self._closed)
        answer.addWidget(self._error)
        answer.addStretch(1)
        self._error.hide()
        nest(row, answer, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        nest(column, row)


class EveningList(QWidget):
    """A list as a table, with the numbers that its questions have on the paper."""

    left = Signal()

    def __init__(self, reports: Reports, first: int, last: int, block: RepeatBlock, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self.last = first, last
        self._block = block
        speech = reports.speech
        numbers = message("{n:count}", n=first) if first == last else Verbatim(f"{first}–{last}")
        count = Text(speech, numbers, Kind.MUTED, parent=self)
        count.setMinimumWidth(_NUMBER)
        count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._label = Text(speech, kind=Kind.STRONG, wrap=True, parent=self)
        self.table = EntryTable(reports, self)
        self.add = Button(speech, message(N_("First entry")), parent=self)
        self.add.clicked.connect(lambda: reports.repeat_added.emit(self._block.ref))
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(count)
        head.addWidget(self._label, 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(HALF)
        nest(column, head)
        column.addWidget(self.table)
        self.show_block(block)

    @property
    def ref(self) -> str:
        """Which list it is."""
        return self._block.ref

    @property
    def takes_keys(self) -> bool:
        """Whether there is something to type."""
        return self._block.relevant

    @property
    def is_answered(self) -> bool:
        """A list has as many entries as there are."""
        return True

    def show_block(self, block: RepeatBlock) -> None:
        """What has become of the list; its first entry takes the keyboard."""
        grown = bool(block.instances) and not self._block.instances
        self._block = block
        self._label.set_text(Verbatim(block.label))
        self.table.setVisible(block.relevant and bool(block.instances))
        self.add.setVisible(block.relevant and not block.instances and not block.fixed)
        self.setFocusProxy(self.table if block.instances else self.add)
        if block.instances:
            self.table.show_block(block)
        if grown:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Keep the note that is being written."""
        self.table.finish()


def _field(reports: Reports, question: Question) -> Field | None:
    """The field of the checklist; choices stand in one line, as the boxes on the paper."""
    speech = reports.speech
    if question.type is QuestionType.SELECT_ONE and not typed(question):
        return ChoiceList(speech)
    if question.type is QuestionType.SELECT_MULTIPLE:
        return MultiChoice(speech)
    return WIDGETS[question.type](speech, question, reports.around)
