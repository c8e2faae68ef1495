"""An author's workbook with twelve mistakes: one check names them all, each with its cell, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from officer_app.cli.main import run
from tests.support.excel import Rows, workbook

ZH, EN = "label::中文 (zh)", "label::English (en)"
SURVEY: Rows = (
    ("type", "name", ZH, EN, "relevant", "required", "constraint", "calculation", "choice_filter", "bind::fact"),
    ("text", "borrower", "借款人", "Borrower"),
    ("tel", "phone", "电话", "Phone"),  # 1: CHT's type
    ("integer", "persons", "几口人", "Persons", None, "yes", None, None, None, "household.person"),  # 2: no such fact
    ("integer", "children", "几个孩子", "Children", "${person} > 2"),  # 3: a name misspelt
    ("text", "borrower", "配偶", "Spouse"),  # 4: a name used twice
    ("select_one yesno", "married", "结婚了吗", "Married"),  # 5: no such list
    ("select_one county", "county", "县", "County", None, None, None, None, "province = 'x'"),  # 6: no such column
    ("integer", "rooms", "几间房", "Rooms", "${persons}＞3"),  # 7: typed with a Chinese keyboard
    ("text", "why", "为什么", "Why", "${persons} = 'many'"),  # 8: a number is no word
    ("calculate", "left", None, None, None, None, None, "${right} + 1"),  # 9: in a circle
    ("calculate", "right", None, None, None, None, None, "${left} + 1"),
    ("calculate", "upper", None, None, None, None, None, "UPPERCASE(${borrower})"),  # 10: no such function
    ("text", "remark", None, "Remark"),  # 11: not in Chinese
)
CHOICES: Rows = (
    ("list_name", "name", ZH, EN),
    ("yes_no", "yes", "是", "Yes"),
    ("yes_no", "no", "否", "No"),
    ("county", "a", "甲县", "A"),
    ("county", "a", "乙县", "B"),  # 12: a value used twice
)
PLANTED = {
    ("TYPE", "survey", 3, "type"),
    ("FACT_UNKNOWN", "survey", 4, "bind::fact"),
    ("MISSING_QUESTION", "survey", 5, "relevant"),
    ("NAME_TWICE", "survey", 6, "name"),
    ("LIST_MISSING", "survey", 7, "type"),
    ("FILTER_COLUMN", "survey", 8, "choice_filter"),
    ("FULL_WIDTH", "survey", 9, "relevant"),
    ("COMPARE_NUMBER", "survey", 10, "relevant"),
    ("CYCLE", "survey", 12, "calculation"),
    ("FUNCTION", "survey", 13, "calculation"),
    ("TRANSLATION", "survey", 14, ZH),
    ("CHOICE_TWICE", "choices", 5, "name"),
}
# What follows from a mistake: the list that was misspelt is now used by nobody.
FOLLOWING = {("LIST_UNUSED", "choices", 2, "list_name")}


def _checked(path: Path, language: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["form", "check", str(path), "--json", "--lang", language]) == 1
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["error"]["code"] == "FORM_REFUSED"
    return list(found["problems"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "入户调查.xlsx"
    path.write_bytes(workbook(SURVEY, CHOICES))
    return path


def test_twelve_mistakes_are_told_at_once_each_with_its_cell(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problems = _checked(path, "en", capsys)
    places = [(each["code"], each["sheet"], each["row"], each["column"]) for each in problems]
    assert set(places) == PLANTED | FOLLOWING
    assert len(places) == len(PLANTED | FOLLOWING)
    assert all(each["message"] and each["remedy"] for each in problems)
    cells = {each["code"]: each["cell"] for each in problems}
    assert (cells["MISSING_QUESTION"], cells["CHOICE_TWICE"], cells["FACT_UNKNOWN"]) == ("E5", "B5", "J4")


def test_the_same_is_said_in_chinese(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for english, chinese in zip(_checked(path, "en", capsys), _checked(path, "zh_CN", capsys), strict=True):
        assert english["code"] == chinese["code"]
        for words in ("message", "remedy"):
            assert english[words] != chinese[words]
            assert any("一" <= sign <= "鿿" for sign in chinese[words])


def test_near_names_are_offered(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {each["code"]: each["message"] for each in _checked(path, "en", capsys)}
    assert "household.persons" in said["FACT_UNKNOWN"]
    assert "persons" in said["MISSING_QUESTION"]
    assert "yes_no" in said["LIST_MISSING"]
    assert "translate" in said["FUNCTION"]
    assert "text" in said["TYPE"]
    assert "row 2" in said["NAME_TWICE"]


def test_people_read_sheet_row_and_column(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "check", str(path), "--lang", "zh_CN"]) == 1
    told = capsys.readouterr().out
    assert "survey 第 5 行 relevant [E5]" in told
    assert run(["form", "check", str(path), "--lang", "klingon"]) == 2
