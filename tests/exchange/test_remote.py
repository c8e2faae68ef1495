"""What a store behind a network is asked for, and in which order: as little as proves the same."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.exchange import remote
from officer_app.exchange.inbox import Arrived, Cursor, Gap, fetch, fetch_one
from officer_app.exchange.layout import LARGEST_OBJECT, index_name, is_object, object_name
from officer_app.exchange.outbox import Sealed, prepare, send
from officer_app.exchange.remote import Again, RemoteStore, Stat
from officer_app.exchange.stores import Store
from tests.support.institution import AT, a_dossier, house

MANY = 40


class Shelf:
    """A server in the memory that counts what it is asked; `read` is as strict as the library for S3."""

    def __init__(self, widest: int = 32, *, answers_when_kept: bool = False) -> None:
        self.widest = widest
        self.answers_when_kept = answers_when_kept
        self.kept: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []

    def names_of(self, what: str) -> list[str]:
        return [name for kind, name in self.asked if kind == what]

    async def stat(self, name: str) -> Stat | None:
        self.asked.append(("stat", name))
        return Stat(len(self.kept[name])) if name in self.kept else None

    async def read(self, name: str, size: int) -> bytes | None:
        self.asked.append(("read", name))
        if name not in self.kept:
            return None
        if len(self.kept[name]) < size:
            raise Again
        return self.kept[name][:size]

    async def write(self, name: str, data: bytes) -> None:
        self.asked.append(("write", name))
        self.kept[name] = data

    async def remove(self, name: str) -> None:
        self.asked.append(("remove", name))
        self.kept.pop(name, None)

    async def names(self, folder: str) -> list[str]:
        self.asked.append(("names", folder))
        found = {name.removeprefix(folder + "/").split("/")[0] for name in self.kept if name.startswith(folder + "/")}
        return list(found)

    async def close(self) -> None:
        return None


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(remote, "PAUSES", (0.0,))
    return Shelf()


@pytest.fixture
def store(shelf: Shelf) -> Iterator[Store]:
    with closing(RemoteStore(shelf, "shelf")) as found:
        yield found


@cache
def deliveries() -> tuple[tuple[Sealed, ...], ...]:
    """One dossier, sealed under forty numbers."""
    parcel = a_dossier(house().officer)
    readers = [house().head_office.person.reader]
    return tuple(
        prepare(parcel, house().officer, readers=readers, counter=number, at=AT) for number in range(1, MANY + 1)
    )


def read(store: Store, cursor: Cursor | None = None) -> list[Arrived | Gap]:
    office, device = house().head_office, house().officer.person.device
    cursors = {device: cursor or Cursor()}
    found = fetch(store, office.reader_secret, house().root, cursors=cursors, own_device="", papers=False)
    return [one for one in found if isinstance(one, Arrived | Gap)]


def put(shelf: Shelf, *items: Sealed) -> None:
    shelf.kept.update({item.name: item.data for item in items})
    shelf.asked.clear()


# --- reading -------------------------------------------------------------------------------------------------------


def test_nothing_new_is_one_listing_and_one_probe_for_each_device(shelf: Shelf, store: Store) -> None:
    devices = [f"{number:016x}" for number in range(50)]
    put(shelf, *(Sealed(index_name(device, 1), b"x") for device in devices))
    cursors = {device: Cursor(2) for device in devices}
    office = house().head_office
    assert not list(fetch(store, office.reader_secret, house().root, cursors=cursors, own_device=""))
    probes = [("stat", index_name(device, 2)) for device in devices]
    assert shelf.asked[0] == ("names", "i")
    assert sorted(shelf.asked[1:]) == sorted(probes)


@pytest.mark.parametrize("widest", [1, 2, 32])
def test_many_come_in_their_order_and_pieces_are_read_without_being_looked_for(
    shelf: Shelf, store: Store, widest: int
) -> None:
    shelf.widest = widest
    items = [item for delivery in deliveries() for item in delivery]
    put(shelf, *items)
    assert [(one.counter, type(one)) for one in read(store)] == [(n, Arrived) for n in range(1, MANY + 1)]
    assert sorted(shelf.names_of("read")) == sorted(item.name for item in items)
    assert not any(is_object(name) for name in shelf.names_of("stat"))


def test_on_a_bad_line_one_delivery_is_whole_before_the_next_is_asked_for(shelf: Shelf, store: Store) -> None:
    shelf.widest = 1
    put(shelf, *(item for delivery in deliveries()[:3] for item in delivery))
    office, device = house().head_office, house().officer.person.device
    arrivals = fetch(store, office.reader_secret, house().root, cursors={}, own_device="", papers=False)
    next(arrivals)
    assert index_name(device, 2) not in [name for _, name in shelf.asked]
    arrivals.close()


def test_one_delivery_is_asked_for_alone(shelf: Shelf, store: Store) -> None:
    put(shelf, *(item for delivery in deliveries() for item in delivery))
    read(store)  # by now the line is known to be good
    shelf.asked.clear()
    office, device = house().head_office, house().officer.person.device
    found = fetch_one(store, office.reader_secret, house().root, (device, 7))
    assert found is None or found.counter == 7
    assert {name for _, name in shelf.asked} == {item.name for item in deliveries()[6]}
    assert fetch_one(store, office.reader_secret, house().root, (device, MANY + 1)) is None


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def _longer(data: bytes) -> bytes:
    return data + b"x"


def _flood(_data: bytes) -> bytes:
    return bytes(LARGEST_OBJECT + 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_cut, Code.OBJECT_CHANGED),
        (_flipped, Code.OBJECT_CHANGED),
        (_flood, Code.OBJECT_TOO_LARGE),
        (None, Code.OBJECT_CHANGED),
    ],
)
def test_a_damaged_piece_is_the_gap_of_its_own_delivery_alone(
    shelf: Shelf, store: Store, change: Callable[[bytes], bytes] | None, code: Code
) -> None:
    put(shelf, *(item for delivery in deliveries() for item in delivery))
    hit = deliveries()[20][0]
    if change is None:
        del shelf.kept[hit.name]
    else:
        shelf.kept[hit.name] = change(hit.data)
    found = read(store)
    assert [one.counter for one in found if isinstance(one, Arrived)] == [n for n in range(1, MANY + 1) if n != 21]
    (gap,) = (one for one in found if isinstance(one, Gap))
    assert (gap.counter, gap.reason.code if gap.reason else None) == (21, code)
    shelf.kept[hit.name] = hit.data
    assert [one.counter for one in read(store, Cursor(MANY + 1, (21,))) if isinstance(one, Arrived)] == [21]


def test_what_is_longer_than_its_sender_says_is_read_to_what_was_sent(shelf: Shelf, store: Store) -> None:
    """Bytes after the piece are no part of it: its name proves what comes before them."""
    put(shelf, *deliveries()[0])
    piece = deliveries()[0][0]
    shelf.kept[piece.name] = _longer(piece.data)
    (arrived,) = read(store)
    assert isinstance(arrived, Arrived)
    (found,) = store.get_all([piece.name])
    assert isinstance(found, Fault)
    assert found.code is Code.OBJECT_CHANGED


# --- sending -------------------------------------------------------------------------------------------------------


def test_each_object_is_shown_before_it_counts_and_each_index_is_looked_for(shelf: Shelf, store: Store) -> None:
    items = [item for delivery in deliveries() for item in delivery]
    shown: list[str] = []

    def finished(name: str) -> None:
        writes = [at for at, asked in enumerate(shelf.asked) if asked == ("write", name)]
        looks = [at for at, asked in enumerate(shelf.asked) if asked == ("stat", name)]
        assert looks[-1] > writes[-1], "told before the store was asked whether it has it"
        if not is_object(name):
            assert looks[0] < writes[0], "another's index might have been there"
        shown.append(name)

    assert send(store, items, finished=finished) == len(items)
    assert sorted(shown) == sorted(item.name for item in items)
    assert sorted(shelf.names_of("write")) == sorted(item.name for item in items)
    looked_for_twice = [name for name in shelf.names_of("stat") if is_object(name)]
    assert len(looked_for_twice) < len([item for item in items if is_object(item.name)]) * 2


def test_where_an_answer_is_the_servers_word_it_is_believed_once_it_was_true(shelf: Shelf, store: Store) -> None:
    """Every object is looked for at the beginning; then none, though an index still before it is written."""
    shelf.answers_when_kept = True
    items = [item for delivery in deliveries() for item in delivery]
    assert send(store, items) == len(items)
    assert sorted(shelf.kept) == sorted(item.name for item in items)
    last_half = items[len(items) // 2 :]
    looks = [name for name in shelf.names_of("stat") if name in {item.name for item in last_half}]
    assert looks == [item.name for item in last_half if not is_object(item.name)]
    assert {item.name for item in items[:8]} <= set(shelf.names_of("stat")), "believed before it was true once"


@pytest.mark.parametrize("trusted", [False, True])
def test_what_the_server_answered_for_and_does_not_show_is_written_again(
    shelf: Shelf, store: Store, trusted: bool
) -> None:
    shelf.answers_when_kept = trusted
    items = list(deliveries()[0])
    real = shelf.write

    async def write(name: str, data: bytes) -> None:
        first = name not in shelf.names_of("write")
        await real(name, data[:-1] if first else data)

    shelf.write = write  # type: ignore[method-assign]
    assert send(store, items) == len(items)
    assert all(shelf.kept[item.name] == item.data for item in items)


def test_after_trouble_everything_is_looked_for_again(shelf: Shelf, store: Store) -> None:
    shelf.answers_when_kept = True
    items = [Sealed(object_name(data), data) for data in (os.urandom(50) for _ in range(60))]
    broken = items[40].name
    real = shelf.write

    async def write(name: str, data: bytes) -> None:
        if name == broken and name not in shelf.names_of("write"):
            shelf.asked.append(("write", name))
            raise Again
        await real(name, data)

    shelf.write = write  # type: ignore[method-assign]
    assert send(store, items) == len(items)
    looked = set(shelf.names_of("stat"))
    assert looked.isdisjoint(item.name for item in items[20:30])
    assert {broken, *(item.name for item in items[45:50])} <= looked


def test_an_index_waits_for_its_own_pieces_alone(shelf: Shelf, store: Store) -> None:
    """A slow piece keeps nobody else's delivery from being seen."""
    send(store, [item for delivery in deliveries()[:20] for item in delivery])
    slow, *others = deliveries()[20:24]
    real = shelf.write
    others_are_seen = asyncio.Event()

    async def write(name: str, data: bytes) -> None:
        if name == slow[0].name:
            await others_are_seen.wait()
            assert slow[-1].name not in shelf.kept
        await real(name, data)
        if name == others[-1][-1].name:
            others_are_seen.set()

    shelf.write = write  # type: ignore[method-assign]
    rest = [item for delivery in (slow, *others) for item in delivery]
    assert send(store, rest) == len(rest)


