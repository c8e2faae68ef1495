"""Facts come in as texts at named paths, and what is not a fact or not of its kind is refused by name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.figures import Missing, Why
from officer_app.credit.reading import read_facts
from officer_app.credit.vocabulary import VOCABULARY, label_of, spec_of


def refusal(tree: dict[str, Any]) -> Fault:
    with pytest.raises(Fault) as caught:
        read_facts(tree)
    return caught.value


def test_all_unknown_paths_are_named_at_once() -> None:
    fault = refusal({"houshold": {}, "sales": {"declared_sales": "1", "routes": [{"inputs": {"sow": "1"}}]}})
    assert fault.code is Code.FACT_UNKNOWN
    assert fault.where == "houshold, sales.declared_sales, sales.routes[0].inputs.sow"


@pytest.mark.parametrize(
    ("tree", "where"),
    [
        ({"application": {"requested_amount": "ten"}}, "application.requested_amount"),
        ({"application": {"requested_amount": "1,000"}}, "application.requested_amount"),
        ({"application": {"requested_amount": "1e5"}}, "application.requested_amount"),
        ({"application": {"requested_amount": "NaN"}}, "application.requested_amount"),
        ({"application": {"term_months": "12.5"}}, "application.term_months"),
        ({"application": {"term_months": ["12"]}}, "application.term_months"),
        ({"application": {"repayment_method": "balloon"}}, "application.repayment_method"),
        ({"application": {"first_month_of_cash_flow": "2025-13"}}, "application.first_month_of_cash_flow"),
        ({"liabilities": {"balance": "1"}}, "liabilities"),
        ({"liabilities": ["x"]}, "liabilities[0]"),
        ({"liabilities": [{"disclosed": "maybe"}]}, "liabilities[0].disclosed"),
        ({"sales": {"month_factors": ["1", "one"]}}, "sales.month_factors[1]"),
        ({"sales": "much"}, "sales"),
    ],
)
def test_a_text_of_the_wrong_kind_is_named(tree: dict[str, Any], where: str) -> None:
    fault = refusal(tree)
    assert (fault.code, fault.where) == (Code.FACT_MALFORMED, where)
    assert all(say(fault.sentence, language) for language in (ENGLISH, CHINESE))


def test_digits_are_kept_as_written() -> None:
    facts = read_facts({"turnover": {"declared_stock_days": "5.0"}})
    assert facts.turnover is not None
    assert str(facts.turnover.declared_stock_days) == "5.0"


def test_absent_means_what_the_rules_say() -> None:
    facts = read_facts({})
    assert facts.assets.vehicles == Decimal(0)
    assert facts.application.upfront_fee_percent == Decimal(0)
    assert facts.sales.cogs_timing == "with_sales"
    assert facts.collateral == ()
    assert facts.staff is None
    assert facts.utilities is None
    assert isinstance(facts.liabilities, Missing)
    assert isinstance(facts.assets.cash_on_hand, Missing)
    assert facts.borrower.name == ""


def test_a_value_out_of_range_is_kept_as_missing_with_its_reason() -> None:
    rent = read_facts({"operating_costs": [{"monthly_amount": "-5"}]}).operating_costs
    assert isinstance(rent, tuple)
    amount = rent[0].monthly_amount
    assert isinstance(amount, Missing)
    assert [(lack.path, lack.why) for lack in amount.lacks] == [("operating_costs[0].monthly_amount", Why.INVALID)]


def test_the_vocabulary_lists_lists_members_and_plain_values() -> None:
    assert VOCABULARY["liabilities[]"].kind.value == "list"
    assert VOCABULARY["liabilities[].kind"].choices == ("institution", "supplier", "customer", "individual")
    assert VOCABULARY["sales.month_factors[]"].kind.value == "number"
    assert VOCABULARY["household.persons"].kind.value == "int"
    assert VOCABULARY["sales.routes[].inputs.day_types[].days_per_month"].unit == "days"
    assert "staff" not in VOCABULARY


def test_every_fact_has_a_label_in_both_languages() -> None:
    for path, spec in VOCABULARY.items():
        assert spec.label, path
        assert say(label_of(path), CHINESE) != say(label_of(path), ENGLISH), path


def test_a_concrete_path_finds_its_declaration() -> None:
    spec = spec_of("liabilities[3].balance")
    assert spec is not None
    assert spec.path == "liabilities[].balance"
    assert spec_of("liabilities[3].colour") is None
    with pytest.raises(KeyError):
        label_of("liabilities[3].colour")
