"""What became of the version before: what was decided on it, and which facts are others now."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.changes import Change, History
from officer_app.casework.decisions import OUTCOMES
from officer_app.casework.fact_places import name_of
from officer_app.credit.vocabulary import spec_of
from officer_app.desktop.kit.case_words import fact_value
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.dossier.records import Outcome

_SHOWN: Final = 12


class HistoryCard(Card):
    """Decision and reason, then the facts that changed; the rest is counted."""

    def __init__(self, speech: Speech, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(HALF)
        title = message(N_("Since version {version:count}"), version=history.version)
        self.body.addWidget(Text(speech, title, Kind.SECTION, parent=self))
        decided = history.decision
        if decided is not None:
            what = message(
                N_("{outcome} by {name}: {reason}"),
                outcome=message(OUTCOMES[Outcome(decided.outcome)]),
                name=decided.by,
                reason=decided.reason,
            )
            self.body.addWidget(Text(speech, what, wrap=True, parent=self))
        if not history.changes:
            none = message(N_("No fact is another one than before."))
            self.body.addWidget(Text(speech, none, Kind.MUTED, wrap=True, parent=self))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for row, change in enumerate(history.changes[:_SHOWN]):
            now = message("→ {value}", value=fact_value(change.path, change.now))
            for place, words in enumerate((_name(change), fact_value(change.path, change.before), now)):
                kind = (Kind.SMALL, Kind.HINT, Kind.SMALL)[place]
                text = Text(speech, words, kind, wrap=place == 2, parent=self)
                speech.tip(text, Verbatim(change.path))
                grid.addWidget(text, row, place)
        nest(self.body, grid)
        more = len(history.changes) - _SHOWN
        if more > 0:
            rest = message(N_("and {count:count} more"), count=more)
            self.body.addWidget(Text(speech, rest, Kind.HINT, parent=self))


def _name(change: Change) -> Sayable:
    return name_of(change.path) if spec_of(change.path) is not None else Verbatim(change.path)
