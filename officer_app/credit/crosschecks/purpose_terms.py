"""The purpose against term and evidence: class, life, offer, what is never lent for. DOMAIN, rows 32, 73 and 128."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.bannedwords import banned_words
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.facts.application import PurposeItem
from officer_app.credit.figures import (
    HUNDRED,
    YEAR,
    Figure,
    Missing,
    Truth,
    absent,
    all_true,
    at_most,
    greatest,
    known,
)
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key, numbers_key, whole_key
from officer_app.credit.reasons import counted, sells_harvests

CLASSES: Final = ("working_capital", "fixed_asset", "consumption", "project", "subsidised")
TERM_MIN: Final = replace(numbers_key("purpose_term_months_min", "months", CLASSES), optional=True)
TERM_MAX: Final = replace(numbers_key("purpose_term_months_max", "months", CLASSES), optional=True)
LIFE_SHARE: Final = decimal_key("term_of_life_min_percent", "percent", optional=True)
OFFER_ABOVE: Final = decimal_key("quotation_above", "money", optional=True)
OFFER_MONTHS: Final = whole_key("quotation_months_max", "months", optional=True)

CLASS: Final = Rule(
    "PURPOSE_CLASS",
    FlagKind("TERM_NOT_OF_CLASS", 206, 1, N_("the term does not fit the class of the purpose")),
    Message(N_("Term for this class of purpose")),
    Message(N_("shortest term of the class ≤ term ≤ longest term of the class")),
    Message(N_("Choose the class of the purpose: working capital, fixed asset, consumption, project")),
    Message(N_("Offer a term of this class, or correct the class")),
)
LIFE: Final = Rule(
    "PURPOSE_LIFE",
    FlagKind("TERM_NOT_OF_LIFE", 207, 1, N_("the loan ends long before, or after, what it pays for")),
    Message(N_("Term against the life of what is bought")),
    Message(N_("share of the policy × life ≤ term ≤ life, for the largest item")),
    Message(N_("Ask how many months the largest item lasts or takes to sell")),
    Message(N_("Ask from what a short loan is repaid when the thing earns for years, and fit the term")),
)
OFFER: Final = Rule(
    "QUOTATION",
    FlagKind("QUOTATION_LACKS", 208, 1, N_("large items have no recent offer with a compared price")),
    Message(N_("Offers for large items")),
    Message(N_("each large item: offer seen, not older than the limit at the visit, price compared")),
    Message(N_("Ask for the offer or contract of each large item, and compare the price")),
    Message(N_("Call the seller, and compare the price with another one")),
)
FORBIDDEN: Final = Rule(
    "BANNED_PURPOSE",
    FlagKind("PURPOSE_IS_BANNED", 209, 1, N_("the money is for something that is never lent for")),
    Message(N_("Purposes never lent for")),
    Message(N_("no word of the policy's list stands in the purpose as told")),
    Message(N_("Ask what the money is for")),
    Message(N_("Refuse this purpose and say why")),
)
_CLASS_NAMES: Final = {
    "working_capital": N_("working capital"),
    "fixed_asset": N_("fixed asset"),
    "consumption": N_("consumption"),
    "project": N_("project"),
    "subsidised": N_("subsidised loan"),
}


def _class(ground: Ground) -> Results:
    application, longest = ground.facts.application, ground.policy.get(TERM_MAX, None)
    shortest = ground.policy.get(TERM_MIN, None)
    if longest is None or shortest is None:
        return ()
    name, term = application.purpose_class, application.term_months
    if isinstance(name, Missing):
        return CLASS.not_begun(application.at("purpose_class"))
    low, high = shortest[name], longest[name]
    sentence = Message(
        N_("{term:count} months for {class}; its terms are {low:count} to {high:count} months"),
        {"term": known(term), "class": Message(_CLASS_NAMES[name]), "low": low, "high": high},
    )
    passes = all_true((at_most(low, term), at_most(term, high)))
    paths = (application.at("purpose_class"), application.at("term_months"))
    return CLASS.result(passes, sentence, paths, Numbers(found=term, limit=high, unit=Unit.MONTHS))


def _life(ground: Ground) -> Results:
    """The largest item whose life is known decides: it carries the loan.

    Where the facts show what repays, the life bounds no loan: seed, feed and fertiliser come back with the crop, a
    year at most; goods that are sold and bought again come back in each month's instalment, up to the longest term of
    working capital. A liar gains no longer term than the class allows anybody.
    """
    application, share = ground.facts.application, ground.policy.get(LIFE_SHARE, None)
    if share is None:
        return ()
    items = application.purpose_items
    lasting = () if isinstance(items, Missing) else tuple(item for item in items if not unsaid(item.life_months))
    if not lasting:
        return LIFE.not_begun(application.at("purpose_items"))
    item, term = max(lasting, key=_weight), application.term_months
    sentence = Message(
        N_("{item} lasts {life:count} months; the loan runs {term:count} months"),
        {"item": Verbatim(item.item), "life": known(item.life_months), "term": known(term)},
    )
    longest = _longest(ground, item)
    passes = all_true((at_most(item.life_months * share, term * HUNDRED), at_most(term, longest)))
    paths = (item.at("life_months"), application.at("term_months"))
    return LIFE.result(passes, sentence, paths, Numbers(item.life_months, term, unit=Unit.MONTHS))


def _longest(ground: Ground, item: PurposeItem) -> Figure:
    """Months that a loan for the item may run at most."""
    application, by_class = ground.facts.application, ground.policy.get(TERM_MAX, None)
    if counted(ground.policy):
        crop = item.kind == "inputs" and sells_harvests(ground.facts, ground.routes)
        if crop and application.repayment_method == "principal_schedule":
            return greatest((item.life_months, YEAR), Missing(()))
        turning = item.kind == "stock" and application.purpose_class == "working_capital"
        if turning and by_class is not None and application.repayment_method == "equal_instalment":
            return greatest((item.life_months, by_class["working_capital"]), Missing(()))
    return item.life_months


def _weight(item: PurposeItem) -> Decimal:
    return known(item.amount) or Decimal(0)


def _offer(ground: Ground) -> Results:
    """Large items of which somebody noted anything about an offer; the others are not begun."""
    application, above = ground.facts.application, ground.policy.get(OFFER_ABOVE, None)
    if above is None:
        return ()
    items = () if isinstance(application.purpose_items, Missing) else application.purpose_items
    large = tuple(item for item in items if _weight(item) > above)
    if items and not large:
        return ()
    if not large or unsaid(*(item.quotation_seen for item in large), *(item.quotation_date for item in large)):
        wanted = tuple(item.at("quotation_seen") for item in large)
        return OFFER.not_begun(*(wanted or (application.at("purpose_items"),)))
    months = ground.policy.get(OFFER_MONTHS, None)
    truths = tuple(_offered(item, _visit(ground), months) for item in large)
    lacking = tuple(Verbatim(item.item) for item, fine in zip(large, truths, strict=True) if fine is False)
    sentence = (
        Message(N_("No recent offer with a compared price: {names}"), {"names": lacking})
        if lacking
        else Message(N_("{count:count} large items have a recent offer with a compared price"), {"count": len(large)})
    )
    return OFFER.result(all_true(truths), sentence, tuple(item.path for item in large))


def _offered(item: PurposeItem, visited: date | None, months: Decimal | None) -> Truth:
    if item.quotation_date is None:
        recent: Truth = absent(item.at("quotation_date")) if item.quotation_seen is not False else False
    elif visited is None or months is None:
        recent = True
    else:
        recent = Decimal(months_between(item.quotation_date, visited)) <= months
    return all_true((item.quotation_seen, recent, item.unit_price_checked))


def months_between(first: date, second: date) -> int:
    """Months begun from one day to another: the same day a month later is one, a day more is two."""
    return (second.year - first.year) * 12 + second.month - first.month + (second.day > first.day)


def _visit(ground: Ground) -> date | None:
    return None if ground.facts.site_visit is None else ground.facts.site_visit.visited_on


def _forbidden(ground: Ground) -> Results:
    """Speaks only where a word is found: that none is found proves nothing, and must not count as a passed check."""
    found = tuple(Verbatim(word) for word in banned_words(ground.facts.application, ground.policy))
    if not found:
        return ()
    sentence = Message(N_("The purpose as told names {words}"), {"words": found})
    return FORBIDDEN.result(False, sentence, ("application.purpose_declared", "application.purpose_items"))


CHECKS: Final = (CLASS.check(_class), LIFE.check(_life), OFFER.check(_offer), FORBIDDEN.check(_forbidden))
