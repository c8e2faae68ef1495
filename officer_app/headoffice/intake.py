"""One arrival into the warehouse's tables, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from officer_app.base.canonical import Json, decode
from officer_app.base.errors import Code, Fault
from officer_app.base.meanings import Kind
from officer_app.dossier import summary
from officer_app.dossier.auditlog import AUDIT
from officer_app.dossier.manifest import FACTS, Manifest, parse
from officer_app.dossier.records import Outcome, RecordKind, parse_decision
from officer_app.exchange.contents import check_on
from officer_app.exchange.inbox import (
    Arrival,
    Arrived,
    Cursor,
    DecisionContent,
    DeletionContent,
    DossierContent,
    Gap,
    NotForUs,
    NoticeContent,
    Quarantined,
    verify_decision,
)
from officer_app.exchange.parcels import decision_parcel
from officer_app.headoffice import tables
from officer_app.headoffice.devicelogs import keep_log
from officer_app.headoffice.notices import is_handed_to, keep_notice, settle_withdrawals
from officer_app.headoffice.reassessing import keep_facts
from officer_app.headoffice.retention import keep_deletion
from officer_app.headoffice.tombstones import certificate_against, keep_delivery
from officer_app.headoffice.villages import village_of
from officer_app.headoffice.warehouse import lock

ACCEPTED: Final = "accepted"
WAITING: Final = "waiting"
REFUSED: Final = "refused"
_STATES: Final[Mapping[Outcome, str]] = {
    Outcome.APPROVE: "approved",
    Outcome.APPROVE_WITH_CONDITIONS: "approved_with_conditions",
    Outcome.ESCALATE: "escalated",
    Outcome.RETURN: "returned",
    Outcome.REFUSE: "refused",
}
_LONGEST_TRADE: Final = 60
_Row: TypeAlias = (
    "summary.CheckRow | summary.FigureRow | summary.PhotoRow | summary.FlagRow | summary.ContradictionRow"
)


@dataclass(slots=True)
class Ingested:
    """What one run took in; all nought when there was nothing new. `waiting`: decisions whose dossier is not here."""

    dossiers: int = 0
    decisions: int = 0
    already: int = 0
    receipts: int = 0
    waiting: int = 0
    quarantined: int = 0
    gaps: int = 0
    deletions: int = 0

    def add(self, more: Mapping[str, int]) -> None:
        """Count what another process took in."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + more.get(one.name, 0))


def parts_needed(content: DossierContent) -> Mapping[str, bytes]:
    """The parts that the warehouse reads; all others are checked and left in the store."""
    return {name: content.parts[name] for name in (FACTS, AUDIT) if name in content.parts}


def _case_of(content: DossierContent | DecisionContent | NoticeContent) -> str:
    match content:
        case DossierContent():
            return content.manifest.case_id
        case DecisionContent():
            return content.decision.case_id
        case _:
            return content.notice.case_id


def _trade_and_village(facts: Json) -> tuple[str, str]:
    """Texts of the business; a dossier without them has empty ones."""
    business = facts.get("business") if isinstance(facts, Mapping) else None
    if not isinstance(business, Mapping):
        return "", ""
    trade, address = (str(business.get(name, "")).replace("\0", "") for name in ("trade", "address"))
    return trade[:_LONGEST_TRADE], village_of(address)


def _facts(data: bytes) -> Json:
    """Errors: DOSSIER_UNREADABLE."""
    try:
        return decode(data)
    except ValueError as error:
        raise Fault(Code.DOSSIER_UNREADABLE, where=FACTS, field="json") from error


