"""Papers and watermarks out of lines of text: by labels, in whatever way the sheet lies; nothing is mended."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.evidence.reading.days import coordinates_in, days_in, hour_in
from officer_app.evidence.reading.lines import Line, Page
from officer_app.evidence.reading.papers import Field, PaperKind, papers_in
from officer_app.evidence.reading.watermark import watermark_in

WIDE, HIGH = 2000, 1500


def line(text: str, left: int, top: int, height: int = 40) -> Line:
    """A line as long as its text."""
    right, bottom = left + len(text) * height, top + height
    return Line(text, 95, ((left, top), (right, top), (right, bottom), (left, bottom)))


def page(*lines: Line) -> Page:
    return Page(WIDE, HIGH, lines)


CARD = (
    line("姓名", 100, 100),
    line("陈桂芳", 300, 100),
    line("性别", 100, 200),
    line("女", 300, 200),
    line("民族漢", 420, 200),
    line("出生", 100, 300),
    line("1986年4月17日", 300, 300),
    line("住址", 100, 400),
    line("样例省样例市青石街道", 300, 400),
    line("桥头路18号2单元301室", 300, 460),
    line("公民身份号码", 100, 700),
    line("990101198604170420", 400, 700),
)
SAYS = {
    Field.NAME: "陈桂芳",
    Field.SEX: "female",
    Field.BORN: "1986-04-17",
    Field.ADDRESS: "样例省样例市青石街道桥头路18号2单元301室",
    Field.NUMBER: "990101198604170420",
}


def told(found: Page) -> dict[Field, str]:
    return {entry.field: entry.value for paper in papers_in(found) for entry in paper.entries}


def turned(lines: tuple[Line, ...], quarters: int) -> Page:
    """The picture turned to the left: setting it upright takes as many turns to the right."""
    page_lines, wide, high = lines, WIDE, HIGH
    for _ in range(quarters):
        page_lines = tuple(
            Line(one.text, one.sure, tuple((y, wide - x) for x, y in one.corners)) for one in page_lines
        )
        wide, high = high, wide
    return Page(wide, high, page_lines)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_card_is_read_in_whatever_way_it_lies(quarters: int) -> None:
    found = turned(CARD, quarters)
    assert told(found) == SAYS
    (paper,) = papers_in(found)
    assert (paper.kind, paper.quarters) == (PaperKind.ID_FRONT, quarters)


def test_labels_and_values_in_one_line_and_labels_in_old_characters() -> None:
    whole = page(
        line("姓名陈桂芳", 100, 100),
        line("性別女民族漢", 100, 200),
        line("出生1986年4月17日", 100, 300),
        line("住址样例省样例市青石街道", 100, 400),
        line("公民身份號碼990101198604170420", 100, 700),
    )
    assert told(whole) == {**SAYS, Field.ADDRESS: "样例省样例市青石街道"}


def test_the_other_side_and_one_without_an_end() -> None:
    back = page(line("签发机关样例市公安局", 100, 700), line("有效期限", 100, 800), line("2016.05.20-长期", 400, 800))
    assert told(back) == {Field.OFFICE: "样例市公安局", Field.VALID_FROM: "2016-05-20", Field.VALID_UNTIL: ""}


def test_a_licence_of_a_firm_and_of_one_person() -> None:
    shared = (line("营业执照", 700, 50, 90), line("统一社会信用代码", 60, 60), line("92990101MA0FTKLX1L", 60, 110))
    firm = page(
        *shared,
        line("名称", 60, 300),
        line("青石果品有限公司", 300, 300),
        line("类型", 60, 400),
        line("有限责任公司(自然人独资)", 300, 400),
        line("法定代表人", 60, 500),
        line("陈桂芳", 300, 500),
        line("营业期限2019年03月08日至2039年03月07日", 1000, 300),
        line("住所", 1000, 400),
        line("样例市青石街道桥头路18号", 1200, 400),
    )
    says = told(firm)
    assert says[Field.FORM] == "company"
    assert says[Field.UNTIL] == "2039-03-07"
    assert says[Field.PLACE] == "样例市青石街道桥头路18号"
    one = page(
        *shared,
        line("类型个体工商户", 60, 400),
        line("经营者陈桂芳", 60, 500),
        line("注册日期2019年03月08日", 1000, 300),
    )
    assert told(one) == {
        Field.CODE: "92990101MA0FTKLX1L",
        Field.FORM: "individual_business",
        Field.HOLDER: "陈桂芳",
        Field.SINCE: "2019-03-08",
    }


def test_what_does_not_look_like_its_field_is_left_out() -> None:
    odd = page(
        line("姓名", 100, 100),
        line("1234", 300, 100),
        line("出生1986年13月77日", 100, 300),
        line("住址短", 100, 400),
        line("公民身份号码99010119860417042", 100, 700),
    )
    assert papers_in(odd) == ()
    two_numbers = page(*CARD, line("990103197304120016", 400, 900))
    assert Field.NUMBER not in told(two_numbers), "nobody can tell which of two numbers is meant"


@pytest.mark.parametrize(
    "texts",
    [
        ("今日特价 苹果 5.0", "营业时间 8:00-22:00"),
        ("姓名", "签字"),
        ("请出示身份证和营业执照原件",),
        (),
    ],
)
def test_signs_on_a_wall_are_no_paper(texts: tuple[str, ...]) -> None:
    found = page(*(line(text, 700, 600 + 90 * place) for place, text in enumerate(texts)))
    assert papers_in(found) == ()
    assert watermark_in(found) is None


# --- watermarks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (("15:32", "2026-10-08 星期四 多云 16℃", "样例市青石街道桥头路18号"), "样例市青石街道桥头路18号"),
        (("时间：2026.10.0815:32", "地点：样例市桥头路18号", "备注：某某公司"), "样例市桥头路18号"),
        (("拍摄时间：2026年10月8日 15:32", "地址:样例市桥头路18号"), "样例市桥头路18号"),
    ],
)
def test_day_hour_and_place_of_a_watermark(texts: tuple[str, ...], place: str) -> None:
    rows = [line(text, 30, 1250 + 60 * number) for number, text in enumerate(texts)]
    found = watermark_in(page(line("老罗果行", 700, 200, 120), line("5.0", 900, 1300), *rows))
    assert found is not None
    assert (found.day, found.hour, found.place) == (date(2026, 10, 8), time(15, 32), place)
    assert found.lat is None


@pytest.mark.parametrize(
    "texts",
    [
        ("2026-10-08 15:32", "23.129112°N,113.264385°E"),
        ("2026-10-08 15:32", "113.264385, 23.129112"),
        ("2026-10-08 15:32", "经度：113.264385", "纬度：23.129112"),
    ],
)
def test_coordinates_of_a_watermark_in_any_order(texts: tuple[str, ...]) -> None:
    rows = [line(text, 30, 1250 + 60 * number) for number, text in enumerate(texts)]
    found = watermark_in(page(*rows))
    assert found is not None
    assert (found.lat, found.lon) == (Decimal("23.129112"), Decimal("113.264385"))


def test_a_date_in_the_middle_or_alone_is_no_watermark() -> None:
    assert watermark_in(page(line("2026-10-08 15:32", 800, 700), line("样例市桥头路18号", 800, 760))) is None
    assert watermark_in(page(line("2026-10-08", 30, 1400))) is None


def test_days_hours_and_degrees() -> None:
    assert days_in("2016.05.20-2036.05.20") == (date(2016, 5, 20), date(2036, 5, 20))
    assert days_in("2026-02-30 1986年4 月17日") == (date(1986, 4, 17),)
    assert days_in("2026/10/0815:32") == (date(2026, 10, 8),)
    assert hour_in("2026/10/0815:32:08") == time(15, 32, 8)
    assert hour_in("25:61") is None
    assert coordinates_in("北纬23°07'44\" 东经113°15'51\"") == (Decimal("23.128889"), Decimal("113.264167"))
    assert coordinates_in("40.123456, 41.123456") is None, "two latitudes are no place"


signs = st.sampled_from(
    ["姓名", "住址", "公民身份号码", "营业执照", "统一社会信用代码", "有效期限", "签发机关", "营业期限"]
)
texts = st.one_of(
    st.text(max_size=40),
    signs,
    st.builds(lambda a, b: a + b, signs, st.text(alphabet="0123456789年月日.-:至长期陈°'\"NE ", max_size=24)),
)
corner = st.tuples(st.integers(-50, 2100), st.integers(-50, 1600))
lines_of_anything = st.lists(
    st.builds(Line, texts, st.integers(0, 100), st.tuples(corner, corner, corner, corner)), max_size=14
)


@settings(max_examples=150, deadline=None)
@given(lines_of_anything)
def test_whatever_is_read_something_sane_comes_of_it(lines: list[Line]) -> None:
    """No text and no corner breaks it; what is given is always in its field's shape."""
    found = Page(WIDE, HIGH, tuple(lines))
    for paper in papers_in(found):
        assert len(paper.entries) >= 2
        for entry in paper.entries:
            assert entry.lines
            assert entry.value or entry.field in {Field.VALID_UNTIL, Field.UNTIL}
            if entry.field in {Field.BORN, Field.SINCE, Field.VALID_FROM}:
                assert date.fromisoformat(entry.value)
    mark = watermark_in(found)
    assert mark is None or mark.claims >= 2
