"""Which of the running costs are wages, rent or power, by the words they are written down with."""

from __future__ import annotations

import re
from typing import Final

from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ZERO, Figure, summed

# Words of the field, matched inside the cost's name: a cost item is free text.
WAGES: Final = (
    *("工资", "薪", "提成", "人工", "奖金", "员工", "帮工", "小工", "雇"),
    *("wage", "salar", "payroll", "staff"),
)
RENT: Final = (*("租", "摊位费", "档口费", "场地费"), "rent")
# What else is paid for a place: a stall has a fee where a shop has a rent.
PLACE: Final = (*RENT, "店面费", "进场费", "stall fee")
# Wages by the month, as against those that move with the sales.
SALARY: Final = ("工资", "薪", "员工", "wage", "salar", "payroll", "staff")
# Wages and rents that do move with the sales, by the words people use for them.
MOVES: Final = (
    *("提成", "计件", "雇", "临时", "小工", "零工", "季节", "日工", "钟点", "采收", "奖金", "扣点", "抽成", "按天"),
    *("commission", "piece", "casual", "seasonal", "daily", "bonus", "turnover"),
    # hired by the trip or the day, and meals for those who come
    *("车", "机", "设备", "餐", "vehicle", "machine", "meal"),
)
# What the household pays for the home.
HOUSING: Final = ("租", "住", "房", "rent", "housing", "lodging", "home")
# One sum for everything: whether the rent is in it shows in what it leaves for the rest.
ALL_IN_ONE: Final = ("生活", "日常", "家用", "家庭", "开支", "开销", "支出", "living", "household", "expenses")
# Power, water, gas and heating. 电话 is a phone, 水果 is fruit, 薪水 a wage.
_ENERGY: Final = re.compile(
    r"电(?!话|商|脑|器|动|视)|(?<!薪)水(?!果|产|泥|平)|燃|煤|柴油|气费|天然气|液化气|暖|能源|能耗|物业|"
    r"water|power|electri|\bgas\b|coal|diesel|fuel|heating|utilit"
)
_POWER_OR_WATER: Final = re.compile(r"电(?!话|商|脑|器|动|视)|(?<!薪)水(?!果|产|泥|平)|water|power|electri|utilit")


def cost_named(facts: CaseFacts, words: tuple[str, ...]) -> Figure:
    """Sum of the running costs whose name holds one of the words; 0 when no cost does."""
    return summed(facts.operating_costs, lambda cost: cost.monthly_amount if is_named(cost.item, words) else ZERO)


def is_energy(item: str) -> bool:
    """Whether a cost or expense pays for power, water, gas or heating."""
    return _ENERGY.search(item.lower()) is not None


def is_power_or_water(item: str) -> bool:
    """Whether a bill is one for power or water; gas and diesel may lie in the unit cost of what is sold."""
    return _POWER_OR_WATER.search(item.lower()) is not None


def is_named(item: str, words: tuple[str, ...]) -> bool:
    """Whether the name of a cost holds one of the words."""
    lowered = item.lower()
    return any(word in lowered for word in words)


def words_read(item: str) -> str:
    """Of a free text only the words that rules read in it: whoever is named beside them is left out."""
    lowered = item.lower()
    listed = (word for word in (*WAGES, *PLACE, *SALARY, *MOVES, *HOUSING, *ALL_IN_ONE) if word in lowered)
    return "、".join(dict.fromkeys((*listed, *_ENERGY.findall(lowered), *_POWER_OR_WATER.findall(lowered))))
