"""The measures and periods people count in, and what they are worth in each other. Data, and look-up at a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final


class Kind(Enum):
    """What a measure measures."""

    MONEY = "money"
    WEIGHT = "weight"  # in kilograms
    AREA = "area"  # in square metres
    LENGTH = "length"  # in kilometres
    VOLUME = "volume"  # in litres
    ENERGY = "energy"  # in kilowatt hours
    TIME = "time"  # in months, days or hours: see `Span`
    SHARE = "share"  # in per cent
    RATE = "rate"  # in per cent, of interest
    PIECE = "piece"  # counted things, whatever they are


class Span(Enum):
    """A length of time that people count in."""

    HOUR = "hour"
    MINUTE = "minute"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"  # of a school: two a year
    YEAR = "year"


# Twelve months and fifty-two weeks make a year; a term of school is half of one.
MONTHS: Final = {
    Span.MONTH: Decimal(1),
    Span.QUARTER: Decimal(3),
    Span.TERM: Decimal(6),
    Span.YEAR: Decimal(12),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit: `factor` of it make one of the kind's own unit; `word` is how it was said."""

    kind: Kind
    factor: Decimal = Decimal(1)
    word: str = ""
    span: Span | None = None
    slang: bool = False  # said so by custom alone: must be asked back


def _one(kind: Kind, factor: str, words: str, *, slang: bool = False) -> dict[str, Measure]:
    return {word: Measure(kind, Decimal(factor), word, slang=slang) for word in words.split()}


def _time(span: Span, words: str) -> dict[str, Measure]:
    return {word: Measure(Kind.TIME, Decimal(1), word, span) for word in words.split()}


_MU_IN_M2: Final = "666.666667"
MEASURES: Final[dict[str, Measure]] = {
    **_one(Kind.MONEY, "1", "块钱 块 元钱 元 圆 人民币 rmb cny yuan kuai ¥ ￥"),
    **_one(Kind.MONEY, "0.1", "毛钱 毛 角 mao jiao"),
    **_one(Kind.MONEY, "0.01", "分钱"),
    **_one(Kind.MONEY, "10000", "个数", slang=True),
    **_one(Kind.WEIGHT, "1", "公斤 千克 kg kgs kilo kilos"),
    **_one(Kind.WEIGHT, "0.5", "市斤 斤 jin catty catties"),
    **_one(Kind.WEIGHT, "0.05", "两"),
    **_one(Kind.WEIGHT, "1000", "吨 ton tons tonne tonnes t"),
    **_one(Kind.WEIGHT, "0.001", "克 g"),
    **_one(Kind.AREA, _MU_IN_M2, "亩 mu"),
    **_one(Kind.AREA, "1", "平方米 平米 平方 平 个平方 ㎡ m2 sqm"),
    **_one(Kind.AREA, "10000", "公顷 ha"),
    **_one(Kind.LENGTH, "1", "公里 千米 km kms"),
    **_one(Kind.LENGTH, "0.5", "里地 里路"),
    **_one(Kind.VOLUME, "1", "升 个油 l litre litres liter liters"),
    **_one(Kind.ENERGY, "1", "度电 度 千瓦时 kwh"),
    **_one(Kind.SHARE, "1", "个百分点 个点 % percent pct"),
    **_one(Kind.SHARE, "10", "成"),
    **_time(Span.MINUTE, "分钟 minutes minute mins min"),
    **_time(Span.HOUR, "个小时 小时 个钟头 钟头 个钟 hours hour hrs hr h"),
    **_time(Span.DAY, "天 日 days day"),
    **_time(Span.WEEK, "个礼拜 礼拜 个星期 星期 周 weeks week wk"),
    **_time(Span.MONTH, "个月 月 期 months month mths mth mo"),
    **_time(Span.QUARTER, "个季度 季度 个季 季 quarters quarter qtr"),
    **_time(Span.TERM, "个学期 学期 terms term"),
    **_time(Span.YEAR, "年 years year yrs yr"),
    **_one(
        Kind.PIECE,
        "1",
        "口人 口 个人 人 位 名 家 户 件 袋 瓶 碗 条 箱 包 桶 只 头 趟 张 台 盒 份 间 棵 车 次 单 套 根 把 本 笔 棚 窝"
        " 篓 筐 捆 副 双 支 杯 盘 桌 样 部 辆 座 个 bags bag bottles bottle bowls bowl people persons person trips"
        " trip boxes box pieces piece pcs pc units unit heads head staff workers worker times",
    ),
}
_WORDS: Final = re.compile(
    r"\s?("
    + "|".join(
        re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")
        for word in sorted(MEASURES, key=len, reverse=True)
    )
    + ")"
)
# Ends that make another word of it: 号 of a door, 个 of 个体, 单边, 人家, 一家人 …
_NO_MEASURE: Final = re.compile(
    r"\s?(?:个体|家人|单边|本人|本子|张床|日子|年级|月份|分店|条街|头一|次日|平均|平常|平时|平日|人民|周末|期货|包括)"
)


def measure_at(text: str, at: int) -> tuple[Measure, int] | None:
    """The measure that stands at a place of a folded text, and where it ends."""
    if _NO_MEASURE.match(text, at):
        return None
    met = _WORDS.match(text, at)
    return None if met is None else (MEASURES[met.group(1)], met.end())
