"""The balance sheet of business, household and both together, as told and as found.

Source: cases/README, section 4; DOMAIN b: business and household apart, then together, and only what is owned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from officer_app.base.words import Message
from officer_app.credit.assessment import BalanceSheet, Line, Sphere
from officer_app.credit.facts.balance import Assets
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.debts import Liability
from officer_app.credit.figures import HUNDRED, ZERO, Figure, absorbed, least, summed, total
from officer_app.credit.keys import decimal_key
from officer_app.credit.policy import Policy
from officer_app.credit.statements import debt_behind
from officer_app.credit.vocabulary import label_of

OLD_RECEIVABLES_COUNTED: Final = decimal_key("receivable_over_12m_counted_percent", "percent")
CONTINGENT_WEIGHT: Final = decimal_key("contingent_liability_weight_percent", "percent")

# Each asset, and the fact that says how it was found out.
_ASSETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cash_on_hand": "cash_on_hand_source",
        "deposits": "deposits_source",
        "inventory_counted": "inventory_source",
        "prepayments": "prepayments_source",
        "livestock": "livestock_source",
        "machinery_equipment": "machinery_source",
        "vehicles": "vehicles_source",
        "buildings": "buildings_source",
        "other_assets": "other_assets_source",
        "receivables_total": "receivables_source",
    }
)


def balance_sheet(facts: CaseFacts, policy: Policy) -> BalanceSheet:
    """As told, and adjusted: old receivables written down, goods of others left out, debts found added.

    Guarantees given stand beside it. The two spheres add up to the whole, line by line and in every total.
    """
    lines = tuple(_line(facts.assets, name) for name in _ASSETS)
    assets = total(line.amount for line in lines)
    debts = summed(facts.liabilities, lambda debt: _balance_if(debt, told=True))
    found = _undisclosed(facts)
    written_down = facts.assets.receivables_over_12_months * (1 - policy[OLD_RECEIVABLES_COUNTED] / HUNDRED)
    others = _goods_of_others(facts.assets)
    guaranteed = summed(facts.guarantees_given, lambda guarantee: guarantee.amount)
    home = _household(facts)
    return BalanceSheet(
        lines=lines,
        total_assets_declared=assets,
        total_liabilities_declared=debts,
        equity_declared=assets - debts,
        undisclosed_debt_found=found,
        receivables_written_down=written_down,
        total_assets_adjusted=assets - written_down - others,
        total_liabilities_adjusted=debts + found,
        equity_adjusted=assets - written_down - others - (debts + found),
        contingent=guaranteed * policy[CONTINGENT_WEIGHT] / HUNDRED,
        goods_of_others=others,
        business=_business(lines, debts, found, written_down, others, home),
        household=home,
    )


def _line(assets: Assets, name: str) -> Line:
    path, source = assets.at(name), getattr(assets, _ASSETS[name])
    return Line(Message(label_of(path).text), getattr(assets, name), path, source if isinstance(source, str) else "")


def _household(facts: CaseFacts) -> Sphere:
    """What is private among the things counted, and the debts that are; never more of a thing than there is."""
    private = _private(facts.assets)
    lines = tuple(replace(_line(facts.assets, name), amount=private[name]) for name in _ASSETS)
    assets = total(line.amount for line in lines)
    told = summed(facts.liabilities, lambda debt: _of_household(debt, told=True))
    found = summed(facts.liabilities, lambda debt: _of_household(debt, told=False))
    owed = told + found
    return Sphere(lines, assets, told, assets - told, found, ZERO, ZERO, assets, owed, assets - owed)


def _private(assets: Assets) -> Mapping[str, Figure]:
    """The household's part of each asset: its money lies in the bank first, the rest in the drawer."""
    in_bank = _part(assets.household_cash, assets.deposits)
    return dict.fromkeys(_ASSETS, ZERO) | {
        "deposits": in_bank,
        "cash_on_hand": _part(assets.household_cash - in_bank, assets.cash_on_hand),
        "vehicles": _part(assets.household_vehicles, assets.vehicles),
        "buildings": _part(assets.home_value, assets.buildings),
    }


def _part(figure: Figure, whole: Figure) -> Figure:
    """A part of something; nothing of what nobody divides, even while the whole is not known."""
    return ZERO if figure == 0 else least((figure, whole), absorbed(figure, whole))


def _business(
    lines: tuple[Line, ...], debts: Figure, found: Figure, written_down: Figure, others: Figure, home: Sphere
) -> Sphere:
    """What is not the household's. A debt that nobody placed is the business's: the stricter reading."""
    own = tuple(
        replace(line, amount=line.amount - private.amount) for line, private in zip(lines, home.lines, strict=True)
    )
    assets = total(line.amount for line in own)
    told, hidden = debts - home.total_liabilities_declared, found - home.undisclosed_debt_found
    kept, owed = assets - written_down - others, told + hidden
    return Sphere(own, assets, told, assets - told, hidden, written_down, others, kept, owed, kept - owed)


def _goods_of_others(assets: Assets) -> Figure:
    """Goods on sale for others or borrowed, that were counted with the stock."""
    return _part(assets.borrowed_goods, assets.inventory_counted)


def _balance_if(debt: Liability, *, told: bool) -> Figure:
    if not isinstance(debt.disclosed, bool):
        return debt.disclosed
    return debt.balance if debt.disclosed is told else ZERO


def _of_household(debt: Liability, *, told: bool) -> Figure:
    return _balance_if(debt, told=told) if debt.sphere == "household" else ZERO


def _undisclosed(facts: CaseFacts) -> Figure:
    hidden = summed(facts.liabilities, lambda debt: _balance_if(debt, told=False))
    return hidden + summed(facts.unexplained_regular_outflows, debt_behind)
