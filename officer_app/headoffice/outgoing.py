"""What waits to be sent from head office: sealed once, kept as files, taken away when the store has it.

One folder per delivery, named by its counter; it appears whole by a rename. The newest is kept after sending, without
its objects, since its name holds the counter and its label tells what was queued last: a crash between queueing
and whatever the caller notes down afterwards then queues nothing twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from officer_app.base.files import read_limited, sync_folder, write_whole
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.exchange.layout import LARGEST_OBJECT
from officer_app.exchange.outbox import Sealed, prepare, send
from officer_app.exchange.parcels import Parcel
from officer_app.exchange.stores import Store
from officer_app.headoffice.desk import Desk

_FOLDER: Final = "outgoing"
_LABEL: Final = "label"
_NEW: Final = "new"


def queue(desk: Desk, parcel: Parcel, readers: Sequence[str], label: str, at: datetime) -> None:
    """Seal a parcel under the next counter, unless the last one queued bears the same label."""
    folder = _folder(desk)
    last = max(_counters(folder), default=0)
    if last and (folder / _name(last) / _LABEL).read_text(encoding="utf-8") == label:
        return
    fresh = folder / _NEW
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    write_whole(fresh / _LABEL, label.encode())
    for number, item in enumerate(prepare(parcel, desk.identity, readers=readers, counter=last + 1, at=at)):
        write_whole(fresh / f"{number:05d}", item.name.encode() + b"\n" + item.data)
    fresh.rename(folder / _name(last + 1))
    sync_folder(folder)


def flush(desk: Desk, store: Store, progress: Progress = silent, cancelled: Cancelled = never) -> int:
    """Put everything that waits, oldest first; gives how many deliveries. Errors: STORE_GONE, STORE_CONFLICT."""
    folder = _folder(desk)
    counters = _counters(folder)
    sent = 0
    for done, counter in enumerate(counters, start=1):
        objects = _objects(folder / _name(counter))
        if objects:
            send(store, _sealed(objects), cancelled=cancelled)
            sent += 1
        # From the last backwards: while the first objects are there, the whole can be put again.
        for path in reversed(objects):
            path.unlink()
        if counter != counters[-1]:
            shutil.rmtree(folder / _name(counter))
        progress(done, len(counters))
    return sent


def _folder(desk: Desk) -> Path:
    folder = desk.folder / _FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def _name(counter: int) -> str:
    return f"{counter:012d}"


def _counters(folder: Path) -> list[int]:
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit())


def _objects(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.isdigit())


def _sealed(objects: Sequence[Path]) -> Iterator[Sealed]:
    for path in objects:
        name, _, data = read_limited(path, LARGEST_OBJECT + 200).partition(b"\n")
        yield Sealed(name.decode(), data)
