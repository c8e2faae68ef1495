"""Sealing: age v1 files (X25519), openable by any of several readers, readable with the `age` program too.

A seal keeps others out and shows any change; it does not say who sealed. The signature inside does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyrage
from pyrage import x25519

from officer_app.base.errors import Code, Fault


@dataclass(frozen=True, slots=True)
class ReaderKey:
    """A key pair that opens sealed files: `AGE-SECRET-KEY-1…` and `age1…`."""

    secret: str
    public: str

    def __repr__(self) -> str:
        """The public half alone; a secret has no place in a log."""
        return f"ReaderKey({self.public})"


def new_reader() -> ReaderKey:
    """A fresh key pair."""
    identity = x25519.Identity.generate()
    return ReaderKey(str(identity), str(identity.to_public()))


def public_of(secret: str) -> str:
    """The public half of a secret key. Errors: READER_INVALID."""
    return str(_identity(secret).to_public())


def seal(data: bytes, readers: Sequence[str]) -> bytes:
    """Bytes that each of the readers, and nobody else, can open. Sealing twice gives different bytes.

    Errors: READER_INVALID, also when there is no reader at all.
    """
    if not readers:
        raise Fault(Code.READER_INVALID, reader="")
    return bytes(pyrage.encrypt(data, [_recipient(reader) for reader in dict.fromkeys(readers)]))


def unseal(sealed: bytes, secret: str) -> bytes:
    """What was sealed. Errors: SEAL_UNOPENED when it is for others, changed or cut short; READER_INVALID."""
    try:
        return bytes(pyrage.decrypt(sealed, [_identity(secret)]))
    except (pyrage.DecryptError, ValueError) as error:
        raise Fault(Code.SEAL_UNOPENED) from error


def _identity(secret: str) -> x25519.Identity:
    try:
        return x25519.Identity.from_str(secret)
    except (pyrage.IdentityError, ValueError) as error:
        raise Fault(Code.READER_INVALID, reader="") from error


def _recipient(reader: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(reader)
    except (pyrage.RecipientError, ValueError) as error:
        raise Fault(Code.READER_INVALID, reader=reader[:80]) from error
