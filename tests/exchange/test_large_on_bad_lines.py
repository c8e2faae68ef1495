"""A bundle of 200 MB over the worst of lines: cut at every chunk, 8 kB/s, chunks doubled and out of order.

5 MB in a usual run; 200 MB, and a whole chunk at 8 kB/s, with --full.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.exchange import remote
from officer_app.exchange.clouds import CloudTransport
from officer_app.exchange.contents import verify_dossier
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import Arrived, DossierContent, Gap, fetch
from officer_app.exchange.layout import LARGEST_OBJECT, LARGEST_PIECE, is_object, object_name
from officer_app.exchange.outbox import Sealed, prepare, send
from officer_app.exchange.parcels import Parcel
from officer_app.exchange.stores import Store
from tests.support.institution import AT, a_dossier, house
from tests.support.servers import SERVERS, Server, bad_line

SMALL, LARGE = 5_000_000, 200_000_000
# What the heads of requests add to a chunk on its way.
OVERHEAD = 20_000


@dataclass(frozen=True)
class Bundle:
    """A dossier with so many bytes of pictures, and its sealed chunks."""

    parcel: Parcel
    sealed: tuple[Sealed, ...]

    @property
    def size(self) -> int:
        return sum(len(item.data) for item in self.sealed)


@pytest.fixture(scope="module")
def bundle(full: bool) -> Bundle:
    noise = random.Random(20261008)  # noqa: S311  bytes that nothing can press together
    pictures = {f"photos/{at:08x}.jpg": noise.randbytes(SMALL) for at in range((LARGE if full else SMALL) // SMALL)}
    parcel = a_dossier(house().officer, pictures)
    office = house().head_office.person
    return Bundle(parcel, prepare(parcel, house().officer, readers=[office.reader], counter=1, at=AT))


def _read(store: Store) -> list[Any]:
    office = house().head_office
    return list(
        fetch(store, office.reader_secret, house().root, cursors={}, own_device=office.person.device, thorough=True)
    )


def _arrived_whole(store: Store, bundle: Bundle) -> None:
    """One arrival, and its digest is the digest of what was sent, part by part."""
    (arrival,) = _read(store)
    assert isinstance(arrival, Arrived)
    assert isinstance(arrival.content, DossierContent)
    assert arrival.content.digest == verify_dossier(bundle.parcel, house().root).digest
    sent = {name.removeprefix("parts/"): digest(data) for name, data in bundle.parcel.files.items() if "/" in name}
    assert {name: digest(data) for name, data in arrival.content.parts.items()} == sent


@pytest.mark.timeout(1800)
def test_the_line_is_cut_at_every_chunk(bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each connection carries the chunk that was cut before and dies in the next one: none costs more than itself."""
    monkeypatch.setattr(remote, "PAUSES", (0.01,) * 10)
    # One piece at a time: with several, each on a connection of its own, most would go through whole.
    monkeypatch.setattr(CloudTransport, "widest", 1)
    every: dict[str, Any] = {"cut_after": LARGEST_PIECE * 5 // 4, "cuts": 10_000}
    with SERVERS["rclone-s3"](tmp_path / "server") as server, bad_line(server, **every) as (far, line):
        store = far.store("branch")
        try:
            assert send(store, bundle.sealed) == len(bundle.sealed)
            again, up = send(store, bundle.sealed), line.up
            assert again == 0, "nothing is sent twice"
        finally:
            store.close()
        chunks = sum(len(item.data) > LARGEST_PIECE // 2 for item in bundle.sealed)
        assert line.cut >= chunks * 9 // 10 - 1, "too many chunks went through without a cut"
        resent = up - bundle.size - len(bundle.sealed) * OVERHEAD
        assert resent <= line.cut * (LARGEST_OBJECT + OVERHEAD)
        near = server.store("branch")
        try:
            _arrived_whole(near, bundle)
        finally:
            near.close()
        print(f"{bundle.size / 1e6:.0f} MB, {len(bundle.sealed)} chunks, {line.cut} cuts, {up / 1e6:.0f} MB went up")


class _Died(Exception):  # noqa: N818  the program was killed
    pass


@pytest.mark.timeout(1800)
def test_the_program_dies_at_every_chunk(bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begun anew after each, it writes one chunk more and none again; until the last, nothing is to be seen."""
    real, written = FolderStore._write, list[str]()

    def dying(self: FolderStore, path: Path, data: bytes) -> None:
        real(self, path, data)
        written.append(path.relative_to(tmp_path).as_posix())
        raise _Died

    monkeypatch.setattr(FolderStore, "_write", dying)
    for _ in bundle.sealed:
        assert _read(FolderStore(tmp_path)) == []
        with pytest.raises(_Died):
            send(FolderStore(tmp_path), bundle.sealed)
    assert send(FolderStore(tmp_path), bundle.sealed) == 0
    assert sorted(written) == sorted(item.name for item in bundle.sealed), "each chunk was written once"
    _arrived_whole(FolderStore(tmp_path), bundle)
    print(f"{bundle.size / 1e6:.0f} MB: died after each of {len(written)} chunks")


def test_chunks_come_doubled_and_in_any_order(bundle: Bundle, tmp_path: Path) -> None:
    """Laid there by hand, each some times, the index first: a hole until all is there, then one arrival."""
    store, chance = FolderStore(tmp_path), random.Random(7)  # noqa: S311  an order
    items = [*bundle.sealed, *bundle.sealed, *bundle.sealed[:-1]]
    chance.shuffle(items)
    items.insert(0, bundle.sealed[-1])
    left = {item.name for item in bundle.sealed}
    for number, item in enumerate(items):
        store.put(item.name, item.data)
        left.discard(item.name)
        if number % max(1, len(items) // 10) == 0 and left:
            (arrival,) = _read(store)
            assert isinstance(arrival, Gap)
            assert list(tmp_path.rglob("*.part")) == []
    _arrived_whole(store, bundle)


def test_a_chunk_of_another_bundle_in_its_place_is_a_hole(bundle: Bundle, tmp_path: Path) -> None:
    """Two chunks under each other's names: neither is what its name says, nothing of them is a value."""
    store = FolderStore(tmp_path)
    send(store, bundle.sealed)
    first, second = (tmp_path / item.name for item in bundle.sealed[:2])
    kept = first.read_bytes()
    shutil.copy(second, first)
    second.write_bytes(kept)
    assert isinstance(_read(store)[0], Gap)
    send(store, bundle.sealed)
    _arrived_whole(store, bundle)


@pytest.mark.timeout(900)
def test_eight_kilobytes_a_second(tmp_path: Path, full: bool) -> None:
    """The slowest line there is carries the largest chunk in one go: nobody gives up before it is through."""
    data = random.Random(8).randbytes(LARGEST_OBJECT if full else 24_000)  # noqa: S311  noise
    with SERVERS["rclone-s3"](tmp_path / "server") as server, bad_line(server, rate=8_000) as (far, line):
        _goes_through(far, data)
        assert line.up < len(data) + OVERHEAD, "it was begun again"
        print(f"{len(data)} bytes at 8 kB/s, {line.up} went up")


def _goes_through(server: Server, data: bytes) -> None:
    store = server.store("branch")
    try:
        assert store.put(object_name(data), data)
        assert store.size(object_name(data)) == len(data)
    finally:
        store.close()


def test_a_line_that_is_slower_than_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "PAUSES", ())
    monkeypatch.setattr(remote, "_PATIENCE", 0.5)
    data = bytes(8_000)
    with SERVERS["rclone-s3"](tmp_path / "server") as server, bad_line(server, rate=500) as (far, _):
        with pytest.raises(Fault) as caught:
            _goes_through(far, data)
        assert caught.value.code is Code.STORE_UNREACHED
    assert is_object(object_name(data))
