"""What manager, reviewer and officer tell each other about a file that was handed over, and its withdrawal.

Each is a signed notice that travels like a decision. A question of a manager leaves the file where it is; one that
came with a returned file is answered the same way. The pairs stand on the next decision and on its sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, UserId, new_id
from officer_app.casework import outgoing
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.dossier import manifest as manifests
from officer_app.dossier import notices
from officer_app.dossier.manifest import Manifest, PartyRef
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.records import Decision, Exchanged, Outcome, parse_decision
from officer_app.exchange import parcels
from officer_app.exchange.inbox import NoticeContent
from officer_app.trust import signing
from officer_app.trust.certificates import Person, Role
from officer_app.trust.identities import Identity
from officer_app.trust.roster import readers_for_decision
from officer_app.vault import audit, cases, decisions
from officer_app.vault import dossiers as kept
from officer_app.vault import notices as kept_notices
from officer_app.vault.records import CaseState, DossierRecord, NoticeRecord, Origin
from officer_app.vault.transactions import Reading, Writing

# Until the money is out the customer may withdraw.
WITHDRAWABLE: Final = frozenset(
    {
        CaseState.DRAFT,
        CaseState.RETURNED,
        CaseState.SUBMITTED,
        CaseState.REVIEWED,
        CaseState.ESCALATED,
        CaseState.APPROVED,
        CaseState.EXPIRED,
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the officer, where it was asked (`about`, `item`), and the answer ("" while there is none)."""

    about: str
    item: int
    words: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def exchanged(self) -> Exchanged:
        """As it goes into a decision."""
        return Exchanged(self.words, self.asked_by, self.asked_at, self.answer, self.answered_at)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer, or somebody who passed the case on, thinks of a file."""

    by: str
    at: datetime
    words: str


@allowed(*EVERYONE)
def questions_of(desk: Desk, case: CaseId) -> tuple[Question, ...]:
    """Every question on a case, the oldest first, with its answer."""
    with desk.vault.reading() as tx:
        return thread(tx, case)


@allowed(*EVERYONE)
def opinions_of(desk: Desk, case: CaseId) -> tuple[Opinion, ...]:
    """The opinions of reviewers on a case, oldest first."""
    with desk.vault.reading() as tx:
        said = [notices.parse(one.record) for one in kept_notices.of_case(tx, case)]
    return tuple(Opinion(one.by.name, one.at, one.words) for one in said if one.kind is NoticeKind.OPINION)


@allowed(Role.MANAGER, Role.REVIEWER)
def ask(desk: Desk, dossier: DossierRecord, words: str) -> NoticeRecord:
    """Ask the officer about a file without returning it. Errors: REASON_NEEDED, NOT_ENROLLED, SIGNER_NOT_ENTITLED."""
    return _tell(desk, dossier, NoticeKind.QUESTION, words)


@allowed(Role.REVIEWER)
def give_opinion(desk: Desk, dossier: DossierRecord, words: str) -> NoticeRecord:
    """Say what one thinks of a file; whoever decides reads it first. Errors: as `ask`."""
    return _tell(desk, dossier, NoticeKind.OPINION, words)


@allowed(Role.OFFICER)
def answer_question(desk: Desk, case: CaseId, question: Question, words: str) -> NoticeRecord:
    """Answer a question on an own file. Errors: REASON_NEEDED, NOT_ALLOWED, RECORD_MISSING, RECORD_EXISTS."""
    with desk.vault.reading() as tx:
        if cases.get(tx, case).officer != desk.user.id:
            raise Fault(Code.NOT_ALLOWED)
        open_ones = {(one.about, one.item): one for one in thread(tx, case)}
        found = open_ones.get((question.about, question.item))
        newest = kept.of_case(tx, case)
    if found is None or not newest:
        raise Fault(Code.RECORD_MISSING, where="notice", what="notice")
    if found.answer:
        raise Fault(Code.RECORD_EXISTS, where="notice", what="notice")
    return _tell(desk, newest[-1], NoticeKind.ANSWER, words, about=question.about, item=question.item)


@allowed(Role.OFFICER)
def withdraw_case(desk: Desk, case: CaseId, reason: str) -> None:
    """The customer no longer wants it; once it was handed over everybody who has the file is told.

    Errors: REASON_NEEDED, NOT_ALLOWED, CASE_STATE_CHANGED.
    """
    if not reason.strip():
        raise Fault(Code.REASON_NEEDED)
    with desk.vault.reading() as tx:
        own = cases.get(tx, case).officer == desk.user.id
        versions = kept.of_case(tx, case)
    if not own:
        raise Fault(Code.NOT_ALLOWED)
    with desk.vault.writing() as tx:
        gone = cases.set_state(tx, case, CaseState.WITHDRAWN, expected=WITHDRAWABLE)
        if versions:
            keep(tx, signed_notice(desk, versions[-1], NoticeKind.WITHDRAWAL, reason, tx=tx), Origin.OWN)
        else:
            cases.save(tx, replace(gone, note="\n".join(part for part in (gone.note, reason.strip()) if part)))
        audit.append(tx, "case_withdrawn", case)  # words of people stay out of the log, which is never deleted


def thread(tx: Reading, case: CaseId) -> tuple[Question, ...]:
    """The questions of decisions that returned the file and of notices, each with its answer, by time."""
    said = [notices.parse(one.record) for one in kept_notices.of_case(tx, case)]
    answers = {(one.about, one.item): one for one in said if one.kind is NoticeKind.ANSWER}
    decided = [parse_decision(one.record) for one in decisions.of_case(tx, case)]
    asked = sorted([*_of_decisions(decided), *_of_notices(said)], key=lambda one: (one.asked_at, one.item))
    return tuple(_answered(one, answers.get((one.about, one.item))) for one in asked)


def officer_of(tx: Reading, case: CaseId, manifest: Manifest) -> str:
    """The id of the person whose case it is now: the sealed version's officer, or whoever it was handed to since."""
    said = [notices.parse(one.record) for one in kept_notices.of_case(tx, case)]
    handed = [one.to.id for one in said if one.to is not None]
    return handed[-1] if handed else manifest.officer.id


