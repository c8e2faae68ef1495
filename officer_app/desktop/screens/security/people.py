"""Guarantors and the joint-liability group as rows."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import Assessment, GuarantorMeans, Unit
from officer_app.credit.facts.security import GroupMember, Guarantor
from officer_app.credit.figures import ONE, Missing, Truth, at_most, known
from officer_app.credit.groups import GroupRule
from officer_app.credit.guaranteeterms import PERIOD_MIN, effective_kind, effective_period
from officer_app.credit.guarantors import COVER_MIN
from officer_app.credit.policy import Policy
from officer_app.desktop.screens.security.verdicts import line, yes_no
from officer_app.desktop.widgets.blocks import figure_cell, first_path, money_cell
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.inputs import Standing
from officer_app.memos.quantities import NOTHING, quantity
from officer_app.memos.securitywords import KINDS, RULE_UNITS, means_word, rule_limit, word

SUMS: Final = (
    Column("what", message(N_("The guarantor's own sums")), stretch=True),
    Column("amount", message(N_("Amount")), ColumnKind.MONEY, 112),
)
WORDS: Final = (
    Column("what", message(N_("Guarantee")), stretch=True),
    Column("says", message(N_("Says")), width=150),
    Column("verdict", message(N_("Verdict")), width=134),
)
RULES: Final = (
    Column("rule", message(N_("Rule of the group")), stretch=True),
    Column("found", message(N_("Found")), ColumnKind.MONEY, 112),
    Column("limit", message(N_("Limit")), ColumnKind.MONEY, 112),
    Column("verdict", message(N_("Verdict")), width=134),
)
MEMBERS: Final = (
    Column("name", message(N_("Member")), stretch=True),
    Column("trade", message(N_("Trade")), width=96),
    Column("loan", message(N_("Loan of the member")), ColumnKind.MONEY, 92),
    Column("left", message(N_("Left a month")), ColumnKind.MONEY, 92),
    Column("stands", message(N_("Guarantees for")), width=152),
)
TONES: Final = {
    Standing.PASSED: State.PASSED,
    Standing.LOOK: State.LOOK,
    Standing.STOP: State.STOP,
    Standing.UNKNOWN: State.CANNOT_TELL,
}

_SURPLUS: Final = N_("Income − expenses − own debts of the guarantor, a month.")
_COVER: Final = N_("What is left ÷ instalment of the tested loan.")
_WORTH: Final = N_("Assets − debts − what was signed for others.")
_WORTH_COVER: Final = N_("Net worth ÷ tested loan.")
_AS_ANSWERED: Final = N_("As answered in the checklist.")


def sum_rows(person: GuarantorMeans, told: Guarantor) -> tuple[Row, ...]:
    """The month and the net worth, each against what it has to carry."""
    answered = message(_AS_ANSWERED)
    return (
        _told(told, "monthly_income", N_("Income a month"), answered),
        _told(told, "monthly_household_expenses", N_("Household"), answered, less=True),
        _told(told, "monthly_debt_service", N_("Own debts a month"), answered, less=True),
        Row(
            first_path(person.surplus, told.at("monthly_income")),
            (
                Cell(message(N_("Left a month")), strong=True),
                money_cell(person.surplus, message(_SURPLUS), strong=True),
            ),
        ),
        _told(told, "assets_total", N_("Owns"), answered),
        _told(told, "debts_total", N_("Owes"), answered, less=True),
        _told(told, "guarantees_total", N_("Signed for others"), answered, less=True),
        Row(
            first_path(person.net_worth, told.at("assets_total")),
            (
                Cell(message(N_("Net worth for this loan")), strong=True),
                money_cell(person.net_worth, message(_WORTH), strong=True),
            ),
        ),
    )


def _told(told: Guarantor, fact: str, label: str, tip: Sayable, *, less: bool = False) -> Row:
    value = getattr(told, fact)
    shown = -value if less and not isinstance(value, Missing) else value
    return Row(told.at(fact), (Cell(message(label)), money_cell(shown, tip)))


def word_rows(person: GuarantorMeans, told: Guarantor, policy: Policy) -> tuple[Row, ...]:
    """Cover, kind, period, spouse, circle, credit report: each with its verdict."""
    return (
        _cover(person, policy),
        _worth(person, told),
        _kind(told),
        _period(told, policy),
        _truth(told, "spouse_signed", N_("Spouse signed"), N_("signed"), N_("did not sign")),
        _truth(told, "income_seen", N_("Income"), N_("seen"), N_("only told"), broken=State.LOOK),
        _truth(told, "report_good", N_("Credit report"), N_("good"), N_("not good")),
        _mutual(told),
    )


def _cover(person: GuarantorMeans, policy: Policy) -> Row:
    kept = at_most(policy[COVER_MIN], person.cover)
    cell = figure_cell(person.cover, Unit.RATIO, message(_COVER))
    path = first_path(person.cover, f"{person.path}.monthly_income")
    return Row(path, (Cell(message(N_("Covers instalment"))), cell, _limit(kept)))


def _worth(person: GuarantorMeans, told: Guarantor) -> Row:
    kept = at_most(ONE, person.net_worth_cover)
    cell = figure_cell(person.net_worth_cover, Unit.RATIO, message(_WORTH_COVER))
    path = first_path(person.net_worth_cover, told.at("assets_total"))
    return Row(path, (Cell(message(N_("Covers loan"))), cell, _limit(kept)))


def _limit(kept: Truth) -> Cell:
    return yes_no(kept, N_("enough"), N_("too little"), broken=State.LOOK)


def _kind(told: Guarantor) -> Row:
    kind = effective_kind(told)
    joint = kind if isinstance(kind, Missing) else kind == "joint"
    verdict = yes_no(joint, N_("claim at once"), N_("borrower first"), broken=State.LOOK)
    return line(told.at("guarantee_kind"), N_("Kind of guarantee"), word(KINDS, told.guarantee_kind), verdict)


def _period(told: Guarantor, policy: Policy) -> Row:
    months = known(effective_period(told))
    silent = isinstance(told.guarantee_period_months, Missing) or not told.guarantee_period_months
    says = message(N_("{months:count} months after due"), months=months)
    if silent:
        says = message(N_("{months:count} months, by law"), months=months)
    least = policy.get(PERIOD_MIN, None)
    verdict = Cell(message(""))
    if isinstance(told.guarantee_kind, Missing) and silent:
        verdict = Cell(state=State.CANNOT_TELL)
    elif least is not None:
        verdict = yes_no(
            at_most(least, effective_period(told)), N_("long enough"), N_("too short"), broken=State.LOOK
        )
    return line(told.at("guarantee_period_months"), N_("Bound for"), says, verdict)


def _truth(told: Guarantor, fact: str, label: str, yes: str, no: str, *, broken: State = State.STOP) -> Row:
    return line(told.at(fact), label, NOTHING, yes_no(getattr(told, fact), yes, no, broken=broken))


def _mutual(told: Guarantor) -> Row:
    mutual = told.guaranteed_by_borrower
    free = mutual if isinstance(mutual, Missing) else not mutual
    verdict = yes_no(free, N_("no"), N_("in a circle"))
    return line(told.at("guaranteed_by_borrower"), N_("Mutual guarantee"), NOTHING, verdict)


def together(it: Assessment) -> Sayable:
    """What all guarantors cover of the instalment."""
    return message(
        N_("All guarantors together: {cover} times the instalment; at least {limit} is asked for."),
        cover=quantity(it.group_cover, Unit.RATIO),
        limit=quantity(it.policy[COVER_MIN], Unit.RATIO),
    )


def verdict_of(person: GuarantorMeans) -> tuple[State, Sayable]:
    """The stripe and the word of a guarantor's card."""
    standing, words = means_word(person)
    return TONES[standing], words


