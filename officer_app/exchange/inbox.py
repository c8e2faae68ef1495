"""Receiving: ask each device for its next delivery; open, verify, and only then read.

The reader keeps one cursor per device, so late arrivals and wrong clocks lose nothing. A delivery that is not
whole yet (a stick pulled on the sender's side, a damaged copy) becomes a gap: it is reported, later ones go on, and
every round asks for it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count, takewhile
from typing import Final, TypeAlias

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.meanings import Kind
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.exchange.contents import (
    Content,
    DecisionContent,
    DeletionContent,
    DossierContent,
    NoticeContent,
    PackContent,
    ReceiptContent,
    check_against,
    verify,
    verify_decision,
    verify_dossier,
    verify_pack,
    verify_receipt,
)
from officer_app.exchange.deliveries import Delivery, Reader, deliveries, first_indexes
from officer_app.exchange.layout import index_name
from officer_app.exchange.letters import Letter
from officer_app.exchange.parcels import Parcel
from officer_app.exchange.stores import Found, Store
from officer_app.trust.certificates import NOBODY, Person
from officer_app.trust.sealing import unseal

# What a parcel proves is told in `contents`; readers find the whole way from store to value here.
__all__ = [
    "Arrival",
    "Arrived",
    "Content",
    "Cursor",
    "DecisionContent",
    "DeletionContent",
    "DossierContent",
    "Gap",
    "NotForUs",
    "NoticeContent",
    "PackContent",
    "Quarantined",
    "ReceiptContent",
    "check_against",
    "fetch",
    "fetch_one",
    "verify",
    "verify_decision",
    "verify_dossier",
    "verify_pack",
    "verify_receipt",
]

# A hole wider than this is somebody's planted number, not a lost stick.
_WIDEST_GAP: Final = 1_000
# So many deliveries of one device are waited for at a time; what comes after them waits as well. Without an end,
# whoever can write into the store would plant a hundred thousand, and every round would ask for each.
_MOST_GAPS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far one device has been read: the next counter, and the earlier ones still missing."""

    next: int = 1
    gaps: tuple[int, ...] = ()

    def past(self, counter: int) -> Cursor:
        """After this counter was dealt with."""
        left = tuple(gap for gap in self.gaps if gap != counter)
        return Cursor(max(self.next, counter + 1), left)

    def missing(self, counter: int) -> Cursor:
        """After this counter was found missing or damaged."""
        return Cursor(max(self.next, counter + 1), tuple(sorted({*self.gaps, counter})))


@dataclass(frozen=True, slots=True)
class Arrived:
    """A delivery that holds: apply it and keep `cursor_after` for the device in one transaction."""

    device: str
    counter: int
    cursor_after: Cursor
    sender: Person
    content: Content
    delivery: str


@dataclass(frozen=True, slots=True)
class NotForUs:
    """A delivery sealed for others."""

    device: str
    counter: int
    cursor_after: Cursor


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A delivery for us that does not hold, and why; `data` is its index, for a later look."""

    device: str
    counter: int
    cursor_after: Cursor
    reason: Fault
    data: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """A delivery that is not there, not whole or damaged; it is asked for again in every round."""

    device: str
    counter: int
    cursor_after: Cursor
    reason: Fault | None


Arrival: TypeAlias = "Arrived | NotForUs | Quarantined | Gap"


def fetch(
    store: Store,
    reader_secret: str,
    root_pem: bytes,
    *,
    cursors: Mapping[str, Cursor],
    own_device: str,
    revoked: Mapping[str, datetime] = NOBODY,
    thorough: bool = False,
    papers: bool = True,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Iterator[Arrival]:
    """Everything new, device by device and in each device's order; lazily, so that each is applied before the next.

    Nothing new costs one listing of devices and one probe for each. `thorough` also lists every device's indexes
    and reports holes in its numbers. `papers` as in `contents.verify`.
    Errors: STORE_GONE and CANCELLED; all else is an arrival.
    """
    reader = Reader(store, reader_secret, root_pem, revoked)
    for device, cursor, first in _devices(store, cursors, own_device, progress):
        for arrival in _of_device(reader, device, cursor, first, thorough=thorough, papers=papers):
            yield arrival
            check(cancelled)


def fetch_one(
    store: Store,
    reader_secret: str,
    root_pem: bytes,
    place: tuple[str, int],
    *,
    revoked: Mapping[str, datetime] = NOBODY,
    papers: bool = True,
) -> Arrival | None:
    """One delivery by device and counter, judged as the store shows it now; None when there is none.

    Without `revoked`, a key that was withdrawn since it came in does not undo it. Errors: as `fetch`.
    """
    device, counter = place
    reader = Reader(store, reader_secret, root_pem, revoked)
    (one,) = deliveries(reader, device, [counter])
    return _arrival(reader, device, one, Cursor(counter), papers=papers)


def gather(
    store: Store,
    into: Store,
    reader_secret: str,
    root_pem: bytes,
    *,
    cursors: Mapping[str, Cursor],
    own_device: str,
    revoked: Mapping[str, datetime] = NOBODY,
    thorough: bool = False,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> None:
    """Copy everything new for this reader from a store that is far into one that is near, to be fetched there.

    Nothing is believed by this: a damaged or forged delivery is copied as it is, and `fetch` says what is wrong.
    Errors: those of the stores, CANCELLED.
    """
    reader = Reader(store, reader_secret, root_pem, revoked)
    for device, cursor, first in _devices(store, cursors, own_device, progress):
        later = [counter for counter in store.counters(device) if counter >= cursor.next] if thorough else ()
        following = () if thorough or first is None else count(cursor.next)
        known = deliveries(reader, device, (*cursor.gaps, *later))
        new = takewhile(lambda one: one.is_there, deliveries(reader, device, following, first if following else None))
        for one in chain(known, new):
            _copy(one, device, into)
            check(cancelled)


def _devices(
    store: Store, cursors: Mapping[str, Cursor], own_device: str, progress: Progress
) -> Iterator[tuple[str, Cursor, Found]]:
    """Every other device, how far it was read, and its next index."""
    devices = [device for device in store.devices() if device != own_device]
    known = [cursors.get(device, Cursor()) for device in devices]
    firsts = first_indexes(store, [(device, one.next) for device, one in zip(devices, known, strict=True)])
    for done, found in enumerate(zip(devices, known, firsts, strict=True)):
        progress(done, len(devices))
        yield found
    progress(len(devices), len(devices))


def _copy(one: Delivery, device: str, into: Store) -> None:
    """A delivery's pieces and then its index; where it is not whole or not for us, its index tells the reader so."""
    if one.letter is not None and one.damage is None:
        for piece, data in zip(one.letter.pieces, one.pieces, strict=True):
            into.put(piece.name, data)
    if one.framed is not None:
        into.put(index_name(device, one.counter), one.framed)


