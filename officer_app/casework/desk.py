"""The desk: one person, signed in, at work on one laptop. Every use case takes it first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from officer_app.base.canonical import Json
from officer_app.base.clock import Clock, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.workers import Worker
from officer_app.credit.norms import Norms
from officer_app.credit.policy import Policy
from officer_app.dossier.people import PeopleList
from officer_app.evidence.reading.reader import MEMORY_MB
from officer_app.evidence.search import Library
from officer_app.evidence.shotlists import ShotList
from officer_app.trust.certificates import Role, read_person, verify_chain
from officer_app.trust.identities import Identity, Keys
from officer_app.trust.roster import Roster, read_roster
from officer_app.vault import audit, settings, users
from officer_app.vault.privates import PrivateBox
from officer_app.vault.records import UserRecord
from officer_app.vault.store import Vault
from officer_app.vault.transactions import Reading, Writing

KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Institution:
    """Whom this laptop works for, as the answer to its enrolment said."""

    name: str
    root: bytes
    roster: Roster


@dataclass(slots=True)
class Desk:
    """An open vault, who sits before it, and what was already read from it."""

    vault: Vault
    clock: Clock
    worker: Worker
    institution: Institution | None = None
    identity: Identity | None = None
    policies: dict[str, Policy] = field(default_factory=dict)
    shots: dict[str, ShotList] = field(default_factory=dict)
    library: Library | None = None
    people: tuple[str, PeopleList] | None = None  # head office's lists, with the digest they were read from
    norms: tuple[str, Norms] | None = None  # the norms of the trades, with the digest of head office's own file
    reader: Worker = field(default_factory=lambda: Worker(memory_mb=MEMORY_MB))  # of texts in pictures

    @property
    def user(self) -> UserRecord:
        """Who is signed in."""
        return self.vault.user

    @property
    def roles(self) -> frozenset[Role]:
        """What this laptop lets the person try; signed acts ask the certificate too."""
        return frozenset(role for role in Role if role.value in self.user.roles)

    def certified(self, *roles: Role) -> tuple[Institution, Identity]:
        """Institution and identity of someone whose certificate has one of the roles.

        Errors: NOT_ENROLLED, NOT_ALLOWED.
        """
        if self.institution is None or self.identity is None:
            raise Fault(Code.NOT_ENROLLED)
        if self.identity.person.role not in roles:
            raise Fault(Code.NOT_ALLOWED)
        return self.institution, self.identity

    def close(self) -> None:
        """Forget the keys, end the worker, free the data folder."""
        self.worker.close()
        self.reader.close()
        self.vault.close()


def sign_in(folder: Path, login: str, passphrase: str, clock: Clock) -> Desk:
    """Open the vault in `folder` as `login`.

    Errors: those of `Vault.open`: WRONG_PASSPHRASE, PASSPHRASE_WAIT, VAULT_IN_USE, VAULT_BROKEN, VAULT_NEWER …
    """
    return seat(Vault.open(folder, login, passphrase, clock), clock)


def seat(vault: Vault, clock: Clock) -> Desk:
    """A desk at a vault that is already open."""
    desk = Desk(vault, clock, Worker())
    refresh(desk)
    return desk


def refresh(desk: Desk) -> None:
    """Read institution, roster and identity again, after they changed."""
    with desk.vault.reading() as tx:
        desk.institution = _institution(tx)
        desk.identity = _identity(desk.vault, tx, desk.institution)


def store_institution(desk: Desk, name: str, root: bytes, roster: bytes, signature: bytes) -> None:
    """Keep what head office answered, in one transaction with nothing else."""
    with desk.vault.writing() as tx:
        settings.put(
            tx,
            "institution",
            {"name": name, "root": root.decode(), "roster": roster.hex(), "roster_signature": signature.hex()},
        )
    refresh(desk)


def keep_roster(desk: Desk, tx: Writing, roster: bytes, signature: bytes) -> None:
    """Take a newer roster in place of the one here; an older one changes nothing. Errors: those of `read_roster`."""
    institution = desk.institution
    stored = settings.get(tx, "institution")
    if institution is None or not isinstance(stored, dict):
        raise Fault(Code.NOT_ENROLLED)
    newer = read_roster(roster, signature, institution.root)
    if newer.version > institution.roster.version:
        settings.put(tx, "institution", {**stored, "roster": roster.hex(), "roster_signature": signature.hex()})
        _take_certificates(tx, newer, institution.root, desk.clock.now())


def _take_certificates(tx: Writing, roster: Roster, root: bytes, at: datetime) -> None:
    """Everybody of this laptop gets the newest certificate of the own key: renewed, or with another limit."""
    for user in users.all(tx):
        held = settings.get(tx, _certificate_key(user))
        if not isinstance(held, str):
            continue
        newest = roster.newest_of(read_person(held.encode()).key_id)
        if newest is None or newest == held.encode():
            continue
        person = verify_chain(newest, root, at, roster.withdrawn(at))
        settings.put(tx, _certificate_key(user), newest.decode())
        audit.append(tx, "certificate_taken", user.id, {"key": person.key_id, "until": to_text(person.valid_to)})


def store_identity(desk: Desk, keys: Keys, certificate: bytes) -> None:
    """Keep the person's keys under their own passphrase, and the certificate beside them."""
    with desk.vault.writing() as tx:
        users.set_secret(tx, desk.user.id, KEYS, desk.vault.private.seal(KEYS, keys.to_bytes()))
        settings.put(tx, _certificate_key(desk.user), certificate.decode())
    refresh(desk)


def _institution(tx: Reading) -> Institution | None:
    stored = settings.get(tx, "institution")
    if not isinstance(stored, dict):
        return None
    root = _text(stored, "root").encode()
    roster = read_roster(
        bytes.fromhex(_text(stored, "roster")), bytes.fromhex(_text(stored, "roster_signature")), root
    )
    return Institution(_text(stored, "name"), root, roster)


def _identity(vault: Vault, tx: Reading, institution: Institution | None) -> Identity | None:
    return identity_of(tx, vault.user, vault.private, institution)


def identity_of(
    tx: Reading, user: UserRecord, private: PrivateBox, institution: Institution | None
) -> Identity | None:
    """The identity of a user of this laptop whose passphrase gave `private`; None while not enrolled."""
    envelope = users.secret(tx, user.id, KEYS)
    certificate = settings.get(tx, _certificate_key(user))
    if institution is None or envelope is None or not isinstance(certificate, str):
        return None
    keys = Keys.from_bytes(private.unseal(KEYS, envelope))
    return Identity(keys, certificate.encode(), institution.root)


def is_enrolled(tx: Reading, user: UserRecord) -> bool:
    """Whether a user of this laptop has a certificate."""
    return isinstance(settings.get(tx, _certificate_key(user)), str)


def _certificate_key(user: UserRecord) -> str:
    return f"certificate:{user.id}"


def _text(stored: dict[str, Json], key: str) -> str:
    value = stored.get(key)
    if not isinstance(value, str):
        raise Fault(Code.VAULT_BROKEN, where=key)
    return value
