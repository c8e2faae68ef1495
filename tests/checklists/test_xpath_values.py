"""XPath 1.0 and ODK's functions, one expression a line."""

from __future__ import annotations

import json
import random
from datetime import UTC, timedelta, timezone, tzinfo
from decimal import ROUND_FLOOR, Decimal
from math import inf, isnan, nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.checklists.conformance import Case, judged, setting_of
from officer_app.checklists.xpath.compiler import compile_text
from officer_app.checklists.xpath.context import Context, Surroundings
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.functions.numbers import rounded
from officer_app.checklists.xpath.functions.registry import functions
from officer_app.checklists.xpath.nodes import Node, NodeKind
from officer_app.checklists.xpath.values import Value
from officer_app.cli.main import run
from tests.support.forms import StillClock

EAST = timezone(timedelta(hours=8))


def _value(expression: str, zone: tzinfo = UTC) -> Value:
    document = Node(NodeKind.DOCUMENT)
    around = Surroundings(StillClock(), random.Random(3), zone)  # noqa: S311  the same in every run
    return compile_text(expression, {})(document, Context(document, document, around))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("1 - 2 - 3", -4.0),
        ("2 * 3 div 8 * 2", 1.5),
        ("1div1", 1.0),
        ("8mod3", 2.0),
        ("-5 mod 3", -2.0),
        ("5 mod -3", 2.0),
        ("5 mod 0", nan),
        ("1 div 0", inf),
        ("-1 div 0", -inf),
        ("0 div 0", nan),
        ("--1", 1.0),
        ("-'19'", -19.0),
        ("3 < 4 < 5", True),
        ("3 < (4 < 5)", False),
        ("1 = 1 and 2 = 2 or bogus", True),
        ("false() and date('junk')", False),
        ("'' or 17", True),
        ("true() = 'false'", True),
        ("0.1 + 0.2 = 0.3", True),
        ("'017.' = '17'", False),
        ("17 = '17.000'", True),
        ("number('1e3')", nan),
        ("number('+1')", nan),
        ("number(' -.5 ')", -0.5),
        ("number('  ')", nan),
        ("number('')", nan),
        ("string(1 div 3)", "0.3333333333333333"),
        ("string(1230000000000000000000)", "1230000000000000000000"),
        ("string(0.00000000000000000123)", "0.00000000000000000123"),
        ("string(-0)", "0"),
        ("string(0 div 0)", "NaN"),
        ("round(1.5)", 2.0),
        ("round(-1.5)", -1.0),
        ("round(2.675, 2)", 2.68),
        ("round(1234.5, -2)", 1200.0),
        ("round('x')", nan),
        ("int(-2.7)", -2.0),
        ("max(-4, -1, -3)", -1.0),
        ("min('')", nan),
        ("pow(4, 0.5)", 2.0),
        ("sqrt(-1)", nan),
        ("log(0)", -inf),
        ("exp(1000)", inf),
        ("if(1 = 1, 'a', date('junk'))", "a"),
        ("coalesce('', '', 'x', date('junk'))", "x"),
        ("boolean-from-string('false')", False),
        ("boolean('false')", True),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substring-after('hello', '')", "hello"),
        ("substring-before('hello', '')", ""),
        ("translate('hello wor,ld', ' ,', ', ')", "hello,wor ld"),
        ("normalize-space(' a\tb  c ')", "a b c"),
        ("concat()", ""),
        ("join('-', 'a', 1, true())", "a-1-true"),
        ("selected('a b c', ' b ')", True),
        ("selected('ab', 'a')", False),
        ("selected-at('a b c', 5)", ""),
        ("count-selected(' a  b ')", 2.0),
        ("starts-with('', '')", True),
        ("regex('13800138000', '1[3-9]\\d{9}')", True),
        ("regex('x13800138000', '1[3-9]\\d{9}')", False),
        ("regex('a.b@c-d.cn', '^[\\w-\\.]+@([\\w-]+\\.)+[\\w-]{2,}$')", True),
        ("regex('张三', '\\p{IsHan}+')", True),
        ("regex('aa', '(a)\\1')", True),
        ("digest('some text', 'MD5', 'hex')", "552e21cd4cd9918678e3c1a0df491bc3"),
        ("base64-decode('5byg5LiJ')", "张三"),
        ("checklist(1, 2, true(), false())", True),
        ("weighted-checklist(2, 3, true(), 2, false(), 5)", True),
        ("string-length(uuid())", 36.0),
        ("string-length(uuid(12))", 12.0),
        ("today()", "2026-10-08"),
        ("today() > '2020-01-01'", True),
        ("'2024-01-01' < '2024-02-01'", True),
        ("date('2024-02-29') + 1 = date('2024-03-01')", True),
        ("date(19782)", "2024-02-29"),
        ("number('2024-02-29')", 19782.0),
        ("number('2023-02-30')", nan),
        ("decimal-date-time('1970-01-02T12:00:00Z')", 1.5),
        ("decimal-time('06:00:00.000Z')", 0.25),
        ("format-date('2026-10-08', '%Y-%n-%e %a %b')", "2026-10-8 Thu Oct"),
        ("format-date-time('2018-01-02T10:20:30.123', '%H:%M:%S.%3')", "10:20:30.123"),
        ("date('')", ""),
        ("difference-in-months('2024-01-31', '2024-02-29')", 0.0),
        ("distance('0 0', '0 1') > 111000", True),
        ("area('0 0; 0 1; 1 1; 1 0') > 12000000000", True),
        ("geofence('0.5 0.5', '0 0; 0 1; 1 1; 1 0')", True),
        ("geofence('2 2', '0 0; 0 1; 1 1; 1 0')", False),
        ("count(//nothing)", 0.0),
        ("sum(//nothing)", 0.0),
        ("//nothing = ''", False),
    ],
)
def test_an_expression_has_its_value(expression: str, expected: Value) -> None:
    found = _value(expression)
    if isinstance(expected, float) and isnan(expected):
        assert isinstance(found, float)
        assert isnan(found)
    else:
        assert found == expected
        assert type(found) is type(expected)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "1 +",
        "(1",
        "1)",
        "a b",
        "/a/",
        "a[",
        "'open",
        "$x",
        "nobody()",
        "jr:nobody()",
        "true(1)",
        "number(1, 2)",
        "round()",
        "if(1, 2)",
        "count(1)",
        "sum('x')",
        "weighted-checklist(1, 2, 3)",
        "child::",
        "sideways::a",
        "no:prefix",
        "date('junk')",
        "date(true())",
        "date('1983-09-31')",
        "regex('a', '(')",
        "digest('a', 'CRC')",
        "'a'/b",
        "1 | 2",
        "format-date('2020-01-01', '%Q')",
        "#",
    ],
)
def test_an_expression_without_sense_is_an_error(expression: str) -> None:
    with pytest.raises(XPathError):
        _value(expression)


