"""Every function, operator and axis of XPath 1.0 and every function of ODK XForms, each with its rows.

The lists are the specifications' own; a name without a row, and a registered function without one, fail.
Sources: XPath 1.0 (W3C, 16 November 1999), sections 2.2, 3 and 4; ODK XForms, "XPath Functions".
"""

from __future__ import annotations

import random
import re
from math import inf, isnan, nan, pi
from typing import Final

import pytest

from officer_app.checklists.conformance import Case, judged, setting_of
from officer_app.checklists.xpath.axes import AXES
from officer_app.checklists.xpath.compiler import compile_text
from officer_app.checklists.xpath.context import Context, Surroundings
from officer_app.checklists.xpath.functions.registry import functions
from tests.support.forms import StillClock

XPATH_1_0: Final = (
    # 4.1 node-sets, 4.2 strings, 4.3 booleans, 4.4 numbers
    *("last", "position", "count", "id", "local-name", "namespace-uri", "name"),
    *("string", "concat", "starts-with", "contains", "substring-before", "substring-after"),
    *("substring", "string-length", "normalize-space", "translate"),
    *("boolean", "not", "true", "false", "lang"),
    *("number", "sum", "floor", "ceiling", "round"),
)
ODK_XFORMS: Final = (
    *("string", "concat", "join", "substr", "substring-before", "substring-after", "translate", "string-length"),
    *("normalize-space", "contains", "starts-with", "ends-with", "uuid", "digest", "base64-decode", "pulldata"),
    *("if", "coalesce", "once", "true", "false", "boolean", "boolean-from-string", "not", "regex", "checklist"),
    "weighted-checklist",
    *("number", "random", "int", "sum", "max", "min", "round", "pow", "log", "log10", "abs", "sin", "cos", "tan"),
    *("asin", "acos", "atan", "atan2", "sqrt", "exp", "exp10", "pi"),
    *("count", "count-non-empty", "position", "instance", "current", "randomize"),
    *("today", "now", "format-date", "format-date-time", "date", "date-time", "decimal-date-time", "decimal-time"),
    *("selected", "selected-at", "count-selected", "jr:choice-name", "jr:itext", "indexed-repeat"),
    *("area", "distance", "geofence"),
)
# Not in the specification: enketo's evaluator has the first, this form engine the second for whole months of a loan.
BESIDE: Final = ("decimal-date", "difference-in-months")

DOCUMENT: Final = """<data xmlns:x="urn:x" xml:lang="zh-CN"><a id="one">5</a><blank/><t>text</t><d>2024-02-29</d>
<r><n>1</n><y>10</y><s><z>p</z></s></r><r><n>2</n><y>20</y><s><z>q</z></s><s><z>r</z></s></r><r><n/><y>30</y></r>
<m>a b c</m><x:p x:k="v">pre</x:p><!--said--><?target data?><dates><i>2024-01-31</i><i>2024-03-01</i></dates>
<trace>0 0 0 0; 0 1 0 0; 1 1 0 0; 1 0 0 0; 0 0 0 0</trace>
<instance id="list"><root><item><name>k1</name><v>7</v></item><item><name>k2</name><v>8</v></item></root></instance>
<itext><translation lang="en" default="true()"><text id="hi"><value>Hello</value></text></translation>
<translation lang="fr"><text id="hi"><value>Bonjour</value></text></translation></itext></data>"""

