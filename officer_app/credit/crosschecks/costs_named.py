"""Which of the running costs are wages and which are rent, by the words they are written down with."""

from __future__ import annotations

from typing import Final

from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ZERO, Figure, summed

# Words of the field, matched inside the cost's name: a cost item is free text.
WAGES: Final = (
    *("工资", "薪", "提成", "人工", "奖金", "员工", "帮工", "小工", "雇"),
    *("wage", "salar", "payroll", "staff"),
)
RENT: Final = (*("租", "摊位费", "档口费", "场地费"), "rent")


def cost_named(facts: CaseFacts, words: tuple[str, ...]) -> Figure:
    """Sum of the running costs whose name holds one of the words; 0 when no cost does."""
    return summed(facts.operating_costs, lambda cost: cost.monthly_amount if _is(cost.item, words) else ZERO)


def _is(item: str, words: tuple[str, ...]) -> bool:
    lowered = item.lower()
    return any(word in lowered for word in words)
