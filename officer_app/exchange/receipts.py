"""Receipts of photos within a dossier, checked by a stranger: signed at intake, linked, and of these very files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.canonical import Json, decode
from officer_app.base.errors import Code, Fault
from officer_app.dossier.intakes import check_links, read_intake
from officer_app.trust import signing

PHOTOS: Final = "photos.json"


def check_receipts(parts: Mapping[str, bytes], digests: Mapping[str, str], root_pem: bytes) -> int:
    """Check every receipt in a dossier's list of photos against its file and the root; gives how many there are.

    `digests` are the SHA-256 of the parts. Dossiers from before receipts were kept have none; one that was never
    signed, since nobody was enrolled then, is only linked. Errors: PHOTO_RECEIPT, those of signatures.
    """
    listed = decode(parts[PHOTOS]) if PHOTOS in parts else []
    entries = []
    for one in listed if isinstance(listed, list) else []:
        receipt = one.get("receipt") if isinstance(one, dict) else None
        if isinstance(one, dict) and receipt is not None:
            entries.append(_checked(one, receipt, digests, root_pem))
    check_links(tuple(entries))
    return len(entries)


def _checked(one: dict[str, Json], receipt: Json, digests: Mapping[str, str], root_pem: bytes) -> bytes:
    part = str(one.get("part"))
    match receipt:
        case {"entry": str(text), "signature": str(signature)}:
            entry = text.encode()
        case _:
            raise Fault(Code.PHOTO_RECEIPT, where=part, file=part)
    intake = read_intake(entry)
    if not intake.sha256 == one.get("sha256") == digests.get(part):
        raise Fault(Code.PHOTO_RECEIPT, where=part, file=part)
    if signature or intake.device:
        _check_signature(entry, signature, intake.device, root_pem, part)
    return entry


def _check_signature(entry: bytes, signature: str, device: str, root_pem: bytes, part: str) -> None:
    try:
        signer = signing.verify(entry, bytes.fromhex(signature), root_pem)
    except (ValueError, Fault) as error:
        raise Fault(Code.PHOTO_RECEIPT, where=part, file=part) from error
    if signer.person.device != device:
        raise Fault(Code.PHOTO_RECEIPT, where=part, file=part)