# Each row: an expression, the kind its value is cast to, the value.
FUNCTIONS: Final[tuple[tuple[str, str, object], ...]] = (
    ("/data/r[last()]/y", "string", "30"),
    ("count(/data/r[position() < last()])", "number", 2.0),
    ("position(/data/r[n = 2])", "number", 2.0),
    ("/data/r[position() = 2]/n", "string", "2"),
    ("count(/data/r)", "number", 3.0),
    ("count(/data/nothing)", "number", 0.0),
    ("count-non-empty(/data/r/n)", "number", 2.0),
    ("id('one')", "string", "5"),
    ("local-name(/data/x:p)", "string", "p"),
    ("local-name(/data/nothing)", "string", ""),
    ("namespace-uri(/data/x:p)", "string", "urn:x"),
    ("name(/data/x:p)", "string", "x:p"),
    ("string(/data/r)", "string", "110p"),
    ("string(/data/nothing)", "string", ""),
    ("string(1 = 1)", "string", "true"),
    ("string(-0)", "string", "0"),
    ("string(5.0)", "string", "5"),
    ("string(1 div 0)", "string", "Infinity"),
    ("string(-1 div 0)", "string", "-Infinity"),
    ("string('x' * 1)", "string", "NaN"),
    ("concat('a', /data/r/y, 1)", "string", "a1020301"),
    ("concat('alone')", "string", "alone"),
    ("join('-', /data/r/y, 'z')", "string", "10-20-30-z"),
    ("starts-with('abc', 'ab')", "boolean", True),
    ("ends-with('abc', 'bc')", "boolean", True),
    ("ends-with('abc', '')", "boolean", True),
    ("contains('abc', 'b')", "boolean", True),
    ("contains('abc', '')", "boolean", True),
    ("substring-before('1999/04/01', '/')", "string", "1999"),
    ("substring-after('1999/04/01', '/')", "string", "04/01"),
    ("substring('12345', 2, 3)", "string", "234"),
    ("substring('12345', 1.5, 2.6)", "string", "234"),
    ("substring('12345', -42, 1 div 0)", "string", "12345"),
    ("substring('12345', -1 div 0, 1 div 0)", "string", ""),
    ("substr('12345', 1, 3)", "string", "23"),
    ("substr('12345', -2)", "string", "45"),
    ("string-length('张三')", "number", 2.0),
    ("normalize-space('  a \n b ')", "string", "a b"),
    ("translate('--aaa--', 'abc-', 'ABC')", "string", "AAA"),
    ("boolean('false')", "boolean", True),
    ("boolean('')", "boolean", False),
    ("boolean(0 div 0)", "boolean", False),
    ("boolean(/data/blank)", "boolean", True),
    ("boolean(/data/nothing)", "boolean", False),
    ("not(/data/nothing)", "boolean", True),
    ("true()", "boolean", True),
    ("false()", "boolean", False),
    ("boolean-from-string('1')", "boolean", True),
    ("boolean-from-string('TRUE')", "boolean", False),
    ("boolean(/data/r[lang('zh')])", "boolean", True),
    ("boolean(/data/r[lang('en')])", "boolean", False),
    ("number('  -1.50 ')", "number", -1.5),
    ("number(true())", "number", 1.0),
    ("number(/data/d)", "number", 19782.0),
    ("number('1970-01-02T12:00:00Z')", "number", 1.5),
    ("number('-')", "number", "NaN"),
    ("sum(/data/r/y)", "number", 60.0),
    ("sum(/data/r/n)", "number", "NaN"),
    ("sum(/data/nothing)", "number", 0.0),
    ("floor(-1.5)", "number", -2.0),
    ("ceiling(-1.5)", "number", -1.0),
    ("round(2.5)", "number", 3.0),
    ("round(-2.5)", "number", -2.0),
    ("round(1.005, 2)", "number", 1.01),
    ("round(15.5, -1)", "number", 20.0),
    ("int(-3.9)", "number", -3.0),
    ("max(/data/r/y)", "number", 30.0),
    ("max(3, '12', /data/a)", "number", 12.0),
    ("min(/data/r/y, 4)", "number", 4.0),
    ("max(/data/r/n)", "number", "NaN"),
    ("min(/data/nothing)", "number", "NaN"),
    ("pow(2, 10)", "number", 1024.0),
    ("log(1)", "number", 0.0),
    ("log10(1000)", "number", 3.0),
    ("abs(-5)", "number", 5.0),
    ("sin(0)", "number", 0.0),
    ("cos(0)", "number", 1.0),
    ("tan(0)", "number", 0.0),
    ("asin(1)", "number", pi / 2),
    ("acos(1)", "number", 0.0),
    ("atan(1)", "number", pi / 4),
    ("atan2(1, -1)", "number", 3 * pi / 4),
    ("sqrt(9)", "number", 3.0),
    ("sqrt(-9)", "number", "NaN"),
    ("exp(0)", "number", 1.0),
    ("exp10(3)", "number", 1000.0),
    ("pi()", "number", pi),
    ("random() < 1", "boolean", True),
    ("string-length(uuid())", "number", 36.0),
    ("string-length(uuid(8))", "number", 8.0),
    ("digest('abc', 'SHA-1', 'hex')", "string", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("digest('abc', 'MD5')", "string", "kAFQmDzST7DWlj99KOF/cg=="),
    ("base64-decode('5byg5LiJ')", "string", "张三"),
    ("pulldata('list', 'v', 'name', 'k2')", "string", "8"),
    ("if(/data/a > 4, 'more', 'less')", "string", "more"),
    ("coalesce(/data/blank, /data/nothing, 'last')", "string", "last"),
    ("once('first')", "string", "text"),
    ("regex('abc', 'a.c')", "boolean", True),
    ("regex('xabc', 'a.c')", "boolean", False),
    ("checklist(2, -1, 'x', '', 'y')", "boolean", True),
    ("checklist(-1, 1, 'x', '', 'y')", "boolean", False),
    ("weighted-checklist(3, 4, 'x', 3, '', 9)", "boolean", True),
    ("instance('list')/root/item[name = 'k1']/v", "string", "7"),
    ("current()", "string", "text"),
    ("/data/r[n = current()/../r[1]/n]/y", "string", "10"),
    ("count(randomize(/data/r/y, 42))", "number", 3.0),  # the order: test_xpath_values.py
    ("today()", "string", "2026-10-08"),
    ("now()", "string", "2026-10-08T04:00:00.000+00:00"),
    ("format-date('2024-02-09', '%Y %y %m %n %b %d %e %a')", "string", "2024 24 02 2 Feb 09 9 Fri"),
    ("format-date('', '%Y')", "string", ""),
    ("format-date-time('2024-02-09T03:04:05.067Z', '%H %h %M %S %3')", "string", "03 3 04 05 067"),
    ("date(19782)", "string", "2024-02-29"),
    ("date('2024-02-29T13:00:00Z')", "string", "2024-02-29"),
    ("date-time(0.5)", "string", "1970-01-01T12:00:00.000+00:00"),
    ("decimal-date-time('1970-01-03')", "number", 2.0),
    ("decimal-date('1970-01-03')", "number", 2.0),
    ("decimal-time('18:00:00.000Z')", "number", 0.75),
    ("difference-in-months(/data/dates/i[1], /data/dates/i[2])", "number", 1.0),
    ("selected(/data/m, 'b')", "boolean", True),
    ("selected(/data/m, 'a b')", "boolean", False),
    ("selected-at(/data/m, 2)", "string", "c"),
    ("selected-at(/data/m, -1)", "string", ""),
    ("count-selected(/data/m)", "number", 3.0),
    ("count-selected(/data/blank)", "number", 0.0),
    ("jr:choice-name('k1', ' /data/t ')", "string", ""),  # the form has the labels: test_recalculation.py
    ("jr:itext('hi')", "string", "Hello"),
    ("indexed-repeat(/data/r/y, /data/r, 2)", "string", "20"),
    ("indexed-repeat(/data/r/s/z, /data/r, 2, /data/r/s, 2)", "string", "r"),
    ("round(area(/data/trace) div 1000000000)", "number", 12.0),
    ("round(distance('0 0', '0 1') div 1000)", "number", 111.0),
    ("geofence('0.5 0.5 0 0', /data/trace)", "boolean", True),
)
OPERATORS: Final[tuple[tuple[str, str, object], ...]] = (
    ("/data/nothing or /data/a", "boolean", True),
    ("/data/nothing and bogus", "boolean", False),
    ("/data/a = 5", "boolean", True),
    ("/data/r/y = 20", "boolean", True),
    ("/data/r/y = /data/r/n", "boolean", False),
    ("/data/nothing = ''", "boolean", False),
    ("/data/blank = ''", "boolean", True),
    ("/data/blank = 0", "boolean", False),
    ("/data/nothing = false()", "boolean", True),
    ("/data/r/y != 20", "boolean", True),
    ("/data/nothing != ''", "boolean", False),
    ("/data/r/y < 11", "boolean", True),
    ("/data/r/y > 30", "boolean", False),
    ("/data/r/y >= 30", "boolean", True),
    ("/data/r/n <= 1", "boolean", True),
    ("'2024-01-01' < '2024-02-01'", "boolean", True),
    ("/data/d = date('2024-02-29')", "boolean", True),
    ("/data/blank < 1", "boolean", False),
    ("/data/a + 2", "number", 7.0),
    ("/data/blank + 2", "number", "NaN"),
    ("5 - 2", "number", 3.0),
    ("-/data/a", "number", -5.0),
    ("/data/a * 2", "number", 10.0),
    ("5 div 2", "number", 2.5),
    ("-5 mod 2", "number", -1.0),
    ("1.5 mod 0.5", "number", 0.0),
    ("count(/data/a | /data/t | /data/a)", "number", 2.0),
    ("2 + 3 * 4 - 6 div 2", "number", 11.0),
    ("(2 + 3) * 4", "number", 20.0),
    ("1 < 2 = true()", "boolean", True),
    ("/data/*[self::a or self::t][2]", "string", "text"),
    ("//z[. = 'q']", "string", "q"),
)
_AXIS_ROWS: Final[tuple[tuple[str, str], ...]] = (
    ("count(/data/r[2]/child::*)", "4"),
    ("count(/data/r[2]/descendant::*)", "6"),
    ("count(/data/r[2]/descendant-or-self::*)", "7"),
    ("name(/data/r[2]/s[2]/z/parent::*)", "s"),
    ("count(/data/r[2]/s[2]/z/ancestor::*)", "3"),
    ("name(/data/r[2]/s[2]/z/ancestor::*[1])", "s"),
    ("count(/data/r[2]/s[2]/z/ancestor-or-self::*)", "4"),
    ("/data/r[1]/following-sibling::r[1]/n", "2"),
    ("name(/data/r[3]/preceding-sibling::*[1])", "r"),
    ("/data/r[1]/following::z[2]", "r"),
    ("/data/r[2]/preceding::z", "p"),
    ("/data/a/attribute::id", "one"),
    ("/data/a/self::a", "5"),
    ("/data/x:p/namespace::x", "urn:x"),
    ("/data/comment()", "said"),
    ("/data/processing-instruction('target')", "data"),
    ("/data/a/text()", "5"),
    ("count(/data/r[1]/node())", "3"),
    ("count(/data/x:*)", "1"),
    ("/data/a/@*", "one"),
    ("/data/r[3]/../a/.", "5"),
)


def _outcome(expression: str, kind: str) -> object:
    case = Case(expression, kind, node="/*[1]/*[3]", zone="UTC")
    return judged(case, setting_of(DOCUMENT, {}), StillClock()).get("value")


@pytest.mark.parametrize(("expression", "kind", "expected"), [*FUNCTIONS, *OPERATORS])
def test_the_value_is_that_of_the_specification(expression: str, kind: str, expected: object) -> None:
    found = _outcome(expression, kind)
    assert found == (pytest.approx(expected) if isinstance(expected, float) else expected)


@pytest.mark.parametrize(("expression", "expected"), _AXIS_ROWS)
def test_the_axis_leads_where_the_specification_says(expression: str, expected: str) -> None:
    assert _outcome(expression, "string") == expected


def _called(rows: tuple[tuple[str, str, object], ...]) -> set[str]:
    return {name for row in rows for name in re.findall(r"[a-z][\w:-]*(?=\()", row[0])}


def test_every_function_of_the_specifications_is_there_and_has_a_row() -> None:
    named = {*XPATH_1_0, *ODK_XFORMS, *BESIDE}
    assert named - set(functions()) == set()
    assert set(functions()) - named == set(), "a function that no list names"
    assert named - _called(FUNCTIONS) == set(), "a function without a row"


def test_every_axis_and_operator_has_a_row() -> None:
    axes = {axis for row in _AXIS_ROWS for axis in re.findall(r"([a-z-]+)::", row[0])}
    assert axes == set(AXES)
    for operator in ("or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"):
        assert any(f" {operator} " in row[0] for row in OPERATORS), operator


def test_a_shared_result_is_that_of_each_instance() -> None:
    """What one rule reckons once for all instances is what each would have reckoned."""
    document = setting_of(DOCUMENT, {}).document
    around = Surroundings(StillClock(), random.Random(1))  # noqa: S311  the same in every run
    for expression in (
        "sum(/data/r/y) + ../../a",
        "max(/data/r/y) - count(/data/r)",
        "n * /data/a",
        "-sum(/data/r/n)",
    ):
        run = compile_text(expression, {})
        rows = document.children[0].named["r"]
        alone = [run(row, Context(document, row, around)) for row in rows]
        together = Context(document, rows[0], around)
        together.kept = {}
        kept = [run(row, together) for row in rows]
        assert [str(each) for each in kept] == [str(each) for each in alone]


def test_infinities_and_nan_come_out_of_division() -> None:
    around = Surroundings(StillClock(), random.Random(1))  # noqa: S311  the same in every run
    document = setting_of(None, {}).document
    for expression, expected in (("1 div 0", inf), ("1 div -0", -inf), ("-1 div 0", -inf), ("0 div 0", nan)):
        found = compile_text(expression, {})(document, Context(document, document, around))
        assert isinstance(found, float)
        assert found == expected or (isnan(found) and isnan(expected))