def test_what_a_cut_left_is_not_sent_again(shelf: Shelf, store: Store) -> None:
    """The beginning is there, with a hole as several at once leave it: only the hole and the rest are sent."""
    items = [item for delivery in deliveries() for item in delivery]
    there = [item for number, item in enumerate(items[:60]) if number != 57]
    put(shelf, *there)
    assert send(store, items) == len(items) - len(there)
    assert sorted(shelf.names_of("write")) == sorted({item.name for item in items} - {item.name for item in there})
    shelf.asked.clear()
    assert send(store, items) == 0
    assert not shelf.names_of("write")


def test_another_deliverys_index_stays_however_many_were_new_before_it(shelf: Shelf, store: Store) -> None:
    items = [item for delivery in deliveries() for item in delivery]
    taken = items[-1].name
    put(shelf, Sealed(taken, b"another delivery"))
    with pytest.raises(Fault) as caught:
        send(store, items)
    assert caught.value.code is Code.STORE_CONFLICT
    assert shelf.kept[taken] == b"another delivery"


def test_a_reply_that_was_lost_is_looked_for_and_not_written_again(shelf: Shelf, store: Store) -> None:
    """Among many new ones too, where pieces are no more looked for before the first try."""
    items = [Sealed(object_name(data), data) for data in (os.urandom(50) for _ in range(40))]
    lost = items[35].name
    real = shelf.write

    async def write(name: str, data: bytes) -> None:
        await real(name, data)
        if name == lost and shelf.names_of("write").count(name) == 1:
            raise Again

    shelf.write = write  # type: ignore[method-assign]
    assert send(store, items) == len(items)
    assert shelf.names_of("write").count(lost) == 1


def test_a_removal_whose_reply_was_lost_counts_once(shelf: Shelf, store: Store) -> None:
    data = b"sealed"
    store.put(object_name(data), data)
    real = shelf.remove

    async def remove(name: str) -> None:
        await real(name)
        raise Again

    shelf.remove = remove  # type: ignore[method-assign]
    assert store.remove(object_name(data))
    assert shelf.names_of("remove") == [object_name(data)]
    assert object_name(data) not in shelf.kept


# --- patience ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("quick", "tries"), [(False, 6), (True, 2)])
def test_whoever_tries_an_address_hears_soon_that_nobody_answers(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, quick: bool, tries: int
) -> None:
    """A round bears with a bad line for minutes; a person who sets a server up does not."""
    monkeypatch.setattr(remote, "PAUSES", (0.0,) * 5)

    async def cut(folder: str) -> list[str]:
        shelf.asked.append(("names", folder))
        raise Again

    monkeypatch.setattr(shelf, "names", cut)
    with closing(RemoteStore(shelf, "shelf", quick=quick)) as tried, pytest.raises(Fault) as caught:
        tried.devices()
    assert caught.value.code is Code.STORE_UNREACHED
    assert len(shelf.names_of("names")) == tries
