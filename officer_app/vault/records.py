"""What the vault keeps, as frozen values. Field names are the column names.

Ids are 32 hexadecimal characters; moments are aware UTC, kept to the millisecond; money and degrees are Decimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from officer_app.base.canonical import Json
from officer_app.base.ids import CaseId, DossierId, PhotoId, RecordId, UserId, VisitId

BlobId = NewType("BlobId", str)


class CaseState(StrEnum):
    """Where a loan file stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    ESCALATED = "escalated"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DISBURSED = "disbursed"
    CLOSED = "closed"


class Delivery(StrEnum):
    """How far a submitted file has travelled."""

    NONE = "none"
    QUEUED = "queued"
    SENT = "sent"
    RECEIVED = "received"


class VisitState(StrEnum):
    """A visit is open until the officer finishes it."""

    OPEN = "open"
    FINISHED = "finished"


class EntityVerb(StrEnum):
    """What a visit did to an entity."""

    CREATE = "create"
    UPDATE = "update"


class CaptureState(StrEnum):
    """A captured line waits in the tray until it is filed under a question, kept as a note, or dropped."""

    WAITING = "waiting"
    FILED = "filed"
    NOTED = "noted"
    DROPPED = "dropped"


class Exit(StrEnum):
    """The three ways out of a contradiction."""

    EXPLAINED = "explained"
    CORRECTED = "corrected"
    STANDS = "stands"


class Origin(StrEnum):
    """Made on this laptop, or received from another."""

    OWN = "own"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class UserRecord:
    """Somebody who signs in here. Roles open screens; only the certificate (`person`) grants anything."""

    id: UserId
    login: str
    full_name: str
    roles: frozenset[str]
    created: datetime
    person: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who shall sign in here."""

    login: str
    full_name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One loan file; `products_pack` is the list of products it keeps, None the policy's own table."""

    id: CaseId
    number: str
    applicant: str
    officer: UserId
    created: datetime
    updated: datetime
    resident_id: str = ""
    phone: str = ""
    business: str = ""
    trade: str = ""
    address: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None
    product: str = ""
    lane: str = ""
    purpose: str = ""
    requested_amount: Decimal | None = None
    term_months: int | None = None
    supported_amount: Decimal | None = None
    grade: str = ""
    state: CaseState = CaseState.DRAFT
    version: int = 1
    delivery: Delivery = Delivery.NONE
    expires: datetime | None = None
    note: str = ""
    origin: Origin = Origin.OWN
    products_pack: RecordId | None = None


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One line of the case list; identity number and phone are masked."""

    id: CaseId
    number: str
    applicant: str
    business: str
    product: str
    requested_amount: Decimal | None
    supported_amount: Decimal | None
    grade: str
    state: CaseState
    delivery: Delivery
    version: int
    officer: UserId
    updated: datetime
    resident_id: str
    phone: str


class CaseOrder(StrEnum):
    """What the case list can be ordered by."""

    UPDATED = "updated"
    NUMBER = "number"
    APPLICANT = "applicant"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What to show of the case list.

    Every word of `text` must be found: in the name or business (characters, pinyin or initials), as the beginning
    or end of the phone, the end of the identity number or the whole of it, or in the case number.
    """

    text: str = ""
    states: frozenset[CaseState] = frozenset()
    officer: UserId | None = None
    order: CaseOrder = CaseOrder.UPDATED
    descending: bool = True
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of the list, and how many lines the whole list has."""

    items: tuple[CaseItem, ...]
    total: int


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit with one checklist; `form_pack` keeps the compiled form that it was begun with."""

    id: VisitId
    case: CaseId
    form: str
    form_version: str
    officer: UserId
    started: datetime
    form_pack: RecordId | None = None
    state: VisitState = VisitState.OPEN
    purpose: str = ""
    place: str = ""
    second_officer: str = ""
    code: str = ""
    language: str = ""
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """One change of one answer; None stands for no answer. Numbers grow in the order of commits."""

    number: int
    visit: VisitId
    ref: str
    who: UserId
    at: datetime
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class VisitEvent:
    """One event of a visit's log: milliseconds since its sitting began. Numbers grow in the order of commits."""

    number: int
    visit: VisitId
    who: UserId
    sitting: datetime
    event: str
    ref: str
    start: int
    end: int
    old: str
    new: str
    shown: int


