"""What was seen or heard otherwise than the file has it: both sides of each, and a line why it does not matter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework.fact_places import name_of
from officer_app.casework.review import Review
from officer_app.casework.sightings import looked_at
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, Role
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import LineField
from officer_app.dossier.records import Agreement, CallBack

# By part or fact path: what differs, in words.
Difference = tuple[str, Message]


def differences(review: Review, viewed: Iterable[tuple[str, str]], call: CallBack | None) -> tuple[Difference, ...]:
    """Every answer so far that is not what the file says."""
    photos = {photo.part: photo for photo in review.photos}
    found: list[Difference] = []
    for part, answer in viewed:
        view = looked_at(review, photos[part], answer)
        if view.agreement is Agreement.DIFFERS:
            found.append((part, _sides(photos[part].shot, answer, view.told)))
    heard = call.answers if call is not None else ()
    differing = (one for one in heard if one.agreement is Agreement.DIFFERS)
    return (*found, *((one.path, _sides(name_of(one.path), one.heard, one.told)) for one in differing))


def _sides(what: Sayable, answer: str, told: str) -> Message:
    words = N_("{what}: you have “{answer}”, the file has “{told}”")
    return message(words, what=what, answer=answer, told=told)


class Differences(QWidget):
    """`changed()` when a remark is typed. Remarks stay while answers move to and fro."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._typed: dict[str, str] = {}
        self._fields: dict[str, LineField] = {}
        self._shown: tuple[Difference, ...] = ()
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(HALF)
        head = Text(speech, message(N_("Seen or heard otherwise")), Kind.SECTION, parent=self)
        self._column.addWidget(head)
        self.hide()

    def begin(self, typed: dict[str, str]) -> None:
        """Another file: with the remarks typed on it before."""
        self._typed = dict(typed)
        self._shown = ()
        self._clear()
        self.hide()

    def show_differences(self, found: tuple[Difference, ...]) -> None:
        """These differ now; the same again leave what is being typed alone."""
        if [one for one, _ in found] == [one for one, _ in self._shown] and found == self._shown:
            return
        self._keep()
        self._clear()
        self._shown = found
        self.setVisible(bool(found))
        for key, words in found:
            text = Text(self._speech, words, Kind.SMALL, wrap=True, parent=self)
            text.set_tone(Role.STOP)
            field = LineField(self._speech, message(N_("Why that does not matter")), self)
            field.line.setText(self._typed.get(key, ""))
            self._speech.name(field.line, words)
            field.line.textChanged.connect(self.changed)
            self._fields[key] = field
            for part in (text, field):
                self._parts.append(part)
                self._column.addWidget(part)
                part.show()

    def remarks(self) -> dict[str, str]:
        """What was typed for each difference that stands."""
        return {key: field.line.text().strip() for key, field in self._fields.items()}

    def typed(self) -> dict[str, str]:
        """Every remark typed on this file."""
        self._keep()
        return {key: text for key, text in self._typed.items() if text}

    def missing(self) -> QWidget | None:
        """The first line that still lacks its remark."""
        return next((field.line for field in self._fields.values() if not field.line.text().strip()), None)

    def _keep(self) -> None:
        self._typed |= self.remarks()

    def _clear(self) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._fields = [], {}
