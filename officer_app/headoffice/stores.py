"""What lets head office into its stores: one file for each, sealed so that the office's own key alone opens it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app.base.canonical import decode, digest, encode
from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.progress import Cancelled, never
from officer_app.exchange.addresses import Address, Credentials, read_address
from officer_app.exchange.opening import open_store
from officer_app.exchange.stores import Store
from officer_app.headoffice.desk import Desk, Opens
from officer_app.headoffice.journal import UNSAID, Act, Said, note
from officer_app.trust.sealing import seal, unseal

_FOLDER: Final = "stores"
_LARGEST: Final = 100_000
_FIELDS: Final = frozenset({"address", "name", "secret", "private_key", "host_key"})


@dataclass(frozen=True, slots=True)
class KnownStore:
    """A store that head office keeps: its address in one spelling, who enters, and by what; no secret."""

    address: str
    name: str
    has_secret: bool
    has_key: bool


def known_stores(desk: Opens) -> tuple[KnownStore, ...]:
    """Those that are kept, by address. Errors: DESK_BROKEN."""
    told = [_read(desk, path) for path in sorted((desk.folder / _FOLDER).glob("*.age"))]
    found = [KnownStore(one["address"], one["name"], bool(one["secret"]), bool(one["private_key"])) for one in told]
    return tuple(sorted(found, key=lambda one: one.address))


def keep_store(desk: Desk, address: str, given: Credentials, *, clock: Clock, said: Said = UNSAID) -> str:
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
    note(desk.folder, Act.STORE_KEPT, place.text, said, clock.now())
    return place.text


def forget_store(desk: Desk, address: str, *, clock: Clock, said: Said = UNSAID) -> None:
    """Forget it; what lies in the store stays there."""
    place = read_address(address)
    (desk.folder / _FOLDER / _name(place)).unlink(missing_ok=True)
    note(desk.folder, Act.STORE_FORGOTTEN, place.text, said, clock.now())


def credentials(desk: Opens, place: Address) -> Credentials | None:
    """What was given for a store, or None. Errors: DESK_BROKEN."""
    path = desk.folder / _FOLDER / _name(place)
    if not path.is_file():
        return None
    told = _read(desk, path)
    # What earlier programs kept knows of no authority.
    return Credentials(told["name"], told["secret"], told["private_key"], told["host_key"], told.get("authority", ""))


def _read(desk: Opens, path: Path) -> dict[str, str]:
    try:
        told = decode(unseal(read_limited(path, _LARGEST), desk.reader_secret))
    except (Fault, ValueError) as error:
        raise Fault(Code.DESK_BROKEN, where=path.name, file=path.name) from error
    if not isinstance(told, dict) or not set(told) >= _FIELDS:
        raise Fault(Code.DESK_BROKEN, where=path.name, file=path.name)
    return {key: str(value) for key, value in told.items()}


def opened(desk: Opens, address: str, cancelled: Cancelled = never) -> Store:
    """The store behind an address, with what was given for it; close it after use. Errors: those of `open_store`."""
    place = read_address(address)
    return open_store(place, credentials(desk, place) if place.is_remote else None, cancelled=cancelled)


def _name(place: Address) -> str:
    return f"{digest(place.text.encode())[:32]}.age"
