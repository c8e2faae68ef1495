"""A question that is answered with a picture."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import Kind, Text

_THUMB = QSize(96, 72)


class PictureField(Field):
    """Shows what was attached; asks for a picture, or lets one go. The answer is the picture's name.

    `wanted()`: a picture is to be chosen; `note_wanted()`: why there is none is to be written.
    """

    wanted = Signal()
    note_wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self._thumb = QLabel(self)
        self._thumb.setFixedSize(_THUMB)
        self._state = Text(speech, message(N_("No picture yet")), Kind.MUTED, parent=self)
        self.attach = Button(speech, message(N_("Attach a picture")), icon=Icon.CAMERA, keys="F4", parent=self)
        self.remove = Button(speech, message(N_("Take it out")), Look.QUIET, parent=self)
        self.unseen = Button(speech, message(N_("Not seen")), Look.QUIET, keys="F5", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._thumb)
        row.addWidget(self.attach)
        row.addWidget(self.remove)
        row.addWidget(self._state)
        row.addWidget(self.unseen)
        row.addStretch(1)
        self.attach.clicked.connect(self.wanted)
        self.remove.clicked.connect(self._let_go)
        self.unseen.clicked.connect(self.note_wanted)
        self.setFocusProxy(self.attach)
        self.display("")

    def display(self, stored: str) -> None:
        self._thumb.setVisible(bool(stored) and not self._thumb.pixmap().isNull())
        self._state.setVisible(not stored or self._thumb.pixmap().isNull())
        self._state.set_text(message(N_("Picture attached")) if stored else message(N_("No picture yet")))
        self.remove.setVisible(bool(stored))
        self.unseen.setVisible(not stored)

    def show_picture(self, picture: QImage | None) -> None:
        """The thumbnail of what is attached."""
        if picture is None:
            self._thumb.setPixmap(QPixmap())
        else:
            fit = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            scaled = picture.scaled(_THUMB, fit, Qt.TransformationMode.SmoothTransformation)
            self._thumb.setPixmap(QPixmap.fromImage(scaled))
        self.display(self.value())

    def read(self) -> tuple[str | None, Sayable | None]:
        return self.value(), None

    def _let_go(self) -> None:
        self._thumb.setPixmap(QPixmap())
        self.commit("")
        self.display("")
        self.attach.setFocus()
