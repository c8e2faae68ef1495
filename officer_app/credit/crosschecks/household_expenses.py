"""Household expenses as told against the local floor. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.figures import at_most, known
from officer_app.credit.ground import Ground

FLAG: Final = FlagKind(
    "HOUSEHOLD_EXPENSE_UNDERSTATED", 50, 1, N_("household expenses as told are below the local floor")
)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when reported ≥ floor × persons."""
    family = ground.household
    persons = ground.facts.household.persons
    sentence = Message(
        N_("Told household expenses of {told:money} a month; {persons:count} persons need {found:money} at least"),
        {"told": known(family.expenses_reported), "persons": known(persons), "found": known(family.expenses_floor)},
    )
    paths = ("household.monthly_expenses", "household.persons")
    return (
        judged(
            Finding(
                "HOUSEHOLD",
                Message(N_("Household expenses against the local floor")),
                Message(N_("expenses as told at least floor per person × persons")),
                sentence,
                at_most(family.expenses_floor, family.expenses_reported),
                Message(N_("Ask again item by item: food, school, rent, medicine, support of parents")),
                paths,
                family.expenses_reported,
                family.expenses_floor,
                fields=(
                    Field("reported", family.expenses_reported, 2),
                    Field("floor", family.expenses_floor, 2),
                    Field("adopted", family.expenses_adopted, 2),
                ),
                causes=failing(FLAG, "HOUSEHOLD", sentence, paths),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
