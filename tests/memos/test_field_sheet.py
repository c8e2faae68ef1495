"""A checklist on paper: every question of a plain visit with room for its answer, by place, in both languages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from officer_app.base.words import CHINESE, ENGLISH
from officer_app.checklists.onpaper import Answering, Asked, Part, Several, on_paper
from officer_app.cli.main import run
from officer_app.memos.field_sheet import BOTH, FieldSheet, field_sheet
from tests.support.forms import session_of
from tests.support.visits import new_visit

# ruff: noqa: E501  a row of a form is one line
FORM = """
| | type | name | label::English (en) | label::中文 (zh) | hint::中文 (zh) | relevant | appearance | calculation | bind::place |
| | begin_group | talk | The talk | 先聊聊 | | | | | desk |
| | note | hello | Say hello | 先打招呼 | | | | | |
| | text | owner | Owner | 老板 | 照身份证写 | | | | |
| | select_one yes_no | licence | Licence | 有执照吗 | | | | | |
| | text | why_not | Why not | 为什么没有 | | ${licence} = 'no' | multiline | | |
| | calculate | sum | | | | | | 1 + 1 | |
| | select_multiple more | more_talk | More | 还看什么 | | | | | |
| | text | deep | Deep | 深问 | | selected(${more_talk}, 'deep') | | | |
| | end_group | | | | | | | | |
| | begin_group | shop | The shop | 店里 | | | | | shop |
| | image | front | The front | 门面 | | | | | |
| | begin_repeat | debt | Debts | 欠款 | | | | | |
| | text | lender | Lender | 欠谁 | | | | | |
| | integer | owed | Owed | 欠多少 | | | | | |
| | end_repeat | | | | | | | | |
| | end_group | | | | | | | | |
"""
CHOICES = """
| | list_name | name | label::English (en) | label::中文 (zh) |
| | yes_no | yes | Yes | 是 |
| | yes_no | no | No | 否 |
| | more | deep | Deeper | 再深一点 |
"""


def _text(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def _parts(*, whole: bool = False) -> tuple[Part, ...]:
    return on_paper(session_of(FORM, CHOICES), whole=whole)


def test_the_shop_comes_first_and_what_is_behind_a_tick_stays_away() -> None:
    shop, desk = _parts()
    assert [(part.place, part.section.chinese) for part in (shop, desk)] == [("shop", "店里"), ("desk", "先聊聊")]
    told = [(item.label.chinese, item.answering, item.sometimes) for item in desk.items if isinstance(item, Asked)]
    assert told == [
        ("老板", Answering.LINE, False),
        ("有执照吗", Answering.BOXES, False),
        ("为什么没有", Answering.LINES, True),
        ("还看什么", Answering.BOXES, False),
    ]
    assert "深问" in [item.label.chinese for item in _parts(whole=True)[1].items]


def test_a_list_is_asked_once_for_each_entry() -> None:
    front, debts = _parts()[0].items
    assert isinstance(front, Asked)
    assert front.answering is Answering.PICTURE
    assert isinstance(debts, Several)
    assert [one.label.chinese for one in debts.questions] == ["欠谁", "欠多少"]


@pytest.mark.parametrize(
    ("language", "there", "absent"),
    [
        (CHINESE, ("在店里", "1. 门面", "□是", "（有才问）", "照身份证写"), ("Licence", "The front")),
        (ENGLISH, ("Attheshop", "1. Thefront", "□Yes", "(ifitapplies)"), ("门面", "执照")),
        (BOTH, ("在店里", "门面", "Thefront", "□是Yes"), ("深问",)),
    ],
)
def test_the_paper_speaks_the_language_that_was_chosen(
    language: str, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    sheet = FieldSheet("调查表", "7", "青石县惠农小额贷款公司", _parts(), "2026-0417")
    text = _text(field_sheet(sheet, language))
    for words in ("青石县惠农小额贷款公司", "2026-0417", *there):
        assert "".join(words.split()) in text, words
    for words in absent:
        assert words not in text


def test_the_shipped_visit_fits_on_a_few_sheets() -> None:
    """Every picture and every plain question is on it; pages are numbered."""
    session = new_visit()
    wanted = {picture.label for picture in session.open_pictures(CHINESE)}
    pdf = field_sheet(FieldSheet("生意实地调查", "1", "", on_paper(session)), CHINESE)
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) <= 14
    text = _text(pdf)
    assert wanted
    assert [label for label in wanted if "".join(label.split()) not in text] == []
    assert f"第{len(pages)}页/共{len(pages)}页" in text


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sheet.pdf"
    assert run(["form", "sheet", "guarantor_visit", "--out", str(out), "--lang", "en"]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert out.read_bytes().startswith(b"%PDF")
    assert run(["form", "sheet", "guarantor_visit", "--out", str(out), "--lang", "fr"]) == 2
