"""1,000 case files through a folder and an S3-compatible server, against the bare transport of the same bytes.

    python tests/benchmarks/bench_exchange.py [--smoke] [--files N]

Folder: deliveries of 12 pictures of 300 kB, against the same objects written beside, synced and renamed, and read
back with their SHA-256. Server (Ceph's gateway, where it is installed): 12 pictures of 100 kB, against the same
objects put and got with their SHA-256 by the bare library, eight at a time. Ours and bare take turns.
Sealing is done before either begins, as a submission does it. From the server it is fetched as a laptop does it, each
letter opened and its signature proven; of the folder that is told beside the reading alone, since the system has the
files in its memory and only the proof takes time. Bars: at least 0.8 × the bare transport, both ways; a round without
news asks once for the devices and once for each. A folder holds its bar by the wall or by this process's processor,
whose ratio a busy machine changes less; a server, whose own work counts, by the wall. Memory is printed after the
first batch and at the end. Ends with 1 when a bar is missed.
"""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from officer_app.exchange import inbox
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import Cursor
from officer_app.exchange.outbox import Sealed, prepare, send
from officer_app.exchange.parcels import Parcel, ParcelKind
from officer_app.exchange.stores import Store
from tests.support.institution import AT, house
from tests.support.servers import SECRET, USER, Server, ceph_s3

BAR = 0.8
AT_ONCE = 8
# A round of a folder begins at once; over a line the first few requests wait for each other, once in a round.
BATCH, FAR_BATCH = 10, 100


def parcels(count: int, size: int) -> Iterator[tuple[Sealed, ...]]:
    """Deliveries of twelve pictures; the same pictures sealed anew each time, so that no object is another's."""
    pictures = {f"parts/photos/{n:02d}.jpg": os.urandom(size) for n in range(12)}
    readers = [house().head_office.person.reader]
    for counter in range(1, count + 1):
        parcel = Parcel(ParcelKind.DOSSIER, pictures)
        yield prepare(parcel, house().officer, readers=readers, counter=counter, at=AT)


@dataclass
class Spent:
    """Seconds of the wall and of this process's processors, of all batches together."""

    wall: float = 0.0
    processor: float = 0.0

    def add(self, work: Callable[[], object]) -> None:
        wall, processor = time.perf_counter(), time.process_time()
        work()
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor


# --- bare ----------------------------------------------------------------------------------------------------------


