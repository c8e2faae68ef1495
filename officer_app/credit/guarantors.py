"""What guarantors have left a month against the instalment, and what they own against the loan.

Sources: cases/README, section 6 (cover); DOMAIN, row 82 (the small assessment).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.assessment import GuarantorCover, GuarantorMeans, Means
from officer_app.credit.facts.security import Guarantor
from officer_app.credit.figures import (
    HUNDRED,
    ONE,
    ZERO,
    Figure,
    Missing,
    Truth,
    absorbed,
    all_true,
    at_most,
    denied,
    known,
    ratio,
    total,
)
from officer_app.credit.keys import decimal_key
from officer_app.credit.policy import Policy
from officer_app.credit.vocabulary import label_of

COVER_MIN: Final = decimal_key("guarantor_cover_min", "ratio")
# Part of the other guarantees of a guarantor that is no longer there for this loan; all of it in older policies.
OTHERS_COUNTED: Final = decimal_key("security.other_guarantees_counted_percent", "percent", optional=True)

_NAMED: Final = 3


def covers(guarantors: tuple[Guarantor, ...], instalment: Figure) -> tuple[GuarantorCover, ...]:
    """(Income − household − debt service) / instalment, each guarantor alone."""
    found = []
    for guarantor in guarantors:
        surplus = surplus_of(guarantor)
        cover = ratio(surplus, instalment, "application.requested_amount")
        found.append(GuarantorCover(guarantor.id, surplus, cover, guarantor.path))
    return tuple(found)


def surplus_of(guarantor: Guarantor) -> Figure:
    """Income − household − debt service, a month."""
    return guarantor.monthly_income - guarantor.monthly_household_expenses - guarantor.monthly_debt_service


def group_cover(found: tuple[GuarantorCover, ...], instalment: Figure) -> Figure:
    """All surpluses together / instalment."""
    return ratio(total(cover.surplus for cover in found), instalment, "application.requested_amount")


def net_worth_of(guarantor: Guarantor, policy: Policy) -> Figure:
    """Assets − debts − the part of other guarantees that the policy counts."""
    counted = policy.get(OTHERS_COUNTED, HUNDRED)
    return guarantor.assets_total - guarantor.debts_total - guarantor.guarantees_total * counted / HUNDRED


def means_of(guarantor: Guarantor, loan: Figure, instalment: Figure, policy: Policy) -> GuarantorMeans:
    """The small assessment: what is left a month against the instalment, net worth against the loan.

    A guarantor whose month does not leave anything, or whose net worth is used up, carries nothing.
    """
    surplus, worth = surplus_of(guarantor), net_worth_of(guarantor, policy)
    cover = ratio(surplus, instalment, "application.requested_amount")
    worth_cover = ratio(worth, loan, "application.requested_amount")
    doubts = tuple(_doubts(guarantor))
    means = _judged(surplus, worth, cover, worth_cover, policy, doubted=bool(doubts))
    return GuarantorMeans(
        id=guarantor.id,
        surplus=surplus,
        cover=cover,
        net_worth=worth,
        net_worth_cover=worth_cover,
        other_guarantees=guarantor.guarantees_total,
        means=means,
        sentence=_sentence(means, cover, worth_cover),
        doubts=doubts,
        path=guarantor.path,
    )


def _judged(
    surplus: Figure, worth: Figure, cover: Figure, worth_cover: Figure, policy: Policy, *, doubted: bool
) -> Means:
    something = all_true((denied(at_most(surplus, ZERO)), denied(at_most(worth, ZERO))))
    if something is False:
        return Means.NONE
    whole: Truth = all_true((at_most(policy[COVER_MIN], cover), at_most(ONE, worth_cover)))
    if isinstance(something, Missing) or isinstance(whole, Missing):
        return Means.UNKNOWN
    return Means.WHOLE if whole and not doubted else Means.PART


def _doubts(guarantor: Guarantor) -> Iterator[Message]:
    if guarantor.guaranteed_by_borrower is True:
        yield message(N_("the borrower stands for the guarantor in turn: neither is security"))
    if guarantor.report_good is False:
        yield message(N_("the credit report of the guarantor is not good"))
    if guarantor.income_seen is False:
        yield message(N_("the income of the guarantor was told, not seen"))


def _sentence(means: Means, cover: Figure, worth_cover: Figure) -> Message:
    if means is Means.UNKNOWN:
        lacking = absorbed(cover, worth_cover).paths
        labels = tuple(dict.fromkeys(label_of(path).text for path in lacking))[:_NAMED]
        return message(N_("Not known yet; still needed: {facts}"), facts=tuple(Message(label) for label in labels))
    shares = {"cover": known(cover), "worth": known(worth_cover)}
    return Message(_SENTENCES[means], shares)


_SENTENCES: Final = {
    Means.WHOLE: N_(
        "Can carry the loan alone: what is left a month is {cover:ratio} times the instalment, the net worth "
        "{worth:ratio} times the loan"
    ),
    Means.PART: N_(
        "Carries a part: what is left a month is {cover:ratio} times the instalment, the net worth {worth:ratio} "
        "times the loan"
    ),
    Means.NONE: N_("Carries nothing: no money is left a month, or other debts and guarantees use up the net worth"),
}
