"""How long which class of record is kept, by the policy, and from when its period runs.

Sources: Personal Information Protection Law 19 (shortest keeping), 47 (deletion when consent is withdrawn, and
where a period of the law still runs nothing but keeping); Anti-Money-Laundering Law 2025, 34 (ten years from the end,
for whom it names); Regulation on the Credit Reporting Industry 16 (bad facts five years from their end). A small
lender follows the rule of its province where that is longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.keys import Key, whole_key
from officer_app.credit.loans.daycounts import months_later
from officer_app.credit.policy import Policy

DRAFT_MONTHS: Final = whole_key("retention.draft_months", "months", optional=True)
REFUSED_MONTHS: Final = whole_key("retention.refused_months", "months", optional=True)
WITHDRAWN_MONTHS: Final = whole_key("retention.withdrawn_months", "months", optional=True)
NOT_PAID_OUT_MONTHS: Final = whole_key("retention.not_paid_out_months", "months", optional=True)
LOAN_MONTHS: Final = whole_key("retention.loan_months", "months", optional=True)
RECEIVED_MONTHS: Final = whole_key("retention.received_months", "months", optional=True)
SEALED_MONTHS: Final = whole_key("retention.sealed_months", "months", optional=True)
CONSENT_DAYS: Final = whole_key("retention.consent_days", "days", optional=True)


class RecordClass(StrEnum):
    """What a record is by the way it ended; each class has its own clock. Photos go with their case."""

    DRAFT = "draft"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_PAID_OUT = "not_paid_out"
    LOAN = "loan"
    RECEIVED = "received"
    CONSENT_ENDED = "consent_ended"
    SEALED = "sealed"


CLASSES: Final[Mapping[RecordClass, str]] = MappingProxyType(
    {
        RecordClass.DRAFT: N_("Draft, never handed over"),
        RecordClass.REFUSED: N_("Refused application"),
        RecordClass.WITHDRAWN: N_("Withdrawn by the customer"),
        RecordClass.NOT_PAID_OUT: N_("Approved, not paid out"),
        RecordClass.LOAN: N_("Loan approved"),
        RecordClass.RECEIVED: N_("Copy on this laptop"),
        RecordClass.CONSENT_ENDED: N_("Consent withdrawn"),
        RecordClass.SEALED: N_("Sealed deliveries"),
    }
)
# Where the policy says nothing. A loan: ten years from its last instalment, as the law of 2025 asks of whom it names.
_USUAL: Final[Mapping[RecordClass, tuple[Key[Decimal], int]]] = MappingProxyType(
    {
        RecordClass.DRAFT: (DRAFT_MONTHS, 6),
        RecordClass.REFUSED: (REFUSED_MONTHS, 24),
        RecordClass.WITHDRAWN: (WITHDRAWN_MONTHS, 12),
        RecordClass.NOT_PAID_OUT: (NOT_PAID_OUT_MONTHS, 24),
        RecordClass.LOAN: (LOAN_MONTHS, 120),
        RecordClass.RECEIVED: (RECEIVED_MONTHS, 12),
        RecordClass.SEALED: (SEALED_MONTHS, 3),
    }
)
_USUAL_CONSENT_DAYS: Final = Decimal(15)


@dataclass(frozen=True, slots=True)
class Period:
    """So many calendar months, or days; one of the two is nought."""

    months: int = 0
    days: int = 0


def period_of(policy: Policy, kind: RecordClass) -> Period:
    """How long a class is kept."""
    if kind is RecordClass.CONSENT_ENDED:
        return Period(days=int(policy.get(CONSENT_DAYS, _USUAL_CONSENT_DAYS)))
    key, usual = _USUAL[kind]
    return Period(months=int(policy.get(key, Decimal(usual))))


def due_on(counted_from: date, period: Period) -> date:
    """The first day on which a record may go; 31 August and six months give the last day of February."""
    return months_later(counted_from, period.months) + timedelta(days=period.days)
