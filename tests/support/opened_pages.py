"""What a thief with the key would read: every page of a database and of its log, decrypted, free space included.

SQLCipher 4 with a raw key: pages of 4096 bytes, each AES-256-CBC, the last 80 bytes its start value (16) and its
digest (64); the first 16 bytes of the file are salt. A log has a header of 32 bytes and 24 before each page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from officer_app.trust import boxes
from officer_app.vault.store import Vault

_PAGE, _RESERVED, _START = 4096, 80, 16


def database_key(vault: Vault) -> bytes:
    """The key of an open vault's database."""
    return boxes.derive(vault._open().keys.vault, "vault database")


def opened_bytes(folder: Path, key: bytes) -> bytes:
    """Everything in `vault.db` and in its log, as it reads once decrypted."""
    return b"".join(_pages(folder, key))


def _pages(folder: Path, key: bytes) -> Iterator[bytes]:
    whole = (folder / "vault.db").read_bytes()
    for at in range(0, len(whole), _PAGE):
        yield _opened(whole[at : at + _PAGE], key, _START if at == 0 else 0)
    log = folder / "vault.db-wal"
    frames = log.read_bytes()[32:] if log.exists() else b""
    for at in range(0, len(frames), _PAGE + 24):
        page = frames[at + 24 : at + 24 + _PAGE]
        first = int.from_bytes(frames[at : at + 4], "big") == 1
        yield _opened(page, key, _START if first else 0)


def _opened(page: bytes, key: bytes, skip: int) -> bytes:
    start = page[-_RESERVED : -_RESERVED + _START]
    cipher = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    return cipher.update(page[skip:-_RESERVED]) + cipher.finalize()
