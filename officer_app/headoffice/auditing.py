"""The auditor's desk: opens what head office may open, and has nothing to sign with.

Head office lays a grant into its folder for each auditor it enrols: its reading key, sealed for that auditor's own
key. So an auditor needs no passphrase of head office, and can neither issue, publish nor write a receipt: the keys
for that are not in the grant. It counts only together with a certificate of the role on the signed roster.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from officer_app.base.canonical import decode, encode
from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.headoffice.desk import OFFICE, ROOT, ROSTER, Desk
from officer_app.trust.certificates import Person, Role, institution_of, read_person, verify_chain
from officer_app.trust.identities import Identity
from officer_app.trust.roster import Roster, open_signed_roster, read_roster
from officer_app.trust.sealing import seal, unseal

_FOLDER: Final = "auditors"
_SCHEMA: Final = "firsthand/audit-grant/1"
_LARGEST: Final = 64_000_000
_GRANT: Final = 16_384


@dataclass(frozen=True, slots=True)
class AuditDesk:
    """Head office's folder, to be read: roster, packs, journal, and the key that opens evidence."""

    folder: Path
    root_pem: bytes
    roster: Roster
    person: Person
    device: str
    reader_secret: str = field(repr=False)

    @property
    def institution(self) -> str:
        """The institution's name."""
        return institution_of(self.root_pem)


def admit(desk: Desk, auditor: Person) -> None:
    """Let an auditor read; every other role is refused. Errors: NOT_ALLOWED, DISK_FULL, FOLDER_READ_ONLY."""
    if auditor.role is not Role.AUDITOR:
        raise Fault(Code.NOT_ALLOWED, where=auditor.role.value)
    path = _path(desk.folder, auditor.key_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    told = {"device": desk.device, "reader": desk.reader_secret, "schema": _SCHEMA}
    write_whole(path, seal(encode(told), [auditor.reader]))


def dismiss(desk: Desk, key_id: str) -> None:
    """Take the grant away; a key that has none is none the worse."""
    _path(desk.folder, key_id).unlink(missing_ok=True)


def open_audit(folder: Path, identity: Identity, clock: Clock) -> AuditDesk:
    """Open head office's folder with an auditor's own key.

    Errors: DESK_MISSING, DESK_BROKEN, NOT_ALLOWED for any other role, AUDIT_NOT_ADMITTED for another institution or
    without a grant, CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED.
    """
    if not (folder / ROSTER).is_file():
        raise Fault(Code.DESK_MISSING, folder=str(folder))
    root = _file(folder, ROOT)
    if root != identity.root:
        raise Fault(Code.AUDIT_NOT_ADMITTED, where=ROOT)
    roster = read_roster(*open_signed_roster(_file(folder, ROSTER)), root)
    now = clock.now()
    verify_chain(identity.certificate, root, now, roster.withdrawn(now))
    newest = roster.newest_of(identity.person.key_id)
    if newest is None or verify_chain(newest, root, now, roster.withdrawn(now)).role is not Role.AUDITOR:
        raise Fault(Code.NOT_ALLOWED, where="open_audit")
    device, reader = _grant(folder, identity)
    if device != read_person(_file(folder, OFFICE)).device:
        raise Fault(Code.AUDIT_NOT_ADMITTED, where=OFFICE)
    return AuditDesk(folder, root, roster, read_person(newest), device, reader)


def _grant(folder: Path, identity: Identity) -> tuple[str, str]:
    path = _path(folder, identity.person.key_id)
    if not path.is_file():
        raise Fault(Code.AUDIT_NOT_ADMITTED, where=path.name)
    try:
        told = decode(unseal(read_limited(path, _GRANT), identity.reader_secret))
    except (Fault, ValueError) as error:
        raise Fault(Code.AUDIT_NOT_ADMITTED, where=path.name) from error
    if not isinstance(told, dict) or told.get("schema") != _SCHEMA:
        raise Fault(Code.AUDIT_NOT_ADMITTED, where=path.name)
    return str(told.get("device", "")), str(told.get("reader", ""))


def _path(folder: Path, key_id: str) -> Path:
    return folder / _FOLDER / f"{key_id}.age"


def _file(folder: Path, name: str) -> bytes:
    try:
        return read_limited(folder / name, _LARGEST)
    except Fault as fault:
        raise Fault(Code.DESK_BROKEN, where=name, file=name) from fault
