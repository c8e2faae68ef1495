"""The six worked cases in depth: whole files under the shipped policy, with the figures worked out by hand."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, Verdict
from officer_app.credit.crosschecks.equity import expected_equity
from officer_app.credit.figures import HUNDRED, Figure, Missing
from tests.support.worked import facts_of, load, shipped_policy

DEPTH_CASES: Final = Path(__file__).resolve().parents[1] / "data" / "depth_cases"
HONEST: Final = ("potato_fields", "home_kitchen", "tomato_house")
LYING: Final = ("lorry_owner", "clothes_stall", "parcel_shop")
DEPTH: Final = (*HONEST, *LYING)


def depth_case(name: str) -> dict[str, Any]:
    """One case as plain dictionaries of texts."""
    return load(DEPTH_CASES / f"{name}.yaml")


def assessed_in_depth(case: dict[str, Any]) -> Assessment:
    """The case under the policy that comes with the program."""
    return assess(facts_of(case), shipped_policy())


def figures_of(found: Assessment) -> dict[str, str]:
    """What the comments above a case work out, rounded half up: money, per cent and points 2 places, ratios 4."""
    income, family, sheet = found.income, found.household, found.balance_sheet
    capacity, sizing = found.capacity, found.sizing
    money: dict[str, Figure] = {
        "adopted_sales": income.adopted_monthly_sales,
        "gross_margin_percent": income.weighted_gross_margin * HUNDRED,
        "cost_of_sales": income.cost_of_sales,
        "net_margin_percent": income.net_margin * HUNDRED,
        "profit_average_month": income.net_business_profit_average_month,
        "other_income": family.other_income_counted,
        "household_expenses": family.expenses_adopted,
        "debt_service": family.existing_debt_service,
        "disposable_income": family.disposable_income,
        "undisclosed_debt": sheet.undisclosed_debt_found,
        "equity_expected": expected_equity(found.facts.equity_history),
        "equity_actual": sheet.equity_declared,
        "equity_found": sheet.equity_adjusted,
        "recommended": sizing.recommended_max_loan,
        "instalment": capacity.instalment,
        "debt_to_assets_percent": capacity.debt_to_assets_after_loan * HUNDRED,
        "stressed_income": found.stress.disposable_income,
        "index": found.risk_index.index,
        **{f"cap_{name}": cap for name, cap in sizing.caps.items()},
    }
    ratios: dict[str, Figure] = {"dscr": capacity.dscr, "reserve_months": capacity.reserve_months}
    return (
        {name: _rounded(figure, 2) for name, figure in money.items()}
        | {name: _rounded(figure, 4) for name, figure in ratios.items()}
        | {"binding_cap": _word(sizing.binding_cap), "grade": _word(found.risk_index.grade)}
    )


def _word(word: str | Missing) -> str:
    return "missing" if isinstance(word, Missing) else word


def _rounded(figure: Figure, places: int) -> str:
    if isinstance(figure, Missing):
        return "missing"
    # Adding nought turns a nought below zero into nought.
    return f"{figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0:f}"


def whole_answer(found: Assessment) -> dict[str, str]:
    """Every figure that `shipped_line` computes too, by the same names; "missing" where something lacks."""
    income, family, sheet, capacity = found.income, found.household, found.balance_sheet, found.capacity
    equity = next(check for check in found.checks if check.id == "EQUITY")
    allowed = next(field.value for field in equity.fields if field.name == "tolerance")
    assert not isinstance(allowed, str | tuple)
    two: dict[str, Figure] = {
        **{f"route_{route.id}": route.value for route in found.routes},
        "spread_percent": income.spread_between_routes * HUNDRED,
        "fixed": income.fixed_costs,
        "variable": income.variable_costs,
        "household_told": family.expenses_reported,
        "household_floor": family.expenses_floor,
        "assets": sheet.total_assets_declared,
        "debts": sheet.total_liabilities_declared,
        "assets_adjusted": sheet.total_assets_adjusted,
        "debts_adjusted": sheet.total_liabilities_adjusted,
        "contingent": sheet.contingent,
        "business_assets": sheet.business.total_assets_adjusted,
        "business_debts": sheet.business.total_liabilities_adjusted,
        "equity_allowed": allowed,
        "lendable": found.collateral_lendable_total,
        "rounded_down": found.sizing.lowest_cap_rounded_down,
        "tested_loan": capacity.tested_loan,
        "instalment_asked": capacity.instalment_at_requested_amount,
        "debt_to_assets_combined": capacity.debt_to_assets_combined * HUNDRED,
        "all_in_percent": capacity.all_in_rate_percent,
        **{f"score_{part.name}": part.score for part in found.risk_index.parts if part.name != "consistency"},
        **_cash(found),
    }
    ratios: dict[str, Figure] = {
        "average_factor": income.average_month_factor,
        "reserve_before": capacity.reserve_before_payout,
        **{f"cover_{person.id}": person.cover for person in found.guarantors},
    }
    plain = {
        "equity_passes": "missing" if equity.verdict is Verdict.MISSING else str(equity.verdict is Verdict.PASSED),
        "dossier_grade": found.dossier_grade,
    }
    kept = {name: text for name, text in figures_of(found).items() if name not in ("index", "grade")}
    return (
        kept
        | {name: _rounded(figure, 2) for name, figure in two.items()}
        | {name: _rounded(figure, 4) for name, figure in ratios.items()}
        | plain
    )


def _cash(found: Assessment) -> dict[str, Figure]:
    flow = found.cash_flow
    if flow is None or isinstance(flow, Missing):
        return {} if flow is None else {"opening": flow}
    months: dict[str, Figure] = {f"net_{month.number}": month.net for month in flow.months}
    closing: dict[str, Figure] = {f"closing_{month.number}": month.closing for month in flow.months}
    return {"opening": flow.opening, **months, **closing}
