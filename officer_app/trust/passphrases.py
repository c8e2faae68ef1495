"""Secrets under a passphrase: Argon2id makes the key, AES-256-GCM the envelope.

The settings travel in the envelope, so that they may rise later; owner and settings are bound into it, so that an
envelope moved to another owner, or one whose settings were lowered, does not open. Settings as OWASP ASVS 5.0
asks: at least 46 MiB; 64 MiB and three passes take 0.16 s on the laptop that was measured.
"""

from __future__ import annotations

import base64
import binascii
import os
import unicodedata
from dataclasses import asdict, dataclass
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.errors import Code, Fault
from officer_app.trust import boxes

LEAST_CHARACTERS: Final = 8
_VERSION: Final = 1
_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Argon:
    """Settings of Argon2id: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


STANDARD: Final = Argon(memory=65_536, passes=3, lanes=1)
FLOOR: Final = Argon(memory=47_104, passes=1, lanes=1)
# An envelope from a stranger must not eat the machine.
CEILING: Final = Argon(memory=1_048_576, passes=16, lanes=8)


def normalise(passphrase: str) -> str:
    """One spelling for what two keyboards may send differently (NFC)."""
    return unicodedata.normalize("NFC", passphrase)


def check_new(passphrase: str) -> None:
    """Errors: PASSPHRASE_SHORT."""
    if len(normalise(passphrase)) < LEAST_CHARACTERS:
        raise Fault(Code.PASSPHRASE_SHORT, least=LEAST_CHARACTERS)


def wrap(secret: bytes, passphrase: str, owner: str, settings: Argon | None = None) -> bytes:
    """An envelope (canonical JSON) that only this passphrase opens, and only for this owner.

    Without settings the standard ones hold. Errors: ENVELOPE_WEAK.
    """
    settings = settings or STANDARD
    _refuse_weak(settings)
    salt = os.urandom(_SALT_BYTES)
    box = boxes.seal(_key(passphrase, salt, settings), secret, _about(owner, settings))
    envelope: Json = {"v": _VERSION, "kdf": "argon2id", **asdict(settings), "salt": _text(salt), "box": _text(box)}
    return encode(envelope)


def unwrap(envelope: bytes, passphrase: str, owner: str) -> bytes:
    """The secret. Errors: WRONG_PASSPHRASE, ENVELOPE_BROKEN, ENVELOPE_WEAK.

    A changed box and a wrong passphrase cannot be told apart; both are WRONG_PASSPHRASE.
    """
    settings, salt, box = _read(envelope)
    _refuse_weak(settings)
    try:
        return boxes.unseal(_key(passphrase, salt, settings), box, _about(owner, settings))
    except Fault as fault:
        raise Fault(Code.WRONG_PASSPHRASE) from fault


def _about(owner: str, settings: Argon) -> str:
    return encode({"v": _VERSION, "kdf": "argon2id", "owner": owner, **asdict(settings)}).decode()


def _key(passphrase: str, salt: bytes, settings: Argon) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return bytes(
        hash_secret_raw(
            normalise(passphrase).encode(errors="surrogatepass"),
            salt,
            time_cost=settings.passes,
            memory_cost=settings.memory,
            parallelism=settings.lanes,
            hash_len=boxes.KEY_BYTES,
            type=Type.ID,
        )
    )


def _refuse_weak(settings: Argon) -> None:
    if settings.memory < FLOOR.memory or settings.passes < FLOOR.passes or settings.lanes < FLOOR.lanes:
        raise Fault(Code.ENVELOPE_WEAK)


def _read(envelope: bytes) -> tuple[Argon, bytes, bytes]:
    try:
        return _parse(decode(envelope))
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise Fault(Code.ENVELOPE_BROKEN) from error


def _parse(value: Json) -> tuple[Argon, bytes, bytes]:
    if not isinstance(value, dict) or value.get("v") != _VERSION or value.get("kdf") != "argon2id":
        raise ValueError("kind")
    settings = Argon(*(_number(value[name], name) for name in ("memory", "passes", "lanes")))
    salt = _bytes(value["salt"])
    if len(salt) != _SALT_BYTES:
        raise ValueError("salt")
    return settings, salt, _bytes(value["box"])


def _number(value: Json, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value > getattr(CEILING, name):
        raise ValueError(name)
    return value


def _bytes(value: Json) -> bytes:
    if not isinstance(value, str):
        raise TypeError("text")
    return base64.b64decode(value, validate=True)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
