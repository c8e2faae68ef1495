"""From a tree of texts to typed facts, and what is still missing in them."""

from __future__ import annotations

from collections.abc import Iterator

from officer_app.base.errors import Code, Fault
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.debts import Outflow
from officer_app.credit.facts.security import Collateral, Valuation
from officer_app.credit.figures import Missing
from officer_app.credit.nodes import FactNode, FactTree, Problems, lacking, read_node
from officer_app.credit.routes import lacking_inputs, with_facts

__all__ = ["FactNode", "FactTree", "complete", "read_facts"]


def read_facts(tree: FactTree) -> CaseFacts:
    """The facts in a tree of texts, however few.

    A value out of its range (a negative rent) is kept as missing with its path, since an officer may be about to
    mend it. Errors: FACT_UNKNOWN, FACT_MALFORMED; `where` holds all paths.
    """
    problems = Problems()
    facts = read_node(CaseFacts, tree, "", problems)
    if problems.unknown:
        raise Fault(Code.FACT_UNKNOWN, where=", ".join(problems.unknown), paths=", ".join(problems.unknown))
    if problems.malformed:
        raise Fault(Code.FACT_MALFORMED, where=", ".join(problems.malformed), paths=", ".join(problems.malformed))
    return facts


def complete(facts: CaseFacts) -> tuple[str, ...]:
    """Paths of required facts that nobody has given yet; empty when the case can be assessed whole."""
    return tuple(dict.fromkeys((*lacking(facts), *_by_circumstance(facts))))


def _by_circumstance(facts: CaseFacts) -> Iterator[str]:
    """What is required only because of what was chosen elsewhere."""
    application = facts.application
    if application.repayment_method == "principal_schedule" and application.principal_share_by_month is None:
        yield application.at("principal_share_by_month")
    for route in facts.sales.routes if isinstance(facts.sales.routes, tuple) else ():
        yield from lacking_inputs(with_facts(route, facts))
    if facts.sales.routes == ():
        yield facts.sales.at("routes")
    for outflow in facts.unexplained_regular_outflows:
        yield from _size_of(outflow)
    for item in facts.collateral:
        yield from _value_of(item)


def _size_of(outflow: Outflow) -> Iterator[str]:
    rate, months = outflow.assumed_monthly_rate_percent, outflow.remaining_months
    if isinstance(rate, Missing) and isinstance(months, Missing) and rate.absent and months.absent:
        yield outflow.at("assumed_monthly_rate_percent")


def _value_of(item: Collateral) -> Iterator[str]:
    if not any(_given(item.valuation)):
        yield item.at("valuation")


def _given(valuation: Valuation) -> Iterator[bool]:
    yield bool(valuation.comparables) or bool(valuation.comparables_price_per_m2)
    for figure in (valuation.monthly_net_rent, valuation.replacement_cost, valuation.counted_value):
        yield not (isinstance(figure, Missing) and figure.absent)
