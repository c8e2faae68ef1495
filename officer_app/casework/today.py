"""The officer's day: what is in work, what came back, what waits to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, DossierId
from officer_app.casework import delivery
from officer_app.casework.cases import OPEN_STATES, find_cases
from officer_app.casework.delivery import Status
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.owed import owed
from officer_app.casework.packs import FORM, NORMS, POLICY, PRODUCTS, policy_in_force
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.visits import resume_visit, visits_of
from officer_app.credit.figures import known
from officer_app.trust.certificates import Role
from officer_app.vault import cases, decisions, dossiers, explanations, packs
from officer_app.vault.records import (
    CaseItem,
    CaseQuery,
    CaseRecord,
    CaseState,
    ContradictionRecord,
    DecisionRecord,
    PackRecord,
)

_LATER = frozenset(CaseState) - OPEN_STATES
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Day:
    """What the first screen knows without opening any visit.

    `in_work` are drafts and returned cases, returned ones first; `handed_over` are the others, newest first, of
    which there are `total`; `returned` holds the latest decision of each returned case.
    """

    in_work: tuple[CaseRecord, ...]
    handed_over: tuple[CaseItem, ...]
    total: int
    returned: Mapping[CaseId, DecisionRecord]
    status: Status
    policy: PackRecord | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the visits of a case are: questions answered, required ones missing, contradictions open."""

    case: CaseId
    begun: datetime | None = None
    answered: int = 0
    missing: int = 0
    contradictions: int = 0
    requested: Decimal | None = None
    supported: Decimal | None = None

    @property
    def percent(self) -> int:
        """Answered of what must be answered, in whole percent, never rounded up to all."""
        whole = self.answered + self.missing
        return self.answered * 100 // whole if whole else 0


@dataclass(frozen=True, slots=True)
class Trail:
    """What has happened to a case as far as this laptop knows; `decided` counts decisions."""

    state: CaseState
    contradictions: tuple[ContradictionRecord, ...]
    decided: int


@allowed(Role.OFFICER)
def day(desk: Desk) -> Day:
    """The state of the officer's own cases and of delivery; reads rows alone, opens no visit."""
    open_ones = find_cases(desk, CaseQuery(states=OPEN_STATES, officer=desk.user.id, limit=_SHOWN)).items
    later = find_cases(desk, CaseQuery(states=_LATER, officer=desk.user.id, limit=_SHOWN))
    with desk.vault.reading() as tx:
        records = tuple(cases.get(tx, item.id) for item in open_ones)
        returned = {
            record.id: decided[-1]
            for record in records
            if record.state is CaseState.RETURNED and (decided := decisions.of_case(tx, record.id))
        }
    in_work = tuple(sorted(records, key=lambda record: record.state is not CaseState.RETURNED))
    return Day(in_work, later.items, later.total, returned, delivery.status(desk), _policy(desk))


@allowed(Role.OFFICER)
def progress_of(desk: Desk, case_id: CaseId) -> Progress:
    """Open the latest visit of a case and assess it: some tens of milliseconds, for the vault's lane."""
    past = visits_of(desk, case_id)
    if not past:
        return Progress(case_id)
    visit = resume_visit(desk, past[-1].id)
    counts = [one for past in (*visit.earlier, visit) for one in past.session.counts().values()]
    findings = findings_of(desk, case_id, visit)
    return Progress(
        case_id,
        begun=visit.record.started,
        answered=sum(one.answered for one in counts),
        missing=len(owed(desk, visit)) if visit.earlier else sum(one.missing for one in counts),
        contradictions=len(findings.open),
        requested=known(findings.facts.application.requested_amount),
        supported=findings.supported,
    )


@allowed(*EVERYONE)
def counts(desk: Desk) -> Mapping[CaseState, int]:
    """How many cases stand where; an officer counts the own ones."""
    own = desk.user.id if desk.roles == {Role.OFFICER} else None
    with desk.vault.reading() as tx:
        return cases.counts(tx, own)


@allowed(*EVERYONE)
def policy_version(desk: Desk) -> str:
    """The version of the policy in force, or nothing before the first exchange."""
    found = _policy(desk)
    return str(found.version) if found is not None else ""


def _policy(desk: Desk) -> PackRecord | None:
    try:
        return policy_in_force(desk)[0]
    except Fault as fault:
        if fault.code is not Code.PACK_MISSING:
            raise
        return None


@allowed(*EVERYONE)
def packs_in_use(desk: Desk) -> tuple[PackRecord, ...]:
    """The policies, checklists, head office's own norms and its products in force here."""
    with desk.vault.reading() as tx:
        return tuple(pack for kind in (POLICY, FORM, NORMS, PRODUCTS) for pack in packs.all_newest(tx, kind))


@allowed(*EVERYONE)
def newest_dossier(desk: Desk, case_id: CaseId) -> DossierId | None:
    """The version of a case that was handed over last, if there is one here."""
    with desk.vault.reading() as tx:
        found = dossiers.of_case(tx, case_id)
    return found[-1].id if found else None


@allowed(*EVERYONE)
def trail_of(desk: Desk, case_id: CaseId) -> Trail:
    """What became of a case here. Errors: RECORD_MISSING."""
    with desk.vault.reading() as tx:
        return Trail(
            cases.get(tx, case_id).state,
            explanations.of_case(tx, case_id),
            len(decisions.of_case(tx, case_id)),
        )