def bare_folder_put(root: Path, objects: list[Sealed]) -> None:
    """Beside, synced, renamed, the folder synced: what durable means on a stick."""
    for item in objects:
        path = root / item.name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            file.write(item.data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        handle = os.open(path.parent, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def bare_folder_get(root: Path, objects: list[Sealed]) -> None:
    for item in objects:
        sha256((root / item.name).read_bytes()).digest()


def bare_server(server: Server, objects: list[Sealed], *, put: bool) -> None:
    """The library alone, eight at a time."""
    import opendal

    async def run() -> None:
        operator = opendal.AsyncOperator(
            "s3",
            bucket="bucket",
            root="/bare",
            endpoint=f"http://127.0.0.1:{server.port}",
            region="us-east-1",
            access_key_id=USER,
            secret_access_key=SECRET,
        )
        room = asyncio.Semaphore(AT_ONCE)

        async def one(item: Sealed) -> None:
            async with room:
                if put:
                    await operator.write(item.name, item.data)
                else:
                    sha256(await operator.read(item.name)).digest()

        await asyncio.gather(*(one(item) for item in objects))

    asyncio.run(run())


# --- rows ----------------------------------------------------------------------------------------------------------


class Rows:
    """What was measured, and whether every bar held."""

    def __init__(self) -> None:
        self.held = True

    def tell(self, what: str, ours: Spent, bare: Spent, count: int, megabytes: float, bar: float = BAR) -> None:
        ratio, of_processor = bare.wall / ours.wall, bare.processor / ours.processor
        self.held &= max(ratio, of_processor if what.startswith("folder") else 0.0) >= bar
        print(
            f"{what:34} {count / ours.wall:7.1f} files/s {megabytes / ours.wall:7.1f} MB/s"
            f"   bare {megabytes / bare.wall:7.1f} MB/s   {ratio:5.2f}, processor {of_processor:5.2f}"
            f" ({f'bar {bar}' if bar else 'no bar'})"
        )


def measure(
    rows: Rows, name: str, count: int, size: int, places: tuple[Store, Path | Server, Callable[[], None], int]
) -> None:
    """Ours and bare take turns, batch by batch, so that a busy moment hits both; the sums are compared."""
    store, bare, sweep, together = places
    together = min(together, count)
    spent = {what: Spent() for what in ("put", "bare put", "get", "bare get", "home")}
    total = 0
    made = parcels(count, size)
    for number in range(count // together):
        batch = [next(made) for _ in range(together)]
        objects = [item for delivery in batch for item in delivery]
        total += sum(len(item.data) for item in objects)
        spent["bare put"].add(partial(_bare, bare, objects, put=True))
        spent["put"].add(partial(send, store, objects))
        spent["bare get"].add(partial(_bare, bare, objects, put=False))
        if isinstance(bare, Path):
            spent["get"].add(partial(read, store, batch))
        spent["home"].add(partial(bring_home, store, batch))
        sweep()
        del batch, objects  # else two batches would be held at once, and be taken for our memory
        if number in {0, count // together - 1}:
            print(f"{name}: peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    rows.tell(f"{name}: send", spent["put"], spent["bare put"], count, total / 1e6)
    if isinstance(bare, Path):
        rows.tell(f"{name}: fetch", spent["get"], spent["bare get"], count, total / 1e6)
        rows.tell(f"{name}: fetch, proven", spent["home"], spent["bare get"], count, total / 1e6, bar=0.0)
    else:
        rows.tell(f"{name}: fetch, proven", spent["home"], spent["bare get"], count, total / 1e6)


def _bare(bare: Path | Server, objects: list[Sealed], *, put: bool) -> None:
    if isinstance(bare, Path):
        (bare_folder_put if put else bare_folder_get)(bare, objects)
    else:
        bare_server(bare, objects, put=put)


class Counted(FolderStore):
    """Takes what a reader brings home, and keeps none of it."""

    taken = 0

    def put(self, name: str, data: bytes) -> bool:  # noqa: ARG002  as a store is asked
        """Whatever is put was proven by then."""
        self.taken += len(data)
        return True


def read(store: Store, batch: list[tuple[Sealed, ...]]) -> None:
    """Each delivery's index, then its pieces, each held to its name by the store."""
    for *pieces, index in batch:
        assert store.get(index.name) is not None
        assert all(isinstance(data, bytes) for data in store.get_all([piece.name for piece in pieces]))


def bring_home(store: Store, batch: list[tuple[Sealed, ...]]) -> None:
    """As a laptop brings home what is new: each index opened and proven, each piece held to its name."""
    office, device = house().head_office, house().officer.person.device
    first = int(batch[0][-1].name.rpartition("/")[2])
    home = Counted(Path.cwd())
    cursors = {device: Cursor(first)}
    inbox.gather(store, home, office.reader_secret, house().root, cursors=cursors, own_device="")
    assert home.taken == sum(len(item.data) for delivery in batch for item in delivery)


class Asked(FolderStore):
    """Counts what a round without news asks."""

    calls = 0

    def get(self, name: str) -> bytes | None:
        self.calls += 1
        return super().get(name)

    def devices(self) -> tuple[str, ...]:
        self.calls += 1
        return super().devices()


def files() -> int:
    if "--smoke" in sys.argv:
        return 20
    return int(sys.argv[sys.argv.index("--files") + 1]) if "--files" in sys.argv else 1_000


def through_a_folder(rows: Rows, folder: Path, count: int) -> None:
    for name in ("ours", "bare"):
        (folder / name).mkdir()

    def sweep() -> None:
        for name in ("ours", "bare"):
            shutil.rmtree(folder / name / "o")

    measure(
        rows, "folder, 12 × 300 kB", count, 300_000, (FolderStore(folder / "ours"), folder / "bare", sweep, BATCH)
    )
    asked = Asked(folder / "ours")
    office = house().head_office
    cursors = {house().officer.person.device: Cursor(count + 1)}
    found = list(inbox.fetch(asked, office.reader_secret, house().root, cursors=cursors, own_device=""))
    print(f"nothing new: {asked.calls} questions for 1 device, {len(found)} arrivals")
    rows.held &= asked.calls == 2 and not found


def through_a_server(rows: Rows, folder: Path, count: int) -> None:
    with ceph_s3(folder / "server") as server, closing(server.store("ours")) as far:
        # A server just started takes its time for the first object of all.
        bare_server(server, [Sealed("warm", bytes(100_000))], put=True)
        measure(rows, f"{server.name}, 12 × 100 kB", count, 100_000, (far, server, lambda: None, FAR_BATCH))


def main() -> int:
    count, rows = files(), Rows()
    with tempfile.TemporaryDirectory() as scratch:
        through_a_folder(rows, Path(scratch), count)
        try:
            through_a_server(rows, Path(scratch), count)
        except (pytest.skip.Exception, subprocess.SubprocessError) as why:
            print(f"no server: {why}")
    return 0 if rows.held or "--smoke" in sys.argv else 1


if __name__ == "__main__":
    sys.exit(main())
