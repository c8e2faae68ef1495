"""The tables. `migrations/vault` brings a database to exactly this; a test compares the two."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from officer_app.vault import records as r
from officer_app.vault.columns import Exact, JsonText, Moment, Named
from officer_app.vault.deliveryrecords import InboxOutcome, OutboxObject

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_TEXTS: Final = JsonText(list, tuple)
_ROLES: Final = JsonText(sorted, frozenset)
_JSON: Final = JsonText()
_PARTS: Final = JsonText(
    lambda parts: [asdict(p) for p in parts], lambda found: tuple(r.DossierPart(**p) for p in found)
)
_OBJECTS: Final = JsonText(
    lambda objects: [asdict(o) for o in objects], lambda found: tuple(OutboxObject(**o) for o in found)
)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _moment(name: str) -> Column[Any]:
    return Column(name, Moment, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _named(name: str, kind: type[StrEnum], *, nullable: bool = False) -> Column[Any]:
    return Column(name, Named(kind), nullable=nullable)


def _json(name: str, kind: JsonText = _JSON) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _to(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, ForeignKey(target), nullable=nullable)


USER: Final = Table(
    "user",
    METADATA,
    _id(),
    _text("login"),
    _text("full_name"),
    _json("roles", _ROLES),
    _moment("created"),
    _text("person"),
    Column("disabled", Boolean, nullable=False),
    UniqueConstraint("login"),
)

USER_SECRET: Final = Table(
    "user_secret",
    METADATA,
    Column("user", Text, ForeignKey("user.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    _bytes("envelope"),
)

CASE: Final = Table(
    "case_file",
    METADATA,
    Column("seq", Integer, primary_key=True),  # what the search index points at
    _text("id"),
    _text("number"),
    _text("applicant"),
    _text("officer"),  # a received case names its officer, who has no account here
    _moment("created"),
    _moment("updated"),
    _text("resident_id"),
    _text("phone"),
    _text("business"),
    _text("trade"),
    _text("address"),
    Column("lat", Exact),
    Column("lon", Exact),
    _text("product"),
    _text("lane"),
    _text("purpose"),
    Column("requested_amount", Exact),
    Column("term_months", Integer),
    Column("supported_amount", Exact),
    _text("grade"),
    _named("state", r.CaseState),
    _number("version"),
    _named("delivery", r.Delivery),
    Column("expires", Moment),
    _text("note"),
    _named("origin", r.Origin),
    _to("products_pack", "pack.id", nullable=True),
    # Derived, for the list alone: keyed hash of the identity number, pinyin to order by, fen to order by.
    _text("person_hash"),
    _text("applicant_order"),
    Column("amount_order", Integer),
    UniqueConstraint("id"),
    UniqueConstraint("officer", "number"),
    Index(None, "number"),
    Index(None, "updated"),
    Index(None, "state", "updated"),
    Index(None, "officer", "state", "updated"),
    Index(None, "applicant_order"),
    Index(None, "amount_order"),
    Index(None, "person_hash"),
)

# FTS5, so not part of METADATA. Columns: names, business, letters, numbers, tails; rowid is case_file.seq.
CASE_SEARCH: Final = "case_search"

VISIT: Final = Table(
    "visit",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _text("form"),
    _text("form_version"),
    _to("officer", "user.id"),
    _moment("started"),
    _to("form_pack", "pack.id", nullable=True),
    _named("state", r.VisitState),
    _text("purpose"),
    _text("place"),
    _text("second_officer"),
    _text("code"),
    _text("language"),
    Column("ended", Moment),
    Index(None, "case"),
)

ANSWER: Final = Table(
    "answer",
    METADATA,
    Column("visit", Text, ForeignKey("visit.id"), primary_key=True),
    Column("ref", Text, primary_key=True),
    _text("value"),
    sqlite_with_rowid=False,
)

ANSWER_EVENT: Final = Table(
    "answer_event",
    METADATA,
    Column("number", Integer, primary_key=True),
    _to("visit", "visit.id"),
    _text("ref"),
    _to("who", "user.id"),
    _moment("at"),
    Column("old", Text),
    Column("new", Text),
    Index(None, "visit", "ref"),
    sqlite_autoincrement=True,
)

VISIT_EVENT: Final = Table(
    "visit_event",
    METADATA,
    Column("number", Integer, primary_key=True),
    _to("visit", "visit.id"),
    _to("who", "user.id"),
    _moment("sitting"),
    _text("event"),
    _text("ref"),
    _number("start"),
    _number("end"),
    _text("old"),
    _text("new"),
    _number("shown"),
    Index(None, "visit"),
    sqlite_autoincrement=True,
)

CAPTURE: Final = Table(
    "capture",
    METADATA,
    _id(),
    _to("visit", "visit.id"),
    _to("officer", "user.id"),
    _moment("at"),
    _text("words"),
    _named("state", r.CaptureState),
    _text("ref"),
    _text("value"),
    _json("read_as"),
    Column("settled", Moment),
    Index(None, "visit"),
)

COSIGN: Final = Table(
    "cosign",
    METADATA,
    _id(),
    _to("visit", "visit.id"),
    _to("by", "user.id"),
    _moment("at"),
    _bytes("statement"),
    _bytes("signature"),
    Index(None, "visit"),
)

ENTITY_CHANGE: Final = Table(
    "entity_change",
    METADATA,
    _id(),
    _to("visit", "visit.id"),
    _moment("at"),
    _text("list_name"),
    _text("name"),
    _text("label"),
    _named("verb", r.EntityVerb),
    _json("properties"),
    Index(None, "visit"),
    Index(None, "list_name"),
)

# The key of a case's files, sealed under one derived from the vault's own. A case may be named before it is here.
CASE_KEY: Final = Table(
    "case_key",
    METADATA,
    _id(),
    _text("case"),
    _bytes("sealed"),
    _moment("made"),
    UniqueConstraint("case"),
)

BLOB: Final = Table("blob", METADATA, _id(), _text("sha256"), _number("size"), _moment("made"), Index(None, "sha256"))

PHOTO: Final = Table(
    "photo",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _to("officer", "user.id"),
    _text("file_name"),
    _text("sha256"),
    _number("size"),
    _moment("received"),
    _to("original", "blob.id"),
    _to("visit", "visit.id", nullable=True),
    _text("ref"),
    _text("shot"),
    _text("media_type"),
    Column("width", Integer),
    Column("height", Integer),
    Column("taken", Moment),
    _text("taken_text"),
    Column("lat", Exact),
    Column("lon", Exact),
    _text("device"),
    _text("source"),
    _to("view", "blob.id", nullable=True),
    _to("thumb", "blob.id", nullable=True),
    _bytes("fingerprints"),
    _json("tags"),
    _text("caption"),
    Column("withdrawn", Moment),
    _text("withdrawn_reason"),
    _json("layers"),
    Index(None, "case"),
    Index(None, "visit"),
    Index(None, "sha256"),
    Index(None, "original"),
    Index(None, "view"),
    Index(None, "thumb"),
)

PHOTO_FINDING: Final = Table(
    "photo_finding",
    METADATA,
    Column("seq", Integer, primary_key=True),
    _to("photo", "photo.id"),
    _text("code"),
    _text("verdict"),
    _json("detail"),
    _to("other", "photo.id", nullable=True),
    Index(None, "photo"),
    Index(None, "other"),
)

# Only ever added to: the receipts of photos on this laptop, each linked to the one before.
PHOTO_INTAKE: Final = Table(
    "photo_intake",
    METADATA,
    Column("counter", Integer, primary_key=True),
    _text("photo"),  # stays when the photo is deleted: it names no one, and the chain goes on
    _bytes("entry"),
    _text("digest"),
    _bytes("signature"),
    UniqueConstraint("photo"),
)

# What the closer look said of two photos whose fingerprints met; `one` is the later of the two.
PHOTO_LOOK: Final = Table(
    "photo_look",
    METADATA,
    Column("one", Text, ForeignKey("photo.id"), primary_key=True),
    Column("other", Text, ForeignKey("photo.id"), primary_key=True),
    _text("verdict"),
    _number("carried"),
    _number("alike"),
    Column("mirrored", Boolean, nullable=False),
    _json("region"),
    Index(None, "other"),
)

PHOTO_CODE: Final = Table(
    "photo_code",
    METADATA,
    Column("photo", Text, ForeignKey("photo.id"), primary_key=True),
    _json("codes"),
    _moment("read"),
)

# Older programs kept head office's lists here; now their packs are read, which this table only repeated.
FINGERPRINT: Final = Table(
    "fingerprint",
    METADATA,
    Column("label", Text, primary_key=True),
    _bytes("data"),
    _text("sha256"),
    sqlite_with_rowid=False,
)

NOTE: Final = Table(
    "note",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _to("author", "user.id"),
    _moment("at"),
    _text("subject"),
    _text("said"),
    _text("seen"),
    _text("evidence"),
    _text("verdict"),
    Index(None, "case"),
)

CONTRADICTION: Final = Table(
    "contradiction",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _text("code"),
    _moment("opened"),
    _text("severity"),
    _json("sentence"),
    _named("exit", r.Exit, nullable=True),
    _text("explanation"),
    _json("photos", _TEXTS),
    _to("closed_by", "user.id", nullable=True),
    Column("closed", Moment),
    Column("gone", Moment),
    _text("lie_said"),
    _text("lie_found"),
    _text("proof"),
    Column("alike", Text, nullable=False, index=True),  # the explanation's letters alone, to find it again elsewhere
    UniqueConstraint("case", "code"),
)

PERSON_LINK: Final = Table(
    "person_link",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _text("kind"),
    _text("role"),
    _text("number_hash"),
    _text("person_hash"),
    _text("name"),
    _text("path"),
    Index(None, "case"),
    Index(None, "number_hash"),
    Index(None, "person_hash", "role"),
)

ASSESSMENT: Final = Table(
    "assessment",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _number("version"),
    _moment("at"),
    _to("by", "user.id"),
    _text("policy"),
    _text("policy_version"),
    _text("policy_digest"),
    _text("digest"),
    _bytes("body"),
    UniqueConstraint("case", "version"),
)

DOSSIER: Final = Table(
    "dossier",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _number("version"),
    _text("digest"),
    _moment("at"),
    _text("by"),
    _bytes("manifest"),
    _bytes("signature"),
    _json("parts", _PARTS),
    _named("origin", r.Origin),
    UniqueConstraint("digest"),
    Index(None, "case", "version"),
)

NOTICE: Final = Table(
    "notice",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _to("dossier_digest", "dossier.digest"),
    _text("kind"),
    _moment("at"),
    _text("by"),
    _bytes("record"),
    _bytes("signature"),
    _named("origin", r.Origin),
    Index(None, "case"),
)

DECISION: Final = Table(
    "decision",
    METADATA,
    _id(),
    _to("case", "case_file.id"),
    _to("dossier_digest", "dossier.digest"),
    _text("outcome"),
    _moment("at"),
    _text("by"),
    Column("amount", Exact),
    Column("term_months", Integer),
    Column("annual_rate", Exact),
    _text("reason"),
    _json("conditions", _TEXTS),
    _bytes("record"),
    _bytes("signature"),
    _to("memo", "blob.id", nullable=True),
    _named("origin", r.Origin),
    Index(None, "case"),
    Index(None, "dossier_digest"),
)

PACK: Final = Table(
    "pack",
    METADATA,
    _id(),
    _text("kind"),
    _text("name"),
    _number("version"),
    _text("digest"),
    _moment("received"),
    _bytes("body"),
    _bytes("signed"),
    _text("label"),
    Column("effective", Text, nullable=False, server_default=""),
    UniqueConstraint("kind", "name", "version"),
)

OUTBOX: Final = Table(
    "outbox",
    METADATA,
    _id(),
    _number("counter"),
    _text("kind"),
    _moment("queued"),
    _json("objects", _OBJECTS),
    _text("index_digest"),
    _to("case", "case_file.id", nullable=True),
    _text("dossier_digest"),
    Column("sent", Moment),
    _to("owner", "user.id"),
    UniqueConstraint("owner", "counter"),
    Index(None, "dossier_digest"),
)

READER_CURSOR: Final = Table(
    "reader_cursor",
    METADATA,
    Column("owner", Text, ForeignKey("user.id"), primary_key=True),
    Column("device", Text, primary_key=True),
    _number("next"),
    _json("gaps", _TEXTS),
)

INBOX: Final = Table(
    "inbox",
    METADATA,
    _id(),
    _text("device"),
    _number("counter"),
    _text("digest"),
    _moment("received"),
    _named("outcome", InboxOutcome),
    _text("kind"),
    _text("reason"),
    _to("case", "case_file.id", nullable=True),
    _to("blob", "blob.id", nullable=True),
    _to("owner", "user.id"),
    Index(None, "digest"),
    Index(None, "owner", "outcome"),
)

RECEIPT: Final = Table(
    "receipt",
    METADATA,
    _id(),
    _text("kind"),
    _text("digest"),
    _moment("at"),
    _bytes("record"),
    _bytes("signature"),
    _to("case", "case_file.id", nullable=True),
    Index(None, "digest"),
)

AUDIT_EVENT: Final = Table(
    "audit_event",
    METADATA,
    Column("number", Integer, primary_key=True),
    _moment("at"),
    _number("elapsed"),
    _text("user"),
    _text("kind"),
    _text("subject"),
    _json("detail"),
    _text("previous"),
    _text("digest"),
    Index(None, "subject"),
    sqlite_autoincrement=True,
)

# Only ever added to: what was deleted, as it was signed. Rows of a case may go once it stands here, and not before.
DELETION: Final = Table(
    "deletion",
    METADATA,
    _id(),
    _text("case"),
    _text("number"),
    _text("record_class"),
    _moment("at"),
    _bytes("record"),
    _bytes("signature"),
    UniqueConstraint("case"),
)

SETTING: Final = Table("setting", METADATA, Column("key", Text, primary_key=True), _json("value"))
