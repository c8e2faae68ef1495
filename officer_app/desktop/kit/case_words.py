"""What the analysis found, in the shapes that the panels show. No widget here, and no decision."""

from __future__ import annotations

from officer_app.base.masking import mask_identity
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.findings import Contradiction, Findings, Standing
from officer_app.credit.asknext import Question
from officer_app.credit.choicelabels import CHOICE_LABELS
from officer_app.credit.moved import what_moved
from officer_app.credit.sizing import CAP_LABELS
from officer_app.credit.vocabulary import spec_of
from officer_app.desktop.kit.arithmetic import grouped
from officer_app.desktop.kit.workplace import Place
from officer_app.vault.records import CaseRecord, CaseState, Delivery

CASE_TABS: tuple[tuple[str, Message], ...] = (
    (Place.VISIT, message(N_("Visit"))),
    (Place.STATEMENTS, message(N_("Statements"))),
    (Place.PHOTOS, message(N_("Photos"))),
    (Place.CHECKS, message(N_("Checks"))),
    (Place.CAPACITY, message(N_("Capacity"))),
    (Place.SECURITY, message(N_("Security"))),
    (Place.SCHEDULE, message(N_("Schedule"))),
    (Place.LINKS, message(N_("Links"))),
    (Place.MEMO, message(N_("Memo"))),
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
    """What the supported amount hangs on now, when it is another one than before."""
    cap = now.assessment.sizing.binding_cap
    if before is None or not isinstance(cap, str):
        return None
    return message(CAP_LABELS[cap])


def moved_beside(before: Findings | None, now: Findings) -> tuple[Message, ...]:
    """What the last answer moved beside the amount: checks, flags, the index."""
    if before is None:
        return ()
    return what_moved(before.assessment, now.assessment).beside


def fact_value(path: str, text: str) -> Sayable:
    """What stands at a fact, for who compares: a choice by its name, a figure in groups, a dash for nothing."""
    spec = spec_of(path)
    if spec is not None and text in spec.choices and text in CHOICE_LABELS:
        return message(CHOICE_LABELS[text])
    return Verbatim(grouped(text) or "—")


def worth_of(question: Question) -> Message:
    """What hangs on the answer, in a few words."""
    if question.worth:
        return message(N_("can change the amount by {worth:money}"), worth=question.worth)
    if question.monthly:
        return message(N_("can change what is left each month by {monthly:money}"), monthly=question.monthly)
    return message(N_("decides a check"))


def exit_word(one: Contradiction) -> str:
    """The panel's word for the exit taken: "" while it is open."""
    return {
        Standing.OPEN: "",
        Standing.EXPLAINED: "explained",
        Standing.CORRECTED: "corrected",
        Standing.STANDS: "unexplained",
    }[one.standing]
