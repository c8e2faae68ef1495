"""Numbers as people say and type them: 三万五, 两三百, 十来, 1.2万, 2k. Both ends where two were said.

Pure and exact: decimals only, nothing is rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Final, TypeAlias


class Sureness(Enum):
    """How firmly a number was said. OVER and UNDER: the number itself is the end that was named."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Count:
    """A number at a place of a text: `low` and `high` differ where a range was said (两三百)."""

    low: Decimal
    high: Decimal
    sureness: Sureness
    end: int
    bare: bool = False  # one Chinese digit alone: 一 may belong to a word (一共)


@dataclass(frozen=True, slots=True)
class _Scale:
    factor: int


@dataclass(frozen=True, slots=True)
class _Figures:
    """A number in figures, such as 1.2 or 15000."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class _Digit:
    """One Chinese digit; SEVERAL is 几."""

    value: int


_Part: TypeAlias = "_Scale | _Figures | _Digit"

_SEVERAL: Final = -1
_DIGITS: Final = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
} | {"几": _SEVERAL}
_SCALES: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "亿": 100_000_000}
_LATIN: Final = {
    "wan": 10_000,
    "w": 10_000,
    "qian": 1000,
    "k": 1000,
    "bai": 100,
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
}
_FIGURES: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?<![\d.])\.\d+")
_LATIN_SCALE: Final = re.compile(r"\s?(wan|qian|bai|hundred|thousand|million|w|k)(?![a-z])")
_LATIN_GOES_ON: Final = re.compile(r"(wan|qian|bai|w)(?=\d)")
# 多少 asks, 多久 asks; 来回 is a trip.
_VAGUE: Final = re.compile(r"(?P<about>来(?!回)|把(?!一))|(?P<over>多(?![少久大])|余)")
_PAIRS: Final = frozenset({(3, 5), *((n, n + 1) for n in range(1, 9))})
_STARTS_BARE: Final = frozenset("百千万")
_LONGEST: Final = 24


def count_at(text: str, start: int) -> Count | None:
    """The number that begins at a place of an already folded text (`folded`), or None."""
    return _Scan(text, start).count()


class _Scan:
    """Collects the tokens of one number, then reckons."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._at = start
        self._start = start
        self._tokens: list[_Part] = []
        self._sureness = Sureness.EXACT

    def count(self) -> Count | None:
        while self._at - self._start < _LONGEST and self._step():
            pass
        ends = _ends(self._tokens, lowest=5 if self._text[max(0, self._start - 1) : self._start] in _MANY else 2)
        if ends is None:
            return None
        low, high = ends
        sureness = self._sureness
        if low != high and sureness is Sureness.EXACT:
            sureness = Sureness.ABOUT
        bare = self._at - self._start == 1 and isinstance(self._tokens[0], _Digit)
        return Count(low, high, sureness, self._at, bare)

    def _step(self) -> bool:
        return self._figures() or self._latin() or self._chinese() or self._vague()

    def _figures(self) -> bool:
        met = _FIGURES.match(self._text, self._at)
        if met is None or (self._tokens and not isinstance(self._tokens[-1], _Scale)):
            return False
        self._take(_Figures(Decimal(met.group().replace(",", ""))), met.end())
        return True

    def _latin(self) -> bool:
        if not self._tokens or isinstance(self._tokens[-1], _Digit):
            return False
        met = _LATIN_SCALE.match(self._text, self._at) or _LATIN_GOES_ON.match(self._text, self._at)
        if met is None:
            return False
        self._take(_Scale(_LATIN[met.group(1)]), met.end())
        return True

    def _chinese(self) -> bool:
        sign = self._text[self._at : self._at + 1]
        if sign in _SCALES and sign:
            if not self._tokens and not self._begins_bare():
                return False
            self._take(_Scale(_SCALES[sign]), self._at + 1)
            return True
        if sign not in _DIGITS or not sign or not self._goes_on(sign):
            return False
        self._take(_Digit(_DIGITS[sign]), self._at + 1)
        return True

    def _begins_bare(self) -> bool:
        """千把块, 万把, 千五六, 百十来, 十: a scale may open a number only when a number goes on behind it."""
        sign, after = self._text[self._at], self._text[self._at + 1 : self._at + 2]
        if sign in "十拾":
            return True
        before = self._text[self._at - 1 : self._at] if self._at else ""
        if sign not in _STARTS_BARE:
            return False
        if before in ("上", "近", "成", "好", "大") and before:
            return True
        return after in ("把", "来", "十") or (after in _DIGITS and after not in ("", "一") and sign != "万")

    def _goes_on(self, sign: str) -> bool:
        """Whether a Chinese digit belongs to this number, or begins what comes after it (三千二一个月, 四两)."""
        if not self._tokens:
            return True
        last = self._tokens[-1]
        after = self._text[self._at + 1 : self._at + 2]
        if sign == "两":
            return isinstance(last, _Scale) and after in _SCALES and after != ""
        if isinstance(last, _Figures):
            return False
        if isinstance(last, _Scale):
            return not (sign == "一" and last.factor != 10 and self._is_each())
        return self._may_follow(last, _DIGITS[sign], sign)

    def _may_follow(self, last: _Digit, value: int, sign: str) -> bool:
        """A digit after a digit: 零五, 八九, or a number read out digit by digit (一九九八)."""
        if last.value == 0:
            return True
        if sign == "一" and self._is_each():
            return False
        scales = any(isinstance(token, _Scale) for token in self._tokens)
        return not scales or (last.value, value) in _PAIRS

    def _is_each(self) -> bool:
        """Whether 一 here says "each": a measure or a period stands behind it."""
        return EACH.match(self._text, self._at) is not None

    def _vague(self) -> bool:
        """两万多, 十来, 三千余: inside a number only where a scale follows (二十多万), else it closes the number."""
        met = _VAGUE.match(self._text, self._at) if self._tokens else None
        if met is None or (met.lastgroup == "about" and not self._is_round()):
            return False
        self._sureness = Sureness.ABOUT if met.lastgroup == "about" else Sureness.OVER
        self._at = met.end()
        after = self._text[self._at : self._at + 1]
        return after in ("万", "亿", "千", "百") and after != ""

    def _is_round(self) -> bool:
        last = self._tokens[-1]
        return isinstance(last, _Scale) or (isinstance(last, _Figures) and last.value % 10 == 0)

    def _take(self, token: _Part, end: int) -> None:
        self._tokens.append(token)
        self._at = end