def keep(tx: Writing, content: Signed | NoticeContent, origin: Origin, key: RecordId | None = None) -> NoticeRecord:
    """Keep a verified notice, and bring the case to where it puts it; `key` where its own id is taken."""
    notice = content.notice
    record = NoticeRecord(
        id=key or RecordId(notice.record_id),
        case=CaseId(notice.case_id),
        dossier_digest=notice.dossier,
        kind=notice.kind.value,
        at=notice.at,
        by=notice.by.name,
        record=content.record_bytes,
        signature=content.signature,
        origin=origin,
    )
    kept_notices.add(tx, record)
    found = cases.get(tx, record.case)
    state = found.state
    if notice.to is not None:
        cases.save(tx, replace(found, officer=UserId(notice.to.id), updated=tx.clock.now()))
    if notice.kind is NoticeKind.WITHDRAWAL and state in WITHDRAWABLE:
        cases.set_state(tx, record.case, CaseState.WITHDRAWN, expected=WITHDRAWABLE)
    if notice.kind is NoticeKind.OPINION and state is CaseState.SUBMITTED:
        cases.set_state(tx, record.case, CaseState.REVIEWED, expected=frozenset({CaseState.SUBMITTED}))
    return record


@dataclass(frozen=True, slots=True)
class Signed:
    """A notice of one's own, as it is kept and sent."""

    notice: Notice
    record_bytes: bytes
    signature: bytes


def _tell(
    desk: Desk, dossier: DossierRecord, kind: NoticeKind, words: str, *, about: str | None = None, item: int = 0
) -> NoticeRecord:
    if not words.strip():
        raise Fault(Code.REASON_NEEDED)
    with desk.vault.writing() as tx:
        record = keep(tx, signed_notice(desk, dossier, kind, words, about=about, item=item, tx=tx), Origin.OWN)
        audit.append(tx, "notice_sent", dossier.case, {"kind": kind.value, "dossier": dossier.digest})
    return record


def signed_notice(
    desk: Desk,
    dossier: DossierRecord,
    kind: NoticeKind,
    words: str,
    *,
    tx: Writing,
    about: str | None = None,
    item: int = 0,
    to: Person | None = None,
) -> Signed:
    """Make and sign a notice, and queue it for everybody who has the file, and for whom it is handed to."""
    institution, identity = desk.certified(*EVERYONE)
    manifest, now, person = manifests.parse(dossier.manifest), desk.clock.now(), identity.person
    officer = officer_of(tx, dossier.case, manifest)
    notice = Notice(
        record_id=new_id(),
        kind=kind,
        dossier=dossier.digest,
        case_id=manifest.case_id,
        case_number=manifest.case_number,
        by=PartyRef(person.id, person.name),
        at=now,
        words=words.strip()[: notices.LONGEST],
        about=about,
        item=item,
        to=PartyRef(to.id, to.name) if to is not None else None,
    )
    notices.check_notice(notice, manifest, dossier.digest, officer)
    body = notices.to_bytes(notice)
    signature = signing.sign(body, identity, now)
    deciders = [parse_decision(one.record).decided_by.id for one in decisions.of_case(tx, dossier.case)]
    readers = readers_for_decision(institution.roster, institution.root, officer, now, manifest.branch, deciders)
    others = _others((*readers, *((to.reader,) if to is not None else ())), identity)
    parcel = parcels.notice_parcel(body, signature)
    outgoing.queue(tx, outgoing.Outgoing(parcel, identity, others), case=dossier.case, dossier_digest=dossier.digest)
    return Signed(notice, body, signature)


def _others(readers: Iterable[str], identity: Identity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reader for reader in readers if reader != identity.person.reader))


def _of_decisions(decided: Iterable[Decision]) -> Iterator[Question]:
    for one in decided:
        if one.outcome is Outcome.RETURN:
            for item, words in enumerate(one.questions):
                yield Question(one.record_id, item, words, one.decided_by.name, one.decided_at)


def _of_notices(said: Iterable[Notice]) -> Iterator[Question]:
    for one in said:
        if one.kind is NoticeKind.QUESTION:
            yield Question(one.record_id, 0, one.words, one.by.name, one.at)


def _answered(question: Question, answer: Notice | None) -> Question:
    if answer is None:
        return question
    return Question(
        question.about,
        question.item,
        question.words,
        question.asked_by,
        question.asked_at,
        answer.words,
        answer.at,
    )
