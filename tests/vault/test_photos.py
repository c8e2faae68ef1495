"""Photos and their files: wholly in or wholly out, readable only here."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import PhotoId, new_id
from officer_app.vault import blobs, cases, photos
from officer_app.vault.photorecords import Fingerprint, PhotoFinding
from officer_app.vault.records import BlobId, CaseRecord, PhotoRecord
from officer_app.vault.store import Vault
from tests.support.vaults import START, a_case, a_photo, opened

PICTURE = bytes(range(256)) * 400


def _files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "blobs").rglob("*") if path.is_file()}


def _case(vault: Vault) -> CaseRecord:
    case = a_case(vault.user.id, new_id())
    with vault.writing() as tx:
        cases.add(tx, case)
    return case


def _taken_in(vault: Vault, case: CaseRecord, data: bytes = PICTURE, **changes: object) -> PhotoRecord:
    with vault.writing() as tx:
        original = blobs.add(tx, data)
        photo = a_photo(case, original, sha256=digest(data), size=len(data), **changes)
        photos.add(tx, photo)
    return photo


def test_everything_is_kept(vault: Vault) -> None:
    case = _case(vault)
    with vault.writing() as tx:
        whole, view, thumb = (blobs.add(tx, PICTURE + part) for part in (b"o", b"v", b"t"))
        photo = a_photo(
            case,
            whole,
            view=view,
            thumb=thumb,
            taken=START,
            taken_text="2026:10:08 10:40:00",
            lat=Decimal("39.904200"),
            lon=Decimal("116.407396"),
            fingerprints=b"\x00\x01\xff",
            width=4032,
            height=3024,
            device="Phone 12",
            tags={"Orientation": "6"},
        )
        photos.add(tx, photo)
    with vault.reading() as tx:
        assert photos.get(tx, photo.id) == photo
        assert blobs.read(tx, whole) == PICTURE + b"o"
        assert blobs.sha256(tx, view) == digest(PICTURE + b"v")
        assert blobs.size(tx, thumb) == len(PICTURE) + 1
    assert vault.read_blob(thumb) == PICTURE + b"t"


def test_a_transaction_that_fails_leaves_no_row_and_no_file(vault: Vault) -> None:
    case = _case(vault)
    with pytest.raises(RuntimeError, match="stopped"), vault.writing() as tx:  # noqa: PT012  all one transaction
        photos.add(tx, a_photo(case, blobs.add(tx, PICTURE)))
        raise RuntimeError("stopped")
    assert _files(vault.folder) == set()
    with vault.reading() as tx:
        assert photos.of_case(tx, case.id) == ()


def test_a_photo_without_its_file_is_refused(vault: Vault) -> None:
    case = _case(vault)
    with vault.writing() as tx, pytest.raises(Fault) as found:
        photos.add(tx, a_photo(case, BlobId(new_id())))
    assert found.value.code is Code.RECORD_MISSING


def test_a_file_that_a_photo_needs_cannot_be_dropped(vault: Vault) -> None:
    photo = _taken_in(vault, _case(vault))
    with pytest.raises(Fault), vault.writing() as tx:
        blobs.drop(tx, photo.original)
    assert vault.read_blob(photo.original) == PICTURE


def test_a_dropped_file_goes_after_the_commit(vault: Vault) -> None:
    with vault.writing() as tx:
        blob = blobs.add(tx, PICTURE)
    with vault.writing() as tx:
        blobs.drop(tx, blob)
        assert blobs.read(tx, blob) == PICTURE
    assert _files(vault.folder) == set()


def test_files_are_encrypted_bound_to_their_names_and_told_apart(vault: Vault) -> None:
    case = _case(vault)
    one, two = _taken_in(vault, case), _taken_in(vault, case, PICTURE + b"2")
    places = [vault.layout.blob(photo.original) for photo in (one, two)]
    assert PICTURE[:64] not in places[0].read_bytes()
    places[0].write_bytes(places[1].read_bytes())
    with pytest.raises(Fault) as moved:
        vault.read_blob(one.original)
    places[1].unlink()
    with pytest.raises(Fault) as gone:
        vault.read_blob(two.original)
    assert (moved.value.code, gone.value.code) == (Code.BLOB_BROKEN, Code.BLOB_MISSING)


def test_orphans_are_swept_after_a_session_that_was_cut(folder: Path) -> None:
    vault = opened(folder)
    photo = _taken_in(vault, _case(vault))
    orphan = vault.files.write(b"nobody's")
    half = vault.layout.blob(orphan).with_name(orphan + ".part")
    half.write_bytes(b"half")
    stranger = folder / "blobs" / "notes.txt"
    stranger.write_text("not ours")
    vault.database.close()  # as a killed process leaves it: nothing is marked closed
    vault._open().lock.release(in_order=False)
    with opened(folder) as again:
        assert _files(folder) == {photo.original, "notes.txt"}
        assert again.read_blob(photo.original) == PICTURE


def test_withdrawn_photos_stay_with_their_reason(vault: Vault) -> None:
    case = _case(vault)
    photo, other = _taken_in(vault, case), _taken_in(vault, case, b"x")
    with vault.writing() as tx:
        gone = photos.withdraw(tx, photo.id, "wrong shop")
        assert photos.of_case(tx, case.id) == (other,)
        assert set(photos.of_case(tx, case.id, withdrawn=True)) == {gone, other}
        assert gone == replace(photo, withdrawn=START, withdrawn_reason="wrong shop")


def test_findings_replace_those_before(vault: Vault) -> None:
    case = _case(vault)
    photo, other = _taken_in(vault, case), _taken_in(vault, case, b"x")
    first = PhotoFinding(photo.id, "NO_PLACE", "look")
    second = PhotoFinding(photo.id, "REUSED", "stop", {"score": "0.97", "inliers": 140}, other.id)
    with vault.writing() as tx:
        photos.set_findings(tx, photo.id, [first])
        photos.set_findings(tx, photo.id, [second])
    with vault.reading() as tx:
        assert photos.findings(tx, case.id) == (second,)


def test_fingerprints_of_the_pictures_that_have_one(vault: Vault) -> None:
    case = _case(vault)
    photo = _taken_in(vault, case, fingerprints=b"12345678")
    _taken_in(vault, case, b"no fingerprint")
    with vault.reading() as tx:
        assert photos.fingerprints(tx) == (Fingerprint(photo.id, case.id, b"12345678", digest(PICTURE)),)


def test_a_photo_of_nobody(vault: Vault) -> None:
    with vault.reading() as tx, pytest.raises(Fault) as found:
        photos.get(tx, PhotoId(new_id()))
    assert found.value.code is Code.RECORD_MISSING
