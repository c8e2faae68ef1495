"""Parts of a store: several processes see some of its devices each, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.base.progress import Cancelled, never
from officer_app.exchange.stores import UNKNOWN, Found, Sealed, Store, Told


@dataclass(frozen=True, slots=True)
class Share:
    """One process's part of the devices: those whose number gives `which` when divided by `of`."""

    which: int = 0
    of: int = 1

    def has(self, device: str) -> bool:
        """Whether a device is this process's."""
        return int(device, 16) % self.of == self.which


ALL: Final = Share()


@dataclass(frozen=True, slots=True)
class SomeDevices:
    """A store in which only some devices are seen."""

    store: Store
    seen: Callable[[], tuple[str, ...]]

    @property
    def width(self) -> int:
        """As `Store.width`."""
        return self.store.width

    def put(self, name: str, data: bytes) -> bool:
        """As `Store.put`."""
        return self.store.put(name, data)

    def put_all(self, objects: Iterable[Sealed], told: Told, cancelled: Cancelled = never) -> None:
        """As `Store.put_all`."""
        self.store.put_all(objects, told, cancelled)

    def get(self, name: str) -> bytes | None:
        """As `Store.get`."""
        return self.store.get(name)

    def get_all(self, names: Sequence[str], sizes: Mapping[str, int] = UNKNOWN) -> list[Found]:
        """As `Store.get_all`."""
        return self.store.get_all(names, sizes)

    def remove(self, name: str) -> bool:
        """As `Store.remove`."""
        return self.store.remove(name)

    def size(self, name: str) -> int | None:
        """As `Store.size`."""
        return self.store.size(name)

    def devices(self) -> tuple[str, ...]:
        """Those that are seen."""
        return self.seen()

    def counters(self, device: str) -> tuple[int, ...]:
        """As `Store.counters`."""
        return self.store.counters(device)

    def close(self) -> None:
        """As `Store.close`."""
        self.store.close()


def of_share(store: Store, share: Share) -> Store:
    """The devices of a share."""
    return SomeDevices(store, lambda: tuple(device for device in store.devices() if share.has(device)))