@given(
    st.one_of(st.floats(-1e9, 1e9), st.integers(-(10**9), 10**9).map(lambda cents: cents / 1000)), st.integers(0, 6)
)
def test_rounding_is_that_of_the_digits(number: float, places: int) -> None:
    """The quick way far from a tie gives the very number that the digits give."""
    unit = Decimal(1).scaleb(-places)
    exact = ((Decimal(repr(number)) + unit / 2) / unit).to_integral_value(ROUND_FLOOR) * unit
    assert rounded(number, float(places)) == float(exact)


def test_a_date_without_zone_is_midnight_here() -> None:
    """The same day in UTC and in China, and the way back leads to the same day."""
    assert _value("number('1970-01-02')", UTC) == 1.0
    assert _value("number('1970-01-02')", EAST) == pytest.approx(1 - 8 / 24)
    for zone in (UTC, EAST):
        assert _value("date(date('2026-10-08') + 7)", zone) == "2026-10-15"
        assert _value("date(decimal-date-time('2026-10-08'))", zone) == "2026-10-08"
    assert _value("today()", timezone(timedelta(hours=-10))) == "2026-10-07"
    assert _value("now()", EAST) == "2026-10-08T12:00:00.000+08:00"


DOCUMENT = """<root xmlns:x="urn:x"><!--note--><a id="1">one<b>two</b></a><a id="2" x:k="v"/><c><a>three</a></c>
<?target data?><x:d/></root>"""


