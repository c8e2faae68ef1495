"""One picture with everything known of it, and the way to take it out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.photos import JudgedPhoto
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.photos.frames import STATES
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.text_field import LineField
from officer_app.evidence.findings import Finding, Verdict

_ORDER = (Verdict.STOP, Verdict.LOOK_CLOSER, Verdict.CANNOT_TELL, Verdict.PASS)


class PhotoDetails(QWidget):
    """`withdrawn(reason)` when the picture is taken out with a reason."""

    withdrawn = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._facts = Card(parent=self)
        self._findings = Card(parent=self)
        self._reason = LineField(speech)
        speech.put(self._reason.line, message(N_("Why it is taken out")), "setPlaceholderText")
        self._out = Button(speech, message(N_("Take it out of the case")), Look.DANGER, parent=self)
        self._out.clicked.connect(self._withdraw)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        for part in (self._facts, self._findings, self._reason, self._out):
            column.addWidget(part)
        column.addStretch(1)

    def show_photo(self, photo: JudgedPhoto, *, editable: bool) -> None:
        """Show what the camera claims and what the rules say, the worst first."""
        self._clear(self._facts)
        self._clear(self._findings)
        self._facts.body.addWidget(Text(self._speech, message(N_("What the file says")), Kind.SECTION))
        for label, value in _facts(photo):
            nest(self._facts.body, self._line(label, value))
        self._findings.body.addWidget(Text(self._speech, message(N_("What the rules say")), Kind.SECTION))
        for finding in sorted(photo.findings, key=lambda one: _ORDER.index(one.verdict)):
            self._findings.body.addWidget(self._finding(finding))
        self._reason.setVisible(editable)
        self._out.setVisible(editable)

    def _finding(self, finding: Finding) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        row = QHBoxLayout()
        row.addWidget(Pill(self._speech, STATES[finding.verdict]))
        row.addStretch(1)
        nest(column, row)
        column.addWidget(Text(self._speech, finding.sentence, Kind.SMALL, wrap=True, parent=line))
        return line

    def _line(self, label: Message, value: Verbatim | Message) -> QVBoxLayout:
        line = QVBoxLayout()
        line.setSpacing(0)
        line.addWidget(Text(self._speech, label, Kind.HINT))
        line.addWidget(Text(self._speech, value, wrap=True))
        return line

    def _clear(self, card: Card) -> None:
        clear(card.body)

    def _withdraw(self) -> None:
        self.withdrawn.emit(self._reason.line.text())


def _facts(photo: JudgedPhoto) -> list[tuple[Message, Verbatim | Message]]:
    record = photo.record
    unknown = message(N_("Cannot tell"))
    taken = message("{at:moment}", at=local_time(record.taken)) if record.taken is not None else unknown
    place: Verbatim | Message = unknown
    if record.lat is not None and record.lon is not None:
        place = Verbatim(f"{record.lat:.5f}, {record.lon:.5f}")
    return [
        (message(N_("Taken")), taken),
        (message(N_("Taken in")), message("{at:moment}", at=local_time(record.received))),
        (message(N_("Position")), place),
        (message(N_("Camera")), Verbatim(record.device) if record.device else unknown),
        (message(N_("File")), Verbatim(record.file_name)),
        (message(N_("Fingerprint of the original (SHA-256)")), Verbatim(_spaced(record.sha256))),
    ]


def _spaced(digest: str) -> str:
    """Hexadecimal in groups of eight, so that a line can break."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
