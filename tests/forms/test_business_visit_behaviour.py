"""The checklist in use: it asks what applies, refuses what cannot be, adds up, and speaks both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from officer_app.checklists.journal import Violation
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Item, Question, QuestionType, RepeatBlock
from officer_app.credit.facts.routes import RouteKind
from officer_app.credit.routes import RULES
from tests.support.visits import new_visit

ROUTE = "/data/sales/route[1]/route_block"
BESIDE_INPUTS = {"kind", "name", "id", "mouth", "evidence"}
# Inputs that a kind can do without; those that the case tells elsewhere stand in the rule.
OPTIONAL = {
    "unit",
    "output_unit",
    "other_sales",
    "refunds",
    "cost_per_unit",
    "meter",
    "base_quantity",
    "fuel_paid",
    "diesel_price_per_litre",
    "return_yuan_per_tkm",
    "days_on_road",
    "harvests_per_year",
}


def _questions(items: tuple[Item, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Block):
            yield from item.questions
        elif isinstance(item, RepeatBlock):
            for instance in item.instances:
                yield from _questions(instance.items)


def _relevant(session: FormSession, section: str) -> list[Question]:
    return [each for each in _questions(session.section(f"/data/{section}", "zh_CN").items) if each.relevant]


def _of_route(session: FormSession) -> dict[str, Question]:
    asked = [each for each in _relevant(session, "sales") if each.fact and each.fact.startswith("sales.routes[]")]
    return {each.fact.removeprefix("sales.routes[].").removeprefix("inputs."): each for each in asked if each.fact}


def test_no_input_of_a_route_is_asked_before_its_kind() -> None:
    assert set(_of_route(new_visit())) == BESIDE_INPUTS


@pytest.mark.parametrize("kind", list(RouteKind))
def test_each_kind_of_route_requires_what_its_rule_needs(kind: RouteKind) -> None:
    """The form and the rules must not drift apart."""
    session = new_visit()
    session.set(f"{ROUTE}/route_kind", kind.value)
    asked = {path: each for path, each in _of_route(session).items() if path not in BESIDE_INPUTS}
    required = {path.partition("[]")[0] for path, each in asked.items() if each.required}
    rule = RULES[kind]
    assert required == set(rule.needs) - set(rule.elsewhere)
    assert set(rule.elsewhere) <= set(asked)
    optional = {path for path, each in asked.items() if not each.required and not path.startswith("day_types[]")}
    assert optional <= OPTIONAL | set(rule.elsewhere)


def test_another_kind_keeps_what_was_typed_and_gives_only_what_applies() -> None:
    session = new_visit()
    for name, text in (("route_kind", "book"), ("route_name", "账本"), ("route_book_sales", "990")):
        session.set(f"{ROUTE}/{name}", text)
    session.set(f"{ROUTE}/route_kind", "units")
    assert session.facts() == {"sales": {"routes": [{"id": "route_1", "name": "账本", "kind": "units"}]}}
    session.set(f"{ROUTE}/route_kind", "book")
    routes = session.facts()["sales"]
    assert routes == {
        "routes": [{"id": "route_1", "name": "账本", "kind": "book", "inputs": {"monthly_sales": "990"}}]
    }


def test_marks_come_by_themselves_and_stay() -> None:
    session = new_visit()
    session.add_repeat("/data/sales/route")
    second = "/data/sales/route[2]/route_block"
    session.set(f"{ROUTE}/route_kind", "book")
    session.set(f"{second}/route_kind", "cashless")
    session.set(f"{ROUTE}/route_mark", "diary")
    session.set(f"{ROUTE}/route_kind", "units")
    assert session.question(f"{ROUTE}/route_mark", "en").value == "diary"
    assert session.question(f"{second}/route_mark", "en").value == "route_2"
    session.set(f"{second}/route_mark", "diary")
    violation = session.question(f"{second}/route_mark", "en").violation
    assert violation is not None
    assert violation.text.endswith("not used twice.")


@pytest.mark.parametrize(
    ("ref", "refused", "taken"),
    [
        ("application/request/requested_amount", ["0", "-5"], ["50000.00"]),
        ("application/request/term_months", ["0", "121", "-1"], ["12"]),
        ("application/request/annual_rate_percent", ["-1", "100.5"], ["0", "13.2", "100"]),
        ("application/request/first_payment_month", ["1999-12-01"], ["2026-11-01"]),
        ("application/purpose_item[1]/purpose_item_amount", ["-0.01"], ["0", "45000.00"]),
        ("person/identity/resident_id", ["99010119681204917", "99010119681204917Y"], ["99010119681204917X"]),
        ("person/identity/borrower_phone", ["1990000123", "29900001234"], ["19900001234"]),
        ("person/family/household_persons", ["0", "31"], ["4"]),
        ("stock/liquid/cash_on_hand", ["-1"], ["0", "4200.00"]),
        ("debts/debt_sources/credit_report_date", ["2026-10-09"], ["2026-10-08"]),
        ("equity/equity_begin/equity_start", ["2026-11-01"], ["2019-03-01"]),
        ("products/product[1]/product_share", ["101"], ["45"]),
        ("products/product[1]/product_price", ["0"], ["5.00"]),
    ],
)
def test_what_cannot_be_is_said_so_and_kept(ref: str, refused: list[str], taken: list[str]) -> None:
    session = new_visit()
    for text in refused:
        session.set(f"/data/{ref}", text)
        question = session.question(f"/data/{ref}", "zh_CN")
        assert question.violation is not None, text
        assert question.violation.kind is Violation.CONSTRAINT
        assert question.violation.text
        assert question.value == text
    for text in taken:
        session.set(f"/data/{ref}", text)
        assert session.question(f"/data/{ref}", "zh_CN").violation is None, text


def test_old_receivables_are_part_of_all() -> None:
    session = new_visit()
    session.set("/data/stock/has_receivables", "yes")
    block = "/data/stock/receivables"
    session.set(f"{block}/receivables_over_12m", "9000")
    assert session.question(f"{block}/receivables_over_12m", "en").violation is None
    session.set(f"{block}/receivables_total", "8000")
    assert session.question(f"{block}/receivables_over_12m", "en").violation is not None


def test_an_outflow_needs_a_rate_or_months() -> None:
    session = new_visit()
    session.set("/data/debts/has_outflows", "yes")
    rate = "/data/debts/outflow[1]/outflow_rate"
    assert session.question(rate, "en").required
    session.set("/data/debts/outflow[1]/outflow_months", "10")
    assert not session.question(rate, "en").required


def test_sums_are_said_while_one_fills() -> None:
    session = new_visit()
    session.add_repeat("/data/products/product")
    session.set("/data/products/product[1]/product_share", "45")
    session.set("/data/products/product[2]/product_share", "45.5")
    note = session.question("/data/products/product_share_note", "zh_CN")
    assert note.label.strip() == "占比合计 90.5%，要正好 100%。"
    assert session.question("/data/costs/cost_total_note", "en").label.strip() == "Costs together 0 yuan a month."


def test_months_are_counted_from_the_payout() -> None:
    session = new_visit()
    session.set("/data/application/request/first_payment_month", "2026-11-01")
    session.set("/data/sales/has_seasons", "yes")
    labels = [session.question(f"/data/sales/month_factor[{n}]/month_level", "zh_CN").label for n in (1, 2, 3, 12)]
    assert [label.strip().partition(" ")[0] for label in labels] == ["11", "12", "1", "10"]


def test_principal_by_month_follows_the_term() -> None:
    session = new_visit()
    session.set("/data/application/request/term_months", "3")
    session.set("/data/application/request/repayment_method", "principal_schedule")
    for number, share in enumerate(("0", "0.25", "0.75"), 1):
        session.set(f"/data/application/principal_share[{number}]/principal_part", share)
    assert session.facts()["application"] == {
        "term_months": "3",
        "repayment_method": "principal_schedule",
        "principal_share_by_month": ["0", "0.25", "0.75"],
    }
    note = session.question("/data/application/principal_total_note", "en")
    assert note.label.strip() == "All months together: 1; it must be exactly 1."
    session.set("/data/application/request/repayment_method", "equal_instalment")
    assert "principal_share_by_month" not in session.facts()["application"]


def test_fixed_questions_are_asked_in_the_readers_language() -> None:
    session = new_visit()
    ref = "/data/soft/soft_row[7]/soft_answer"
    assert session.question(ref, "zh_CN").label == "员工干得长吗"
    assert session.question(ref, "en").label == "Do his people stay?"
    assert session.question(ref, "en").hint.startswith("Ask the staff")
    assert [choice.label for choice in session.question(ref, "zh_CN").choices] == ["是", "否", "没问到"]


@pytest.mark.parametrize(
    ("method", "questions"),
    [
        ("sold", {"comparable_price"}),
        ("sold_area", {"area_m2", "comparable_area_price"}),
        ("rent", {"net_rent", "capitalisation_rate"}),
        ("cost", {"replacement_cost", "depreciation_percent"}),
        ("count", {"counted_value"}),
    ],
)
def test_only_the_chosen_valuation_is_asked(method: str, questions: set[str]) -> None:
    session = new_visit()
    session.set("/data/collateral_section/has_collateral", "yes")
    before = {each.name for each in _relevant(session, "collateral_section")}
    session.set("/data/collateral_section/collateral[1]/collateral_block/valuation_methods", method)
    assert {each.name for each in _relevant(session, "collateral_section")} - before == questions


def test_a_no_hides_all_behind_it() -> None:
    session = new_visit()
    gates = [
        each.ref for each in _all(session) if each.type is QuestionType.SELECT_ONE and each.name.startswith("has_")
    ]
    for ref in gates:
        session.set(ref, "no")
    hidden = {"debt_creditor", "outflow_amount", "guarantee_for", "guarantor_relation", "collateral_type", "peer_low"}
    assert not hidden & {each.name for each in _all(session)}


def _all(session: FormSession) -> list[Question]:
    return [
        each
        for section in session.sections("zh_CN")
        if section.relevant
        for each in _questions(section.items)
        if each.relevant
    ]


def test_the_place_is_read_from_the_point() -> None:
    session = new_visit()
    session.set("/data/shots/place/premises_point", "28.20010 112.98020 31.5 4")
    assert session.facts() == {"photos": {"premises_lat": "28.2001", "premises_lon": "112.9802"}}


def test_the_shots_that_apply_are_asked() -> None:
    session = new_visit()
    shots = {each.name for each in _relevant(session, "shots") if each.type is QuestionType.IMAGE}
    assert {"shot_stock", "shot_equipment", "shot_collateral"}.isdisjoint(shots)
    session.set("/data/stock/goods/inventory_counted", "88000.00")
    session.set("/data/stock/fixed_assets/machinery_equipment", "45000")
    session.set("/data/collateral_section/has_collateral", "yes")
    more = {each.name for each in _relevant(session, "shots") if each.type is QuestionType.IMAGE}
    assert more - shots == {"shot_stock", "shot_equipment", "shot_collateral", "shot_collateral_paper"}
