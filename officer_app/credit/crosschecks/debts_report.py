"""Debts told, against the credit report and the statements: three sources. Source: DOMAIN, section a, row 27."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, compared, unsaid
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.consents import CreditReport
from officer_app.credit.facts.debts import Liability
from officer_app.credit.figures import HUNDRED, ONE, ZERO, Figure, Missing, Truth, at_most, known, ratio, summed
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("debts_report_tolerance_percent", "percent", optional=True)
CARD_USE: Final = decimal_key("card_use_max_percent", "percent", optional=True)

RULE: Final = Rule(
    "DEBTS_REPORT",
    FlagKind("DEBTS_DIFFER_FROM_REPORT", 32, 1, N_("the credit report shows more debt than was told")),
    Message(N_("Debts told against the credit report")),
    Message(N_("credit report − told by the borrower, at most the tolerance; fewer in the report never fail")),
    Message(N_("Read the credit report: open loans, balance, monthly payments, guarantees")),
    Message(N_("Go through the credit report loan by loan with the borrower, and enter each one that was not told")),
)
CARD: Final = Rule(
    "CARD_USE",
    FlagKind("CARDS_USED_UP", 33, 1, N_("the credit cards are nearly used up")),
    Message(N_("Use of the credit cards")),
    Message(N_("cards used ÷ card limits, at most the limit")),
    Message(N_("Note the limits and the use of all cards in the credit report")),
    Message(N_("Ask what the cards are used for, and from what they are paid")),
)
_COUNT: Final = Message(N_("Number of loans told against the credit report"))
_PAYMENTS: Final = Message(N_("Debt payments told against the credit report"))
_GUARANTEES: Final = Message(N_("Guarantees told against the credit report"))


def _examine(ground: Ground) -> Results:
    report, tolerance = ground.facts.credit_report, ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    if report is None:
        return RULE.not_begun("credit_report.loan_balance")
    found = (
        *_balance(ground, report, tolerance),
        *_count(ground, report),
        *_payments(ground, report, tolerance),
        *_guarantees(ground, report, tolerance),
    )
    return found or RULE.not_begun("credit_report.loan_balance")


def _of(facts: CaseFacts, amount: Callable[[Liability], Figure], *, told: bool) -> Figure:
    """Sum over the debts to institutions: those told, or all that are on file."""

    def counted(debt: Liability) -> Figure:
        if isinstance(debt.kind, Missing) or isinstance(debt.disclosed, Missing):
            return amount(debt)
        return amount(debt) if debt.kind == "institution" and (debt.disclosed or not told) else ZERO

    return summed(facts.liabilities, counted)


def _balance(ground: Ground, report: CreditReport, tolerance: Decimal) -> Results:
    """Pass when the report's balance is no more than what was told, with the tolerance."""
    if unsaid(report.loan_balance):
        return ()
    told, shown = _of(ground.facts, lambda debt: debt.balance, told=True), report.loan_balance
    on_file = _of(ground.facts, lambda debt: debt.balance, told=False)
    sentence = Message(
        N_("Told bank debts of {told:money}; the credit report shows {found:money}, on file are {filed:money}"),
        {"told": known(told), "found": known(shown), "filed": known(on_file)},
    )
    numbers = _against(told, shown, tolerance, "liabilities")
    paths = (report.at("loan_balance"), "liabilities")
    result = RULE.result(_no_more(shown, told, tolerance), sentence, paths, numbers)
    return _repeated(result, filed=_no_more(shown, on_file, tolerance))


def _count(ground: Ground, report: CreditReport) -> Results:
    if unsaid(report.loan_count):
        return ()
    told = _of(ground.facts, lambda _: ONE, told=True)
    sentence = Message(
        N_("Told {told:count} loans from institutions; the credit report shows {found:count}"),
        {"told": known(told), "found": known(report.loan_count)},
    )
    numbers = Numbers(told, report.loan_count, report.loan_count - told, ZERO, Unit.COUNT, Unit.COUNT)
    paths = (report.at("loan_count"), "liabilities")
    result = RULE.result(at_most(report.loan_count, told), sentence, paths, numbers, part="COUNT", title=_COUNT)
    return _repeated(result, filed=at_most(report.loan_count, _of(ground.facts, lambda _: ONE, told=False)))