def rule_rows(rules: tuple[GroupRule, ...]) -> tuple[Row, ...]:
    """Each rule of the group with what was found and its limit."""
    return tuple(_rule(rule) for rule in rules)


def _rule(rule: GroupRule) -> Row:
    verdict = yes_no(rule.kept, N_("kept"), N_("broken"))
    cells = (
        Cell(rule.label),
        figure_cell(rule.found, RULE_UNITS[rule.name], rule.sentence),
        Cell(rule_limit(rule), muted=True),
        verdict,
    )
    return Row(first_path(rule.found, rule.path), cells)


def member_rows(members: tuple[GroupMember, ...]) -> tuple[Row, ...]:
    """Each member with kin, trade, loan, what is left, and for whom the member stands."""
    return tuple(_member(member) for member in members)


def _member(member: GroupMember) -> Row:
    kin = message(N_("kin of {who}"), who=member.kin_of) if member.kin_of else None
    stands = Verbatim("、".join(member.guarantees_for)) if member.guarantees_for else NOTHING
    answered = message(_AS_ANSWERED)
    return Row(
        member.path,
        (
            Cell(Verbatim(member.name or "—"), below=kin),
            Cell(Verbatim(member.trade or "—")),
            money_cell(member.loan_amount, answered),
            money_cell(member.monthly_surplus, answered),
            Cell(stands, tip=stands),
        ),
    )
