"""The six worked cases in depth: whole files of facts under the shipped policy, with the figures worked out by hand."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.crosschecks.equity import expected_equity
from officer_app.credit.figures import HUNDRED, Figure
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
        | {"binding_cap": str(sizing.binding_cap), "grade": str(found.risk_index.grade)}
    )


def _rounded(figure: Figure, places: int) -> str:
    assert isinstance(figure, Decimal), figure
    # Adding nought turns a nought below zero into nought.
    return f"{figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0:f}"
