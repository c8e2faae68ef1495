"""A delivery arrives once, whole and proven, whatever happens on its way; anything else is reported."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.canonical import digest, encode
from officer_app.base.errors import Code, Fault
from officer_app.dossier.officerecords import PackNote, Receipt, pack_to_bytes, receipt_to_bytes
from officer_app.dossier.records import PackKind, RecordKind
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import (
    Arrival,
    Arrived,
    Cursor,
    DecisionContent,
    DossierContent,
    Gap,
    NotForUs,
    Quarantined,
    check_against,
    fetch,
    verify,
    verify_decision,
    verify_dossier,
)
from officer_app.exchange.layout import LARGEST_OBJECT, frame_index, index_name, object_name
from officer_app.exchange.letters import Entry, Letter, Piece, write_letter
from officer_app.exchange.outbox import Sealed, prepare, send
from officer_app.exchange.parcels import (
    Parcel,
    ParcelKind,
    decision_parcel,
    dossier_parcel,
    pack_parcel,
    receipt_parcel,
)
from officer_app.trust.certificates import Role
from officer_app.trust.identities import Identity
from officer_app.trust.sealing import seal
from officer_app.trust.signing import sign
from tests.support.institution import AT, a_decision, a_dossier, house, new_house

BIG = {"photos/big.jpg": bytes(range(256)) * 10_000}


@cache
def dossier() -> Parcel:
    return a_dossier(house().officer, BIG)


@cache
def decision() -> Parcel:
    return a_decision(house().manager, dossier())


def sealed_for(parcel: Parcel, sender: Identity, *readers: Identity, counter: int = 1) -> tuple[Sealed, ...]:
    return prepare(parcel, sender, readers=[one.person.reader for one in readers], counter=counter, at=AT)


@cache
def on_its_way() -> tuple[Sealed, ...]:
    return sealed_for(dossier(), house().officer, house().manager, house().head_office)


def read(
    store: FolderStore, reader: Identity, cursors: Mapping[str, Cursor] | None = None, **named: Any
) -> list[Arrival]:
    return list(
        fetch(
            store,
            reader.reader_secret,
            house().root,
            cursors=cursors or {},
            own_device=reader.person.device,
            **named,
        )
    )


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def store(stick: Path) -> FolderStore:
    return FolderStore(stick)


def code_of(call: Callable[..., object], *arguments: object, **named: object) -> Code:
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value.code


# --- on the way ------------------------------------------------------------------------------------


def test_a_dossier_and_its_decision_go_there_and_back(store: FolderStore) -> None:
    assert send(store, on_its_way()) == len(on_its_way())
    (arrived,) = read(store, house().manager)
    assert isinstance(arrived, Arrived)
    assert isinstance(arrived.content, DossierContent)
    assert arrived.content.parts["photos/big.jpg"] == BIG["photos/big.jpg"]
    assert arrived.sender == house().officer.person
    assert arrived.cursor_after == Cursor(2)
    send(store, sealed_for(decision(), house().manager, house().officer, house().head_office))
    (back,) = read(store, house().officer)
    assert isinstance(back, Arrived)
    assert isinstance(back.content, DecisionContent)
    check_against(back.content, arrived.content)


def test_pieces_are_small_named_by_their_bytes_and_tell_nothing() -> None:
    *pieces, index = on_its_way()
    assert all(len(item.data) <= LARGEST_OBJECT for item in on_its_way())
    assert all(item.name == object_name(item.data) for item in pieces)
    assert len(pieces) == 3
    assert index.name == index_name(house().officer.person.device, 1)
    spoken = b"".join(item.data for item in on_its_way())
    for secret in ("赵六", "李明", "2026-0417", house().officer.person.id, "manifest.json"):
        assert secret.encode() not in spoken
        assert secret not in "".join(item.name for item in on_its_way())


def test_the_age_program_opens_a_piece(tmp_path: Path) -> None:
    program = shutil.which("age")
    if program is None:
        pytest.skip("age is not installed here")
    (tmp_path / "key").write_text(house().manager.reader_secret + "\n")
    command = [program, "-d", "-i", tmp_path / "key"]
    opened = b""
    for item in on_its_way()[:-1]:
        opened += subprocess.run(command, input=item.data, capture_output=True, check=True).stdout
    assert opened == b"".join(dossier().files.values())
    index = on_its_way()[-1].data.split(b"\n", 1)[1]
    letter = json.loads(subprocess.run(command, input=index, capture_output=True, check=True).stdout)
    assert json.loads(letter["letter"])["kind"] == "dossier"


def test_for_others_is_passed_over_and_read_no_more(store: FolderStore) -> None:
    send(store, sealed_for(dossier(), house().officer, house().head_office))
    (arrival,) = read(store, house().manager)
    assert isinstance(arrival, NotForUs)
    assert read(store, house().manager, {arrival.device: arrival.cursor_after}) == []


def test_ones_own_deliveries_do_not_come_back(store: FolderStore) -> None:
    send(store, sealed_for(dossier(), house().officer, house().officer))
    assert read(store, house().officer) == []


def test_nothing_new_costs_one_listing_and_one_probe_per_device(store: FolderStore) -> None:
    asked: list[str] = []

    class Counting(FolderStore):
        def get(self, name: str) -> bytes | None:
            asked.append(name)
            return super().get(name)

        def devices(self) -> tuple[str, ...]:
            asked.append("devices")
            return super().devices()

    send(store, on_its_way())
    (arrival,) = read(store, house().manager)
    assert read(Counting(store._root), house().manager, {arrival.device: arrival.cursor_after}) == []
    assert asked == ["devices", index_name(arrival.device, 2)]


# --- cut, pulled, repeated -------------------------------------------------------------------------


class _Cut(Exception):  # noqa: N818  the power went
    pass


class _CutStore(FolderStore):
    """Fails at its n-th put, before or after the bytes are there."""

    def __init__(self, root: Path, at: int, *, after: bool) -> None:
        super().__init__(root)
        self._left = at
        self._after = after

    def put(self, name: str, data: bytes) -> bool:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise _Cut
        new = super().put(name, data)
        if self._left == 0:
            raise _Cut
        return new


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, 5))
def test_a_cut_at_every_put_shows_nothing_half_and_completes_on_repeat(stick: Path, at: int, *, after: bool) -> None:
    with pytest.raises(_Cut):
        send(_CutStore(stick, at, after=after), on_its_way())
    seen = read(FolderStore(stick), house().manager, thorough=True)
    whole = at == len(on_its_way()) and after
    assert [type(arrival) for arrival in seen] == ([Arrived] if whole else [])
    put = at if after else at - 1
    assert send(FolderStore(stick), on_its_way()) == len(on_its_way()) - put
    assert send(FolderStore(stick), on_its_way()) == 0
    (arrived,) = read(FolderStore(stick), house().manager)
    assert isinstance(arrived, Arrived)


def test_a_stick_pulled_while_sending_is_the_surroundings(stick: Path) -> None:
    store = FolderStore(stick)

    def pull(done: int, _total: int) -> None:
        if done == 2:
            shutil.rmtree(stick)

    assert code_of(send, store, on_its_way(), pull) is Code.STORE_GONE
    stick.mkdir()
    assert send(store, on_its_way()) == len(on_its_way())


def test_a_stick_pulled_while_reading_is_the_surroundings(store: FolderStore, stick: Path) -> None:
    send(store, on_its_way())
    send(store, sealed_for(decision(), house().manager, house().head_office))
    arrivals = fetch(store, house().head_office.reader_secret, house().root, cursors={}, own_device="")
    assert isinstance(next(arrivals), Arrived)
    shutil.rmtree(stick)
    with pytest.raises(Fault) as caught:
        next(arrivals)
    assert caught.value.code is Code.STORE_GONE


def test_cancel_leaves_between_two_objects(store: FolderStore) -> None:
    calls = iter([False, True])
    assert code_of(send, store, on_its_way(), cancelled=lambda: next(calls)) is Code.CANCELLED
    assert store.size(on_its_way()[0].name) is not None
    assert store.size(on_its_way()[-1].name) is None


def test_a_delivery_without_all_its_pieces_waits_while_later_ones_go_on(store: FolderStore, stick: Path) -> None:
    second = sealed_for(a_dossier(house().officer), house().officer, house().manager, counter=2)
    send(store, [*on_its_way(), *second])
    lost = stick / on_its_way()[1].name
    kept = lost.read_bytes()
    lost.unlink()
    gap, later = read(store, house().manager)
    assert isinstance(gap, Gap)
    assert isinstance(later, Arrived)
    assert later.cursor_after == Cursor(3, (1,))
    cursors = {later.device: later.cursor_after}
    assert read(store, house().manager, cursors) == []
    lost.write_bytes(kept)
    (arrived,) = read(store, house().manager, cursors)
    assert isinstance(arrived, Arrived)
    assert (arrived.counter, arrived.cursor_after) == (1, Cursor(3))


def test_a_missing_number_is_reported_by_a_thorough_round_and_taken_when_it_comes(store: FolderStore) -> None:
    late = on_its_way()
    send(store, sealed_for(a_dossier(house().officer), house().officer, house().manager, counter=2))
    assert read(store, house().manager) == []
    gap, second = read(store, house().manager, thorough=True)
    assert isinstance(gap, Gap)
    assert (gap.counter, gap.reason) == (1, None)
    assert second.cursor_after == Cursor(3, (1,))
    send(store, late)
    (first,) = read(store, house().manager, {second.device: second.cursor_after})
    assert isinstance(first, Arrived)
    assert first.cursor_after == Cursor(3)


def test_a_planted_far_number_is_no_hole(store: FolderStore) -> None:
    store.put(index_name("a" * 16, 999_999_999_999), b"x")
    assert read(store, house().manager, thorough=True) == []


# --- damaged and forged ----------------------------------------------------------------------------


def test_every_damaged_object_is_a_gap_and_never_applied(store: FolderStore, stick: Path, *, full: bool) -> None:
    """One changed bit anywhere in any object: nothing arrives."""
    send(store, on_its_way())
    for item in on_its_way():
        places = range(0, len(item.data), max(1, len(item.data) // (40 if full else 8)))
        for place in places:
            changed = bytearray(item.data)
            changed[place] ^= 1
            (stick / item.name).write_bytes(bytes(changed))
            (arrival,) = read(store, house().manager)
            assert isinstance(arrival, Gap), (item.name, place)
            assert arrival.reason is not None
        (stick / item.name).write_bytes(item.data)
    assert isinstance(read(store, house().manager)[0], Arrived)


def planted(store: FolderStore, parcel: Parcel, sender: Identity, *readers: Identity, **letter: Any) -> Arrival:
    """What an insider could put: pieces and a letter of their own making."""
    stream = b"".join(parcel.files.values())
    piece = seal(stream, [one.person.reader for one in readers])
    store.put(object_name(piece), piece)
    told = Letter(
        device=sender.person.device,
        counter=1,
        kind=parcel.kind,
        made_at=AT,
        pieces=(Piece(object_name(piece), len(piece)),),
        files=tuple(Entry(name, len(data), digest(data)) for name, data in parcel.files.items()),
    )
    folder = letter.pop("folder", sender.person.device)
    signed = write_letter(replace(told, **letter), sender)
    name = index_name(folder, 1)
    store.put(name, frame_index(seal(signed, [one.person.reader for one in readers])))
    (arrival,) = read(store, readers[0])
    return arrival


def small() -> Parcel:
    return a_dossier(house().officer)


def reason(arrival: Arrival) -> Code:
    assert isinstance(arrival, Quarantined)
    return arrival.reason.code


def test_a_delivery_in_somebody_elses_folder_is_put_aside(store: FolderStore) -> None:
    arrival = planted(store, small(), house().officer, house().manager, folder="a" * 16)
    assert reason(arrival) is Code.DELIVERY_FOREIGN


def test_a_delivery_under_another_number_is_put_aside(store: FolderStore) -> None:
    assert reason(planted(store, small(), house().officer, house().manager, counter=7)) is Code.DELIVERY_FOREIGN


def test_a_stranger_who_knows_our_readers_gets_nowhere(store: FolderStore) -> None:
    stranger = new_house().officer
    assert reason(planted(store, small(), stranger, house().manager)) is Code.CERTIFICATE_FOREIGN


def test_a_letter_that_lies_about_its_files_is_put_aside(store: FolderStore) -> None:
    files = (Entry("manifest.json", 3, "0" * 64),)
    assert reason(planted(store, small(), house().officer, house().manager, files=files)) is Code.DELIVERY_UNREADABLE


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "parts/../x", "Manifest.json", "parts/parts/../x"])
def test_a_letter_with_a_name_that_climbs_is_put_aside(store: FolderStore, name: str) -> None:
    parcel = small()
    files = (Entry(name, 1, "0" * 64),)
    assert reason(planted(store, parcel, house().officer, house().manager, files=files)) is Code.DELIVERY_UNREADABLE


def test_a_delivery_of_a_withdrawn_key_is_put_aside(store: FolderStore) -> None:
    send(store, on_its_way())
    (arrival,) = read(store, house().manager, revoked={house().officer.person.key_id: AT})
    assert reason(arrival) is Code.CERTIFICATE_REVOKED


def test_something_sealed_that_is_no_letter_is_put_aside(store: FolderStore) -> None:
    for number, data in enumerate([b"", b"{}", b"[" * 50_000, encode({"letter": "x", "signature": "y"})], start=1):
        store.put(index_name(f"{number:016x}", 1), frame_index(seal(data, [house().manager.person.reader])))
    assert all(isinstance(arrival, Quarantined) for arrival in read(store, house().manager))
    assert len(read(store, house().manager)) == 4


# --- what a parcel proves --------------------------------------------------------------------------


def with_file(parcel: Parcel, name: str, data: bytes) -> Parcel:
    return replace(parcel, files={**parcel.files, name: data})


def without(parcel: Parcel, name: str) -> Parcel:
    return replace(parcel, files={key: data for key, data in parcel.files.items() if key != name})


def test_a_dossier_must_be_signed_by_its_own_officer() -> None:
    parts = {name[6:]: data for name, data in dossier().files.items() if name.startswith("parts/")}
    manifest = dossier().files["manifest.json"]
    by_manager = dossier_parcel(manifest, sign(manifest, house().manager, AT), parts)
    assert code_of(verify, by_manager, house().root) is Code.SIGNER_NOT_ENTITLED
    by_stranger = dossier_parcel(manifest, sign(manifest, new_house().officer, AT), parts)
    assert code_of(verify, by_stranger, house().root) is Code.CERTIFICATE_FOREIGN


def test_a_dossier_with_a_part_changed_stripped_or_added() -> None:
    root = house().root
    assert code_of(verify, with_file(dossier(), "parts/facts.json", b"{}"), root) is Code.DOSSIER_PART_CHANGED
    assert code_of(verify, without(dossier(), "parts/facts.json"), root) is Code.DOSSIER_PART_MISSING
    assert code_of(verify, with_file(dossier(), "parts/more.txt", b""), root) is Code.DOSSIER_PART_EXTRA
    assert code_of(verify, without(dossier(), "manifest.sig"), root) is Code.DOSSIER_PART_MISSING
    assert code_of(verify, with_file(dossier(), "manifest.sig", b""), root) is Code.SIGNATURE_BROKEN
    swapped = with_file(dossier(), "manifest.sig", decision().files["decision.sig"])
    assert code_of(verify, swapped, root) is Code.SIGNATURE_OTHER_DATA


def test_a_memo_without_the_officers_signature_makes_no_dossier() -> None:
    from officer_app.dossier.manifest import to_bytes
    from tests.support.institution import a_manifest, dossier_parts, memo_with_fields, officers_memo

    for memo, code in (
        (memo_with_fields(), Code.PDF_UNSIGNED),
        (officers_memo(house().manager), Code.MEMO_NOT_SIGNED_BY),
        (officers_memo(new_house().officer), Code.CERTIFICATE_FOREIGN),
    ):
        parts = dossier_parts(memo)
        data = to_bytes(a_manifest(house().officer, parts))
        parcel = dossier_parcel(data, sign(data, house().officer, AT), parts)
        assert code_of(verify, parcel, house().root) is code


def test_an_officer_cannot_decide_and_a_decision_names_its_signer() -> None:
    officers = a_decision(house().officer, dossier())
    assert code_of(verify, officers, house().root) is Code.SIGNER_NOT_ENTITLED
    record = decision().files["decision.json"]
    other = house().enrol("别的经理", Role.MANAGER, "900000")
    borrowed = decision_parcel(record, sign(record, other, AT), decision().files["memo-signed.pdf"])
    assert code_of(verify, borrowed, house().root) is Code.SIGNER_NOT_ENTITLED


def test_a_decision_with_another_memo_is_refused() -> None:
    changed = with_file(decision(), "memo-signed.pdf", dossier().files["parts/memo.pdf"])
    assert code_of(verify, changed, house().root) is Code.DOSSIER_PART_CHANGED


def test_a_decision_does_not_stand_on_another_dossier() -> None:
    other = verify_dossier(a_dossier(house().officer, grade="C"), house().root)
    decided = verify_decision(decision(), house().root)
    assert code_of(check_against, decided, other) is Code.DECISION_OTHER_DOSSIER


def test_a_decision_above_the_limit_or_with_two_eyes_is_refused() -> None:
    from decimal import Decimal

    genuine = verify_dossier(dossier(), house().root)
    above = verify_decision(a_decision(house().manager, dossier(), amount=Decimal("300000.01")), house().root)
    assert code_of(check_against, above, genuine) is Code.ABOVE_LIMIT
    own = a_dossier(house().manager)
    decided = verify_decision(a_decision(house().manager, own), house().root)
    assert code_of(check_against, decided, verify_dossier(own, house().root)) is Code.FOUR_EYES


def test_a_memo_that_does_not_continue_the_dossiers_memo_is_refused() -> None:
    """The manager signs a paper of their own making, and the record names the true dossier."""
    twin = a_dossier(house().officer, frozen_at=AT + timedelta(seconds=1))
    forged = a_decision(house().manager, twin, dossier=digest(dossier().files["manifest.json"]))
    decided = verify_decision(forged, house().root)
    assert code_of(check_against, decided, verify_dossier(dossier(), house().root)) is Code.MEMO_NOT_CONTINUED


def test_packs_and_receipts_are_head_offices_alone() -> None:
    note = pack_to_bytes(PackNote(PackKind.POLICY, "default", 1, digest(b"x"), AT))
    receipt = receipt_to_bytes(Receipt("1" * 32, RecordKind.DOSSIER, "2" * 64, "c" * 32, AT, "a" * 16, 1))
    for signer, code in (
        (house().manager, Code.SIGNER_NOT_ENTITLED),
        (new_house().head_office, Code.CERTIFICATE_FOREIGN),
    ):
        assert code_of(verify, pack_parcel(note, sign(note, signer, AT), b"x"), house().root) is code
        assert code_of(verify, receipt_parcel(receipt, sign(receipt, signer, AT)), house().root) is code
    good = sign(note, house().head_office, AT)
    assert verify(pack_parcel(note, good, b"x"), house().root)
    assert code_of(verify, pack_parcel(note, good, b"y"), house().root) is Code.DOSSIER_PART_CHANGED
    assert verify(receipt_parcel(receipt, sign(receipt, house().head_office, AT)), house().root)
    assert code_of(verify, Parcel(ParcelKind.RECEIPT, {}), house().root) is Code.DOSSIER_PART_MISSING


def test_a_delivery_may_not_be_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    from officer_app.exchange import outbox

    monkeypatch.setattr(outbox, "LARGEST_DELIVERY", 1000)
    parcel = Parcel(ParcelKind.PACK, {"content": os.urandom(1001)})
    assert code_of(sealed_for, parcel, house().officer, house().manager) is Code.DELIVERY_TOO_LARGE
    assert code_of(sealed_for, small(), house().officer) is Code.DELIVERY_TOO_LARGE
