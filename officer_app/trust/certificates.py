"""Certificates: one X.509 certificate per person, issued by the institution's root and by nobody else.

What the program needs to know of a person stands in one extension of our own, as canonical JSON in a UTF8String:
`branch`, `id`, `limit` (how much the person may approve, a decimal), `reader` (the age key that opens what is
sealed for the person) and `role`. Name and institution are the subject's common name and organisation. The
extension is not critical, so that `openssl` and PDF readers, which do not know it, still check the signature.
"""

from __future__ import annotations

import base64
import binascii
import ssl
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from asn1crypto import core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from officer_app.base.canonical import Json, decode, digest, encode
from officer_app.base.errors import Code, Fault

# Under 2.25 anyone may name things after a random UUID (ITU-T X.667), without asking a registry.
CLAIMS: Final = x509.ObjectIdentifier("2.25.204131968339706843562117394412098731261")
ROOT_YEARS: Final = 20
PERSON_YEARS: Final = 3
# A laptop's clock may lag behind head office's; a certificate must not be "not yet valid" on its first day.
_LAG: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=365)
_LIMIT: Final = 8_192
_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(at) for at in range(0xFE00, 0xFE10)
}
NOBODY: Final[Mapping[str, datetime]] = MappingProxyType({})


class Role(StrEnum):
    """What head office enrolled a person for. Nothing else grants anything."""

    OFFICER = "officer"
    SECOND_OFFICER = "second_officer"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    HEAD_OFFICE = "head_office"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Claims:
    """What head office says of a person in the certificate's own extension."""

    id: str
    role: Role
    branch: str
    approval_limit: Decimal
    reader: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody enrolled, as their certificate tells it."""

    id: str
    name: str
    role: Role
    institution: str
    branch: str
    approval_limit: Decimal
    reader: str
    key_id: str
    valid_from: datetime
    valid_to: datetime

    @property
    def device(self) -> str:
        """Names the person's folder in a store: the key's first 16 digits. The key never leaves its laptop."""
        return self.key_id[:16]


def usable_name(name: str) -> str:
    """The name if a certificate can bear it. Errors: NAME_UNUSABLE."""
    # Nothing that is not seen: a second account of one person would bear another name and show the same.
    hidden = any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"} for letter in name)
    hidden = hidden or not _INVISIBLE.isdisjoint(name)
    if hidden or name != name.strip() or not 1 <= len(name) <= 64:
        raise Fault(Code.NAME_UNUSABLE, name=name.strip()[:64])
    return name


def new_root(key: ec.EllipticCurvePrivateKey, institution: str, at: datetime) -> bytes:
    """The institution's self-signed root, as PEM."""
    subject = x509.Name([_attribute(NameOID.ORGANIZATION_NAME, usable_name(institution))])
    builder = _builder(subject, subject, key.public_key(), at, ROOT_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_key_usage(issues=True), critical=True)
    return _pem(builder.sign(key, hashes.SHA256()))


def issue(
    root_key: ec.EllipticCurvePrivateKey,
    root_pem: bytes,
    public: ec.EllipticCurvePublicKey,
    name: str,
    claims: Claims,
    at: datetime,
) -> bytes:
    """A person's certificate under the root, as PEM."""
    root = load(root_pem)
    subject = x509.Name([*root.subject, _attribute(NameOID.COMMON_NAME, usable_name(name))])
    builder = _builder(root.subject, subject, public, at, PERSON_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_key_usage(issues=False), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
    )
    builder = builder.add_extension(x509.UnrecognizedExtension(CLAIMS, _claims_der(claims)), critical=False)
    return _pem(builder.sign(root_key, hashes.SHA256()))


def verify_chain(
    certificate_pem: bytes, root_pem: bytes, at: datetime, revoked: Mapping[str, datetime] = NOBODY
) -> Person:
    """The person of a certificate that the root issued and that holds at a moment.

    `revoked` names keys by `key_id` and single certificates, which others of the same key replaced, by `fingerprint`.
    Nothing in a certificate is read before its signature is checked. A revoked key is refused whatever moment is
    claimed, since the claim is its holder's own.
    Errors: CERTIFICATE_UNREADABLE, CERTIFICATE_FOREIGN, CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED.
    """
    person = _proven(certificate_pem, root_pem)
    if not person.valid_from <= at <= person.valid_to:
        raise Fault(
            Code.CERTIFICATE_EXPIRED, person=person.name, since=person.valid_from, until=person.valid_to, at=at
        )
    for mark in (person.key_id, fingerprint(certificate_pem)):
        if mark in revoked:
            raise Fault(Code.CERTIFICATE_REVOKED, person=person.name, since=revoked[mark])
    return person


@lru_cache(maxsize=512)
def _proven(certificate_pem: bytes, root_pem: bytes) -> Person:
    """The person of a certificate under this very root; head office meets each one some thousand times a day."""
    der = der_of(certificate_pem)
    if not _issued_by(der, load(root_pem)):
        raise Fault(Code.CERTIFICATE_FOREIGN, person=claimed_name(der))
    return read_person(certificate_pem)


def read_person(certificate_pem: bytes) -> Person:
    """What one's own or a proven certificate says. Errors: CERTIFICATE_UNREADABLE."""
    certificate = load(certificate_pem)
    claims = _read_claims(certificate)
    return Person(
        id=claims.id,
        name=_one(certificate, NameOID.COMMON_NAME),
        role=claims.role,
        institution=_one(certificate, NameOID.ORGANIZATION_NAME),
        branch=claims.branch,
        approval_limit=claims.approval_limit,
        reader=claims.reader,
        key_id=key_id(public_key(certificate)),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
    )


