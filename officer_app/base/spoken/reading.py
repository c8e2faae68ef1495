"""Reads what was said into amounts with measure and period: 房租 9800/月, 一天两万多, 每亩八百斤, 月息一分五.

Pure. Nothing is guessed silently: an `Amount` says how firmly it was said, keeps both ends of a range, and
`telling.told` says in words what was read. Never raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from officer_app.base.spoken.counting import EACH, Count, Sureness, count_at
from officer_app.base.spoken.measures import Kind, Measure, Span, measure_at

MAX_TEXT: Final = 400


@dataclass(frozen=True, slots=True)
class Period:
    """Each span, or each half of a day, a month or a year (`times` 0.5)."""

    span: Span
    times: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Amount:
    """One quantity that was said, with its place in the text.

    `low` and `high` in the unit of the measure's kind (money in yuan, weight in kilograms: see `measures.Kind`), time
    in its own span. `per` is the thing that one amount belongs to (800 斤 per 亩), `period` how often it comes.
    `custom`: read by a custom that must be asked back (个数, interest without 月 or 年).
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    sureness: Sureness = Sureness.EXACT
    measure: Measure | None = None
    period: Period | None = None
    per: Measure | None = None
    custom: bool = False

    @property
    def is_range(self) -> bool:
        """Whether both ends were said."""
        return self.low != self.high

    @property
    def kind(self) -> Kind | None:
        """What is measured, when it was said."""
        return self.measure.kind if self.measure is not None else None


def folded(text: str) -> str:
    """The text in half width and lower case, sign for sign, so that places stay."""
    return "".join(_fold(sign) for sign in text[:MAX_TEXT])


def _fold(sign: str) -> str:
    flat = unicodedata.normalize("NFKC", sign).lower()
    return flat if len(flat) == 1 else sign