@pytest.mark.parametrize(
    ("expression", "kind", "expected"),
    [
        ("//a", "nodeset", ["/*[1]/*[1]", "/*[1]/*[2]", "/*[1]/*[3]/*[1]"]),
        ("//a[1]", "nodeset", ["/*[1]/*[1]", "/*[1]/*[3]/*[1]"]),
        ("(//a)[1]", "nodeset", ["/*[1]/*[1]"]),
        ("//a[last()]/preceding::*", "nodeset", ["/*[1]/*[1]", "/*[1]/*[1]/*[1]", "/*[1]/*[2]"]),
        ("//b/ancestor::*[1]", "nodeset", ["/*[1]/*[1]"]),
        ("//a[@id = 2]/following-sibling::*", "nodeset", ["/*[1]/*[3]", "/*[1]/*[4]"]),
        ("//a/@id", "nodeset", ["/*[1]/*[1]/@id", "/*[1]/*[2]/@id"]),
        ("//@x:k", "string", "v"),
        ("//x:*", "nodeset", ["/*[1]/*[4]"]),
        ("//c | //b | //c", "nodeset", ["/*[1]/*[1]/*[1]", "/*[1]/*[3]"]),
        ("string(/root/a)", "string", "onetwo"),
        ("/root/a/text()", "string", "one"),
        ("//comment()", "string", "note"),
        ("//processing-instruction('target')", "string", "data"),
        ("name(//x:d)", "string", "x:d"),
        ("namespace-uri(//x:d)", "string", "urn:x"),
        ("count(/root/namespace::*)", "number", 2.0),
        ("id('2')", "nodeset", ["/*[1]/*[2]"]),
        ("//a[. = 'three']/..", "nodeset", ["/*[1]/*[3]"]),
        ("//a != 'three'", "boolean", True),
        ("not(//a = 'three')", "boolean", False),
        ("//a[position() mod 2 = 0]", "nodeset", ["/*[1]/*[2]"]),
        ("position(//a[@id = 2])", "number", 2.0),
        ("count-non-empty(//a)", "number", 2.0),
        ("/root/*[2][@id]", "nodeset", ["/*[1]/*[2]"]),
        ("//a[c = 'x' or b = 'two']/b", "string", "two"),
    ],
)
def test_a_path_finds_its_nodes(expression: str, kind: str, expected: object) -> None:
    found = judged(Case(expression, kind), setting_of(DOCUMENT, {}), StillClock())
    assert found == {"value": expected}


def test_a_shuffle_by_seed_is_the_same_everywhere() -> None:
    """The orders are those that the specification's other engines give."""
    xml = "<r>" + "".join(f"<i>{letter}</i>" for letter in "ABCDEF") + "</r>"
    for seed, order in ((42, "AFCBDE"), (-42, "EDAFBC"), (1, "BFEACD"), (11111111, "ACDBFE")):
        found = judged(Case(f"join('', randomize(/r/i, {seed}))", "string"), setting_of(xml, {}), StillClock())
        assert found == {"value": order}


def test_pulldata_takes_a_column_of_a_list() -> None:
    xml = "<instance id='fruit'><root><item><name>a</name><zh>苹果</zh></item></root></instance>"
    setting = setting_of(xml, {})
    for wanted, found in (("a", "苹果"), ("b", "")):
        case = Case(f"pulldata('fruit', 'zh', 'name', '{wanted}')", "string")
        assert judged(case, setting, StillClock()) == {"value": found}
    assert judged(Case("pulldata('none', 'zh', 'name', 'a')", "string"), setting, StillClock()) == {"value": ""}


def test_every_function_says_how_many_arguments_it_takes() -> None:
    """No function can be called with one more than it takes."""
    for name, function in functions().items():
        if function.most != inf:
            with pytest.raises(XPathError):
                compile_text(f"{name}({', '.join(['1'] * (int(function.most) + 1))})", {})


def test_cases_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = {
        "meta": {"namespaces": {}},
        "contexts": {"c": "<r><a>5</a></r>"},
        "cases": [
            {"id": "one", "expr": "/r/a + 1", "context": "c", "node": "/", "kind": "number"},
            {"id": "two", "expr": "nobody()", "context": None, "node": None, "kind": "error"},
            {"id": "three", "expr": "date(1)", "context": None, "node": None, "kind": "date", "tz": "UTC"},
        ],
    }
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    assert run(["form", "xpath", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["one"] == {"value": 6.0}
    assert "error" in found["two"]
    assert found["three"] == {"value": "1970-01-02"}
    file.write_text("[]", encoding="utf-8")
    assert run(["form", "xpath", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "FORM_CASES_MALFORMED"
