"""Numbers and dates as people of a language read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

FORMATS: Final = frozenset(
    {"money", "percent", "points", "ratio", "count", "date", "time", "moment", "metres", "month"}
)
_CHINESE: Final = "zh_CN"
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MINUS: Final = "−"


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded half away from zero to so many decimals, as the field's papers do."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def show(value: object, kind: str, language: str) -> str:
    """A value in one of FORMATS, for one language.

    Dates and moments come as they are given: convert to the reader's zone first. Errors: TypeError for a
    value that does not fit the kind.
    """
    if isinstance(value, date):
        return _show_time(value, kind, language)
    if not isinstance(value, (int, str, Decimal)):
        raise TypeError(kind)
    number = Decimal(value)
    match kind:
        case "money":
            return money(number)
        case "percent":
            return f"{trimmed(number, 2)}%"
        case "metres":
            return _distance(number, language)
        case "count":
            return _signed(f"{half_up(abs(number), 0):,}", number)
        case _:
            return trimmed(number, 2)


def money(value: Decimal) -> str:
    """55,350 or 55,350.50: grouped, fen only where there are any, a true minus sign."""
    rounded = half_up(value, 2)
    places = 0 if rounded == rounded.to_integral_value() else 2
    return _signed(f"{abs(rounded):,.{places}f}", rounded)


def trimmed(value: Decimal, places: int) -> str:
    """At most so many decimals, no trailing zeros: 12.5, not 12.50."""
    rounded = half_up(value, places)
    text = f"{abs(rounded):,.{places}f}"
    return _signed(text.rstrip("0").rstrip(".") if "." in text else text, rounded)


def _signed(text: str, value: Decimal) -> str:
    return f"{_MINUS}{text}" if value < 0 else text


def _distance(metres: Decimal, language: str) -> str:
    if abs(metres) < 1000:
        return f"{half_up(metres, 0)} {'米' if language == _CHINESE else 'm'}"
    return f"{trimmed(metres / 1000, 1)} {'公里' if language == _CHINESE else 'km'}"


def _show_time(value: date, kind: str, language: str) -> str:
    chinese = language == _CHINESE
    clock = value.strftime("%H:%M") if isinstance(value, datetime) else ""
    if kind == "time":
        return clock
    if kind == "month":
        return f"{value.year}年{value.month}月" if chinese else f"{_MONTHS[value.month - 1]} {value.year}"
    day = (
        f"{value.year}年{value.month}月{value.day}日"
        if chinese
        else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    )
    return f"{day} {clock}".strip() if kind == "moment" else day


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_SMALL: Final = ("", "拾", "佰", "仟")
_LARGE: Final = ("", "万", "亿", "万亿")


def amount_in_words(value: Decimal, language: str) -> str:
    """An amount of yuan as written on a cheque: 人民币伍万伍仟叁佰伍拾元整 in Chinese.

    Units: yuan, rounded half up to fen, below 10^16. Other languages get 'CNY 55,350.00': words there prove
    nothing that the figures do not. Source: the people's bank's rules for filling in bills (票据填写规定).
    """
    rounded = half_up(abs(value), 2)
    if language != _CHINESE:
        return f"CNY {_signed(f'{rounded:,.2f}', value)}"
    yuan, fen = divmod(int(rounded * 100), 100)
    head = "人民币" + ("负" if value < 0 and rounded else "")
    return head + _yuan(yuan, lonely=fen == 0) + _fen(fen, after_yuan=yuan > 0)


def _yuan(yuan: int, *, lonely: bool) -> str:
    if yuan == 0:
        return "零元" if lonely else ""
    groups: list[int] = []
    rest = yuan
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group == 0:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or group < 1000) else "") + _four_digits(group) + _LARGE[place]
        gap = False
    return text + "元"


def _four_digits(group: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _SMALL[place]
        gap = False
    return text


def _fen(fen: int, *, after_yuan: bool) -> str:
    if fen == 0:
        return "整"
    jiao, rest = divmod(fen, 10)
    text = f"{_DIGITS[jiao]}角" if jiao else ("零" if after_yuan else "")
    return text + (f"{_DIGITS[rest]}分" if rest else "整")
