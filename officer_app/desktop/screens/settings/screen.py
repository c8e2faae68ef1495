"""Settings: how the window looks, who this laptop is, its backup, its keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.nesting import nest_at
from officer_app.desktop.kit.shortcuts import Shortcuts
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.settings.appearance import AppearanceCard
from officer_app.desktop.screens.settings.backup import BackupCard
from officer_app.desktop.screens.settings.enrolment import EnrolmentCard
from officer_app.desktop.screens.settings.keys import KeysCard, VersionsCard
from officer_app.desktop.screens.settings.password import PasswordCard
from officer_app.desktop.screens.settings.retention import RetentionCard
from officer_app.desktop.widgets.screen import Head, Screen

_WIDEST: Final = 1160


class SettingsScreen(Screen):
    """Cards in two columns; each does its own work through the workplace."""

    def __init__(self, work: Workplace, appearance: Appearance, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._work = work
        self.looks = AppearanceCard(appearance)
        self.enrolment = EnrolmentCard(work)
        self.backup = BackupCard(work)
        self.retention = RetentionCard(work)
        self.password = PasswordCard(work)
        self.keys = KeysCard(appearance.speech, shortcuts)
        self.versions = VersionsCard(work)
        for card in (self.enrolment, self.backup, self.retention, self.password):
            card.faulted.connect(self.faulted)
            card.told.connect(self.told)
        self.enrolment.enrolled.connect(self._enrolled)
        self.retention.wanted.connect(lambda: self.go.emit(Place.RETENTION.value, None))
        self._arrange()

    def head(self) -> Head:
        return Head(message(N_("Settings")))

    def entered(self, what: object) -> None:  # noqa: ARG002  nothing is handed over
        self.enrolment.refresh()
        self.backup.refresh()
        self.retention.refresh()
        self.versions.refresh()
        self.keys.refresh()

    def _enrolled(self) -> None:
        self.versions.refresh()
        self._work.changed.emit()

    def _arrange(self) -> None:
        page = QWidget()
        page.setProperty("clear", True)
        inside = QWidget(page)
        inside.setMaximumWidth(_WIDEST)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2 * SPACE)
        for column, cards in enumerate(
            ((self.enrolment, self.backup, self.retention, self.versions), (self.looks, self.password, self.keys))
        ):
            stack = QVBoxLayout()
            stack.setSpacing(2 * SPACE)
            for card in cards:
                stack.addWidget(card)
            stack.addStretch(1)
            nest_at(grid, stack, 0, column)
            grid.setColumnStretch(column, 1)
        row = QHBoxLayout(page)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 3 * SPACE)
        row.addWidget(inside, 1)
        row.addStretch(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
