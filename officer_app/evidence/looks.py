"""The closer look at two pictures, asked for here and done in the child process."""

from __future__ import annotations

from officer_app.base.progress import Cancelled, never
from officer_app.base.workers import Worker
from officer_app.evidence.derived import Look

_SECONDS = 20.0


def look_closer(first: bytes, second: bytes, worker: Worker, cancelled: Cancelled = never) -> Look:
    """Lay the second view over the first. Errors: WORKER_LIMIT, CANCELLED."""
    return worker.call(_look, first, second, seconds=_SECONDS, cancelled=cancelled)


def _look(first: bytes, second: bytes) -> Look:
    from officer_app.evidence.secondlook import look

    return look(first, second)
