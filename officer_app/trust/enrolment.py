"""Enrolment by two small files: a request from the person's laptop, an answer from head office.

The request is a plain certificate request (PKCS #10, PEM) signed with the person's own new key; our extension in
it names the branch, the wished role and the key to seal for. The private keys stay where they were made.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from asn1crypto import core
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import UserId
from officer_app.trust.certificates import CLAIMS, Claims, Role, institution_of, issue, usable_name, verify_chain
from officer_app.trust.identities import Identity, Keys
from officer_app.trust.roster import Roster, read_roster
from officer_app.trust.sealing import public_of, seal
from officer_app.trust.signing import sign, verify

_REQUEST_LIMIT: Final = 8_192
_ANSWER_LIMIT: Final = 64_000_000
_SCHEMA: Final = "firsthand/answer/1"
_PLACE: Final = "firsthand/answer-store/1"
_PARTS: Final = frozenset({"certificate", "root", "roster", "roster_signature", "schema"})
_OFFER: Final = frozenset({"store", "store_signature"})


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks to be enrolled as; head office decides what is granted."""

    name: str
    branch: str
    role: Role
    reader: str
    public: ec.EllipticCurvePublicKey


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an answer brings: who one is now, and who else is there."""

    identity: Identity
    institution: str
    roster: Roster
    roster_bytes: bytes
    roster_signature: bytes
    store: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Where head office exchanges: an address without any secret, signed, so that nobody else's takes its place."""

    store: str
    signature: bytes


def offer(store: str, office: Identity, at: datetime) -> Offer:
    """Head office's word on where to exchange, to go along in answers."""
    return Offer(store, sign(_place(store), office, at))


