"""The disclosure sheet of a case: what the loan costs, and whether the borrower can carry it."""

from __future__ import annotations

from officer_app.base.clock import local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.masking import mask_identity
from officer_app.base.public_holidays import day_off
from officer_app.base.words import CHINESE, Language
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.visits import Visit
from officer_app.credit.figures import Missing
from officer_app.credit.loanplans import LoanPlan, Wish, loan_plan
from officer_app.credit.vocabulary import label_of
from officer_app.memos.disclosure import Disclosure, disclosure_sheet
from officer_app.memos.inputs import Applicant
from officer_app.vault import cases
from officer_app.vault.records import CaseRecord


@allowed(*EVERYONE)
def plan(desk: Desk, findings: Findings, wish: Wish) -> LoanPlan | Missing:
    """The loan of a case laid out as of today, or what it waits for."""
    return loan_plan(findings.assessment, local_time(desk.clock.now()).date(), wish, day_off)


@allowed(*EVERYONE)
def disclosure(desk: Desk, visit: Visit, findings: Findings, language: Language, wish: Wish) -> bytes:
    """The sheet as PDF, to be signed in ink in Chinese; in other languages a marked translation.

    Errors: NOT_ENROLLED, LOAN_INCOMPLETE while amount, term, rate or method are not known, GLYPH_MISSING.
    """
    institution, identity = desk.certified(*EVERYONE)
    laid_out = plan(desk, findings, wish)
    if isinstance(laid_out, Missing):
        labels = tuple(label_of(path) for path in laid_out.paths)
        raise Fault(Code.LOAN_INCOMPLETE, where=", ".join(laid_out.paths), facts=labels)
    with desk.vault.reading() as tx:
        case = cases.get(tx, visit.case)
    told = Disclosure(
        institution=institution.name,
        branch=identity.person.branch,
        case_number=case.number,
        version=case.version,
        applicant=_applicant(case),
        plan=laid_out,
        assessment=findings.assessment,
        officer=identity.person.name,
        made_at=desk.clock.now(),
    )
    return disclosure_sheet(told, language, translation=language != CHINESE)


def _applicant(case: CaseRecord) -> Applicant:
    return Applicant(name=case.applicant, masked_id=mask_identity(case.resident_id))
