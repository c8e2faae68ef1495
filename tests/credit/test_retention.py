"""Periods by class of record: what the policy says, what holds where it says nothing, and calendar months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from officer_app.credit.policy import Policy
from officer_app.credit.retention import CLASSES, RecordClass, due_on, period_of
from tests.support.worked import shipped_policy

USUAL = {
    RecordClass.DRAFT: 6,
    RecordClass.REFUSED: 24,
    RecordClass.WITHDRAWN: 12,
    RecordClass.NOT_PAID_OUT: 24,
    RecordClass.LOAN: 120,
    RecordClass.RECEIVED: 12,
    RecordClass.SEALED: 3,
}


def _without() -> Policy:
    values = {path: value for path, value in shipped_policy().values.items() if not path.startswith("retention.")}
    return Policy(values)


@pytest.mark.parametrize("kind", RecordClass)
def test_an_older_policy_keeps_the_usual_periods_and_the_shipped_one_says_the_same(kind: RecordClass) -> None:
    assert kind in CLASSES
    older, shipped = period_of(_without(), kind), period_of(shipped_policy(), kind)
    assert older == shipped
    assert (older.months, older.days) == ((0, 15) if kind is RecordClass.CONSENT_ENDED else (USUAL[kind], 0))


def test_the_policys_own_period_counts() -> None:
    longer = Policy({**shipped_policy().values, "retention.refused_months": Decimal(60)})
    assert period_of(longer, RecordClass.REFUSED).months == 60
    assert period_of(longer, RecordClass.WITHDRAWN).months == 12


@pytest.mark.parametrize(
    ("start", "kind", "due"),
    [
        (date(2026, 8, 31), RecordClass.DRAFT, date(2027, 2, 28)),
        (date(2024, 2, 29), RecordClass.LOAN, date(2034, 2, 28)),
        (date(2026, 12, 31), RecordClass.CONSENT_ENDED, date(2027, 1, 15)),
    ],
)
def test_months_are_the_calendars(start: date, kind: RecordClass, due: date) -> None:
    assert due_on(start, period_of(_without(), kind)) == due
