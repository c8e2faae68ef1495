"""What to ask next: at most three questions, ranked by how many yuan the answer can move the recommendation.

Each candidate names the case after its plausible answers; the case is assessed for each, and the span between the
lowest and the highest amount is the question's worth. What the amount still waits for stands at plausible guesses
meanwhile. Pure, and a matter of some thirty assessments. Source: DOMAIN, e.17.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from officer_app.base.words import ENGLISH, N_, Message, Parameter, say
from officer_app.credit.asking.candidate import Candidate, Situation
from officer_app.credit.asking.debts import debts
from officer_app.credit.asking.doubts import doubts
from officer_app.credit.asking.earnings import earnings
from officer_app.credit.asking.missing import completed, missing, scale_of
from officer_app.credit.asking.possessions import possessions
from officer_app.credit.asking.premises import premises
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ZERO, arithmetic, known
from officer_app.credit.policy import Policy

LIMIT: Final = 3
# Assessments that one round may cost; at a millisecond or two each nobody waits for them.
_MOST_ASSESSMENTS: Final = 60
_MOST_MISSING: Final = 12
_YUAN: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words, why it is asked now, by how much it moves the amount (yuan), where it is answered.

    What moves no amount, as a refused case, ranks by how much it moves the lowest cap behind it (`behind`), then what
    is left each month (`monthly`).
    """

    ask: Message
    reason: Message
    worth: Decimal
    behind: Decimal
    monthly: Decimal
    paths: tuple[str, ...]


def ask_next(
    facts: CaseFacts, policy: Policy, assessment: Assessment | None = None, limit: int = LIMIT
) -> tuple[Question, ...]:
    """The questions worth most, the dearest first; `assessment` of the same facts saves making it again.

    Questions that decide a check but move no yuan fill up what is left. The order of rows in a list does not matter,
    and equal worth goes by the words.
    """
    with localcontext(arithmetic()):
        case = _situation(facts, assessment or assess(facts, policy))
        ranked = sorted(_weighed(case, candidates(case)), key=_rank)
        return tuple(_each_once(ranked))[:limit]


def _rank(question: Question) -> tuple[Decimal, Decimal, Decimal, str, tuple[str, ...]]:
    return -question.worth, -question.behind, -question.monthly, say(question.ask, ENGLISH), question.paths


def candidates(case: Situation) -> tuple[Candidate, ...]:
    """Everything that may be asked, by subject and within it by its words."""
    subjects = (
        debts(case),
        doubts(case),
        earnings(case),
        premises(case),
        possessions(case),
    )
    lacking = tuple(missing(case, scale_of(case.told, case.assessment)))[:_MOST_MISSING]
    others = (one for subject in subjects for one in sorted(subject, key=lambda found: say(found.ask, ENGLISH)))
    return (*lacking, *others)


def _situation(facts: CaseFacts, assessment: Assessment) -> Situation:
    scale = scale_of(facts, assessment)
    whole, figures = completed(facts, assessment, scale)
    return Situation(facts, assessment, whole, figures, scale.sales)


def situation_of(facts: CaseFacts, policy: Policy) -> Situation:
    """The case that questions are asked in."""
    with localcontext(arithmetic()):
        return _situation(facts, assess(facts, policy))


def _weighed(case: Situation, found: tuple[Candidate, ...]) -> Iterator[Question]:
    left = _MOST_ASSESSMENTS
    here = _Amount.of(case.figures)
    for candidate in found:
        answers = [answer for answer in candidate.answers if answer is not case.facts]
        if len(answers) > left:
            continue
        left -= len(answers)
        amounts = [here, *(_Amount.of(assess(answer, case.policy)) for answer in answers)]
        worth, monthly = _worth(amounts), _span([amount.monthly for amount in amounts])
        if worth or monthly or candidate.decides:
            behind = _span([amount.behind for amount in amounts])
            reason = _reason(candidate, worth, monthly)
            yield Question(candidate.ask, reason, worth, behind, monthly, candidate.paths)


@dataclass(frozen=True, slots=True)
class _Amount:
    """The recommendation; the lowest cap, 0 where a flag refuses, and whatever flags say; what is left each month."""

    recommended: Decimal
    lowest: Decimal
    behind: Decimal
    monthly: Decimal

    @classmethod
    def of(cls, assessment: Assessment) -> _Amount:
        sizing = assessment.sizing
        caps = [cap for cap in (known(cap) for cap in sizing.caps.values()) if cap is not None]
        lowest = known(sizing.lowest_cap)
        lowest = min(caps, default=ZERO) if lowest is None else lowest
        recommended = known(sizing.recommended_max_loan)
        rounded = known(sizing.lowest_cap_rounded_down)
        refused = recommended is not None and rounded is not None and recommended < rounded
        monthly = known(assessment.household.disposable_income)
        amount = lowest if recommended is None else recommended
        return cls(amount, ZERO if refused else lowest, lowest, monthly or ZERO)


def _worth(amounts: list[_Amount]) -> Decimal:
    """By the recommendation; by the lowest cap where rounding hides the difference."""
    return _span([amount.recommended for amount in amounts]) or _span([amount.lowest for amount in amounts])


def _span(values: list[Decimal]) -> Decimal:
    return (max(values) - min(values)).quantize(_YUAN, rounding=ROUND_HALF_UP)


def _reason(candidate: Candidate, worth: Decimal, monthly: Decimal) -> Message:
    values: dict[str, Parameter] = {"because": candidate.because, "worth": worth, "monthly": monthly}
    if worth:
        return Message(N_("{because}. The answer can move the amount by {worth:money}"), values)
    if monthly:
        return Message(N_("{because}. The answer can move what is left each month by {monthly:money}"), values)
    return Message(N_("{because}. No amount hangs on it, but a check does"), values)


def _each_once(ranked: list[Question]) -> Iterator[Question]:
    """One question for a place: the dearest."""
    seen: set[str] = set()
    for question in ranked:
        place = question.paths[0] if question.paths else say(question.ask, ENGLISH)
        if place not in seen:
            seen.add(place)
            yield question
