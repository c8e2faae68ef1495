"""Codes of a series off another screen: from a picture that a camera took, or a saved picture of the screen."""

from __future__ import annotations

from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, never
from officer_app.base.qr import LONGEST, SERIES
from officer_app.base.workers import Worker
from officer_app.evidence.qrtexts import read_texts

READ_SECONDS: Final = 20.0
LARGEST_PICTURE: Final = 40_000_000  # bytes


def read_screen(picture: bytes, worker: Worker, name: str = "", cancelled: Cancelled = never) -> tuple[str, ...]:
    """The texts of the codes of a series in a picture (JPEG or PNG); at least one.

    The decoding happens in `worker`. Errors: SCREEN_NO_CODE, PHOTO_BROKEN, FILE_TOO_LARGE, WORKER_LIMIT, CANCELLED.
    """
    if len(picture) > LARGEST_PICTURE:
        raise Fault(Code.FILE_TOO_LARGE, where=name, file=name, limit_mb=LARGEST_PICTURE // 1_000_000)
    found: tuple[str, ...] = worker.call(_read, picture, name, seconds=READ_SECONDS, what=name, cancelled=cancelled)
    if not found:
        raise Fault(Code.SCREEN_NO_CODE, where=name, file=name)
    return found


# --- in the child ----------------------------------------------------------------------------------


def _read(picture: bytes, name: str) -> tuple[str, ...]:
    return tuple(text for text in read_texts(picture, name, f"{SERIES}:") if len(text) <= LONGEST)
