"""The call to the customer: the number, three questions, lines for what is heard; the file's answers come after."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.masking import mask_phone
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.callbacks import Asked
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, Role
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import LineField
from officer_app.dossier.records import Agreement, CallBack, Heard

_CAME: dict[Agreement, tuple[Role | None, str]] = {
    Agreement.AGREES: (Role.PASSED, N_("✓ agrees with the file: {told}")),
    Agreement.DIFFERS: (Role.STOP, N_("■ the file says: {told}")),
    Agreement.UNTOLD: (Role.MUTED, N_("○ the file says nothing to it")),
}


class CallBackBox(QWidget):
    """`number_wanted()`, `heard(by, {path: words})` when every answer was typed; `changed()` after each key."""

    number_wanted = Signal()
    heard = Signal(str, object)
    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._asked: tuple[Asked, ...] = ()
        self._phone = ""
        self._call: CallBack | None = None
        self._shown: list[QWidget] = []
        self.lines: dict[str, LineField] = {}
        self._head = Text(speech, message(N_("Call the customer")), Kind.SECTION, parent=self)
        self.open = Button(speech, message(N_("Call the customer")), Look.QUIET, icon=Icon.PERSON, parent=self)
        self._body = QWidget(self)
        self._number = Text(speech, None, Kind.STRONG, parent=self._body)
        self.reveal = Button(speech, message(N_("Show the number")), Look.QUIET, parent=self._body)
        self._hint = Text(speech, None, Kind.HINT, wrap=True, parent=self._body)
        self.by = LineField(speech, message(N_("Who called, if it was not you")), self._body)
        self.note = Button(speech, message(N_("Compare with the file")), parent=self._body)
        self._questions = QVBoxLayout()
        self._arrange()
        self.open.clicked.connect(self._unfold)
        self.reveal.clicked.connect(self.number_wanted)
        self.note.clicked.connect(self._note)
        speech.name(self.by.line, message(N_("Who called, if it was not you")))

    def begin(self, asked: tuple[Asked, ...], phone: str, call: CallBack | None, typed: dict[str, str]) -> None:
        """Another file: its questions, what was typed on it before, or what the call brought."""
        self._asked, self._phone, self._call = asked, phone, call
        for widget in self._shown:
            self._questions.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.lines = [], {}
        self._number.set_text(Verbatim(mask_phone(phone)))
        self.reveal.setVisible(call is None)
        if call is None:
            for one in asked:
                self._ask(one, typed.get(one.path, ""))
        else:
            questions = {one.path: one.question for one in asked}
            for answer in call.answers:
                self._tell(answer, questions.get(answer.path))
        self.by.setVisible(call is None)
        self.note.setVisible(call is None)
        self._say_hint(call)
        some = bool(asked) and (bool(phone) or call is not None)
        self.setVisible(some)
        self._fold(unfolded=call is not None or any(typed.values()))
        self._able()

    def require(self, needed: bool) -> None:
        """Whether the decision needs the call: then the questions stand open."""
        if needed and self._body.isHidden():
            self._fold(unfolded=True)

    def show_number(self) -> None:
        """The whole number, once it was asked for."""
        self._number.set_text(Verbatim(self._phone))
        self.reveal.hide()
        first = next(iter(self.lines.values()), None)
        if first is not None:
            first.line.setFocus()

    def is_done(self) -> bool:
        """Whether the call was noted."""
        return self._call is not None

    def first_missing(self) -> QWidget:
        """Where the next answer is typed."""
        empty = (field.line for field in self.lines.values() if not field.line.text().strip())
        return next(empty, self.note)

    def typed(self) -> dict[str, str]:
        """What was typed so far, by fact."""
        return {path: field.line.text().strip() for path, field in self.lines.items()}

    # --- inside ----------------------------------------------------------------------------------------------------

    def _ask(self, one: Asked, typed: str) -> None:
        question = Text(self._speech, one.question, Kind.BODY, wrap=True, parent=self._body)
        field = LineField(self._speech, message(N_("What the customer says")), self._body)
        field.line.setText(typed)
        self._speech.name(field.line, one.question)
        field.line.textChanged.connect(self._edited)
        field.left.connect(self._on)
        self.lines[one.path] = field
        for widget in (question, field):
            self._shown.append(widget)
            self._questions.addWidget(widget)

    def _tell(self, one: Heard, question: Message | None) -> None:
        role, words = _CAME[one.agreement]
        parts = [
            Text(self._speech, question or Verbatim(one.path), Kind.SMALL, wrap=True, parent=self._body),
            Text(
                self._speech,
                message(N_("Heard: “{heard}”"), heard=one.heard),
                Kind.BODY,
                wrap=True,
                parent=self._body,
            ),
        ]
        came = Text(self._speech, message(words, told=one.told), Kind.SMALL, wrap=True, parent=self._body)
        came.set_tone(role)
        for widget in (*parts, came):
            self._shown.append(widget)
            self._questions.addWidget(widget)

    def _say_hint(self, call: CallBack | None) -> None:
        if call is not None:
            self._hint.set_text(message(N_("{who} called; what was heard is kept and is not changed."), who=call.by))
        else:
            words = N_(
                "Type what you hear. What the file says is shown only afterwards, and nothing is changed then."
            )
            self._hint.set_text(message(words))

    def _on(self) -> None:
        self.first_missing().setFocus()

    def _edited(self) -> None:
        self._able()
        self.changed.emit()

    def _able(self) -> None:
        self.note.setEnabled(bool(self.lines) and all(self.typed().values()))

    def _unfold(self) -> None:
        self._fold(unfolded=True)
        self.first_missing().setFocus()

    def _fold(self, *, unfolded: bool) -> None:
        self._body.setVisible(unfolded)
        self._head.setVisible(unfolded)
        self.open.setVisible(not unfolded)

    def _note(self) -> None:
        self.by.finish()
        self.heard.emit((self.by.value() or "").strip(), self.typed())

    def _arrange(self) -> None:
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(HALF)
        row = QHBoxLayout()
        row.addWidget(self._number)
        row.addWidget(self.reveal)
        row.addStretch(1)
        nest(inside, row)
        inside.addWidget(self._hint)
        self._questions.setSpacing(HALF)
        nest(inside, self._questions)
        inside.addWidget(self.by)
        inside.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        for part in (self._head, self.open, self._body):
            column.addWidget(part)