# 一 before one of these is "each", not a digit: 三千二一个月, 三十八一斤, 七块二一升.
EACH: Final = re.compile(
    r"一(?:个?(?:小时|钟头|月|季度|季|学期)|天|日|周|礼拜|星期|年|公斤|斤|吨|升|度|亩|方|平|公里|条|袋|瓶|碗|件|箱|桶|只|头"
    r"|趟|张|台|包|盒|份|口|人|位|间|户|棵|车|次|单|套|根|块地|棚|窝|瓦)"
)


_MANY: Final = ("大", "好")


def _ends(tokens: list[_Part], *, lowest: int) -> tuple[Decimal, Decimal] | None:
    """Both ends of what was said: 两三百 is 200 and 300, 十几 is 11 and 19, 大几千 is 5000 and 9000."""
    if not tokens:
        return None
    several = next((at for at, token in enumerate(tokens) if token == _Digit(_SEVERAL)), None)
    if several is not None:
        return _both(
            [*tokens[:several], _Digit(1 if several else lowest), *tokens[several + 1 :]],
            [*tokens[:several], _Digit(9), *tokens[several + 1 :]],
        )
    pair = _pair(tokens)
    if pair is not None:
        return _both([*tokens[: pair + 1], *tokens[pair + 2 :]], [*tokens[:pair], *tokens[pair + 1 :]])
    value = _spelled(tokens) if _is_spelled(tokens) else _value(tokens)
    return None if value is None else (value, value)


def _both(low: list[_Part], high: list[_Part]) -> tuple[Decimal, Decimal] | None:
    one, other = _value(low), _value(high)
    return None if one is None or other is None else (one, other)


def _pair(tokens: list[_Part]) -> int | None:
    """Where two digits stand side by side that mean "from to"."""
    if len([token for token in tokens if isinstance(token, _Digit)]) == len(tokens) and len(tokens) != 2:
        return None
    for at, (one, other) in enumerate(pairwise(tokens)):
        if isinstance(one, _Digit) and isinstance(other, _Digit) and (one.value, other.value) in _PAIRS:
            return at
    return None


def _is_spelled(tokens: list[_Part]) -> bool:
    return len(tokens) > 1 and all(isinstance(token, _Digit) for token in tokens)


def _spelled(tokens: list[_Part]) -> Decimal:
    return Decimal("".join(str(token.value) for token in tokens if isinstance(token, _Digit)))


def _value(tokens: list[_Part]) -> Decimal | None:
    """One number: 一万零五 10005, 三万五 35000, 3万5 35000, 三百二十五 325."""
    total, section = Decimal(0), Decimal(0)
    number: Decimal | None = None
    last, large = 0, 0  # the scale that a lone digit behind it continues (0 after 零), and the last of 万 and 亿
    short = False  # whether the last number is one digit, which the scale before it shortens
    for token in tokens:
        if isinstance(token, _Scale):
            if token.factor < 10_000:
                section += (Decimal(1) if number is None else number) * token.factor
            else:
                before = section + (number or Decimal(0))
                lifted = bool(total) and token.factor > large  # 一万亿
                total = (total + before) * token.factor if lifted else total + (before or Decimal(1)) * token.factor
                section, large = Decimal(0), token.factor
            number, last = None, token.factor
            continue
        if number is not None:
            return None
        if token == _Digit(0):
            last = 0
            continue
        number = token.value if isinstance(token, _Figures) else Decimal(token.value)
        short = isinstance(token, _Digit) or (number < 10 and number == number.to_integral_value())
    if number is None:
        return total + section
    shortened = last >= 100 and short
    return total + section + (number * last / 10 if shortened else number)
