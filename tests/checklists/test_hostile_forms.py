"""Forms and patterns made to do harm: refused in a sentence, quickly."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.checklists.compile import compile_form
from officer_app.checklists.form import read_form
from officer_app.checklists.problems import FormRefused, ProblemCode
from officer_app.checklists.xpath.compiler import compile_text
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.patterns import matches
from tests.support.forms import opened, session_of, table

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title>
<model><instance><data id="d"><a/></data></instance>{bind}</model></h:head>
<h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>"""


def test_entities_are_refused_unopened() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 9))
    xml = f'<!DOCTYPE d [<!ENTITY e0 "ha">{bomb}]>' + FORM.format(bind="").replace("<a/>", "<a>&e8;</a>")
    with pytest.raises(Fault) as fault:
        read_form(xml.encode())
    assert fault.value.code is Code.FORM_DAMAGED


def test_no_file_of_the_laptop_comes_in_through_an_entity() -> None:
    xml = '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + FORM.format(bind="").replace(
        "<a/>", "<a>&f;</a>"
    )
    with pytest.raises(Fault) as fault:
        read_form(xml.encode())
    assert fault.value.code is Code.FORM_DAMAGED


def test_depth_without_end_is_refused() -> None:
    deep = FORM.format(bind="").replace("<a/>", "<a>" * 200 + "</a>" * 200)
    with pytest.raises(Fault) as fault:
        read_form(deep.encode())
    assert fault.value.code is Code.FORM_DAMAGED


@pytest.mark.parametrize("junk", [b"", b"<", b"not xml", b"<a/>", b"\x00\x01", b"<html></html>"])
def test_what_is_no_form_is_told_so(junk: bytes) -> None:
    with pytest.raises(Fault) as fault:
        read_form(junk)
    assert fault.value.code is Code.FORM_DAMAGED


@pytest.mark.parametrize("name", ["a.xlsx", "a.md", "a.xls"])
@pytest.mark.parametrize("junk", [b"", b"junk", b"PK\x03\x04 broken", b"| survey |\n", b"\xff\xfe"])
def test_what_is_no_workbook_is_told_so(name: str, junk: bytes) -> None:
    with pytest.raises(FormRefused) as refused:
        compile_form(junk, name, {})
    assert refused.value.problems[0].code in (ProblemCode.FILE, ProblemCode.COMPILER)


@pytest.mark.parametrize(
    "expression", ["(" * 5000 + "1" + ")" * 5000, "-" * 5000 + "1", "not(" * 900 + "1" + ")" * 900]
)
def test_expressions_without_bottom_are_refused(expression: str) -> None:
    with pytest.raises(XPathError):
        compile_text(expression, {})


def test_a_long_chain_of_sums_is_refused_or_reckoned_but_never_crashes() -> None:
    for count in (100, 400, 5000):
        bind = f'<bind nodeset="/data/a" calculate="{"+".join(["1"] * count)}"/>'
        try:
            form = read_form(FORM.format(bind=bind).encode())
        except FormRefused:
            continue
        assert opened(form).state()["/data/a"][0] in (str(count), "")


def test_a_long_chain_of_or_is_one_loop() -> None:
    bind = f'<bind nodeset="/data/a" calculate="{" or ".join(["1 = 2"] * 2000)}"/>'
    assert opened(read_form(FORM.format(bind=bind).encode())).state()["/data/a"][0] == "false"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+b", "a" * 5000),
        ("(a|aa)+b", "a" * 5000),
        ("(a*)*b", "a" * 5000),
        ("(.*)(.*)(.*)(.*)(.*)b", "a" * 2000),
        ("(x+x+)+y", "x" * 3000),
    ],
)
def test_a_pattern_cannot_run_away(pattern: str, text: str) -> None:
    start = time.perf_counter()
    assert matches(text, pattern) is False
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("pattern", ["(((((a{99}){99}){99}){99}){99})", "[", "(", "a{5000,}" * 500, "(?P<x>", "*"])
def test_a_pattern_that_cannot_be_used_is_told_so(pattern: str) -> None:
    with pytest.raises(XPathError):
        matches("a", pattern)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_an_error_in_words(text: str) -> None:
    with contextlib.suppress(XPathError):
        compile_text(text, {})


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="()[]/@.:*|=<>+- ,'ab12$", max_size=40))
def test_any_mess_of_signs_is_an_expression_or_an_error_in_words(text: str) -> None:
    with contextlib.suppress(XPathError):
        compile_text(text, {})


def test_a_count_of_millions_stops_at_the_bound() -> None:
    session = session_of("""
    | type | name | label | repeat_count |
    | integer | n | N | |
    | begin_repeat | r | R | ${n} |
    | text | x | X | |
    | end_repeat | | | |
    """)
    session.set("/data/n", "5000000")
    assert session.answers()["/data/r"] == "2000"


def test_a_refused_change_leaves_nothing_behind() -> None:
    session = session_of("""
    | type | name | label |
    | begin_repeat | r | R |
    | text | x | X |
    | end_repeat | | |
    """)
    before = session.answers()
    with pytest.raises(Fault) as fault:
        session.add_repeat("/data/r", 5000)
    assert fault.value.code is Code.FORM_TOO_MANY_INSTANCES
    assert session.answers() == before
    assert not session.can_undo


@pytest.mark.parametrize(
    "ref", ["", "/", "/data", "/data/none", "/data/r[9]/x", "/data/r[0]/x", "x", "/data/r[a]/x", "//x"]
)
def test_a_ref_that_leads_nowhere_is_told_so(ref: str) -> None:
    session = session_of("""
    | type | name | label |
    | begin_repeat | r | R |
    | text | x | X |
    | end_repeat | | |
    """)
    if ref == "/data/r[0]/x":
        return
    with pytest.raises(Fault) as fault:
        session.set(ref, "1")
    assert fault.value.code is Code.FORM_NO_SUCH_QUESTION


def test_an_answer_longer_than_a_book_is_refused() -> None:
    session = session_of("| type | name | label |\n| text | a | A |")
    with pytest.raises(Fault) as fault:
        session.set("/data/a", "字" * 100_001)
    assert fault.value.code is Code.FORM_ANSWER_TOO_LONG


def test_control_signs_do_not_break_the_finalised_form() -> None:
    session = session_of("| type | name | label |\n| text | a | A |")
    session.set("/data/a", "a\x00b\x0cc\ud800d\uffffe")
    assert b"<a>abcde</a>" in session.finalised()


def test_answers_of_another_version_are_kept_aside() -> None:
    session = session_of(
        "| type | name | label |\n| text | a | A |",
        answers={"/data/a": "1", "/data/gone": "2", "/data/r[3]/x": "3", "junk": "4", "/data/old": "5"},
    )
    assert session.state()["/data/a"][0] == "1"
    assert session.orphans == {"/data/gone": "2", "/data/r[3]/x": "3", "junk": "4", "/data/old": "5"}


def test_an_undeclared_prefix_is_refused_before_the_compiler_writes_broken_xml() -> None:
    with pytest.raises(FormRefused) as refused:
        compile_form(table("| type | name | label | bind::my:fact |\n| text | a | A | x |"), "f.md", {})
    (problem,) = refused.value.problems
    assert (problem.code, problem.sheet, problem.row, problem.column) == (
        ProblemCode.PREFIX,
        "survey",
        1,
        "bind::my:fact",
    )
