"""Five honest households that a careless check cries at: nothing is raised, and a lie in each is still found."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CashFlow, CheckResult, Verdict
from officer_app.credit.institutions import institution_name
from officer_app.credit.policy import policy_from_tree
from tests.support.depth import figures_of
from tests.support.honest import said_in_both
from tests.support.worked import SHIPPED_POLICY, changed, facts_of, load, shipped_policy, without

Case = dict[str, Any]
Path_ = tuple[str | int, ...]

CASES: Final = Path(__file__).resolve().parents[1] / "data" / "honest_cases"
NAMES: Final = ("breakfast_stall", "market_stall", "milk_tea", "pear_farmer", "taobao_home")


def honest(name: str) -> Case:
    return load(CASES / f"{name}.yaml")


def assessed(case: Case) -> Assessment:
    return assess(facts_of(case), shipped_policy())


def with_facts(name: str, *changes: tuple[str, Any]) -> Assessment:
    """The honest file with facts changed by dotted path below `facts`; None takes one out."""
    case = honest(name)
    for dotted, value in changes:
        head = () if dotted.split(".")[0] in ("application", "borrower") else ("facts",)
        path: Path_ = (*head, *(int(part) if part.isdigit() else part for part in dotted.split(".")))
        case = without(case, path) if value is None else changed(case, path, value)
    return assessed(case)


def check(found: Assessment, name: str) -> CheckResult:
    result = next(one for one in found.checks if one.id == name)
    said_in_both(result)
    return result


def verdict(name: str, of: str, *changes: tuple[str, Any]) -> str:
    results = [one for one in with_facts(name, *changes).checks if one.id == of]
    for result in results:
        said_in_both(result)
    return results[0].verdict.value if results else "none"


def test_the_folder_holds_the_five() -> None:
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_honest_household_raises_no_flag_and_fails_no_check(name: str) -> None:
    found = assessed(honest(name))
    assert [(one.id, one.sentence) for one in found.checks if one.verdict is Verdict.FAILED] == []
    assert [(one.id, one.missing) for one in found.checks if one.verdict is Verdict.MISSING] == []
    assert [flag.code for flag in found.flags] == []
    assert found.undecided == ()
    assert found.skipped == ()
    assert found.sizing.recommended_max_loan == found.facts.application.requested_amount
    for one in found.checks:
        said_in_both(one)


def test_without_the_reasons_counted_they_are_what_they_used_to_be() -> None:
    """So that each rule of the key is what silences its check, and old policies come out as before."""
    tree = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)
    del tree["shown_reasons"], tree["lease_years_seen_min"]
    old = policy_from_tree(tree)
    cries = {
        name: {one.id for one in assess(facts_of(honest(name)), old).checks if one.verdict is Verdict.FAILED}
        for name in NAMES
    }
    assert cries["pear_farmer"] == {"DEPOSITS", "WAGES", "METERS_1", "CONCENTRATION", "PURPOSE_LIFE"}
    assert cries["milk_tea"] == {"USES_OF_PROFIT", "METERS_1", "RECEIVABLE_DAYS"}
    assert cries["taobao_home"] == {"LENDERS"}
    assert cries["market_stall"] == {"LEASE", "PURPOSE_LIFE"}


# --- the twins: one lie each, found by name -----------------------------------------------------------------------

TWINS: Final[tuple[tuple[str, str, str, tuple[tuple[str, Any], ...]], ...]] = (
    # 26 000 of a private lender, not told, lie in the account: 26 375 due by the season, 40 115 by the mean month.
    ("pear_farmer", "DEPOSITS", "DEPOSITS_UNEXPLAINED", (("assets.deposits", "54000"),)),
    # She bought the shop: the licence is three years old, so the year before was hers.
    ("milk_tea", "METERS_1", "METER_USE_FELL", (("business.licence_since", "2023-02-26"),)),
    # A card that nobody has seen.
    ("breakfast_stall", "PUBLIC_RECORDS_FOUND", "PUBLIC_RECORDS_ADVERSE", (("business.exemption_seen", "no"),)),
    # A third lender, kept under the second one's name as far as she told it.
    ("taobao_home", "LENDERS", "MULTIPLE_LENDERS", (("liabilities.1.creditor", "蚂蚁消费金融有限公司"),)),
    # The earlier leases are his cousin's.
    ("market_stall", "LEASE", "LEASE_ENDS_BEFORE_LOAN", (("premises.lease_holder", "戴洪生"),)),
)


@pytest.mark.parametrize(("name", "of", "flag", "lie"), TWINS)
def test_the_twin_with_one_lie_is_found_by_name(
    name: str, of: str, flag: str, lie: tuple[tuple[str, Any], ...]
) -> None:
    found = with_facts(name, *lie)
    assert check(found, of).verdict is Verdict.FAILED
    assert flag in {one.code for one in found.flags}


# --- each rule, and what a liar would try -------------------------------------------------------------------------


def test_a_crop_loan_is_carried_by_the_harvest_inside_it() -> None:
    """The figures above the file, worked out by hand."""
    figures = figures_of(assessed(honest("pear_farmer")))
    assert figures["disposable_income"] == "5410.00"
    assert figures["cap_repayment_capacity"] == "34415.90"
    assert figures["instalment"] == "3521.16"
    assert figures["dscr"] == "1.4422"


@pytest.mark.parametrize(
    "changes",
    [
        (("sales.routes.0.mouth", "borrower"),),  # a field that he alone tells of
        (("sales.routes.0.evidence", ""),),
        (("sales.routes.0.inputs.harvests_per_year", "6"), ("sales.routes.0.inputs.yield_per_mu", "466.6667")),
        # eight months without the harvest bring nothing to carry a loan with
        (("application.first_month_of_cash_flow", "2026-10"),),
    ],
)
def test_without_a_harvest_that_was_measured_it_is_the_mean_month(changes: tuple[tuple[str, Any], ...]) -> None:
    assert figures_of(with_facts("pear_farmer", *changes))["cap_repayment_capacity"] == "28404.28"


def test_a_higher_season_inside_the_term_gains_no_more_than_the_year() -> None:
    """All in September: 12 × 9 160 − 30 000 = 79 920, more than the year's 64 920: 12 × 0.7 × 5 410 ÷ 1.0666."""
    everything = ["0"] * 8 + ["12"] + ["0"] * 3
    figures = figures_of(with_facts("pear_farmer", ("sales.calendar_factors", everything)))
    assert figures["cap_repayment_capacity"] == "42606.41"


