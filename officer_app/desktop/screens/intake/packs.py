"""What was published: each pack's newest version, from which day, for how many; and signing the next from a file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date, local_time
from officer_app.base.errors import Fault
from officer_app.base.files import write_whole
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.kit.dialogs import save_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.intake.office import Office
from officer_app.desktop.screens.intake.signpack import KINDS, SignPack, Wish
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.dossier.records import PackKind
from officer_app.headoffice.packfiles import pack_from, policy
from officer_app.headoffice.packtitles import first_day_of, title_of
from officer_app.headoffice.photolists import publish_photos
from officer_app.headoffice.policies import publish_policy
from officer_app.headoffice.products import products_today
from officer_app.headoffice.publishing import Pack, keep_pack
from officer_app.workbooks.products import products_workbook

COLUMNS: Final = (
    Column("pack", message(N_("Pack")), stretch=True),
    Column("version", message(N_("Version")), ColumnKind.COUNT, 90),
    Column("begins", message(N_("Holds from")), width=150),
    Column("made", message(N_("Made at")), width=190),
    Column("sealed", message(N_("Sealed for people")), ColumnKind.COUNT, 150),
)


class Packs(QWidget):
    """One row for each pack; there is always one, since an institution is founded with its policy."""

    def __init__(self, errands: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech = errands.work.speech
        self._errands = errands
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Packs")))
        self.sign = Button(speech, message(N_("Sign a pack from a file")), icon=Icon.SIGN)
        self.photos = Button(speech, message(N_("Fingerprints of all photos taken in")), icon=Icon.CAMERA)
        self.form = SignPack(speech, local_date(errands.work.desk.clock.now()))
        hint = message(
            N_(
                "Signed packs go out to everybody with “Publish”. "
                "One with a later day lies ready on the laptops until then."
            )
        )
        self._stack = QStackedWidget()
        page, scrolled = QWidget(), Page()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.sign)
        foot.addWidget(self.photos)
        foot.addWidget(Text(speech, hint, Kind.HINT, wrap=True), 1)
        column.addWidget(self.table, 1)
        nest(column, foot)
        scrolled.body.setContentsMargins(0, 0, 0, 0)
        scrolled.body.addWidget(self.form)
        scrolled.body.addStretch(1)
        self._stack.addWidget(page)
        self._stack.addWidget(scrolled)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.sign.clicked.connect(self.begin)
        self.photos.clicked.connect(self.list_photos)
        self.form.template_wanted.connect(self.ask_template)
        self.form.left.connect(self._list_again)
        self.form.signed.connect(self.keep)

    def show_packs(self, packs: tuple[Pack, ...]) -> None:
        """These packs, by kind."""
        self.table.show_rows(tuple(_row(pack) for pack in packs))

    def begin(self) -> None:
        """Sign another one."""
        self._stack.setCurrentIndex(1)
        self.form.begin()

    def keep(self, wish: Wish) -> None:
        """Read the file, judge it whole, sign it and keep it as the next version."""
        opened = self._errands.open()
        if opened is None:
            return
        desk, clock, said = opened[0], self._errands.work.desk.clock, self._errands.person(wish.why)

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[str, int]:
            if wish.kind is PackKind.POLICY:
                # A policy says itself from which day it holds; its number only grows.
                text = policy(wish.file).decode()
                return wish.file.name, publish_policy(desk, text, clock)
            name, content = pack_from(wish.kind, wish.file)
            return name, keep_pack(desk, wish.kind, name, content, clock.now(), wish.first_day, said)

        self._errands.run(message(N_("Reading and signing")), work, self._kept, self._refused)

    def list_photos(self) -> None:
        """Sign the fingerprints of every photo in the warehouse; the next publishing sends them."""
        opened = self._errands.open()
        if opened is None:
            return
        (desk, access), clock = opened, self._errands.work.desk.clock
        self._errands.run(
            message(N_("Listing the photos")),
            lambda _progress, cancelled: publish_photos(desk, access.warehouse, clock, cancelled),
            self._listed,
        )

    def _listed(self, versions: Mapping[str, int]) -> None:
        nothing = N_("No photo has been taken in yet.")
        words = N_("The photos stand in {count:count} lists; publish to send what is new.")
        told = message(words, count=len(versions)) if versions else message(nothing)
        self._errands.said.emit(State.PASSED, told)
        self._errands.read.emit()

    def _kept(self, made: tuple[str, int]) -> None:
        self._list_again()
        words = N_("{name}, version {version}, is signed. Publish, so that the laptops get it.")
        told = message(words, name=Verbatim(made[0]), version=str(made[1]))
        self._errands.said.emit(State.PASSED, told)
        self._errands.read.emit()

    def _refused(self, fault: Fault) -> None:
        """What is wrong with the file stands at the form; what was chosen stays."""
        self.form.show_fault(fault)

    def ask_template(self) -> None:
        """Where the workbook of today's products is to lie."""
        speech = self._errands.work.speech
        file = save_file(self, speech, message(N_("Save today's products as a workbook")), "products.xlsx")
        if file is not None:
            self.write_template(file)

    def write_template(self, file: Path) -> None:
        """What is lent today as a workbook, in the language of the window."""
        opened = self._errands.open()
        if opened is None:
            return
        desk, language = opened[0], self._errands.work.speech.language
        today = local_date(self._errands.work.desk.clock.now())

        def work(_progress: Progress, _cancelled: Cancelled) -> int:
            found = products_today(desk, today)
            write_whole(file, products_workbook(found, language))
            return len(found)

        def written(count: int) -> None:
            told = N_("{count:count} products are in {file}. Change it in Excel, then choose it here.")
            self._errands.said.emit(State.PASSED, message(told, count=count, file=Verbatim(file.name)))
            self.form.take(file)

        self._errands.run(message(N_("Reading the products")), work, written, self._refused)

    def _list_again(self) -> None:
        self._stack.setCurrentIndex(0)
        self.sign.setFocus()


def _row(pack: Pack) -> Row:
    note, title, first = pack.note, title_of(pack), first_day_of(pack)
    begins = message("{on:date}", on=first) if first is not None else message(N_("when it comes"))
    return Row(
        f"{note.kind}:{note.name}",
        (
            _name(pack, title),
            Cell(number=Decimal(note.version)),
            Cell(begins),
            Cell(message("{at:moment}", at=local_time(note.made_at))),
            Cell(number=Decimal(len(pack.sealed_for))),
        ),
    )


def _name(pack: Pack, title: str) -> Cell:
    """A checklist by its title, kind and file below; of what there is one, the kind alone."""
    kind = message(KINDS[pack.note.kind])
    if pack.note.kind is PackKind.FORM:
        below = message(N_("{kind} · {name}"), kind=kind, name=pack.note.name)
        return Cell(Verbatim(title) if title else kind, below=below, strong=True)
    if pack.note.kind is PackKind.FINGERPRINTS:
        return Cell(kind, below=Verbatim(pack.note.name), strong=True)
    return Cell(kind, below=message(N_("version {version}"), version=title) if title else None, strong=True)
