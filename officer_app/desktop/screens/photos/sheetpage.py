"""The contact sheet: the ways pictures come, the tray of what is not filed, the shot list, and reasons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.photos import ContactSheet, Frame
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.text_field import LineField
from officer_app.desktop.widgets.topbar import Chip

FILES, FOLDER, CARD, PASTE, CAMERA, PHONE, CODE = "files", "folder", "card", "paste", "camera", "phone", "code"
PLACES: Final = "places"
WAYS: Final = (
    (CODE, N_("Visit code"), Icon.KEY, "Ctrl+D"),
    (CARD, N_("Card or USB camera"), Icon.USB, "Ctrl+U"),
    (PHONE, N_("Phone as camera"), Icon.CAMERA, "Ctrl+P"),
    (CAMERA, N_("This laptop's camera"), Icon.PHOTO, "Ctrl+Shift+P"),
    (FOLDER, N_("Folder"), Icon.FOLDER, "Ctrl+Shift+O"),
    (PASTE, N_("Paste"), Icon.ATTACH, "Ctrl+V"),
    (PLACES, N_("Map and day"), Icon.PLACE, "Ctrl+M"),
)


class SheetPage(QWidget):
    """`way(which)` asks for a source; `filed(photo, key of the frame)`, `put_back(key)`, `reason(ref, words)`.

    In the tray the key that stands on a frame files the marked picture there and goes on to the next.
    """

    way = Signal(str)
    filed = Signal(str, str)
    put_back = Signal(str)
    reason = Signal(str, str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._frames: tuple[Frame, ...] = ()
        self._reasons: dict[str, str] = {}
        self.sheet = ContactSheet(speech, self)  # the first: whoever looks for the sheet means this one
        self.tray = ContactSheet(speech, self, one_row=True)
        self.hint = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self.tray_title = Text(speech, kind=Kind.SECTION, wrap=True, parent=self)
        self.progress = ProgressStrip(speech, parent=self)
        self.ways: dict[str, Button] = {}
        self._codes = QWidget(self)
        self._code_flow = FlowLayout(self._codes, HALF)
        self.why = LineField(speech, message(N_("Why there is no picture of it")), self)
        self._why_title = Text(speech, kind=Kind.STRONG, parent=self)
        self._arrange()
        self.tray.keyed.connect(self._file)
        self.sheet.keyed.connect(self._file)
        self.sheet.let_go.connect(self.put_back)
        self.sheet.selectionModel().currentChanged.connect(lambda *_marks: self._show_reason())
        self.why.committed.connect(self._keep_reason)
        self.why.left.connect(self.sheet.setFocus)
        self._show_reason()

    # --- data in ---------------------------------------------------------------------------------------------------

    def show_all(self, frames: tuple[Frame, ...], tray: tuple[Frame, ...], hint: Sayable) -> None:
        """The shot list, the tray, and how things stand. The keyboard stays where it was."""
        self._frames = frames
        place = self._place_in_tray()
        self.sheet.show_frames(frames)
        self.tray.show_frames(tray)
        if tray:
            keys = self.tray.keys()
            kept = self.tray.current_key()
            self.tray.turn_to(kept if kept in keys else keys[min(place, len(keys) - 1)])
        elif self.tray.hasFocus():
            self.sheet.setFocus()
        self.sheet.set_small(bool(tray))
        self.tray.setVisible(bool(tray))
        self.tray_title.setVisible(bool(tray))
        words = N_("{count:count} not filed: press the key that stands on a frame")
        self.tray_title.set_text(message(words, count=len(tray)) if tray else None)
        self.hint.set_text(None if tray else hint)
        self._show_reason()

    def show_reasons(self, reasons: dict[str, str]) -> None:
        """The reasons that may be given, by the ref of the frame."""
        self._reasons = reasons
        self._show_reason()

    def show_codes(self, chips: tuple[Chip, ...]) -> None:
        """Whether each place shows the visit code."""
        from officer_app.desktop.widgets.clearing import clear

        clear(self._code_flow)
        for chip in chips:
            self._code_flow.addWidget(Pill(self._speech, chip.state, chip.words, self._codes))
        self._codes.setVisible(bool(chips) and not self.tray.keys())

    def begin(self) -> None:
        """Put the keyboard where the work is: the tray, or the sheet when nothing waits there."""
        (self.tray if self.tray.keys() else self.sheet).setFocus()

    # --- filing ----------------------------------------------------------------------------------------------------

    def _file(self, cap: str) -> None:
        frame = next((frame for frame in self._frames if frame.cap == cap), None)
        if frame is None:
            return
        photo = self.tray.current_key()
        if photo is not None and not self.sheet.hasFocus():
            self.filed.emit(photo, frame.key)
        else:
            self.sheet.turn_to(frame.key)

    def _place_in_tray(self) -> int:
        key, keys = self.tray.current_key(), self.tray.keys()
        return keys.index(key) if key in keys else 0

    # --- reasons ---------------------------------------------------------------------------------------------------

    def _show_reason(self) -> None:
        key = self.sheet.current_key()
        frame = next((frame for frame in self._frames if frame.key == key), None)
        busy = bool(self.tray.keys()) and not self.sheet.hasFocus() and not self.why.line.hasFocus()
        wanted = frame is not None and frame.picture is None and key in self._reasons and not busy
        self.why.setVisible(wanted)
        self._why_title.setVisible(wanted)
        if wanted and frame is not None:
            self._why_title.set_text(frame.title)
            if not self.why.line.hasFocus():
                self.why.turn_to(self._reasons[frame.key])

    def _keep_reason(self, words: str) -> None:
        key = self.sheet.current_key()
        if key in self._reasons and self._reasons[key] != words:
            self._reasons[key] = words
            self.reason.emit(key, words)

    # --- building --------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        bar = QWidget(self)
        flow = FlowLayout(bar, HALF)
        for key, words, icon, keys in WAYS:
            button = Button(self._speech, message(words), Look.QUIET, icon=icon, keys=keys, parent=bar)
            button.clicked.connect(lambda _on=False, key=key: self.way.emit(key))
            flow.addWidget(button)
            self.ways[key] = button
        for part in (bar, self._codes):
            policy = part.sizePolicy()
            policy.setHeightForWidth(True)
            part.setSizePolicy(policy)
        self.why.setMaximumWidth(560)
        why = QHBoxLayout()
        why.setSpacing(SPACE)
        why.addWidget(self._why_title)
        why.addWidget(self.why, 1)
        why.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(bar)
        column.addWidget(self.hint)
        column.addWidget(self._codes)
        column.addWidget(self.progress)
        column.addWidget(self.tray_title)
        column.addWidget(self.tray)
        column.addWidget(self.sheet, 1)
        nest(column, why)
        self._codes.hide()
        for text in (self.hint, self.tray_title, self._why_title):
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
