"""What was put aside, for whoever helps: the reason and the sealed index as they came, without anything opened."""

from __future__ import annotations

from pathlib import Path

from officer_app import __version__
from officer_app.base import canonical
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.base.ids import RecordId
from officer_app.casework import reasons
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.vault import audit, blobs, delivery


@allowed(*EVERYONE)
def export_aside(desk: Desk, aside: RecordId, folder: Path) -> tuple[Path, ...]:
    """Two files for support: why (JSON) and, if one was kept, the index as it lay in the store.

    The index is sealed: it tells support that it is the same, and can be opened on this laptop alone. Nothing about
    a customer is in either. Errors: RECORD_MISSING, DISK_FULL, FOLDER_READ_ONLY.
    """
    with desk.vault.reading() as tx:
        record = next((one for one in delivery.quarantined(tx) if one.id == aside), None)
        if record is None:
            raise Fault(Code.RECORD_MISSING, where="inbox", what="inbox")
        index = blobs.read(tx, record.blob) if record.blob is not None else b""
    why = reasons.read(record.reason)
    stem = f"quarantine-{record.device}-{record.counter:012d}"
    told: canonical.Json = {
        "schema": "firsthand/quarantine/1",
        "program": __version__,
        "device": record.device,
        "counter": record.counter,
        "kind": record.kind,
        "received_at": to_text(record.received),
        "code": why.code,
        "where": why.where,
        "index_sha256": canonical.digest(index) if index else "",
    }
    written = [folder / f"{stem}.json"]
    write_whole(written[0], canonical.encode(told))
    if index:
        written.append(folder / f"{stem}.index")
        write_whole(written[1], index)
    with desk.vault.writing() as tx:
        audit.append(tx, "quarantine_exported", record.device, {"counter": record.counter, "code": why.code})
    return tuple(written)
