"""Encrypted files and their rows: file first, row second, so that a crash leaves an orphan and never a hole."""

from __future__ import annotations

from sqlalchemy import select

from officer_app.base.canonical import digest
from officer_app.base.ids import CaseId
from officer_app.vault import casekeys, rows
from officer_app.vault.records import BlobId
from officer_app.vault.tables import BLOB
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, data: bytes, case: CaseId | None = None) -> BlobId:
    """Keep `data` encrypted, under the key of its case if it has one.

    The file is durable when this returns, the row when the transaction is.
    """
    blob = tx.files.write(data, casekeys.of_case(tx, case) if case is not None else "")
    tx.written.append(blob)
    rows.write(tx, BLOB, BLOB.insert().values(id=blob, sha256=digest(data), size=len(data), made=tx.clock.now()))
    return blob


def read(tx: Reading, blob: BlobId) -> bytes:
    """The bytes. Errors: BLOB_MISSING, BLOB_BROKEN."""
    return tx.files.read(blob)


def sha256(tx: Reading, blob: BlobId) -> str:
    """The digest of the bytes as given. Errors: RECORD_MISSING."""
    return _row(tx, blob)[0]


def size(tx: Reading, blob: BlobId) -> int:
    """How many bytes were given. Errors: RECORD_MISSING."""
    return _row(tx, blob)[1]


def drop(tx: Writing, blob: BlobId) -> None:
    """Forget a file that nothing points at; it goes when the transaction is durable. Errors: RECORD_MISSING."""
    if not rows.write(tx, BLOB, BLOB.delete().where(BLOB.c.id == blob)):
        raise rows.missing(BLOB)
    tx.dropped.append(blob)


def all_digests(tx: Reading) -> dict[BlobId, str]:
    """Every kept file and the digest of its bytes."""
    return {BlobId(row.id): str(row.sha256) for row in tx.sql.execute(select(BLOB.c.id, BLOB.c.sha256))}


def _row(tx: Reading, blob: BlobId) -> tuple[str, int]:
    found = tx.sql.execute(select(BLOB.c.sha256, BLOB.c.size).where(BLOB.c.id == blob)).first()
    if found is None:
        raise rows.missing(BLOB)
    return str(found.sha256), int(found.size)
