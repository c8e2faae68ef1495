"""What a check says when its row is opened, and where its facts are asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.casework.fact_places import FactPlace
from officer_app.credit.assessment import CheckResult, Verdict
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.check_rows import sentence_of, tolerance_of
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.links import FactLinks


class CheckDetails(QWidget):
    """Formula, sentence, what to ask next, and the facts it is made of; `wanted(ref)` leads to a question."""

    wanted = Signal(str)

    def __init__(
        self, speech: Speech, check: CheckResult, places: tuple[FactPlace, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self.setProperty("ground", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * SPACE, SPACE + HALF, 2 * SPACE, SPACE + HALF)
        self._column.setSpacing(HALF)
        self._say(N_("What it says"), sentence_of(check))
        self._say(N_("How it is made"), check.formula)
        tolerance = tolerance_of(check)
        if tolerance is not None:
            self._say(N_("Tolerance"), tolerance)
        if check.ask_next is not None and check.verdict is not Verdict.PASSED:
            self._say(N_("Ask next"), check.ask_next)
        self.links = FactLinks(speech, places, self)
        self.links.wanted.connect(self.wanted)
        self._column.addWidget(self.links)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _say(self, title: str, words: Sayable) -> None:
        self._column.addWidget(Text(self._speech, message(title), Kind.SECTION, parent=self))
        self._column.addWidget(Text(self._speech, words, wrap=True, parent=self))
        self._column.addSpacing(HALF)


def places_wanted(check: CheckResult) -> tuple[str, ...]:
    """The facts to go to: what is missing first."""
    return tuple(dict.fromkeys((*check.missing, *check.paths)))
