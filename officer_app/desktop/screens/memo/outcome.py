"""What became of a version that was handed over: where it is, what was decided, and the bundle of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Bilingual, Message, Sayable, Verbatim, message
from officer_app.casework.decisions import OUTCOMES
from officer_app.casework.handed import HandedOver
from officer_app.credit.conditions import When
from officer_app.desktop.kit.arithmetic import megabytes
from officer_app.desktop.kit.case_words import DELIVERIES, STATES
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.dossier.records import ConditionTerm, Decision, Outcome, Override
from officer_app.vault.records import CaseState, Delivery

_MEGABYTE: Final = 1_000_000
_TONES: Final = {
    Outcome.APPROVE: State.PASSED,
    Outcome.APPROVE_WITH_CONDITIONS: State.PASSED,
    Outcome.ESCALATE: State.LOOK,
    Outcome.RETURN: State.LOOK,
    Outcome.REFUSE: State.STOP,
}
_DELIVERED: Final = {
    Delivery.NONE: State.CANNOT_TELL,
    Delivery.QUEUED: State.LOOK,
    Delivery.SENT: State.LOOK,
    Delivery.RECEIVED: State.PASSED,
}


class OutcomePanel(QWidget):
    """`exchange_wanted()`, `bundle_wanted()`."""

    exchange_wanted = Signal()
    bundle_wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE + HALF)
        self._shown: list[QWidget] = []
        self.next: Button | None = None
        self.bundle = Button(speech, message(N_("Evidence bundle")), icon=Icon.FOLDER, parent=self)
        self.bundle.clicked.connect(self.bundle_wanted)
        self.bundle.hide()
        self._column.addWidget(self.bundle)
        self._column.addStretch(1)

    def show_handed(self, handed: HandedOver, *, whole: bool = True) -> None:
        """Everything of a submitted version; of a returned one, whose next is in work, the decision alone."""
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.next = [], None
        if handed.decision is not None:
            self._put(self._decided(handed.decision))
        if whole:
            self._put(self._sealed(handed))
            self._put_next(handed)
        self.bundle.setVisible(whole)

    def _put(self, widget: QWidget) -> None:
        self._shown.append(widget)
        self._column.insertWidget(len(self._shown) - 1, widget)
        widget.show()

    def _sealed(self, handed: HandedOver) -> Card:
        card = Card(margin=SPACE + HALF, parent=self)
        pills = QHBoxLayout()
        pills.setSpacing(HALF)
        state = Pill(self._speech, State.INFO, message(STATES[handed.case.state]), card)
        delivery = Pill(
            self._speech, _DELIVERED[handed.case.delivery], message(DELIVERIES[handed.case.delivery]), card
        )
        pills.addWidget(state)
        pills.addWidget(delivery)
        pills.addStretch(1)
        nest(card.body, pills)
        dossier = handed.dossier
        sealed = message(
            N_("Version {version:count}, {at:moment}"), version=dossier.version, at=local_time(dossier.at)
        )
        inside = message(N_("{parts:count} files, {size}"), parts=len(dossier.parts), size=_size(handed.size))
        for title, words in (
            (N_("Sealed version"), sealed),
            (N_("What is in it"), inside),
            (N_("Fingerprint (SHA-256)"), Verbatim(_spaced(dossier.digest))),
            (N_("Waits to be sent"), _waiting(handed)),
        ):
            self._line(card, title, words)
        return card

    def _decided(self, decision: Decision) -> Card:
        card = Card(_TONES[decision.outcome], margin=SPACE + HALF, parent=self)
        pills = QHBoxLayout()
        pills.addWidget(Pill(self._speech, _TONES[decision.outcome], message(OUTCOMES[decision.outcome]), card))
        pills.addStretch(1)
        nest(card.body, pills)
        if decision.amount is not None:
            amount = message(
                N_("{amount:money} for {months} months"),
                amount=decision.amount,
                months=str(decision.term_months or "—"),
            )
            card.body.addWidget(Text(self._speech, amount, Kind.HEAD, wrap=True, parent=card))
        by = message(N_("{who}, {at:moment}"), who=decision.decided_by.name, at=local_time(decision.decided_at))
        self._line(card, N_("Decided by"), by)
        if decision.valid_until is not None:
            self._line(card, N_("Valid until"), message("{on:date}", on=decision.valid_until))
        self._line(card, N_("Reason"), Verbatim(decision.reason))
        for when, title in (
            (When.BEFORE, N_("Conditions before payout")),
            (When.AFTER, N_("Conditions after payout")),
        ):
            if due := [_due(line, term) for line, term in decision.dated_conditions if term.when is when]:
                self._listed(card, title, due)
        if decision.overrides:
            self._listed(card, N_("Rules set aside"), [_set_aside(one) for one in decision.overrides])
        return card

    def _listed(self, card: Card, title: str, lines: Sequence[Sayable]) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text(self._speech, message(title), Kind.HINT, parent=card))
        for line in lines:
            column.addWidget(Text(self._speech, line, wrap=True, parent=card))
        nest(card.body, column)

    def _put_next(self, handed: HandedOver) -> None:
        if handed.case.state is not CaseState.SUBMITTED:
            return
        if handed.case.delivery is Delivery.QUEUED:
            self._put(
                Text(
                    self._speech, message(N_("It reaches the manager with the next exchange.")), Kind.SMALL, wrap=True
                )
            )
            self.next = Button(
                self._speech, message(N_("Go to the exchange")), Look.PRIMARY, icon=Icon.EXCHANGE, keys="Ctrl+Enter"
            )
            self.next.clicked.connect(self.exchange_wanted)
            self._put(self.next)

    def _line(self, card: Card, title: str, words: Sayable) -> None:
        line = QVBoxLayout()
        line.setSpacing(0)
        line.addWidget(Text(self._speech, message(title), Kind.HINT, parent=card))
        line.addWidget(Text(self._speech, words, wrap=True, parent=card))
        nest(card.body, line)


def _due(line: str, term: ConditionTerm) -> Sayable:
    if term.due_days is None:
        return Verbatim(f"· {line}")
    return message(N_("· {words} (within {days:count} days)"), words=Verbatim(line), days=term.due_days)


def _set_aside(one: Override) -> Message:
    return message(N_("· {rule}: {why}"), rule=Bilingual(one.sentence, one.sentence_zh), why=Verbatim(one.reason))


def _waiting(handed: HandedOver) -> Message:
    if not handed.waiting_bytes:
        return message(N_("Nothing, it has been sent"))
    return _size(handed.waiting_bytes)


def _size(size: int) -> Message:
    if size < _MEGABYTE:
        return message(N_("{size:count} kB"), size=max(1, round(size / 1_000)))
    return message(N_("{size} MB"), size=megabytes(size))


def _spaced(digest: str) -> str:
    """Hexadecimal in groups of eight, so that a line can break."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
