"""One picture laid upon another for a person to look at; the closer look itself happens in the child process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from officer_app.base.progress import Cancelled, never
from officer_app.base.workers import Worker
from officer_app.evidence.derived import Looked

SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Laid:
    """Where the second lies in the first: its corners in thousandths of the first's width and height, clockwise.

    Empty when no movement carries the one to the other. `alike`: patches of the common part that agree, in
    thousandths.
    """

    copy: bool
    alike: int
    mirrored: bool
    region: tuple[tuple[int, int], ...]


def lay(first: bytes, second: bytes, worker: Worker, cancelled: Cancelled = never) -> Laid:
    """Both are JPEGs that were derived here. Errors: WORKER_LIMIT, CANCELLED."""
    return worker.call(_laid, first, second, seconds=SECONDS, what="", cancelled=cancelled)


def _laid(first: bytes, second: bytes) -> Laid:
    from officer_app.evidence.secondlook import look

    seen = look(first, second)
    return Laid(seen.verdict is Looked.COPY, seen.alike, seen.mirrored, seen.region)