def test_a_loan_in_equal_instalments_is_not_carried_by_a_harvest() -> None:
    """Paid every month, so that the mean month holds: 70 % × 5 410 × annuity of 8 months at 0.9 % (7.685345)."""
    found = with_facts("pear_farmer", ("application.repayment_method", "equal_instalment"))
    assert str(found.sizing.caps["repayment_capacity"]).startswith("29104.")


@pytest.mark.parametrize(
    ("of", "change", "wanted"),
    [
        # by the season 26 375 is due, 30 % either way 18 462.50 to 34 287.50; by the mean month up to 52 149.50
        ("DEPOSITS", ("assets.deposits", "18463"), "passed"),
        ("DEPOSITS", ("assets.deposits", "18462"), "failed"),
        ("DEPOSITS", ("assets.deposits", "52149"), "passed"),
        ("DEPOSITS", ("sales.calendar_factors", None), "failed"),
        ("WAGES", ("payroll.staff_paid", "1"), "failed"),
        ("WAGES", ("site_visit.visited_on", "2026-09-20"), "failed"),
        ("METERS_1", ("meters.0.period_to", "2025-09-30"), "failed"),
        ("METERS_1", ("meters.0.period_to", "2026-02-28"), "failed"),  # January sold
        ("METERS_1", ("meters.0.period_to", "2026-03-05"), "none"),
        ("CONCENTRATION", ("customers.0.owed", "5000"), "failed"),
        ("CONCENTRATION", ("customers.0.credit_days", "30"), "failed"),
        ("CONCENTRATION", ("customers.0.asked", "no"), "failed"),
        ("CONCENTRATION", ("customers", []), "failed"),
        ("PURPOSE_LIFE", ("application.purpose_items.0.kind", "equipment"), "failed"),
        ("UTILITIES", ("utilities.1.billed_every_months", None), "failed"),
        ("UTILITIES", ("utilities.1.paid_until", "2025-02-16"), "failed"),  # 387 days, 45 + 11 × 31 = 386 allowed
        ("UTILITIES", ("utilities.1.paid_until", "2025-02-17"), "passed"),
        ("UTILITIES", ("utilities.1.arrears_amount", "300"), "failed"),
        ("UTILITIES", ("utilities.1.months_behind", "1"), "failed"),
    ],
)
def test_the_farmer(of: str, change: tuple[str, Any], wanted: str) -> None:
    assert verdict("pear_farmer", of, change) == wanted


