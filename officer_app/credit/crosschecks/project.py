"""The project that the loan pays for: from which price and output on it carries its costs. Source: DOMAIN, row 48."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.facts.purpose import Project
from officer_app.credit.figures import HUNDRED, ZERO, Figure, all_true, at_most, denied, known, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

SAFETY: Final = decimal_key("project_safety_min_percent", "percent", below=HUNDRED, optional=True)

RULE: Final = Rule(
    "PROJECT",
    FlagKind("PROJECT_TOO_THIN", 205, 1, N_("a small fall of price or output makes the project lose money")),
    Message(N_("Break-even of the project")),
    Message(
        N_(
            "break-even price = cost of one unit + fixed costs ÷ units; break-even output = fixed costs ÷ "
            "(price − cost of one unit); both at least the policy's share below the plan"
        )
    ),
    Message(N_("Ask for units, price, cost of one unit and fixed costs of the project")),
    Message(N_("Ask what the price was in the worst of the last three years, and who else buys")),
)


def break_even_price(project: Project) -> Figure:
    """The price at which a year's output just carries its costs."""
    return project.cost_per_unit + ratio(
        project.fixed_costs_per_year, project.units_per_year, project.at("units_per_year")
    )


def break_even_units(project: Project) -> Figure:
    """The units a year that just carry the fixed costs; missing when a unit earns nothing."""
    return ratio(
        project.fixed_costs_per_year, project.price_per_unit - project.cost_per_unit, project.at("price_per_unit")
    )


def _examine(ground: Ground) -> Results:
    """Pass when price and output may each fall by the policy's share before a year loses money."""
    project, safety = ground.facts.project, ground.policy.get(SAFETY, None)
    if safety is None or project is None:
        return ()
    inputs = (project.units_per_year, project.price_per_unit, project.cost_per_unit, project.fixed_costs_per_year)
    if unsaid(*inputs):
        return RULE.not_begun(project.path)
    units, price, cost, fixed = inputs
    lowest_price, lowest_units = break_even_price(project), break_even_units(project)
    sentence = Message(
        N_(
            "Planned {units:ratio} units at {price:money}; it carries itself from {lowest_price:money} a unit, "
            "or from {lowest_units:ratio} units, on; {safety:percent} of room are wanted"
        ),
        {
            "units": known(units),
            "price": known(price),
            "lowest_price": known(lowest_price),
            "lowest_units": known(lowest_units),
            "safety": safety,
        },
    )
    # Without a division, so that a price of nothing or below its cost simply does not carry.
    rest = (HUNDRED - safety) / HUNDRED
    passes = all_true(
        (
            at_most(fixed + units * cost, units * price * rest),
            at_most(fixed, (price - cost) * units * rest),
            denied(at_most(units * price, ZERO)),
        )
    )
    return RULE.result(passes, sentence, (project.path,), Numbers(price, lowest_price, unit=Unit.MONEY))


CHECK: Final = RULE.check(_examine)
