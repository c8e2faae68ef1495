"""What does not fit: for each failed check, the case as told against the case as found, and what may lie behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from officer_app.base.words import N_, Message
from officer_app.credit.asking.candidate import Candidate, Situation
from officer_app.credit.asking.missing import book, imputed, one_product, subject_of, subjects
from officer_app.credit.assessment import CheckResult, Verdict
from officer_app.credit.changing import changed, made
from officer_app.credit.crosschecks.gross_margin import FLAG as MARGIN
from officer_app.credit.crosschecks.purpose import FLAG as PURPOSE
from officer_app.credit.crosschecks.sales import FLAG as SALES
from officer_app.credit.crosschecks.straw import FLAG as STRAW
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.debts import Liability
from officer_app.credit.figures import HUNDRED, Missing, known


def doubts(case: Situation) -> Iterator[Candidate]:
    """Questions on checks that fail, lack inputs or were left out, and on what the purpose rests on."""
    wanted = {Verdict.FAILED, Verdict.MISSING}
    asked = set(subjects(case.assessment))
    due = (*(check for check in case.assessment.checks if check.verdict in wanted), *case.assessment.skipped)
    for check in due:
        if check.ask_next is not None and not asked & set(map(subject_of, check.missing)):
            paths = tuple(dict.fromkeys((*check.missing, *check.paths)))
            because = check.sentence if check.verdict is Verdict.FAILED else Message(N_("Not checked yet"))
            yield Candidate(check.ask_next, because, paths, tuple(_answers(case, check)), decides=True)
    yield from _offers(case)


def _answers(case: Situation, check: CheckResult) -> Iterator[CaseFacts]:
    """What the case would be if the check were settled one way and the other; none when no amount hangs on it."""
    if check.verdict is not Verdict.FAILED:
        return
    yield case.facts
    flags, told, found = check.flags, check.told, check.found
    if SALES.code in flags and told is not None:
        route = check.paths[-1]
        yield changed(case.facts, route, book(route, told))
    elif MARGIN.code in flags and told is not None:
        # The check counts in per cent; told is the margin as the borrower says it.
        yield changed(case.facts, "products", one_product("products", min(told, HUNDRED)))
    elif PURPOSE.code in flags and told is not None:
        yield changed(case.facts, "purpose_plausible_max.amount", told)
    elif STRAW.code in flags:
        signs = case.facts.straw_indicators or ()
        yield changed(case.facts, "straw_indicators", tuple(replace(sign, present=False) for sign in signs))
    elif check.id == "EQUITY" and told is not None and found is not None:
        yield _with_hidden_debt(case.facts, abs(told - found))


def _with_hidden_debt(facts: CaseFacts, owed: Decimal) -> CaseFacts:
    """What is missing in the net worth, or lies there unexplained, may be a debt that nobody told."""
    if isinstance(facts.liabilities, Missing):
        return facts
    debt = made(
        Liability,
        f"liabilities[{len(facts.liabilities)}]",
        creditor="-",
        kind="individual",
        balance=f"{owed.quantize(Decimal('0.01')):f}",
        monthly_payment=f"{imputed(owed).quantize(Decimal('0.01')):f}",
        disclosed="no",
    )
    return changed(facts, "liabilities", (*facts.liabilities, debt))


def _offers(case: Situation) -> Iterator[Candidate]:
    """The dearest thing to be bought whose offer nobody saw: it may cost half."""
    items = case.told.application.purpose_items
    unseen = [] if isinstance(items, Missing) else [item for item in items if item.quotation_seen is not True]
    priced = [(amount, item) for item in unseen if (amount := known(item.amount))]
    if not priced:
        return
    amount, item = max(priced, key=lambda one: (one[0], one[1].item))
    yield Candidate(
        Message(
            N_("See the offer for “{item}” over {amount:money}, and call the seller: who is paid?"),
            {"item": item.item or None, "amount": amount},
        ),
        Message(N_("No offer was seen")),
        (item.at("quotation_seen"), item.path),
        (case.facts, changed(case.facts, item.at("amount"), amount / 2)),
    )
