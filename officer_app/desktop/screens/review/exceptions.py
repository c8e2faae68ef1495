"""Rules of the policy that the decision would set aside: each with its sentence, and a line for the reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.overrides import Rule
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, Role
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import LineField


class Exceptions(QWidget):
    """`changed()` when a reason is typed. What was typed for a rule is kept while the amount moves to and fro."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rules: tuple[Rule, ...] = ()
        self._typed: dict[str, str] = {}
        self._fields: dict[str, LineField] = {}
        self._shown: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(HALF)
        self._head = Text(speech, message(N_("Rules that this sets aside")), Kind.SECTION, parent=self)
        self._column.addWidget(self._head)
        self.hide()

    def begin(self, typed: dict[str, str]) -> None:
        """Another file: with the reasons that were typed on it before."""
        self._typed = dict(typed)
        self._rules = ()
        self._clear()
        self.hide()

    def show_rules(self, rules: tuple[Rule, ...]) -> None:
        """These are set aside now; the same rules again leave what is being typed alone."""
        codes = [rule.code for rule in rules]
        same = codes == [rule.code for rule in self._rules]
        self._rules = rules
        self.setVisible(bool(rules))
        if same:
            return
        self._keep()
        self._clear()
        for rule in rules:
            text = Text(self._speech, rule.sentence, Kind.SMALL, wrap=True, parent=self)
            text.set_tone(Role.STOP)
            field = LineField(self._speech, message(N_("Why it is set aside all the same")), self)
            field.line.setText(self._typed.get(rule.code, ""))
            self._speech.name(field.line, rule.sentence)
            field.line.textChanged.connect(self.changed)
            self._fields[rule.code] = field
            for part in (text, field):
                self._shown.append(part)
                self._column.addWidget(part)
                part.show()

    def reasons(self) -> dict[str, str]:
        """The reason typed for each rule, by code."""
        return {code: field.line.text().strip() for code, field in self._fields.items()}

    def typed(self) -> dict[str, str]:
        """Every reason typed on this file, also for rules that are no longer touched."""
        self._keep()
        return {code: text for code, text in self._typed.items() if text}

    def missing(self) -> QWidget | None:
        """The first line that still lacks its reason."""
        return next((field.line for field in self._fields.values() if not field.line.text().strip()), None)

    def any(self) -> bool:
        """Whether some rule is set aside."""
        return bool(self._rules)

    def _keep(self) -> None:
        self._typed |= self.reasons()

    def _clear(self) -> None:
        for part in self._shown:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._shown, self._fields = [], {}
