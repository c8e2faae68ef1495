"""Head office's desk: one folder with the institution's keys under a passphrase, its roster and its packs.

root.pem root.key        the institution's certificate and its key, wrapped; the key is needed for enrolling alone
office.pem office.key    who signs packs and receipts and opens dossiers for head office, wrapped
roster.json              everybody enrolled, signed; its version only grows
packs/ outgoing/         what was published, and what waits to be sent
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.trust.certificates import institution_of
from officer_app.trust.identities import Identity, Keys
from officer_app.trust.passphrases import unwrap
from officer_app.trust.roster import Roster, encode_roster, open_signed_roster, read_roster, signed_roster
from officer_app.trust.signing import sign

ROOT: Final = "root.pem"
ROOT_KEY: Final = "root.key"
OFFICE: Final = "office.pem"
OFFICE_KEY: Final = "office.key"
ROSTER: Final = "roster.json"
_LARGEST: Final = 64_000_000


class Opens(Protocol):
    """Whoever may open what is sealed for head office: the desk itself, and an auditor's, which signs nothing."""

    @property
    def folder(self) -> Path:
        """Head office's folder."""

    @property
    def root_pem(self) -> bytes:
        """The institution's root certificate."""

    @property
    def roster(self) -> Roster:
        """Everybody enrolled."""

    @property
    def reader_secret(self) -> str:
        """Opens what was sealed for head office."""

    @property
    def device(self) -> str:
        """Head office's own folder in a store."""


@dataclass(slots=True)
class Desk:
    """Head office at work: its folder, its identity, and the root key when it may enrol."""

    folder: Path
    identity: Identity
    roster: Roster
    root_keys: Keys | None = None

    @property
    def root_pem(self) -> bytes:
        """The institution's root certificate."""
        return self.identity.root

    @property
    def institution(self) -> str:
        """The institution's name."""
        return institution_of(self.identity.root)

    @property
    def reader_secret(self) -> str:
        """Opens what was sealed for head office."""
        return self.identity.reader_secret

    @property
    def device(self) -> str:
        """Head office's own folder in a store."""
        return self.identity.person.device

    def issuing(self) -> Keys:
        """The root key. Errors: DESK_CANNOT_ISSUE."""
        if self.root_keys is None:
            raise Fault(Code.DESK_CANNOT_ISSUE)
        return self.root_keys

    def keep_roster(self, roster: Roster, at: datetime) -> None:
        """Sign and keep the next version of the roster."""
        following = replace(roster, version=self.roster.version + 1, made_at=at)
        data = encode_roster(following)
        write_whole(self.folder / ROSTER, signed_roster(data, sign(data, self.identity, at)))
        self.roster = following

    def signed_roster(self) -> tuple[bytes, bytes]:
        """The roster as signed. Errors: DESK_BROKEN."""
        return open_signed_roster(_file(self.folder, ROSTER))


def open_desk(folder: Path, passphrase: str, *, issuing: bool = True) -> Desk:
    """Open head office in its folder; `issuing` unlocks the root key too.

    Errors: DESK_MISSING, DESK_BROKEN, WRONG_PASSPHRASE, ENVELOPE_BROKEN.
    """
    if not (folder / ROSTER).is_file():
        raise Fault(Code.DESK_MISSING, folder=str(folder))
    root = _file(folder, ROOT)
    keys = Keys.from_bytes(unwrap(_file(folder, OFFICE_KEY), passphrase, OFFICE_KEY))
    root_keys = Keys.from_bytes(unwrap(_file(folder, ROOT_KEY), passphrase, ROOT_KEY)) if issuing else None
    roster = read_roster(*open_signed_roster(_file(folder, ROSTER)), root)
    return Desk(folder, Identity(keys, _file(folder, OFFICE), root), roster, root_keys)


def _file(folder: Path, name: str) -> bytes:
    try:
        return read_limited(folder / name, _LARGEST)
    except Fault as fault:
        raise Fault(Code.DESK_BROKEN, where=name, file=name) from fault