def _payments(ground: Ground, report: CreditReport, tolerance: Decimal) -> Results:
    """The third source, payments in the statements that nobody explained, stands in the sentence."""
    if unsaid(report.monthly_payments):
        return ()
    told = _of(ground.facts, lambda debt: debt.monthly_payment, told=True)
    outflows = summed(ground.facts.unexplained_regular_outflows, lambda flow: flow.monthly_amount)
    sentence = Message(
        N_(
            "Told {told:money} a month to institutions; the credit report shows {found:money}, and {out:money} a "
            "month goes out of the accounts unexplained"
        ),
        {"told": known(told), "found": known(report.monthly_payments), "out": known(outflows)},
    )
    numbers = _against(told, report.monthly_payments, tolerance, "liabilities")
    paths = (report.at("monthly_payments"), "liabilities", "unexplained_regular_outflows")
    passes = _no_more(report.monthly_payments, told, tolerance)
    result = RULE.result(passes, sentence, paths, numbers, part="PAYMENTS", title=_PAYMENTS)
    on_file = _of(ground.facts, lambda debt: debt.monthly_payment, told=False) + outflows
    return _repeated(result, filed=_no_more(report.monthly_payments, on_file, tolerance))


def _guarantees(ground: Ground, report: CreditReport, tolerance: Decimal) -> Results:
    if unsaid(report.guarantees_balance):
        return ()
    told = summed(ground.facts.guarantees_given, lambda guarantee: guarantee.amount)
    sentence = Message(
        N_("Told guarantees of {told:money}; the credit report shows {found:money}"),
        {"told": known(told), "found": known(report.guarantees_balance)},
    )
    numbers = _against(told, report.guarantees_balance, tolerance, "guarantees_given")
    paths = (report.at("guarantees_balance"), "guarantees_given")
    passes = _no_more(report.guarantees_balance, told, tolerance)
    return RULE.result(passes, sentence, paths, numbers, part="GUARANTEES", title=_GUARANTEES)


def _against(told: Figure, shown: Figure, tolerance: Decimal, culprit: str) -> Numbers:
    """Who told of nothing is off by no share of it: the two amounts say all."""
    return Numbers(told, shown) if told == ZERO else compared(told, shown, tolerance, culprit)


def _no_more(shown: Figure, told: Figure, tolerance: Decimal) -> Truth:
    return at_most(shown * HUNDRED, told * (HUNDRED + tolerance))


def _repeated(results: Results, *, filed: Truth) -> Results:
    """Where the missing debts are on file as found, each is a contradiction of its own, and this repeats them."""
    return tuple(_follows(result) for result in results) if filed is True else results


def _follows(result: CheckResult) -> CheckResult:
    return replace(result, causes=tuple(replace(cause, follows=True) for cause in result.causes))


def _card(ground: Ground) -> Results:
    """Pass when the cards are used up to the limit; without a card there is no check."""
    report, limit = ground.facts.credit_report, ground.policy.get(CARD_USE, None)
    if limit is None:
        return ()
    if report is None or unsaid(report.card_limit, report.card_used):
        return CARD.not_begun("credit_report.card_limit", "credit_report.card_used")
    if report.card_limit == ZERO and report.card_used == ZERO:
        return ()
    use = ratio(report.card_used * HUNDRED, report.card_limit, report.at("card_limit"))
    sentence = Message(
        N_("Cards are used for {found:money} of {told:money} ({share:percent}); the limit is {limit:percent}"),
        {"told": known(report.card_limit), "found": known(report.card_used), "share": known(use), "limit": limit},
    )
    paths = (report.at("card_limit"), report.at("card_used"))
    passes = at_most(report.card_used * HUNDRED, report.card_limit * limit)
    return CARD.result(passes, sentence, paths, Numbers(found=use, limit=limit, unit=Unit.PERCENT))


CHECKS: Final = (RULE.check(_examine), CARD.check(_card))
