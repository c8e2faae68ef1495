"""Secrets of one user: private keys above all."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.trust import boxes


@dataclass(frozen=True, slots=True)
class PrivateBox:
    """Seals and opens the secrets of one user, under a key that only this user's passphrase gives."""

    user: str
    key: bytes

    def seal(self, name: str, secret: bytes) -> bytes:
        """An envelope to be kept by `users.set_secret` under the same name."""
        return boxes.seal(self.key, secret, f"{self.user} {name}")

    def unseal(self, name: str, envelope: bytes) -> bytes:
        """The secret. Errors: BOX_BROKEN when it is another user's or of another name."""
        return boxes.unseal(self.key, envelope, f"{self.user} {name}")
