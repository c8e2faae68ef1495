"""The vault's key, once under each user's passphrase and once under the recovery code.

Each user's slot holds two keys: the vault's, which all users share, and a personal one that seals this user's
private secrets. So a new passphrase is one file replaced, and nobody's secrets open with the vault's key alone.
"""

from __future__ import annotations

import base64
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.trust import boxes, passphrases
from officer_app.trust.passphrases import Argon
from officer_app.vault.keyfile import VERSION, broken, read_file
from officer_app.vault.layout import Layout

_CODE_BYTES: Final = 20
_CODE_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Keys:
    """What a user's slot opens: the vault's key and the user's own."""

    vault: bytes
    personal: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """The file as read: the vault's id, one envelope per sign-in name, one for the recovery code."""

    vault: str
    slots: Mapping[str, bytes]
    recovery: bytes

    def open_slot(self, login: str, passphrase: str) -> Keys:
        """The keys of one user. Errors: WRONG_PASSPHRASE (for unknown names too), ENVELOPE_BROKEN or _WEAK."""
        name = normalise_login(login)
        if name not in self.slots:
            raise Fault(Code.WRONG_PASSPHRASE)
        secret = passphrases.unwrap(self.slots[name], passphrase, self._owner(name))
        if len(secret) != 2 * boxes.KEY_BYTES:
            raise Fault(Code.ENVELOPE_BROKEN)
        return Keys(secret[: boxes.KEY_BYTES], secret[boxes.KEY_BYTES :])

    def with_slot(self, login: str, passphrase: str, keys: Keys, settings: Argon | None = None) -> Keyring:
        """The same ring with this user's slot made anew. Errors: PASSPHRASE_SHORT."""
        passphrases.check_new(passphrase)
        name = normalise_login(login)
        envelope = passphrases.wrap(keys.vault + keys.personal, passphrase, self._owner(name), settings)
        return replace(self, slots={**self.slots, name: envelope})

    def without_slot(self, login: str) -> Keyring:
        """The same ring without this user."""
        name = normalise_login(login)
        return replace(self, slots={other: slot for other, slot in self.slots.items() if other != name})

    def with_recovery(self, code: str, vault_key: bytes, settings: Argon | None = None) -> Keyring:
        """The same ring with its recovery slot made anew; the code opens the vault's key, no personal one."""
        envelope = passphrases.wrap(vault_key, normalise_code(code), f"{self.vault} recovery", settings)
        return replace(self, recovery=envelope)

    def open_recovery(self, code: str) -> bytes:
        """The vault's key. Errors: RECOVERY_WRONG."""
        try:
            return passphrases.unwrap(self.recovery, normalise_code(code), f"{self.vault} recovery")
        except Fault as fault:
            if fault.code is not Code.WRONG_PASSPHRASE:
                raise
            raise Fault(Code.RECOVERY_WRONG) from fault

    def _owner(self, login: str) -> str:
        return f"{self.vault} user {login}"


def normalise_login(login: str) -> str:
    """A sign-in name as it is kept."""
    return unicodedata.normalize("NFC", login.strip())


def new_recovery_code() -> str:
    """160 random bits in eight groups of four letters and digits, to be written down and kept at the branch."""
    text = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    return "-".join(text[at : at + _CODE_GROUP] for at in range(0, len(text), _CODE_GROUP))


def normalise_code(code: str) -> str:
    """A recovery code however it was typed: case, spaces and hyphens do not count; 0, 1 and 8 are O, I and B."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return plain.translate(str.maketrans("018", "OIB"))


def read(folder: Path) -> Keyring:
    """The keyring of a data folder. Errors: VAULT_MISSING, VAULT_BROKEN, VAULT_NEWER."""
    found = read_file(folder)
    try:
        slots = {login: encode(slot) for login, slot in found["slots"].items()}
        return Keyring(str(found["vault"]), slots, encode(found["recovery"]))
    except (KeyError, RecursionError) as error:
        raise broken(folder) from error


def write(folder: Path, ring: Keyring) -> None:
    """Replace the keyring in one step, durable before this returns."""
    slots: dict[str, Json] = {login: json.loads(slot) for login, slot in ring.slots.items()}
    whole: Json = {"v": VERSION, "vault": ring.vault, "slots": slots, "recovery": json.loads(ring.recovery)}
    write_whole(Layout(folder).keyring, encode(whole))
