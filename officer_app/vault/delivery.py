"""What goes out and what came in: deliveries with gapless counters, cursors per device, receipts.

Each user of a laptop has a device name and keys of their own; so outbox, cursors and inbox are the signed-in user's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId
from officer_app.vault import rows
from officer_app.vault.deliveryrecords import (
    InboxOutcome,
    InboxRecord,
    OutboxRecord,
    ReaderCursor,
    ReceiptRecord,
    Upcoming,
)
from officer_app.vault.tables import INBOX, OUTBOX, READER_CURSOR, RECEIPT
from officer_app.vault.transactions import Reading, Writing


def upcoming(tx: Reading) -> Upcoming:
    """Counter and previous index of the next delivery: seal with these, then queue in the same transaction."""
    last = rows.find(tx, OUTBOX, OutboxRecord, OUTBOX.c.owner == tx.user.id, order=(OUTBOX.c.counter.desc(),))
    return Upcoming(1, None) if last is None else Upcoming(last.counter + 1, last.index_digest)


def queue(tx: Writing, delivery: OutboxRecord) -> None:
    """Keep a sealed delivery until it is sent. Errors: RECORD_EXISTS when its counter is not the upcoming one."""
    if delivery.counter != upcoming(tx).counter:
        raise Fault(Code.RECORD_EXISTS, where="outbox", what="outbox")
    rows.add(tx, OUTBOX, delivery, owner=tx.user.id)


def outbox(tx: Reading) -> tuple[OutboxRecord, ...]:
    """Every delivery, by counter."""
    return rows.many(tx, OUTBOX, OutboxRecord, OUTBOX.c.owner == tx.user.id, order=(OUTBOX.c.counter,))


def unsent(tx: Reading) -> tuple[OutboxRecord, ...]:
    """Deliveries that no store has shown complete, by counter."""
    where = (OUTBOX.c.owner == tx.user.id, OUTBOX.c.sent.is_(None))
    return rows.many(tx, OUTBOX, OutboxRecord, *where, order=(OUTBOX.c.counter,))


def waits(tx: Reading, case: CaseId) -> bool:
    """Whether anything of a case was not shown by a store yet, by whomever it is sent."""
    return rows.find(tx, OUTBOX, OutboxRecord, OUTBOX.c.case == case, OUTBOX.c.sent.is_(None)) is not None


def mark_sent(tx: Writing, delivery: RecordId) -> OutboxRecord:
    """The store shows every object of it. Errors: RECORD_MISSING."""
    sent = replace(rows.get(tx, OUTBOX, OutboxRecord, delivery), sent=tx.clock.now())
    rows.save(tx, OUTBOX, sent)
    return sent


def mark_unsent(tx: Writing, delivery: RecordId) -> None:
    """It must be put once more. Errors: RECORD_MISSING."""
    rows.save(tx, OUTBOX, replace(rows.get(tx, OUTBOX, OutboxRecord, delivery), sent=None))


def cursors(tx: Reading) -> dict[str, ReaderCursor]:
    """How far each known device was read."""
    found = tx.sql.execute(READER_CURSOR.select().where(READER_CURSOR.c.owner == tx.user.id))
    return {str(row.device): ReaderCursor(int(row.next), tuple(row.gaps)) for row in found}


def set_cursor(tx: Writing, device: str, cursor: ReaderCursor) -> None:
    """Remember how far a device was read: in the same transaction that applies what was read."""
    put = insert(READER_CURSOR).values(owner=tx.user.id, device=device, next=cursor.next, gaps=cursor.gaps)
    rows.write(tx, READER_CURSOR, put.on_conflict_do_update(set_={"next": cursor.next, "gaps": cursor.gaps}))


def receive(tx: Writing, arrived: InboxRecord) -> None:
    """Note what became of a delivery."""
    rows.add(tx, INBOX, arrived, owner=tx.user.id)


def seen(tx: Reading, digest: str) -> InboxRecord | None:
    """The earlier arrival of the same delivery, when it was applied."""
    applied = INBOX.c.outcome == InboxOutcome.APPLIED
    return rows.find(tx, INBOX, InboxRecord, INBOX.c.owner == tx.user.id, INBOX.c.digest == digest, applied)


def inbox(tx: Reading) -> tuple[InboxRecord, ...]:
    """Everything that arrived, newest first."""
    where = INBOX.c.owner == tx.user.id
    return rows.many(tx, INBOX, InboxRecord, where, order=(INBOX.c.received.desc(), INBOX.c.id))


def quarantined(tx: Reading) -> tuple[InboxRecord, ...]:
    """What was refused, newest first."""
    where = (INBOX.c.owner == tx.user.id, INBOX.c.outcome == InboxOutcome.QUARANTINED)
    return rows.many(tx, INBOX, InboxRecord, *where, order=(INBOX.c.received.desc(), INBOX.c.id))


def standing_as(tx: Reading, outcome: InboxOutcome) -> tuple[InboxRecord, ...]:
    """Everything that arrived and stands so, oldest first."""
    where = (INBOX.c.owner == tx.user.id, INBOX.c.outcome == outcome)
    return rows.many(tx, INBOX, InboxRecord, *where, order=(INBOX.c.received, INBOX.c.id))


def arrival(tx: Reading, record: RecordId) -> InboxRecord:
    """One arrival. Errors: RECORD_MISSING."""
    return rows.get(tx, INBOX, InboxRecord, record)


def settle(tx: Writing, record: InboxRecord) -> None:
    """What became of an arrival later, in place of what stood. Errors: RECORD_MISSING."""
    rows.save(tx, INBOX, record)


def add_receipt(tx: Writing, receipt: ReceiptRecord) -> None:
    """Keep head office's word."""
    rows.add(tx, RECEIPT, receipt)


def has_receipt(tx: Reading, record: RecordId) -> bool:
    """Whether this very receipt is here."""
    return rows.find(tx, RECEIPT, ReceiptRecord, RECEIPT.c.id == record) is not None


def newest_receipt(tx: Reading) -> datetime | None:
    """The newest moment at which head office says that it received something."""
    return tx.sql.execute(select(func.max(RECEIPT.c.at, type_=RECEIPT.c.at.type))).scalar_one_or_none()


def receipts(tx: Reading, digest: str) -> tuple[ReceiptRecord, ...]:
    """The receipts for one dossier or decision, oldest first."""
    return rows.many(tx, RECEIPT, ReceiptRecord, RECEIPT.c.digest == digest, order=(RECEIPT.c.at, RECEIPT.c.id))
