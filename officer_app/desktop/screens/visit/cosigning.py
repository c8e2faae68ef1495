"""The second officer signs the visit: own name, own passphrase, on this laptop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.errors import Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.cosigning import Signed, Standing, colleagues, cosign, standing_of
from officer_app.casework.gate import two_sign
from officer_app.casework.visits import Visit, resume_visit
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State
from officer_app.vault.records import CosignRecord, UserRecord

KEYS: Final = "F10"
_WIDEST: Final = 720
_STATES: Final = {
    Signed.NOBODY: State.CANNOT_TELL,
    Signed.WAITING: State.LOOK,
    Signed.CHANGED: State.LOOK,
    Signed.SIGNED: State.PASSED,
}


class CosignPanel(QWidget):
    """Who has signed which visit and who has not, and the place to do it. `closed()`, `signed()`, `told(News)`."""

    closed = Signal()
    signed = Signal()
    told = Signal(object)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        speech = work.speech
        self._title = Text(speech, message(N_("Signature of the second officer")), Kind.HEAD, wrap=True, parent=self)
        self._close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._needed = Text(speech, None, wrap=True, parent=self)
        self._visits = QVBoxLayout()
        self.who = ChoiceList(speech, stacked=True)
        self.box = PassphraseBox(speech, message(N_("The second officer's own password")))
        self._who_row = FieldRow(speech, self.who, self)
        self._nobody = Text(speech, None, Kind.MUTED, wrap=True, parent=self)
        self._what = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self._error = Text(speech, None, Kind.ERROR, wrap=True, parent=self)
        self.sign = Button(speech, message(N_("Sign this visit")), Look.PRIMARY, icon=Icon.SIGN, keys="Ctrl+Enter")
        self._arrange()
        self._connect()

    def show_case(self, opened: OpenCase) -> None:
        """Who has signed; and who could."""
        self._error.set_text(None)
        self.box.clear()
        self._show_standing(opened)
        desk = self._work.desk
        self._work.run(lambda _progress, _cancelled: colleagues(desk), self._show_colleagues, owner=self)

    def error(self) -> str:
        """Why it was not signed, or nothing."""
        return "" if self._error.isHidden() else self._error.text()

    def try_signing(self) -> None:
        """Hand the passphrase over and forget it here."""
        opened, login, passphrase = self._work.open_case, self.who.value(), self.box.passphrase()
        if opened is None or not may_change(opened) or self.sign.isHidden():
            return
        if not login or not passphrase:
            (self.box if login else self.who).setFocus()
            return
        self.box.clear()
        desk, visit = self._work.desk, opened.visit.record.id

        def work(_progress: object, _cancelled: object) -> CosignRecord:
            return cosign(desk, resume_visit(desk, visit), login, passphrase)

        self._work.run(work, self._signed, failed=self._refused, owner=self)

    def _signed(self, record: CosignRecord) -> None:
        opened = self._work.open_case
        if opened is None or opened.visit.record.id != record.visit:
            return
        opened.visit.cosigns = (*opened.visit.cosigns, record)
        self._error.set_text(None)
        self._show_standing(opened)
        self.signed.emit()
        name = _standing(opened, opened.visit).name
        words = message(N_("{name} has signed this visit."), name=Verbatim(name))
        self.told.emit(News("cosigned", State.PASSED, words))

    def _refused(self, fault: Fault) -> None:
        self._error.set_text(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
        self.box.setFocus()

    def _show_standing(self, opened: OpenCase) -> None:
        needed = N_("The policy asks for two officers on this case, and for both signatures.")
        free = N_("The policy does not ask for a second signature on this case; it may be given all the same.")
        self._needed.set_text(message(needed if two_sign(opened.findings) else free))
        clear(self._visits)
        for number, visit in enumerate((*opened.visit.earlier, opened.visit), start=1):
            self._visits.addWidget(self._line(number, opened, visit))

    def _line(self, number: int, opened: OpenCase, visit: Visit) -> QWidget:
        found = _standing(opened, visit)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(
            Text(self._work.speech, message(N_("Visit {number:count}"), number=number), Kind.STRONG, parent=line)
        )
        row.addWidget(Pill(self._work.speech, _STATES[found.state], _words(found), line))
        row.addStretch(1)
        return line

    def _show_colleagues(self, found: tuple[UserRecord, ...]) -> None:
        opened = self._work.open_case
        editable = opened is not None and may_change(opened)
        usable = bool(found) and editable
        for part in (self._who_row, self.box, self._what, self.sign):
            part.setVisible(usable)
        nobody = N_("Nobody else is enrolled on this laptop: the colleague signs in here once and is enrolled.")
        self._nobody.set_text(message(nobody) if not found else None)
        self.who.show_options(tuple(Option(one.login, Verbatim(f"{one.full_name} · {one.login}")) for one in found))
        self.who.turn_to(found[0].login if len(found) == 1 else "")
        if usable:
            (self.box if len(found) == 1 else self.who).setFocus()
        else:
            self._close.setFocus()

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self.sign.clicked.connect(self.try_signing)
        self.box.entered.connect(self.try_signing)
        self.box.edited.connect(lambda: self._error.set_text(None))
        self.who.left.connect(self.box.setFocus)
        for keys, action in (
            ("Esc", self.closed.emit),
            ("Ctrl+Return", self.try_signing),
            ("Ctrl+Enter", self.try_signing),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _arrange(self) -> None:
        self._who_row.show_words(message(N_("Who came along")))
        self._who_row.stack()  # at the left edge of everything else here
        self._what.set_text(
            message(
                N_(
                    "Signed are the answers and pictures of the newest visit as they stand now. "
                    "When one of them is changed later, it has to be signed again."
                )
            )
        )
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        nest(column, head)
        column.addWidget(self._needed)
        self._visits.setSpacing(SPACE)
        nest(column, self._visits)
        for part in (self._nobody, self._who_row, self.box, self._what, self._error):
            part.setMaximumWidth(_WIDEST)
            column.addWidget(part)
        column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._error.hide()


def _standing(opened: OpenCase, visit: Visit) -> Standing:
    return standing_of(visit, (one.record for one in opened.findings.photos))


def _words(found: Standing) -> Sayable:
    name = Verbatim(found.name)
    if found.state is Signed.SIGNED and found.record is not None:
        return message(N_("signed by {name}, {at:moment}"), name=name, at=local_time(found.record.at))
    if found.state is Signed.CHANGED:
        return message(N_("changed since {name} signed: sign again"), name=name)
    if found.state is Signed.WAITING:
        return message(N_("{name} has not signed yet"), name=name)
    return message(N_("no second officer named"))


def chip_words(opened: OpenCase) -> tuple[State, Sayable] | None:
    """How the second signature under the newest visit stands, once somebody is known to have come along."""
    found = _standing(opened, opened.visit)
    return None if found.state is Signed.NOBODY else (_STATES[found.state], _words(found))
