"""Assessments as frozen with each version of a case."""

from __future__ import annotations

from officer_app.base.ids import CaseId
from officer_app.vault import rows
from officer_app.vault.records import AssessmentRecord
from officer_app.vault.tables import ASSESSMENT
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, assessment: AssessmentRecord) -> None:
    """Freeze the assessment of a version. Errors: RECORD_EXISTS when the version has one."""
    rows.add(tx, ASSESSMENT, assessment)


def latest(tx: Reading, case: CaseId) -> AssessmentRecord | None:
    """The one of the highest version."""
    order = (ASSESSMENT.c.version.desc(),)
    return rows.find(tx, ASSESSMENT, AssessmentRecord, ASSESSMENT.c.case == case, order=order)
