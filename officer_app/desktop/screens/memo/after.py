"""After the hand-over: questions to answer, the sheet of the decision, opening an ended approval, the withdrawal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, message
from officer_app.casework.approvals import STANDING
from officer_app.casework.correspondence import WITHDRAWABLE, Question
from officer_app.casework.handed import HandedOver
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField, TextArea


class AfterPanel(QWidget):
    """`answered(question, words)`, `withdrawn(reason)`, `refreshed()`, `sheet_wanted()`."""

    answered = Signal(object, str)
    withdrawn = Signal(str)
    refreshed = Signal()
    sheet_wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._cards: list[QWidget] = []
        self.fields: list[TextArea] = []
        self.sheet = Button(speech, message(N_("Sheet of the decision")), icon=Icon.DOCUMENT, parent=self)
        self.refresh = Button(speech, message(N_("Open as the next version")), icon=Icon.EDIT, parent=self)
        self.withdraw = Button(speech, message(N_("The customer withdraws")), Look.QUIET, parent=self)
        self.reason = LineField(speech, message(N_("Why, in the customer's words")), self)
        self.confirm = Button(speech, message(N_("Withdraw and tell everybody")), parent=self)
        self._questions = QVBoxLayout()
        self._arrange()
        self.sheet.clicked.connect(self.sheet_wanted)
        self.refresh.clicked.connect(self.refreshed)
        self.withdraw.clicked.connect(self._ask_why)
        self.confirm.clicked.connect(lambda: self.withdrawn.emit(self.reason.line.text().strip()))
        self.reason.line.textChanged.connect(lambda text: self.confirm.setEnabled(bool(text.strip())))
        speech.name(self.reason.line, message(N_("Why, in the customer's words")))

    def show_handed(self, handed: HandedOver, questions: tuple[Question, ...]) -> None:
        """What there is to do about a case that was handed over once."""
        for card in self._cards:
            self._questions.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards, self.fields = [], []
        for one in questions:
            card = self._card(one)
            self._cards.append(card)
            self._questions.addWidget(card)
            card.show()
        self.sheet.setVisible(handed.decision is not None)
        self.refresh.setVisible(handed.case.state in STANDING)
        self.withdraw.setVisible(handed.case.state in WITHDRAWABLE)
        self.reason.turn_to("")
        self.reason.hide()
        self.confirm.hide()

    def _card(self, one: Question) -> Card:
        card = Card(None if one.answer else State.LOOK, margin=SPACE + HALF, parent=self)
        card.body.setSpacing(HALF)
        who = message(N_("{who} asks, {at:moment}"), who=one.asked_by, at=local_time(one.asked_at))
        card.body.addWidget(Text(self._speech, who, Kind.HINT, wrap=True, parent=card))
        asked = message("{words}", words=one.words)
        card.body.addWidget(Text(self._speech, asked, Kind.STRONG, wrap=True, parent=card))
        if one.answer:
            answer = message(N_("Your answer: {words}"), words=one.answer)
            card.body.addWidget(Text(self._speech, answer, wrap=True, parent=card))
            return card
        hint = message(N_("Your answer; it is signed and sent"))
        field = TextArea(self._speech, hint, rows=2, parent=card)
        self._speech.name(field.text, asked)
        send = Button(self._speech, message(N_("Send the answer")), icon=Icon.SEND, parent=card)
        send.setEnabled(False)
        field.text.textChanged.connect(lambda: send.setEnabled(bool(field.text.toPlainText().strip())))
        send.clicked.connect(partial(self._send, one, field))
        self.fields.append(field)
        card.body.addWidget(field)
        row = QHBoxLayout()
        row.addWidget(send)
        row.addStretch(1)
        nest(card.body, row)
        return card

    def _send(self, question: Question, field: TextArea, _checked: bool = False) -> None:
        self.answered.emit(question, field.text.toPlainText().strip())

    def _ask_why(self) -> None:
        self.withdraw.hide()
        self.reason.show()
        self.confirm.show()
        self.confirm.setEnabled(False)
        self.reason.line.setFocus()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self._questions.setSpacing(SPACE)
        nest(column, self._questions)
        for part in (self.sheet, self.refresh, self.withdraw):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.reason)
        column.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
