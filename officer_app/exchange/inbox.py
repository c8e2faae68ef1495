"""Receiving: ask each device for its next delivery; open, verify, and only then read.

The reader keeps one cursor per device, so late arrivals and wrong clocks lose nothing. A delivery that is not
whole yet (a stick pulled on the sender's side, a damaged copy) becomes a gap: it is reported, later ones go on, and
every round asks for it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
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
from officer_app.exchange.layout import index_name, object_name, open_frame
from officer_app.exchange.letters import Letter, read_letter
from officer_app.exchange.parcels import Parcel
from officer_app.exchange.stores import Store
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
    "verify",
    "verify_decision",
    "verify_dossier",
    "verify_pack",
    "verify_receipt",
]

# A hole wider than this is somebody's planted number, not a lost stick.
_WIDEST_GAP: Final = 1_000


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


@dataclass(frozen=True, slots=True)
class _Reader:
    store: Store
    secret: str
    root_pem: bytes
    revoked: Mapping[str, datetime]
    papers: bool


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
    reader = _Reader(store, reader_secret, root_pem, revoked, papers)
    devices = [device for device in store.devices() if device != own_device]
    for done, device in enumerate(devices):
        progress(done, len(devices))
        for arrival in _of_device(reader, device, cursors.get(device, Cursor()), thorough=thorough):
            yield arrival
            check(cancelled)
    progress(len(devices), len(devices))


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
    reader = _Reader(store, reader_secret, root_pem, revoked, papers=False)
    devices = [device for device in store.devices() if device != own_device]
    for done, device in enumerate(devices):
        progress(done, len(devices))
        cursor = cursors.get(device, Cursor())
        later = [counter for counter in store.counters(device) if counter >= cursor.next] if thorough else ()
        for counter in (*cursor.gaps, *later):
            _copy(reader, into, device, counter)
            check(cancelled)
        following = cursor.next if not thorough else 0
        while following and _copy(reader, into, device, following):
            check(cancelled)
            following += 1
    progress(len(devices), len(devices))


def _copy(reader: _Reader, into: Store, device: str, counter: int) -> bool:
    """One delivery's pieces and then its index; False when there is no index under this number."""
    name = index_name(device, counter)
    framed = reader.store.get(name)
    if framed is None:
        return False
    try:
        letter, _ = _letter(reader, device, counter, unseal(open_frame(framed, name), reader.secret))
        pieces = _pieces(reader.store, letter)
    except Fault as fault:
        if fault.code.value.kind is not Kind.REFUSAL or fault.code is Code.CANCELLED:
            raise
        pieces = []  # not for us, or not whole: its index alone tells the reader so
    for data in pieces:
        into.put(object_name(data), data)
    into.put(name, framed)
    return True


def _of_device(reader: _Reader, device: str, cursor: Cursor, *, thorough: bool) -> Iterator[Arrival]:
    for counter in cursor.gaps:
        again = _take(reader, device, counter, cursor)
        if again is not None and not isinstance(again, Gap):
            cursor = again.cursor_after
            yield again
    while True:
        arrival = _take(reader, device, cursor.next, cursor)
        if arrival is None and thorough:
            arrival = _hole(reader, device, cursor)
        if arrival is None:
            return
        cursor = arrival.cursor_after
        yield arrival


def _hole(reader: _Reader, device: str, cursor: Cursor) -> Gap | None:
    """The next number is missing though a later one is there."""
    later = [counter for counter in reader.store.counters(device) if counter > cursor.next]
    if not later or later[0] - cursor.next > _WIDEST_GAP:
        return None
    return Gap(device, cursor.next, cursor.missing(cursor.next), None)


def _take(reader: _Reader, device: str, counter: int, cursor: Cursor) -> Arrival | None:
    """One delivery; None when there is none under this number."""
    name = index_name(device, counter)
    try:
        framed = reader.store.get(name)
        if framed is None:
            return None
        return _open(reader, device, counter, framed, cursor)
    except Fault as fault:
        if fault.code.value.kind is not Kind.REFUSAL or fault.code is Code.CANCELLED:
            raise
        # Damage may be this copy's alone: the same delivery may come whole on another stick.
        return Gap(device, counter, cursor.missing(counter), fault)


def _open(reader: _Reader, device: str, counter: int, framed: bytes, cursor: Cursor) -> Arrival:
    """Errors: only those that make a gap (a piece missing or damaged on its way)."""
    sealed = open_frame(framed, index_name(device, counter))
    after = cursor.past(counter)
    try:
        opened = unseal(sealed, reader.secret)
    except Fault:
        return NotForUs(device, counter, after)
    try:
        letter, sender = _letter(reader, device, counter, opened)
    except Fault as fault:
        return Quarantined(device, counter, after, fault, framed)
    pieces = _pieces(reader.store, letter)
    try:
        files = _files(b"".join(unseal(piece, reader.secret) for piece in pieces), letter)
        parcel = Parcel(letter.kind, files, {entry.name: entry.sha256 for entry in letter.files})
        content = verify(parcel, reader.root_pem, reader.revoked, papers=reader.papers)
    except Fault as fault:
        if fault.code.value.kind is not Kind.REFUSAL:
            raise
        return Quarantined(device, counter, after, fault, framed)
    return Arrived(device, counter, after, sender, content, digest(framed))


def _letter(reader: _Reader, device: str, counter: int, opened: bytes) -> tuple[Letter, Person]:
    letter, signer = read_letter(opened, reader.root_pem, reader.revoked)
    if (letter.device, letter.counter) != (device, counter) or signer.person.device != device:
        raise Fault(Code.DELIVERY_FOREIGN, where=index_name(device, counter))
    return letter, signer.person


def _pieces(store: Store, letter: Letter) -> list[bytes]:
    """Errors: OBJECT_CHANGED for a piece that is missing or not the one that was sent."""
    found = []
    for piece, data in zip(letter.pieces, store.get_all([piece.name for piece in letter.pieces]), strict=True):
        if data is None or len(data) != piece.size or object_name(data) != piece.name:
            raise Fault(Code.OBJECT_CHANGED, where=piece.name, name=piece.name)
        found.append(data)
    return found


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
