"""Signatures over records: detached CMS (RFC 5652) with P-256 and SHA-256, as `openssl cms -verify` reads them.

The structure is fixed to the last byte: one certificate, one signer, three signed attributes (content type, time
claimed, digest). A verifier rebuilds it from its parts and accepts only what comes out the same, so that no byte
of a signature can be changed unseen. The arithmetic is all `cryptography`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

# WORKAROUND https://github.com/wbond/asn1crypto: `tsp` adds names to a table that is frozen at its first use, below;
# without it here, a PDF signed after a record would fail for want of the name `signing_certificate_v2`.
from asn1crypto import algos, cms, core, tsp  # noqa: F401
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.trust.certificates import NOBODY, Person, load, pem_of, public_key, verify_chain
from officer_app.trust.identities import Identity

_LIMIT: Final = 16_384


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, when they say they did, and with which key."""

    person: Person
    claimed_at: datetime

    @property
    def key_id(self) -> str:
        """SHA-256 of the public key."""
        return self.person.key_id


@dataclass(frozen=True, slots=True)
class _Parts:
    certificate: bytes  # DER
    message_digest: bytes
    claimed_at: datetime
    signature: bytes


def sign(data: bytes, identity: Identity, at: datetime) -> bytes:
    """A detached signature over `data`, DER; the time is the signer's claim, to the second."""
    certificate = load(identity.certificate).public_bytes(serialization.Encoding.DER)
    moment = at.astimezone(UTC).replace(microsecond=0)
    message_digest = bytes.fromhex(digest(data))
    attributes = _attributes(message_digest, moment).dump()
    signature = identity.keys.private().sign(attributes, ec.ECDSA(hashes.SHA256()))
    return _envelope(_Parts(certificate, message_digest, moment, signature))


def verify(data: bytes, signature: bytes, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY) -> Signer:
    """Who signed `data`, proven up to the root.

    Errors: SIGNATURE_BROKEN (the signature itself is not whole), CERTIFICATE_UNREADABLE, _FOREIGN, _EXPIRED,
    _REVOKED (its signer), SIGNATURE_OTHER_DATA (all is well with it, but it is over other bytes).
    """
    parts = _take_apart(signature)
    pem = pem_of(parts.certificate)
    person = verify_chain(pem, root_pem, parts.claimed_at, revoked)
    _check_arithmetic(parts, pem)
    if parts.message_digest != bytes.fromhex(digest(data)):
        raise Fault(Code.SIGNATURE_OTHER_DATA, person=person.name)
    return Signer(person, parts.claimed_at)


def certificate_of(signature: bytes) -> bytes:
    """The certificate in a signature, PEM, unverified. Errors: SIGNATURE_BROKEN."""
    return pem_of(_take_apart(signature).certificate)


def signed_digest(signature: bytes) -> str:
    """The SHA-256 that a signature is over, 64 hexadecimal digits. Errors: SIGNATURE_BROKEN."""
    return _take_apart(signature).message_digest.hex()


def _take_apart(signature: bytes) -> _Parts:
    """The parts of a signature written exactly as `sign` writes them. Errors: SIGNATURE_BROKEN."""
    if len(signature) > _LIMIT:
        raise Fault(Code.SIGNATURE_BROKEN)
    try:
        parts = _read(signature)
        whole = _envelope(parts) == signature
    # asn1crypto raises whatever its fields run into; each of them means the same here: not ours, not whole.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise Fault(Code.SIGNATURE_BROKEN) from error
    if not whole:
        raise Fault(Code.SIGNATURE_BROKEN)
    return parts


def _read(signature: bytes) -> _Parts:
    content = cms.ContentInfo.load(signature, strict=True)["content"]
    signer = content["signer_infos"][0]
    attributes = {entry["type"].native: entry["values"][0] for entry in signer["signed_attrs"]}
    return _Parts(
        certificate=content["certificates"][0].chosen.dump(),
        message_digest=attributes["message_digest"].native,
        claimed_at=attributes["signing_time"].native,
        signature=signer["signature"].native,
    )


def _check_arithmetic(parts: _Parts, pem: bytes) -> None:
    attributes = _attributes(parts.message_digest, parts.claimed_at).dump()
    try:
        public_key(load(pem)).verify(parts.signature, attributes, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Fault(Code.SIGNATURE_BROKEN) from error


def _attributes(message_digest: bytes, moment: datetime) -> cms.CMSAttributes:
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(moment)})]}),
            cms.CMSAttribute({"type": "message_digest", "values": [message_digest]}),
        ]
    )


@lru_cache(maxsize=512)
def _certificate(der: bytes) -> asn1_x509.Certificate:
    """Taken apart once for each signer, not for each signature."""
    certificate = asn1_x509.Certificate.load(der, strict=True)
    certificate.dump(force=False)
    return certificate


def _envelope(parts: _Parts) -> bytes:
    certificate = _certificate(parts.certificate)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    issuer = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
            "digest_algorithm": sha256,
            "signed_attrs": _attributes(parts.message_digest, parts.claimed_at),
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": parts.signature,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())
