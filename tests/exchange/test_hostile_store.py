"""A store in other hands: what is planted, named twice or made to burst costs its reader little and stops nobody."""

from __future__ import annotations

import base64
import tracemalloc
import zlib
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.exchange import inbox
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import Arrived, Cursor, Gap, NotForUs, Quarantined, fetch
from officer_app.exchange.lan import Request
from officer_app.exchange.lan_handover import lending
from officer_app.exchange.layout import frame_index, index_name
from officer_app.exchange.letters import Entry, Letter, Piece, write_letter
from officer_app.exchange.outbox import prepare, send
from officer_app.exchange.parcels import Parcel, ParcelKind
from officer_app.trust.papers import sign_field, verify_pdf
from officer_app.trust.sealing import seal
from tests.support.institution import AT, a_dossier, house, officers_memo

OFFICE = house().head_office


def _read(folder: Path, cursors: dict[str, Cursor] | None = None, *, thorough: bool = False) -> list[inbox.Arrival]:
    return list(
        fetch(
            FolderStore(folder),
            OFFICE.reader_secret,
            house().root,
            cursors=cursors or {},
            own_device=OFFICE.person.device,
            thorough=thorough,
        )
    )


def _honest(folder: Path, counter: int = 1) -> str:
    sealed = prepare(
        a_dossier(house().officer), house().officer, readers=[OFFICE.person.reader], counter=counter, at=AT
    )
    send(FolderStore(folder), sealed)
    return house().officer.person.device


def _after(arrivals: list[inbox.Arrival]) -> dict[str, Cursor]:
    return {one.device: one.cursor_after for one in arrivals}


# --- planted -------------------------------------------------------------------------------------------------------


def test_planted_devices_and_numbers_stop_nobody(tmp_path: Path) -> None:
    """Folders of no device, indexes that are none, for nobody, too large, empty, and links."""
    device = _honest(tmp_path)
    store = FolderStore(tmp_path)
    nobody = seal(b"{}", [house().manager.person.reader])
    store.put(index_name("0" * 16, 1), b"no index at all")
    store.put(index_name("1" * 16, 1), frame_index(b"not sealed"))
    store.put(index_name("2" * 16, 1), frame_index(nobody))
    store.put(index_name("3" * 16, 1), frame_index(seal(b"[" * 200_000, [OFFICE.person.reader])))
    store.put(index_name("4" * 16, 1), frame_index(seal(b'{"letter":"{}","signature":"?"}', [OFFICE.person.reader])))
    store.put(index_name("5" * 16, 999_999_999_999), frame_index(nobody))
    for odd in ("../evil", "ABCDEF0123456789", "６" * 16, "f" * 17):
        (tmp_path / "i" / odd.replace("/", "_")).mkdir()
    (tmp_path / "i" / ("6" * 16)).mkdir()
    (tmp_path / "i" / ("6" * 16) / "000000000001").symlink_to("/dev/zero")
    (tmp_path / "i" / ("7" * 16)).mkdir()
    (tmp_path / "i" / ("7" * 16) / "000000000001").write_bytes(b"\0" * (1 << 21))
    arrivals = _read(tmp_path, thorough=True)
    assert [one.device for one in arrivals if isinstance(one, Arrived)] == [device]
    kinds = {one.device[0]: type(one) for one in arrivals if not isinstance(one, Arrived)}
    assert kinds == {"0": Gap, "1": NotForUs, "2": NotForUs, "3": Quarantined, "4": Quarantined, "7": Gap}


def test_a_flood_of_damaged_numbers_is_asked_for_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "_MOST_GAPS", 20)
    for counter in range(1, 101):
        FolderStore(tmp_path).put(index_name("a" * 16, counter), b"nothing")
    device = _honest(tmp_path)
    cursors = _after(_read(tmp_path))
    assert len(cursors["a" * 16].gaps) == 20
    assert cursors[device].next == 2, "whoever comes after is read"
    assert "a" * 16 not in _after(_read(tmp_path, cursors)), "no more of it"
    nobody = frame_index(seal(b"", [house().manager.person.reader]))
    for counter in range(1, 21):
        (tmp_path / index_name("a" * 16, counter)).write_bytes(nobody)
    cursors = {**cursors, **_after(_read(tmp_path, cursors))}
    assert cursors["a" * 16].next > 21, "and reading goes on where the flood was cleared away"


