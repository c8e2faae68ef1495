"""The two conclusions of every file: can they pay, will they pay. Source: seed row 13; DOMAIN b and e.13.

Hard data answers the first, soft data and what was told beside what was found the second. A conclusion is never more
than a sentence with its reasons: it refuses nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit import flagkinds as kinds
from officer_app.credit.assessment import Answer, Capacity, Cause, Conclusion, RiskIndex, Sizing
from officer_app.credit.crosschecks.concentration import FLAG as CONCENTRATION
from officer_app.credit.crosschecks.identity_numbers import FLAG as ID_INVALID
from officer_app.credit.crosschecks.lenders import FLAG as LENDERS
from officer_app.credit.crosschecks.listed_people import BLACK as BLACKLISTED
from officer_app.credit.crosschecks.person_links import IMPERSONATION
from officer_app.credit.crosschecks.receivable_age import FLAG as RECEIVABLE_AGE
from officer_app.credit.crosschecks.straw import FLAG as STRAW
from officer_app.credit.figures import ONE, known
from officer_app.credit.ground import Ground
from officer_app.credit.policy import Policy
from officer_app.credit.riskindex import GRADES_FROM

# What speaks about the money, by code; everything that was told otherwise than seen speaks about the person.
_OF_MONEY: Final = frozenset(
    kind.code
    for kind in (
        kinds.NEGATIVE_DISPOSABLE,
        kinds.LOW_RESERVE,
        kinds.INSTALMENT_RATIO,
        kinds.DSCR_BELOW,
        kinds.LEVERAGE_OVER,
        kinds.STRESS_FAILED,
        kinds.CASH_FLOW_NEGATIVE,
        kinds.RATE_OVER_CAP,
        CONCENTRATION,
        LENDERS,
        RECEIVABLE_AGE,
    )
)
_OF_PERSON: Final = frozenset(kind.code for kind in (kinds.UNDISCLOSED_DEBT, kinds.BANKRUPTCY_PRONE, STRAW))
# Reasons after which nobody says "with conditions".
_NEVER: Final = frozenset(kind.code for kind in (STRAW, BLACKLISTED, ID_INVALID, IMPERSONATION))

ANSWER_LABELS: Final[Mapping[Answer, str]] = MappingProxyType(
    {
        Answer.YES: N_("yes"),
        Answer.WITH_CONDITIONS: N_("yes, under conditions"),
        Answer.NO: N_("no"),
        Answer.CANNOT_TELL: N_("not known yet"),
    }
)

_CAN_YES: Final = N_("An instalment of {instalment:money} is carried by the {left:money} left a month.")
_CAN_IF: Final = N_(
    "An instalment of {instalment:money} can be paid from the {left:money} left a month, under conditions."
)
_CAN_NO: Final = N_("An instalment of {instalment:money} cannot be paid from the {left:money} left a month.")
_CAN_OPEN: Final = N_("Whether it can be paid is not known yet: facts are missing.")
_SMALLER: Final = N_("Only {amount:money} of the {asked:money} asked for can be carried")
_NOTHING: Final = N_("The repayment capacity carries no loan at all")
_COVER: Final = N_("What is left before debts is {dscr:ratio} times the debt service: less than it takes")
_TOO_LARGE: Final = N_("The instalment of {instalment:money} is more than the {left:money} left a month")

_WILL_YES: Final = N_("Willingness is {score:points} of 100, and nothing found speaks against what was told.")
_WILL_IF: Final = N_("Willingness is {score:points} of 100; what speaks against it must be settled first.")
_WILL_NO: Final = N_("The word of this borrower does not carry a loan.")
_WILL_OPEN: Final = N_("Whether they will pay is not known yet: the soft questions are not answered.")
_FAIR: Final = N_("The soft answers give {score:points} of 100; from {good:points} on they are good")


def can_pay(ground: Ground, capacity: Capacity, sizing: Sizing, causes: tuple[Cause, ...]) -> Conclusion:
    """From disposable income, instalment, cover and the flags on money, at the tested loan.

    No: nothing is left, the instalment is more than what is left, the cover is below 1, or capacity carries no loan.
    With conditions: any other flag on money, or capacity carries less than was asked for.
    """
    left, instalment = known(ground.household.disposable_income), known(capacity.instalment)
    if left is None or instalment is None:
        return Conclusion(Answer.CANNOT_TELL, Message(_CAN_OPEN), ())
    values = {"left": left, "instalment": instalment}
    reasons = tuple(cause.sentence for cause in _first_of_each(causes) if cause.kind.code in _OF_MONEY)
    against = _against(left, instalment, capacity, sizing)
    if against:
        return Conclusion(Answer.NO, Message(_CAN_NO, values), (*against, *reasons))
    reasons = (*_smaller(ground, sizing), *reasons)
    if reasons:
        return Conclusion(Answer.WITH_CONDITIONS, Message(_CAN_IF, values), reasons)
    return Conclusion(Answer.YES, Message(_CAN_YES, values), ())


def _against(left: Decimal, instalment: Decimal, capacity: Capacity, sizing: Sizing) -> tuple[Message, ...]:
    dscr, cap = known(capacity.dscr), known(sizing.caps["repayment_capacity"])
    found = []
    if cap is not None and cap <= 0:
        found.append(Message(_NOTHING))
    elif instalment > left:
        found.append(Message(_TOO_LARGE, {"instalment": instalment, "left": left}))
    if dscr is not None and dscr < ONE:
        found.append(Message(_COVER, {"dscr": dscr}))
    return tuple(found)


def _smaller(ground: Ground, sizing: Sizing) -> tuple[Message, ...]:
    """Capacity itself, and no other cap, is what carries less than was asked for."""
    asked, cap = known(ground.facts.application.requested_amount), known(sizing.caps["repayment_capacity"])
    lowest = known(sizing.lowest_cap_rounded_down)
    if asked is None or cap is None or lowest is None or cap >= asked:
        return ()
    return (Message(_SMALLER, {"amount": min(lowest, cap), "asked": asked}),)


def will_pay(index: RiskIndex, policy: Policy, causes: tuple[Cause, ...]) -> Conclusion:
    """From the soft answers, debts kept back, and whatever was told otherwise than it was found.

    No: signs of a straw borrower, a list, a wrong identity, or a score below the lowest grade. With conditions:
    anything else that speaks against the borrower's word, or a score below the best grade.
    """
    score = next(known(part.score) for part in index.parts if part.name == "willingness")
    grades = policy[GRADES_FROM]
    raised = tuple(cause for cause in _first_of_each(causes) if _speaks_of_person(cause))
    reasons = tuple(cause.sentence for cause in raised)
    values, never = {"score": score}, any(cause.kind.code in _NEVER for cause in raised)
    if score is None:
        return Conclusion(Answer.NO, Message(_WILL_NO), reasons) if never else _open(reasons)
    if score < grades["A"]:
        reasons = (Message(_FAIR, {"score": score, "good": grades["A"]}), *reasons)
    if never or score < grades["C"]:
        return Conclusion(Answer.NO, Message(_WILL_NO), reasons)
    if reasons:
        return Conclusion(Answer.WITH_CONDITIONS, Message(_WILL_IF, values), reasons)
    return Conclusion(Answer.YES, Message(_WILL_YES, values), ())


def _open(reasons: tuple[Message, ...]) -> Conclusion:
    return Conclusion(Answer.CANNOT_TELL, Message(_WILL_OPEN), reasons)


def _speaks_of_person(cause: Cause) -> bool:
    elsewhere = _OF_MONEY | {kinds.COLLATERAL_INELIGIBLE.code}  # a pledge says nothing of the one who offers it
    return cause.kind.code in _OF_PERSON or (cause.told_and_seen and cause.kind.code not in elsewhere)


def _first_of_each(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Each code once, with the sentence of its first cause; what only repeats another is left out."""
    found: dict[str, Cause] = {}
    for cause in causes:
        if not cause.follows:
            found.setdefault(cause.kind.code, cause)
    return tuple(found.values())
