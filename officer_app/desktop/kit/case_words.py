"""What the analysis found, in the shapes that the panels show. No widget here, and no decision."""

from __future__ import annotations

from collections.abc import Iterable

from officer_app.base.masking import mask_identity
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.findings import Contradiction, Findings, Standing
from officer_app.credit.assessment import CheckResult, Verdict
from officer_app.credit.figures import known
from officer_app.credit.sizing import CAP_LABELS
from officer_app.desktop.kit.workplace import Place
from officer_app.vault.records import CaseRecord, CaseState, Delivery

CASE_TABS: tuple[tuple[str, Message], ...] = (
    (Place.VISIT, message(N_("Site visit"))),
    (Place.STATEMENTS, message(N_("Statements"))),
    (Place.PHOTOS, message(N_("Photos"))),
    (Place.CHECKS, message(N_("Cross-checks"))),
    (Place.CAPACITY, message(N_("Capacity and amount"))),
    (Place.MEMO, message(N_("Memo and hand-over"))),
)
STATES = {
    CaseState.DRAFT: N_("Being investigated"),
    CaseState.SUBMITTED: N_("Submitted"),
    CaseState.REVIEWED: N_("Reviewed"),
    CaseState.ESCALATED: N_("With the next level"),
    CaseState.APPROVED: N_("Approved"),
    CaseState.REFUSED: N_("Refused"),
    CaseState.RETURNED: N_("Returned"),
    CaseState.CANCELLED: N_("Cancelled"),
    CaseState.WITHDRAWN: N_("Withdrawn"),
    CaseState.EXPIRED: N_("Approval expired"),
    CaseState.DISBURSED: N_("Disbursed"),
    CaseState.CLOSED: N_("Closed"),
}
DELIVERIES = {
    Delivery.NONE: N_("Not sent"),
    Delivery.QUEUED: N_("Waiting to be sent"),
    Delivery.SENT: N_("Sent, no receipt yet"),
    Delivery.RECEIVED: N_("Received"),
}


def title_of(case: CaseRecord) -> Verbatim:
    """How a case is called on its screens."""
    return Verbatim(f"{case.business or case.applicant}")


def subtitle_of(case: CaseRecord) -> Verbatim:
    """Who it is, with the number masked."""
    masked = f"  {mask_identity(case.resident_id)}" if case.resident_id else ""
    return Verbatim(f"{case.applicant}{masked}  {case.number}")


def why_moved(before: Findings | None, now: Findings) -> Sayable | None:
    """What the supported amount hangs on now, when that is another thing than before."""
    cap = now.assessment.sizing.binding_cap
    if before is None or not isinstance(cap, str):
        return None
    return message(CAP_LABELS[cap]) if cap != before.assessment.sizing.binding_cap else None


def asked_for(findings: Findings) -> object:
    """The amount asked for, or None."""
    return known(findings.facts.application.requested_amount)


def ask_next(findings: Findings) -> Iterable[tuple[CheckResult, Message]]:
    """What to ask, the failed checks first, then what lacks its inputs."""
    order = {Verdict.FAILED: 0, Verdict.MISSING: 1}
    waiting = [check for check in findings.assessment.checks if check.verdict in order and check.ask_next]
    for check in sorted(waiting, key=lambda check: order[check.verdict]):
        if check.ask_next is not None:
            yield check, check.ask_next


def exit_word(one: Contradiction) -> str:
    """The panel's word for the exit taken: "" while it is open."""
    return {
        Standing.OPEN: "",
        Standing.EXPLAINED: "explained",
        Standing.CORRECTED: "corrected",
        Standing.STANDS: "unexplained",
    }[one.standing]
