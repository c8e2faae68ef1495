"""The tables of the warehouse. What a dossier says stays as it was signed; amounts and moments are exact text."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

from officer_app.vault.columns import Exact, JsonText, Moment

METADATA: Final = MetaData()

# How far each device was read: the next counter, and the earlier ones still missing.
CURSOR: Final = Table(
    "device_cursor",
    METADATA,
    Column("device", Text, primary_key=True),
    Column("next", Integer, nullable=False),
    Column("gaps", JsonText(), nullable=False),
)

# One row per case, as its newest dossier and the decision on it tell it.
CASES: Final = Table(
    "case_file",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("officer_id", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("dossier", Text, nullable=False),
    Column("requested", Exact, nullable=False),
    Column("recommended", Exact),
    Column("approved", Exact),
    Column("term_months", Integer),
    Column("grade", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("trade", Text),
    Column("village", Text),
    Index("ix_case_file_number", "number"),
)

DOSSIERS: Final = Table(
    "dossier",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.case_id"), nullable=False, index=True),
    Column("case_number", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("previous", Text),
    Column("policy_version", Text, nullable=False),
    Column("products_version", Text),
    Column("form_versions", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("audit_head", Text, nullable=False),
    Column("frozen_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("device", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

CHECKS: Final = Table(
    "dossier_check",
    METADATA,
    Column("dossier", Text, ForeignKey("dossier.digest"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("told", Text),
    Column("found", Text),
    Column("deviation", Text),
    Column("tolerance", Text),
    Index("ix_dossier_check_id", "id", "verdict"),
)

FIGURES: Final = Table(
    "figure",
    METADATA,
    Column("dossier", Text, ForeignKey("dossier.digest"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("value", Text, nullable=False),
)

PHOTOS: Final = Table(
    "photo",
    METADATA,
    Column("dossier", Text, ForeignKey("dossier.digest"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("shot", Text, nullable=False),
    Column("taken_at", Text),
    Column("taken_in_at", Text, nullable=False),
    Column("metres", Text),
    Column("findings", JsonText(), nullable=False),
    Column("fingerprint", Text),
)

FLAGS: Final = Table(
    "flag",
    METADATA,
    Column("dossier", Text, ForeignKey("dossier.digest"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("sentence_zh", Text, nullable=False),
    Column("hard", Boolean, nullable=False),
)

CONTRADICTIONS: Final = Table(
    "contradiction",
    METADATA,
    Column("dossier", Text, ForeignKey("dossier.digest"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("sentence_zh", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("explanation", Text, nullable=False),
)

# The facts without names, and the digests of the policy and of the list of products they were judged by (none: the
# policy's own table). Dossiers of earlier programs have no facts.
FACTS: Final = Table(
    "dossier_facts",
    METADATA,
    Column("dossier", Text, ForeignKey("dossier.digest"), primary_key=True),
    Column("policy", Text, nullable=False),
    Column("facts", LargeBinary, nullable=False),
    Column("products", Text),
)

# `standing`: accepted, waiting (its dossier has not come yet) or refused (with the code of the reason).
DECISIONS: Final = Table(
    "decision",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("record_id", Text, nullable=False),
    Column("dossier", Text, nullable=False, index=True),
    Column("case_id", Text, nullable=False),
    Column("case_number", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("amount", Exact),
    Column("term_months", Integer),
    Column("annual_rate", Exact),
    Column("conditions", JsonText(), nullable=False),
    Column("questions", JsonText(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by_id", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("minutes_open", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("device", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("refused_for", Text),
    Column("record", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("memo", LargeBinary, nullable=False),
)

# Questions, answers, withdrawals, hand-overs and holds, as signed. They may be here before their dossier.
# `office`: head office's own word, whose hold nobody else lifts.
NOTICES: Final = Table(
    "notice",
    METADATA,
    Column("record_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("dossier", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("to_id", Text),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("office", Boolean, nullable=False, server_default=text("false")),
)

# Certificates of what laptops deleted, and head office itself (`office`); they tell nothing about a borrower.
DELETIONS: Final = Table(
    "deletion",
    METADATA,
    Column("record_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("case_number", Text, nullable=False),
    Column("record_class", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("due_on", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("office", Boolean, nullable=False, server_default=text("false")),
    Column("ordered_by", Text),
)

# What was deleted here, by its digest: it is not taken in again. `version` is a dossier's.
PURGED: Final = Table(
    "purged",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("version", Integer),
    Column("certificate", Text, nullable=False),
)

# Which deliveries brought something about a case, copies too; with the certificate once the case was deleted.
DELIVERIES: Final = Table(
    "delivery",
    METADATA,
    Column("device", Text, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("certificate", Text),
)

# Which of the deleted ones' pieces are out of which store.
CLEARED: Final = Table(
    "cleared",
    METADATA,
    Column("store", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
)

# A receipt is owed from the moment its record is in; `sent` when it lies in head office's outgoing folder.
RECEIPTS: Final = Table(
    "receipt",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("device", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("reader", Text, nullable=False),
    Column("queued", Boolean, nullable=False),
)

QUARANTINE: Final = Table(
    "quarantine",
    METADATA,
    Column("device", Text, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("received_at", Moment, nullable=False),
    Column("code", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# When something costly was last done for the whole warehouse: looking for holes in every device's numbers. Or since
# when it is owed: writing everything anew after something was deleted.
LOOKED: Final = Table(
    "looked_through",
    METADATA,
    Column("what", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

# The signatures inside a record's memo are judged by a later sweep. `standing`: waiting, holds or fails.
PAPERS: Final = Table(
    "paper_check",
    METADATA,
    Column("record", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("standing", Text, nullable=False, index=True),
    Column("code", Text),
    Column("checked_at", Moment),
)

# The laptops' own logs, as far as their dossiers brought them. A log is named by the digest of its first entry.
DEVICE_LOG: Final = Table(
    "device_log",
    METADATA,
    Column("log", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

# How long a laptop's log was when it signed a dossier.
LOG_HEADS: Final = Table(
    "log_head",
    METADATA,
    Column("dossier", Text, ForeignKey("dossier.digest"), primary_key=True),
    Column("log", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index("ix_log_head_log", "log", "number"),
)

# What does not fit in a log, and the dossier that showed it. `kind`: forked, shortened, missing or not_chained.
LOG_FINDINGS: Final = Table(
    "log_finding",
    METADATA,
    Column("log", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("dossier", Text, primary_key=True),
    Column("found_at", Moment, nullable=False),
)

IMPORTED: Final = Table(
    "imported_file",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("rows", Integer, nullable=False),
)

# The book of loans paid out, the old ones too; `case_number` where a case of ours stands behind one.
BOOK: Final = Table(
    "book_loan",
    METADATA,
    Column("contract", Text, primary_key=True),
    Column("case_number", Text, index=True),
    Column("branch", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("trade", Text, nullable=False),
    Column("village", Text, nullable=False),
    Column("amount", Exact, nullable=False),
    Column("paid_out_on", Text, nullable=False),
    Column("due_on", Text),
)

# A loan as the core banking system told it on one day: what is owed, what is late, since when, paid on that day.
LOAN_DAYS: Final = Table(
    "loan_day",
    METADATA,
    Column("contract", Text, primary_key=True),
    Column("as_of", Text, primary_key=True),
    Column("balance", Exact, nullable=False),
    Column("overdue", Exact, nullable=False),
    Column("days_past_due", Integer, nullable=False),
    Column("paid", Exact, nullable=False),
)

# Who took what out, when, by which question; the file's digest tells which file it was.
EXPORTS: Final = Table(
    "export_log",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("asked", JsonText(), nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("rows", Integer, nullable=False),
)
