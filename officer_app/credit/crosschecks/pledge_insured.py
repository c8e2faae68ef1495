"""Whether pledges stay insured until the loan is repaid. Source: DOMAIN, rows 50 and 80."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, FlagKind
from officer_app.credit.collateral import valuations
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.security import COLLATERAL_TYPES, Collateral, Insurance
from officer_app.credit.figures import Figure, Missing, Truth, absent, absorbed, all_true, at_most, known, least
from officer_app.credit.ground import Ground
from officer_app.credit.keys import Key, Wrong, choice_key
from officer_app.credit.pledgedates import end_of_loan

FLAG: Final = FlagKind("PLEDGE_UNINSURED", 188, 1, N_("a pledge is not insured for its value until the loan ends"))

_TITLE: Final = message(N_("Insurance of the pledges"))
_FORMULA: Final = message(N_("insured until the end of the loan, for the adopted value"))


def _read_types(value: object) -> frozenset[str]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Wrong(message(N_("a list of types of pledge")))
    for place, name in enumerate(value):
        if name not in COLLATERAL_TYPES:
            raise Wrong(message(N_("one of: {choices}"), choices=", ".join(COLLATERAL_TYPES)), f"[{place}]")
    return frozenset(str(name) for name in value)


# Whether we must be named as beneficiary of a policy that covers such a pledge; older policies do not ask.
BENEFICIARY: Final = replace(choice_key("security.insurance_beneficiary", "not_asked", "must_be_us"), optional=True)

# The kind of insurance that covers each type of pledge.
_KINDS: Final = {
    "residential": "property",
    "shop": "property",
    "machinery": "property",
    "vehicle": "vehicle",
    "livestock": "livestock",
}

INSURED: Final[Key[frozenset[str]]] = Key("security.insured_types", "list of types", "", _read_types, optional=True)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when every pledge of a type that must be insured is, for its value and to the end, and we are paid."""
    wanted = ground.policy.get(INSURED, frozenset[str]())
    pledges = [item for item in ground.facts.collateral if item.type in wanted]
    if not pledges:
        return ()
    policies = _policies(ground, pledges)
    paths = (*(item.at("insured_until") for item in pledges), *(one.at("lender_beneficiary") for one in policies))
    if all(item.insured_until is None for item in pledges):
        ask = message(N_("Ask for the insurance policy of each pledge, and who is paid"))
        return (not_done("PLEDGE_INSURED", _TITLE, _FORMULA, ask, *paths),)
    end = end_of_loan(ground.facts.application)
    lasting = sum(_lasts(item, end) is True for item in pledges)
    return (
        judged(
            Finding(
                "PLEDGE_INSURED",
                _TITLE,
                _FORMULA,
                message(
                    N_("{lasting:count} of {pledges:count} pledges stay insured until the loan ends ({end:date})"),
                    lasting=lasting,
                    pledges=len(pledges),
                    end=None if isinstance(end, Missing) else end,
                ),
                all_true(
                    (
                        *(truth for item in pledges for truth in (_lasts(item, end), _enough(item))),
                        *(one.lender_beneficiary for one in policies),
                    )
                ),
                message(N_("Have the insurance renewed to the end of the loan, with the lender as beneficiary")),
                paths,
                causes=(
                    *(cause for item in pledges for cause in _causes(item, end)),
                    *(_not_us(one) for one in policies if one.lender_beneficiary is False),
                ),
            )
        ),
    )


def _policies(ground: Ground, pledges: Sequence[Collateral]) -> tuple[Insurance, ...]:
    """The policies of insurance noted that cover such pledges, where we must be their beneficiary."""
    if ground.policy.get(BENEFICIARY, "not_asked") == "not_asked":
        return ()
    kinds = {_KINDS[item.type] for item in pledges if isinstance(item.type, str) and item.type in _KINDS}
    return tuple(one for one in ground.facts.insurances if one.kind in kinds)


def _not_us(one: Insurance) -> Cause:
    path = one.at("lender_beneficiary")
    sentence = message(
        N_("The insurance of {insured} until {until:date} pays somebody else: we are not its beneficiary"),
        insured=one.insured or None,
        until=one.until,
    )
    return Cause(FLAG, path, sentence, (path,))


def _lasts(item: Collateral, end: date | Missing) -> Truth:
    if item.insured_until is None:
        return absorbed(absent(item.at("insured_until")), end)
    return end if isinstance(end, Missing) else item.insured_until >= end


def _enough(item: Collateral) -> Truth:
    """The sum insured, where it was read, reaches the adopted value."""
    if isinstance(item.insured_amount, Missing):
        return True if item.insured_amount.absent else item.insured_amount
    return at_most(_adopted(item), item.insured_amount)


def _adopted(item: Collateral) -> Figure:
    return least(valuations(item.valuation).values(), absent(item.at("valuation")))


def _causes(item: Collateral, end: date | Missing) -> tuple[Cause, ...]:
    found = []
    if _lasts(item, end) is False and not isinstance(end, Missing):
        ends = message(
            N_("{pledge} is insured until {until:date}; the loan runs until {end:date}"),
            pledge=item.id,
            until=item.insured_until,
            end=end,
        )
        found.append(Cause(FLAG, item.at("insured_until"), ends, (item.at("insured_until"),)))
    if _enough(item) is False:
        less = message(
            N_("{pledge} is insured for {sum:money}; its adopted value is {value:money}"),
            pledge=item.id,
            sum=known(item.insured_amount),
            value=known(_adopted(item)),
        )
        found.append(Cause(FLAG, item.at("insured_amount"), less, (item.at("insured_amount"),)))
    return tuple(found)


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