@lru_cache(maxsize=512)
def fingerprint(certificate_pem: bytes) -> str:
    """SHA-256 of the certificate, 64 hexadecimal digits: what two people compare by voice."""
    return digest(der_of(certificate_pem))


def institution_of(root_pem: bytes) -> str:
    """The name of the institution whose root this is. Errors: CERTIFICATE_UNREADABLE."""
    return _one(load(root_pem), NameOID.ORGANIZATION_NAME)


def key_id(public: ec.EllipticCurvePublicKey) -> str:
    """SHA-256 of a public key, 64 hexadecimal digits."""
    spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return digest(spki)


def load(pem: bytes) -> x509.Certificate:
    """The one certificate of a PEM text, written exactly as we write it. Errors: CERTIFICATE_UNREADABLE."""
    try:
        return x509.load_der_x509_certificate(der_of(pem))
    except (ValueError, TypeError, x509.InvalidVersion) as error:
        raise Fault(Code.CERTIFICATE_UNREADABLE) from error


def der_of(pem: bytes) -> bytes:
    """The DER bytes of a PEM text that is written exactly as we write it. Errors: CERTIFICATE_UNREADABLE."""
    if len(pem) > _LIMIT:
        raise Fault(Code.CERTIFICATE_UNREADABLE)
    text = pem.replace(b"\r\n", b"\n")
    try:
        der = base64.b64decode(b"".join(text.split(b"\n")[1:-2]), validate=True)
    except binascii.Error as error:
        raise Fault(Code.CERTIFICATE_UNREADABLE) from error
    if pem_of(der) != text:
        raise Fault(Code.CERTIFICATE_UNREADABLE)
    return der


def pem_of(der: bytes) -> bytes:
    """The PEM text of a DER certificate, which need not be proven yet."""
    return ssl.DER_cert_to_PEM_cert(der).encode("ascii")


def claimed_name(der: bytes) -> str:
    """The name in a certificate that proves nothing: for naming it in a refusal, and for nothing else."""
    try:
        name = asn1_x509.Certificate.load(der).subject.native.get("common_name")
    except (ValueError, TypeError, KeyError, AttributeError):
        return "?"
    return name[:64] if isinstance(name, str) else "?"


def public_key(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a certificate. Errors: CERTIFICATE_UNREADABLE for any other kind."""
    try:
        key = certificate.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Fault(Code.CERTIFICATE_UNREADABLE) from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Fault(Code.CERTIFICATE_UNREADABLE)
    return key


def _attribute(oid: x509.ObjectIdentifier, text: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(oid, text)


def _builder(
    issuer: x509.Name, subject: x509.Name, public: ec.EllipticCurvePublicKey, at: datetime, years: int
) -> x509.CertificateBuilder:
    start = at.astimezone(UTC).replace(microsecond=0) - _LAG
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + years * _YEAR + _LAG)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _key_usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )


def _claims_der(claims: Claims) -> bytes:
    told: Json = {
        "branch": claims.branch,
        "id": claims.id,
        "limit": str(claims.approval_limit),
        "reader": claims.reader,
        "role": claims.role.value,
    }
    return bytes(core.UTF8String(encode(told).decode()).dump())


def _read_claims(certificate: x509.Certificate) -> Claims:
    try:
        extension = certificate.extensions.get_extension_for_oid(CLAIMS).value
        if not isinstance(extension, x509.UnrecognizedExtension):
            raise Fault(Code.CERTIFICATE_UNREADABLE)
        return _parse_claims(decode(core.UTF8String.load(extension.value, strict=True).native.encode()))
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError, TypeError, KeyError) as error:
        raise Fault(Code.CERTIFICATE_UNREADABLE) from error


def _parse_claims(told: Json) -> Claims:
    if not isinstance(told, Mapping) or set(told) != {"branch", "id", "limit", "reader", "role"}:
        raise ValueError("claims")
    texts = {key: value for key, value in told.items() if isinstance(value, str)}
    try:
        limit = Decimal(texts["limit"])
    except InvalidOperation as error:
        raise ValueError("limit") from error
    if not limit.is_finite() or limit < 0:
        raise ValueError("limit")
    return Claims(texts["id"], Role(texts["role"]), texts["branch"], limit, texts["reader"])


def _one(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    try:
        found = certificate.subject.get_attributes_for_oid(oid)
    except ValueError as error:
        raise Fault(Code.CERTIFICATE_UNREADABLE) from error
    if len(found) != 1:
        raise Fault(Code.CERTIFICATE_UNREADABLE)
    return str(found[0].value)


def _issued_by(der: bytes, root: x509.Certificate) -> bool:
    """Whether the root, and really a root, signed these bytes; nothing else in them is looked at."""
    if not _is_root(root):
        return False
    try:
        certificate = asn1_x509.Certificate.load(der, strict=True)
        signed, signature = certificate["tbs_certificate"].dump(), certificate["signature_value"].native
        public_key(root).verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        # The frame round the signed part is not signed itself: only the one frame that we write is accepted.
        framed = {"tbs_certificate": certificate["tbs_certificate"], "signature_value": signature}
        framed["signature_algorithm"] = {"algorithm": "sha256_ecdsa"}
        return bool(asn1_x509.Certificate(framed).dump() == der) and not certificate.ca
    except (ValueError, TypeError, KeyError, InvalidSignature):
        return False


def _is_root(certificate: x509.Certificate) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        certificate.verify_directly_issued_by(certificate)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError, TypeError, InvalidSignature):
        return False
    return constraints.ca


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
