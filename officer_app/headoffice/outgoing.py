"""What waits to be sent from head office: sealed once, kept as files, taken away when the store has it.

One file holds the deliveries that were queued together and is named by the counter of the last; it appears whole.
The newest is kept after sending, without its objects, since its name holds the counter. Each delivery bears a label:
what waits under a label is not queued again, so that a crash between queueing and whatever the caller notes down
afterwards queues nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.exchange.layout import LARGEST_DELIVERY
from officer_app.exchange.outbox import Sealed, prepare, send
from officer_app.exchange.parcels import Parcel
from officer_app.exchange.stores import Store
from officer_app.headoffice.desk import Desk

_FOLDER: Final = "outgoing"
_TOGETHER: Final = 200  # small deliveries in one file: a receipt has some five kilobytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A parcel for some readers; the label says what it brings."""

    parcel: Parcel
    readers: Sequence[str]
    label: str


@dataclass(frozen=True, slots=True)
class _Waiting:
    label: str
    objects: tuple[Sealed, ...]


def queue(desk: Desk, parcel: Parcel, readers: Sequence[str], label: str, at: datetime) -> None:
    """Seal a parcel under the next counter, unless one with this label waits already."""
    queue_all(desk, [Letter(parcel, readers, label)], at)


def queue_all(desk: Desk, letters: Iterable[Letter], at: datetime, cancelled: Cancelled = never) -> None:
    """The same for many; some hundred appear together, so that the disk is waited for once. Errors: CANCELLED."""
    folder = _folder(desk)
    known = {one.label for path in _files(folder) for one in _read(path)}
    last = max((int(path.name) for path in _files(folder)), default=0)
    together: list[_Waiting] = []
    for letter in letters:
        check(cancelled)
        if letter.label in known:
            continue
        known.add(letter.label)
        last += 1
        sealed = prepare(letter.parcel, desk.identity, readers=letter.readers, counter=last, at=at)
        together.append(_Waiting(letter.label, sealed))
        if len(together) == _TOGETHER:
            write_whole(folder / _name(last), _file(together))
            together = []
    if together:
        write_whole(folder / _name(last), _file(together))


def flush(desk: Desk, store: Store, progress: Progress = silent, cancelled: Cancelled = never) -> int:
    """Put everything that waits, oldest first; gives how many deliveries. Errors: STORE_GONE, STORE_CONFLICT."""
    files = _files(_folder(desk))
    sent = 0
    for done, path in enumerate(files, start=1):
        waiting = [one for one in _read(path) if one.objects]
        for one in waiting:
            send(store, one.objects, cancelled=cancelled)
        sent += len(waiting)
        if path != files[-1]:
            path.unlink()
        elif waiting:
            write_whole(path, _file([_Waiting(one.label, ()) for one in _read(path)]))
        progress(done, len(files))
    return sent


def _folder(desk: Desk) -> Path:
    folder = desk.folder / _FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def _name(counter: int) -> str:
    return f"{counter:012d}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.isdigit())


def _file(waiting: Sequence[_Waiting]) -> bytes:
    """A line that names every object with its size, and the objects one after another."""
    told: Json = [
        {"label": one.label, "objects": [[item.name, len(item.data)] for item in one.objects]} for one in waiting
    ]
    return b"".join([encode(told), b"\n", *(item.data for one in waiting for item in one.objects)])


def _read(path: Path) -> tuple[_Waiting, ...]:
    """Errors: DESK_BROKEN."""
    head, _, data = read_limited(path, LARGEST_DELIVERY * 2).partition(b"\n")
    try:
        return tuple(_cut(decode(head), data))
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(Code.DESK_BROKEN, where=path.name, file=path.name) from error


def _cut(told: Json, data: bytes) -> Iterator[_Waiting]:
    start = 0
    for entry in told if isinstance(told, list) else ():
        if not isinstance(entry, Mapping):
            raise TypeError(type(entry).__name__)
        objects = []
        for name, size in entry["objects"]:
            objects.append(Sealed(str(name), data[start : start + int(size)]))
            start += int(size)
        yield _Waiting(str(entry["label"]), tuple(objects))
    if start != len(data):
        raise ValueError("size")
