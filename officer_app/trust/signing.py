"""Signatures over records: detached CMS (RFC 5652) with P-256 and SHA-256, as `openssl cms -verify` reads them.

The structure is fixed to the last byte (`envelopes`). A verifier rebuilds it from its parts and accepts only what
comes out the same, so that no byte of a signature can be changed unseen. The arithmetic is all `cryptography`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.trust import envelopes
from officer_app.trust.certificates import NOBODY, Person, load, pem_of, public_key, verify_chain
from officer_app.trust.envelopes import Envelope
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


def sign(data: bytes, identity: Identity, at: datetime) -> bytes:
    """A detached signature over `data`, DER; the time is the signer's claim, to the second."""
    certificate = load(identity.certificate).public_bytes(serialization.Encoding.DER)
    moment = at.astimezone(UTC).replace(microsecond=0)
    message_digest = bytes.fromhex(digest(data))
    attributes = envelopes.signed_attributes(message_digest, moment)
    signature = identity.keys.private().sign(attributes, ec.ECDSA(hashes.SHA256()))
    return envelopes.write(Envelope(certificate, message_digest, moment, signature))


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


def _take_apart(signature: bytes) -> Envelope:
    """The parts of a signature written exactly as `sign` writes them. Errors: SIGNATURE_BROKEN."""
    if len(signature) > _LIMIT:
        raise Fault(Code.SIGNATURE_BROKEN)
    try:
        return envelopes.read(signature)
    # The library that reads the certificate raises whatever it runs into; each means the same here: not ours.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise Fault(Code.SIGNATURE_BROKEN) from error


def _check_arithmetic(parts: Envelope, pem: bytes) -> None:
    attributes = envelopes.signed_attributes(parts.message_digest, parts.claimed_at)
    try:
        _key(pem).verify(parts.signature, attributes, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Fault(Code.SIGNATURE_BROKEN) from error


@lru_cache(maxsize=512)
def _key(pem: bytes) -> ec.EllipticCurvePublicKey:
    """A signer's key, taken out of the certificate once."""
    return public_key(load(pem))
