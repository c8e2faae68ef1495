"""An honest file raises nothing; an empty one passes nothing; an absurd entry never counts as passed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from officer_app.base.words import CHINESE, translate
from officer_app.credit.assessment import Unit, Verdict
from officer_app.credit.crosschecks import checks
from officer_app.credit.flagkinds import flag_kinds
from officer_app.training.demo_cases import FRUIT, SALON
from tests.credit.test_skipping import told
from tests.support.honest import HONEST, assessed_with, said_in_both
from tests.support.worked import leaves

# The rules that came after the worked cases: by their flags.
OLD = {
    "SALES_ROUTES_DEVIATE", "GROSS_MARGIN_DEVIATES", "PURCHASES_DENY_MARGIN", "SEASONS_UNBALANCED",
    "EQUITY_CHECK_FAILED", "PAST_PROFIT_UNEXPLAINED", "HOUSEHOLD_EXPENSE_UNDERSTATED", "STOCK_TURNOVER_ABNORMAL",
    "RECEIVABLES_ABNORMAL", "RECEIVABLES_AGED", "STAFF_COUNT_MISMATCH", "UTILITY_ARREARS", "PEER_DEVIATION",
    "CONCENTRATION_CUSTOMER", "MULTIPLE_LENDERS", "PHOTO_LOCATION_MISMATCH", "PHOTO_REUSED",
    "STRAW_BORROWER_SUSPECTED", "BOOKS_DISAGREE", "PURPOSE_NOT_CREDIBLE", "PLEDGE_COVER_SHORT",
}  # fmt: skip
ABSURD = ("-5", "999999999999999999")
# Texts, and years and days that are no numbers of a check.
NOT_NUMBERS = frozenset({"resident_id", "name", "period"})


def numbers() -> Iterator[str]:
    for path, text in leaves(HONEST):
        if text.replace(".", "", 1).isdigit() and path[-1] not in NOT_NUMBERS:
            yield ".".join(map(str, path))


def test_an_honest_file_raises_no_flag_of_a_check() -> None:
    found = assessed_with({})
    failed = [(check.id, check.sentence) for check in found.checks if check.verdict is Verdict.FAILED]
    assert failed == []
    lacking = [(check.id, check.missing) for check in found.checks if check.verdict is Verdict.MISSING]
    assert lacking == []


def test_the_honest_file_passes_every_rule_that_applies_to_it() -> None:
    """Else the tests that change one fact of it would prove nothing."""
    passed = {check.id for check in assessed_with({}).checks if check.verdict is Verdict.PASSED}
    assert passed >= {
        "STOCK_DUE", "STOCK_COUNT", "STOCK_COUNT_SUM", "STOCK_COUNT_TOLD", "TILL", "DEPOSITS", "NET_MARGIN", "WAGES",
        "WAGES_TOLD", "WAGES_PERSONS", "WAGES_BEHIND", "UTILITIES", "RENT_PAID", "METERS_1", "YEARS", "RENT",
        "EQUITY", "USES_OF_PROFIT", "DEBTS_REPORT", "DEBTS_REPORT_COUNT", "DEBTS_REPORT_PAYMENTS",
        "DEBTS_REPORT_GUARANTEES", "CARD_USE", "REPORT_OVERDUE", "REPORT_LATE", "REPORT_QUERIES",
        "REPORT_PAID_BY_OTHERS", "CONSENT_BEFORE_QUERY", "REPORT_FRESH", "REPORT_KIND", "PUBLIC_RECORDS",
        "PUBLIC_RECORDS_FOUND", "REFEREES", "REFERENCES", "LIFESTYLE", "THREE_STABLES", "SPOUSE", "RELATED_STAFF",
        "GIFT", "APPLIED_ELSEWHERE", "GAP", "OWN_FUNDS", "PURPOSE_CLASS", "PURPOSE_LIFE", "QUOTATION", "PROJECT",
        "LEASE", "INSURANCE", "BUYER_FIRM", "VEHICLE_OWNER", "VEHICLE_USE", "ACCOUNTS_SPOUSE_MONTHLY_SALES",
        "ACCOUNTS_SPOUSE_OWNER",
    }  # fmt: skip


def test_a_limit_is_shown_in_the_unit_of_what_it_limits() -> None:
    """Thirty days, not thirty per cent."""
    found = {check.id: (check.tolerance, check.deviation_unit) for check in assessed_with({}).checks}
    assert found["REPORT_FRESH"] == (30, Unit.DAYS)
    assert found["REPORT_LATE"] == (6, Unit.COUNT)
    assert found["SPOUSE"] == (50000, Unit.MONEY)
    assert found["PURPOSE_CLASS"] == (60, Unit.MONTHS)
    assert found["TILL"] == (10, Unit.PERCENT)
    assert found["ACCOUNTS_SPOUSE_GROSS_MARGIN_PERCENT"] == (5, Unit.POINTS)


def test_an_empty_file_passes_nothing_and_asks() -> None:
    nothing = assessed_with(dict.fromkeys(HONEST))
    assert not [check.id for check in nothing.checks if check.verdict in (Verdict.PASSED, Verdict.FAILED)]
    for check in nothing.checks:
        said_in_both(check)


@pytest.mark.parametrize("name", [FRUIT, SALON])
def test_a_visit_that_answers_the_old_questions_meets_no_new_flag(name: str) -> None:
    """What nobody asked is not done: it neither passes nor fails."""
    found = told(name)
    newer = {kind.code for check in checks() for kind in check.flags} - OLD
    assert not {flag.code for flag in found.flags} & newer


@pytest.mark.parametrize("path", list(numbers()))
@pytest.mark.parametrize("text", ABSURD)
def test_an_absurd_number_is_missing_and_never_passes(path: str, text: str) -> None:
    """No check that names the fact among its evidence passes on it."""
    found, wanted = assessed_with({path: text}), _fact(path)
    for check in found.checks:
        said_in_both(check)
    passed = {check.id for check in found.checks if wanted in check.paths and check.verdict is Verdict.PASSED}
    assert passed <= {"SPOUSE"}  # who has signed has signed for any amount


def _fact(path: str) -> str:
    """`liabilities.0.balance` as the facts write it: `liabilities[0].balance`."""
    written = ""
    for part in path.split("."):
        written += f"[{part}]" if part.isdigit() else f".{part}"
    return written.removeprefix(".")


@pytest.mark.parametrize("path", list(numbers()))
def test_a_nought_never_breaks_a_check(path: str) -> None:
    for check in assessed_with({path: "0"}).checks:
        said_in_both(check)


@pytest.mark.parametrize("block", sorted(HONEST))
def test_a_block_left_out_is_never_passed(block: str) -> None:
    """A check whose paths all lie in a block that is not there cannot have passed."""
    found: Any = assessed_with({block: None})
    for check in found.checks:
        said_in_both(check)
        if check.paths and all(path.split(".")[0].split("[")[0] == block for path in check.paths):
            assert check.verdict is not Verdict.PASSED, check.id


def test_every_flag_says_why_in_chinese() -> None:
    assert not [kind.code for kind in flag_kinds() if translate(kind.why, CHINESE) == kind.why]
