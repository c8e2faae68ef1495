"""Where ODK's two engines give different answers, or both leave the specification: what ours gives, and why.

Each row is a calculation on the small form below. The answer is what is stored: NaN is stored as nothing, and
JavaRosa's truths as 1 and 0. REFUSES stands for an engine that will not evaluate the expression. The claims about the
others are held against the engines themselves where they are at hand: web-forms as tests/support/odk_peer.py tells,
JavaRosa from the validator inside pyxform with any JDK.
"""

from __future__ import annotations

import html
import os
import random
import shutil
import subprocess
from datetime import UTC
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from officer_app.checklists.form import read_form
from officer_app.checklists.session import FormSession
from tests.support.forms import StillClock, value
from tests.support.odk_peer import lacking, replayed

REFUSES: Final = "(refuses)"
XPATH: Final = "XPath 1.0"


class Row(NamedTuple):
    """One expression, what each engine stores for it, and why ours is right."""

    expression: str
    javarosa: str
    web_forms: str
    ours: str
    why: str


ROWS: Final = (
    # Numbers
    Row("round(-1.5)", "-1", "-2", "-1", f"{XPATH}: a tie goes up"),
    Row("round(-2.5)", "-2", "-3", "-2", f"{XPATH}: a tie goes up"),
    Row("max(-4, -1, -3)", "0", "-1", "-1", "XPath 3.0 max(); JavaRosa begins at the least positive double"),
    Row("number('1e3')", "", "1000", "", f"{XPATH}: a number has no exponent"),
    Row("number('+1')", "", "1", "", f"{XPATH}: a number has no plus"),
    Row("number('0x10')", "", "16", "", f"{XPATH}: a number is decimal"),
    Row("number('  ')", "", "0", "", f"{XPATH}: blanks are no number; a missing figure must not become nought"),
    Row("number('1,5')", "1.5", "", "", f"{XPATH}; where a comma parts thousands 1,500 would become 1.5"),
    Row(
        "100 * 1.1", "110", "110.00000000000001", "110.00000000000001", "the double as it is: money says round(x, 2)"
    ),
    Row("area(/data/trace)", "6.19594262845484E9", "6195628067.9", "6195628067.9", "no exponent in a number's text"),
    # Blanks
    Row("sum(/data/r/x)", "3", "", "", f"{XPATH}: NaN; a total stays blank until every row is filled"),
    Row("sum(/data/nothing)", "0", "", "0", f"{XPATH}: the sum of nothing is 0"),
    Row("max(/data/r/x)", "2", "", "", "as sum(): the greatest is not known while a row is blank"),
    Row("if(/data/blank, 1, 2)", "2", "1", "1", f"{XPATH}: a node-set with a node in it is true"),
    Row("not(/data/blank)", "1", "false", "false", f"{XPATH}: a node-set with a node in it is true"),
    Row("if(/data/nothing = '', 1, 2)", "1", "2", "2", f"{XPATH}: no node, nothing that could be equal"),
    # Texts and truths
    Row("/data/a = '5.0'", "1", "false", "false", f"{XPATH}: a node and a text compare as texts"),
    Row("boolean-from-string('TRUE')", "1", "false", "false", "ODK XForms: 'true' or '1' and nothing else"),
    Row("regex('abc', 'b')", "0", "true", "false", "ODK documentation: an exact and complete match; so in Collect"),
    Row("concat('a', /data/r/y, 1)", REFUSES, "a1020301", "a1020301", "ODK XForms: all values of the node-set"),
    # Dates
    Row("'2024-01-01' < '2024-02-01'", "0", "true", "true", "ODK XForms: number() takes ISO dates"),
    Row("number('2024-02-29')", "", "19782", "19782", "ODK XForms: number() takes ISO dates"),
    Row("/data/d + 1", "", "19783", "19783", "ODK XForms: number() takes ISO dates"),
    Row("number('2023-02-30')", "", REFUSES, "", "there is no such day"),
    Row("decimal-time('06:00:00.000Z')", REFUSES, "", "0.25", "ODK XForms: the fraction of the day"),
    Row("format-date(19782, '%Y-%m-%d')", "2024-02-29", "", "2024-02-29", "a number of days is a date as in date()"),
    Row(
        "date-time(19782.5)",
        "2024-02-29T12:00:00.000Z",
        "2024-02-29T12:00:00.000+00:00",
        "2024-02-29T12:00:00.000+00:00",
        "enketo",
    ),
    # Nodes
    Row("/data/r/y", REFUSES, "10", "10", f"{XPATH}: the first node; JavaRosa wants a single one"),
    Row("/data/r/y = 20", REFUSES, "true", "true", f"{XPATH}: any node of a node-set may match"),
    Row("/data/r[2]/y", "", "20", "20", f"{XPATH}: a number in brackets is a place"),
    Row("position(/data/r[2])", "0", "2", "2", "ODK XForms: the place among its namesakes, from 1"),
    Row("indexed-repeat(/data/r/y, /data/r, 0)", "10", "", "10", "as Collect does with an index below 1"),
    Row("/data/r[last()]/y", REFUSES, "30", "30", f"{XPATH}, which JavaRosa has in part"),
    Row("count(//x)", REFUSES, "3", "3", f"{XPATH}, which JavaRosa has in part"),
    Row("count(/data/a | /data/t)", REFUSES, REFUSES, "2", f"{XPATH}: the union of two node-sets"),
    Row("- - 5", "5", REFUSES, "5", f"{XPATH}: a minus before a minus"),
    Row("floor(-1.2)", REFUSES, "-2", "-2", f"{XPATH}, which JavaRosa has in part"),
    # Inside a repeat an absolute path is read as XPath reads it: all instances. JavaRosa takes the own instance.
    Row("inside:/data/r/y", "30", "10", "10", "the first of all; pyxform writes ../y for the own instance"),
    Row("inside:sum(/data/r/y)", "30", "60", "60", "a total of all rows, also when it is asked for in a row"),
    Row("inside:count(/data/r)", "1", "3", "3", "how many rows there are, also when it is asked for in a row"),
)

