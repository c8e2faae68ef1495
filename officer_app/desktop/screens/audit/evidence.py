"""One case's evidence, verified again and read only: the memo as handed over and as decided, and every picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import ElidedText, Kind
from officer_app.desktop.widgets.pdf import PdfView
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row
from officer_app.desktop.widgets.viewer import PhotoViewer
from officer_app.dossier.manifest import MEMO
from officer_app.evidence.intake import read_photo
from officer_app.headoffice.sampling import Evidence

_COLUMNS: Final = (Column("what", message(N_("Paper or picture")), stretch=True),)
_WIDE: Final = 300


@dataclass(frozen=True, slots=True)
class _Paper:
    """Something to look at: a PDF or a picture."""

    key: str
    words: Sayable
    below: Sayable
    data: bytes
    is_picture: bool = False


class EvidenceView(QWidget):
    """`left()` on Esc or the button. Pictures are decoded in the child process: nobody here made them."""

    left = Signal()

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        speech = work.speech
        self._papers: tuple[_Paper, ...] = ()
        self._pill = Pill(speech, State.PASSED, message(N_("Verified again")))
        self._title = ElidedText(speech, kind=Kind.STRONG)
        self.back = Button(speech, message(N_("Back to the list")), Look.QUIET, icon=Icon.PREVIOUS, keys="Esc")
        self.table = DataTable(speech)
        self.table.set_columns(_COLUMNS)
        self.table.setFixedWidth(_WIDE)
        speech.name(self.table, message(N_("Papers and pictures of this case")))
        self.paper, self.picture = PdfView(speech), PhotoViewer(speech)
        self._shown = QStackedWidget()
        self._arrange()
        self.back.clicked.connect(self.left)
        self.table.chosen.connect(self._look)

    def show_evidence(self, found: Evidence) -> None:
        """Everything of one case."""
        manifest = found.dossier.manifest
        self._title.set_text(
            message(
                N_("{number} · version {version:count} · signed by {name}"),
                number=Verbatim(manifest.case_number),
                version=manifest.version,
                name=Verbatim(found.dossier.signer.person.name),
            )
        )
        self._papers = tuple(_papers(found))
        rows = tuple(Row(one.key, (Cell(one.words, below=one.below, strong=True),)) for one in self._papers)
        self.table.show_rows(rows)
        self.table.setCurrentIndex(self.table.model().index(0, 0))
        self._look(self._papers[0].key)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _look(self, key: str) -> None:
        one = next((paper for paper in self._papers if paper.key == key), None)
        if one is None:
            return
        if not one.is_picture:
            self._shown.setCurrentWidget(self.paper)
            self.paper.show_pdf(one.data)
            return
        worker, paper = self._work.desk.worker, one

        def read(_progress: object, _cancelled: object) -> tuple[str, bytes]:
            return paper.key, read_photo(paper.data, worker, paper.key).view

        self._work.run(read, self._seen, owner=self, lane=Lane.FREE)

    def _seen(self, found: tuple[str, bytes]) -> None:
        key, view = found
        if self.table.current_key() == key:
            self._shown.setCurrentWidget(self.picture)
            self.picture.show_photo(QImage.fromData(view), Verbatim(key))

    def _arrange(self) -> None:
        self._shown.addWidget(self.paper)
        self._shown.addWidget(self.picture)
        top, inside = QHBoxLayout(), QHBoxLayout()
        for row in (top, inside):
            row.setSpacing(SPACE)
        top.addWidget(self._pill)
        top.addWidget(self._title, 1)
        top.addWidget(self.back)
        inside.addWidget(self.table)
        inside.addWidget(self._shown, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        nest(column, top)
        nest(column, inside, 1)


def _papers(found: Evidence) -> list[_Paper]:
    parts = found.dossier.parts
    at = found.dossier.signer.claimed_at
    handed = message(N_("Memo as it was handed over"))
    papers = [_Paper(MEMO, handed, message("{at:moment}", at=local_time(at)), parts[MEMO])]
    for place, one in enumerate(found.decisions):
        told = message(N_("Memo as {name} decided"), name=Verbatim(one.decision.decided_by.name))
        when = message("{at:moment}", at=local_time(one.decision.decided_at))
        papers.append(_Paper(f"decision {place}", told, when, one.memo))
    for name in sorted(part for part in parts if part.startswith("photos/")):
        size = message(N_("{kb:count} KB, as it came"), kb=len(parts[name]) // 1000)
        papers.append(_Paper(name, Verbatim(name.removeprefix("photos/")), size, parts[name], is_picture=True))
    return papers
