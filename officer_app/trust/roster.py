"""The roster: who is enrolled and whose key was withdrawn. Head office signs it; its version only grows."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.clock import from_text, to_text
from officer_app.base.errors import Code, Fault
from officer_app.trust.certificates import Person, Role, fingerprint, read_person, verify_chain
from officer_app.trust.signing import verify

_SCHEMA: Final = "firsthand/roster/1"
_MOST_PEOPLE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Roster:
    """All certificates head office issued (PEM), and what it withdrew since when.

    `revoked` names a key by its id, or a single certificate by its fingerprint: another one of the same key, which
    allows less or something else, took its place.
    """

    version: int
    made_at: datetime
    certificates: tuple[bytes, ...]
    revoked: Mapping[str, datetime]

    def withdrawn(self, at: datetime) -> Mapping[str, datetime]:
        """The keys that are withdrawn at that moment: one that goes at the end of the month still holds before."""
        return {key: since for key, since in self.revoked.items() if since <= at}

    def people(self, root_pem: bytes, at: datetime) -> tuple[Person, ...]:
        """Everybody whose certificate holds at that moment, each key with its newest one."""
        newest: dict[str, Person] = {}
        for pem in self.certificates:
            person = self._holding(pem, root_pem, at)
            # Later certificates of a key stand later in the roster.
            if person is not None:
                newest[person.key_id] = person
        return tuple(newest.values())

    def newest_of(self, key_id: str) -> bytes | None:
        """The certificate of a key that counts now (PEM): the last issued that was not withdrawn."""
        own = [pem for pem in self.certificates if read_person(pem).key_id == key_id]
        return next((pem for pem in reversed(own) if fingerprint(pem) not in self.revoked), None)

    def managers(self, root_pem: bytes, at: datetime, branch: str) -> tuple[Person, ...]:
        """The managers of a branch."""
        return tuple(
            person for person in self.people(root_pem, at) if person.role is Role.MANAGER and person.branch == branch
        )

    def reviewers(self, root_pem: bytes, at: datetime, branch: str) -> tuple[Person, ...]:
        """Those who give an opinion on the files of a branch and decide nothing."""
        return tuple(
            person for person in self.people(root_pem, at) if person.role is Role.REVIEWER and person.branch == branch
        )

    def head_office(self, root_pem: bytes, at: datetime) -> tuple[Person, ...]:
        """Those who sign and read for head office."""
        return tuple(person for person in self.people(root_pem, at) if person.role is Role.HEAD_OFFICE)

    def person(self, root_pem: bytes, at: datetime, person_id: str) -> Person | None:
        """One person by id, with the newest certificate that holds."""
        own = [person for person in self.people(root_pem, at) if person.id == person_id]
        return max(own, key=lambda person: person.valid_from, default=None)

    def _holding(self, pem: bytes, root_pem: bytes, at: datetime) -> Person | None:
        try:
            return verify_chain(pem, root_pem, at, self.withdrawn(at))
        except Fault as fault:
            if fault.code in {Code.CERTIFICATE_EXPIRED, Code.CERTIFICATE_REVOKED}:
                return None
            raise


def readers_for_dossier(
    roster: Roster, root_pem: bytes, branch: str, at: datetime, limit_from: Decimal = Decimal(0)
) -> tuple[str, ...]:
    """Who may open a dossier of a branch: its managers and reviewers, and head office.

    Where the case needs a limit that nobody in the branch has, also the managers elsewhere who have it.
    """
    own = roster.managers(root_pem, at, branch)
    beside = roster.reviewers(root_pem, at, branch)
    enough = any(person.approval_limit >= limit_from for person in own)
    above = _with(roster, root_pem, at, limit_from) if limit_from and not enough else ()
    people = (*own, *beside, *above, *roster.head_office(root_pem, at))
    return tuple(dict.fromkeys(person.reader for person in people))


def _with(roster: Roster, root_pem: bytes, at: datetime, limit: Decimal) -> tuple[Person, ...]:
    """Managers of any branch who may approve that much."""
    people = roster.people(root_pem, at)
    return tuple(person for person in people if person.role is Role.MANAGER and person.approval_limit >= limit)


def readers_for_decision(
    roster: Roster, root_pem: bytes, officer_id: str, at: datetime, branch: str = "", deciders: Iterable[str] = ()
) -> tuple[str, ...]:
    """Who may open a decision or a notice: the officer, whoever has the file before them, and head office.

    Those are the managers and reviewers of the branch, and by id whoever decided on it before: no file stays in the
    queue of one when another has decided.
    """
    found = [roster.person(root_pem, at, one) for one in (officer_id, *deciders)]
    people = [person for person in found if person is not None]
    if branch:
        people += [*roster.managers(root_pem, at, branch), *roster.reviewers(root_pem, at, branch)]
    return tuple(dict.fromkeys(person.reader for person in (*people, *roster.head_office(root_pem, at))))


def encode_roster(roster: Roster) -> bytes:
    """The canonical bytes that head office signs."""
    return encode(
        {
            "certificates": [pem.decode("ascii") for pem in roster.certificates],
            "made_at": to_text(roster.made_at),
            "revoked": {key: to_text(since) for key, since in roster.revoked.items()},
            "schema": _SCHEMA,
            "version": roster.version,
        }
    )


def signed_roster(data: bytes, signature: bytes) -> bytes:
    """A roster and its signature in one: how it is kept at head office and what a roster pack holds."""
    return encode({"roster": data.decode(), "signature": base64.b64encode(signature).decode()})


def open_signed_roster(content: bytes) -> tuple[bytes, bytes]:
    """The two that `signed_roster` put together, for `read_roster`. Errors: ROSTER_UNREADABLE."""
    try:
        told = decode(content)
        if not isinstance(told, Mapping) or set(told) != {"roster", "signature"}:
            raise Fault(Code.ROSTER_UNREADABLE)
        return str(told["roster"]).encode(), base64.b64decode(str(told["signature"]), validate=True)
    except ValueError as error:
        raise Fault(Code.ROSTER_UNREADABLE) from error


def read_roster(data: bytes, signature: bytes, root_pem: bytes) -> Roster:
    """A roster that head office signed. Errors: as `signing.verify`; SIGNER_NOT_ENTITLED; ROSTER_UNREADABLE."""
    signer = verify(data, signature, root_pem)
    if signer.person.role is not Role.HEAD_OFFICE:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)
    return parse_roster(data)


def parse_roster(data: bytes) -> Roster:
    """A roster whose signature was checked elsewhere. Errors: ROSTER_UNREADABLE."""
    try:
        return _parse(decode(data))
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(Code.ROSTER_UNREADABLE) from error


def _parse(told: Json) -> Roster:
    if not isinstance(told, Mapping) or told["schema"] != _SCHEMA:
        raise ValueError("schema")
    version, certificates, revoked = told["version"], told["certificates"], told["revoked"]
    if not isinstance(version, int) or not isinstance(certificates, list) or not isinstance(revoked, Mapping):
        raise TypeError("roster")
    if version < 1 or len(certificates) > _MOST_PEOPLE:
        raise ValueError("roster")
    return Roster(
        version=version,
        made_at=from_text(str(told["made_at"])),
        certificates=tuple(str(pem).encode("ascii") for pem in certificates),
        revoked={str(key): from_text(str(since)) for key, since in revoked.items()},
    )
