"""What the exchange asks of a store, and the way from a URL to one. Nothing here rests on conditional writes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from officer_app.base.errors import Code, Fault


class Store(Protocol):
    """Immutable objects by name. Every call may raise STORE_GONE; then nothing is half done."""

    def put(self, name: str, data: bytes) -> bool:
        """Have these bytes under this name, durable; True when they were not there before. Safe to repeat.

        Errors: STORE_CONFLICT when other bytes are there; DISK_FULL; FOLDER_READ_ONLY; STORE_NAME.
        """
        ...

    def get(self, name: str) -> bytes | None:
        """The bytes, or None when there are none. Errors: OBJECT_TOO_LARGE, STORE_NAME."""
        ...

    def size(self, name: str) -> int | None:
        """The number of bytes, or None: the cheapest probe."""
        ...

    def devices(self) -> tuple[str, ...]:
        """Every device that ever put an index."""
        ...

    def counters(self, device: str) -> tuple[int, ...]:
        """Every counter of a device's indexes, sorted: a whole listing, for a search after gaps."""
        ...


def open_store(url: str) -> Store:
    """The store behind a URL or a plain path. Errors: STORE_UNKNOWN, STORE_GONE."""
    from officer_app.exchange.folders import FolderStore

    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in {"", "localhost"}:
        return FolderStore(Path(unquote(parts.path)))
    # One letter is a drive of Windows, not a scheme.
    if len(parts.scheme) <= 1 and url:
        return FolderStore(Path(url))
    raise Fault(Code.STORE_UNKNOWN, url=url[:200])