FORM: Final = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>t</h:title><model><instance><data id="t"><a>5</a><blank/><t>text</t><d>2024-02-29</d>
<trace>0 0 0 0;0 1 0 0;1 1 0 0;0 0 0 0</trace>{repeats}{fields}</data></instance>
<bind nodeset="/data/a" type="int"/><bind nodeset="/data/r/x" type="int"/>{binds}</model></h:head>
<h:body><input ref="/data/a"><label>A</label></input><group ref="/data/r"><label>R</label>
<repeat nodeset="/data/r"><input ref="/data/r/x"><label>X</label></input></repeat></group></h:body></h:html>"""


def _form(rows: list[Row]) -> tuple[bytes, dict[str, Row]]:
    """One calculation a row, and which ref has which row's answer."""
    inside = "".join(f"<c{at}/>" for at, row in enumerate(rows) if row.expression.startswith("inside:"))
    repeats = "".join(f"<r><x>{x}</x><y>{y}</y>{inside}</r>" for x, y in (("1", 10), ("2", 20), ("", 30)))
    fields = "".join(f"<c{at}/>" for at, row in enumerate(rows) if not row.expression.startswith("inside:"))
    places = {
        f"/data/r[3]/c{at}" if row.expression.startswith("inside:") else f"/data/c{at}": row
        for at, row in enumerate(rows)
    }
    binds = "".join(
        f'<bind nodeset="{ref.replace("[3]", "")}" type="string" '
        f'calculate="{html.escape(row.expression.removeprefix("inside:"))}"/>'
        for ref, row in places.items()
    )
    return FORM.format(repeats=repeats, fields=fields, binds=binds).encode(), places


@pytest.mark.parametrize("row", ROWS, ids=[row.expression for row in ROWS])
def test_our_answer(row: Row) -> None:
    xml, places = _form([row])
    chance = random.Random(1)  # noqa: S311  the same in every run
    session = FormSession(read_form(xml), StillClock(), chance, zone=UTC)
    (ref,) = places
    assert value(session, ref) == row.ours
    assert row.why


def test_each_row_is_a_disagreement() -> None:
    assert [row for row in ROWS if row.javarosa == row.web_forms == row.ours] == []


def test_the_answers_of_web_forms(tmp_path: Path) -> None:
    missing = lacking()
    if missing:
        pytest.skip(missing)
    xml, places = _form([row for row in ROWS if row.web_forms != REFUSES])
    (tmp_path / "form.xml").write_bytes(xml)
    nodes = replayed(tmp_path / "form.xml", (), tmp_path).nodes
    assert {row.expression: nodes[ref].value for ref, row in places.items()} == {
        row.expression: row.web_forms for row in places.values()
    }


@pytest.mark.timeout(300)
def test_the_answers_of_javarosa(shared: Path, tmp_path: Path) -> None:
    pyxform = find_spec("pyxform")
    assert pyxform is not None
    assert pyxform.origin is not None
    jar = Path(pyxform.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    if shutil.which("java") is None or not jar.exists():
        pytest.skip("java or the validator inside pyxform is not installed")
    xml, places = _form([row for row in ROWS if row.javarosa != REFUSES])
    (tmp_path / "form.xml").write_bytes(xml)
    (tmp_path / "steps.tsv").write_text("# none\n", encoding="utf-8")
    peer = shared / "peers" / "PeerJavaRosa.java"
    words = ["java", "-Duser.timezone=UTC", "-cp", str(jar), str(peer), "form.xml", "steps.tsv"]
    run = subprocess.run(
        words, cwd=tmp_path, capture_output=True, check=True, timeout=250, env={**os.environ, "TZ": "UTC"}
    )
    told = [line.split("\t") for line in run.stdout.decode().splitlines() if line.startswith("VALUE\t")]
    found = {line[1].removesuffix("[1]"): line[2] for line in told}
    assert {row.expression: found[ref] for ref, row in places.items()} == {
        row.expression: row.javarosa for row in places.values()
    }
