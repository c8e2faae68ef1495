"""Checks that do not apply, each with the officer's reason: something to weigh, and no tick."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from officer_app.base.words import N_, Verbatim, message
from officer_app.credit.assessment import LeftOut
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State


class LeftOutCard(Card):
    """Hidden while every check applies."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(State.NEUTRAL, parent=parent)
        self._speech = speech
        self._lines: list[Text] = []
        title = message(N_("Left out, because it does not apply here; the reasons are the officer's"))
        self.body.addWidget(Text(speech, title, Kind.SECTION, wrap=True))
        self.hide()

    def show_left_out(self, left_out: tuple[LeftOut, ...]) -> None:
        """Show these; none hides the card."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [self._line(one) for one in left_out]
        self.setVisible(bool(left_out))

    def _line(self, one: LeftOut) -> Text:
        words = message(N_("{check}: {reason}"), check=one.title, reason=Verbatim(one.reason))
        line = Text(self._speech, words, wrap=True, parent=self)
        self.body.addWidget(line)
        return line
