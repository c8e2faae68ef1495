"""The receipt of each photo: counted, linked to the one before, signed by the officer where somebody is enrolled."""

from __future__ import annotations

from officer_app.base.canonical import Json, digest
from officer_app.casework.desk import Desk
from officer_app.dossier.intakes import Intake
from officer_app.trust import signing
from officer_app.vault import photointakes
from officer_app.vault.photorecords import PhotoIntake
from officer_app.vault.records import PhotoRecord
from officer_app.vault.transactions import Writing


def give_receipt(desk: Desk, tx: Writing, record: PhotoRecord) -> PhotoIntake:
    """The next receipt of this laptop, in the same transaction as the photo."""
    counter, previous = photointakes.head(tx)
    identity = desk.identity
    entry = Intake(
        counter=counter + 1,
        previous=previous,
        sha256=record.sha256,
        claimed=record.taken_text,
        received=record.received,
        user=record.officer,
        device=identity.person.device if identity is not None else "",
        camera=record.device,
        case=record.case,
    ).to_bytes()
    signature = signing.sign(entry, identity, record.received) if identity is not None else b""
    receipt = PhotoIntake(counter + 1, record.id, entry, digest(entry), signature)
    photointakes.add(tx, receipt)
    return receipt


def receipt_to_json(receipt: PhotoIntake) -> Json:
    """A receipt as it stands in a dossier: the signed bytes as text, and the signature."""
    return {"entry": receipt.entry.decode(), "signature": receipt.signature.hex()}
