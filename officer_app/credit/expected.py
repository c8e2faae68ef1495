"""The assessment as the worked cases print it: strings, rounded half up. Source: cases/README, section 9."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import localcontext
from typing import Final, TypeAlias

from officer_app.base.canonical import Json
from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, say
from officer_app.credit.assessment import Assessment, CashFlow, CheckResult, CollateralItem, Field, Verdict
from officer_app.credit.figures import HUNDRED, Missing, NotDefined, Ratio, Truth, arithmetic
from officer_app.credit.flagkinds import flag_kinds
from officer_app.credit.rounding import ROUNDING, printed
from officer_app.credit.stress import SALES_DROP

Block: TypeAlias = dict[str, Json]

_YES_NO: Final = {True: "yes", False: "no"}
_RESULTS: Final = {Verdict.PASSED: "pass", Verdict.FAILED: "fail"}


def expected_block(assessment: Assessment, *, allow_missing: bool = False) -> Block:
    """The content of `expected:`.

    A part that cannot be told stands as {"missing": [paths]} when allowed. Errors: FACTS_MISSING otherwise, `where`
    holds all paths.
    """
    printer = _Printer(assessment)
    with localcontext(arithmetic()):
        block = printer.block()
    if printer.missing and not allow_missing:
        paths = ", ".join(dict.fromkeys(printer.missing))
        raise Fault(Code.FACTS_MISSING, where=paths, paths=paths)
    return block


class _Printer:
    """Prints one assessment and notes what was missing on the way."""

    def __init__(self, assessment: Assessment) -> None:
        self._of = assessment
        self._places = assessment.policy[ROUNDING]
        self.missing: list[str] = []

    def block(self) -> Block:
        of = self._of
        block: Block = {
            "balance_sheet": self._balance_sheet(),
            "income_statement_month": self._income(),
            "household_month": self._household(),
            "cross_checks": [self._check(check) for check in of.checks if check.counted],
            "cross_checks_passed": str(of.checks_passed),
            "cross_checks_counted": str(of.checks_counted),
            "collateral": [self._pledge(item) for item in of.collateral],
            "collateral_lendable_total": self._money(of.collateral_lendable_total),
            "guarantors": [{"id": item.id, "cover": self._ratio(item.cover)} for item in of.guarantors],
            "loan_sizing": self._sizing(),
            "capacity_at_tested_loan": self._capacity(),
            "stress": self._stress(),
            "risk_index": self._index(),
            "red_flags": self._flags(),
        }
        if isinstance(of.cash_flow, CashFlow):
            block["cash_flow_12_months"] = self._cash_flow(of.cash_flow)
        elif isinstance(of.cash_flow, Missing):
            block["cash_flow_12_months"] = self._lack(of.cash_flow)
        return block

    def _lack(self, missing: Missing) -> Json:
        self.missing += missing.paths
        return {"missing": list(missing.paths)}

    def _number(self, value: Ratio, places: int) -> Json:
        if isinstance(value, Missing):
            return self._lack(value)
        return value.value if isinstance(value, NotDefined) else printed(value, places)

    def _money(self, value: Ratio) -> Json:
        return self._number(value, self._places.amounts)

    def _percent(self, value: Ratio) -> Json:
        return self._number(value, self._places.percents)

    def _share(self, fraction: Ratio) -> Json:
        """A fraction as a percent."""
        return self._percent(fraction if isinstance(fraction, NotDefined) else fraction * HUNDRED)

    def _ratio(self, value: Ratio) -> Json:
        return self._number(value, self._places.ratios)

    def _truth(self, value: Truth) -> Json:
        return self._lack(value) if isinstance(value, Missing) else _YES_NO[value]

    def _name(self, value: str | Missing) -> Json:
        return self._lack(value) if isinstance(value, Missing) else value

    def _balance_sheet(self) -> Block:
        sheet = self._of.balance_sheet
        names = (
            "total_assets_declared", "total_liabilities_declared", "equity_declared", "undisclosed_debt_found",
            "receivables_written_down", "total_assets_adjusted", "total_liabilities_adjusted", "equity_adjusted",
        )  # fmt: skip
        return self._moneys(sheet, names)

    def _moneys(self, of: object, names: Iterable[str]) -> Block:
        return {name: self._money(getattr(of, name)) for name in names}

    def _income(self) -> Block:
        income = self._of.income
        return {
            "adopted_monthly_sales": self._money(income.adopted_monthly_sales),
            "spread_between_routes_percent": self._share(income.spread_between_routes),
            "weighted_gross_margin_percent": self._share(income.weighted_gross_margin),
            **self._moneys(
                income,
                ("cost_of_sales", "gross_profit", "fixed_costs", "variable_costs", "net_business_profit_base_month"),
            ),
            "net_margin_percent": self._share(income.net_margin),
            "average_month_factor": self._ratio(income.average_month_factor),
            "net_business_profit_average_month": self._money(income.net_business_profit_average_month),
        }

    def _household(self) -> Block:
        names = ("other_income_counted", "expenses_adopted", "existing_debt_service", "disposable_income")
        return self._moneys(self._of.household, names)

    def _check(self, check: CheckResult) -> Block:
        block: Block = {"id": check.id, "name": say(check.title, ENGLISH), "formula": say(check.formula, ENGLISH)}
        block |= {field.name: self._field(field) for field in check.fields}
        if check.verdict is Verdict.MISSING:
            self.missing += check.missing
            return block | {"missing": list(check.missing)}
        return block | {"result": _RESULTS[check.verdict]}

    def _field(self, field: Field) -> Json:
        value = field.value
        if isinstance(value, tuple):
            return [self._number(item, field.places or 0) for item in value]
        if isinstance(value, (str, Missing)):
            return self._name(value)
        return f"{value:f}" if field.places is None else printed(value, field.places)

    def _pledge(self, item: CollateralItem) -> Block:
        ltv = item.ltv_percent
        return {
            "id": item.id,
            "values": {method: self._money(value) for method, value in item.values.items()},
            "adopted_value": self._money(item.adopted_value),
            "ltv_percent": self._lack(ltv) if isinstance(ltv, Missing) else f"{ltv:f}",
            "eligible": self._truth(item.eligible),
            "lendable": self._money(item.lendable),
        }

    def _sizing(self) -> Block:
        sizing = self._of.sizing
        return {
            "caps": self._caps(),
            "binding_cap": self._name(sizing.binding_cap),
            "lowest_cap_rounded_down": self._money(sizing.lowest_cap_rounded_down),
            "recommended_max_loan": self._money(sizing.recommended_max_loan),
            "refused_by": list(sizing.refused_by),
        }

    def _caps(self) -> Block:
        return {name: self._money(self._of.sizing.caps[name]) for name in self._of.sizing.caps}

    def _capacity(self) -> Block:
        capacity = self._of.capacity
        return {
            "tested_loan": self._money(capacity.tested_loan),
            "instalment_or_monthly_equivalent": self._money(capacity.instalment),
            "instalment_at_requested_amount": self._money(capacity.instalment_at_requested_amount),
            "instalment_to_disposable_percent": self._share(capacity.instalment_to_disposable),
            "dscr": self._ratio(capacity.dscr),
            "debt_to_assets_after_loan_percent": self._share(capacity.debt_to_assets_after_loan),
            "debt_to_equity_before_loan": self._ratio(capacity.debt_to_equity_before_loan),
            "reserve_months": self._ratio(capacity.reserve_months),
            "all_in_apr_nominal_percent": self._percent(capacity.all_in_rate_percent),
        }

    def _stress(self) -> Block:
        stress = self._of.stress
        return {
            "sales_drop_percent": f"{self._of.policy[SALES_DROP]:f}",
            "disposable_income": self._money(stress.disposable_income),
            "instalment_covered": self._truth(stress.instalment_covered),
        }

    def _index(self) -> Block:
        index = self._of.risk_index
        return {
            "scores": {part.name: self._percent(part.score) for part in index.parts},
            "index": self._percent(index.index),
            "grade": self._name(index.grade),
        }

    def _flags(self) -> list[Json]:
        why = {kind.code: kind.why for kind in flag_kinds()}
        return [{"code": flag.code, "why": why[flag.code]} for flag in self._of.flags]

    def _cash_flow(self, flow: CashFlow) -> Block:
        names = (
            "sales", "cost_of_sales", "fixed_costs", "variable_costs", "other_income", "household",
            "existing_debt_service", "new_payment", "net",
        )  # fmt: skip
        months: list[Json] = [
            {"month": month.number}
            | self._moneys(month, names)
            | {"closing_liquid_funds": self._money(month.closing)}
            for month in flow.months
        ]
        return {"opening_liquid_funds_after_own_contribution": self._money(flow.opening), "months": months}
