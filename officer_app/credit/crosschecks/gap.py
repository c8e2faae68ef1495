"""Who pays what the loan does not cover, and whether the own money was seen. Source: DOMAIN e.7."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.check import Check
from officer_app.credit.crosschecks.purpose import OWN_CONTRIBUTION_MIN, purpose_total
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, compared, unsaid
from officer_app.credit.facts.application import Application
from officer_app.credit.figures import (
    HUNDRED,
    ZERO,
    Figure,
    Missing,
    Truth,
    all_true,
    at_most,
    denied,
    known,
    not_below_zero,
)
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key

RULES: Final = replace(choice_key("gap_rules", "none", "all"), optional=True)

GAP: Final = Rule(
    "GAP",
    FlagKind("GAP_UNPAID", 176, 1, N_("nobody knows who pays the rest, or a private lender does")),
    Message(N_("Who pays the rest")),
    Message(N_("cost of the purpose − loan − own money; the rest comes from a named source, not a private lender")),
    Message(N_("Ask who pays what the loan does not cover")),
    Message(N_("Ask for the name of whoever pays the rest, and on what terms; a second lender is the usual answer")),
)
OWN: Final = Rule(
    "OWN_FUNDS",
    FlagKind("OWN_FUNDS_NOT_SEEN", 177, 1, N_("the own money for the purpose is too little or was not seen")),
    Message(N_("Own money for the purpose")),
    Message(N_("own money seen ≥ cost of the purpose × own share of the policy")),
    Message(N_("Ask how much own money is ready for the purpose, and look at it")),
    Message(N_("Look at the account or the cash that pays the own share")),
)
# After sizing: less is recommended than was asked for, and the rest has to come from somewhere.
LEFT: Final = FlagKind("RECOMMENDED_LEAVES_GAP", 275, 2, N_("less is recommended, and nobody said who pays the rest"))
_UNSAFE: Final = ("unknown", "private_lender")
_SOURCES: Final = {
    "own_savings": N_("own savings"),
    "sales": N_("coming sales"),
    "family": N_("family"),
    "bank": N_("a bank"),
    "private_lender": N_("a private lender"),
    "supplier": N_("a supplier"),
    "reduced_purpose": N_("a smaller purpose"),
    "unknown": N_("nobody knows"),
}


def gap_after(application: Application, loan: Figure) -> Figure:
    """What neither this loan nor the own money pays of the purpose; never below 0."""
    own = application.own_funds_available
    return not_below_zero(purpose_total(application) - loan - (ZERO if unsaid(own) else own))


def source_of(application: Application) -> Message | None:
    """Where the rest comes from, in words; None while nobody said."""
    source = application.gap_source
    return None if isinstance(source, Missing) else Message(_SOURCES[source])


def _gap(ground: Ground) -> Results:
    """Pass when a safe source is named, or the loan as asked for and the own money pay everything."""
    application = ground.facts.application
    if ground.policy.get(RULES, "none") == "none":
        return ()
    asked = application.requested_amount
    gap, path = gap_after(application, asked), application.at("gap_source")
    if unsaid(application.own_funds_available, application.gap_source):
        return GAP.not_begun(path, application.at("own_funds_available"))
    if isinstance(application.gap_source, Missing) and gap != ZERO:
        return GAP.not_begun(path)
    payer = application.gap_paid_by.strip()
    sentence = Message(
        N_(
            "The purpose costs {told:money}, the loan asked for is {loan:money}, own money {own:money}: "
            "{found:money} remain, from {source} ({payer})"
        ),
        {
            "told": known(purpose_total(application)),
            "loan": known(asked),
            "own": known(application.own_funds_available),
            "found": known(gap),
            "source": source_of(application),
            "payer": Verbatim(payer) if payer else None,
        },
    )
    numbers = Numbers(purpose_total(application), gap)
    paths = (path, application.at("own_funds_available"), application.at("purpose_items"))
    return GAP.result(_paid(application, gap), sentence, paths, numbers)


def _paid(application: Application, gap: Figure) -> Truth:
    if isinstance(application.gap_source, Missing):
        return at_most(gap, ZERO)
    return application.gap_source not in _UNSAFE


def gap_left(ground: Ground, loan: Figure) -> tuple[Truth, Message]:
    """Whether a loan below the one asked for leaves a rest that no safe source pays, and the sentence for it.

    Only where somebody told the own money or a source: what nobody was asked is not held against the borrower.
    """
    application = ground.facts.application
    gap = gap_after(application, loan)
    sentence = Message(
        N_(
            "A loan of {loan:money} instead of {told:money} leaves {found:money} of the purpose open, to be paid "
            "from {source}"
        ),
        {
            "loan": known(loan),
            "told": known(application.requested_amount),
            "found": known(gap),
            "source": source_of(application),
        },
    )
    told = not unsaid(application.own_funds_available, application.gap_source)
    if ground.policy.get(RULES, "none") == "none" or not told:
        return False, sentence
    smaller, open_rest = denied(at_most(application.requested_amount, loan)), denied(at_most(gap, ZERO))
    safe = not isinstance(application.gap_source, Missing) and application.gap_source not in _UNSAFE
    return all_true((smaller, open_rest, not safe)), sentence


def _own(ground: Ground) -> Results:
    """Pass when the own money is enough for the own share and somebody saw it."""
    application, share = ground.facts.application, ground.policy[OWN_CONTRIBUTION_MIN]
    if ground.policy.get(RULES, "none") == "none":
        return ()
    if unsaid(application.own_funds_available):
        return OWN.not_begun(application.at("own_funds_available"))
    own = application.own_funds_available
    wanted = purpose_total(application) * share / HUNDRED
    sentence = Message(
        N_("Own money of {found:money} ({seen}); {share:percent} of the purpose are {told:money}"),
        {"found": known(own), "seen": _seen(application), "share": share, "told": known(wanted)},
    )
    numbers = compared(wanted, own, share, application.at("purpose_items"))
    paths = (application.at("own_funds_available"), application.at("own_funds_seen"))
    shown = Numbers(numbers.told, numbers.found, numbers.apart, None, Unit.MONEY)
    return OWN.result(all_true((at_most(wanted, own), application.own_funds_seen)), sentence, paths, shown)


def _seen(application: Application) -> Message | None:
    if isinstance(application.own_funds_seen, Missing):
        return None
    return Message(N_("seen by the officer") if application.own_funds_seen else N_("not seen by the officer"))


CHECKS: Final = (Check(GAP.flag.order, (GAP.flag, LEFT), _gap), OWN.check(_own))
