"""What was published: each pack's newest version, since when, and how many it was sealed for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.dossier.records import PackKind
from officer_app.headoffice.publishing import Pack

COLUMNS: Final = (
    Column("pack", message(N_("Pack")), stretch=True),
    Column("version", message(N_("Version")), ColumnKind.COUNT, 90),
    Column("made", message(N_("Made at")), width=190),
    Column("sealed", message(N_("Sealed for people")), ColumnKind.COUNT, 150),
)
_KINDS: Final[Mapping[PackKind, str]] = {
    PackKind.POLICY: N_("Policy"),
    PackKind.FORM: N_("Checklist"),
    PackKind.ROSTER: N_("Roster of people and withdrawn keys"),
    PackKind.FINGERPRINTS: N_("Fingerprints of photos"),
    PackKind.PEOPLE: N_("Black list and watch list"),
    PackKind.NORMS: N_("Norms"),
    PackKind.SHOTS: N_("Shot list"),
}
_GOES_OUT: Final = N_("What is signed here goes out with the next publishing.")


class Packs(QWidget):
    """One row for each pack; there is always one, since an institution is founded with its policy.

    `photos_wanted()` asks for the lists of all photos taken in, `shots_wanted()` for a shot list out of a file.
    """

    photos_wanted = Signal()
    shots_wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Packs")))
        self.photos = Button(speech, message(N_("Fingerprints of all photos taken in")), icon=Icon.CAMERA)
        self.shots = Button(speech, message(N_("Shot list from a file")), icon=Icon.FOLDER)
        self.photos.clicked.connect(self.photos_wanted)
        self.shots.clicked.connect(self.shots_wanted)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(Text(speech, message(_GOES_OUT), Kind.MUTED, wrap=True), 1)
        row.addWidget(self.photos)
        row.addWidget(self.shots)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        nest(column, row)
        column.addWidget(self.table, 1)

    def show_packs(self, packs: tuple[Pack, ...]) -> None:
        """These packs, by kind."""
        self.table.show_rows(tuple(_row(pack) for pack in packs))


def _row(pack: Pack) -> Row:
    note = pack.note
    return Row(
        f"{note.kind}:{note.name}",
        (
            Cell(message(_KINDS[note.kind]), below=Verbatim(note.name), strong=True),
            Cell(number=Decimal(note.version)),
            Cell(message("{at:moment}", at=local_time(note.made_at))),
            Cell(number=Decimal(len(pack.sealed_for))),
        ),
    )