@dataclass(frozen=True, slots=True)
class EntityChangeRecord:
    """What a finished visit made of one entity: `name` is the entity's id, `properties` are texts by name."""

    id: RecordId
    visit: VisitId
    at: datetime
    list_name: str
    name: str
    label: str
    verb: EntityVerb
    properties: Json


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """A line as it was said and typed. Filed: under which question, and the answer that was made of it.

    `read_as` says in both languages how it was read, with the days of a month where they were used.
    """

    id: RecordId
    visit: VisitId
    officer: UserId
    at: datetime
    words: str
    state: CaptureState
    ref: str = ""
    value: str = ""
    read_as: Json = None
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class CosignRecord:
    """The second officer's signature: what was signed, canonical, and the detached signature over it."""

    id: RecordId
    visit: VisitId
    by: UserId
    at: datetime
    statement: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """One picture: the original byte for byte, what it says about itself, and when we received it."""

    id: PhotoId
    case: CaseId
    officer: UserId
    file_name: str
    sha256: str
    size: int
    received: datetime
    original: BlobId
    visit: VisitId | None = None
    ref: str = ""
    shot: str = ""
    media_type: str = ""
    width: int | None = None
    height: int | None = None
    taken: datetime | None = None
    taken_text: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None
    device: str = ""
    source: str = ""
    view: BlobId | None = None
    thumb: BlobId | None = None
    fingerprints: bytes = b""
    tags: Json = None
    caption: str = ""
    withdrawn: datetime | None = None
    withdrawn_reason: str = ""
    layers: Json = None


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A cross-check note: what was said, what was seen, on what evidence."""

    id: RecordId
    case: CaseId
    author: UserId
    at: datetime
    subject: str
    said: str = ""
    seen: str = ""
    evidence: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class ContradictionRecord:
    """Something that does not fit, and how it was closed. `gone`: later answers made it disappear.

    `lie_said` and `lie_found` are set together, when something was said knowingly wrong: what, and what is true.
    `proof` names what proves an explanation beside its pictures: a paper that was seen, or who else says so.
    """

    id: RecordId
    case: CaseId
    code: str
    opened: datetime
    severity: str = ""
    sentence: Json = None
    exit: Exit | None = None
    explanation: str = ""
    photos: tuple[str, ...] = ()
    closed_by: UserId | None = None
    closed: datetime | None = None
    gone: datetime | None = None
    lie_said: str = ""
    lie_found: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class LieTold:
    """Something said knowingly wrong: what was said, and what is true."""

    said: str
    found: str


@dataclass(frozen=True, slots=True)
class PersonLinkRecord:
    """A number of somebody who appears in a case, findable by its keyed hash; `person_hash` is "" when not known."""

    id: RecordId
    case: CaseId
    kind: str
    role: str
    number_hash: str
    person_hash: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """The same number in another case: who has it there, and where that case stands."""

    link: PersonLinkRecord
    number: str
    applicant: str
    state: CaseState
    requested_amount: Decimal | None
    officer: UserId


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """An assessment as frozen with one version of a case; `body` is canonical JSON."""

    id: RecordId
    case: CaseId
    version: int
    at: datetime
    by: UserId
    policy: str
    policy_version: str
    policy_digest: str
    digest: str
    body: bytes


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One file of a dossier and where its bytes lie."""

    path: str
    blob: BlobId
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class DossierRecord:
    """A submitted version: manifest, signature, parts. `digest` is that of the manifest."""

    id: DossierId
    case: CaseId
    version: int
    digest: str
    at: datetime
    by: str
    manifest: bytes
    signature: bytes
    parts: tuple[DossierPart, ...]
    origin: Origin = Origin.OWN


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """What somebody told the others about a case, as signed: a question, an answer, the customer's withdrawal."""

    id: RecordId
    case: CaseId
    dossier_digest: str
    kind: str
    at: datetime
    by: str
    record: bytes
    signature: bytes
    origin: Origin = Origin.OWN


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision on exactly one dossier, as signed."""

    id: RecordId
    case: CaseId
    dossier_digest: str
    outcome: str
    at: datetime
    by: str
    amount: Decimal | None = None
    term_months: int | None = None
    annual_rate: Decimal | None = None
    reason: str = ""
    conditions: tuple[str, ...] = ()
    record: bytes = b""
    signature: bytes = b""
    memo: BlobId | None = None
    origin: Origin = Origin.OWN


@dataclass(frozen=True, slots=True)
class PackRecord:
    """A form, policy, roster or list that came down, whole; never replaced by an older one.

    `effective` is its first day in ISO 8601, "" when it holds from its arrival.
    """

    id: RecordId
    kind: str
    name: str
    version: int
    digest: str
    received: datetime
    body: bytes
    signed: bytes = b""
    label: str = ""
    effective: str = ""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One entry of the audit log. `elapsed` is milliseconds on the count that no clock change bends."""

    number: int
    at: datetime
    elapsed: int
    user: str
    kind: str
    subject: str
    detail: Json
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class DeletionRecord:
    """The deletion of one case, as signed; `record_class` is the class of record whose period had passed."""

    id: RecordId
    case: CaseId
    number: str
    record_class: str
    at: datetime
    record: bytes
    signature: bytes
