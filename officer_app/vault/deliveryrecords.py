"""What waits to go out and what has come in, as frozen values. Field names are the column names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from officer_app.base.ids import CaseId, RecordId
from officer_app.vault.records import BlobId


class InboxOutcome(StrEnum):
    """What became of a delivery that was fetched."""

    APPLIED = "applied"
    ALREADY = "already"
    OLDER = "older"
    WAITING = "waiting"  # for what it stands on; applied when that comes
    CONFLICT = "conflict"  # with what is here; a person says what stands
    SETTLED = "settled"  # a person said so; what was not chosen is kept
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class OutboxObject:
    """One sealed object, sealed once: its name in the store and where its bytes lie."""

    name: str
    blob: BlobId
    size: int


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """One delivery; objects in the order in which they are put, the index last."""

    id: RecordId
    counter: int
    kind: str
    queued: datetime
    objects: tuple[OutboxObject, ...]
    index_digest: str
    case: CaseId | None = None
    dossier_digest: str = ""
    sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What the next delivery must carry: its counter and the digest of the index before it."""

    counter: int
    previous: str | None


@dataclass(frozen=True, slots=True)
class ReaderCursor:
    """How far one device's deliveries were read: the next counter wanted, and the gaps before it."""

    next: int = 1
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxRecord:
    """A delivery that was fetched, and what became of it."""

    id: RecordId
    device: str
    counter: int
    digest: str
    received: datetime
    outcome: InboxOutcome
    kind: str = ""
    reason: str = ""
    case: CaseId | None = None
    blob: BlobId | None = None


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """Head office's word that it holds a dossier or a decision; `digest` names which."""

    id: RecordId
    kind: str
    digest: str
    at: datetime
    record: bytes
    signature: bytes
    case: CaseId | None = None
