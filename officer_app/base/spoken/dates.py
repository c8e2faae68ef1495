"""Days as people say them: 2027年5月31日, 2026-05-20, 9月3日, 明年三月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from officer_app.base.spoken.counting import count_at
from officer_app.base.spoken.reading import folded

_NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_SAID: Final = re.compile(
    rf"(?:(?P<year>(?:19|20)\d{{2}})\s*[年./-]|(?P<short>[012〇零一二三四五六七八九]{{2}})年|(?P<near>今年|明年|后年|去年|前年))?"
    rf"\s*(?P<month>{_NUMBER})(?:月|[./-](?=\d))(?:份)?(?:(?P<day>{_NUMBER})[日号]?)?(?P<end>底)?"
)
_NEAR: Final = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_WHOLE_YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d{2})年?|(?P<short>[〇零一二三四五六七八九]{2})年")
_DAY_OF: Final = re.compile(r"(?P<near>大前天|前天|昨天|今天|明天|后天)")
_DAYS: Final = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that was said; where only a month was said it is the first of it."""

    day: date
    only_month: bool
    start: int
    end: int


def day_in(text: str, today: date) -> SaidDay | None:
    """The first day in a text. A day without a year is the one nearest to today."""
    flat = folded(text)
    near = _DAY_OF.search(flat)
    if near is not None:
        day = date.fromordinal(today.toordinal() + _DAYS[near["near"]])
        return SaidDay(day, only_month=False, start=near.start(), end=near.end())
    for met in _SAID.finditer(flat):
        found = _day(met, today)
        if found is not None:
            return SaidDay(found, met["day"] is None, met.start(), met.end())
    return None


def year_in(text: str) -> tuple[int, int, int] | None:
    """A year alone, with its place: 一九年 is 2019."""
    met = _WHOLE_YEAR.search(folded(text))
    if met is None:
        return None
    year = int(met["year"]) if met["year"] else _short_year(met["short"])
    return year, met.start(), met.end()


def _day(met: re.Match[str], today: date) -> date | None:
    month, day = _whole(met["month"]), _whole(met["day"]) if met["day"] else 1
    if met["year"]:
        year = int(met["year"])
    elif met["short"]:
        year = _short_year(met["short"])
    elif met["near"]:
        year = today.year + _NEAR[met["near"]]
    elif "月" not in met.group():
        return None
    else:
        near = [made for made in (_made(today.year + by, month, day) for by in (-1, 0, 1)) if made is not None]
        return min(near, key=lambda one: abs((one - today).days), default=None)
    return _made(year, month, day)


def _short_year(words: str) -> int:
    digits = "".join(
        str("零一二三四五六七八九".find(sign.replace("〇", "零"))) if not sign.isdigit() else sign for sign in words
    )
    return 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _whole(words: str) -> int:
    count = count_at(words, 0)
    return int(count.low) if count is not None and count.end == len(words) else 0


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
