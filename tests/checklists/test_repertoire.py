"""The table of types and appearances is complete: against ODK's list, the compiler's and the window's."""

from __future__ import annotations

import json
import random

import pytest

from officer_app.base.clock import SystemClock
from officer_app.checklists.compile import compile_form
from officer_app.checklists.controls import QuestionType
from officer_app.checklists.form import read_form
from officer_app.checklists.repertoire import APPEARANCES, TYPES, Standing, look_entry, type_entry
from officer_app.checklists.session import FormSession
from officer_app.checklists.workbook import Workbook, xform_of
from officer_app.cli.main import run
from officer_app.desktop.questions.kinds import NOTICES, WIDGETS
from tests.support.forms import table

ODK_TYPES = (
    "text integer decimal note date time dateTime select_one select_multiple select_one_from_file "
    "select_multiple_from_file select_one_external rank range geopoint geotrace geoshape image audio video file "
    "barcode acknowledge calculate hidden start end today deviceid username phonenumber email audit "
    "background-audio start-geopoint csv-external xml-external"
)
ODK_APPEARANCES = (
    "multiline numbers thousands-sep masked minimal search autocomplete columns columns-2 columns-pack likert label "
    "list-nolabel table-list field-list month-year year no-calendar quick image-map map placement-map signature draw "
    "annotate new new-front rating picker vertical no-ticks counter printer"
)


@pytest.mark.parametrize("name", ODK_TYPES.split())
def test_every_type_of_odk_is_in_the_table(name: str) -> None:
    assert type_entry(name) is not None


@pytest.mark.parametrize("name", ODK_APPEARANCES.split())
def test_every_appearance_of_odk_is_in_the_table(name: str) -> None:
    assert look_entry(name) is not None


def test_every_type_that_the_compiler_takes_is_in_the_table() -> None:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    # Words for the choices' command without a list, and counts of days that no form of today asks for.
    left = {"select one using", "select multiple using", "select multiple from"}
    missing = {name for name in QUESTION_TYPE_DICT if type_entry(name) is None}
    assert {name for name in missing if not name.startswith("number of days")} <= left


_BUILT = {
    QuestionType.TEXT: "text",
    QuestionType.INTEGER: "integer",
    QuestionType.DECIMAL: "decimal",
    QuestionType.DATE: "date",
    QuestionType.TIME: "time",
    QuestionType.DATE_TIME: "dateTime",
    QuestionType.SELECT_ONE: "select_one",
    QuestionType.SELECT_MULTIPLE: "select_multiple",
    QuestionType.RANK: "rank",
    QuestionType.RANGE: "range",
    QuestionType.NOTE: "note",
    QuestionType.IMAGE: "image",
    QuestionType.AUDIO: "audio",
    QuestionType.VIDEO: "video",
    QuestionType.FILE: "file",
    QuestionType.GEOPOINT: "geopoint",
    QuestionType.GEOTRACE: "geotrace",
    QuestionType.GEOSHAPE: "geoshape",
    QuestionType.BARCODE: "barcode",
    QuestionType.ACKNOWLEDGE: "acknowledge",
}


def test_what_the_table_calls_plain_is_what_the_window_asks_in_a_plain_line() -> None:
    assert set(_BUILT) == set(WIDGETS)
    plain = {kind for kind, name in _BUILT.items() if _standing(name) is Standing.PLAIN}
    assert plain == set(NOTICES)
    assert not [name for name in _BUILT.values() if _standing(name) is Standing.ABSENT]


def _standing(name: str) -> Standing:
    entry = type_entry(name)
    assert entry is not None
    return entry.standing


@pytest.mark.parametrize(("kind", "name"), _BUILT.items())
def test_a_type_comes_out_of_the_compiler_as_the_window_knows_it(kind: QuestionType, name: str) -> None:
    written = f"{name} v" if name in ("select_one", "select_multiple", "rank") else name
    source = table(
        f"| type | name | label |\n| {written} | a | A |\n| text | b | B |",
        "| list_name | name | label |\n| v | x | X |",
    )
    form = read_form(xform_of(Workbook.read(source, "a.md"))[0])
    control = form.root.children["a"].control
    assert control is not None
    assert control.type is kind


def test_no_name_stands_twice() -> None:
    for entries in (TYPES, APPEARANCES):
        names = [name for entry in entries for name in (entry.name, *entry.others)]
        assert len(names) == len(set(names))


def test_the_table_is_printed_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "types", "--json", "--lang", "zh_CN"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"text", "geotrace"} <= {entry["name"] for entry in found["types"]}
    assert {entry["standing"] for entry in found["types"]} == {"支持", "普通输入框", "不支持"}
    assert run(["form", "types"]) == 0
    assert "geotrace" in capsys.readouterr().out


LISTS = """
| survey |
| | type | name | label::中文 (zh) | label::English (en) | choice_filter | calculation |
| | select_one_from_file towns.csv | town | 镇 | Town | | |
| | select_multiple_from_file villages.csv | villages | 村 | Villages | town = ${town} | |
| | csv-external | prices | | | | |
| | calculate | price | | | | pulldata('prices', 'price', 'name', ${town}) |
| | end | ended | | | | |

| settings |
| | form_title | form_id | version | default_language |
| | Lists | lists_beside | 1 | 中文 (zh) |
"""
FILES = {
    "towns.csv": b"name,label\nnorth,North\nsouth,South\n",
    "villages.csv": b"name,label,town\nv1,One,north\nv2,Two,south\n",
    "prices.csv": b"name,price\nnorth,12\n",
}


def test_what_the_table_says_of_lists_beside_the_workbook_is_so() -> None:
    """They are asked and looked up as promised, and no author is told to leave them out."""
    compiled = compile_form(LISTS.encode(), "lists.md", {})
    assert not [problem for problem in compiled.warnings if problem.code.name.startswith("TYPE")]
    session = FormSession(read_form(compiled.xml, FILES.get), SystemClock(), random.Random(1))  # noqa: S311  draws nothing
    session.set("/data/town", "north")
    asked = {
        question.ref: [choice.name for choice in question.choices]
        for section in session.sections("zh_CN")
        for item in section.items
        for question in getattr(item, "questions", ())
    }
    assert asked == {"/data/town": ["north", "south"], "/data/villages": ["v1"]}
    assert session.peek("/data/price") == "12"
    assert session.finalised().count(b"<ended>20") == 1
    names = ("select_one_from_file", "select_multiple_from_file", "csv-external", "xml-external", "end")
    assert {_standing(name) for name in names} == {Standing.WORKS}