def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in a text, in order; a period or a thing to which one belongs is no amount of its own."""
    flat = folded(text)
    found: list[_Atom] = []
    for clause in _clauses(flat):
        found.extend(_joined(list(_atoms(flat, *clause)), flat))
    return tuple(_merged([atom.amount for atom in _across(found, flat)]))


def amount_of(text: str) -> Amount | None:
    """What a text says when it says one amount and nothing else that counts; else None."""
    found = amounts(text)
    if len(found) != 1:
        return None
    flat = folded(text)
    rest = flat[: found[0].start] + flat[found[0].end :]
    return found[0] if _FILLER.fullmatch(rest) else None


# What may stand around a number in a field without changing it.
_FILLER: Final = re.compile(
    r"(?:[\s,.!?。!~≈:;()~-]|大概|大约|差不多|估计|应该|可能|就|是|约|吧|呢|嘛|啊|了|的样子|的|样子|也|光景|每|平均|about|around|roughly|say)*"
)
_CLAUSE_END: Final = re.compile(r"[。!?;;、\n]|,(?!\d{3}(?!\d))|(?<!\d),|—+|\.\s|\.$")


def _clauses(flat: str) -> Iterator[tuple[int, int]]:
    start = 0
    for met in _CLAUSE_END.finditer(flat):
        if met.start() > start:
            yield start, met.start()
        start = met.end()
    if start < len(flat):
        yield start, len(flat)


# --- atoms ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Atom:
    """An amount as it stands alone; `each` when it may be what another one belongs to (一天, 每亩, /月)."""

    amount: Amount
    each: bool = False
    paid: bool = False  # 半年一交: a period whose amount stands elsewhere


_SKIP: Final = re.compile(
    r"[a-z]*\d[0-9a-z]{10,}|(?<![\d.])(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}[日号]?)?)?|\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}(?:-\d{1,2})?"
    r"|[一二三四五六七八九十\d]{1,3}(?:号|点(?:半|钟|[一二三四五六七八九十]{1,3}分)?(?![一二三四五六七八九\d])|楼|班|年级|级|轴|哥|姐|叔|嫂|爷|金店|菱)"
    r"|(?!一二|二三|三四|四五|五六|六七|七八|八九)(?:[一二]?[〇零一二三四五六七八九]{2}|二零[一二三四五六七八九零]{2})年(?![多半])|十[一二]?月(?:份)?|[一二三四五六七八九]月(?:份|底|初|[一二三四五六七八九十]{1,3}号)?"
    r"|\d{1,2}月(?:份|底|初|中)?(?=\D|$)|两口子|第[一二三四五六七八九十\d]+|[二三四五]手|一(?:下|起|共|样|些|直|定|般|点|会|边|把|口气|出来|天到晚|年到头)|万一|千万(?=[别不要])|十分|统一|三轮"
    r"|星期[一二三四五六日天]|礼拜[一二三四五六日天]|周[一二三四五六日]"
)
_HALF: Final = re.compile(
    r"(?:(?P<whole>[一二两三四五六七八九十\d]{1,2})个)?半(?=(?:个)?(?:年|月|天|斤|公斤|学期|小时|钟头|亩|车))"
)
_EACH_WORD: Final = re.compile(r"(?:/|每隔?|per\s|each\s|every\s|an?\s|a\s)\s?")
_ADVERBS: Final = (
    (re.compile(r"日均|天天|每日|每天|一天到晚|\bdaily\b"), Period(Span.DAY)),
    (re.compile(r"每周|每礼拜|每星期|\bweekly\b"), Period(Span.WEEK)),
    (re.compile(r"月月|月均|月租|月还|月供|月付|月薪|每月|每个月|\bmonthly\b"), Period(Span.MONTH)),
    (re.compile(r"季付|每季度?|每个季度|\bquarterly\b"), Period(Span.QUARTER)),
    (re.compile(r"半年付|每半年"), Period(Span.YEAR, Decimal("0.5"))),
    (re.compile(r"年租|年付|每年|年薪|去年一年|去年|\byearly\b|\bannually\b|\ba year\b"), Period(Span.YEAR)),
    (re.compile(r"每学期"), Period(Span.TERM)),
)
_PAID: Final = re.compile(r"一?(?:交|付|结|给|清)(?!过)")
_INTEREST: Final = re.compile(
    r"(?P<head>月利率|年利率|月利息|年利息|月利|年利|月息|年息|利息|利率|息)?(?:是|按|给|算)?(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九])"
    r"(?P<unit>[毛分厘])(?P<more>半|\d|[一二三四五六七八九](?!个))?(?P<unit2>厘)?(?P<tail>的?利?息)?"
)
_PERCENT: Final = re.compile(r"百分之(?=\S)")
_SHARES: Final = re.compile(r"(?P<half>一半|对半)")
_BEFORE: Final = (
    (re.compile(r"(?:大概|大约|差不多|估计|约|about|around|roughly|approx\.?|~|≈)\s?$"), Sureness.ABOUT),
    (re.compile(r"(?:至少|起码|最少|少说(?:也有|也)?|不止|超过|多于|at least|over|more than|上)\s?$"), Sureness.OVER),
    (
        re.compile(r"(?:不到|不足|不超过|最多|至多|顶多|将近|小于|at most|under|up to|less than|below)\s?$"),
        Sureness.UNDER,
    ),
)
_AFTER: Final = (
    (re.compile(r"\s?(?:左右|上下|光景|的样子)"), Sureness.ABOUT),
    (re.compile(r"\s?(?:出头|打底|以上|总有的|总有|起步|往上|or more|多(?![少久])|\+)"), Sureness.OVER),
    (re.compile(r"\s?(?:[都也还]不到|不到(?!\S)|顶天|打住|以内|以下|封顶|or less)"), Sureness.UNDER),
)
_TO: Final = re.compile(r"\s?(?:-|~|—|–|至|到|to|and)\s?")


def _atoms(flat: str, start: int, end: int) -> Iterator[_Atom]:
    at = start
    while at < end:
        skipped = _SKIP.match(flat, at)
        if skipped is not None:
            at = skipped.end()
            continue
        atom = _atom_at(flat, at)
        if atom is None:
            at += 1
            continue
        if atom.amount.end > at:
            yield atom
        at = max(at + 1, atom.amount.end)


def _atom_at(flat: str, at: int) -> _Atom | None:
    for reader in (_interest, _adverb, _share, _plain):
        atom = reader(flat, at)
        if atom is not None:
            return atom
    return None


def _interest(flat: str, at: int) -> _Atom | None:
    """月息一分五: 1.5 per cent a month; 年息八厘: 8 per cent... of a year 分 is a tenth, 厘 a hundredth."""
    met = _INTEREST.match(flat, at)
    if met is None or not (met["head"] or met["tail"]) or _digit_before(flat, at):
        return None
    number = count_at(met["number"], 0)
    if number is None:
        return None
    parts = {"毛": Decimal(10), "分": Decimal(1), "厘": Decimal("0.1")}
    value = number.low * parts[met["unit"]]
    if met["more"]:
        value += _more(met["more"]) * parts[met["unit"]] / 10
    yearly = (met["head"] or "").startswith("年")
    said = yearly or (met["head"] or "").startswith("月")
    measure = Measure(Kind.RATE, Decimal(1), met.group().strip())
    period = Period(Span.YEAR if yearly else Span.MONTH)
    value = value * 10 if yearly else value
    return _Atom(Amount(value, value, at, met.end(), measure=measure, period=period, custom=not said))


def _more(sign: str) -> Decimal:
    if sign == "半":
        return Decimal(5)
    count = count_at(sign, 0)
    return count.low if count is not None else Decimal(0)


def _digit_before(flat: str, at: int) -> bool:
    return at > 0 and (flat[at - 1].isdigit() or flat[at - 1] in "一二两三四五六七八九十百千万")


def _adverb(flat: str, at: int) -> _Atom | None:
    for words, period in _ADVERBS:
        met = words.match(flat, at)
        if met is not None:
            amount = Amount(period.times, period.times, at, met.end(), measure=_span(period.span))
            return _Atom(amount, each=True, paid=True)
    return None


def _span(span: Span) -> Measure:
    return Measure(Kind.TIME, Decimal(1), "", span)


def _share(flat: str, at: int) -> _Atom | None:
    met = _SHARES.match(flat, at)
    if met is not None:
        return _Atom(Amount(Decimal(50), Decimal(50), at, met.end(), measure=Measure(Kind.SHARE, Decimal(1), "%")))
    met = _PERCENT.match(flat, at)
    count = count_at(flat, met.end()) if met is not None else None
    if count is None:
        return None
    share = Measure(Kind.SHARE, Decimal(1), "%")
    return _Atom(Amount(count.low, count.high, at, count.end, count.sureness, share))


def _plain(flat: str, at: int) -> _Atom | None:
    """A number with its measure: 三万五, 七块二, 一斤四两, 半年, /月, 每亩, 5 to 6 kg."""
    each = _EACH_WORD.match(flat, at)
    if each is not None and not _inside_word(flat, at):
        found = measure_at(flat, each.end())
        if found is not None and (
            flat[at] in "/每" or found[0].kind in (Kind.TIME, Kind.WEIGHT, Kind.AREA, Kind.PIECE)
        ):
            one = Amount(Decimal(1), Decimal(1), at, found[1], measure=found[0])
            return _Atom(one, each=True, paid=found[0].kind is Kind.TIME)
    half = _HALF.match(flat, at)
    if half is not None:
        whole = count_at(half["whole"], 0) if half["whole"] else None
        value = (whole.low if whole is not None else Decimal(0)) + Decimal("0.5")
        return _measured(flat, at, Count(value, value, Sureness.EXACT, half.end()))
    if flat[at].isascii() and flat[at].isalpha():
        return None
    begin = at + 1 if flat[at] in "¥￥$" else at
    count = count_at(flat, begin)
    if count is None:
        return None
    return _measured(flat, at, _ranged(flat, count), money=begin > at)


def _inside_word(flat: str, at: int) -> bool:
    return flat[at].isalpha() and flat[at].isascii() and at > 0 and flat[at - 1].isascii() and flat[at - 1].isalnum()


def _ranged(flat: str, count: Count) -> Count:
    """29到31, 5-6万: the second end lends its scale to the first where that has none."""
    if count.low != count.high:
        return count
    met = _TO.match(flat, count.end)
    other = count_at(flat, met.end()) if met is not None else None
    if other is None or other.low != other.high:
        return count
    low, scale = count.low, _scale_at_end(flat[met.end() : other.end]) if met is not None else Decimal(1)
    if low < other.low / scale:
        low *= scale
    if low >= other.low:
        return count
    return Count(low, other.high, Sureness.ABOUT, other.end)


_SCALE_AT_END: Final = {"万": "10000", "w": "10000", "千": "1000", "k": "1000", "百": "100", "亿": "100000000"}


def _scale_at_end(words: str) -> Decimal:
    return Decimal(_SCALE_AT_END.get(words[-1:], "1"))


_HALVED: Final = (Span.DAY, Span.MONTH, Span.YEAR)
_OF_THE_YEAR: Final = frozenset({"月", "日", "周"})


def _measured(flat: str, at: int, count: Count, *, money: bool = False) -> _Atom | None:
    found = measure_at(flat, count.end)
    measure, end = found if found is not None else (None, count.end)
    if (
        measure is not None
        and measure.kind is Kind.TIME
        and measure.word in _OF_THE_YEAR
        and count.low % 1 == 0
        and count.low != 1
    ):
        measure, end = None, count.end  # 三月 is a month of the year
    if measure is None and _stands_for_nothing(flat, at, count):
        return None
    if money and measure is None:
        measure = Measure(Kind.MONEY, Decimal(1), "元")
    factor = measure.factor if measure is not None else Decimal(1)
    low, high = count.low * factor, count.high * factor
    added, end = _continued(flat, end, measure)
    sureness, end = _surely(flat, at, end, count.sureness)
    each = count.low == count.high == 1 and flat[at : at + 1] == "一" and measure is not None
    half = measure is not None and measure.span in _HALVED and low == high == Decimal("0.5")
    half = half or (measure is not None and measure.kind is Kind.TIME and low == high == 1)
    amount = Amount(
        low + added, high + added, at, end, sureness, measure, custom=measure is not None and measure.slang
    )
    paid = measure is not None and measure.kind is Kind.TIME and _PAID.match(flat, end) is not None
    return _Atom(amount, each=(each or half) and not added, paid=paid)


def _stands_for_nothing(flat: str, at: int, count: Count) -> bool:
    """One Chinese digit inside other words is no number: 一共, 五金店, 老三."""
    if not count.bare:
        return False
    after = flat[count.end : count.end + 1]
    return not (after == "" or after in " ,。!?;") or not (at == 0 or flat[at - 1] in " ,。:")


_LESSER: Final = {"块": "0.1", "元": "0.1", "块钱": "0.1", "毛": "0.01", "角": "0.01", "kuai": "0.1"}


def _continued(flat: str, end: int, measure: Measure | None) -> tuple[Decimal, int]:
    """What a second part adds: 七块二, 两毛六, 三块八毛五, 一斤四两, 两年半, 三块半."""
    if measure is None:
        return Decimal(0), end
    if flat[end : end + 1] == "半" and flat[end + 1 : end + 2] not in ("年", "个", "天", "斤"):
        return measure.factor / 2, end + 1
    if measure.kind is Kind.MONEY and measure.word in _LESSER:
        return _small_money(flat, end, measure)
    if measure.kind is Kind.WEIGHT and measure.word == "斤":
        count = count_at(flat, end)
        found = measure_at(flat, count.end) if count is not None else None
        if count is not None and found is not None and found[0].word == "两":
            return count.low * found[0].factor, found[1]
    return Decimal(0), end


def _small_money(flat: str, end: int, measure: Measure) -> tuple[Decimal, int]:
    if EACH.match(flat, end) is not None:
        return Decimal(0), end
    sign = flat[end : end + 1]
    at = end + 1 if sign == "零" else end
    digit = flat[at : at + 1]
    if digit not in "一二三四五六七八九" or not digit:
        return Decimal(0), end
    count = count_at(digit, 0)
    value = count.low if count is not None else Decimal(0)
    after = flat[at + 1 : at + 2]
    if after in ("毛", "角", "分"):
        worth = Decimal("0.01") if after == "分" else Decimal("0.1")
        return _with_fen(flat, at + 2, value * worth)
    if after in "十百千万个" and after:
        return Decimal(0), end
    if measure_at(flat, at + 1) is not None:
        return Decimal(0), end
    worth = Decimal(_LESSER[measure.word])
    return value * worth, at + 1


def _with_fen(flat: str, end: int, so_far: Decimal) -> tuple[Decimal, int]:
    digit = flat[end : end + 1]
    if digit and digit in "一二三四五六七八九" and measure_at(flat, end + 1) is None:
        count = count_at(digit, 0)
        return so_far + (count.low if count is not None else Decimal(0)) * Decimal("0.01"), end + 1
    return so_far, end


def _surely(flat: str, start: int, end: int, sureness: Sureness) -> tuple[Sureness, int]:
    before = flat[max(0, start - 12) : start]
    for words, meant in _BEFORE:
        if words.search(before) is not None:
            sureness = meant
    for words, meant in _AFTER:
        met = words.match(flat, end)
        if met is not None:
            return meant, met.end()
    return sureness, end


# --- who belongs to whom -------------------------------------------------------------------------------------------


def _joined(atoms: list[_Atom], flat: str) -> list[_Atom]:
    """Give each period and each "per" to the amount it belongs to: the one just before it, else the next one."""
    found: list[_Atom] = []
    waiting: list[_Atom] = []
    for place, atom in enumerate(atoms):
        last = found[-1] if found else None
        ahead = _leads(atom, atoms[place + 1 : place + 2])
        if atom.each and last is not None and not waiting and not ahead and _touch(last.amount, atom.amount, flat):
            joined = _with(last.amount, atom)
            if joined is not None:
                found[-1] = replace_amount(last, joined)
                continue
        if atom.each:
            waiting.append(atom)
            continue
        for held in waiting:
            joined = _with(atom.amount, held)
            if joined is None:
                found.append(held)
            else:
                atom = replace_amount(atom, joined)  # noqa: PLW2901  the amount grows by what waited for it
        waiting.clear()
        found.append(atom)
    return [*found, *waiting]


def replace_amount(atom: _Atom, amount: Amount) -> _Atom:
    """The atom with another amount."""
    return _Atom(amount, each=False, paid=atom.paid)


def _leads(atom: _Atom, following: list[_Atom]) -> bool:
    """3万 月供1200: a period right before another amount is that one's."""
    return atom.paid and any(not one.each and one.amount.start == atom.amount.end for one in following)


