"""Conditions of an approval: before payout, after payout, and the standard ones of the policy to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, message
from officer_app.credit.conditions import WHEN_LABELS, StandardCondition, When
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import TextArea
from officer_app.dossier.records import ConditionTerm

# Days as people write them into a condition: 30天内, 30日, within 30 days.
_DAYS: Final = re.compile(r"(\d{1,4})\s*(?:天|日(?!期)|days?\b)")
_LISTED: Final = {
    When.BEFORE: N_("Conditions before payout, one a line"),
    When.AFTER: N_("Conditions after payout, one a line"),
}


class Conditions(QWidget):
    """Two texts, one condition a line. `changed()` after every key."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._standard: tuple[StandardCondition, ...] = ()
        self.before = TextArea(speech, rows=2, parent=self)
        self.after = TextArea(speech, rows=2, parent=self)
        self.choose = Button(speech, message(N_("Standard condition")), Look.QUIET, icon=Icon.ADD, parent=self)
        self._label = Text(speech, kind=Kind.HINT, parent=self)
        self._after_label = Text(speech, message(_LISTED[When.AFTER]), Kind.HINT, parent=self)
        speech.name(self.after.text, message(_LISTED[When.AFTER]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        for part in (self._label, self.before, self._after_label, self.after, self.choose):
            column.addWidget(part)
        for area in (self.before, self.after):
            area.text.textChanged.connect(self.changed)
        self.choose.clicked.connect(self._offer)

    def begin(self, standard: tuple[StandardCondition, ...], before: str, after: str) -> None:
        """Another file, with what its policy offers and what was typed on it before."""
        self._standard = standard
        self.before.turn_to(before)
        self.after.turn_to(after)

    def show_for(self, label: Message | None, *, conditions: bool) -> None:
        """Conditions, or with another label one list of something else; None hides everything."""
        self.setVisible(label is not None)
        words = message(_LISTED[When.BEFORE]) if conditions else label
        self._label.set_text(words)
        if words is not None:
            self._speech.name(self.before.text, words)
        for part in (self._after_label, self.after):
            part.setVisible(conditions)
        self.choose.setVisible(conditions and bool(self._standard))

    def lines(self) -> tuple[str, ...]:
        """The lines of the first list."""
        return _lines(self.before)

    def conditions(self) -> tuple[tuple[str, ConditionTerm], ...]:
        """Every condition with its time; a standard one keeps its code."""
        return tuple(
            (line, self._term(line, when))
            for when, area in ((When.BEFORE, self.before), (When.AFTER, self.after))
            for line in _lines(area)
        )

    def add(self, code: str) -> None:
        """Put a standard condition into its list, in the language of the window, once."""
        one = next(found for found in self._standard if found.code == code)
        area = self.before if one.when is When.BEFORE else self.after
        words = self._speech.say(one.words)
        if words not in _lines(area):
            area.text.setPlainText("\n".join((*_lines(area), words)))

    def finish(self) -> None:
        """Keep what is being typed."""
        self.before.finish()
        self.after.finish()

    def _term(self, line: str, when: When) -> ConditionTerm:
        for one in self._standard:
            if line in (one.words.chinese, one.words.english) and one.when is when:
                return ConditionTerm(when, one.days, one.code)
        days = _DAYS.search(line)
        return ConditionTerm(when, int(days.group(1)) if days else None)

    def _offer(self) -> None:
        """The menu lives while it is open; its words are in the language of the moment."""
        menu = QMenu(self)
        for when in When:
            menu.addSection(self._speech.say(message(WHEN_LABELS[when])))
            for one in self._offered(when):
                menu.addAction(self._speech.say(one.words)).triggered.connect(partial(self._added, one.code))
        menu.exec(self.choose.mapToGlobal(self.choose.rect().bottomLeft()))
        menu.deleteLater()

    def _added(self, code: str, _checked: bool = False) -> None:
        self.add(code)

    def _offered(self, when: When) -> Iterator[StandardCondition]:
        return (one for one in self._standard if one.when is when)


def _lines(area: TextArea) -> tuple[str, ...]:
    return tuple(line.strip() for line in area.text.toPlainText().splitlines() if line.strip())
