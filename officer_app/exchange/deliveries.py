"""The deliveries of one device as they lie in a store, a few at a time: as many as the line takes at once.

Each index tells what its pieces are called and how large they are, so the pieces of several deliveries are asked for
together, and with them the indexes of the next ones. On a bad line, and on a stick, it is one delivery at a time:
whatever ends the reading then, nothing that was given before is fetched again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.exchange.layout import LARGEST_OBJECT, index_name, open_frame
from officer_app.exchange.letters import Letter, read_letter
from officer_app.exchange.stores import Found, Store
from officer_app.trust.certificates import NOBODY, Person
from officer_app.trust.sealing import unseal

# Bytes of several deliveries that are held at once, however wide the line.
_MOST_AHEAD: Final = 16 * LARGEST_OBJECT


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, where, and whom they believe."""

    store: Store
    secret: str
    root_pem: bytes
    revoked: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What lies under one number of a device.

    `framed` is the index as it lies there. `damage`: it is not whole, and the same may come whole another time.
    `refusal`: it is for this reader, and its letter does not hold. With a letter its `pieces` are what the letter
    names. With none of these it is sealed for others, and without `framed` there is none.
    """

    counter: int
    framed: bytes | None = None
    letter: Letter | None = None
    sender: Person | None = None
    pieces: tuple[bytes, ...] = ()
    damage: Fault | None = None
    refusal: Fault | None = None

    @property
    def is_there(self) -> bool:
        """Whether anything lies under the number."""
        return self.framed is not None or self.damage is not None


def deliveries(reader: Reader, device: str, counters: Iterable[int], first: Found = None) -> Iterator[Delivery]:
    """What lies under each number, in their order; whoever has seen enough stops asking.

    `first` is the first number's index, where it was fetched before. As long as nothing was found, one number is
    asked for at a time. Errors: those of the store, but for what is wrong with one object.
    """
    numbers = iter(counters)
    waiting: deque[Delivery] = deque()
    if first is not None:
        waiting.append(_opened(reader, device, next(numbers), first))
    while True:
        waiting.extend(() if waiting else _asked(reader, device, list(islice(numbers, 1))))
        if not waiting:
            return
        window = _window(waiting, reader.store.width)
        room = reader.store.width - 1 - len(waiting)
        following = list(islice(numbers, max(0, room))) if window[-1].is_there else []
        found = _fetched(reader.store, [index_name(device, number) for number in following], window)
        waiting.extend(_opened(reader, device, one, found.pop(index_name(device, one))) for one in following)
        for one in window:
            yield _with_pieces(reader.store, one, found)


def first_indexes(store: Store, wanted: Sequence[tuple[str, int]]) -> Iterator[Found]:
    """The index under each device's number, asked for as many at a time as the line takes."""
    left = list(wanted)
    while left:
        few = left[: store.width]
        del left[: len(few)]
        yield from store.get_all([index_name(device, number) for device, number in few])


def named_pieces(store: Store, secret: str, root_pem: bytes, device: str, counters: Sequence[int]) -> set[str]:
    """The pieces that a device's deliveries name, as far as this reader may open their letters; no piece is read.

    Errors: those of the store.
    """
    reader, found = Reader(store, secret, root_pem, NOBODY), set[str]()
    left = list(counters)
    while left:
        few = left[: store.width]
        del left[: len(few)]
        for one in _asked(reader, device, few):
            found |= {piece.name for piece in one.letter.pieces} if one.letter is not None else set()
    return found


def _asked(reader: Reader, device: str, numbers: Sequence[int]) -> Iterator[Delivery]:
    found = reader.store.get_all([index_name(device, number) for number in numbers])
    return (_opened(reader, device, number, index) for number, index in zip(numbers, found, strict=True))


def _window(waiting: deque[Delivery], width: int) -> list[Delivery]:
    """The next delivery, and more while together they are no more bytes than the line takes at once."""
    window = [waiting.popleft()]
    size = _size(window[0])
    while waiting and len(window) < width and size + _size(waiting[0]) <= min(width * LARGEST_OBJECT, _MOST_AHEAD):
        size += _size(waiting[0])
        window.append(waiting.popleft())
    return window


def _size(one: Delivery) -> int:
    return sum(piece.size for piece in one.letter.pieces) if one.letter is not None else 0


def _fetched(store: Store, indexes: Sequence[str], window: Sequence[Delivery]) -> dict[str, Found]:
    sizes = {piece.name: piece.size for one in window if one.letter is not None for piece in one.letter.pieces}
    names = [*indexes, *sizes]
    return dict(zip(names, store.get_all(names, sizes), strict=True))


def _opened(reader: Reader, device: str, counter: int, index: Found) -> Delivery:
    """An index, opened and its letter proven as far as it holds."""
    if not isinstance(index, bytes):
        return Delivery(counter, damage=index)
    try:
        sealed = open_frame(index, index_name(device, counter))
    except Fault as fault:
        return Delivery(counter, index, damage=fault)
    try:
        opened = unseal(sealed, reader.secret)
    except Fault:
        return Delivery(counter, index)
    try:
        letter, signer = read_letter(opened, reader.root_pem, reader.revoked)
    except Fault as fault:
        return Delivery(counter, index, refusal=fault)
    if (letter.device, letter.counter) != (device, counter) or signer.person.device != device:
        return Delivery(counter, index, refusal=Fault(Code.DELIVERY_FOREIGN, where=index_name(device, counter)))
    return Delivery(counter, index, letter, signer.person)


def _with_pieces(store: Store, one: Delivery, found: dict[str, Found]) -> Delivery:
    """The delivery with its pieces, or what is wrong with the first that is not the one that was sent."""
    pieces = []
    for piece in one.letter.pieces if one.letter is not None else ():
        # Let go of here, so that what was read is not held twice; one that two deliveries name is asked for again.
        data = found.pop(piece.name) if piece.name in found else store.get_all([piece.name])[0]
        if isinstance(data, Fault):
            return replace(one, damage=data)
        if data is None or len(data) != piece.size:
            return replace(one, damage=Fault(Code.OBJECT_CHANGED, where=piece.name, name=piece.name))
        pieces.append(data)
    return replace(one, pieces=tuple(pieces))
