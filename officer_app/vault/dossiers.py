"""Submitted versions of cases: never changed, never replaced."""

from __future__ import annotations

from sqlalchemy import select

from officer_app.base.ids import CaseId, DossierId
from officer_app.vault import rows
from officer_app.vault.records import DossierRecord, Origin
from officer_app.vault.tables import DOSSIER
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, dossier: DossierRecord) -> None:
    """Keep a dossier. Errors: RECORD_EXISTS when its id or digest is here."""
    rows.add(tx, DOSSIER, dossier)


def renumber(tx: Writing, dossier: DossierRecord) -> None:
    """Where a version stands among a case's versions here; what was signed stays as it is. Errors: RECORD_MISSING."""
    rows.save(tx, DOSSIER, dossier)


def get(tx: Reading, dossier: DossierId) -> DossierRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, DOSSIER, DossierRecord, dossier)


def of_digest(tx: Reading, digest: str) -> DossierRecord | None:
    """The dossier whose manifest has this digest."""
    return rows.find(tx, DOSSIER, DossierRecord, DOSSIER.c.digest == digest)


def of_case(tx: Reading, case: CaseId) -> tuple[DossierRecord, ...]:
    """A case's dossiers, oldest version first."""
    return rows.many(tx, DOSSIER, DossierRecord, DOSSIER.c.case == case, order=(DOSSIER.c.version, DOSSIER.c.at))


def digests(tx: Reading, case: CaseId) -> tuple[tuple[str, Origin], ...]:
    """What a case's versions are called by, and where each was made, oldest first; without reading them."""
    asked = select(DOSSIER.c.digest, DOSSIER.c.origin).where(DOSSIER.c.case == case).order_by(DOSSIER.c.version)
    return tuple((str(row.digest), row.origin) for row in tx.sql.execute(asked))


def newest_own(tx: Reading) -> DossierRecord | None:
    """The dossier that was submitted last on this laptop, by whomever."""
    own = rows.many(tx, DOSSIER, DossierRecord, DOSSIER.c.origin == Origin.OWN, order=(DOSSIER.c.at.desc(),))
    return own[0] if own else None
