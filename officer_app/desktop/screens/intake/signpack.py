"""Which file is signed as what, from which day, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, message
from officer_app.desktop.kit.dialogs import open_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.date_field import DateField
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.dossier.records import PackKind
from officer_app.headoffice.packfiles import FROM_FILES

KINDS: Final[Mapping[PackKind, str]] = {
    PackKind.POLICY: N_("Policy"),
    PackKind.FORM: N_("Checklist"),
    PackKind.ROSTER: N_("Roster of people and withdrawn keys"),
    PackKind.FINGERPRINTS: N_("Fingerprints of photos"),
    PackKind.PEOPLE: N_("Black list and watch list"),
    PackKind.NORMS: N_("Norms"),
    PackKind.SHOTS: N_("Shot list"),
    PackKind.PRODUCTS: N_("Products"),
}
_HINTS: Final[Mapping[PackKind, str]] = {
    PackKind.FORM: N_("An XLSForm (.xlsx or .md); the files it names lie in a folder called like it, NAME-media."),
    PackKind.POLICY: N_("A policy (.toml). It says itself from which day it holds, and its number must be higher."),
    PackKind.NORMS: N_("Norms of the trades (.toml), laid over the shipped ones."),
    PackKind.PEOPLE: N_("Lists of people (.csv); numbers leave head office as hashes alone."),
    PackKind.FINGERPRINTS: N_("A list of photos' fingerprints, as another system of yours wrote it."),
    PackKind.SHOTS: N_("Which pictures a visit needs (.toml); visits that have begun keep the list they began with."),
    PackKind.PRODUCTS: N_(
        "What is lent (.xlsx; best today's products, changed). Whatever it leaves out is not lent any more."
    ),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be signed."""

    kind: PackKind
    file: Path
    first_day: date | None
    why: str


class SignPack(Card):
    """`signed(Wish)`; `template_wanted()`; `left()`. What is wrong with the file stands under its name."""

    signed = Signal(object)
    template_wanted = Signal()
    left = Signal()

    def __init__(self, speech: Speech, today: date, parent: QWidget | None = None) -> None:
        super().__init__(State.INFO, parent=parent)
        self._speech = speech
        self._file: Path | None = None
        self.kind = ChoiceList(speech)
        self.kind.show_options(tuple(Option(kind.value, message(KINDS[kind])) for kind in FROM_FILES))
        self.file = LineField(speech, message(N_("Choose the file that is to be signed")))
        self.browse = Button(speech, message(N_("Choose a file")), icon=Icon.DOCUMENT)
        self.day, self.why = (
            DateField(speech, today),
            LineField(speech, message(N_("A few words; they stand in the journal"))),
        )
        self._file_row, self._day_row = FieldRow(speech, self.file), FieldRow(speech, self.day)
        self._why_row = FieldRow(speech, self.why)
        self._said = Text(speech, kind=Kind.ERROR, wrap=True, parent=self)
        self._said.hide()
        self.save = Button(speech, message(N_("Check and sign")), Look.PRIMARY, icon=Icon.SIGN)
        self.template = Button(
            speech, message(N_("Save today's products as a workbook")), icon=Icon.EXCEL, parent=self
        )
        self.back = Button(speech, message(N_("Back to the list")), Look.QUIET, keys="Esc")
        self._arrange()
        self.kind.committed.connect(self._fit)
        self.browse.clicked.connect(self._choose)
        self.save.clicked.connect(self._sign)
        self.template.clicked.connect(self.template_wanted)
        self.back.clicked.connect(self.left)

    def begin(self) -> None:
        """Begin empty."""
        self.kind.turn_to(PackKind.FORM.value)
        for field in (self.file, self.day, self.why):
            field.turn_to("")
        self._said.set_text(None)
        for row in (self._file_row, self._why_row):
            row.show_error(None)
        self._fit()
        self.kind.setFocus()

    def show_fault(self, fault: Fault) -> None:
        """Why it was not signed, and what to do."""
        self._said.set_text(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
        self.file.setFocus()

    def take(self, file: Path) -> None:
        """Take a file."""
        self.file.turn_to(str(file))
        self._file_row.show_error(None)
        self._said.set_text(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        file = open_file(self, self._speech, message(N_("Choose a file")))
        if file is not None:
            self.take(file)

    def _fit(self, _value: str = "") -> None:
        kind = PackKind(self.kind.value() or PackKind.FORM.value)
        self._file_row.show_words(message(N_("File")), message(_HINTS[kind]), required=True)
        self._day_row.setVisible(kind is not PackKind.POLICY)
        self.template.setVisible(kind is PackKind.PRODUCTS)

    def _sign(self) -> None:
        for field in (self.kind, self.file, self.day, self.why):
            field.finish()
        file, why = self.file.value().strip(), self.why.value().strip()
        self._file_row.show_error(None if file else message(N_("Choose a file first.")))
        self._why_row.show_error(None if why else message(N_("Say why.")))
        if not file or not why or self.day.read()[0] is None:
            (self.file if not file else self.why if not why else self.day).setFocus()
            return
        kind = PackKind(self.kind.value() or PackKind.FORM.value)
        day = self.day.value()
        self._said.set_text(None)
        self.signed.emit(Wish(kind, Path(file), date.fromisoformat(day) if day else None, why))

    def _arrange(self) -> None:
        head = message(N_("Sign a pack from a file"))
        self.body.addWidget(Text(self._speech, head, Kind.STRONG, parent=self))
        kind_row = FieldRow(self._speech, self.kind)
        kind_row.show_words(message(N_("Kind of pack")), required=True)
        self._day_row.show_words(message(N_("Holds from (empty: at once)")))
        self._why_row.show_words(message(N_("Why")), required=True)
        row = QHBoxLayout()
        row.addWidget(self._file_row, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(kind_row)
        nest(self.body, row)
        self.body.addWidget(self._said)
        self.body.addWidget(self._day_row)
        self.body.addWidget(self._why_row)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.template)
        foot.addWidget(self.save)
        nest(self.body, foot)
