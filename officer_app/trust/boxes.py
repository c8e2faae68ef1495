"""Symmetric sealing: one key, one box, and what the box is about bound into it."""

from __future__ import annotations

import hmac
import os
from typing import Final

from officer_app.base.errors import Code, Fault

KEY_BYTES: Final = 32
_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
# One box is sealed in memory; larger things are cut by their owner.
LIMIT: Final = 64_000_000


def new_key() -> bytes:
    """256 random bits from the system."""
    return os.urandom(KEY_BYTES)


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, from which neither `key` nor the key of another purpose can be found (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    return HKDFExpand(SHA256(), KEY_BYTES, f"firsthand {purpose}".encode()).derive(key)


def keyed_hash(key: bytes, text: str) -> str:
    """HMAC-SHA256 in hexadecimal: equal texts meet, and nobody without the key can try texts."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def seal(key: bytes, plain: bytes, about: str) -> bytes:
    """`plain` under AES-256-GCM, openable only with the same `about`. Errors: FILE_TOO_LARGE above 64 MB."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(plain) > LIMIT:
        raise Fault(Code.FILE_TOO_LARGE, file=about, limit_mb=LIMIT // 1_000_000)
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, box: bytes, about: str) -> bytes:
    """What was sealed. Errors: BOX_BROKEN for a changed byte, another key or another `about`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = len(_VERSION) + _NONCE_BYTES
    if not box.startswith(_VERSION) or not head + _TAG_BYTES <= len(box) <= head + _TAG_BYTES + LIMIT:
        raise Fault(Code.BOX_BROKEN, where=about)
    try:
        return AESGCM(key).decrypt(box[len(_VERSION) : head], box[head:], about.encode())
    except InvalidTag as error:
        raise Fault(Code.BOX_BROKEN, where=about) from error
