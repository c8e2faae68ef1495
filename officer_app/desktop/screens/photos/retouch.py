"""Turns, cuts and blurs over the large picture: buttons and keys, what lies over it in words, and the original."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.ids import PhotoId
from officer_app.base.words import N_, Message, message
from officer_app.casework.photolayers import shown_with
from officer_app.casework.photos import view
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.photos.relaying import Relaying
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.marking import Marking
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.viewer import PhotoViewer
from officer_app.evidence.derived import Shown
from officer_app.evidence.layers import MOST_LAYERS, Blur, Cut, Layer, Turn
from officer_app.vault.records import PhotoRecord

_TURNS: Final = {
    1: message(N_("turned right")),
    2: message(N_("turned over")),
    3: message(N_("turned left")),
}
_CUT: Final = message(N_("cut"))
_BLURRED: Final = N_("blurred: {parts:count}")
_PLAIN: Final = message(
    N_("The original stays as it came and goes along sealed. The manager and the memo show the picture as here.")
)
_LAID: Final = N_(
    "Laid over it: {layers}. The original stays as it came and goes along sealed; "
    "the manager and the memo show the picture as here."
)
_TAKEN_BACK: Final = message(N_("All was taken back. Undo lays it over the picture again."))
_CLOSED: Final = message(
    N_("The original stays as it came. The file is closed: nothing more is laid over the picture.")
)
_CLOSED_LAID: Final = N_(
    "Laid over it: {layers}. The original stays as it came. The file is closed: this does not change any more."
)
_ORIGINAL: Final = message(
    N_("This is the original as it came. The manager and the memo show the picture with what was laid over it.")
)
_FULL: Final = N_("No more than {most:count} can lie over a picture. Take some back first.")
_HOW_CUT: Final = message(
    N_("Drag over what is to stay. By keys: arrows move the frame, Shift and arrows size it, Enter cuts.")
)
_HOW_BLUR: Final = message(
    N_(
        "Drag over each bystander and each paper of others. "
        "By keys: arrows move, Shift and arrows size, N another, Del one less, Enter blurs."
    )
)
_AT_HAND: Final = N_(
    "Box {all:count}: from the left {left:count} %, from the top {top:count} %, "
    "width {wide:count} %, height {high:count} %."
)


class Retouch(QWidget):
    """The line under the large picture. `changed(photo)` when what is shown became another; `refused(fault)`."""

    changed = Signal(str)
    refused = Signal(object)

    def __init__(self, work: Workplace, viewer: PhotoViewer, back: Button) -> None:
        super().__init__()
        self._work = work
        self._viewer = viewer
        self._back = back
        self._opened: OpenCase | None = None
        self._record: PhotoRecord | None = None
        self._peeking: Job | None = None
        self._taken_back: dict[PhotoId, tuple[Layer, ...]] = {}  # until something else is laid over the picture
        self.relaying = Relaying(work)
        speech = work.speech
        self.left = self._button(speech, message(N_("Turn left")), "L")
        self.right = self._button(speech, message(N_("Turn right")), "R")
        self.cut = self._button(speech, message(N_("Cut")), "X")
        self.blur = self._button(speech, message(N_("Blur")), "B")
        self.undo = self._button(speech, message(N_("Undo")), "Ctrl+Z")
        self.reset = self._button(speech, message(N_("Take all back")), "Ctrl+Backspace")
        self.original = self._button(speech, message(N_("The original")), "O")
        self.original.setCheckable(True)
        self.take = self._button(speech, message(N_("Cut")), "Return", Look.PRIMARY)
        self.another = self._button(speech, message(N_("Another box")), "N")
        self.drop = self._button(speech, message(N_("Cancel")), "Esc")
        self.told = Text(speech, kind=Kind.HINT, wrap=True, parent=self)
        self.where = Text(speech, kind=Kind.HINT, wrap=True, parent=self)
        self.progress = ProgressStrip(speech, parent=self)
        self._arrange()
        self._connect()

    # --- the picture -----------------------------------------------------------------------------------------------

    def show_photo(self, opened: OpenCase, record: PhotoRecord) -> None:
        """The viewer shows this one now."""
        if self._record is not None and self._record.id != record.id:
            self.progress.finish()
        self._opened, self._record = opened, record
        self._forget_original()
        self._refresh()

    def leave(self) -> None:
        """No picture is shown any more."""
        self._viewer.mark(None)
        self._forget_original()
        self._opened = self._record = None
        self.progress.finish()

    @property
    def is_marking(self) -> bool:
        """Whether boxes are being drawn."""
        return self._viewer.marking is not None

    # --- layers ----------------------------------------------------------------------------------------------------

    def _turn(self, quarters: int) -> None:
        self._add(Turn(quarters))

    def _begin(self, *, one: bool) -> None:
        record = self._record
        if record is None or not self._may_add() or self.is_marking or self.relaying.is_busy(record.id):
            return
        self._viewer.mark(Marking(one=one))
        self._viewer.setFocus()
        self.take.set_text(message(N_("Cut")) if one else message(N_("Blur")))
        self._refresh()

    def _take(self) -> None:
        marking = self._viewer.marking
        self._viewer.mark(None)
        boxes = marking.boxes if marking is not None else ()
        if marking is not None and boxes:
            self._add(*((Cut(boxes[0]),) if marking.one else (Blur(box) for box in boxes)))
        self._viewer.setFocus()
        self._refresh()

    def _leave_marking(self) -> None:
        self._viewer.mark(None)
        self._viewer.setFocus()
        self._refresh()

    def _another(self) -> None:
        if self._viewer.marking is not None:
            self._viewer.marking.add()
            self._viewer.update()
            self._refresh()

    def _undo(self) -> None:
        marking = self._viewer.marking
        if marking is not None:
            marking.drop()
            self._viewer.update()
            self._refresh()
        elif self._layers() and self._may():
            self._lay(self._layers()[:-1])
        elif self._restorable() and self._may():
            self._lay(self._restorable())

    def _reset(self) -> None:
        layers = self._layers()
        if self._record is not None and layers and self._may() and not self.is_marking:
            self._lay(())
            self._taken_back[self._record.id] = layers
            self._refresh()

    def _restorable(self) -> tuple[Layer, ...]:
        """What was taken back as a whole, while nothing was laid over the picture since."""
        return self._taken_back.get(self._record.id, ()) if self._record is not None else ()

    def _add(self, *layers: Layer) -> None:
        if self._may_add() and not self.is_marking:
            self._lay((*self._layers(), *layers)[:MOST_LAYERS])

    def _lay(self, layers: tuple[Layer, ...]) -> None:
        if self._opened is not None and self._record is not None:
            self._taken_back.pop(self._record.id, None)
            self.relaying.lay(self._opened, self._record, layers)
            self._refresh()

    def _layers(self) -> tuple[Layer, ...]:
        return self.relaying.layers_of(self._record) if self._record is not None else ()

    def _may(self) -> bool:
        """Whether the file may change, and it is the shown picture that would."""
        return self._opened is not None and may_change(self._opened) and not self.original.isChecked()

    def _may_add(self) -> bool:
        return self._may() and len(self._layers()) < MOST_LAYERS

    # --- the original ----------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        record, desk = self._record, self._work.desk
        if record is None or self.is_marking or not self.original.isEnabled():
            self.original.setChecked(False)
            return
        if not self.original.isChecked():
            self._forget_original()
            self._viewer.show_instead(QImage.fromData(view(desk, record)))
            self._refresh()
            return
        self.progress.start(message(N_("Making the picture")))
        self._peeking = self._work.run(
            lambda _progress, cancelled: shown_with(desk, record, (), cancelled),
            self._show_original,
            failed=self._no_original,
            owner=self,
            lane=Lane.FREE,
        )
        self._refresh()

    def _show_original(self, shown: Shown) -> None:
        self.progress.finish()
        if self.original.isChecked():
            self._viewer.show_instead(QImage.fromData(shown.view))

    def _no_original(self, fault: Fault) -> None:
        self.progress.finish()
        self.refused.emit(fault)
        self._forget_original()
        self._refresh()

    def _forget_original(self) -> None:
        if self._peeking is not None:
            self._peeking.cancel()
            self._peeking = None
        self.original.setChecked(False)

    # --- what is said ----------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        marking, layers = self._viewer.marking, self._layers()
        changeable = self._opened is not None and may_change(self._opened)
        busy = self._record is not None and self.relaying.is_busy(self._record.id)
        for button in (self.left, self.right, self.cut, self.blur, self.undo, self.reset):
            button.setVisible(changeable and marking is None)
        for button in (self.left, self.right):
            button.setEnabled(self._may_add())
        for button in (self.cut, self.blur):
            button.setEnabled(self._may_add() and not busy)
        self.reset.setEnabled(bool(layers) and self._may())
        self.undo.setEnabled(bool(layers or self._restorable()) and self._may())
        self.original.setVisible(marking is None)
        self.original.setEnabled(bool(layers) and not busy)
        self._back.setVisible(marking is None)  # Esc leaves the boxes first
        self.take.setVisible(marking is not None)
        self.take.setEnabled(marking is not None and bool(marking.boxes))
        self.drop.setVisible(marking is not None)
        self.another.setVisible(marking is not None and not marking.one)
        told = self._sentence(marking, layers, changeable)
        self.told.set_text(told)
        self._work.speech.put(self._viewer, told, "setAccessibleDescription")
        self.where.set_text(_at_hand(marking))

    def _sentence(self, marking: Marking | None, layers: tuple[Layer, ...], changeable: bool) -> Message:
        if marking is not None:
            return _HOW_CUT if marking.one else _HOW_BLUR
        if self.original.isChecked():
            return _ORIGINAL
        names = _names(layers)
        if changeable and not layers and self._restorable():
            return _TAKEN_BACK
        if not names:
            return _PLAIN if changeable else _CLOSED
        if changeable and len(layers) >= MOST_LAYERS:
            return message(_FULL, most=MOST_LAYERS)
        return message(_LAID if changeable else _CLOSED_LAID, layers=names)

    # --- building --------------------------------------------------------------------------------------------------

    def _button(self, speech: Speech, words: Message, keys: str, look: Look = Look.PLAIN) -> Button:
        button = Button(speech, words, look, keys=keys, parent=self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the picture
        return button

    def _arrange(self) -> None:
        line = QWidget(self)
        flow = FlowLayout(line, SPACE)
        for button in (self.left, self.right, self.cut, self.blur, self.undo, self.reset, self.original):
            flow.addWidget(button)
        for button in (self.take, self.another, self.drop, self._back):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        for part in (self.told, self.where, self.progress, line):
            column.addWidget(part)

    def _connect(self) -> None:
        self._on(self.left, "L", lambda: self._turn(3))
        self._on(self.right, "R", lambda: self._turn(1))
        self._on(self.cut, "X", lambda: self._begin(one=True))
        self._on(self.blur, "B", lambda: self._begin(one=False))
        self._on(self.undo, "Ctrl+Z", self._undo)
        self._on(self.reset, "Ctrl+Backspace", self._reset)
        self.original.clicked.connect(self._compare)
        self._key("O", self._toggle_original)
        self.take.clicked.connect(self._take)
        self.another.clicked.connect(self._another)
        self.drop.clicked.connect(self._leave_marking)
        self._viewer.marked.connect(self._refresh)
        self._viewer.taken.connect(self._take)
        self._viewer.dropped.connect(self._leave_marking)
        self.relaying.begun.connect(lambda: self.progress.start(message(N_("Making the picture"))))
        self.relaying.over.connect(self._over)
        self.relaying.refused.connect(self.refused)
        self.progress.cancelled.connect(self._stop)

    def _on(self, button: Button, keys: str, action: Callable[[], None]) -> None:
        button.clicked.connect(action)
        self._key(keys, action)

    def _key(self, keys: str, action: Callable[[], None]) -> None:
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(keys), self._viewer, context=here).activated.connect(action)

    def _toggle_original(self) -> None:
        if self.original.isEnabled():
            self.original.click()

    def _stop(self) -> None:
        if self._peeking is not None and self._peeking.is_running:
            self._peeking.cancel()
        elif self._record is not None:
            self.relaying.stop(self._record.id)

    def _over(self, photo: str) -> None:
        if self._record is not None and photo == self._record.id:
            self.progress.finish()
            self._refresh()
        self.changed.emit(photo)


def _names(layers: tuple[Layer, ...]) -> tuple[Message, ...]:
    """What they come to together, each kind once: turns add up."""
    quarters = sum(layer.quarters for layer in layers if isinstance(layer, Turn)) % 4
    blurs = sum(isinstance(layer, Blur) for layer in layers)
    return (
        *((_TURNS[quarters],) if quarters else ()),
        *((_CUT,) if any(isinstance(layer, Cut) for layer in layers) else ()),
        *((message(_BLURRED, parts=blurs),) if blurs else ()),
    )


def _at_hand(marking: Marking | None) -> Message | None:
    if marking is None or not marking.boxes:
        return None
    box = marking.boxes[-1]
    sides = {"left": box.left, "top": box.top, "wide": box.right - box.left, "high": box.bottom - box.top}
    shares = {name: round(side / 10) for name, side in sides.items()}
    return message(_AT_HAND, all=len(marking.boxes), **shares)
