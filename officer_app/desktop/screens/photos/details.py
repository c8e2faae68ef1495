"""One picture with everything known of it, and the way to take it out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.photos import JudgedPhoto
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.photos.frames import STATES
from officer_app.desktop.screens.photos.links import Link
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.text_field import LineField
from officer_app.evidence.findings import Finding, FindingCode, Verdict
from officer_app.evidence.sources import CODE_WORDS, SOURCE_WORDS, source_of

COMPARED = (FindingCode.SAME_FILE, FindingCode.SIMILAR_PHOTO, FindingCode.PLACE_AGAIN)
_NOT_SEARCHED = message(N_("not searched yet"))
_ORDER = (Verdict.STOP, Verdict.LOOK_CLOSER, Verdict.CANNOT_TELL, Verdict.PASS)


class PhotoDetails(QWidget):
    """`withdrawn(reason)`, `unfiled()` back to the tray, `compare(photo)` with another, `leads(screen, what)`.

    `read_wanted()`: papers and the watermark in it are to be read.
    """

    withdrawn = Signal(str)
    unfiled = Signal()
    compare = Signal(str)
    leads = Signal(str, object)
    read_wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._facts = Card(parent=self)
        self._findings = Card(parent=self)
        self._links = Card(parent=self)
        self._reason = LineField(speech)
        speech.put(self._reason.line, message(N_("Why it is taken out")), "setPlaceholderText")
        self._out = Button(speech, message(N_("Take it out of the case")), Look.DANGER, parent=self)
        self._out.clicked.connect(self._withdraw)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        self._unfile = Button(speech, message(N_("Back to the tray")), keys="Del", parent=self)
        self._unfile.clicked.connect(self.unfiled)
        self.read = Button(speech, message(N_("Read papers and watermark")), keys="T", parent=self)
        self.read.clicked.connect(self.read_wanted)
        for part in (self.read, self._links, self._findings, self._facts, self._unfile, self._reason, self._out):
            column.addWidget(part)
        column.addStretch(1)

    def show_photo(self, photo: JudgedPhoto, links: tuple[Link, ...], *, editable: bool) -> None:
        """Show what the camera claims and what the rules say, the worst first."""
        self._clear(self._facts)
        self._clear(self._findings)
        self._clear(self._links)
        self._links.body.addWidget(Text(self._speech, message(N_("What it stands for")), Kind.SECTION))
        for link in links:
            self._links.body.addWidget(self._link(link))
        self._facts.body.addWidget(Text(self._speech, message(N_("What the file says")), Kind.SECTION))
        for label, value in _facts(photo):
            nest(self._facts.body, self._line(label, value))
        self._findings.body.addWidget(Text(self._speech, message(N_("What the rules say")), Kind.SECTION))
        for finding in sorted(photo.findings, key=lambda one: _ORDER.index(one.verdict)):
            self._findings.body.addWidget(self._finding(finding))
        self._unfile.setVisible(editable and bool(photo.record.ref or photo.record.shot))
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
        if finding.other_photo and finding.code in COMPARED:
            other = finding.other_photo
            button = Button(self._speech, message(N_("Compare")), Look.QUIET, keys="C", parent=line)
            button.clicked.connect(lambda: self.compare.emit(other))
            row.addWidget(button)
        nest(column, row)
        column.addWidget(Text(self._speech, finding.sentence, Kind.SMALL, wrap=True, parent=line))
        return line

    def _link(self, link: Link) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(self._speech, link.kind, Kind.HINT, parent=line))
        column.addWidget(Text(self._speech, link.words, wrap=True, parent=line))
        if link.screen:
            button = Button(self._speech, message(N_("Go there")), Look.QUIET, parent=line)
            button.clicked.connect(lambda: self.leads.emit(link.screen, link.what))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
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
        (message(N_("Came by")), SOURCE_WORDS[source_of(record.source)]),
        (message(N_("Visit code")), CODE_WORDS[photo.code] if photo.code is not None else _NOT_SEARCHED),
        (message(N_("Camera")), Verbatim(record.device) if record.device else unknown),
        (message(N_("File")), Verbatim(record.file_name)),
        (message(N_("Fingerprint of the original (SHA-256)")), Verbatim(_spaced(record.sha256))),
    ]


def _spaced(digest: str) -> str:
    """Hexadecimal in groups of eight, so that a line can break."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
