"""Head office's own first step: found an institution here, or be enrolled in one that exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import forms_folder
from officer_app.base.words import N_, Sayable, message
from officer_app.casework import enrolment
from officer_app.casework.desk import Desk
from officer_app.casework.packs import SHIPPED_FORMS
from officer_app.checklists.bundles import bundled
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import OfficeAccess, Workplace
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import Credentials
from officer_app.headoffice import stores
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.headoffice.founding import found
from officer_app.headoffice.journal import Said
from officer_app.headoffice.packfiles import checklist, policy
from officer_app.trust.certificates import Role

_LEAST: Final = 8
_DATABASE: Final = "warehouse.db"


@dataclass(frozen=True, slots=True)
class Institution:
    """What is to be founded, and where."""

    name: str
    folder: Path
    passphrase: str = field(repr=False)


class Founding(QWidget):
    """`changed()` when the other of the two ways is chosen; `ready()` with Enter where nothing more is asked."""

    changed = Signal()
    ready = Signal()

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech = self._speech = work.speech
        self.way = ChoiceList(speech, stacked=True)
        self.way.show_options(
            (
                Option("found", message(N_("Found a new institution here"))),
                Option("join", message(N_("Our institution exists: be enrolled in it"))),
            )
        )
        self.way.show_value("found")
        self.name = LineField(speech, message(N_("The institution's name, as it stands on papers")))
        self.folder = LineField(speech, message(N_("An empty folder for head office's keys")))
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.first = PassphraseBox(speech, message(N_("Passphrase of head office")))
        self.second = PassphraseBox(speech, message(N_("The same again")))
        hint = N_("Another passphrase than your own: it guards the institution's keys. Back the folder up, twice.")
        self._hint = Text(speech, message(hint), Kind.HINT, wrap=True)
        for one, words in (
            (self.name, N_("The institution's name, as it stands on papers")),
            (self.folder, N_("An empty folder for head office's keys")),
        ):
            speech.name(one.line, message(words))
        self._fields = (self.name, self.folder, self.browse, self.first, self.second, self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.way)
        column.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        nest(column, row)
        for part in (self.first, self.second, self._hint):
            column.addWidget(part)
        self.setFocusProxy(self.way)
        self.way.committed.connect(self._fit)
        self.browse.clicked.connect(self._choose)
        self.name.left.connect(self.folder.setFocus)
        self.folder.left.connect(self.first.setFocus)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.ready)
        self.way.left.connect(self._on)

    def begin(self, way: str) -> None:
        """Begin with the way that was chosen on another day."""
        if way:
            self.way.show_value(way)
            self._fit()

    @property
    def founds(self) -> bool:
        """Whether a new institution is founded."""
        return self.way.value() != "join"

    def lacking(self) -> Sayable | None:
        """What lacks before it can be founded, or None."""
        for one in (self.name, self.folder):
            one.finish()
        if not self.name.value().strip() or not self.folder.value().strip():
            return message(N_("The institution's name and a folder are needed."))
        if len(self.first.passphrase()) < _LEAST:
            return Fault(Code.PASSPHRASE_SHORT, least=_LEAST).remedy
        if self.first.passphrase() != self.second.passphrase():
            return message(N_("The two passwords differ. Type both again."))
        return None

    def institution(self) -> Institution:
        """What is to be founded."""
        return Institution(self.name.value().strip(), Path(self.folder.value().strip()), self.first.passphrase())

    def _on(self) -> None:
        """Enter on the way: to what it asks, or on."""
        if self.founds:
            self.name.setFocus()
        else:
            self.ready.emit()

    def _fit(self, _value: str = "") -> None:
        for part in self._fields:
            part.setVisible(self.founds)
        self.changed.emit()

    def _choose(self) -> None:
        folder = choose_folder(self, self._speech, message(N_("An empty folder for head office's keys")))
        if folder is not None:
            self.folder.turn_to(str(folder))


def found_here(desk: Desk, wish: Institution) -> OfficeAccess:
    """Found an institution with the shipped policy and checklists, and enrol the person at this desk in it.

    Errors: DESK_EXISTS, NAME_UNUSABLE, PASSPHRASE_SHORT, DISK_FULL, FOLDER_READ_ONLY.
    """
    shipped = {name: bundled(checklist(forms_folder() / f"{name}.md")) for name in SHIPPED_FORMS}
    first = policy(forms_folder() / "policy.toml")
    office = found(wish.folder, wish.name, wish.passphrase, clock=desk.clock, policy=first, forms=shipped)
    branch = office.identity.person.branch
    told = enrol(
        office,
        enrolment.request(desk, branch=branch, role=Role.HEAD_OFFICE),
        role=Role.HEAD_OFFICE,
        branch=branch,
        approval_limit=Decimal(0),
        clock=desk.clock,
        said=Said(desk.user.full_name),
    )
    enrolment.accept(desk, told)
    return OfficeAccess(wish.folder, f"sqlite:///{wish.folder.with_name(_DATABASE)}", wish.passphrase)


def let_office_in(access: OfficeAccess, desk: Desk, address: str, given: Credentials) -> None:
    """Keep a server for head office too, sealed in its folder: it takes in and publishes through it.

    Errors: those of `open_desk`, DISK_FULL, FOLDER_READ_ONLY.
    """
    office = open_desk(access.folder, access.passphrase, issuing=False)
    stores.keep_store(office, address, given, clock=desk.clock, said=Said(desk.user.full_name))
