"""Head office's stores: set up, tried, used, removed. What lets one in lies sealed in head office's folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.intake.office import Office
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.confirm import Confirm
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.store_setup import Doors, SetUp
from officer_app.desktop.widgets.table import Column, DataTable, Row
from officer_app.exchange.addresses import Credentials, StoreKind, read_address
from officer_app.exchange.opening import try_store
from officer_app.headoffice import stores
from officer_app.headoffice.journal import Act, journal
from officer_app.headoffice.stores import KnownStore

COLUMNS: Final = (
    Column("address", message(N_("Address")), stretch=True),
    Column("kind", message(N_("Kind")), width=150),
    Column("name", message(N_("Enters as")), width=150),
    Column("secret", message(N_("What lets one in")), width=200),
)
_KINDS: Final[Mapping[StoreKind, Sayable]] = {
    StoreKind.FOLDER: message(N_("Folder or stick")),
    StoreKind.S3: Verbatim("S3"),
    StoreKind.WEBDAV: Verbatim("WebDAV"),
    StoreKind.SFTP: Verbatim("SFTP"),
}


class Places(QWidget):
    """`used(address)` when a store is to be exchanged through from now on."""

    used = Signal(str)

    def __init__(self, errands: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech = errands.work.speech
        self._errands = errands
        self._shown: tuple[KnownStore, ...] = ()
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Stores")))
        self._empty = EmptyState(speech)
        self._empty.show_empty(
            Icon.EXCHANGE,
            message(N_("Where head office exchanges: a folder, S3, WebDAV or SFTP. No store is set up yet.")),
        )
        self.add = Button(speech, message(N_("Set up a store")), icon=Icon.ADD)
        self.test = Button(speech, message(N_("Test")), icon=Icon.SYNC)
        self.use = Button(speech, message(N_("Use it here")), icon=Icon.CHECK)
        self.remove = Button(speech, message(N_("Remove")), Look.DANGER, icon=Icon.REMOVE, keys="Del")
        knows = message(N_("I know that its password must be typed again to set it up once more"))
        today = local_date(errands.work.desk.clock.now())
        self.removing = Confirm(speech, today, knows=knows, does=message(N_("Remove")))
        self.set_up = SetUp(errands.work, Doors(self._attempt, self._keep, Lane.FREE))
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    def show_stores(self, known: tuple[KnownStore, ...]) -> None:
        """These stores."""
        self._shown = known
        self.table.show_rows(tuple(_row(one) for one in known))
        if self.table.current_key() is None and known:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self.table.setVisible(bool(known))
        self._empty.setVisible(not known)
        for button in (self.test, self.use, self.remove):
            button.setVisible(bool(known))

    # --- what is done -----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Set another one up."""
        self._stack.setCurrentIndex(1)
        self.set_up.open_for("")

    def try_it(self) -> None:
        """Look, put and read back in the chosen one."""
        opened, address = self._errands.open(), self.table.current_key()
        if opened is None or address is None:
            return
        desk = opened[0]

        def work(_progress: Progress, cancelled: Cancelled) -> int:
            place = read_address(address)
            return try_store(place, stores.credentials(desk, place), cancelled=cancelled)

        def done(devices: int) -> None:
            words = N_("It answers, takes and gives back. {count:count} devices exchange through it.")
            self._errands.said.emit(State.PASSED, message(words, count=devices))

        self._errands.run(message(N_("Trying the store")), work, done)

    def ask_remove(self) -> None:
        """Before the chosen one is forgotten."""
        address = self.table.current_key()
        if address is not None:
            self._stack.setCurrentIndex(2)
            told = message(N_("What lies in the store stays there; only the way in is forgotten."))
            self.removing.ask(message(N_("Remove {address}"), address=Verbatim(address)), told)

    def forget(self, why: str) -> None:
        """Forget the chosen one."""
        opened, address = self._errands.open(), self.table.current_key()
        if opened is None or address is None:
            return
        desk, clock, said = opened[0], self._errands.work.desk.clock, self._errands.person(why)

        def done(_nothing: None) -> None:
            self._list_again()
            self._errands.said.emit(State.PASSED, message(N_("The store is removed.")))
            self._errands.read.emit()

        self._errands.run(None, lambda _p, _c: stores.forget_store(desk, address, clock=clock, said=said), done)

    def adopt(self, address: str, given: Credentials) -> None:
        """What the person at the desk set up for the own laptop serves head office too.

        Not where it keeps its own, and not what somebody at this desk has removed.
        """
        opened = self._errands.open()
        if opened is None:
            return
        desk = opened[0]

        def work(_progress: Progress, _cancelled: Cancelled) -> bool:
            known = stores.credentials(desk, read_address(address)) is not None
            removed = any(one.act == Act.STORE_FORGOTTEN and one.about == address for one in journal(desk.folder))
            if known or removed:
                return False
            self._keep(address, given)
            return True

        self._errands.work.run(work, self._adopted, owner=self, lane=Lane.FREE)

    def _adopted(self, new: bool) -> None:
        if new:
            self._errands.read.emit()

    def _attempt(self, address: str, given: Credentials, cancelled: Cancelled) -> tuple[str, int]:
        place = read_address(address)
        return place.text, try_store(place, given, cancelled=cancelled)

    def _keep(self, address: str, given: Credentials) -> str:
        desk, clock = self._errands.desk, self._errands.work.desk.clock
        return stores.keep_store(desk, address, given, clock=clock, said=self._errands.person()) if desk else address

    def _kept(self, address: str) -> None:
        self._errands.read.emit()
        self.used.emit(address)

    def _use(self) -> None:
        address = self.table.current_key()
        if address is not None:
            self.used.emit(address)
            words = message(N_("Exchange goes through {address} from now on."), address=Verbatim(address))
            self._errands.said.emit(State.PASSED, words)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _list_again(self) -> None:
        self._stack.setCurrentIndex(0)
        (self.table if self._shown else self.add).setFocus()

    def _connect(self) -> None:
        self.add.clicked.connect(self.begin)
        self.test.clicked.connect(self.try_it)
        self.use.clicked.connect(self._use)
        self.remove.clicked.connect(self.ask_remove)
        self.removing.confirmed.connect(lambda why, _day: self.forget(why))
        self.removing.left.connect(self._list_again)
        self.set_up.kept.connect(self._kept)
        self.set_up.closed.connect(self._list_again)
        self.table.opened.connect(lambda _key: self.try_it())
        shortcut = QShortcut(QKeySequence("Del"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.ask_remove)

    def _arrange(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        for button in (self.add, self.test, self.use, self.remove):
            foot.addWidget(button)
        foot.addStretch(1)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        nest(column, foot)
        self._stack.addWidget(page)
        for form in (self.set_up, self.removing):
            scrolled = Page()
            scrolled.body.setContentsMargins(0, 0, 0, 0)
            scrolled.body.addWidget(form)
            scrolled.body.addStretch(1)
            self._stack.addWidget(scrolled)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)


def _row(one: KnownStore) -> Row:
    kind = read_address(one.address).kind
    lets = N_("password or secret key") if one.has_secret else N_("key file") if one.has_key else N_("nothing needed")
    sealed: Sayable = message(N_("sealed, never shown"))
    return Row(
        one.address,
        (
            Cell(Verbatim(one.address), tip=Verbatim(one.address), strong=True),
            Cell(_KINDS.get(kind, Verbatim(kind.value))),
            Cell(Verbatim(one.name or "—")),
            Cell(message(lets), below=sealed if one.has_secret or one.has_key else None),
        ),
    )
