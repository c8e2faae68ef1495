"""A checklist written for Excel compiles to the form it came from, and lets its author choose."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from officer_app.base.paths import forms_folder
from officer_app.checklists.authoring.columns import column_of
from officer_app.checklists.compile import compile_form
from officer_app.checklists.workbook import Workbook
from officer_app.cli.main import run
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.workbooks.checklist import checklist_workbook
from tests.support.forms import table

FORMS = sorted(path for path in forms_folder().glob("*.md"))


def _written(source: bytes, name: str) -> bytes:
    return checklist_workbook(Workbook.read(source, name).draft.book, VOCABULARY.values())


@pytest.fixture(scope="module")
def starter() -> Any:
    path = forms_folder() / "starter.md"
    return load_workbook(BytesIO(_written(path.read_bytes(), path.name)))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_what_is_written_compiles_clean_to_the_same_form(path: Path) -> None:
    source = path.read_bytes()
    before = compile_form(source, path.name, VOCABULARY)
    after = compile_form(_written(source, path.name), f"{path.stem}.xlsx", VOCABULARY)
    assert after.xml == before.xml
    assert after.warnings == ()
    assert _rows(path, source) == _rows(path, _written(source, path.name))


def _rows(path: Path, source: bytes) -> list[tuple[int, str]]:
    book = Workbook.read(source, path.name if source[:2] != b"PK" else f"{path.stem}.xlsx")
    return [(row.number, row.name) for row in book.draft.rows]


@pytest.mark.parametrize("text", ["=1+1", "+8613800138000", "007", "2026-10-08", "@home", "'quoted", "TRUE", "-"])
def test_a_text_stays_the_text_it_is(text: str) -> None:
    source = table(f"| type | name | label | hint |\n| text | a | A | {text} |")
    before = compile_form(source, "a.md", {})
    assert compile_form(_written(source, "a.md"), "a.xlsx", {}).xml == before.xml


def test_every_fact_can_be_chosen(starter: Any) -> None:
    facts = starter["facts"]
    paths = [facts.cell(row, 1).value for row in range(2, facts.max_row + 1)]
    assert paths == list(VOCABULARY)
    rule = _rule(starter, "bind::fact")
    assert rule.formula1 == f"facts!$A$2:$A${len(VOCABULARY) + 1}"
    persons = paths.index("household.persons") + 2
    assert [facts.cell(persons, at).value for at in (2, 3, 4, 5)][1:] == [
        VOCABULARY["household.persons"].label,
        "int",
        "persons",
    ]


def _rule(book: Any, name: str) -> Any:
    survey = book["survey"]
    letter = next(cell.column_letter for cell in survey[1] if column_of(cell.value).name == name)
    return next(rule for rule in survey.data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}2:"))


def test_types_and_appearances_can_be_chosen_and_are_all_there(starter: Any) -> None:
    for column, sheet in (("type", "types"), ("appearance", "appearances")):
        rule = _rule(starter, column)
        assert rule.formula1 == f"{sheet}!$A$2:$A${starter[sheet].max_row}"
        assert all(starter[sheet].cell(row, 1).value for row in range(2, starter[sheet].max_row + 1))
    kinds = {starter["types"].cell(row, 1).value for row in range(2, starter["types"].max_row + 1)}
    assert {"text", "select_one", "begin_repeat", "end_repeat"} <= kinds


def test_the_head_stays_and_explains_itself_in_chinese_first(starter: Any) -> None:
    survey = starter["survey"]
    assert survey.freeze_panes == "C2"
    assert survey.column_dimensions["A"].width > 10
    note = survey["A1"].comment.text
    assert "问题类型" in note.splitlines()[0]
    assert "What kind of question" in note.splitlines()[1]
    assert starter.active.title == "survey"


def test_the_whole_path_of_a_fact_may_be_chosen_inside_its_list() -> None:
    """What the list of facts offers is the whole path; the short one means the same."""
    short = """
    | type | name | label | bind::fact |
    | begin_repeat | r | R | application.purpose_items[] |
    | text | a | A | item |
    | end_repeat | | | |
    """
    long = short.replace("| item |", "| application.purpose_items[].item |")
    facts = [compile_form(table(survey), "a.md", VOCABULARY).facts for survey in (short, long)]
    assert facts[0] == facts[1] == ("application.purpose_items[]", "application.purpose_items[].item")


def test_the_command_writes_a_pattern_or_a_shipped_checklist_and_never_over_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "新表.xlsx"
    assert run(["form", "template", "--out", str(out)]) == 0
    assert run(["form", "check", str(out)]) == 0
    before = out.read_bytes()
    assert run(["form", "template", "--out", str(out)]) == 1
    assert "FORM_FILE_EXISTS" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert run(["form", "template", "--out", str(tmp_path / "a.xls")]) == 2
    assert run(["form", "template", "--out", str(tmp_path / "b.xlsx"), "--from", "nobody"]) == 1
    assert run(["form", "template", "--out", str(tmp_path / "c.xlsx"), "--from", str(out)]) == 0
    assert compile_form((tmp_path / "c.xlsx").read_bytes(), "c.xlsx", VOCABULARY).form_id == "my_checklist"
