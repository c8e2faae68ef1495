"""Sending: a parcel is sealed once, kept by the caller, and put until the store has every byte of it.

Sealing is random, so a second sealing would be other objects: the caller keeps what `prepare` gave, durably and
in order, before the first `send`. Pieces come first and the index last: only the index makes a delivery visible,
so a cut anywhere before it leaves nothing that a reader would see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.exchange.layout import (
    LARGEST_DELIVERY,
    LARGEST_OBJECT,
    LARGEST_PIECE,
    frame_index,
    index_name,
    object_name,
)
from officer_app.exchange.letters import Entry, Letter, Piece, write_letter
from officer_app.exchange.parcels import Parcel
from officer_app.exchange.stores import Sealed, Store
from officer_app.trust.identities import Identity
from officer_app.trust.sealing import seal

__all__ = ["Sealed", "prepare", "send"]


def prepare(
    parcel: Parcel, identity: Identity, *, readers: Sequence[str], counter: int, at: datetime
) -> tuple[Sealed, ...]:
    """A parcel as sealed objects, the index last. The counter is this device's next, from 1 without gaps.

    Errors: DELIVERY_TOO_LARGE, READER_INVALID.
    """
    total = sum(len(data) for data in parcel.files.values())
    if total > LARGEST_DELIVERY:
        raise _too_large(total, LARGEST_DELIVERY)
    pieces = tuple(Sealed(object_name(sealed), sealed) for sealed in _seal_pieces(parcel.files, readers))
    letter = Letter(
        device=identity.person.device,
        counter=counter,
        kind=parcel.kind,
        made_at=at,
        pieces=tuple(Piece(piece.name, len(piece.data)) for piece in pieces),
        files=tuple(Entry(name, len(data), digest(data)) for name, data in parcel.files.items()),
    )
    framed = frame_index(seal(write_letter(letter, identity), readers))
    if len(framed) > LARGEST_OBJECT or any(len(piece.data) > LARGEST_OBJECT for piece in pieces):
        raise _too_large(total, LARGEST_OBJECT)
    return (*pieces, Sealed(index_name(letter.device, counter), framed))


def _nobody(_name: str) -> None:
    """Nobody wants to hear of it."""


def send(
    store: Store,
    sealed: Iterable[Sealed],
    progress: Progress = silent,
    cancelled: Cancelled = never,
    *,
    total: int = 0,
    finished: Callable[[str], None] = _nobody,
) -> int:
    """Put every object, each index after its pieces; gives how many were not there before.

    `finished` hears the name of each object that the store shows now. Repeat the whole after any fault.
    Errors: those of `Store.put`, CANCELLED.
    """
    new: list[str] = []
    done = 0

    def told(name: str, is_new: bool) -> None:
        nonlocal done
        done += 1
        if is_new:
            new.append(name)
        progress(done, max(total, done))
        finished(name)

    store.put_all(sealed, told, cancelled)
    return len(new)


def _seal_pieces(files: Mapping[str, bytes], readers: Sequence[str]) -> Iterator[bytes]:
    """All files as one stream, cut: a dossier of many small answers and photos takes few objects."""
    waiting = bytearray()
    for data in files.values():
        view = memoryview(data)
        while view:
            room = LARGEST_PIECE - len(waiting)
            waiting += view[:room]
            view = view[room:]
            if len(waiting) == LARGEST_PIECE:
                yield seal(bytes(waiting), readers)
                waiting.clear()
    if waiting:
        yield seal(bytes(waiting), readers)


def _too_large(size: int, limit: int) -> Fault:
    return Fault(Code.DELIVERY_TOO_LARGE, size_mb=-(-size // 1_000_000), limit_mb=limit // 1_000_000)
