"""When a rule of the approval matrix or a lane applies: by amount, grade, red flags, product, open contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Sayable
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import known
from officer_app.credit.flagkinds import known_codes
from officer_app.credit.ourloans import owed_to_us
from officer_app.credit.riskindex import GRADES
from officer_app.credit.rowkeys import Column, codes, money, some_of, texts, whole


@dataclass(frozen=True, slots=True)
class Trigger:
    """Any one of these is enough; what a row leaves out never applies."""

    amount_above: Decimal | None
    grades: tuple[str, ...]
    flags: tuple[str, ...]
    products: tuple[str, ...]
    standing_from: int | None


@dataclass(frozen=True, slots=True)
class Matter:
    """What the rules look at: the amount in question and how many contradictions stand unexplained.

    `owed` is what is owed to us already: it counts with the amount.
    """

    assessment: Assessment
    amount: Decimal | None
    standing: int = 0
    owed: Decimal = Decimal(0)

    @property
    def exposure(self) -> Decimal | None:
        """What would be owed to us in all."""
        return None if self.amount is None else self.amount + self.owed

    @property
    def grade(self) -> str:
        """The grade, or nothing while it is not known."""
        grade = self.assessment.risk_index.grade
        return grade if isinstance(grade, str) else ""

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the red flags raised."""
        return frozenset(flag.code for flag in self.assessment.flags)


TRIGGER_COLUMNS: Final[Mapping[str, Column]] = {
    "amount_above": Column(money, None),
    "grades": Column(some_of(*GRADES), ()),
    "flags": Column(codes(known_codes), ()),
    "products": Column(texts, ()),
    "standing_from": Column(whole, None),
}


def matter_of(assessment: Assessment, standing: int, amount: Decimal | None = None) -> Matter:
    """The matter of a case; without an amount it is about the one asked for."""
    asked = known(assessment.facts.application.requested_amount)
    owed = known(owed_to_us(assessment.facts, assessment.policy)) or Decimal(0)
    return Matter(assessment, asked if amount is None else amount, standing, owed)


def reasons(trigger: Trigger, matter: Matter) -> tuple[Sayable, ...]:
    """Why the rule applies, as sentences; empty when it does not."""
    return tuple(_reasons(trigger, matter))


def _reasons(trigger: Trigger, matter: Matter) -> Iterator[Sayable]:
    if trigger.amount_above is not None and matter.exposure is not None and matter.exposure > trigger.amount_above:
        yield _above(matter, matter.exposure, trigger.amount_above)
    if matter.grade in trigger.grades:
        yield Message(N_("The risk grade is {grade}"), {"grade": matter.grade})
    raised = [flag for flag in matter.assessment.flags if flag.code in trigger.flags]
    yield from (flag.sentence for flag in raised)
    product = matter.assessment.facts.application.product
    if product and product in trigger.products:
        yield Message(N_("The product is {product}"), {"product": product})
    if trigger.standing_from is not None and matter.standing >= max(1, trigger.standing_from):
        yield Message(N_("{count:count} contradictions stand unexplained"), {"count": matter.standing})


def _above(matter: Matter, exposure: Decimal, limit: Decimal) -> Message:
    if not matter.owed:
        return Message(
            N_("The amount of {amount:money} is above {limit:money}"), {"amount": exposure, "limit": limit}
        )
    return Message(
        N_("{amount:money} and {owed:money} still owed to us are {sum:money} together, above {limit:money}"),
        {"amount": matter.amount, "owed": matter.owed, "sum": exposure, "limit": limit},
    )
