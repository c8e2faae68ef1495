"""The closer look at pictures, asked for here and done in the child process."""

from __future__ import annotations

from collections.abc import Sequence

from officer_app.base.progress import Cancelled, never
from officer_app.base.workers import Worker
from officer_app.evidence.derived import Look

_SECONDS = 20.0


def look_closer(
    first: bytes, others: Sequence[bytes], worker: Worker, cancelled: Cancelled = never
) -> tuple[Look, ...]:
    """Lay each of the other views over the first. Errors: WORKER_LIMIT, CANCELLED."""
    if not others:
        return ()
    return worker.call(_look, first, tuple(others), seconds=_SECONDS, cancelled=cancelled)


def _look(first: bytes, others: tuple[bytes, ...]) -> tuple[Look, ...]:
    from officer_app.evidence.secondlook import look

    return look(first, others)
