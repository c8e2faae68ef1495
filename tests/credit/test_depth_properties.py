"""What must hold of any case, drawn from the six cases in depth under the shipped policy."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, getcontext, localcontext
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, BalanceSheet, Verdict
from officer_app.credit.figures import Missing, arithmetic
from tests.support.depth import DEPTH, HONEST, assessed_in_depth, depth_case, whole_answer
from tests.support.sampling import ONE_IN_MANY, sampled
from tests.support.worked import changed, facts_of, leaves, shipped_policy, without

Tree = dict[str, Any]
Path = tuple[str | int, ...]

NAMES = st.sampled_from(DEPTH)
POLICY = shipped_policy()
CASES = {name: depth_case(name) for name in DEPTH}
FOUND = {name: assessed_in_depth(CASES[name]) for name in DEPTH}
BLOCKS = ("application", "borrower", "facts")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def assessed(case: Tree) -> Assessment:
    return assess(facts_of(case), POLICY)


def assessed_if_read(case: Tree) -> Assessment | None:
    """None where the file itself is refused with a clear fault: half a person, a word in place of a number."""
    try:
        facts = facts_of(case)
    except Fault as fault:
        if fault.code in (Code.FACT_MALFORMED, Code.FACT_UNKNOWN) and fault.where:
            return None
        raise
    return assess(facts, POLICY)


# --- order, determinism, purity -----------------------------------------------------------------------------------


def shuffled(node: Any, draw: st.DataObject) -> Any:
    """The same facts with every list of rows in another order; lists of numbers keep theirs: they are months."""
    if isinstance(node, dict):
        return {key: shuffled(value, draw) for key, value in node.items()}
    if isinstance(node, list) and node and isinstance(node[0], dict):
        return [shuffled(row, draw) for row in draw.draw(st.permutations(node))]
    return node


def verdicts(found: Assessment) -> Counter[tuple[str, Verdict]]:
    """Meters are named by their place; everything else by what it is."""
    return Counter((check.id.rstrip("0123456789"), check.verdict) for check in found.checks)


@given(name=NAMES, data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_changes_nothing(name: str, data: st.DataObject) -> None:
    case, before = CASES[name], FOUND[name]
    after = assessed(case | {block: shuffled(case[block], data) for block in ("application", "borrower", "facts")})
    assert whole_answer(after) == whole_answer(before)
    assert {flag.code for flag in after.flags} == {flag.code for flag in before.flags}
    assert verdicts(after) == verdicts(before)
    assert (after.risk_index.index, after.risk_index.grade) == (before.risk_index.index, before.risk_index.grade)


@pytest.mark.parametrize("name", DEPTH)
def test_the_same_facts_give_the_same_assessment_and_stay_as_they_were(name: str) -> None:
    """Whatever was assessed in between, and whatever the arithmetic around it is set to."""
    facts = facts_of(CASES[name])
    was, policy_was = repr(facts), repr(POLICY)
    first = assess(facts, POLICY)
    for other in DEPTH:
        assess(facts_of(CASES[other]), POLICY)
    context = getcontext()
    precision = context.prec
    try:
        context.prec = 5
        second = assess(facts, POLICY)
        assert context.prec == 5
    finally:
        context.prec = precision
    assert repr(second) == repr(first)
    assert repr(facts) == was
    assert repr(POLICY) == policy_was


# --- sizing -------------------------------------------------------------------------------------------------------


def numbers(case: Tree) -> list[tuple[Path, str]]:
    return [
        (path, text)
        for path, text in leaves({block: case[block] for block in BLOCKS})
        if NUMBER.fullmatch(text) and path[-1] not in ("resident_id", "phone")
    ]


@st.composite
def drifted(draw: st.DrawFn) -> Assessment:
    """A case with up to six of its numbers halved, doubled or a little off, assessed."""
    name = draw(NAMES)
    case, places = CASES[name], numbers(CASES[name])
    for path, text in draw(st.lists(st.sampled_from(places), max_size=6)):
        factor = draw(st.sampled_from(["0", "0.5", "0.9", "1.1", "2", "7"]))
        value = Decimal(text) * Decimal(factor)
        case = changed(case, path, f"{value if '.' in text else value.to_integral_value():f}")
    found = assessed_if_read(case)
    assume(found is not None)
    assert found is not None
    return found


@given(drifted())
@settings(max_examples=150, deadline=None)
def test_the_loan_never_exceeds_any_cap_and_is_a_round_sum(found: Assessment) -> None:
    sizing = found.sizing
    loan = sizing.recommended_max_loan
    if isinstance(loan, Missing):
        return
    assert loan >= 0
    assert loan % 1000 == 0
    assert all(loan <= cap for cap in sizing.caps.values() if isinstance(cap, Decimal))


@given(drifted())
@settings(max_examples=150, deadline=None)
def test_balance_sheets_add_up(found: Assessment) -> None:
    with localcontext(arithmetic()):  # as many digits as the analysis keeps; 28 would round a long sum
        adds_up(found.balance_sheet)


def adds_up(sheet: BalanceSheet) -> None:
    for one in (sheet, sheet.business, sheet.household):
        amounts = [line.amount for line in one.lines]
        assert same(sum(amounts[1:], amounts[0]), one.total_assets_declared)
        assert same(one.total_assets_declared - one.total_liabilities_declared, one.equity_declared)
        assert same(one.total_assets_adjusted - one.total_liabilities_adjusted, one.equity_adjusted)
        assert same(one.total_liabilities_declared + one.undisclosed_debt_found, one.total_liabilities_adjusted)
    for total in SHARED:
        assert same(getattr(sheet.business, total) + getattr(sheet.household, total), getattr(sheet, total))


SHARED = [
    name for name in BalanceSheet.__dataclass_fields__ if name not in ("lines", "contingent", "business", "household")
]


def same(one: Any, other: Any) -> bool:
    """The same number, or both wait for a fact."""
    return isinstance(one, Missing) and isinstance(other, Missing) if isinstance(one, Missing) else one == other


# --- more income --------------------------------------------------------------------------------------------------

# What each kind of route grows with; the money that is no sale grows along.
GROWS = {
    "crop": ("area_mu",), "output_proxy": ("quantity_per_month", "other_sales"), "hand_book": ("monthly_sales",),
    "invoices": ("invoiced_total",), "cashless": ("gross_inflow", "own_transfers", "refunds"),
    "recipe": ("quantity_per_month", "other_sales"), "meter": ("price_per_output",),
    "purchases": ("opening_stock", "monthly_purchases", "closing_stock"), "capacity": ("average_ticket",),
    "proxy": ("quantity_per_month", "other_sales"), "bank_net": ("gross_inflow", "own_transfers"),
    "commission": ("total_paid", "other_sales"), "trips": ("quantity_per_month", "other_sales"),
    "fuel": ("fuel_paid", "other_sales"), "day_types": (), "footfall": ("average_ticket",),
    "book": ("monthly_sales",),
}  # fmt: skip


def with_sales(case: Tree, factor: Decimal, which: set[str] | None = None) -> Tree:
    """All routes and the sales told times the factor, or only those named."""
    new = copy.deepcopy(case)
    sales = new["facts"]["sales"]
    for route in sales["routes"]:
        if which is None or route["id"] in which:
            for key in GROWS[route["kind"]]:
                if key in route["inputs"]:
                    route["inputs"][key] = f"{Decimal(route['inputs'][key]) * factor:f}"
            for day in route["inputs"].get("day_types", ()):
                day["average_sales_per_day"] = f"{Decimal(day['average_sales_per_day']) * factor:f}"
    if which is None:
        sales["declared_monthly_sales"] = f"{Decimal(sales['declared_monthly_sales']) * factor:f}"
    return new


FACTORS = st.decimals("1", "3", places=2)


def capacity_cap(found: Assessment) -> Decimal:
    cap = found.sizing.caps["repayment_capacity"]
    assert isinstance(cap, Decimal)
    return cap


@given(name=NAMES, factor=FACTORS)
@settings(max_examples=60, deadline=None)
def test_more_sales_on_every_route_never_lower_the_capacity(name: str, factor: Decimal) -> None:
    before, after = FOUND[name], assessed(with_sales(CASES[name], factor))
    sold, more = before.income.adopted_monthly_sales, after.income.adopted_monthly_sales
    assert isinstance(sold, Decimal)
    assert isinstance(more, Decimal)
    assert abs(more - sold * factor) < Decimal("0.0000001")  # the test does raise the sales
    assert capacity_cap(after) >= capacity_cap(before)


@given(name=NAMES, factor=FACTORS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_more_on_some_routes_never_lowers_the_capacity(name: str, factor: Decimal, data: st.DataObject) -> None:
    routes = [route["id"] for route in CASES[name]["facts"]["sales"]["routes"]]
    which = data.draw(st.sets(st.sampled_from(routes)))
    assert capacity_cap(assessed(with_sales(CASES[name], factor, which))) >= capacity_cap(FOUND[name])


@given(name=NAMES, amount=st.integers(0, 20000), seen=st.sampled_from(["yes", "no"]))
@settings(max_examples=60, deadline=None)
def test_more_other_income_never_lowers_the_capacity(name: str, amount: int, seen: str) -> None:
    new = copy.deepcopy(CASES[name])
    new["facts"]["household"]["other_income"].append(
        {"item": "租金", "monthly_amount": str(amount), "verified": seen}
    )
    assert capacity_cap(assessed(new)) >= capacity_cap(FOUND[name])


# --- worse facts --------------------------------------------------------------------------------------------------


def plus(case: Tree, path: Path, amount: int) -> None:
    node: Any = case
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = str(Decimal(node.get(path[-1], "0")) + amount)


def larger_debt(facts: Tree, amount: int) -> None:
    plus(facts, ("liabilities", 0, "balance"), amount)
    plus(facts, ("liabilities", 0, "monthly_payment"), amount // 20)


def hidden_debt(facts: Tree, amount: int) -> None:
    facts["liabilities"].append(
        {
            "creditor": "民间", "kind": "individual", "balance": str(amount), "monthly_payment": str(amount // 25),
            "disclosed": "no", "plan": "none",
        }
    )  # fmt: skip


def private_transfer(facts: Tree, amount: int) -> None:
    facts.setdefault("unexplained_regular_outflows", []).append(
        {"counterparty": "individual", "monthly_amount": str(amount // 40), "assumed_monthly_rate_percent": "2"}
    )


def bad_soft_item(facts: Tree, _: int) -> None:
    facts["soft_information"].append({"item": "又一件", "answer": "no", "good_answer": "yes"})


def soft_item_unanswered(facts: Tree, _: int) -> None:
    facts["soft_information"].append({"item": "没问到", "answer": "not_answered", "good_answer": "yes"})


def soft_item_turned(facts: Tree, _: int) -> None:
    item = next(item for item in facts["soft_information"] if item["answer"] == item["good_answer"])
    item["answer"] = "no" if item["answer"] == "yes" else "yes"


def proven_lie(facts: Tree, _: int) -> None:
    facts["lies"] = [{"about": "销售额", "said": "多", "found": "少"}]


def guarantee_for_another(facts: Tree, amount: int) -> None:
    facts.setdefault("guarantees_given", []).append({"beneficiary": "外人", "amount": str(amount)})


def more_at(*path: str | int, by: int = 1) -> Callable[[Tree, int], None]:
    return lambda facts, amount: plus(facts, path, amount // by)


WORSE: dict[str, Callable[[Tree, int], None]] = {
    "larger debt": larger_debt,
    "hidden debt": hidden_debt,
    "private transfer": private_transfer,
    "bad soft item": bad_soft_item,
    "soft item without an answer": soft_item_unanswered,
    "soft item turned": soft_item_turned,
    "proven lie": proven_lie,
    "guarantee for another": guarantee_for_another,
    "dearer household": more_at("household", "monthly_expenses", 0, "monthly_amount", by=20),
    "higher fixed costs": more_at("operating_costs", 0, "monthly_amount", by=20),
    "bill behind": more_at("utilities", 0, "arrears_amount"),
    "overdue now": more_at("credit_report", "overdue_now"),
    "often late": more_at("credit_report", "overdue_times_24m", by=2000),
    "long late": more_at("credit_report", "worst_overdue_months", by=2000),
    "many queries": more_at("credit_report", "queries_3m", by=2000),
    "old receivables": more_at("assets", "receivables_over_12_months", by=20),
    "goods of others": more_at("assets", "borrowed_goods", by=20),
    "money of the household": more_at("assets", "household_cash"),
    "dearer goods": more_at("products", 0, "unit_cost", by=1_000_000_000),
}


@given(
    name=st.sampled_from(HONEST),
    changes=st.lists(
        st.tuples(st.sampled_from(sorted(WORSE)), st.integers(1, 60000)),
        min_size=1,
        max_size=3,
        unique_by=lambda x: x[0],
    ),
)
@settings(max_examples=200, deadline=None)
def test_worse_facts_never_raise_the_index_nor_the_loan(name: str, changes: list[tuple[str, int]]) -> None:
    """From an honest file on; a smaller loan may be lighter to carry, so the index is compared at the same loan."""
    new = copy.deepcopy(CASES[name])
    for what, amount in changes:
        WORSE[what](new["facts"], amount)
    before, after = FOUND[name], assessed(new)
    loan, less = before.sizing.recommended_max_loan, after.sizing.recommended_max_loan
    assert isinstance(loan, Decimal)
    assert isinstance(less, Decimal)
    assert less <= loan
    was, now = parts_of(before), parts_of(after)
    assert now["willingness"] <= was["willingness"]
    assert now["consistency"] <= was["consistency"]
    if after.capacity.tested_loan == before.capacity.tested_loan:
        assert all(now[part] <= was[part] for part in was)
        assert str(before.risk_index.grade) <= str(after.risk_index.grade)  # A comes before D


def parts_of(found: Assessment) -> dict[str, Decimal]:
    return {part.name: part.points for part in found.risk_index.parts if isinstance(part.points, Decimal)}


# --- absurd input -------------------------------------------------------------------------------------------------

ABSURD = ("", "0", "-5", "999999999999999999", "-999999999999999999", "0.000000000000000001", "1e9", "NaN", "万")
DATES = ("1900-01-01", "2099-12-31", "2026-02-30", "10/08/2026")
SLIP = re.compile(r"\b(NaN|Infinity)\b")


def sane(found: Assessment) -> None:
    """No number that is none, nothing above a cap, and every check and flag can be said in both languages."""
    assert not SLIP.search(repr((found.sizing, found.capacity, found.income, found.stress, found.risk_index)))
    for check in found.checks:
        for language in (ENGLISH, CHINESE):
            assert say(check.title, language)
            assert say(check.sentence, language)
        assert check.verdict is not Verdict.MISSING or check.missing
    for cause in found.causes:
        assert say(cause.sentence, CHINESE)
    assert {cause.kind.code for cause in found.causes} == {flag.code for flag in found.flags}
    loan = found.sizing.recommended_max_loan
    assert isinstance(loan, Missing) or loan >= 0


def every_leaf(name: str) -> list[Path]:
    return [path for path, _ in leaves({block: CASES[name][block] for block in BLOCKS})]


def every_node(node: Any, path: Path = ()) -> Iterator[Path]:
    """Every block, row and fact that may be left out."""
    if path:
        yield path
    rows = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in rows:
        yield from every_node(value, (*path, key))


@given(name=NAMES, data=st.data())
@settings(max_examples=150, deadline=None)
def test_an_absurd_entry_is_asked_about_or_refused_and_never_breaks(name: str, data: st.DataObject) -> None:
    case = CASES[name]
    for path in data.draw(st.lists(st.sampled_from(every_leaf(name)), min_size=1, max_size=4)):
        is_day = bool(re.fullmatch(r"\d{4}-\d\d(-\d\d)?", str(node_at(case, path))))
        case = changed(case, path, data.draw(st.sampled_from(DATES if is_day else ABSURD)))
    found = assessed_if_read(case)
    if found is not None:
        sane(found)


def node_at(case: Tree, path: Path) -> Any:
    node: Any = case
    for part in path:
        node = node[part]
    return node


@given(name=NAMES, data=st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_left_out_the_rest_is_assessed(name: str, data: st.DataObject) -> None:
    case = CASES[name]
    for _ in range(data.draw(st.integers(1, 5))):
        places = [(block, *path) for block in BLOCKS for path in every_node(case[block]) if path]
        case = without(case, data.draw(st.sampled_from(places)))
    found = assessed_if_read(case)
    if found is not None:
        sane(found)


@pytest.mark.parametrize("name", DEPTH)
def test_every_entry_absurd_in_turn_and_every_node_left_out(name: str, full: bool) -> None:
    case = CASES[name]
    for path in sampled(every_leaf(name), name, full=full, one_in=ONE_IN_MANY):
        for text in (*ABSURD, *DATES):
            found = assessed_if_read(changed(case, path, text))
            if found is not None:
                sane(found)
    for block in BLOCKS:
        for path in sampled(every_node(case[block]), name, full=full, one_in=ONE_IN_MANY):
            found = assessed_if_read(without(case, (block, *path)))
            if found is not None:
                sane(found)


@pytest.mark.parametrize("name", DEPTH)
def test_a_shop_of_900_square_metres_that_sells_for_three_yuan_is_a_slip(name: str) -> None:
    case = copy.deepcopy(CASES[name])
    case["facts"]["sales"]["declared_monthly_sales"] = "3"
    case["facts"]["premises"]["area_m2"] = "900"
    found = assessed(case)
    sane(found)
    assert "SALES_ABSURD" in {flag.code for flag in found.flags}
    assert found.sizing.recommended_max_loan == 0


@pytest.mark.parametrize("name", DEPTH)
def test_dates_in_the_wrong_order_are_flagged(name: str) -> None:
    """A bureau asked before the consent, a report and searches from after the end of time, a lease of the past."""
    case = copy.deepcopy(CASES[name])
    facts = case["facts"]
    facts["consents"]["bureau_consent_on"] = "2026-12-31"
    facts["premises"]["lease_until"] = "2001-01-01"
    facts["premises"]["rent_paid_until"] = "2001-01-01"
    facts["site_visit"]["visited_on"] = "2026-10-08"
    case["application"]["payout_date"] = "2026-01-01"
    case["application"]["first_due_date"] = "2025-01-01"
    found = assessed(case)
    sane(found)
    codes = {flag.code for flag in found.flags}
    assert codes >= {"QUERY_WITHOUT_CONSENT", "LEASE_ENDS_BEFORE_LOAN", "UTILITY_ARREARS"}


@pytest.mark.parametrize("name", DEPTH)
def test_people_who_guarantee_for_each_other_in_a_circle_are_found(name: str) -> None:
    """The borrower for A, A for B, B for the borrower: no end, and no security."""
    case = copy.deepcopy(CASES[name])
    who = case["borrower"]["name"]
    case["facts"]["guarantees_given"] = [{"beneficiary": "甲", "amount": "10000"}]
    case["facts"]["joint_group"] = {
        "name": "三户联保",
        "members": [{"name": "甲", "guarantees_for": ["乙"]}, {"name": "乙", "guarantees_for": [who]}],
    }
    found = assessed(case)
    sane(found)
    assert "GUARANTEE_CIRCLE" in {flag.code for flag in found.flags}
