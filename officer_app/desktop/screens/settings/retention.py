"""The way to keeping and deleting."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from officer_app.base.words import N_, message
from officer_app.casework.retention import KEEPERS
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.settings.card import SettingsCard
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Kind, Text


class RetentionCard(SettingsCard):
    """`wanted` leads to the page, which looks at every case; here nothing waits for that."""

    wanted = Signal()

    def __init__(self, work: Workplace) -> None:
        speech = work.speech
        super().__init__(speech, message(N_("Keeping and deleting")))
        self._work = work
        self.open = Button(speech, message(N_("Periods, holds, certificates")), icon=Icon.CLOCK)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch(1)
        nest(self.body, row)
        hint = message(N_("Nothing is deleted by itself, and nothing before head office's receipt."))
        self.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True, parent=self))
        self.open.clicked.connect(self.wanted)

    def refresh(self) -> None:
        """Whoever keeps no cases, or works for nobody yet, has nothing to see here."""
        desk = self._work.desk
        self.setVisible(desk.institution is not None and bool(desk.roles & set(KEEPERS)))
