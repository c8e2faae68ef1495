"""Parts of a store: several processes, or one look, see some of its devices and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from officer_app.exchange.stores import Store


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

    def put(self, name: str, data: bytes) -> bool:
        """As `Store.put`."""
        return self.store.put(name, data)

    def get(self, name: str) -> bytes | None:
        """As `Store.get`."""
        return self.store.get(name)

    def size(self, name: str) -> int | None:
        """As `Store.size`."""
        return self.store.size(name)

    def devices(self) -> tuple[str, ...]:
        """Those that are seen."""
        return self.seen()

    def counters(self, device: str) -> tuple[int, ...]:
        """As `Store.counters`."""
        return self.store.counters(device)


def of_share(store: Store, share: Share) -> Store:
    """The devices of a share."""
    return SomeDevices(store, lambda: tuple(device for device in store.devices() if share.has(device)))


def of_device(store: Store, device: str) -> Store:
    """One device, without a listing."""
    return SomeDevices(store, lambda: (device,))
