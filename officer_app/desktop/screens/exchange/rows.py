"""Deliveries as rows: what went out with how far it got, and what came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from officer_app.base.clock import local_time
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.delivery import Status
from officer_app.desktop.kit.arithmetic import megabytes
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.vault.deliveryrecords import InboxOutcome, InboxRecord, OutboxRecord

_SENT: Final = {
    "dossier": N_("Case file"),
    "decision": N_("Decision"),
    "receipt": N_("Receipt"),
    "pack": N_("Policy or checklist"),
    "notice": N_("Question, answer or hand-over"),
    "deletion": N_("Certificate of a deletion"),
}
_CAME: Final = {
    "DossierContent": N_("Case file"),
    "DecisionContent": N_("Decision"),
    "ReceiptContent": N_("Receipt"),
    "PackContent": N_("Policy or checklist"),
    "NoticeContent": N_("Question, answer or hand-over"),
    "DeletionContent": N_("Certificate of a deletion"),
}
_OUTCOMES: Final = {
    InboxOutcome.ALREADY: (N_("Was here before"), State.NEUTRAL),
    InboxOutcome.OLDER: (N_("Older than what is here"), State.NEUTRAL),
    InboxOutcome.WAITING: (N_("Waits for its case file"), State.LOOK),
    InboxOutcome.CONFLICT: (N_("Another version: compare"), State.STOP),
    InboxOutcome.SETTLED: (N_("Compared and settled"), State.PASSED),
}
COLUMNS: Final = (
    Column("what", message(N_("What")), stretch=True),
    Column("case", message(N_("Case")), width=120),
    Column("way", message(N_("Direction")), width=96),
    Column("when", message(N_("When")), width=168),
    Column("size", message(N_("Size (MB)")), ColumnKind.COUNT, 96),
    Column("state", message(N_("State")), width=196),
)


def rows_of(now: Status) -> tuple[Row, ...]:
    """Everything that went out or came in, the newest first."""
    found = [*_sent_rows(now), *_came_rows(now)]
    return tuple(row for _, row in sorted(found, key=lambda pair: pair[0], reverse=True))


def kind_of(kind: str) -> Message:
    """What a delivery holds, in a word; what could not be opened is a delivery."""
    return message(_CAME.get(kind, _SENT.get(kind, N_("Delivery"))))


def _sent_rows(now: Status) -> Iterable[tuple[datetime, Row]]:
    for one in now.deliveries:
        at = one.sent or one.queued
        state, word = _standing(one, received=one.dossier_digest in now.receipted)
        size = Verbatim(megabytes(sum(part.size for part in one.objects)))
        way = message(N_("Outgoing"))
        cells = (
            Cell(kind_of(one.kind)),
            _case(now, one.case),
            Cell(way),
            _when(at),
            Cell(size),
            Cell(word, state=state),
        )
        yield at, Row(one.id, cells)


def _came_rows(now: Status) -> Iterable[tuple[datetime, Row]]:
    for one in now.came:
        way, size = message(N_("Incoming")), Verbatim("")
        cells = (
            Cell(kind_of(one.kind)),
            _case(now, one.case),
            Cell(way),
            _when(one.received),
            Cell(size),
            _taken(one),
        )
        yield one.received, Row(one.id, cells)


def _standing(one: OutboxRecord, *, received: bool) -> tuple[State, Message]:
    if one.sent is None:
        return State.LOOK, message(N_("Waiting to be sent"))
    if received:
        return State.PASSED, message(N_("Received by head office"))
    return State.INFO, message(N_("Sent, no receipt yet"))


def _taken(one: InboxRecord) -> Cell:
    told = _OUTCOMES.get(one.outcome)
    if told is not None:
        return Cell(message(told[0]), state=told[1])
    return Cell(message(N_("Verified and taken in")), state=State.PASSED)


def _case(now: Status, case: CaseId | None) -> Cell:
    number: Sayable = Verbatim(now.numbers.get(case, "") if case is not None else "")
    return Cell(number)


def _when(at: datetime) -> Cell:
    return Cell(message("{at:moment}", at=local_time(at)))