@dataclass(frozen=True, slots=True)
class Intake:
    """Where an arrival goes: the transaction, the time it was received, the root it is judged by, the counts."""

    connection: Connection
    now: datetime
    root_pem: bytes
    done: Ingested
    cursors: dict[str, Cursor] = field(default_factory=dict)

    def take_in(self, arrival: Arrival) -> None:
        """Apply one arrival, and know how far its device was read. What somebody else has read is passed over."""
        cursor = self._cursor(arrival.device)
        if arrival.counter < cursor.next and arrival.counter not in cursor.gaps:
            return  # another process has read it since the cursors were asked for
        match arrival:
            case Arrived():
                self._apply_alone(arrival)
            case Quarantined():
                self._put_aside(arrival.device, arrival.counter, arrival.reason, arrival.data)
            case Gap():
                self.done.gaps += 1
            case NotForUs():
                pass
        read = cursor.missing if isinstance(arrival, Gap) else cursor.past
        self.cursors[arrival.device] = read(arrival.counter)

    def keep_cursors(self) -> None:
        """How far each device was read, once for all that was taken in: the last thing of the transaction."""
        for device, cursor in self.cursors.items():
            after = {"next": cursor.next, "gaps": list(cursor.gaps)}
            own = tables.CURSOR.c.device == device
            if not self.connection.execute(update(tables.CURSOR).where(own), after).rowcount:
                self.connection.execute(insert(tables.CURSOR), {"device": device, **after})

    def _apply_alone(self, arrival: Arrived) -> None:
        """Apply it, or put it aside with the reason: what one sender signed keeps nobody else's from coming in."""
        before = replace(self.done)
        reason = self._attempt(arrival)
        if reason is not None:
            for one in fields(self.done):  # whatever the attempt had counted went back with it
                setattr(self.done, one.name, getattr(before, one.name))
            self._put_aside(arrival.device, arrival.counter, reason, b"")

    def _attempt(self, arrival: Arrived) -> Fault | None:
        """Why an arrival is not taken in; nothing of it is left then."""
        try:
            with self.connection.begin_nested():
                self._apply(arrival)
        except Fault as fault:
            if fault.code.value.kind is not Kind.REFUSAL:
                raise
            return fault
        except (DataError, IntegrityError) as error:
            return Fault(Code.DOSSIER_UNREADABLE, where="rows", field=type(error).__name__)
        return None

    def _apply(self, arrival: Arrived) -> None:
        content = arrival.content
        if isinstance(content, DossierContent | DecisionContent | NoticeContent):
            case = _case_of(content)
            lock(self.connection, f"case {case}")
            deleted = certificate_against(self.connection, content)
            keep_delivery(self.connection, arrival.device, arrival.counter, case, deleted)
            if deleted is not None:
                reason = Fault(Code.CASE_PURGED, where=deleted, certificate=deleted)
                self._put_aside(arrival.device, arrival.counter, reason, b"")
                return
        match content:
            case DossierContent():
                new = self._put_dossier(arrival, content)
                self.done.dossiers += new
                self.done.already += not new
            case DecisionContent():
                new = self._put_decision(arrival, content)
                self.done.already += not new
            case NoticeContent():
                self.done.already += not self._put_notice(content)
            case DeletionContent():
                new = keep_deletion(self.connection, content, self.now)
                self.done.deletions += new
                self.done.already += not new
            case _:
                # Receipts and packs are head office's own; somebody else's copy of them brings nothing.
                self.done.already += 1

    def _put_dossier(self, arrival: Arrived, content: DossierContent) -> bool:
        """Whether it is new here."""
        if self._has(tables.DOSSIERS, content.digest):
            return False
        manifest = content.manifest
        facts = _facts(content.parts[FACTS])
        self._must_be_next(manifest)
        self._put_case(content, facts)
        self.connection.execute(
            insert(tables.DOSSIERS),
            {
                "digest": content.digest,
                "case_id": manifest.case_id,
                "case_number": manifest.case_number,
                "version": manifest.version,
                "previous": manifest.previous,
                "policy_version": f"{manifest.policy.name} {manifest.policy.version}",
                "products_version": manifest.products.version if manifest.products is not None else None,
                "form_versions": ", ".join(f"{form.name} {form.version}" for form in manifest.forms),
                "program": manifest.program,
                "audit_head": manifest.audit_head,
                "frozen_at": manifest.frozen_at,
                "received_at": self.now,
                "device": arrival.device,
                "counter": arrival.counter,
                "key_id": content.signer.key_id,
                "manifest": content.manifest_bytes,
                "signature": content.signature,
            },
        )
        self._put_rows(content)
        keep_facts(self.connection, content, facts)
        keep_log(self.connection, content, arrival.device, arrival.counter, self.now)
        self._owe_receipt(arrival, RecordKind.DOSSIER, content.digest, manifest.case_id)
        self._owe_look(arrival, RecordKind.DOSSIER, content.digest)
        self._settle_waiting(manifest, content.digest)
        settle_withdrawals(self.connection, manifest.case_id, self._state_as_decided)
        return True

    def _must_be_next(self, manifest: Manifest) -> None:
        """A version that would become the case's face is its officer's, and follows no refusal.

        Ids of cases stand in the lists of photos, so everybody has them. Errors: CASE_OF_ANOTHER (where: the case),
        CASE_REFUSED_BEFORE.
        """
        known = select(tables.CASES.c.officer_id, tables.CASES.c.version, tables.CASES.c.state)
        row = self.connection.execute(known.where(tables.CASES.c.case_id == manifest.case_id)).first()
        if row is None or manifest.version <= row.version:
            return
        officer = manifest.officer
        if officer.id != row.officer_id and not is_handed_to(self.connection, manifest.case_id, officer.id):
            raise Fault(Code.CASE_OF_ANOTHER, where=manifest.case_id, person=officer.name)
        if row.state == _STATES[Outcome.REFUSE]:
            raise Fault(Code.CASE_REFUSED_BEFORE, where=manifest.case_id, case=manifest.case_number)

    def _put_case(self, content: DossierContent, facts: Json) -> None:
        """The case as its newest dossier tells it; an older version that comes late changes nothing."""
        manifest = content.manifest
        trade, village = _trade_and_village(facts)
        told = {
            "trade": trade,
            "village": village,
            "number": manifest.case_number,
            "branch": manifest.branch,
            "officer_id": manifest.officer.id,
            "officer": manifest.officer.name,
            "applicant": manifest.applicant,
            "product": manifest.product,
            "lane": manifest.lane,
            "state": "submitted",
            "version": manifest.version,
            "dossier": content.digest,
            "requested": manifest.requested_amount,
            "recommended": manifest.recommended_amount,
            "approved": None,
            "term_months": manifest.term_months,
            "grade": manifest.grade,
            "received_at": self.now,
            "decided_at": None,
        }
        version = self.connection.execute(
            select(tables.CASES.c.version).where(tables.CASES.c.case_id == manifest.case_id)
        ).scalar_one_or_none()
        if version is None:
            self.connection.execute(insert(tables.CASES), {"case_id": manifest.case_id, **told})
        elif manifest.version > version:
            self.connection.execute(
                update(tables.CASES).where(tables.CASES.c.case_id == manifest.case_id).values(**told)
            )

    def _put_rows(self, content: DossierContent) -> None:
        """Every row of the summary, in its order; the columns are named as the rows' own fields."""
        rows = content.summary
        places: tuple[tuple[Table, Sequence[_Row]], ...] = (
            (tables.CHECKS, rows.checks),
            (tables.FIGURES, rows.figures),
            (tables.PHOTOS, rows.photos),
            (tables.FLAGS, rows.flags),
            (tables.CONTRADICTIONS, rows.contradictions),
        )
        for table, found in places:
            if not found:
                continue
            names = [one.name for one in fields(found[0])]
            told = [
                {"dossier": content.digest, "position": n, **{name: getattr(row, name) for name in names}}
                for n, row in enumerate(found)
            ]
            self.connection.execute(insert(table), told)

    def _put_notice(self, content: NoticeContent) -> bool:
        """Whether it changes anything here: a withdrawal ends the case; the rest is kept as it was signed."""
        if not keep_notice(self.connection, content, self.now):
            return False
        if content.notice.to is not None:
            self._ask_for_versions(content.notice.case_id)
        return settle_withdrawals(self.connection, content.notice.case_id, self._state_as_decided)

    def _ask_for_versions(self, case_id: str) -> None:
        """A colleague's version may have come before the word that the case is theirs: it is asked for again."""
        table = tables.QUARANTINE
        early = table.c.place == case_id, table.c.code == Code.CASE_OF_ANOTHER.name
        for row in self.connection.execute(select(table.c.device, table.c.counter).where(*early)).all():
            self.cursors[row.device] = self._cursor(row.device).missing(row.counter)
        self.connection.execute(delete(table).where(*early))

    def _put_decision(self, arrival: Arrived, content: DecisionContent) -> bool:
        """Whether it is new here. A decision whose dossier has not come yet waits; one that may not be is refused."""
        if self._has(tables.DECISIONS, content.digest):
            return False
        decision = content.decision
        manifest = self._manifest(decision.dossier)
        reason = self._reason_against(content, manifest) if manifest is not None else None
        waits = manifest is None or (reason is None and self._is_early(content))
        standing = WAITING if waits else REFUSED if reason is not None else ACCEPTED
        self.connection.execute(
            insert(tables.DECISIONS),
            {
                "digest": content.digest,
                "record_id": decision.record_id,
                "dossier": decision.dossier,
                "case_id": decision.case_id,
                "case_number": decision.case_number,
                "outcome": decision.outcome.value,
                "amount": decision.amount,
                "term_months": decision.term_months,
                "annual_rate": decision.annual_rate,
                "conditions": list(decision.conditions),
                "questions": list(decision.questions),
                "reason": decision.reason,
                "decided_by_id": decision.decided_by.id,
                "decided_by": decision.decided_by.name,
                "role": content.signer.person.role.value,
                "decided_at": decision.decided_at,
                "minutes_open": decision.minutes_open,
                "received_at": self.now,
                "device": arrival.device,
                "counter": arrival.counter,
                "key_id": content.signer.key_id,
                "standing": standing,
                "refused_for": reason.code.name if reason is not None else None,
                "record": content.record_bytes,
                "signature": content.signature,
                "memo": content.memo,
            },
        )
        if reason is not None:
            self._put_aside(arrival.device, arrival.counter, reason, content.record_bytes)
            return True
        self.done.decisions += 1
        self._owe_look(arrival, RecordKind.DECISION, content.digest)
        self._owe_receipt(arrival, RecordKind.DECISION, content.digest, decision.case_id)
        if standing == ACCEPTED and manifest is not None:
            self._let_stand(content)
            self._settle_waiting(manifest, decision.dossier)
        return True

    def _reason_against(self, content: DecisionContent, manifest: Manifest) -> Fault | None:
        """Why a decision may not stand on its dossier: the rules that hold everywhere, and the first one stands."""
        try:
            check_on(content, manifest, content.decision.dossier)
        except Fault as fault:
            if fault.code.value.kind is not Kind.REFUSAL:
                raise
            return fault
        standing, wanted = self._standing(content.decision.dossier), content.decision.supersedes
        if self._is_early(content):
            return None
        if standing is None and wanted is not None:
            return Fault(Code.DECISION_NOT_LATEST, case=manifest.case_number)
        if standing is not None and (wanted != standing[0] or not standing[1].approves):
            return Fault(Code.DOSSIER_DECIDED, case=manifest.case_number)
        return None

    def _is_early(self, content: DecisionContent) -> bool:
        """Whether it replaces a decision that is not here yet: whoever holds that one back gains nothing."""
        wanted, of_dossier = content.decision.supersedes, tables.DECISIONS.c.dossier == content.decision.dossier
        here = select(tables.DECISIONS.c.record_id).where(
            of_dossier, tables.DECISIONS.c.standing != WAITING, tables.DECISIONS.c.record_id == wanted
        )
        return wanted is not None and self.connection.execute(here).first() is None

    def _standing(self, dossier: str) -> tuple[str, Outcome] | None:
        """Id and outcome of the decision that stands: only an approval gives way, and to one that names it.

        The names tell, and not the times: those are what each laptop's clock said.
        """
        found = select(tables.DECISIONS.c.record_id, tables.DECISIONS.c.outcome, tables.DECISIONS.c.record).where(
            tables.DECISIONS.c.dossier == dossier,
            tables.DECISIONS.c.outcome != Outcome.ESCALATE.value,
            tables.DECISIONS.c.standing == ACCEPTED,
        )
        rows = self.connection.execute(found).all()
        replaced = {parse_decision(bytes(row.record)).supersedes for row in rows}
        left = [row for row in rows if row.record_id not in replaced]
        return (left[0].record_id, Outcome(left[0].outcome)) if left else None

    def _state_as_decided(self, dossier: str) -> str:
        """Where a dossier's case stands by the decision on it that stands, or by one that passed it on."""
        standing = self._standing(dossier)
        if standing is not None:
            return _STATES[standing[1]]
        passed = select(tables.DECISIONS.c.digest).where(
            tables.DECISIONS.c.dossier == dossier, tables.DECISIONS.c.standing == ACCEPTED
        )
        return _STATES[Outcome.ESCALATE] if self.connection.execute(passed).first() is not None else "submitted"

    def _let_stand(self, content: DecisionContent) -> None:
        """The case takes the decision's state, if it is about the case's newest dossier."""
        decision = content.decision
        self.connection.execute(
            update(tables.CASES)
            .where(tables.CASES.c.case_id == decision.case_id, tables.CASES.c.dossier == decision.dossier)
            .values(
                state=_STATES[decision.outcome],
                approved=decision.amount if decision.outcome.approves else None,
                decided_at=decision.decided_at,
            )
        )
        # A customer who withdrew has withdrawn, whatever somebody decided who had not heard of it.
        settle_withdrawals(self.connection, decision.case_id, self._state_as_decided)

    def _settle_waiting(self, manifest: Manifest, dossier: str) -> None:
        """Decisions that came before their dossier, in the order in which they were made."""
        waiting = (
            select(tables.DECISIONS)
            .where(tables.DECISIONS.c.dossier == dossier, tables.DECISIONS.c.standing == WAITING)
            .order_by(tables.DECISIONS.c.decided_at)
        )
        for row in self.connection.execute(waiting).all():
            content = self._stored_decision(row.record, row.signature, row.memo)
            reason = self._reason_against(content, manifest)
            if reason is None and self._is_early(content):
                continue
            self._settle(row.digest, reason)
            if reason is None:
                self._let_stand(content)
                self._settle_waiting(manifest, dossier)  # what waited for this one
                return
            self._put_aside(row.device, row.counter, reason, content.record_bytes)

    def _settle(self, digest: str, reason: Fault | None) -> None:
        told = {
            "standing": REFUSED if reason is not None else ACCEPTED,
            "refused_for": reason.code.name if reason is not None else None,
        }
        self.connection.execute(update(tables.DECISIONS).where(tables.DECISIONS.c.digest == digest).values(**told))

    def _stored_decision(self, record: bytes, signature: bytes, memo: bytes) -> DecisionContent:
        return verify_decision(decision_parcel(record, signature, memo), self.root_pem, papers=False)

    def _manifest(self, dossier: str) -> Manifest | None:
        found = select(tables.DOSSIERS.c.manifest).where(tables.DOSSIERS.c.digest == dossier)
        data = self.connection.execute(found).scalar_one_or_none()
        return None if data is None else parse(data)

    def _has(self, table: Table, digest: str) -> bool:
        found = select(table.c.digest).where(table.c.digest == digest)
        return self.connection.execute(found).first() is not None

    def _owe_receipt(self, arrival: Arrived, kind: RecordKind, digest: str, case_id: str) -> None:
        if self._has(tables.RECEIPTS, digest):
            return  # it waited for what it stands on, was refused then, and was asked for again
        self.connection.execute(
            insert(tables.RECEIPTS),
            {
                "digest": digest,
                "kind": kind.value,
                "case_id": case_id,
                "received_at": self.now,
                "device": arrival.device,
                "counter": arrival.counter,
                "reader": arrival.sender.reader,
                "queued": False,
            },
        )

    def _owe_look(self, arrival: Arrived, kind: RecordKind, digest: str) -> None:
        """The signatures inside the memo wait to be judged."""
        known = select(tables.PAPERS.c.record).where(tables.PAPERS.c.record == digest)
        if self.connection.execute(known).first() is not None:
            return
        self.connection.execute(
            insert(tables.PAPERS),
            {
                "record": digest,
                "kind": kind.value,
                "device": arrival.device,
                "counter": arrival.counter,
                "standing": WAITING,
            },
        )

    def _put_aside(self, device: str, counter: int, reason: Fault, data: bytes) -> None:
        self.done.quarantined += 1
        table, own = tables.QUARANTINE, {"device": device, "counter": counter}
        place = reason.where.replace("\0", "")  # a stranger's own word, in a text that PostgreSQL must keep
        told = {"received_at": self.now, "code": reason.code.name, "place": place, "data": data}
        here = table.c.device == device, table.c.counter == counter
        if not self.connection.execute(update(table).where(*here).values(**told)).rowcount:
            self.connection.execute(insert(table), own | told)

    def _cursor(self, device: str) -> Cursor:
        """Where the device stands; asked for once, and nobody else reads on from there meanwhile."""
        if device not in self.cursors:
            lock(self.connection, f"device {device}")
            asked = select(tables.CURSOR.c.next, tables.CURSOR.c.gaps).where(tables.CURSOR.c.device == device)
            row = self.connection.execute(asked).first()
            self.cursors[device] = Cursor() if row is None else Cursor(row.next, tuple(row.gaps))
        return self.cursors[device]
