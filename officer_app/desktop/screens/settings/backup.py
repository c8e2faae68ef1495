"""The backup of this laptop, and the look at everything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from officer_app.base.clock import local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.keeping import back_up, last_backup, look_over
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.settings.card import SettingsCard
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State
from officer_app.vault.backups import BackupResult
from officer_app.vault.verify import Report


class BackupCard(SettingsCard):
    """Back up into a folder of one's choice; verify what is here."""

    def __init__(self, work: Workplace) -> None:
        speech = work.speech
        super().__init__(speech, message(N_("Backup and check")))
        self._work = work
        self._job: Job | None = None
        self._last = Text(speech, None, wrap=True, parent=self)
        self.back_up = Button(speech, message(N_("Back up to a folder")), icon=Icon.FOLDER)
        self.verify = Button(speech, message(N_("Check everything")), icon=Icon.SHIELD)
        self.progress = ProgressStrip(speech, parent=self)
        hint = message(N_("Best a stick kept apart from the laptop. The copy is as encrypted as the original."))
        row = QHBoxLayout()
        row.addWidget(self.back_up)
        row.addWidget(self.verify)
        row.addStretch(1)
        self.body.addWidget(self._last)
        nest(self.body, row)
        self.body.addWidget(self.progress)
        self.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True, parent=self))
        self.back_up.clicked.connect(self._ask_where)
        self.verify.clicked.connect(self.start_check)
        self.progress.cancelled.connect(self._cancel)

    def refresh(self) -> None:
        """Say when the last one was."""
        desk = self._work.desk
        self._work.run(lambda _p, _c: last_backup(desk), self._show_last, owner=self)

    def _show_last(self, text: str) -> None:
        if not text:
            self._last.set_text(message(N_("No backup has been made yet.")))
            return
        self._last.set_text(message(N_("Last backup {at:moment}"), at=local_time(datetime.fromisoformat(text))))

    def _ask_where(self) -> None:
        folder = choose_folder(self, self.speech, message(N_("Back up to a folder")))
        if folder is not None:
            self.start_backup(folder)

    def start_backup(self, folder: Path) -> None:
        """Copy everything new into the folder."""
        desk = self._work.desk
        self._begin(message(N_("Backing up")))
        self._job = self._work.run(
            lambda progress, cancelled: back_up(desk, folder, progress, cancelled),
            self._backed_up,
            failed=self._failed,
            progress=self.progress.tick,
            owner=self,
        )

    def start_check(self) -> None:
        """Look at every page, row, file and log entry."""
        desk = self._work.desk
        self._begin(message(N_("Checking")))
        self._job = self._work.run(
            lambda progress, cancelled: look_over(desk, progress, cancelled),
            self._checked,
            failed=self._failed,
            progress=self.progress.tick,
            owner=self,
        )

    def _begin(self, what: Message) -> None:
        self.back_up.setEnabled(False)
        self.verify.setEnabled(False)
        self.progress.start(what)

    def _over(self) -> None:
        self.progress.finish()
        self.back_up.setEnabled(True)
        self.verify.setEnabled(True)
        self._job = None

    def _backed_up(self, result: BackupResult) -> None:
        self._over()
        self.refresh()
        words = message(
            N_("The backup is complete: {copied:count} of {files:count} files were new."),
            copied=result.copied,
            files=result.files,
        )
        self.told.emit(News("backup", State.PASSED, words, Verbatim(str(result.folder))))

    def _checked(self, report: Report) -> None:
        self._over()
        if report.ok:
            words = message(
                N_("Everything is whole. Cases: {cases:count}, files: {files:count}, log entries: {events:count}."),
                cases=report.cases,
                files=report.blobs,
                events=report.events,
            )
            self.told.emit(News("check", State.PASSED, words))
            return
        first = report.problems[0]
        words = message(N_("{count:count} things are not as they should be."), count=len(report.problems))
        self.told.emit(News("check", State.STOP, words, first.sentence))

    def _failed(self, fault: Fault) -> None:
        self._over()
        if fault.code is not Code.CANCELLED:
            self.faulted.emit(fault)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
