"""The balance sheet of business, household and both together, as told and as found.

Source: cases/README, section 4; DOMAIN b: business and household apart, then together, and only what is owned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
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
# Of things that were only told. An older policy counts them whole.
TOLD_COUNTED: Final = decimal_key("told_assets_counted_percent", "percent", below=HUNDRED + 1, optional=True)

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
    """As told, and adjusted: old receivables, goods of others and what was only told taken off, debts found added.

    Goods of others that the borrower named are no assets as told either. Guarantees given stand beside it. The two
    spheres add up to the whole, line by line and in every total.
    """
    lines = tuple(_line(facts.assets, name) for name in _ASSETS)
    written_down = facts.assets.receivables_over_12_months * (1 - policy[OLD_RECEIVABLES_COUNTED] / HUNDRED)
    others = _goods_of_others(facts.assets)
    # What is taken off a thing already is not taken off it again because it was only told.
    taken = {"receivables_total": written_down, "inventory_counted": others}
    whole = _sphere(
        lines,
        summed(facts.liabilities, lambda debt: _balance_if(debt, told=True)),
        _undisclosed(facts),
        written_down,
        others,
        others if facts.assets.borrowed_goods_told is True else ZERO,
        total(
            (getattr(facts.assets, name) - taken.get(name, ZERO)) * share
            for name, share in _uncounted(facts.assets, policy).items()
        ),
    )
    home = _household(facts, policy)
    guaranteed = summed(facts.guarantees_given, lambda guarantee: guarantee.amount)
    return BalanceSheet(
        **{name.name: getattr(whole, name.name) for name in fields(whole)},
        contingent=guaranteed * policy[CONTINGENT_WEIGHT] / HUNDRED,
        business=_business(whole, home),
        household=home,
    )


def _sphere(
    lines: tuple[Line, ...],
    debts: Figure,
    found: Figure,
    written_down: Figure,
    others: Figure,
    disclosed: Figure,
    only_told: Figure,
) -> Sphere:
    """The totals of lines and debts, and of what is taken off or added."""
    counted, owed = total(line.amount for line in lines), debts + found
    told, kept = counted - disclosed, counted - written_down - others - only_told
    return Sphere(
        lines=lines,
        total_assets_declared=told,
        total_liabilities_declared=debts,
        equity_declared=told - debts,
        undisclosed_debt_found=found,
        receivables_written_down=written_down,
        goods_of_others=others,
        goods_disclosed=disclosed,
        only_told=only_told,
        total_assets_adjusted=kept,
        total_liabilities_adjusted=owed,
        equity_adjusted=kept - owed,
    )


def _uncounted(assets: Assets, policy: Policy) -> Mapping[str, Decimal]:
    """The share of each asset that does not count, for those that nobody saw, on no paper either."""
    counted = policy.get(TOLD_COUNTED, HUNDRED)
    if counted >= HUNDRED:
        return {}
    return {name: 1 - counted / HUNDRED for name, source in _ASSETS.items() if getattr(assets, source) == "told"}


def _line(assets: Assets, name: str) -> Line:
    path, source = assets.at(name), getattr(assets, _ASSETS[name])
    return Line(Message(label_of(path).text), getattr(assets, name), path, source if isinstance(source, str) else "")


def _household(facts: CaseFacts, policy: Policy) -> Sphere:
    """What is private among the things counted, and the debts that are; never more of a thing than there is."""
    private = _private(facts.assets)
    return _sphere(
        tuple(replace(_line(facts.assets, name), amount=private[name]) for name in _ASSETS),
        summed(facts.liabilities, lambda debt: _of_household(debt, told=True)),
        summed(facts.liabilities, lambda debt: _of_household(debt, told=False)),
        ZERO,
        ZERO,
        ZERO,
        total(private[name] * share for name, share in _uncounted(facts.assets, policy).items()),
    )


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


def _business(whole: Sphere, home: Sphere) -> Sphere:
    """What is not the household's. A debt that nobody placed is the business's: the stricter reading."""
    own = tuple(
        replace(line, amount=line.amount - private.amount)
        for line, private in zip(whole.lines, home.lines, strict=True)
    )
    return _sphere(
        own,
        whole.total_liabilities_declared - home.total_liabilities_declared,
        whole.undisclosed_debt_found - home.undisclosed_debt_found,
        whole.receivables_written_down,
        whole.goods_of_others,
        whole.goods_disclosed,
        whole.only_told - home.only_told,
    )


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
