"""Looks at everything in a vault: pages, keys between rows, the audit chain, every encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from officer_app.base.canonical import digest
from officer_app.base.errors import Fault
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.base.words import N_, Message, message
from officer_app.vault import audit, blobs, deletions, photointakes, visitlog
from officer_app.vault.records import BlobId
from officer_app.vault.store import Vault
from officer_app.vault.tables import CASE, METADATA


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be: a code for scripts, a place, a sentence."""

    kind: str
    where: str
    sentence: Message


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what is wrong."""

    problems: tuple[Problem, ...]
    cases: int
    blobs: int
    events: int

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def verify(vault: Vault, progress: Progress = silent, cancelled: Cancelled = never) -> Report:
    """Look at everything; reads every file once. Errors: CANCELLED."""
    problems = [*_pages(vault), *_rows(vault), *_chain(vault)]
    with vault.reading() as tx:
        known = blobs.all_digests(tx)
        events = audit.head(tx)[0]
        cases = tx.sql.execute(select(func.count()).select_from(CASE)).scalar_one()
    problems += _files(vault, known, progress, cancelled)
    return Report(tuple(problems), int(cases), len(known), events)


def _pages(vault: Vault) -> Iterator[Problem]:
    for row in vault.database.run("PRAGMA cipher_integrity_check"):
        yield Problem("PAGE_CHANGED", str(row[0]), message(N_("A page of the database was changed from outside.")))
    for row in vault.database.run("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Problem("DATABASE_DAMAGED", str(row[0]), message(N_("The database is damaged.")))


def _rows(vault: Vault) -> Iterator[Problem]:
    for row in vault.database.run("PRAGMA foreign_key_check"):
        yield Problem("ROW_HANGING", f"{row[0]} {row[1]}", message(N_("A record points at one that is not there.")))
    present = {str(row[0]) for row in vault.database.run("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in sorted(set(METADATA.tables) - present):
        yield Problem("TABLE_MISSING", table, message(N_("A table is missing.")))


def _chain(vault: Vault) -> Iterator[Problem]:
    with vault.reading() as tx:
        broken = audit.first_broken(tx)
        visit = visitlog.first_changed(tx)
        receipt = photointakes.first_broken(tx)
        undone = deletions.first_undone(tx)
    if broken is not None:
        said = message(N_("The audit log was changed: entry {number} does not fit."), number=broken)
        yield Problem("AUDIT_CHANGED", str(broken), said)
    if visit is not None:
        yield Problem("VISIT_LOG_CHANGED", visit, message(N_("The log of a visit was changed.")))
    if receipt is not None:
        said = message(N_("The receipts of photos were changed: number {number} does not fit."), number=receipt)
        yield Problem("PHOTO_RECEIPT_CHANGED", str(receipt), said)
    if undone is not None:
        yield Problem("DELETION_UNDONE", undone, message(N_("A case that was deleted for good is not wholly gone.")))


def _files(vault: Vault, known: dict[BlobId, str], progress: Progress, cancelled: Cancelled) -> Iterator[Problem]:
    for done, (blob, wanted) in enumerate(sorted(known.items())):
        check(cancelled)
        progress(done, len(known))
        try:
            whole = digest(vault.read_blob(blob)) == wanted
        except Fault as fault:
            yield Problem(fault.code.name, blob, fault.sentence)
            continue
        if not whole:
            yield Problem("BLOB_OTHER", blob, message(N_("A stored file is another than the one that was stored.")))
    progress(len(known), len(known))