def test_one_piece_named_a_thousand_times_is_no_delivery(tmp_path: Path) -> None:
    """A megabyte in the store that would be half a thousand in the memory."""
    officer, store = house().officer, FolderStore(tmp_path)
    (piece,) = prepare(
        Parcel(ParcelKind.NOTICE, {"notice.json": b"\0" * 900_000}),
        officer,
        readers=[OFFICE.person.reader],
        counter=1,
        at=AT,
    )[:-1]
    store.put(piece.name, piece.data)
    entries = tuple(Entry(f"parts/n{n}", 900_000, "0" * 64) for n in range(500))
    letter = Letter(
        officer.person.device, 1, ParcelKind.DOSSIER, AT, (Piece(piece.name, len(piece.data)),) * 500, entries
    )
    sealed = seal(write_letter(letter, officer), [OFFICE.person.reader])
    store.put(index_name(officer.person.device, 1), frame_index(sealed))
    tracemalloc.start()
    (arrival,) = _read(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(arrival, Quarantined)
    assert arrival.reason.code is Code.DELIVERY_UNREADABLE
    assert peak < 20_000_000


# --- papers that burst ---------------------------------------------------------------------------------------------


def _bursting(millions: int, layers: int = 1) -> bytes:
    """A PDF whose table of objects unpacks to so many MB."""
    data, names = b"\0" * (millions * 1_000_000), b"/FlateDecode" * layers
    for _ in range(layers):
        data = zlib.compress(data, 9)
    head, told = b"%PDF-1.7\n", b"/Type/XRef/Size 3/W[1 2 1]/Root 2 0 R"
    table = b"1 0 obj\n<<" + told + b"/Filter[" + names + b"]/Length %d>>\nstream\n" % len(data)
    return head + table + data + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


@pytest.mark.parametrize(("millions", "layers"), [(200, 1), (400, 2)])
def test_a_memo_that_bursts_is_refused_before_it_fills_the_memory(millions: int, layers: int) -> None:
    paper = _bursting(millions, layers)
    assert len(paper) < 500_000
    tracemalloc.start()
    verdict = verify_pdf(paper, house().root)
    with pytest.raises(Fault) as caught:
        sign_field(paper, "branch_manager", house().manager, AT, lines=("同意",))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert verdict.reason is not None
    assert verdict.reason.code is caught.value.code is Code.PDF_UNREADABLE
    assert peak < 150_000_000


def test_an_honest_memo_is_within_the_limits() -> None:
    assert verify_pdf(officers_memo(house().officer), house().root).ok


# --- on the local network ------------------------------------------------------------------------------------------


def _asked(token: str) -> Request:
    return Request("GET", "/names/i", {"authorization": f"Bearer {token}", "host": "x"})


def test_wrong_codes_end_nobody_elses_handing_over(tmp_path: Path) -> None:
    """A stranger on the network guesses: the guest who has the code is let in as before."""
    lent = lending(tmp_path, "127.0.0.1", AT)
    for number in range(1_000):
        guess = base64.b32encode(number.to_bytes(5, "big")).decode()
        answer = lent.service.admit(_asked(guess))
        assert getattr(answer, "status", None) is HTTPStatus.FORBIDDEN
    assert lent.service.admit(_asked(lent.code[:8])) == 0


def test_an_index_of_another_number_is_no_answer(tmp_path: Path) -> None:
    """What a man in the middle plays again stands under its own number alone."""
    device = _honest(tmp_path)
    cursors = _after(_read(tmp_path))
    old = (tmp_path / index_name(device, 1)).read_bytes()
    FolderStore(tmp_path).put(index_name(device, 2), old)
    (arrival,) = _read(tmp_path, cursors)
    assert isinstance(arrival, Quarantined)
    assert arrival.reason.code is Code.DELIVERY_FOREIGN
    assert replace(cursors[device], next=3) == arrival.cursor_after
