"""A small file from one screen to another's camera: shown as codes one after another, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.qr import Gathered, series_of
from officer_app.base.words import N_, Sayable, message
from officer_app.base.workers import Worker
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look, icon_button
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.qr import QrPicture
from officer_app.desktop.widgets.viewfinder import Viewfinder
from officer_app.evidence.screencodes import LARGEST_PICTURE, read_screen

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrameInput

_EACH_MS: Final = 900  # how long one code stands: a camera reads some three frames a second
_SIDE: Final = 300
_NO_CAMERA: Final = N_("This laptop has no camera, or another program uses it. Read pictures of the codes instead.")


class CodeSeries(QWidget):
    """The codes of one file, turning by themselves. Left and Right turn by hand, Space holds and goes on."""

    def __init__(self, work: Workplace, parent: QWidget | None = None, *, side: int = _SIDE) -> None:
        super().__init__(parent)
        speech = work.speech
        self.texts: tuple[str, ...] = ()
        self._place = 0
        self._picture = QrPicture(self)
        self._picture.setFixedSize(side, side)
        self._said = Text(speech, kind=Kind.STRONG, parent=self)
        self.before = icon_button(speech, Icon.ARROW_LEFT, message(N_("The code before")), self)
        self.after = icon_button(speech, Icon.ARROW_RIGHT, message(N_("The next code")), self)
        self.hold = Button(speech, message(N_("Hold")), keys="Space", parent=self)
        self.hold.setCheckable(True)
        self._pulse = QTimer(self)
        self._pulse.setInterval(_EACH_MS)
        self._pulse.timeout.connect(lambda: self.turn(1))
        self.before.clicked.connect(lambda: self._by_hand(-1))
        self.after.clicked.connect(lambda: self._by_hand(1))
        self.hold.toggled.connect(self._hold)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrange()

    def show_file(self, data: bytes) -> None:
        """Show a file. Errors: SCREEN_TOO_MUCH."""
        self.texts = series_of(data)
        self._place = 0
        self._show()
        self.hold.setChecked(False)
        several = len(self.texts) > 1
        for part in (self.before, self.after, self.hold):
            part.setVisible(several)
        if several:
            self._pulse.start()

    def end(self) -> None:
        """Show nothing more."""
        self._pulse.stop()
        self.texts = ()
        self._picture.show_text("")

    def turn(self, by: int) -> None:
        """So many codes on."""
        if self.texts:
            self._place = (self._place + by) % len(self.texts)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._by_hand(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() == Qt.Key.Key_Space:
            self.hold.toggle()
        else:
            super().keyPressEvent(event)

    def _by_hand(self, by: int) -> None:
        self.hold.setChecked(True)
        self.turn(by)

    def _hold(self, on: bool) -> None:
        if on:
            self._pulse.stop()
        elif self.texts:
            self._pulse.start()

    def _show(self) -> None:
        self._picture.show_text(self.texts[self._place])
        words = N_("Code {place:count} of {of:count}")
        self._said.set_text(message(words, place=self._place + 1, of=len(self.texts)))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for part in (self.before, self._said, self.after, self.hold):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._picture)
        nest(column, row)


class CodeReader(QWidget):
    """`whole(bytes)` once every code of a file was read: by the camera, or out of pictures of the other screen."""

    whole = Signal(bytes)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        speech = work.speech
        self._gathered = Gathered()
        self._reading = False
        self._found_none = 0
        self.finder = Viewfinder(self)
        self.camera = Button(speech, message(N_("Read with the camera")), icon=Icon.CAMERA, parent=self)
        self.pictures = Button(speech, message(N_("Read from pictures")), icon=Icon.PICTURE, parent=self)
        self.stop = Button(speech, message(N_("Camera off")), Look.QUIET, parent=self)
        self.said = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self.finder.hide()
        self.stop.hide()
        self.said.hide()
        self.camera.clicked.connect(self._begin)
        self.stop.clicked.connect(self.end)
        self.pictures.clicked.connect(self._choose)
        self.finder.frame.connect(self._look)
        self._arrange()

    def begin(self, fake: QVideoFrameInput | None = None) -> None:
        """Read with the camera until the file is whole."""
        self._gathered = Gathered()
        on = self.finder.begin(fake)
        self.finder.setVisible(on)
        self.stop.setVisible(on)
        self.camera.setVisible(not on)
        waiting = message(N_("Hold the camera before the other screen until every code is read."))
        self.said.set_text(waiting if on else message(_NO_CAMERA))

    def _begin(self) -> None:
        self.begin()

    def end(self) -> None:
        """Camera off."""
        self.finder.end()
        self.finder.hide()
        self.stop.hide()
        self.camera.show()

    def read(self, files: tuple[Path, ...]) -> None:
        """Read pictures, one or more codes in each, in any order."""
        worker, names = self._work.desk.worker, tuple(file.name for file in files)

        def look(_progress: object, _cancelled: object) -> tuple[str, ...]:
            found: list[str] = []
            for file, name in zip(files, names, strict=True):
                found += read_screen(read_limited(file, LARGEST_PICTURE), worker, name)
            return tuple(found)

        self._work.run(look, self._take, failed=self._failed, owner=self, lane=Lane.FREE)

    def _choose(self) -> None:
        title = self._work.speech.say(message(N_("Pictures of the codes")))
        chosen, _ = QFileDialog.getOpenFileNames(self, title)
        if chosen:
            self.read(tuple(Path(one) for one in chosen))

    def _look(self, frame: bytes) -> None:
        if self._reading:
            return
        self._reading = True
        worker = self._work.desk.worker
        work = self._work.run(
            lambda _progress, _cancelled: _in_frame(frame, worker),
            self._seen,
            failed=self._lost,
            owner=self,
            lane=Lane.FREE,
        )
        self._reading = work.is_running

    def _seen(self, texts: tuple[str, ...]) -> None:
        self._reading = False
        if texts:
            self._take(texts)

    def _lost(self, fault: Fault) -> None:
        self._reading = False
        self._failed(fault)

    def _take(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            self._gathered.take(text)
        if not self._gathered.is_whole:
            self._tell()
            return
        self.end()
        try:
            data = self._gathered.whole()
        except Fault as fault:
            self._gathered = Gathered()
            self._failed(fault)
            return
        count = self._gathered.of
        self._gathered = Gathered()
        self.said.set_text(message(N_("All {count:count} codes are read."), count=count))
        self.whole.emit(data)

    def _tell(self) -> None:
        found, of = len(self._gathered.parts), self._gathered.of
        missing = "、".join(str(place) for place in self._gathered.missing[:8])
        words = N_("{found:count} of {of:count} codes are read; still missing: {missing}")
        self.said.set_text(message(words, found=found, of=of, missing=missing) if of else None)

    def _failed(self, fault: Fault) -> None:
        told: Sayable = message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy)
        self.said.set_text(told)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for part in (self.camera, self.stop, self.pictures):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        nest(column, row)
        column.addWidget(self.finder)
        column.addWidget(self.said)


def _in_frame(frame: bytes, worker: Worker) -> tuple[str, ...]:
    """The codes of one frame of the camera: most frames hold none, and that is nothing to tell."""
    try:
        return read_screen(frame, worker, "")
    except Fault as fault:
        if fault.code is not Code.SCREEN_NO_CODE:
            raise
        return ()
