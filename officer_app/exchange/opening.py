"""The way from an address to a store; the libraries for servers are loaded with the first one."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, never
from officer_app.exchange.addresses import Address, Credentials, StoreKind, read_address
from officer_app.exchange.layout import object_name
from officer_app.exchange.stores import Store

# What a test leaves in a store: the same bytes each time, so at most one small object, which no index names.
_PROBE: Final = b"firsthand: a store that takes and gives back\n"


def open_store(
    address: str | Address,
    credentials: Credentials | None = None,
    *,
    cancelled: Cancelled = never,
    quick: bool = False,
) -> Store:
    """The store behind an address (`addresses` tells its forms); close it after use.

    `cancelled` ends a call that waits for a slow server; `quick` is for somebody who waits to hear whether it answers
    at all. Errors: those of `read_address`, STORE_GONE, and for a server STORE_REFUSED, STORE_CLOCK,
    STORE_PLACE_MISSING, STORE_HOST_UNKNOWN, STORE_HOST_CHANGED, STORE_CERTIFICATE, STORE_CERTIFICATE_DAY,
    STORE_AUTHORITY with the first call at latest.
    """
    place = read_address(address) if isinstance(address, str) else address
    if place.kind is StoreKind.FOLDER and place.folder is not None:
        from officer_app.exchange.folders import FolderStore

        return FolderStore(place.folder)
    from officer_app.exchange.remote import RemoteStore

    known = credentials or Credentials()
    if place.kind is StoreKind.SFTP:
        from officer_app.exchange.sftp import SftpTransport

        return RemoteStore(SftpTransport(place, known), place.text, cancelled, quick=quick)
    if place.kind is StoreKind.LAN:
        from officer_app.exchange.lan_handover import LanTransport

        return RemoteStore(LanTransport(place), place.host, cancelled, quick=quick)
    from officer_app.exchange.clouds import CloudTransport

    return RemoteStore(CloudTransport(place, known), place.text, cancelled, quick=quick)


def try_store(address: str | Address, credentials: Credentials | None = None, *, cancelled: Cancelled = never) -> int:
    """Look at a store, put a small object and read it back; how many devices exchange through it.

    The object stays, since no store is asked to delete anything: the same bytes each time, and no index names them.
    Errors: those of `open_store`; STORE_HOST_UNKNOWN tells an SFTP server's key in `where`, to be confirmed;
    OBJECT_CHANGED when the store gives back something else.
    """
    with closing(open_store(address, credentials, cancelled=cancelled, quick=True)) as store:
        devices = len(store.devices())
        store.put(object_name(_PROBE), _PROBE)
        if store.get(object_name(_PROBE)) != _PROBE:
            raise Fault(Code.OBJECT_CHANGED, name=object_name(_PROBE))
    return devices
