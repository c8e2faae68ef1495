"""What keeps a file from being deleted, or asks for it: a legal hold and its lifting, the end of the consent.

Each is a signed notice and travels to everybody who has the file, so a hold set by the manager holds the officer's
copy too once it has come.
"""

from __future__ import annotations

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.casework.correspondence import keep, signed_notice
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.retention import CONSENT_ENDED, item_of, judge_of
from officer_app.dossier.notices import NoticeKind
from officer_app.trust.certificates import Role
from officer_app.vault import audit, cases
from officer_app.vault import dossiers as kept
from officer_app.vault.records import DossierRecord, NoticeRecord, Origin


@allowed(Role.MANAGER)
def set_hold(desk: Desk, case: CaseId, reason: str) -> NoticeRecord:
    """Keep a case from being deleted, here and wherever the file is, until the hold is lifted.

    Errors: REASON_NEEDED, RECORD_EXISTS when it is held, RECORD_MISSING when nothing was handed over, NOT_ENROLLED.
    """
    return _say(desk, case, NoticeKind.HOLD, reason, held=False)


@allowed(Role.MANAGER)
def lift_hold(desk: Desk, case: CaseId, reason: str) -> NoticeRecord:
    """Let the clock count again. Errors: as `set_hold`; RECORD_MISSING when nothing is held."""
    return _say(desk, case, NoticeKind.HOLD_LIFTED, reason, held=True)


@allowed(Role.OFFICER)
def end_consent(desk: Desk, case: CaseId, reason: str) -> None:
    """The borrower has withdrawn the consent. What the law keeps is kept; the rest goes after the shortest period.

    Errors: REASON_NEEDED, NOT_ALLOWED, RECORD_EXISTS when it was said before.
    """
    if not reason.strip():
        raise Fault(Code.REASON_NEEDED)
    with desk.vault.writing() as tx:
        if cases.get(tx, case).officer != desk.user.id:
            raise Fault(Code.NOT_ALLOWED, where="end_consent")
        if case in audit.subjects(tx, CONSENT_ENDED):
            raise Fault(Code.RECORD_EXISTS, where="notice", what="notice")
        versions = kept.of_case(tx, case)
        if versions:
            keep(tx, signed_notice(desk, versions[-1], NoticeKind.CONSENT_ENDED, reason, tx=tx), Origin.OWN)
        audit.append(tx, CONSENT_ENDED, case)


def _say(desk: Desk, case: CaseId, kind: NoticeKind, reason: str, *, held: bool) -> NoticeRecord:
    if not reason.strip():
        raise Fault(Code.REASON_NEEDED)
    judge = judge_of(desk)
    with desk.vault.writing() as tx:
        versions: tuple[DossierRecord, ...] = kept.of_case(tx, case)
        is_held = item_of(tx, judge, cases.get(tx, case)).hold is not None
        if not versions or held > is_held:
            raise Fault(Code.RECORD_MISSING, where="notice", what="notice")
        if held < is_held:
            raise Fault(Code.RECORD_EXISTS, where="notice", what="notice")
        record = keep(tx, signed_notice(desk, versions[-1], kind, reason, tx=tx), Origin.OWN)
        audit.append(tx, f"case_{kind.value}", case, {"dossier": versions[-1].digest})
    return record
