"""Spoken quantities: a table made by hand, what is no quantity, saying back, and properties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.numerals import amount_in_words
from officer_app.base.spoken.converting import Side, into, target_of
from officer_app.base.spoken.counting import Sureness
from officer_app.base.spoken.dates import day_in, year_in
from officer_app.base.spoken.reading import Amount, amount_of, amounts
from officer_app.base.spoken.telling import told
from officer_app.base.words import say
from tests.support.spoken_numbers import in_words

# said | low | high ("" when one) | how sure | kind | period | per what
TABLE = """
三万五|35000||exact|||
三万五千|35000||exact|||
三千二|3200||exact|||
一百八|180||exact|||
一百零八|108||exact|||
三万零五|30005||exact|||
一万零五十|10050||exact|||
十|10||exact|||
十五|15||exact|||
二十|20||exact|||
两千|2000||exact|||
两万五千三|25300||exact|||
七万一千九|71900||exact|||
一亿二|120000000||exact|||
一亿两千万|120000000||exact|||
六十二万|620000||exact|||
伍万伍仟叁佰伍拾元整|55350||exact|money||
二零二六|2026||exact|||
1.2万|12000||exact|||
1万2|12000||exact|||
3万5|35000||exact|||
1万2千5|12500||exact|||
3万5000|35000||exact|||
2千3|2300||exact|||
9,800|9800||exact|||
９８００|9800||exact|||
１．２万|12000||exact|||
6wan|60000||exact|||
6wan5|65000||exact|||
5w|50000||exact|||
2k|2000||exact|||
1.5 million|1500000||exact|||
60 thousand|60000||exact|||
15000|15000||exact|||
0.5|0.5||exact|||
两三百|200|300|about|||
三五百|300|500|about|||
五六趟|5|6|about|piece||
一百八九|180|190|about|||
两百六七|260|270|about|||
二十六七天|26|27|about|time||
一万二三公里|12000|13000|about|length||
十五六万|150000|160000|about|||
两万二三|22000|23000|about|||
千五六|1500|1600|about|||
三四十|30|40|about|||
八九趟|8|9|about|piece||
八九年|8|9|about|time||
十几|11|19|about|||
几十|20|90|about|||
几百块|200|900|about|money||
二十几|21|29|about|||
大几千|5000|9000|about|||
好几千|5000|9000|about|||
十来斤|5||about|weight||
十来万|100000||about|||
四百来碗|400||about|piece||
五千一百来块|5100||about|money||
千把块|1000||about|money||
万把块|10000||about|money||
三千来块|3000||about|money||
大概三万|30000||about|||
差不多两千|2000||about|||
约60斤|30||about|weight||
about 30|30||about|||
~500|500||about|||
两千四上下|2400||about|||
一百六十五碗左右|165||about|piece||
两万多|20000||over|||
二十多万|200000||over|||
三年多|3||over|time||
八万出头|80000||over|||
一千出头|1000||over|||
十二趟打底|12||over|piece||
至少三千|3000||over|||
少说四千|4000||over|||
起码两万|20000||over|||
六十二万总有的|620000||over|||
三万以上|30000||over|||
不止五万|50000||over|||
at least 500|500||over|||
more than 20|20||over|||
不到七万五|75000||under|||
一成都不到|10||under|share||
最多三千|3000||under|||
三块打住|3||under|money||
三千五以内|3500||under|||
at most 90|90||under|||
up to 5000|5000||under|||
七万多，不到七万五|70000|75000|about|||
29到31吨|29000|31000|about|weight||
5-6万|50000|60000|about|||
2-3k|2000|3000|about|||
20-30|20|30|about|||
3千至4千|3000|4000|about|||
13-14趟|13|14|about|piece||
七块二|7.2||exact|money||
十二块五|12.5||exact|money||
三块八毛五|3.85||exact|money||
两毛六|0.26||exact|money||
一毛五|0.15||exact|money||
三块半|3.5||exact|money||
¥350|350||exact|money||
350元|350||exact|money||
三百块|300||exact|money||
3.5 yuan|3.5||exact|money||
十个数|100000||exact|money||
房租 9800/月|9800||exact||month|
9800／月|9800||exact||month|
350/天|350||exact||day|
两万多/天|20000||over||day|
一天两万多|20000||over||day|
1.2万 每季|12000||exact||quarter|
一个季度六千|6000||exact||quarter|
三千二一个月|3200||exact||month|
一百七十八一个月|178||exact||month|
一万五一年|15000||exact||year|
一年一万八|18000||exact||year|
去年七千三|7300||exact||year|
一礼拜两百|200||exact||week|
一学期六千八|6800||exact||term|
半年一交，两万一|21000||exact||half|
九千，月月现结|9000||exact||month|
月还8960元|8960||exact|money|month|
月租3500元|3500||exact|money|month|
日均2400|2400||exact||day|
每天卖 1,200|1200||exact||day|
天天两千|2000||exact||day|
一天两袋|2||exact|piece|day|
一个月一百五|150||exact||month|
一年大几千|5000|9000|about||year|
一天千五六顶天|1500|1600|under||day|
两千多块钱一个月|2000||over|money|month|
9,800 a month|9800||exact||month|
2k per week|2000||exact||week|
10k/mo|10000||exact||month|
10 bags a day|10||exact|piece|day|
500 yearly|500||exact||year|
3 times a week|3||exact|piece|week|
每亩八百斤|400||exact|weight||亩
一亩地打八百斤|400||exact|weight||亩
三十八一斤|38||exact|||斤
三块五一斤|3.5||exact|money||斤
一斤三块五|3.5||exact|money||斤
七块二一升|7.2||exact|money||升
九毛二一度|0.92||exact|money||度
五块四一吨|5.4||exact|money||吨
一千四百五一条|1450||exact|||条
九十八一袋|98||exact|||袋
98/袋|98||exact|||袋
3.5 yuan per jin|3.5||exact|money||jin
月息一分|1||exact|rate|month|
月息一分五|1.5||exact|rate|month|
月息一分二|1.2||exact|rate|month|
月息六厘|0.6||exact|rate|month|
年息一分|10||exact|rate|year|
年息八厘|8||exact|rate|year|
两分五的息|2.5||exact|rate|month|
五厘的息|0.5||exact|rate|month|
利息1分5|1.5||exact|rate|month|
月息一毛二|12||exact|rate|month|
三成|30||exact|share||
六成半|65||exact|share||
8%|8||exact|share||
百分之三十|30||exact|share||
对半|50||exact|share||
两年|2||exact|time||
两年半|2.5||exact|time||
半年|0.5||exact|time||
一个半月|1.5||exact|time||
二十八天|28||exact|time||
四十分钟|40||exact|time||
剩余11期|11||exact|time||
六斤二两|3.1||exact|weight||
四两|0.2||exact|weight||
三吨|3000||exact|weight||
三亩|2000.000001||exact|area||
八十平|80||exact|area||
480公里|480||exact|length||
1639升|1639||exact|volume||
1150度|1150||exact|energy||
三十二个油|32||exact|volume||
十七单扫码|17||exact|piece||
拿工资的就两个|2||exact|piece||
五口|5||exact|piece||
"""
ROWS = [tuple(line.split("|")) for line in TABLE.strip().splitlines()]


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len(ROWS) >= 150
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_said_and_read(row: tuple[str, ...]) -> None:
    said, low, high, sureness, kind, period, per = row
    (amount,) = amounts(said)
    assert amount.low == Decimal(low)
    assert amount.high == Decimal(high or low)
    assert amount.sureness.value == sureness
    assert (amount.kind.value if amount.kind else "") == kind
    assert _period(amount) == period
    assert (amount.per.word if amount.per else "") == per


def _period(amount: Amount) -> str:
    if amount.period is None:
        return ""
    return amount.period.span.value if amount.period.times == 1 else "half"


@pytest.mark.parametrize(
    "said",
    ["一共", "五金店的", "万一", "第三号", "19900001127", "990101198305124218", "92990102MA5KTC3N7Q", "建设路41号",
     "2027年5月31日", "9月3日", "一九年", "早上六点到晚上八点", "一天到晚", "千万别去", "老三", "统一", "",
     "多少", "   ", "礼拜六礼拜天", "八月", "三轮车", "二手", "现在"],
)  # fmt: skip
def test_what_is_no_quantity_is_left_alone(said: str) -> None:
    assert amounts(said) == ()


def test_several_amounts_keep_their_own_periods() -> None:
    wage, days = amounts("一百一天，做二十八天")
    assert (wage.low, wage.period and wage.period.span.value) == (Decimal(100), "day")
    assert (days.low, days.measure and days.measure.word) == (Decimal(28), "天")
    rate, paid = amounts("两分五的息，一个月三千七百五")
    assert (rate.low, paid.low) == (Decimal("2.5"), Decimal(3750))
    each, count = amounts("每趟一千二，一个月八趟")
    assert (each.per and each.per.word, count.period and count.period.span.value) == ("趟", "month")


def test_customs_of_speech_must_be_asked_back() -> None:
    assert amounts("十个数")[0].custom
    assert amounts("五厘的息")[0].custom
    assert not amounts("月息五厘")[0].custom


@pytest.mark.parametrize(
    ("said", "unit", "value", "days"),
    [
        ("350/天", "money/month", "10500", 30),
        ("两万多/天", "money/month", "600000", 30),
        ("1.2万 每季", "money/month", "4000", None),
        ("一礼拜两百", "money/month", "866.67", None),
        ("一学期六千八", "money/month", "1133.33", None),
        ("去年七千三", "money/month", "608.33", None),
        ("半年一交，两万一", "money/month", "3500", None),
        ("三千二一个月", "money/month", "3200", None),
        ("9800", "money/month", "9800", None),
        ("72000 a month", "money/day", "2400", 30),
        ("三千/月", "money/year", "36000", None),
        ("三十八一斤", "money", "76", None),
        ("十来斤", "kg", "5", None),
        ("三吨", "tonnes", "3", None),
        ("两年", "months", "24", None),
        ("一年半", "months", "18", None),
        ("半年", "years", "0.5", None),
        ("四十分钟", "hours", "0.67", None),
        ("月息一分五", "percent/year", "18", None),
        ("年息一分二", "percent/month", "1", None),
        ("月息一分五", "percent/month", "1.5", None),
        ("三成", "percent", "30", None),
        ("三亩", "mu", "3", None),
    ],
)
def test_in_the_unit_that_is_asked_for(said: str, unit: str, value: str, days: int | None) -> None:
    converted = into(amounts(said)[0], target_of(unit))
    assert converted is not None
    assert converted.low == Decimal(value)
    assert converted.days == days


def test_days_of_a_month_are_chosen() -> None:
    """350 a day: 350 * 26 = 9100 in a month without Sundays."""
    converted = into(amounts("350/天")[0], target_of("money/month"), days=26)
    assert converted is not None
    assert (converted.low, converted.days) == (Decimal(9100), 26)


def test_a_count_a_day_becomes_a_count_a_month_where_the_fact_says_month() -> None:
    """两袋 a day: 2 * 28 = 56."""
    converted = into(amounts("一天两袋")[0], target_of("number", monthly=True), days=28)
    assert converted is not None
    assert converted.low == 56


@pytest.mark.parametrize(
    ("said", "unit"), [("十来斤", "money"), ("三千/月", "money"), ("两年", "money"), ("三成", "kg")]
)
def test_what_measures_something_else_is_not_converted(said: str, unit: str) -> None:
    assert into(amounts(said)[0], target_of(unit)) is None


def test_of_a_range_the_careful_end_is_proposed() -> None:
    converted = into(amounts("一天两三百")[0], target_of("money/month"))
    assert converted is not None
    assert converted.proposed(Side.LOWER) == 6000
    assert converted.proposed(Side.HIGHER) == 9000


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        ("一天两万多", "at least 20,000 a day", "每天 至少 20,000"),
        ("每亩八百斤", "400 kg for each 亩", "每亩 400 公斤"),
        ("两三百块", "200 to 300 yuan", "200 到 300 元"),
        ("月息一分五", "1.5 per cent a month", "每月 1.5%"),
        ("半年一交，两万一", "21,000 every half year", "每半年 21,000"),
        ("十七单", "17 单", "17 单"),
        ("两年", "2 years", "2 年"),
    ],
)
def test_what_was_read_is_said_back(said: str, english: str, chinese: str) -> None:
    amount = amounts(said)[0]
    assert say(told(amount), "en") == english
    assert say(told(amount), "zh_CN") == chinese


@pytest.mark.parametrize(
    ("said", "one"),
    [("350/天", True), ("大概两万多吧", True), ("三千二一个月", True), ("房租三千二", False), ("abc", False),
     ("3000 5000", False), ("两万", True), ("9,800 a month", True)],
)  # fmt: skip
def test_a_field_takes_one_amount_and_nothing_else(said: str, one: bool) -> None:
    assert (amount_of(said) is not None) is one


@pytest.mark.parametrize(
    ("said", "day", "month"),
    [
        ("租期到2027年5月31日", date(2027, 5, 31), False),
        ("2026-05-20", date(2026, 5, 20), False),
        ("明年三月到期", date(2027, 3, 1), True),
        ("2021年3月注册", date(2021, 3, 1), True),
        ("商业险9月3日已到期", date(2026, 9, 3), False),
        ("昨天刚给我开的", date(2026, 9, 15), False),
        ("八月十二号", date(2026, 8, 12), False),
        ("二二年三月", date(2022, 3, 1), True),
    ],
)
def test_days(said: str, day: date, month: bool) -> None:
    found = day_in(said, date(2026, 9, 16))
    assert found is not None
    assert (found.day, found.only_month) == (day, month)


def test_no_day_and_a_year_alone() -> None:
    assert day_in("房租 9800/月", date(2026, 9, 16)) is None
    assert day_in("2026年13月40日", date(2026, 9, 16)) is None
    assert year_in("一九年四十二万买的") == (2019, 0, 3)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_numbers_in_words_come_back(value: int) -> None:
    (amount,) = amounts(in_words(value))
    assert (amount.low, amount.high, amount.sureness) == (Decimal(value), Decimal(value), Sureness.EXACT)


@given(st.integers(min_value=1, max_value=10**9))
def test_amounts_as_on_a_cheque_come_back(yuan: int) -> None:
    (amount,) = amounts(amount_in_words(Decimal(yuan), "zh_CN").removeprefix("人民币"))
    assert amount.low == yuan


@given(
    st.decimals(min_value=0, max_value=10**7, places=2),
    st.sampled_from(["/天", "/月", " a month", "一个月", " 每季"]),
)
def test_figures_with_a_period_come_back(value: Decimal, period: str) -> None:
    (amount,) = amounts(f"{value:f}{period}")
    assert amount.low == value
    assert amount.period is not None


_SIGNS = "一二两三五六八九十百千万亿零几半多来把块毛分厘个月天年斤亩袋每/,，。-~ 0123456789.kwaper到的息不左右"
_SPOKEN = st.text(alphabet=st.sampled_from(_SIGNS), max_size=40)


@given(st.one_of(st.text(max_size=60), _SPOKEN))
def test_nothing_that_is_said_raises(text: str) -> None:
    for amount in amounts(text):
        assert amount.low <= amount.high
        assert 0 <= amount.start < amount.end <= len(text)
        assert say(told(amount), "zh_CN")
        assert say(told(amount), "en")
        for unit in ("money/month", "money", "kg", "months", "percent/year", "number"):
            into(amount, target_of(unit))
    amount_of(text)
    day_in(text, date(2026, 9, 16))
    year_in(text)