def request(keys: Keys, *, name: str, branch: str, role: Role) -> bytes:
    """The request file, PEM. Errors: NAME_UNUSABLE."""
    wish: Json = {"branch": usable_name(branch), "reader": public_of(keys.reader), "role": role.value}
    extension = x509.UnrecognizedExtension(CLAIMS, bytes(core.UTF8String(encode(wish).decode()).dump()))
    builder = x509.CertificateSigningRequestBuilder(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, usable_name(name))])
    ).add_extension(extension, critical=False)
    return builder.sign(keys.private(), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def read_request(data: bytes) -> Request:
    """A request whose own signature holds: its maker has the key. Errors: REQUEST_UNREADABLE."""
    if len(data) > _REQUEST_LIMIT:
        raise Fault(Code.REQUEST_UNREADABLE)
    try:
        asked = x509.load_pem_x509_csr(data)
        found = _parse_request(asked)
        seal(b"", [found.reader])
    except Fault as fault:
        raise Fault(Code.REQUEST_UNREADABLE) from fault
    except (
        ValueError,
        KeyError,
        TypeError,
        UnsupportedAlgorithm,
        x509.InvalidVersion,
        x509.ExtensionNotFound,
        x509.DuplicateExtension,
    ) as error:
        raise Fault(Code.REQUEST_UNREADABLE) from error
    if asked.public_bytes(serialization.Encoding.PEM) != data.replace(b"\r\n", b"\n"):
        raise Fault(Code.REQUEST_UNREADABLE)
    return found


def grant(
    wanted: Request,
    *,
    person_id: UserId,
    role: Role,
    branch: str,
    approval_limit: Decimal,
    root_keys: Keys,
    root_pem: bytes,
    at: datetime,
) -> bytes:
    """The certificate head office gives to a request: role, branch and limit are its own words. PEM."""
    claims = Claims(person_id, role, usable_name(branch), approval_limit, wanted.reader)
    return issue(root_keys.private(), root_pem, wanted.public, wanted.name, claims, at)


def answer(
    certificate: bytes,
    root_pem: bytes,
    roster_bytes: bytes,
    roster_signature: bytes,
    offered: Offer | None = None,
) -> bytes:
    """The answer file; without an offer, byte for byte as programs wrote it that knew of none."""
    told = {
        "certificate": certificate.decode("ascii"),
        "root": root_pem.decode("ascii"),
        "roster": roster_bytes.decode(),
        "roster_signature": base64.b64encode(roster_signature).decode(),
        "schema": _SCHEMA,
    }
    if offered is not None:
        told |= {"store": offered.store, "store_signature": base64.b64encode(offered.signature).decode()}
    return encode(told)


def accept(data: bytes, keys: Keys, at: datetime) -> Enrolment:
    """Take head office's answer to the request these keys made.

    The root in it is believed on first sight: compare its fingerprint with head office by voice.
    Errors: ANSWER_UNREADABLE, ANSWER_FOR_OTHER_KEYS, CERTIFICATE_…, and those of `read_roster`, for the offer too.
    """
    told = _open_answer(data)
    root, certificate = told["root"].encode(), told["certificate"].encode()
    roster_bytes, roster_signature = told["roster"].encode(), _base64(told["roster_signature"])
    person = verify_chain(certificate, root, at)
    if person.key_id != keys.key_id or person.reader != public_of(keys.reader):
        raise Fault(Code.ANSWER_FOR_OTHER_KEYS)
    roster = read_roster(roster_bytes, roster_signature, root)
    identity, store = Identity(keys, certificate, root), _offered(_offer_of(told), root)
    return Enrolment(identity, institution_of(root), roster, roster_bytes, roster_signature, store)


def certificate_in(data: bytes) -> bytes:
    """The certificate that an answer brings, PEM, not proven. Errors: ANSWER_UNREADABLE."""
    return _open_answer(data)["certificate"].encode()


def offer_in(data: bytes) -> Offer | None:
    """Where an answer says to exchange, not proven. Errors: ANSWER_UNREADABLE."""
    return _offer_of(_open_answer(data))


def _offer_of(told: Mapping[str, str]) -> Offer | None:
    return Offer(told["store"], _base64(told["store_signature"])) if "store" in told else None


def _offered(found: Offer | None, root: bytes) -> str:
    """The address that head office has signed. Errors: as `signing.verify`; SIGNER_NOT_ENTITLED."""
    if found is None:
        return ""
    signer = verify(_place(found.store), found.signature, root)
    if signer.person.role is not Role.HEAD_OFFICE:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)
    return found.store


def _place(store: str) -> bytes:
    return encode({"schema": _PLACE, "store": store})


def _parse_request(found: x509.CertificateSigningRequest) -> Request:
    public = found.public_key()
    if not found.is_signature_valid or not isinstance(public, ec.EllipticCurvePublicKey):
        raise ValueError("signature")
    if not isinstance(public.curve, ec.SECP256R1):
        raise TypeError("curve")
    extension = found.extensions.get_extension_for_oid(CLAIMS).value
    names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if not isinstance(extension, x509.UnrecognizedExtension) or len(names) != 1:
        raise ValueError("subject")
    wish = decode(core.UTF8String.load(extension.value, strict=True).native.encode())
    if not isinstance(wish, Mapping):
        raise TypeError("wish")
    name, branch = usable_name(str(names[0].value)), usable_name(str(wish["branch"]))
    return Request(name, branch, Role(str(wish["role"])), str(wish["reader"]), public)


def _open_answer(data: bytes) -> Mapping[str, str]:
    if len(data) > _ANSWER_LIMIT:
        raise Fault(Code.ANSWER_UNREADABLE)
    try:
        told = decode(data)
    except (ValueError, RecursionError) as error:
        raise Fault(Code.ANSWER_UNREADABLE) from error
    if not isinstance(told, Mapping) or set(told) not in (_PARTS, _PARTS | _OFFER) or told["schema"] != _SCHEMA:
        raise Fault(Code.ANSWER_UNREADABLE)
    return {key: str(value) for key, value in told.items()}


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Fault(Code.ANSWER_UNREADABLE) from error