def _of_device(
    reader: Reader, device: str, cursor: Cursor, first: Found, *, thorough: bool, papers: bool
) -> Iterator[Arrival]:
    for one in deliveries(reader, device, cursor.gaps):
        again = _arrival(reader, device, one, cursor, papers=papers)
        if again is not None and not isinstance(again, Gap):
            cursor = again.cursor_after
            yield again
    if first is None and not thorough:
        return
    for one in deliveries(reader, device, count(cursor.next), first):
        arrival = _arrival(reader, device, one, cursor, papers=papers)
        if arrival is None and thorough:
            arrival = _hole(reader.store, device, cursor)
        if arrival is None or len(arrival.cursor_after.gaps) > _MOST_GAPS:
            return
        cursor = arrival.cursor_after
        yield arrival


def _hole(store: Store, device: str, cursor: Cursor) -> Gap | None:
    """The next number is missing though a later one is there."""
    later = [counter for counter in store.counters(device) if counter > cursor.next]
    if not later or later[0] - cursor.next > _WIDEST_GAP:
        return None
    return Gap(device, cursor.next, cursor.missing(cursor.next), None)


def _arrival(reader: Reader, device: str, one: Delivery, cursor: Cursor, *, papers: bool) -> Arrival | None:
    """What one delivery comes to; None when there is none under its number."""
    if one.damage is not None:
        # Damage may be this copy's alone: the same delivery may come whole on another stick.
        return Gap(device, one.counter, cursor.missing(one.counter), one.damage)
    if one.framed is None:
        return None
    after = cursor.past(one.counter)
    if one.refusal is not None:
        return Quarantined(device, one.counter, after, one.refusal, one.framed)
    if one.letter is None or one.sender is None:
        return NotForUs(device, one.counter, after)
    try:
        files = _files(b"".join(unseal(piece, reader.secret) for piece in one.pieces), one.letter)
        parcel = Parcel(one.letter.kind, files, {entry.name: entry.sha256 for entry in one.letter.files})
        content = verify(parcel, reader.root_pem, reader.revoked, papers=papers)
    except Fault as fault:
        if fault.code.value.kind is not Kind.REFUSAL:
            raise
        return Quarantined(device, one.counter, after, fault, one.framed)
    return Arrived(device, one.counter, after, one.sender, content, digest(one.framed))


def _files(stream: bytes, letter: Letter) -> dict[str, bytes]:
    """The stream cut back into files. Errors: DELIVERY_UNREADABLE when it is not what the letter says."""
    files: dict[str, bytes] = {}
    start = 0
    for entry in letter.files:
        data = stream[start : start + entry.size]
        if len(data) != entry.size or digest(data) != entry.sha256:
            raise Fault(Code.DELIVERY_UNREADABLE, where=entry.name, field=entry.name)
        files[entry.name] = data
        start += entry.size
    if start != len(stream):
        raise Fault(Code.DELIVERY_UNREADABLE, where="size", field="size")
    return files
