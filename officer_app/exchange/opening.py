"""The way from an address to a store; the libraries for servers are loaded with the first one."""

from __future__ import annotations

from officer_app.base.progress import Cancelled, never
from officer_app.exchange.addresses import Address, Credentials, StoreKind, read_address
from officer_app.exchange.stores import Store


def open_store(
    address: str | Address, credentials: Credentials | None = None, *, cancelled: Cancelled = never
) -> Store:
    """The store behind an address (`addresses` tells its forms); close it after use.

    `cancelled` ends a call that waits for a slow server. Errors: those of `read_address`, STORE_GONE, and for a
    server STORE_REFUSED, STORE_PLACE_MISSING, STORE_HOST_UNKNOWN, STORE_HOST_CHANGED with the first call at latest.
    """
    place = read_address(address) if isinstance(address, str) else address
    if place.kind is StoreKind.FOLDER and place.folder is not None:
        from officer_app.exchange.folders import FolderStore

        return FolderStore(place.folder)
    from officer_app.exchange.remote import RemoteStore

    known = credentials or Credentials()
    if place.kind is StoreKind.SFTP:
        from officer_app.exchange.sftp import SftpTransport

        return RemoteStore(SftpTransport(place, known), place.text, cancelled)
    if place.kind is StoreKind.LAN:
        from officer_app.exchange.lan_handover import LanTransport

        return RemoteStore(LanTransport(place), place.host, cancelled)
    from officer_app.exchange.clouds import CloudTransport

    return RemoteStore(CloudTransport(place, known), place.text, cancelled)
