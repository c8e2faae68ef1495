"""The receipt of a photo: what was known when it came in, linked to the receipt before it and signed.

A stranger needs no vault for it: the entry's bytes are canonical JSON, its digest is their SHA-256, and the next
receipt of the same laptop names that digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from officer_app.base.canonical import Json, decode, digest, encode
from officer_app.base.clock import from_text, to_text
from officer_app.base.errors import Code, Fault


@dataclass(frozen=True, slots=True)
class Intake:
    """Counter on this laptop (from 1, without gaps), digest of the receipt before, and what came in.

    `claimed` is the camera's time as it wrote it, "" where it wrote none; `received` ours, in UTC. `device` names the
    laptop, `camera` what the tags name.
    """

    counter: int
    previous: str
    sha256: str
    claimed: str
    received: datetime
    user: str
    device: str
    camera: str
    case: str

    def to_bytes(self) -> bytes:
        """What is hashed and signed."""
        return encode(
            {
                "counter": self.counter,
                "previous": self.previous,
                "sha256": self.sha256,
                "claimed": self.claimed,
                "received": to_text(self.received),
                "user": self.user,
                "device": self.device,
                "camera": self.camera,
                "case": self.case,
            }
        )


def read_intake(entry: bytes) -> Intake:
    """The receipt that `to_bytes` wrote. Errors: PHOTO_RECEIPT when it is none."""
    try:
        told = decode(entry)
        if not isinstance(told, dict) or not isinstance(told["counter"], int):
            raise Fault(Code.PHOTO_RECEIPT, file="")
        texts = {name: _text(told, name) for name in _TEXTS}
        found = Intake(counter=told["counter"], received=from_text(_text(told, "received")), **texts)
    except (ValueError, KeyError) as error:
        raise Fault(Code.PHOTO_RECEIPT, file="") from error
    if found.to_bytes() != entry:
        raise Fault(Code.PHOTO_RECEIPT, file="")
    return found


def check_links(entries: tuple[bytes, ...]) -> None:
    """Receipts of one laptop that follow one another must name one another. Errors: PHOTO_RECEIPT.

    Between two of them others may be missing: those of other cases. Their order is that of the counter; a laptop's
    clock may be set back between two of them, which the log tells.
    """
    known: dict[tuple[str, int], tuple[Intake, str]] = {}
    for entry in entries:
        intake = read_intake(entry)
        known[intake.device, intake.counter] = (intake, digest(entry))
    for (device, counter), (intake, _) in known.items():
        before = known.get((device, counter - 1))
        if before is not None and before[1] != intake.previous:
            raise Fault(Code.PHOTO_RECEIPT, file=intake.sha256[:16])


_TEXTS = ("previous", "sha256", "claimed", "user", "device", "camera", "case")


def _text(told: dict[str, Json], name: str) -> str:
    value = told[name]
    if not isinstance(value, str):
        raise Fault(Code.PHOTO_RECEIPT, file="")
    return value
