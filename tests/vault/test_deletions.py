"""A deleted case is gone: from every table, every page, every file; and what was not deleted is whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.checklists.visitlog import Event, LogEntry
from officer_app.vault import (
    answers,
    audit,
    blobs,
    casekeys,
    cases,
    deletions,
    delivery,
    notes,
    photos,
    scrubbing,
    settings,
    visitlog,
)
from officer_app.vault.deletions import TOUCHED
from officer_app.vault.deliveryrecords import OutboxObject, OutboxRecord
from officer_app.vault.photorecords import PhotoFinding
from officer_app.vault.records import BlobId, CaseQuery, CaseRecord, DeletionRecord, NoteRecord, VisitRecord
from officer_app.vault.store import Vault
from officer_app.vault.tables import METADATA
from officer_app.vault.verify import verify
from tests.support.opened_pages import database_key, opened_bytes
from tests.support.vaults import START, a_case, a_photo, a_visit, opened

GONE = (
    "欧阳秀兰测试",
    "990101197203040014",
    "13999990001",
    "沙河镇新华路甲七十七号院",
    "账本第三页撕掉了",
    "水表读数零零四七",
)
STAYS = ("司马建国测试", "990101198001010029", "15899990002", "北关村东头第二家", "说年底还清", "电表读数一一八八")
PICTURES = (bytes(range(256)) * 300, bytes(reversed(range(256))) * 300)
# Tables that hold nothing of a case, and why: people and packs, what names only devices and digests.
NOT_OF_A_CASE = {
    "user",
    "user_secret",
    "pack",
    "fingerprint",
    "reader_cursor",
    "photo_intake",
}


@dataclass(frozen=True)
class Filled:
    """A case with something in every place."""

    case: CaseRecord
    visit: VisitRecord
    files: tuple[BlobId, ...]


def _fill(vault: Vault, words: tuple[str, ...], picture: bytes, number: str) -> Filled:
    name, identity, phone, address, said, seen = words
    case = a_case(vault.user.id, number, applicant=name, resident_id=identity, phone=phone, address=address)
    visit = a_visit(case)
    with vault.writing() as tx:
        cases.add(tx, case)
        answers.add_visit(tx, visit)
        answers.store(tx, visit.id, {"/data/a": said, "/data/b": seen})
        answers.store(tx, visit.id, {"/data/a": f"{said}改", "/data/b": None})
        entry = LogEntry(Event.JUMP, "/data/a", 10, 20, said, seen)
        visitlog.append(tx, visit.id, START, [entry])
        notes.add(tx, NoteRecord(RecordId(new_id()), case.id, vault.user.id, START, said, said=seen))
        shown = tuple(blobs.add(tx, picture[part:], case.id) for part in (0, 1, 2))
        photo = a_photo(case, shown[0], visit=visit.id, view=shown[1], thumb=shown[2], caption=said)
        photos.add(tx, photo)
        photos.set_findings(tx, photo.id, [PhotoFinding(photo.id, "SAME", "look", {"where": seen}, photo.id)])
        settings.put(tx, f"call-back:{case.id}", {"heard": said})
        sealed = blobs.add(tx, picture[7:], case.id)
        upcoming = delivery.upcoming(tx)
        objects = (OutboxObject("o/aa/" + "a" * 64, sealed, 3),)
        row = OutboxRecord(
            RecordId(new_id()), upcoming.counter, "dossier", START, objects, digest(picture), case.id, "d" * 64
        )
        delivery.queue(tx, row)
        audit.append(tx, "case_opened", case.id, {"number": number})
    return Filled(case, visit, (*shown, sealed))


def _record(case: CaseRecord) -> DeletionRecord:
    return DeletionRecord(RecordId(new_id()), case.id, case.number, "refused", START, b'{"deleted":1}', b"signed")


def _delete(vault: Vault, case: CaseRecord) -> None:
    with vault.writing() as tx:
        deletions.delete(tx, _record(case))
    vault.scrub()


def _hits(folder: Path, key: bytes, words: tuple[str, ...], picture: bytes) -> set[str]:
    pages = opened_bytes(folder, key)
    inside = {word for word in words if any(word.encode(how) in pages for how in ("utf-8", "utf-16-le"))}
    tails = {word[::-1] for word in words if word.isascii() and word[::-1].encode() in pages}
    files = [path for path in folder.rglob("*") if path.is_file()]
    bare = {
        word
        for path in files
        for word in words
        if word.encode() in path.read_bytes() or word.encode() in os.fsencode(str(path))
    }
    pieces = {f"picture at {at}" for at in (0, 1000, 40_000) if picture[at : at + 48] in pages}
    return inside | tails | bare | pieces


def test_nothing_of_it_is_left_in_any_page_or_file(folder: Path) -> None:
    """Old values, free pages, search words, the write-ahead log and copies from before an upgrade included."""
    with opened(folder) as vault:
        gone, stays = _fill(vault, GONE, PICTURES[0], "2026-0001"), _fill(vault, STAYS, PICTURES[1], "2026-0002")
        key = database_key(vault)
        assert len(_hits(folder, key, GONE, b"")) > 4, "the search must find what is there"
        (folder / "vault.db.before-upgrade-from-0011").write_bytes((folder / "vault.db").read_bytes())
        _delete(vault, gone.case)
        assert (folder / "vault.db-wal").stat().st_size < 40_000, "the log is empty but for what was said since"
        assert _hits(folder, key, GONE, PICTURES[0]) == set()
        assert not any(vault.layout.blob(blob).exists() for blob in gone.files)
        assert not vault.layout.before_upgrades()
        for blob in stays.files[:3]:
            assert vault.read_blob(blob) in {PICTURES[1][part:] for part in (0, 1, 2)}
        with vault.reading() as tx:
            assert cases.find(tx, CaseQuery(text=STAYS[0])).total == 1
            assert cases.find(tx, CaseQuery(text=GONE[0])).total == 0
            assert answers.all(tx, stays.visit.id) == {"/data/a": "说年底还清改"}
        report = verify(vault)
        assert report.ok, report.problems
    with opened(folder) as again:
        assert verify(again).ok
    assert _hits(folder, key, GONE, PICTURES[0]) == set()
    assert _hits(folder, key, STAYS, PICTURES[1]), "and the other case is all there"


def test_a_copied_file_cannot_be_opened_once_its_key_is_gone(folder: Path) -> None:
    """Whoever kept a copy of the encrypted file has noise: nothing in the vault opens it any more."""
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        path = vault.layout.blob(filled.files[0])
        copy = path.read_bytes()
        _delete(vault, filled.case)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(copy)
        with pytest.raises(Fault) as refused:
            vault.read_blob(filled.files[0])
        assert refused.value.code is Code.BLOB_BROKEN
    with opened(folder) as again, pytest.raises(Fault) as still:
        again.read_blob(filled.files[0])
    assert still.value.code is Code.BLOB_BROKEN


def test_files_of_earlier_programs_open_and_go_too(folder: Path) -> None:
    with opened(folder) as vault:
        case = a_case(vault.user.id)
        with vault.writing() as tx:
            cases.add(tx, case)
            old = blobs.add(tx, b"sealed under the vault's own key")
            photos.add(tx, a_photo(case, old))
        assert vault.read_blob(old) == b"sealed under the vault's own key"
        _delete(vault, case)
        assert not vault.layout.blob(old).exists()


def test_every_table_is_thought_of() -> None:
    """A new table either goes with its case or is named as holding nothing of one."""
    assert set(METADATA.tables) == TOUCHED | NOT_OF_A_CASE
    assert not TOUCHED & NOT_OF_A_CASE


def test_no_table_names_the_case_any_more(folder: Path) -> None:
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        _delete(vault, filled.case)
        allowed = {"audit_event", "deletion", "photo_intake"}
        with vault.reading() as tx:
            for name, table in METADATA.tables.items():
                told = repr([tuple(row) for row in tx.sql.execute(select(table))])
                assert name in allowed or filled.case.id not in told, name
                assert name in allowed or filled.visit.id not in told, name


def test_counters_go_on_without_gaps(folder: Path) -> None:
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        _delete(vault, filled.case)
        with vault.reading() as tx:
            (left,) = delivery.outbox(tx)
            assert (left.counter, left.objects, left.case) == (1, (), None)
            assert delivery.upcoming(tx).counter == 2


def test_it_is_told_once(folder: Path) -> None:
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        _delete(vault, filled.case)
        with pytest.raises(Fault) as twice, vault.writing() as tx:
            deletions.delete(tx, _record(filled.case))
        assert twice.value.code is Code.RECORD_EXISTS
        with vault.reading() as tx:
            assert [one.number for one in deletions.all(tx)] == ["2026-0001"]
            assert deletions.is_deleted(tx, filled.case.id)


def test_rows_that_only_grow_go_with_a_record_alone(folder: Path) -> None:
    """The guards of answers' and visits' history let nothing go for which no deletion stands."""
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        for table in ("answer_event", "visit_event"):
            with pytest.raises(Exception, match="only ever added to"), vault.writing() as tx:
                tx.sql.exec_driver_sql(f"DELETE FROM {table} WHERE visit = '{filled.visit.id}'")  # noqa: S608  an id
        for change in ("DELETE FROM deletion", "UPDATE deletion SET number = 'x'"):
            _delete(vault, filled.case) if not _deleted(vault, filled.case.id) else None
            with pytest.raises(Exception, match="only ever added to"), vault.writing() as tx:
                tx.sql.exec_driver_sql(change)


def _deleted(vault: Vault, case: CaseId) -> bool:
    with vault.reading() as tx:
        return deletions.is_deleted(tx, case)


def test_a_deletion_that_was_undone_is_found(folder: Path) -> None:
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        _delete(vault, filled.case)
        with vault.writing() as tx:
            cases.add(tx, filled.case)
        assert [problem.kind for problem in verify(vault).problems] == ["DELETION_UNDONE"]


def test_a_visit_taken_away_without_a_deletion_is_found(folder: Path) -> None:
    """Deleting is no way to change the log: only visits that the deletion's own entry names are passed over."""
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        with vault.writing() as tx:
            tx.sql.exec_driver_sql("DROP TRIGGER visit_event_no_delete")
            tx.sql.exec_driver_sql(f"DELETE FROM visit_event WHERE visit = '{filled.visit.id}'")  # noqa: S608  an id
        assert [problem.kind for problem in verify(vault).problems] == ["VISIT_LOG_CHANGED"]


