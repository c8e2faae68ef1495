"""What head office deleted is not taken in again: tombstones by digest, and certificates that outlive a warehouse.

A certificate lies in the warehouse and, as two files, in head office's folder. A warehouse that is made anew from the
stores learns of the deletions from the folder, so that nothing comes back by that way either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, func, insert, or_, select, update

from officer_app.base.files import read_limited, write_whole
from officer_app.dossier import deletion
from officer_app.dossier.records import RecordKind
from officer_app.exchange.contents import DecisionContent, DeletionContent, DossierContent, NoticeContent
from officer_app.exchange.contents import verify_deletion as verify
from officer_app.exchange.parcels import deletion_parcel
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.journal import Act, Said, note
from officer_app.headoffice.retention import keep_deletion
from officer_app.headoffice.tables import DELETIONS, DELIVERIES, PURGED
from officer_app.headoffice.warehouse import Warehouse

FOLDER: Final = "deletions"
_RECORD: Final = ".json"
_SIGNATURE: Final = ".sig"


def certificate_against(
    connection: Connection, content: DossierContent | DecisionContent | NoticeContent
) -> str | None:
    """The certificate by which what this belongs to was deleted; None when it may come in.

    A version of a deleted case that is not newer than those deleted is refused too, though nobody knew it here.
    """
    match content:
        case DossierContent():
            deleted = _certificate(connection, PURGED.c.digest == content.digest)
            return deleted or _older(connection, content)
        case DecisionContent():
            named = or_(PURGED.c.digest == content.decision.dossier, PURGED.c.digest == content.digest)
            return _certificate(connection, named)
        case _:
            return _certificate(connection, PURGED.c.digest == content.notice.dossier)


def keep_delivery(connection: Connection, device: str, counter: int, case_id: str, certificate: str | None) -> None:
    """Remember which delivery brought something about a case; with a certificate its pieces are to be removed."""
    own = DELIVERIES.c.device == device, DELIVERIES.c.counter == counter
    told = {"case_id": case_id, "certificate": certificate}
    if not connection.execute(update(DELIVERIES).where(*own).values(**told)).rowcount:
        connection.execute(insert(DELIVERIES).values(device=device, counter=counter, **told))


def lay(connection: Connection, content: DeletionContent, versions: dict[str, int], now: datetime) -> None:
    """Keep head office's own certificate and a stone for each digest that it names; those here stay as they are."""
    keep_deletion(connection, content, now, office=True)
    told = content.deletion
    named = [(name, RecordKind.DOSSIER) for name in told.dossiers] + [
        (name, RecordKind.DECISION) for name in told.decisions
    ]
    for name, kind in named:
        if _certificate(connection, PURGED.c.digest == name) is None:
            stone = {"case_id": told.case_id, "kind": kind.value, "version": versions.get(name)}
            connection.execute(insert(PURGED).values(digest=name, certificate=told.record_id, **stone))


def bring_folder(desk: Desk, warehouse: Warehouse, now: datetime) -> None:
    """Let a warehouse know every deletion that head office's folder tells and it does not.

    Errors: those of `verify_deletion` for a certificate that was changed; FILE_MISSING, FILE_TOO_LARGE.
    """
    folder = desk.folder / FOLDER
    there = {path.stem: path for path in folder.glob(f"*{_RECORD}")} if folder.is_dir() else {}
    if not there:
        return
    with warehouse.transaction() as connection:
        known = set(connection.execute(select(DELETIONS.c.record_id).where(DELETIONS.c.office.is_(True))).scalars())
        for name in sorted(there.keys() - known):
            lay(connection, _read(there[name], desk.root_pem), {}, now)


def write_folder(desk: Desk, warehouse: Warehouse, said: Said) -> None:
    """Write every certificate that the folder lacks, each after its line in the journal."""
    folder = desk.folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    there = {path.stem for path in folder.glob(f"*{_RECORD}")}
    for row in _own(warehouse):
        if row.record_id not in there:
            # A line twice after a cut is better than a deletion that went without one.
            note(desk.folder, Act.PURGED, row.case_number, said, row.at, row.record_id)
            write_whole(folder / f"{row.record_id}{_SIGNATURE}", bytes(row.signature))
            write_whole(folder / f"{row.record_id}{_RECORD}", bytes(row.record))


def _own(warehouse: Warehouse) -> Iterator[Any]:
    with warehouse.transaction() as connection:
        own = select(DELETIONS).where(DELETIONS.c.office.is_(True)).order_by(DELETIONS.c.at, DELETIONS.c.record_id)
        return iter(connection.execute(own).all())


def _read(path: Path, root_pem: bytes) -> DeletionContent:
    record = read_limited(path, deletion.LARGEST)
    signature = read_limited(path.with_suffix(_SIGNATURE), deletion.LARGEST)
    return verify(deletion_parcel(record, signature), root_pem)


def _older(connection: Connection, content: DossierContent) -> str | None:
    case = PURGED.c.case_id == content.manifest.case_id
    newest = connection.execute(select(func.max(PURGED.c.version)).where(case)).scalar_one()
    if newest is None or content.manifest.version > newest:
        return None
    return _certificate(connection, case)


def _certificate(connection: Connection, where: Any) -> str | None:
    return connection.execute(select(PURGED.c.certificate).where(where)).scalars().first()
