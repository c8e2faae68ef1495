"""The other laptop: a folder lent over the local network, as the window of who lends serves it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from officer_app.base.clock import SystemClock
from officer_app.exchange import lan_handover
from officer_app.exchange.lan import serve


@contextmanager
def lent(folder: Path) -> Iterator[str]:
    """Serve the folder until the end; gives the address that the other laptop shows."""
    lending = lan_handover.lending(folder, "127.0.0.1", SystemClock().now())
    ports: list[int] = []
    listening, over = threading.Event(), threading.Event()

    def told(port: int) -> None:
        ports.append(port)
        listening.set()

    thread = threading.Thread(  # noqa: TID251  the other laptop
        target=lambda: serve("127.0.0.1", lending.key.context, lending.service, listening=told, cancelled=over.is_set)
    )
    thread.start()
    try:
        assert listening.wait(10)
        yield lending.address("127.0.0.1", ports[0])
    finally:
        over.set()
        thread.join(10)
