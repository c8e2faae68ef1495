"""What stands around a case: each record comes back as it went in, and none replaces another in silence."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import DossierId, PhotoId, RecordId, UserId, new_id
from officer_app.trust.passphrases import FLOOR
from officer_app.vault import (
    assessments,
    blobs,
    cases,
    decisions,
    delivery,
    deliveryrecords,
    dossiers,
    explanations,
    notes,
    packs,
    photorecords,
    records,
    tables,
    users,
)
from officer_app.vault.deliveryrecords import (
    InboxOutcome,
    InboxRecord,
    OutboxObject,
    OutboxRecord,
    ReaderCursor,
    ReceiptRecord,
    Upcoming,
)
from officer_app.vault.records import (
    AssessmentRecord,
    BlobId,
    CaseRecord,
    ContradictionRecord,
    DecisionRecord,
    DossierPart,
    DossierRecord,
    Exit,
    LieTold,
    NewUser,
    NoteRecord,
    PackRecord,
)
from officer_app.vault.store import Vault
from tests.support.vaults import START, StillClock, a_case, opened


def _id() -> RecordId:
    return RecordId(new_id())


@pytest.fixture
def case(vault: Vault) -> CaseRecord:
    found = a_case(vault.user.id)
    with vault.writing() as tx:
        cases.add(tx, found)
    return found


def _dossier(case: CaseRecord, digest: str, version: int = 1, **changes: object) -> DossierRecord:
    part = DossierPart("memo.pdf", BlobId(new_id()), "ab" * 32, 7)
    plain = DossierRecord(
        DossierId(new_id()), case.id, version, digest, START, "zhang", b"{}", b"\x30", (part, replace(part, path="b"))
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields of the record


# --- the tables and the records are one --------------------------------------------------------------

PAIRS = {
    records.UserRecord: tables.USER,
    records.CaseRecord: tables.CASE,
    records.CaseItem: tables.CASE,
    records.VisitRecord: tables.VISIT,
    records.AnswerEvent: tables.ANSWER_EVENT,
    records.PhotoRecord: tables.PHOTO,
    photorecords.PhotoFinding: tables.PHOTO_FINDING,
    photorecords.PhotoCode: tables.PHOTO_CODE,
    photorecords.PhotoIntake: tables.PHOTO_INTAKE,
    photorecords.PhotoLook: tables.PHOTO_LOOK,
    records.CosignRecord: tables.COSIGN,
    records.NoticeRecord: tables.NOTICE,
    records.EntityChangeRecord: tables.ENTITY_CHANGE,
    records.NoteRecord: tables.NOTE,
    records.ContradictionRecord: tables.CONTRADICTION,
    records.AssessmentRecord: tables.ASSESSMENT,
    records.DossierRecord: tables.DOSSIER,
    records.DecisionRecord: tables.DECISION,
    records.PackRecord: tables.PACK,
    deliveryrecords.OutboxRecord: tables.OUTBOX,
    deliveryrecords.InboxRecord: tables.INBOX,
    deliveryrecords.ReceiptRecord: tables.RECEIPT,
    records.AuditEvent: tables.AUDIT_EVENT,
}
DERIVED = {"seq", "person_hash", "applicant_order", "amount_order", "owner", "alike"}


@pytest.mark.parametrize("kind", PAIRS, ids=lambda kind: kind.__name__)
def test_every_field_has_its_column(kind: type) -> None:
    names = {field.name for field in fields(kind)}
    columns = set(PAIRS[kind].c.keys())
    assert names <= columns
    if kind is not records.CaseItem:
        assert columns - names <= DERIVED


# --- notes, contradictions, assessments --------------------------------------------------------------


def test_notes(vault: Vault, case: CaseRecord) -> None:
    note = NoteRecord(_id(), case.id, vault.user.id, START, "rent", "9,800", "10,800", "contract photo", "differs")
    later = replace(note, id=_id(), at=START + timedelta(hours=1))
    with vault.writing() as tx:
        notes.add(tx, later)
        notes.add(tx, note)
        notes.save(tx, replace(note, verdict="explained"))
        assert notes.of_case(tx, case.id) == (replace(note, verdict="explained"), later)


def test_a_contradiction_and_its_exits(vault: Vault, case: CaseRecord, clock: StillClock) -> None:
    said = {"text": "The rent is {found}", "values": {"found": "10800"}}
    opened_one = ContradictionRecord(_id(), case.id, "RENT", START, "look", said)
    photo = PhotoId(new_id())
    with vault.writing() as tx:
        explanations.put(tx, opened_one)
        clock.pass_time(60)
        closed = explanations.close(tx, opened_one.id, Exit.EXPLAINED, "rent rose in May", [photo])
        assert explanations.get(tx, opened_one.id) == closed
        assert closed == replace(
            opened_one,
            exit=Exit.EXPLAINED,
            explanation="rent rose in May",
            photos=(photo,),
            closed_by=vault.user.id,
            closed=clock.moment,
        )
        again = explanations.reopen(tx, opened_one.id)
        assert (again.exit, again.closed, again.explanation) == (None, None, "rent rose in May")
        explanations.put(tx, replace(again, gone=clock.moment))
        assert explanations.of_case(tx, case.id) == (replace(again, gone=clock.moment),)
        with pytest.raises(Fault) as double:
            explanations.put(tx, replace(opened_one, id=_id()))
    assert double.value.code is Code.RECORD_EXISTS


def test_assessments_are_frozen_by_version(vault: Vault, case: CaseRecord) -> None:
    first = AssessmentRecord(_id(), case.id, 1, START, vault.user.id, "policy", "3", "cd" * 32, "ef" * 32, b'{"a":1}')
    second = replace(first, id=_id(), version=2, body=b'{"a":2}')
    with vault.writing() as tx:
        assert assessments.latest(tx, case.id) is None
        assessments.add(tx, second)
        assessments.add(tx, first)
        with pytest.raises(Fault) as double:
            assessments.add(tx, replace(first, id=_id()))
        assert assessments.latest(tx, case.id) == second
    assert double.value.code is Code.RECORD_EXISTS


def test_a_lie_stays_with_its_exit_and_goes_with_it(vault: Vault, case: CaseRecord) -> None:
    entry = ContradictionRecord(_id(), case.id, "RENT", START)
    with vault.writing() as tx:
        explanations.put(tx, entry)
        told = LieTold("no debt at all", "150,000 to 彪子")
        closed = explanations.close(tx, entry.id, Exit.STANDS, "he looked away", lie=told)
        assert (closed.lie_said, closed.lie_found) == (told.said, told.found)
        assert explanations.get(tx, entry.id) == closed
        again = explanations.reopen(tx, entry.id)
        assert (again.lie_said, again.lie_found) == ("", "")


def test_the_same_words_are_found_in_the_other_cases_of_one_officer_alone(vault: Vault, case: CaseRecord) -> None:
    words = "年关最后一周的数，平常 3 月见磅单。"
    others = [a_case(vault.user.id, f"2026-000{place}") for place in (2, 3, 4, 5)]
    strange = a_case("somebody else", "2026-0006")
    with vault.writing() as tx:
        for one in (*others, strange):
            cases.add(tx, one)
        said = ["年关最后一周的数平常4月见磅单", "年关最后一周的数, 平常月见磅单!", "另一个说法", words]
        ways = [Exit.EXPLAINED, Exit.EXPLAINED, Exit.EXPLAINED, Exit.STANDS]
        for one, text, way in (*zip(others, said, ways, strict=True), (strange, words, Exit.EXPLAINED)):
            entry = ContradictionRecord(_id(), one.id, "RENT", START)
            explanations.put(tx, entry)
            explanations.close(tx, entry.id, way, text)
        found = explanations.in_same_words(tx, case.id, [explanations.letters(words), ""])
    assert [(one.case, one.number) for one in found] == [(others[0].id, "2026-0002"), (others[1].id, "2026-0003")]


# --- dossiers and decisions --------------------------------------------------------------------------


def test_a_dossier_is_never_replaced(vault: Vault, case: CaseRecord) -> None:
    first, second = _dossier(case, "aa" * 32), _dossier(case, "bb" * 32, 2)
    with vault.writing() as tx:
        dossiers.add(tx, second)
        dossiers.add(tx, first)
        for double in (first, replace(first, id=DossierId(new_id()))):
            with pytest.raises(Fault) as found:
                dossiers.add(tx, double)
            assert found.value.code is Code.RECORD_EXISTS
        assert dossiers.of_case(tx, case.id) == (first, second)
        assert dossiers.get(tx, first.id) == first
        assert dossiers.of_digest(tx, "bb" * 32) == second
        assert dossiers.of_digest(tx, "cc" * 32) is None


def test_a_decision_names_a_dossier_that_is_here(vault: Vault, case: CaseRecord) -> None:
    decision = DecisionRecord(
        _id(),
        case.id,
        "aa" * 32,
        "approve_with_conditions",
        START,
        "Li Na",
        amount=Decimal("50000.00"),
        annual_rate=Decimal("0.085"),
        term_months=12,
        reason="cash flow covers twice",
        conditions=("spouse signs", "insurance"),
        record=b"{}",
        signature=b"\x30\x82",
    )
    with vault.writing() as tx:
        with pytest.raises(Fault) as found:
            decisions.add(tx, decision)
        dossiers.add(tx, _dossier(case, "aa" * 32))
        memo = blobs.add(tx, b"%PDF")
        decisions.add(tx, replace(decision, memo=memo))
        escalated = replace(decision, id=_id(), at=START + timedelta(days=1), outcome="approve")
        decisions.add(tx, escalated)
        assert decisions.of_case(tx, case.id) == (replace(decision, memo=memo), escalated)
        assert decisions.of_dossier(tx, "aa" * 32) == decisions.of_case(tx, case.id)
        assert decisions.of_dossier(tx, "bb" * 32) == ()
    assert found.value.code is Code.RECORD_MISSING


# --- packs -------------------------------------------------------------------------------------------


def test_packs_only_go_forward(vault: Vault) -> None:
    pack = PackRecord(_id(), "form", "business_visit", 3, "ab" * 32, START, b"<h:html/>", b"\x30", "2026-03")
    newer = replace(pack, id=_id(), version=5)
    other = replace(pack, id=_id(), name="farm_visit", version=1)
    with vault.writing() as tx:
        for one in (pack, newer, other):
            packs.add(tx, one)
        with pytest.raises(Fault) as older:
            packs.add(tx, replace(pack, id=_id(), version=4))
        with pytest.raises(Fault) as same:
            packs.add(tx, replace(newer, id=_id()))
        assert packs.newest(tx, "form", "business_visit") == newer
        assert packs.get(tx, pack.id) == pack, "drafts keep the form they were begun with"
        assert set(packs.all_newest(tx, "form")) == {newer, other}
        assert packs.newest(tx, "policy", "default") is None
    assert (older.value.code, same.value.code) == (Code.PACK_OLDER, Code.RECORD_EXISTS)
    assert (older.value.parameters["version"], older.value.parameters["here"]) == (4, 5)


# --- deliveries --------------------------------------------------------------------------------------


def _delivery(counter: int, **changes: object) -> OutboxRecord:
    objects = (OutboxObject("o/ab/abcd", BlobId(new_id()), 10), OutboxObject(f"i/x/{counter}", BlobId(new_id()), 5))
    plain = OutboxRecord(_id(), counter, "dossier", START, objects, f"{counter:064x}")
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields of the record


def test_counters_have_no_gaps_and_no_doubles(vault: Vault, case: CaseRecord, clock: StillClock) -> None:
    first, second = _delivery(1, case=case.id), _delivery(2)
    with vault.writing() as tx:
        assert delivery.upcoming(tx) == Upcoming(1, None)
        delivery.queue(tx, first)
        assert delivery.upcoming(tx) == Upcoming(2, first.index_digest)
        for wrong in (1, 3):
            with pytest.raises(Fault) as found:
                delivery.queue(tx, _delivery(wrong))
            assert found.value.code is Code.RECORD_EXISTS
        delivery.queue(tx, second)
        clock.pass_time(5)
        sent = delivery.mark_sent(tx, first.id)
        assert sent == replace(first, sent=clock.moment)
        assert delivery.unsent(tx) == (second,)
        assert delivery.outbox(tx) == (sent, second)


def test_each_user_of_a_laptop_counts_alone(vault: Vault, clock: StillClock) -> None:
    """Officer and manager on one laptop have devices, keys and cursors of their own."""
    with vault.writing() as tx:
        delivery.queue(tx, _delivery(1))
        delivery.set_cursor(tx, "ab" * 8, ReaderCursor(7))
        delivery.receive(tx, InboxRecord(_id(), "ab" * 8, 6, "cd" * 32, START, InboxOutcome.APPLIED))
    vault.add_user(NewUser("li", "Li Na", frozenset({"manager"})), "one more day's work", settings=FLOOR)
    folder = vault.folder
    vault.close()
    with Vault.open(folder, "li", "one more day's work", clock) as other, other.writing() as tx:
        assert delivery.upcoming(tx) == Upcoming(1, None)
        assert delivery.unsent(tx) == ()
        assert delivery.cursors(tx) == {}
        assert delivery.seen(tx, "cd" * 32) is None
        assert delivery.inbox(tx) == ()
        delivery.queue(tx, _delivery(1))
        delivery.set_cursor(tx, "ab" * 8, ReaderCursor(2))
    with opened(folder, clock) as again, again.reading() as tx:
        assert delivery.upcoming(tx).counter == 2
        assert delivery.cursors(tx) == {"ab" * 8: ReaderCursor(7)}


def test_cursors_with_their_gaps(vault: Vault) -> None:
    with vault.writing() as tx:
        delivery.set_cursor(tx, "aa" * 8, ReaderCursor(4))
        delivery.set_cursor(tx, "aa" * 8, ReaderCursor(9, (5, 7)))
        delivery.set_cursor(tx, "bb" * 8, ReaderCursor(2))
        assert delivery.cursors(tx) == {"aa" * 8: ReaderCursor(9, (5, 7)), "bb" * 8: ReaderCursor(2)}


def test_what_arrived(vault: Vault, case: CaseRecord) -> None:
    applied = InboxRecord(_id(), "aa" * 8, 1, "ab" * 32, START, InboxOutcome.APPLIED, "dossier", case=case.id)
    with vault.writing() as tx:
        kept = blobs.add(tx, b"sealed by nobody we know")
        refused = InboxRecord(
            _id(), "aa" * 8, 2, "cd" * 32, START, InboxOutcome.QUARANTINED, reason="SEAL_UNOPENED", blob=kept
        )
        delivery.receive(tx, applied)
        delivery.receive(tx, refused)
        assert delivery.seen(tx, "ab" * 32) == applied
        assert delivery.seen(tx, "cd" * 32) is None, "refused once is not received"
        assert delivery.quarantined(tx) == (refused,)
        assert set(delivery.inbox(tx)) == {applied, refused}


def test_receipts(vault: Vault, case: CaseRecord) -> None:
    receipt = ReceiptRecord(_id(), "dossier", "ab" * 32, START, b"{}", b"\x30", case.id)
    with vault.writing() as tx:
        delivery.add_receipt(tx, receipt)
        assert delivery.receipts(tx, "ab" * 32) == (receipt,)
        assert delivery.receipts(tx, "cd" * 32) == ()


def test_users_are_replaced_whole(vault: Vault) -> None:
    enrolled = replace(vault.user, person="ab" * 32, roles=frozenset({"officer", "manager"}))
    with vault.writing() as tx:
        users.save(tx, enrolled)
        assert users.get(tx, vault.user.id) == enrolled
        with pytest.raises(Fault):
            users.save(tx, replace(enrolled, id=UserId(new_id()), login="x"))
