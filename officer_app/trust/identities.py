"""A person's private keys, and the identity they make together with the certificate."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from officer_app.base.canonical import decode, encode
from officer_app.base.errors import Code, Fault
from officer_app.trust.certificates import Person, key_id, read_person
from officer_app.trust.sealing import new_reader


@dataclass(frozen=True, slots=True)
class Keys:
    """The two private keys of a person: P-256 to sign (PKCS #8, DER), age to open. Stored wrapped, never bare."""

    signing: bytes
    reader: str

    def __repr__(self) -> str:
        """Nothing of them."""
        return "Keys(…)"

    def to_bytes(self) -> bytes:
        """Both keys as one secret, to be wrapped."""
        return encode({"reader": self.reader, "signing": base64.b64encode(self.signing).decode()})

    @staticmethod
    def from_bytes(data: bytes) -> Keys:
        """The keys that `to_bytes` gave. Errors: ANSWER_FOR_OTHER_KEYS when these are no keys."""
        try:
            told = decode(data)
            if not isinstance(told, Mapping):
                raise Fault(Code.ANSWER_FOR_OTHER_KEYS)
            keys = Keys(base64.b64decode(str(told["signing"]), validate=True), str(told["reader"]))
        except (ValueError, KeyError, binascii.Error) as error:
            raise Fault(Code.ANSWER_FOR_OTHER_KEYS) from error
        keys.private()
        return keys

    def private(self) -> ec.EllipticCurvePrivateKey:
        """The signing key. Errors: ANSWER_FOR_OTHER_KEYS when it is no P-256 key."""
        try:
            key = serialization.load_der_private_key(self.signing, None)
        except (ValueError, TypeError) as error:
            raise Fault(Code.ANSWER_FOR_OTHER_KEYS) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise Fault(Code.ANSWER_FOR_OTHER_KEYS)
        return key

    @property
    def key_id(self) -> str:
        """SHA-256 of the public signing key."""
        return key_id(self.private().public_key())


def new_keys() -> Keys:
    """Fresh keys, made where they will stay."""
    key = ec.generate_private_key(ec.SECP256R1())
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Keys(der, new_reader().secret)


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who can sign and open: private keys, certificate and the root above it (both PEM)."""

    keys: Keys
    certificate: bytes
    root: bytes

    @property
    def person(self) -> Person:
        """Who this is, as the own certificate says."""
        return read_person(self.certificate)

    @property
    def reader_secret(self) -> str:
        """Opens what was sealed for this person."""
        return self.keys.reader
