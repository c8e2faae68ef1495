"""Deleting what is due, with proof: a signed certificate stays here, goes to head office, and can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.casework import outgoing
from officer_app.casework.desk import Desk
from officer_app.casework.packs import policy_in_force
from officer_app.casework.permissions import allowed
from officer_app.casework.retention import KEEPERS, Item, Judge, Standing, item_of, judge_of, mine, sealed_due
from officer_app.dossier import deletion as certificates
from officer_app.dossier.deletion import Counts, Deletion
from officer_app.dossier.manifest import PackRef, PartyRef
from officer_app.exchange import parcels
from officer_app.exchange.contents import DeletionContent, verify_deletion
from officer_app.trust import signing
from officer_app.trust.identities import Identity
from officer_app.vault import audit, cases, deletions, scrubbing
from officer_app.vault.records import DeletionRecord
from officer_app.vault.transactions import Writing

RECORD: Final = ".json"
SIGNATURE: Final = ".sig"


@dataclass(frozen=True, slots=True)
class Deleted:
    """What one run did: the certificates, and how many sealed files of old deliveries went."""

    certificates: tuple[DeletionRecord, ...]
    sealed: int
    stopped: bool = False


@allowed(*KEEPERS)
def delete_due(
    desk: Desk,
    wanted: Sequence[CaseId],
    passphrase: str,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Deleted:
    """Delete these cases for good, each wholly or not at all, and the sealed objects that are due.

    Each is judged again at its turn. Cut short, whatever was deleted stays so, and the next run goes on; `stopped`
    says that somebody cancelled. Errors: WRONG_PASSPHRASE, PASSPHRASE_WAIT, NOT_ENROLLED, CASE_NOT_DUE, DISK_FULL.
    """
    desk.vault.verify_passphrase(passphrase)
    _institution, identity = desk.certified(*KEEPERS)
    done: list[DeletionRecord] = []
    stopped = False
    try:
        for case in wanted:
            progress(len(done), len(wanted) + 1)
            if stopped := cancelled():
                break
            done.append(_delete(desk, identity, case))
        sealed = _drop_sealed(desk)
    finally:
        desk.library = None  # it knows the deleted photos' fingerprints
        if _is_scrub_owed(desk):
            desk.vault.scrub()
    progress(len(wanted) + 1, len(wanted) + 1)
    return Deleted(tuple(done), sealed, stopped=stopped)


@allowed(*KEEPERS)
def write_certificates(desk: Desk, folder: Path) -> tuple[Path, ...]:
    """Every certificate of this laptop with its signature, two files each, into a folder; the records' paths.

    Errors: DISK_FULL, FOLDER_READ_ONLY.
    """
    with desk.vault.reading() as tx:
        known = deletions.all(tx)
    written = []
    folder.mkdir(parents=True, exist_ok=True)
    for one in known:
        path = folder / f"deletion-{one.id}{RECORD}"
        write_whole(path.with_suffix(SIGNATURE), one.signature)
        write_whole(path, one.record)
        written.append(path)
    return tuple(written)


def read_certificate(path: Path, root_pem: bytes) -> DeletionContent:
    """A certificate and the signature beside it, held against a root: nothing else is needed to check one.

    Errors: FILE_MISSING, FILE_TOO_LARGE, RECORD_UNREADABLE, those of `signing.verify`, SIGNER_NOT_ENTITLED.
    """
    record = read_limited(path, certificates.LARGEST)
    signature = read_limited(path.with_suffix(SIGNATURE), certificates.LARGEST)
    return verify_deletion(parcels.deletion_parcel(record, signature), root_pem)


@allowed(*KEEPERS)
def delete_again(desk: Desk, proofs: Sequence[DeletionContent]) -> tuple[DeletionRecord, ...]:
    """After an old backup came back: delete once more whatever these certificates say was deleted on this laptop.

    Only those signed with the own key count; those known here change nothing. Errors: NOT_ENROLLED, NOT_ALLOWED.
    """
    _institution, identity = desk.certified(*KEEPERS)
    if any(proof.deletion.device != identity.person.device for proof in proofs):
        raise Fault(Code.NOT_ALLOWED, where="delete_again")
    done = []
    for proof in proofs:
        with desk.vault.writing() as tx:
            if deletions.is_deleted(tx, CaseId(proof.deletion.case_id)):
                continue
            record = _kept(proof.deletion, proof.record_bytes, proof.signature)
            deletions.delete(tx, record)
            _tell_head_office(desk, tx, identity, proof.record_bytes, proof.signature)  # who keeps each once
            done.append(record)
    desk.library = None
    if _is_scrub_owed(desk):
        desk.vault.scrub()
    return tuple(done)


def _delete(desk: Desk, identity: Identity, case: CaseId) -> DeletionRecord:
    judge, (pack, policy) = judge_of(desk), policy_in_force(desk)
    with desk.vault.writing() as tx:
        found = cases.get(tx, case)
        item = item_of(tx, judge, found)
        if item.standing is not Standing.DUE or case not in {one.id for one in mine(desk, tx)}:
            raise Fault(Code.CASE_NOT_DUE, where=found.number, case=found.number)
        ref = PackRef(policy.name, policy.version, pack.digest)
        told = _told(tx, item, judge, identity, ref)
        body = certificates.to_bytes(told)
        signature = signing.sign(body, identity, told.at)
        record = _kept(told, body, signature)
        deletions.delete(tx, record)
        _tell_head_office(desk, tx, identity, body, signature)
    return record


def _told(tx: Writing, item: Item, judge: Judge, identity: Identity, policy: PackRef) -> Deletion:
    if item.kind is None or item.counted_from is None or item.due is None:
        raise Fault(Code.CASE_NOT_DUE, where=item.number, case=item.number)
    held, (number, head) = deletions.holdings(tx, item.case), audit.head(tx)
    person = identity.person
    return Deletion(
        record_id=new_id(),
        case_id=item.case,
        case_number=item.number,
        record_class=item.kind,
        counted_from=item.counted_from,
        due_on=item.due,
        policy=policy,
        dossiers=held.dossiers,
        decisions=held.decisions,
        keys=held.keys,
        counts=Counts(held.photos, held.visits, held.answers, held.files, held.file_bytes),
        by=PartyRef(person.id, person.name),
        device=person.device,
        at=tx.clock.now(),
        confirmed_at=judge.confirmed,
        elapsed=int(tx.clock.elapsed() * 1000),
        log_number=number,
        log_head=head,
    )


def _kept(told: Deletion, body: bytes, signature: bytes) -> DeletionRecord:
    return DeletionRecord(
        id=RecordId(told.record_id),
        case=CaseId(told.case_id),
        number=told.case_number,
        record_class=told.record_class.value,
        at=told.at,
        record=body,
        signature=signature,
    )


def _tell_head_office(desk: Desk, tx: Writing, identity: Identity, body: bytes, signature: bytes) -> None:
    institution, _ = desk.certified(*KEEPERS)
    office = institution.roster.head_office(institution.root, desk.clock.now())
    readers = tuple(dict.fromkeys(person.reader for person in office))
    parcel = parcels.deletion_parcel(body, signature)
    outgoing.queue(tx, outgoing.Outgoing(parcel, identity, readers), dossier_digest=digest(body))


def _drop_sealed(desk: Desk) -> int:
    judge = judge_of(desk)
    with desk.vault.writing() as tx:
        old = sealed_due(tx, judge)
        gone = deletions.drop_sealed(tx, [one.id for one in old])
        if gone:
            audit.append(tx, "sealed_dropped", desk.user.id, {"deliveries": len(old), "files": gone})
    return gone


def _is_scrub_owed(desk: Desk) -> bool:
    with desk.vault.reading() as tx:
        return scrubbing.is_owed(tx)
