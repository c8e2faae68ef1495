"""What lets head office into its stores: one file for each, sealed so that the office's own key alone opens it."""

from __future__ import annotations

from typing import Final

from officer_app.base.canonical import decode, digest, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.progress import Cancelled, never
from officer_app.exchange.addresses import Address, Credentials, read_address
from officer_app.exchange.opening import open_store
from officer_app.exchange.stores import Store
from officer_app.headoffice.desk import Desk
from officer_app.trust.sealing import seal, unseal

_FOLDER: Final = "stores"
_LARGEST: Final = 100_000


def keep_store(desk: Desk, address: str, given: Credentials) -> str:
    """Remember what lets one in; gives the address in its one spelling. Errors: those of `read_address`."""
    place = read_address(address)
    path = desk.folder / _FOLDER / _name(place)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    told = {
        "address": place.text,
        "name": given.name,
        "secret": given.secret,
        "private_key": given.private_key,
        "host_key": given.host_key,
        "authority": given.authority,
    }
    write_whole(path, seal(encode(told), [desk.identity.person.reader]))
    return place.text


def forget_store(desk: Desk, address: str) -> None:
    """Forget it; what lies in the store stays there."""
    (desk.folder / _FOLDER / _name(read_address(address))).unlink(missing_ok=True)


def credentials(desk: Desk, place: Address) -> Credentials | None:
    """What was given for a store, or None. Errors: DESK_BROKEN."""
    path = desk.folder / _FOLDER / _name(place)
    if not path.is_file():
        return None
    try:
        told = decode(unseal(read_limited(path, _LARGEST), desk.identity.reader_secret))
    except (Fault, ValueError) as error:
        raise Fault(Code.DESK_BROKEN, where=path.name, file=path.name) from error
    if not isinstance(told, dict):
        raise Fault(Code.DESK_BROKEN, where=path.name, file=path.name)
    values = {key: str(value) for key, value in told.items()}
    # What earlier programs kept knows of no authority.
    authority = values.get("authority", "")
    return Credentials(values["name"], values["secret"], values["private_key"], values["host_key"], authority)


def opened(desk: Desk, address: str, cancelled: Cancelled = never) -> Store:
    """The store behind an address, with what was given for it; close it after use. Errors: those of `open_store`."""
    place = read_address(address)
    return open_store(place, credentials(desk, place) if place.is_remote else None, cancelled=cancelled)


def _name(place: Address) -> str:
    return f"{digest(place.text.encode())[:32]}.age"
