"""What falls due when, what is held and why, the deletion with its progress, and the certificates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, message
from officer_app.casework.deleting import Deleted, delete_due, write_certificates
from officer_app.casework.holds import end_consent, lift_hold, set_hold
from officer_app.casework.retention import Overview, overview
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.retention.rows import (
    COLUMNS,
    DELETED_COLUMNS,
    deleted_rows,
    item_rows,
    remarks,
    summary,
)
from officer_app.desktop.screens.retention.subject import SubjectCard
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import DataTable
from officer_app.trust.certificates import Role

_TABLE = 272


class RetentionScreen(Screen):
    """The list first, then the case at hand, then the one act that cannot be taken back, then its proofs."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._job: Job | None = None
        self._now: Overview | None = None
        self._arrived = False
        speech, roles = work.speech, work.desk.roles
        self.back = Button(speech, message(N_("To the settings")), Look.QUIET)
        self._summary = Text(speech, None, Kind.STRONG, wrap=True)
        self._remark = Card(State.LOOK)
        self._remarks = Text(speech, None, wrap=True)
        self.table = DataTable(speech)
        self.subject = SubjectCard(speech, holds=Role.MANAGER in roles, consents=Role.OFFICER in roles)
        self.box = PassphraseBox(speech, message(N_("Your passphrase")))
        self.delete = Button(speech, None, Look.DANGER, icon=Icon.REMOVE, keys="Ctrl+Enter")
        self.progress = ProgressStrip(speech)
        self._act = Card()
        self.deleted = DataTable(speech)
        self._deleted_title = Text(speech, message(N_("Deleted, with proof")), Kind.SECTION)
        self.certificates = Button(speech, message(N_("Save the certificates…")), icon=Icon.FOLDER)
        self._proofs: tuple[QWidget, ...] = (self.deleted, self._deleted_title, self.certificates)
        self._empty = EmptyState(speech)
        self._arrange()
        self._connect()

    def head(self) -> Head:
        return Head(
            message(N_("Keeping and deleting")),
            message(N_("Nothing goes before head office's receipt")),
            actions=(self.back,),
        )

    def entered(self, what: object) -> None:
        del what
        self._arrived = True
        self.read()

    def read(self) -> None:
        """Look at every case anew."""
        desk = self._work.desk
        self._work.run(lambda _p, _c: overview(desk), self._show, failed=self._failed, owner=self)

    def start(self) -> None:
        """Delete what may be deleted, once the password is there."""
        now, desk = self._now, self._work.desk
        if now is None or self._job is not None or not (now.due or now.sealed):
            return
        if not self.box.passphrase():
            self.box.setFocus()
            return
        wanted, passphrase = tuple(item.case for item in now.due), self.box.passphrase()
        opened = self._work.open_case
        if opened is not None and opened.case_id in wanted:
            self._work.close_case()
        self.delete.setEnabled(False)
        self.progress.start(message(N_("Deleting for good")))
        job = self._work.run(
            lambda progress, cancelled: delete_due(desk, wanted, passphrase, progress, cancelled),
            self._done,
            failed=self._failed,
            progress=self.progress.tick,
            owner=self,
        )
        self.box.clear()
        if job.is_running:
            self._job = job

    def save_certificates(self, folder: Path) -> None:
        """Write every certificate with its signature into a folder."""
        desk = self._work.desk
        self._work.run(lambda _p, _c: write_certificates(desk, folder), self._saved, failed=self._failed, owner=self)

    # --- what stands here ------------------------------------------------------------------------------------------

    def _show(self, now: Overview) -> None:
        self._now = now
        self._summary.set_text(summary(now))
        self._show_remarks(now)
        self.table.show_rows(item_rows(now))
        self.deleted.show_rows(deleted_rows(now.deleted))
        self.deleted.fit_height()
        self.table.setVisible(bool(now.items))
        self._summary.setVisible(bool(now.items))
        for part in self._proofs:
            part.setVisible(bool(now.deleted))
        self._empty.setVisible(not now.items)
        self._act.setVisible(bool(now.due or now.sealed))
        words = N_("Delete for good: {count:count}")
        if not now.due:
            words = N_("Delete {count:count} sealed deliveries that head office has")
        self.delete.set_text(message(words, count=len(now.due) or now.sealed))
        self._able()
        self._choose(self.table.current_key() or "")
        if self._arrived:
            self._arrived = False
            (self.table if now.items else self.back).setFocus()

    def _show_remarks(self, now: Overview) -> None:
        said = remarks(now)
        self._remark.setVisible(bool(said))
        lines = {f"line{place}": one for place, one in enumerate(said)}
        self._remarks.set_text(message("\n".join(f"{{{name}}}" for name in lines), **lines))

    def _choose(self, key: str) -> None:
        items = self._now.items if self._now is not None else ()
        self.subject.show_item(next((item for item in items if item.case == key), None))

    def _able(self) -> None:
        self.delete.setEnabled(self._job is None and bool(self.box.passphrase()))

    # --- what is done ----------------------------------------------------------------------------------------------

    def _done(self, done: Deleted) -> None:
        self._over()
        count = len(done.certificates)
        words = message(N_("Cases deleted for good: {count:count}. The certificates go out next."), count=count)
        if not count:
            words = message(N_("{count:count} sealed files were deleted."), count=done.sealed)
        if done.stopped:
            words = message(
                N_("Stopped. {count:count} cases were deleted wholly; the rest is untouched."), count=count
            )
        self.told.emit(News("deleted", State.LOOK if done.stopped else State.PASSED, words))
        self._work.changed.emit()
        self.read()

    def _saved(self, written: tuple[Path, ...]) -> None:
        words = message(N_("{count:count} certificates are written, each with its signature."), count=len(written))
        self.told.emit(News("certificates", State.PASSED, words))

    def _failed(self, fault: Fault) -> None:
        self._over()
        self.faulted.emit(fault)

    def _over(self) -> None:
        self._job = None
        self.progress.finish()
        self._able()

    def _say(self, verb: Callable[..., object], case: str, reason: str) -> None:
        desk = self._work.desk
        self._work.run(
            lambda _p, _c: verb(desk, CaseId(case), reason),
            lambda _record: self._said(),
            failed=self._failed,
            owner=self,
        )

    def _said(self) -> None:
        self.subject.reason.turn_to("")
        self._work.changed.emit()
        self.read()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ask_where(self) -> None:
        folder = choose_folder(self, self._work.speech, message(N_("Where the certificates go")))
        if folder is not None:
            self.save_certificates(folder)

    # --- building --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.go.emit(Place.SETTINGS.value, None))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _key: self.subject.reason.setFocus())
        self.subject.held.connect(partial(self._say, set_hold))
        self.subject.lifted.connect(partial(self._say, lift_hold))
        self.subject.ended.connect(partial(self._say, end_consent))
        self.box.edited.connect(self._able)
        self.box.entered.connect(self.start)
        self.delete.clicked.connect(self.start)
        self.progress.cancelled.connect(self._stop)
        self.certificates.clicked.connect(self._ask_where)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.start)

    def _arrange(self) -> None:
        speech, page = self._work.speech, Page(self)
        page.body.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        self.table.set_columns(COLUMNS)
        self.table.setMinimumHeight(_TABLE)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.deleted.set_columns(DELETED_COLUMNS)
        speech.name(self.table, message(N_("Cases and their periods")))
        speech.name(self.deleted, message(N_("Deleted, with proof")))
        self._empty.show_empty(
            Icon.SHIELD,
            message(
                N_("No case is kept on this laptop. As soon as one is, the day on which it falls due stands here.")
            ),
        )
        self._remark.body.addWidget(self._remarks)
        self._lay_act()
        head = QHBoxLayout()
        head.addWidget(self._deleted_title, 1)
        head.addWidget(self.certificates)
        upper: tuple[QWidget, ...] = (self._summary, self._remark, self.table, self._empty, self.subject, self._act)
        for part in upper:
            page.body.addWidget(part, int(part in (self.table, self._empty)))
        nest(page.body, head)
        page.body.addWidget(self.deleted)
        for part in (self._remark, self._act, self._empty, *self._proofs):
            part.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    def _lay_act(self) -> None:
        speech, row = self._work.speech, QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.box, 1)
        row.addWidget(self.delete)
        nest(self._act.body, row)
        hint = message(
            N_(
                "Answers, pictures, papers and their key are destroyed, one case after the other; nothing brings "
                "them back. A signed certificate stays, and head office gets it."
            )
        )
        self._act.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True))
        self._act.body.addWidget(self.progress)
