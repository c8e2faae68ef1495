"""The first form of the vault."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("answer_event", "audit_event")


def upgrade() -> None:
    """Make every table, the search index, and the guards of what is only ever added to."""
    _audit_event()
    _blob()
    _case_file()
    _fingerprint()
    _pack()
    _setting()
    _user()
    _assessment()
    _contradiction()
    _dossier()
    _inbox()
    _note()
    _outbox()
    _reader_cursor()
    _receipt()
    _user_secret()
    _visit()
    _answer()
    _answer_event()
    _decision()
    _photo()
    _photo_finding()
    _search()
    _guards()


def downgrade() -> None:
    """Leave nothing behind."""
    op.execute("DROP TABLE case_search")
    for table in _TABLES:
        op.drop_table(table)


def _audit_event() -> None:
    op.create_table(
        "audit_event",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("elapsed", sa.Integer(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_event_subject"), "audit_event", ["subject"], unique=False)


def _blob() -> None:
    op.create_table(
        "blob",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob")),
    )
    op.create_index(op.f("ix_blob_sha256"), "blob", ["sha256"], unique=False)


def _case_file() -> None:
    op.create_table(
        "case_file",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("updated", sa.Text(), nullable=False),
        sa.Column("resident_id", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("trade", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lat", sa.Text(), nullable=True),
        sa.Column("lon", sa.Text(), nullable=True),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("requested_amount", sa.Text(), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("supported_amount", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("person_hash", sa.Text(), nullable=False),
        sa.Column("applicant_order", sa.Text(), nullable=False),
        sa.Column("amount_order", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_case_file")),
        sa.UniqueConstraint("id", name=op.f("uq_case_file_id")),
        sa.UniqueConstraint("officer", "number", name=op.f("uq_case_file_officer_number")),
    )
    op.create_index(op.f("ix_case_file_amount_order"), "case_file", ["amount_order"], unique=False)
    op.create_index(op.f("ix_case_file_applicant_order"), "case_file", ["applicant_order"], unique=False)
    op.create_index(
        op.f("ix_case_file_officer_state_updated"), "case_file", ["officer", "state", "updated"], unique=False
    )
    op.create_index(op.f("ix_case_file_number"), "case_file", ["number"], unique=False)
    op.create_index(op.f("ix_case_file_person_hash"), "case_file", ["person_hash"], unique=False)
    op.create_index(op.f("ix_case_file_state_updated"), "case_file", ["state", "updated"], unique=False)
    op.create_index(op.f("ix_case_file_updated"), "case_file", ["updated"], unique=False)


def _fingerprint() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_fingerprint")),
        sqlite_with_rowid=False,
    )


def _pack() -> None:
    op.create_table(
        "pack",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("kind", "name", "version", name=op.f("uq_pack_kind_name_version")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _user() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("login", name=op.f("uq_user_login")),
    )


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("policy_digest", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name=op.f("fk_assessment_by")),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_assessment_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("case", "version", name=op.f("uq_assessment_case_version")),
    )


def _contradiction() -> None:
    op.create_table(
        "contradiction",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("exit", sa.Text(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("gone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_contradiction_case")),
        sa.ForeignKeyConstraint(["closed_by"], ["user.id"], name=op.f("fk_contradiction_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
        sa.UniqueConstraint("case", "code", name=op.f("uq_contradiction_case_code")),
    )


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_dossier_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("digest", name=op.f("uq_dossier_digest")),
    )
    op.create_index(op.f("ix_dossier_case_version"), "dossier", ["case", "version"], unique=False)


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["blob.id"], name=op.f("fk_inbox_blob")),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_inbox_case")),
        sa.ForeignKeyConstraint(["owner"], ["user.id"], name=op.f("fk_inbox_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_digest"), "inbox", ["digest"], unique=False)
    op.create_index(op.f("ix_inbox_owner_outcome"), "inbox", ["owner", "outcome"], unique=False)


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["user.id"], name=op.f("fk_note_author")),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_note_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_case"), "note", ["case"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("queued", sa.Text(), nullable=False),
        sa.Column("objects", sa.Text(), nullable=False),
        sa.Column("index_digest", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("dossier_digest", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_outbox_case")),
        sa.ForeignKeyConstraint(["owner"], ["user.id"], name=op.f("fk_outbox_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("owner", "counter", name=op.f("uq_outbox_owner_counter")),
    )
    op.create_index(op.f("ix_outbox_dossier_digest"), "outbox", ["dossier_digest"], unique=False)


def _reader_cursor() -> None:
    op.create_table(
        "reader_cursor",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("gaps", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["user.id"], name=op.f("fk_reader_cursor_owner")),
        sa.PrimaryKeyConstraint("owner", "device", name=op.f("pk_reader_cursor")),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("case", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_receipt_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_digest"), "receipt", ["digest"], unique=False)


def _user_secret() -> None:
    op.create_table(
        "user_secret",
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user.id"], name=op.f("fk_user_secret_user")),
        sa.PrimaryKeyConstraint("user", "name", name=op.f("pk_user_secret")),
    )


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("form_pack", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("second_officer", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_visit_case")),
        sa.ForeignKeyConstraint(["form_pack"], ["pack.id"], name=op.f("fk_visit_form_pack")),
        sa.ForeignKeyConstraint(["officer"], ["user.id"], name=op.f("fk_visit_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_case"), "visit", ["case"], unique=False)


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name=op.f("fk_answer_visit")),
        sa.PrimaryKeyConstraint("visit", "ref", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )


def _answer_event() -> None:
    op.create_table(
        "answer_event",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name=op.f("fk_answer_event_visit")),
        sa.ForeignKeyConstraint(["who"], ["user.id"], name=op.f("fk_answer_event_who")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_answer_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_answer_event_visit_ref"), "answer_event", ["visit", "ref"], unique=False)


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("dossier_digest", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("annual_rate", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_decision_case")),
        sa.ForeignKeyConstraint(["dossier_digest"], ["dossier.digest"], name=op.f("fk_decision_dossier_digest")),
        sa.ForeignKeyConstraint(["memo"], ["blob.id"], name=op.f("fk_decision_memo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_case"), "decision", ["case"], unique=False)
    op.create_index(op.f("ix_decision_dossier_digest"), "decision", ["dossier_digest"], unique=False)


def _photo() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=True),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("shot", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Text(), nullable=True),
        sa.Column("taken_text", sa.Text(), nullable=False),
        sa.Column("lat", sa.Text(), nullable=True),
        sa.Column("lon", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=True),
        sa.Column("thumb", sa.Text(), nullable=True),
        sa.Column("fingerprints", sa.LargeBinary(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name=op.f("fk_photo_case")),
        sa.ForeignKeyConstraint(["officer"], ["user.id"], name=op.f("fk_photo_officer")),
        sa.ForeignKeyConstraint(["original"], ["blob.id"], name=op.f("fk_photo_original")),
        sa.ForeignKeyConstraint(["thumb"], ["blob.id"], name=op.f("fk_photo_thumb")),
        sa.ForeignKeyConstraint(["view"], ["blob.id"], name=op.f("fk_photo_view")),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name=op.f("fk_photo_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_case"), "photo", ["case"], unique=False)
    op.create_index(op.f("ix_photo_original"), "photo", ["original"], unique=False)
    op.create_index(op.f("ix_photo_sha256"), "photo", ["sha256"], unique=False)
    op.create_index(op.f("ix_photo_thumb"), "photo", ["thumb"], unique=False)
    op.create_index(op.f("ix_photo_view"), "photo", ["view"], unique=False)
    op.create_index(op.f("ix_photo_visit"), "photo", ["visit"], unique=False)


def _photo_finding() -> None:
    op.create_table(
        "photo_finding",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["other"], ["photo.id"], name=op.f("fk_photo_finding_other")),
        sa.ForeignKeyConstraint(["photo"], ["photo.id"], name=op.f("fk_photo_finding_photo")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_photo_finding")),
    )
    op.create_index(op.f("ix_photo_finding_other"), "photo_finding", ["other"], unique=False)
    op.create_index(op.f("ix_photo_finding_photo"), "photo_finding", ["photo"], unique=False)


def _search() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE case_search USING fts5("
        "names, business, letters, numbers, tails, tokenize = 'unicode61', prefix = '2 3 4')"
    )


def _guards() -> None:
    for table in _APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'only ever added to'); END"
            )


_TABLES = (
    "photo_finding",
    "photo",
    "decision",
    "answer_event",
    "answer",
    "visit",
    "user_secret",
    "receipt",
    "reader_cursor",
    "outbox",
    "note",
    "inbox",
    "dossier",
    "contradiction",
    "assessment",
    "user",
    "setting",
    "pack",
    "fingerprint",
    "case_file",
    "blob",
    "audit_event",
)
