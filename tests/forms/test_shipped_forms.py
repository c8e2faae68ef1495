"""All shipped checklists: they compile clean, speak both languages, run in other tools, and cover the craft."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pyxform.errors import PyXFormError
from pyxform.validators.odk_validate import ODKValidateError
from pyxform.xls2xform import convert

from officer_app.base.paths import forms_folder
from officer_app.casework.packs import SHIPPED_FORMS
from officer_app.checklists.compile import compile_form
from officer_app.checklists.form import Form, read_form
from officer_app.credit.vocabulary import VOCABULARY
from tests.support.marked_tables import sheets

CHINESE, ENGLISH = "中文 (zh)", "English (en)"
TEXTS = ("label", "hint", "constraint_message")
SILENT = {"calculate", "end_group", "end_repeat"}
PLACED = re.compile(r"\$\{[a-z_0-9]+\}")
HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]|[a-z]\.[a-z]|[\[\]{}<>]|//|\bNaN\b|[=*^]")
COVERAGE = forms_folder() / "coverage" / "README.md"
# Rows of the craft that a checklist answers, besides those that are answered elsewhere.
ASKED_FOR = (*range(1, 30), *range(71, 85), *range(126, 129))
every_form = pytest.mark.parametrize("name", SHIPPED_FORMS)


def _source(name: str) -> Path:
    return forms_folder() / f"{name}.md"


def _rows(name: str) -> list[dict[str, str]]:
    tables = sheets(_source(name))
    return [*tables["survey"], *tables["choices"]]


def _form(name: str) -> Form:
    return read_form(compile_form(_source(name).read_bytes(), f"{name}.md", VOCABULARY).xml)


def test_the_list_of_shipped_checklists_is_the_folder() -> None:
    assert {path.stem for path in forms_folder().glob("*.md")} == {*SHIPPED_FORMS, "starter"}


@every_form
def test_it_compiles_without_a_warning_in_two_languages(name: str) -> None:
    form = compile_form(_source(name).read_bytes(), f"{name}.md", VOCABULARY)
    assert form.warnings == ()
    assert (form.form_id, form.languages) == (name, (CHINESE, ENGLISH))


@every_form
def test_every_text_is_there_in_both_languages_and_in_its_own_script(name: str) -> None:
    for row in _rows(name):
        for kind in TEXTS:
            chinese, english = row.get(f"{kind}::{CHINESE}", ""), row.get(f"{kind}::{ENGLISH}", "")
            assert bool(chinese) == bool(english), (row.get("name"), kind)
            assert not HAN.search(english), english
            assert not PLACED.sub("", chinese) or HAN.search(chinese), chinese


@every_form
def test_no_text_names_a_fact_a_code_or_a_formula(name: str) -> None:
    shown = [
        PLACED.sub("", row.get(f"{kind}::{language}", ""))
        for row in _rows(name)
        for kind in TEXTS
        for language in (CHINESE, ENGLISH)
    ]
    assert not [text for text in shown if CODE.search(text)]


@every_form
def test_whatever_is_shown_has_a_label_and_whatever_is_refused_says_why(name: str) -> None:
    survey = sheets(_source(name))["survey"]
    label, why = f"label::{CHINESE}", f"constraint_message::{CHINESE}"
    assert not [row.get("name") for row in survey if row["type"] not in SILENT and label not in row]
    assert not [row.get("name") for row in survey if "constraint" in row and why not in row]


@every_form
def test_names_are_kept_for_years_and_used_once(name: str) -> None:
    names = [row["name"] for row in sheets(_source(name))["survey"] if "name" in row]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{2,}", each) for each in names)
    assert len(names) == len(set(names))


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java for ODK Validate")
@every_form
def test_it_runs_in_odk_collect_unchanged(name: str) -> None:
    assert convert(str(_source(name)), validate=True).warnings == []


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java for ODK Validate")
def test_the_validator_of_others_does_refuse(tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text(
        "| survey |\n| | type | name | label | relevant |\n| | text | one | One | no_such_function(1) |\n",
        encoding="utf-8",
    )
    with pytest.raises((ODKValidateError, PyXFormError)):
        convert(str(broken), validate=True)


# --- what the craft asks for --------------------------------------------------------------------------------------


def _covered() -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for line in COVERAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 4 and cells[0].isdigit():
            found[int(cells[0])] = (cells[2], cells[3])
    return found


def test_every_row_of_the_craft_is_asked_or_named_as_covered_elsewhere() -> None:
    covered = _covered()
    assert set(ASKED_FOR) <= covered.keys()
    assert all(asked or elsewhere for asked, elsewhere in covered.values())


def test_the_table_names_questions_that_exist() -> None:
    names = {name: {node.name for node in _form(name).root.down()} for name in SHIPPED_FORMS}
    for number, (asked, _elsewhere) in _covered().items():
        for form, _, questions in (part.strip().partition(": ") for part in asked.split(";") if part.strip()):
            missing = [name for name in re.findall(r"`(\w+)`", questions) if name not in names[form]]
            assert not missing, (number, form, missing)
