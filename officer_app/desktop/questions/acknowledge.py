"""A sentence to agree to."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.options import CheckRow

# What XForms stores for an acknowledged question.
OK = "OK"


class AcknowledgeField(Field):
    """One box."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self.box = CheckRow(speech, message(N_("Confirmed")), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addStretch(1)
        self.box.clicked.connect(lambda on: self.commit(OK if on else ""))
        self.adopt(self.box)

    def display(self, stored: str) -> None:
        self.box.setChecked(stored == OK)

    def read(self) -> tuple[str | None, Sayable | None]:
        return (OK if self.box.isChecked() else ""), None
