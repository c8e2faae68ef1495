"""Queueing a parcel: sealed once, its objects kept, so that sending again sends the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from officer_app.base.canonical import digest
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.exchange.outbox import prepare
from officer_app.exchange.parcels import Parcel
from officer_app.trust.identities import Identity
from officer_app.vault import blobs, delivery
from officer_app.vault.deliveryrecords import OutboxObject, OutboxRecord
from officer_app.vault.transactions import Writing


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A parcel, who sends it, and who may open it (age recipients)."""

    parcel: Parcel
    sender: Identity
    readers: Sequence[str]


def queue(tx: Writing, out: Outgoing, *, case: CaseId | None = None, dossier_digest: str = "") -> OutboxRecord:
    """Seal a parcel under the next counter of this device and keep its objects for sending."""
    upcoming = delivery.upcoming(tx)
    now = tx.clock.now()
    sealed = prepare(out.parcel, out.sender, readers=out.readers, counter=upcoming.counter, at=now)
    record = OutboxRecord(
        id=RecordId(new_id()),
        counter=upcoming.counter,
        kind=out.parcel.kind.value,
        queued=now,
        objects=tuple(OutboxObject(one.name, blobs.add(tx, one.data, case), len(one.data)) for one in sealed),
        index_digest=digest(sealed[-1].data),
        case=case,
        dossier_digest=dossier_digest,
    )
    delivery.queue(tx, record)
    return record
