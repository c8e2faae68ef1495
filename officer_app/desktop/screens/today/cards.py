"""The cards beside the day: what came back, what waits to be sent, what must not be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.delivery import Status
from officer_app.casework.today import Day
from officer_app.desktop.kit.arithmetic import megabytes
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.vault.records import CaseState

_OLD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that follows from the data."""

    state: State
    words: Sayable
    below: Sayable | None = None


class RemindersCard(Card):
    """A list of reminders, or the word that there is nothing."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._speech = speech
        self._lines: list[QWidget] = []
        self.body.addWidget(Text(speech, message(N_("Reminders")), Kind.SECTION, parent=self))
        self._nothing = Text(speech, message(N_("Nothing to remember.")), Kind.MUTED, parent=self)
        self.body.addWidget(self._nothing)

    def show_reminders(self, reminders: tuple[Reminder, ...]) -> None:
        """These, the gravest first."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(reminder) for reminder in reminders]
        for line in self._lines:
            self.body.addWidget(line)
        self._nothing.setVisible(not reminders)

    def _line(self, reminder: Reminder) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        pill = Pill(self._speech, reminder.state, Verbatim(""), line)
        self._speech.name(pill, reminder.state.word)
        row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text(self._speech, reminder.words, wrap=True, parent=line))
        if reminder.below is not None:
            column.addWidget(Text(self._speech, reminder.below, Kind.HINT, wrap=True, parent=line))
        nest(row, column, 1)
        return line


class ExchangeCard(Card):
    """What waits, what was sent, what has arrived. `wanted()` opens the exchange."""

    wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._pills = QWidget(self)
        flow = FlowLayout(self._pills)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(HALF)
        self._waiting = Pill(speech, State.NEUTRAL, None, self._pills)
        self._sent = Pill(speech, State.NEUTRAL, None, self._pills)
        self._received = Pill(speech, State.PASSED, None, self._pills)
        for pill in (self._waiting, self._sent, self._received):
            flow.addWidget(pill)
        self._last = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        button = Button(speech, message(N_("Open the exchange")), Look.QUIET, icon=Icon.EXCHANGE, parent=self)
        button.clicked.connect(self.wanted)
        self.body.addWidget(Text(speech, message(N_("Exchange")), Kind.SECTION, parent=self))
        self.body.addWidget(self._pills)
        self.body.addWidget(self._last)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_status(self, status: Status) -> None:
        """The state of delivery."""
        waiting = len(status.waiting)
        words = message(N_("{count:count} to send"), count=waiting)
        if waiting:
            size = megabytes(status.waiting_bytes)
            words = message(N_("{count:count} to send · {size} MB"), count=waiting, size=size)
        self._waiting.show_state(State.LOOK if waiting else State.NEUTRAL, words)
        open_ones = max(0, status.sent - status.received)
        self._sent.show_state(State.NEUTRAL, message(N_("{count:count} sent, no receipt yet"), count=open_ones))
        done = State.PASSED if status.received else State.NEUTRAL
        self._received.show_state(done, message(N_("{count:count} received"), count=status.received))
        self._last.set_text(_last(status.last))


def _last(text: str) -> Message:
    if not text:
        return message(N_("No exchange yet."))
    return message(N_("Last exchange {at:moment}"), at=local_time(datetime.fromisoformat(text)))


def reminders_of(day: Day, now: datetime, *, enrolled: bool, last_backup: str) -> tuple[Reminder, ...]:
    """What follows from the data, the gravest first."""
    found: list[Reminder] = []
    if not enrolled:
        words = message(N_("This laptop is not enrolled yet."))
        found.append(Reminder(State.STOP, words, message(N_("Settings → Enrolment: make the request file."))))
    if day.status.quarantined:
        count = len(day.status.quarantined)
        found.append(Reminder(State.STOP, message(N_("Deliveries in quarantine: {count:count}"), count=count)))
    for case in day.in_work:
        name = Verbatim(case.business or case.applicant)
        decision = day.returned.get(case.id)
        if case.state is CaseState.RETURNED:
            reason = Verbatim(decision.reason) if decision is not None else None
            found.append(Reminder(State.LOOK, message(N_("{name} was returned."), name=name), reason))
        elif now - case.created > _OLD:
            days = (now - case.created).days
            words = message(N_("{name} has been a draft for {days:count} days."), name=name, days=days)
            found.append(Reminder(State.LOOK, words))
    found.extend(_backup(now, last_backup))
    return tuple(found)


def _backup(now: datetime, last: str) -> tuple[Reminder, ...]:
    if not last:
        return (Reminder(State.CANNOT_TELL, message(N_("No backup has been made yet."))),)
    days = (now - datetime.fromisoformat(last)).days
    if days < _OLD.days:
        return ()
    return (Reminder(State.LOOK, message(N_("The last backup is {days:count} days old."), days=days)),)