@pytest.mark.parametrize(
    ("of", "change", "wanted"),
    [
        ("USES_OF_PROFIT", ("business.years", "1"), "failed"),
        ("USES_OF_PROFIT", ("business.years_on_paper", "4"), "failed"),
        ("USES_OF_PROFIT", ("business.licence_since", "2025-09-10"), "failed"),
        ("METERS_1", ("business.years", "1.5"), "failed"),
        ("METERS_1", ("business.years_on_paper", "1.5"), "failed"),
        ("EQUITY", ("equity_history.depreciation", "70000"), "failed"),  # what a drawing hidden as wear runs into
        ("RECEIVABLE_DAYS", ("assets.receivables_total", "3368"), "passed"),  # two days are 3 368.42
        ("RECEIVABLE_DAYS", ("assets.receivables_total", "3369"), "failed"),
        ("UTILITIES", ("utilities.1.billed_every_months", None), "failed"),
    ],
)
def test_the_new_shop(of: str, change: tuple[str, Any], wanted: str) -> None:
    assert verdict("milk_tea", of, change) == wanted


@pytest.mark.parametrize(
    ("of", "change", "wanted"),
    [
        ("PUBLIC_RECORDS_FOUND", ("business.licence_exemption", None), "failed"),
        ("PUBLIC_RECORDS_FOUND", ("business.form", "individual_business"), "failed"),
        # 15 000 a month and more is over 100 000 a year
        ("PUBLIC_RECORDS_FOUND", ("business.licence_exemption", "small_online"), "failed"),
        ("PUBLIC_RECORDS_FOUND", ("business.licence_exemption", "handy_labour"), "passed"),
        ("PUBLIC_RECORDS_FOUND", ("public_records.0.found", "yes"), "failed"),
        ("YEARS", ("accounts.supplier", None), "failed"),
        ("YEARS", ("accounts.supplier.years", "7"), "failed"),
        ("YEARS", ("accounts.supplier.years", "8"), "passed"),
        ("YEARS", ("business.exemption_seen", "no"), "failed"),
        ("RENT", ("operating_costs.0.item", "杂费"), "failed"),
        ("RENT", ("operating_costs.0.monthly_amount", "200"), "failed"),
        ("PRODUCT_FITS", ("application.product", "equipment"), "failed"),
    ],
)
def test_the_stall_without_a_licence(of: str, change: tuple[str, Any], wanted: str) -> None:
    assert verdict("breakfast_stall", of, change) == wanted


@pytest.mark.parametrize(
    ("of", "change", "wanted"),
    [
        ("PHOTOS", ("photos.items.1.elsewhere", "no"), "failed"),
        ("PHOTOS", ("photos.items.0.elsewhere", "yes"), "missing"),  # none of the premises is left
        ("PHOTOS", ("photos.items.0.lat", "28.3900"), "failed"),
        ("PHOTOS", ("photos.items.1.same_file_as_other_case", "yes"), "failed"),
        ("LENDERS", ("liabilities.1.creditor", ""), "failed"),
        ("LENDERS", ("liabilities.2.creditor", "银行"), "passed"),
    ],
)
def test_the_seller_without_a_shop(of: str, change: tuple[str, Any], wanted: str) -> None:
    assert verdict("taobao_home", of, change) == wanted


@pytest.mark.parametrize(
    ("of", "change", "wanted"),
    [
        ("LEASE", ("premises.lease_years_seen", "2"), "failed"),
        ("LEASE", ("premises.lease_years_seen", "3"), "passed"),
        ("LEASE", ("premises.lease_years_seen", None), "failed"),
        ("LEASE", ("premises.lease_holder", None), "failed"),
        ("LEASE", ("premises.lease_holder", "程小梅"), "passed"),
        ("LEASE", ("premises.lease_until", "2026-10-07"), "failed"),  # it has run out already
        ("LEASE", ("application.term_months", "97"), "failed"),  # eight years in a row are 96 months
        ("PURPOSE_LIFE", ("application.term_months", "24"), "passed"),
        ("PURPOSE_LIFE", ("application.term_months", "25"), "failed"),
        ("PURPOSE_LIFE", ("application.purpose_items.0.kind", "equipment"), "failed"),
        ("PURPOSE_LIFE", ("application.purpose_class", "project"), "failed"),
        # 80 412.80 by the mean month, 107 412.80 with the rent of nine months not yet due; 30 % above is 139 636.64
        ("DEPOSITS", ("assets.deposits", "139636"), "passed"),
        ("DEPOSITS", ("operating_costs.0.paid_every_months", None), "passed"),
        # February to October sell 7.6 months' worth: 14 000 + 7.6 × 18 579.20 − 9 × 11 200 = 54 401.92; 30 % below it
        ("DEPOSITS", ("assets.deposits", "38082"), "passed"),
        ("DEPOSITS", ("assets.deposits", "38081"), "failed"),
    ],
)
def test_the_stall_by_the_year(of: str, change: tuple[str, Any], wanted: str) -> None:
    assert verdict("market_stall", of, change) == wanted


