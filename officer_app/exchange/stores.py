"""What the exchange asks of a store, whatever it is. Nothing here rests on conditional writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias

from officer_app.base.errors import Fault
from officer_app.base.progress import Cancelled, never

# Told for each object that the store has now: its name, and whether it was not there before.
Told: TypeAlias = Callable[[str, bool], None]
# What a store gives for one name among several: the bytes, None, or what is wrong with the bytes that are there.
Found: TypeAlias = "bytes | Fault | None"
UNKNOWN: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sealed:
    """One object as it goes into a store."""

    name: str
    data: bytes


class Store(Protocol):
    """Immutable objects by name. Every call may raise STORE_GONE or STORE_UNREACHED; nothing is half done then."""

    @property
    def width(self) -> int:
        """How many objects are well asked for together now: one on a stick and on a bad line."""
        ...

    def put(self, name: str, data: bytes) -> bool:
        """Have these bytes under this name, durable; True when they were not there before. Safe to repeat.

        Errors: STORE_CONFLICT when other bytes are there; DISK_FULL; FOLDER_READ_ONLY; STORE_NAME.
        """
        ...

    def put_all(self, objects: Iterable[Sealed], told: Told, cancelled: Cancelled = never) -> None:
        """Have all of these; each index after all its pieces. Errors: as `put`, CANCELLED."""
        ...

    def get(self, name: str) -> bytes | None:
        """The bytes, or None when there are none. Errors: OBJECT_TOO_LARGE, STORE_NAME."""
        ...

    def get_all(self, names: Sequence[str], sizes: Mapping[str, int] = UNKNOWN) -> list[Found]:
        """The same for several, in their order, each piece held against its name as it comes.

        In the place of one that does not hold stands its fault: OBJECT_TOO_LARGE, OBJECT_CHANGED. `sizes` are those
        that a sender tells, for some of the names: a store may believe them to ask less, and asks more where they
        were wrong.
        """
        ...

    def remove(self, name: str) -> bool:
        """Have a sealed piece no longer; True when it was there. An index stays: numbers have no gaps.

        Errors: STORE_NAME for anything but a piece; FOLDER_READ_ONLY.
        """
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

    def close(self) -> None:
        """Let the connection go."""
        ...
