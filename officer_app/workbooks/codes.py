"""What the program's codes are called in a workbook. The CSV twin keeps the codes: programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.sizing import CAP_LABELS

CODE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # states of a file
        "submitted": N_("Waiting for a decision"),
        "approved": N_("Approved"),
        "approved_with_conditions": N_("Approved with conditions"),
        "returned": N_("Returned with questions"),
        "escalated": N_("Escalated"),
        "refused": N_("Refused"),
        # decisions
        "approve": N_("Approved"),
        "approve_with_conditions": N_("Approved with conditions"),
        "return": N_("Returned with questions"),
        "escalate": N_("Escalated"),
        "refuse": N_("Refused"),
        # cross-checks
        "passed": N_("agrees"),
        "failed": N_("does not agree"),
        "missing": N_("facts are missing"),
        # classes of risk
        "normal": N_("Normal"),
        "special_mention": N_("Special mention"),
        "substandard": N_("Substandard"),
        "doubtful": N_("Doubtful"),
        "loss": N_("Loss"),
        # ways out of a contradiction
        "open": N_("Still open"),
        "explained": N_("Explained"),
        "corrected": N_("Corrected"),
        "stands": N_("Stands unexplained"),
        # what an approval passed over
        "red_flag": N_("Hard flag"),
        "above_cap": N_("Above a cap"),
        "related_party": N_("Related party"),
        "unexplained": N_("Contradiction unexplained"),
        # people
        "applicant": N_("Applicant"),
        "officer": N_("Loan officer"),
        "manager": N_("Branch manager"),
        "head_office": N_("Head office"),
        # where a value comes from
        "computed": N_("computed"),
        # caps of the loan
        **CAP_LABELS,
    }
)
