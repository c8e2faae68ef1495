"""What head office keeps, holds and deletes: what is due, the deletion with its progress, and the certificates."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.errors import Fault
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.intake.keeping_rows import (
    COLUMNS,
    DELETED_COLUMNS,
    WHICH,
    Which,
    case_rows,
    deleted_rows,
    remark,
    shown,
    summary,
)
from officer_app.desktop.screens.intake.office import Office
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList
from officer_app.desktop.widgets.confirm import Confirm
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import DataTable
from officer_app.desktop.widgets.text_field import LineField
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.holds import lift_hold, set_hold
from officer_app.headoffice.keeping import Keeping
from officer_app.headoffice.purging import Purged, purge
from officer_app.headoffice.retention import KeptCase, write_certificates
from officer_app.headoffice.warehouse import Warehouse

_BRANCH: Final = 248


class Kept(QWidget):
    """The list with its filters; before a deletion or a hold a page that asks why."""

    def __init__(self, errands: Office, store: LineField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech = errands.work.speech
        self._errands = errands
        self._store = store
        self._found: Keeping | None = None
        self._summary = Text(speech, kind=Kind.STRONG, wrap=True)
        self._remark = Text(speech, kind=Kind.MUTED, wrap=True)
        self.which, self.branch = ChoiceList(speech), ChoiceCombo(speech)
        self.which.show_options(tuple(Option(one.value, message(word)) for one, word in WHICH.items()))
        self._of_branch = Text(speech, message(N_("Branch")), Kind.MUTED)
        self.table, self.deleted = DataTable(speech), DataTable(speech)
        self._empty = EmptyState(speech)
        self.delete = Button(speech, None, Look.DANGER, icon=Icon.REMOVE, keys="Del")
        self.hold = Button(speech, message(N_("Keep it until further notice")), icon=Icon.SHIELD)
        self.lift = Button(speech, message(N_("Lift the hold")))
        self.certificates = Button(speech, message(N_("Save the certificates…")), icon=Icon.FOLDER)
        today = local_date(errands.work.desk.clock.now())
        self.deleting = Confirm(
            speech,
            today,
            knows=message(N_("I know that nothing brings these cases back")),
            does=message(N_("Delete for good")),
            secret=message(N_("Passphrase of head office")),
        )
        knows = message(N_("I know that everybody who has the file is told, with this reason"))
        self.holding = Confirm(speech, today, knows=knows, does=message(N_("Keep it")))
        self.lifting = Confirm(speech, today, knows=knows, does=message(N_("Lift the hold")))
        self._filters: tuple[QWidget, ...] = (self.which, self.branch, self._of_branch)
        self._acts = (self.delete, self.hold, self.lift, self.certificates)
        self._cards = (self.deleting, self.holding, self.lifting)
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    def show_keeping(self, found: Keeping | Fault) -> None:
        """How everything stands, or why nobody can tell."""
        if isinstance(found, Fault):
            self._found = None
            for part in (*self._filters, *self._acts, self.table, self.deleted, self._summary, self._remark):
                part.hide()
            self._empty.show_empty(Icon.SHIELD, found.sentence)
            self._empty.show()
            return
        self._found = found
        self._summary.set_text(summary(found))
        self._remark.set_text(remark(found))
        branches = sorted({one.branch for one in found.cases})
        self.branch.show_options(tuple(Option(name, Verbatim(name)) for name in branches))
        self._show()

    # --- what is done -----------------------------------------------------------------------------------------------

    def ask_delete(self) -> None:
        """Before what is due among those shown is deleted."""
        if self._found is None or not (self._due() or self._found.owed):
            return
        head = self._offer()
        detail = message(
            N_(
                "Facts, findings, papers and decisions go from the database, and the sealed pieces from the stores. "
                "Digests, numbers and signed certificates stay; what was deleted is not taken in again."
            )
        )
        self._turn_to(self.deleting)
        self.deleting.ask(head, detail)

    def drop(self, why: str) -> None:
        """Delete them, once head office's passphrase holds."""
        opened, passphrase = self._errands.open(), self.deleting.passphrase()
        if opened is None:
            return
        (desk, access), clock, said = opened, self._errands.work.desk.clock, self._errands.person(why)
        wanted = [one.case_id for one in self._due()]
        store = self._store.line.text().strip()

        def work(progress: Progress, cancelled: Cancelled) -> Purged:
            open_desk(access.folder, passphrase, issuing=False)
            stores = [store] if store else []
            return purge(
                desk,
                access.warehouse,
                stores,
                clock=clock,
                said=said,
                wanted=wanted,
                progress=progress,
                cancelled=cancelled,
            )

        self._list_again()
        self._errands.run(message(N_("Deleting for good")), work, self._deleted)

    def _deleted(self, done: Purged) -> None:
        told = {"count": len(done.certificates), "pieces": done.cleared.pieces}
        if done.stopped:
            words = N_("Stopped. {count:count} cases were deleted wholly; the rest is untouched.")
            self._said(State.LOOK, message(words, count=told["count"]))
        elif done.cleared.away:
            words = N_("Cases deleted for good: {count:count}. Not reached: {stores}. Delete once more later.")
            away = Verbatim(", ".join(done.cleared.away))
            self._said(State.LOOK, message(words, count=told["count"], stores=away))
        else:
            words = N_("Cases deleted for good: {count:count}. Sealed pieces gone from the stores: {pieces:count}.")
            self._said(State.PASSED, message(words, **told))

    def ask_hold(self) -> None:
        """Before the chosen case is held, or its hold is lifted."""
        one = self._chosen()
        if one is None:
            return
        page, head = self.holding, N_("Keep case {case} until further notice")
        if self._is_ours(one):
            page, head = self.lifting, N_("Lift the hold on case {case}")
        detail = N_("The reason is signed and goes to everybody who has the file: name nobody else in it.")
        self._turn_to(page)
        page.ask(message(head, case=Verbatim(one.number)), message(detail))

    def say(self, why: str) -> None:
        """Hold the chosen case, or lift head office's hold on it."""
        opened, one = self._errands.open(), self._chosen()
        if opened is None or one is None:
            return
        (desk, access), clock, said = opened, self._errands.work.desk.clock, self._errands.person(why)
        verb, lifts = (lift_hold, True) if self._is_ours(one) else (set_hold, False)

        def done(_nothing: None) -> None:
            self._list_again()
            words = (
                N_("The hold is lifted.") if lifts else N_("The case is held; everybody who has the file is told.")
            )
            self._said(State.PASSED, message(words))

        def work(_progress: Progress, _cancelled: Cancelled) -> None:
            verb(desk, access.warehouse, one.case_id, clock=clock, said=said)

        self._errands.run(None, work, done, self._not_said)

    def _not_said(self, fault: Fault) -> None:
        self._list_again()
        self._errands.faulted.emit(fault)
        self._errands.read.emit()

    def _ask_where(self) -> None:
        folder = choose_folder(self, self._errands.work.speech, message(N_("Where the certificates go")))
        if folder is not None:
            self.write(folder)

    def write(self, folder: Path) -> None:
        """Write every certificate with its signature."""
        opened = self._errands.open()
        if opened is None:
            return
        access = opened[1]

        def work(_progress: Progress, _cancelled: Cancelled) -> int:
            with Warehouse(access.warehouse) as there:
                return write_certificates(there, folder)

        def done(count: int) -> None:
            words = N_("{count:count} certificates are written, each with its signature.")
            self._said(State.PASSED, message(words, count=count))

        self._errands.run(None, work, done)

    # --- what stands here -------------------------------------------------------------------------------------------

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        gone = self.which.value() == Which.DELETED
        cases = shown(found, self.which.value(), self.branch.value())
        self.table.show_rows(case_rows(cases))
        self.deleted.show_rows(deleted_rows(found.certificates))
        if self.table.current_key() is None and cases:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self.table.setVisible(bool(cases) and not gone)
        self.deleted.setVisible(bool(found.certificates) and gone)
        nothing = not found.certificates if gone else not cases
        self._empty.setVisible(nothing)
        self._empty.show_empty(Icon.SHIELD, self._nothing(found))
        anything = bool(found.cases or found.certificates)
        for part in (self._summary, *self._filters):
            part.setVisible(anything)
        self.branch.setEnabled(not gone)
        self.certificates.setVisible(bool(found.certificates))
        self._able()

    def _nothing(self, found: Keeping) -> Sayable:
        if self.which.value() == Which.DELETED:
            return message(N_("Nothing was deleted so far. Each deletion leaves a signed certificate here."))
        if found.cases:
            return message(N_("No case is like this. Take a filter away to see more."))
        return message(N_("No case has ended yet. As soon as one has, the day on which it may go stands here."))

    def _able(self) -> None:
        found, one = self._found, self._chosen()
        self.delete.set_text(self._offer())
        self.delete.setVisible(found is not None and bool(self._due() or found.owed))
        ours = one is not None and self._is_ours(one)
        self.hold.setVisible(one is not None and not ours)
        self.lift.setVisible(ours)

    def _offer(self) -> Message:
        """What the red button does now."""
        due = len(self._due())
        if not due:
            return message(N_("Remove from the stores what is left"))
        return message(N_("Delete for good: {count:count}"), count=due)

    def _due(self) -> tuple[KeptCase, ...]:
        if self._found is None:
            return ()
        return tuple(one for one in shown(self._found, self.which.value(), self.branch.value()) if one.may_go)

    def _is_ours(self, one: KeptCase) -> bool:
        return one.hold is not None and one.hold.office

    def _chosen(self) -> KeptCase | None:
        if self._found is None or self.which.value() == Which.DELETED:
            return None
        key = self.table.current_key()
        return next((one for one in self._found.cases if one.case_id == key), None)

    def _turn_to(self, card: Confirm) -> None:
        self._stack.setCurrentIndex(1 + self._cards.index(card))

    def _list_again(self) -> None:
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def _said(self, state: State, words: Sayable) -> None:
        self._errands.said.emit(state, words)
        self._errands.read.emit()

    # --- building ---------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        for field in (self.which, self.branch):
            field.committed.connect(lambda _value: self._show())
        self.table.chosen.connect(lambda _key: self._able())
        self.delete.clicked.connect(self.ask_delete)
        for button in (self.hold, self.lift):
            button.clicked.connect(self.ask_hold)
        self.certificates.clicked.connect(self._ask_where)
        self.deleting.confirmed.connect(lambda why, _day: self.drop(why))
        for page in (self.holding, self.lifting):
            page.confirmed.connect(lambda why, _day: self.say(why))
        for page in self._cards:
            page.left.connect(self._list_again)
        shortcut = QShortcut(QKeySequence("Del"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.ask_delete)

    def _arrange(self) -> None:
        speech = self._errands.work.speech
        self.table.set_columns(COLUMNS)
        self.deleted.set_columns(DELETED_COLUMNS)
        speech.name(self.table, message(N_("Cases and their periods")))
        speech.name(self.deleted, message(N_("Deleted, with proof")))
        speech.name(self.branch, message(N_("Branch")))
        self.branch.setFixedWidth(_BRANCH)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        filters, foot = QHBoxLayout(), QHBoxLayout()
        for row in (filters, foot):
            row.setSpacing(SPACE)
        filters.addWidget(self.which, 1)
        filters.addWidget(self._of_branch)
        filters.addWidget(self.branch)
        for button in (self.hold, self.lift, self.certificates):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.delete)
        column.addWidget(self._summary)
        column.addWidget(self._remark)
        nest(column, filters)
        for part in (self.table, self.deleted, self._empty):
            column.addWidget(part, 1)
        nest(column, foot)
        self._stack.addWidget(page)
        for card in self._cards:
            self._stack.addWidget(_framed(card))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, HALF)
        around.addWidget(self._stack)


def _framed(card: Confirm) -> QWidget:
    """At the top of its page."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return page
