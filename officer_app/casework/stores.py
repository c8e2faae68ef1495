"""The stores that a person exchanges through: their addresses, and what lets one in, under that person's own key."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base import canonical
from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, never
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.exchange import opening
from officer_app.exchange.addresses import Address, Credentials, read_address
from officer_app.exchange.stores import Store
from officer_app.vault import audit, settings, users


@dataclass(frozen=True, slots=True)
class KnownStore:
    """A store that was set up: its address in one spelling, and the name it is entered with; no secret."""

    address: str
    name: str
    has_secret: bool
    has_key: bool
    host_key: str


@dataclass(frozen=True, slots=True)
class Tested:
    """A store that lets one in, takes an object and gives it back; how many devices exchange through it."""

    address: str
    devices: int


@allowed(*EVERYONE)
def known_stores(desk: Desk) -> tuple[KnownStore, ...]:
    """Those set up by this person, by address."""
    with desk.vault.reading() as tx:
        listed = settings.get(tx, _list_key(desk))
    found = []
    for text in listed if isinstance(listed, list) else []:
        known = credentials(desk, read_address(str(text))) or Credentials()
        found.append(KnownStore(str(text), known.name, bool(known.secret), bool(known.private_key), known.host_key))
    return tuple(sorted(found, key=lambda one: one.address))


@allowed(*EVERYONE)
def credentials(desk: Desk, address: Address) -> Credentials | None:
    """What this person gave for a store, or None."""
    name = _secret_name(address)
    with desk.vault.reading() as tx:
        envelope = users.secret(tx, desk.user.id, name)
    if envelope is None:
        return None
    told = canonical.decode(desk.vault.private.unseal(name, envelope))
    if not isinstance(told, dict):
        raise Fault(Code.VAULT_BROKEN, where=name)
    values = {key: str(value) for key, value in told.items()}
    # What earlier programs kept knows of no authority.
    authority = values.get("authority", "")
    return Credentials(values["name"], values["secret"], values["private_key"], values["host_key"], authority)


@allowed(*EVERYONE)
def keep_store(desk: Desk, address: str, given: Credentials) -> KnownStore:
    """Remember a store and what lets one in. Errors: those of `read_address`."""
    place = read_address(address)
    name = _secret_name(place)
    told: canonical.Json = {
        "name": given.name,
        "secret": given.secret,
        "private_key": given.private_key,
        "host_key": given.host_key,
        "authority": given.authority,
    }
    with desk.vault.writing() as tx:
        users.set_secret(tx, desk.user.id, name, desk.vault.private.seal(name, canonical.encode(told)))
        listed = settings.get(tx, _list_key(desk))
        others = [str(text) for text in listed if text != place.text] if isinstance(listed, list) else []
        settings.put(tx, _list_key(desk), [*others, place.text])
        audit.append(tx, "store_kept", desk.user.id, {"store": digest(place.text.encode())[:16]})
    return KnownStore(place.text, given.name, bool(given.secret), bool(given.private_key), given.host_key)


@allowed(*EVERYONE)
def forget_store(desk: Desk, address: str) -> None:
    """Forget a store and its secrets; what lies in it stays there."""
    place = read_address(address)
    with desk.vault.writing() as tx:
        users.forget_secret(tx, desk.user.id, _secret_name(place))
        listed = settings.get(tx, _list_key(desk))
        left = [str(text) for text in listed if text != place.text] if isinstance(listed, list) else []
        settings.put(tx, _list_key(desk), left)
        audit.append(tx, "store_forgotten", desk.user.id, {"store": digest(place.text.encode())[:16]})


@allowed(*EVERYONE)
def try_store(desk: Desk, address: str, given: Credentials | None = None, cancelled: Cancelled = never) -> Tested:
    """Look at a store, put a small object and read it back; nothing is kept here.

    Errors: those of `opening.try_store`.
    """
    place = read_address(address)
    return Tested(place.text, opening.try_store(place, given or credentials(desk, place), cancelled=cancelled))


def opened(desk: Desk, address: str, cancelled: Cancelled = never) -> Store:
    """The store behind an address with what this person gave for it. Errors: those of `open_store`."""
    place = read_address(address)
    return opening.open_store(place, credentials(desk, place) if place.is_remote else None, cancelled=cancelled)


def _secret_name(place: Address) -> str:
    return f"store {digest(place.text.encode())[:32]}"


def _list_key(desk: Desk) -> str:
    return f"stores:{desk.user.id}"
