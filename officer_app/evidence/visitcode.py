"""The code of a visit: shown on the laptop, photographed at the place, read back from the pictures.

It comes from the visit's own random number, so nobody knows it before the visit begins; a picture that shows it was
taken after that, by somebody who had it. It can be carried to another place, so it is evidence and no proof.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Final

from officer_app.base.ids import VisitId
from officer_app.base.progress import Cancelled, never
from officer_app.base.workers import Worker
from officer_app.evidence.qrtexts import read_texts

READ_SECONDS: Final = 20.0
_KIND: Final = "FH1"
_LONGEST: Final = 200  # characters of a code that are kept: a shop's own codes are nobody's business here


class CodeSeen(Enum):
    """What a picture shows of a visit's code."""

    THIS = "this"
    ANOTHER = "another"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class VisitCode:
    """Six digits for people and cards written by hand, and the same with a check for the QR code."""

    digits: str
    text: str

    @property
    def spoken(self) -> str:
        """The digits in two groups."""
        return f"{self.digits[:3]} {self.digits[3:]}"


def code_of(visit: VisitId) -> VisitCode:
    """The code of a visit."""
    seed = hashlib.sha256(f"visit code {visit}".encode()).hexdigest()
    digits = f"{int(seed[:12], 16) % 1_000_000:06d}"
    return VisitCode(digits, f"{_KIND} {digits} {seed[-8:].upper()}")


def read_codes(picture: bytes, worker: Worker, name: str = "", cancelled: Cancelled = never) -> tuple[str, ...]:
    """Our codes in a picture (JPEG or PNG), those of any visit; other QR codes are not kept.

    The decoding happens in `worker`. Errors: PHOTO_BROKEN, WORKER_LIMIT, CANCELLED.
    """
    return worker.call(_read, picture, name, seconds=READ_SECONDS, what=name, cancelled=cancelled)


def seen(codes: tuple[str, ...], visit: VisitId) -> CodeSeen:
    """Whether the codes in a picture are those of its visit."""
    if code_of(visit).text in codes:
        return CodeSeen.THIS
    return CodeSeen.ANOTHER if codes else CodeSeen.NONE


# --- in the child ----------------------------------------------------------------------------------


def _read(picture: bytes, name: str) -> tuple[str, ...]:
    return tuple(text[:_LONGEST] for text in read_texts(picture, name, f"{_KIND} "))
