"""The visit code over the whole screen, to be held into a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.qr import QrPicture
from officer_app.evidence.visitcode import VisitCode

_CODE = 320  # pixels: never smaller than the digits are wide
_DIGITS = 96  # pixels: to be read across a room


class CodeCard(QWidget):
    """Black on white in every theme. Esc, Enter or a click puts it away: `closed()`."""

    closed = Signal()

    def __init__(self, speech: Speech, code: VisitCode) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(speech.say(message(N_("Visit code"))))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.white)
        palette.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.black)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.picture = QrPicture(self)
        self.picture.show_text(code.text)
        self.digits = Text(speech, Verbatim(code.spoken), parent=self)
        large = QFont(self.digits.font())
        large.setPixelSize(_DIGITS)
        large.setBold(True)
        self.digits.setStyleSheet(f"font-size: {_DIGITS}px; font-weight: 700; color: #000000;")
        self.digits.setFont(large)
        self.digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        what = Text(speech, message(N_("Visit code")), Kind.SECTION, parent=self)
        how = Text(
            speech,
            message(N_("Hold this into at least one picture at each place, as large as a hand. Esc puts it away.")),
            wrap=True,
            parent=self,
        )
        for text in (what, how):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setStyleSheet("color: #000000;")
        beside = QVBoxLayout()
        beside.addStretch(1)
        for part in (what, self.digits, how):
            beside.addWidget(part)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        row.setSpacing(4 * SPACE)
        self.picture.setMinimumSize(_CODE, _CODE)
        row.addWidget(self.picture, 3)
        nest(row, beside, 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  Qt's signature
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