def test_a_scrub_that_is_owed_is_done_at_the_next_opening(folder: Path) -> None:
    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        key = database_key(vault)
        with vault.writing() as tx:
            deletions.delete(tx, _record(filled.case))
        assert _hits(folder, key, GONE, b""), "the log of the database still has it"
    opened(folder).close()
    assert _hits(folder, key, GONE, PICTURES[0]) == set()


def test_a_key_that_was_made_in_vain_is_made_again(folder: Path) -> None:
    """The transaction of the first file fails: the next file has a key of its own, and both sides know it."""
    with opened(folder) as vault:
        case = a_case(vault.user.id)
        with pytest.raises(Fault), vault.writing() as tx:  # noqa: PT012  what comes before the fault is the point
            cases.add(tx, case)
            blobs.add(tx, b"never", case.id)
            cases.add(tx, case)
        with vault.writing() as tx:
            cases.add(tx, case)
            kept = blobs.add(tx, b"kept", case.id)
            assert casekeys.of_case(tx, case.id) == casekeys.of_case(tx, case.id)
    with opened(folder) as again:
        assert again.read_blob(kept) == b"kept"


def test_a_full_disk_keeps_nobody_out_and_the_next_opening_tries_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Fault(Code.DISK_FULL, where="vault.db", needed_mb=20)

    with opened(folder) as vault:
        filled = _fill(vault, GONE, PICTURES[0], "2026-0001")
        key = database_key(vault)
        with vault.writing() as tx:
            deletions.delete(tx, _record(filled.case))
    monkeypatch.setattr(scrubbing, "rewrite", full)
    with opened(folder) as vault, vault.reading() as tx:
        assert scrubbing.is_owed(tx)
    monkeypatch.undo()
    with opened(folder) as vault, vault.reading() as tx:
        assert not scrubbing.is_owed(tx)
    assert _hits(folder, key, GONE, PICTURES[0]) == set()