_GAP: Final = re.compile(r"[\s/的]*")


def _touch(one: Amount, other: Amount, flat: str) -> bool:
    return _GAP.fullmatch(flat[one.end : other.start]) is not None


def _with(amount: Amount, each: _Atom) -> Amount | None:
    """An amount with its period or its "per"; None when it has one already, or is itself a time."""
    measure = each.amount.measure
    if measure is None or amount.kind is Kind.RATE:
        return None
    start, end = min(amount.start, each.amount.start), max(amount.end, each.amount.end)
    if measure.kind is Kind.TIME and measure.span is not None:
        if amount.period is not None:
            return None
        period = Period(measure.span, each.amount.low)
        return replace(amount, period=period, start=start, end=end)
    if amount.per is not None or amount.measure == measure:
        return None
    return replace(amount, per=measure, start=start, end=end)


def _across(atoms: list[_Atom], flat: str) -> list[_Atom]:
    """半年一交, 两万一: a period that stands alone in its clause goes to the amount beside it."""
    del flat
    found: list[_Atom] = []
    held: _Atom | None = None
    for atom in atoms:
        if atom.each and atom.paid:
            before = found[-1] if found else None
            if (
                before is not None
                and before.amount.kind in (None, Kind.MONEY)
                and before.amount.period is None
                and held is None
            ):
                found[-1] = _Atom(_with(before.amount, atom) or before.amount)
            else:
                held = atom
            continue
        if held is not None:
            joined = _with(atom.amount, held)
            atom = _Atom(joined) if joined is not None else atom  # noqa: PLW2901  as above
            held = None
        found.append(atom)
    return found


def _merged(found: list[Amount]) -> Iterator[Amount]:
    """七万多, 不到七万五: one amount between two ends."""
    at = 0
    while at < len(found):
        one = found[at]
        two = found[at + 1] if at + 1 < len(found) else None
        if (
            two is not None
            and one.sureness is Sureness.OVER
            and two.sureness is Sureness.UNDER
            and one.low < two.high
            and (one.measure, one.period) == (two.measure, two.period)
        ):
            yield replace(one, high=two.high, end=two.end, sureness=Sureness.ABOUT)
            at += 2
            continue
        yield one
        at += 1