def test_rent_by_the_year_explains_savings_only_up_to_one_period() -> None:
    """Without its rhythm 110 000 is out of reach of 80 412.80; with a rent by the month again."""
    kept = (("assets.deposits", "138000"),)
    assert verdict("market_stall", "DEPOSITS", *kept) == "passed"
    assert verdict("market_stall", "DEPOSITS", *kept, ("operating_costs.0.paid_every_months", "1")) == "failed"


@pytest.mark.parametrize(
    "names",
    [
        (
            "中国农业银行股份有限公司青石县支行",
            "农业银行",
            "农行城关分理处",
            " 中国农业银行 （青石） ",
            "中国农业银行",
        ),
        ("浙江网商银行股份有限公司", "网商银行", "网商银行网商贷"),
        ("青石县农村商业银行城关支行", "青石县农商行", "青石县农村商业银行股份有限公司", "青石县农商银行"),
        ("中国邮政储蓄银行", "邮储银行青石支行", "邮政储蓄银行"),
        ("中国银行青石支行", "中行", "中国银行股份有限公司"),
        ("众信小额贷款有限公司", "众信小额贷款", "众信小额贷款（青石）分公司"),
        ("ＡＢＣ消费金融有限公司", "abc消费金融"),
    ],
)
def test_one_institution_by_its_names(names: tuple[str, ...]) -> None:
    assert len({institution_name(name) for name in names}) == 1
    assert institution_name(names[0])


def test_different_institutions_stay_different() -> None:
    banks = (
        "农行",
        "农发行",
        "青石县农商行",
        "白水县农商行",
        "青石县村镇银行",
        "江苏银行",
        "北京银行",
        "微众银行",
        "网商银行",
    )
    others = ("福建行健小额贷款公司", "建行", "中国银行", "中信银行", "平台贷", "消费贷", "青石县信用社")
    names = (*banks, *others)
    assert len({institution_name(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["", " ", "银行", "农商行", "信用社", "村镇银行"])
def test_a_word_for_any_bank_names_nobody(name: str) -> None:
    assert institution_name(name) == ""


def test_a_debt_due_at_the_harvest_does_not_eat_the_spring() -> None:
    """Each lean month loses 3 000 and 288 of interest; the supplier's 6 000 leave in October, with six tenths back.

    Opening 24 000; five months at 3 288: 7 560. September 9 × 9 160 − 3 288 = 79 152: 86 712. October 3 000 + 6 000 +
    19 200 + 288: 58 224. November 3 000 + 12 800 + 115.20: 42 308.80.
    """
    flow = assessed(honest("pear_farmer")).cash_flow
    assert isinstance(flow, CashFlow)
    closing = [str(month.closing.quantize(Decimal("0.01"))) for month in flow.months]
    assert closing == [
        "20712.00", "17424.00", "14136.00", "10848.00", "7560.00", "86712.00", "58224.00", "42308.80",
    ]  # fmt: skip
    assert [month.existing_debt_service for month in flow.months] == [0, 0, 0, 0, 0, 0, 6000, 0]


@pytest.mark.parametrize("due", [None, "2026-03-31", "2026-12-01"])
def test_a_debt_due_outside_of_the_months_shown_stays_spread(due: str | None) -> None:
    paid = ("liabilities.0.monthly_payment", "100")
    flow = with_facts("pear_farmer", ("liabilities.0.due_date", due), paid).cash_flow
    assert isinstance(flow, CashFlow)
    assert {month.existing_debt_service for month in flow.months} == {850}
