"""The evidence bundle: an unsealed folder that a stranger can verify with our root certificate alone."""

from __future__ import annotations

from pathlib import Path

from officer_app.base.ids import DossierId
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.exchange import parcels
from officer_app.exchange.bundle import write_bundle
from officer_app.exchange.contents import verify_decision, verify_dossier, verify_notice, verify_receipt
from officer_app.vault import audit, decisions, delivery, notices
from officer_app.vault import dossiers as kept
from officer_app.vault.records import DecisionRecord


@allowed(*EVERYONE)
def export_bundle(desk: Desk, dossier: DossierId, folder: Path) -> None:
    """Write a dossier with its decisions, receipts and notices, all verified once more, into an empty folder.

    Errors: BUNDLE_FOLDER_NOT_EMPTY, NOT_ENROLLED, and those of the verification.
    """
    institution, _identity = desk.certified(*EVERYONE)
    with desk.vault.reading() as tx:
        record = kept.get(tx, dossier)
        decided = decisions.of_dossier(tx, record.digest)
        receipts = delivery.receipts(tx, record.digest)
        said = [one for one in notices.of_case(tx, record.case) if one.dossier_digest == record.digest]
    parts = {part.path: desk.vault.read_blob(part.blob) for part in record.parts}
    root = institution.root
    write_bundle(
        folder,
        verify_dossier(parcels.dossier_parcel(record.manifest, record.signature, parts), root),
        [verify_decision(_decision(desk, one), root) for one in decided],
        [verify_receipt(parcels.receipt_parcel(one.record, one.signature), root) for one in receipts],
        [verify_notice(parcels.notice_parcel(one.record, one.signature), root) for one in said],
        root_pem=root,
    )
    with desk.vault.writing() as tx:
        audit.append(tx, "bundle_exported", record.case, {"dossier": record.digest})


def _decision(desk: Desk, record: DecisionRecord) -> parcels.Parcel:
    memo = desk.vault.read_blob(record.memo) if record.memo else b""
    return parcels.decision_parcel(record.record, record.signature, memo)
