"""The CSV twin: a byte order mark, quotes where a spreadsheet would run a text, numbers as numbers."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.words import CHINESE, ENGLISH
from officer_app.workbooks.columns import COLUMNS, Sheet
from officer_app.workbooks.csv_twin import quoted, write_csv
from tests.support.workbook_rows import IDENTITY, LOAN, PERSON, workbook_data


def _written(sheet: Sheet, language: str = ENGLISH, **changes: object) -> tuple[bytes, list[list[str]]]:
    target = BytesIO()
    write_csv(workbook_data(**changes), sheet, language, target)
    return target.getvalue(), list(csv.reader(StringIO(target.getvalue().decode("utf-8-sig"), newline="")))


def test_it_begins_with_the_mark_that_excel_needs() -> None:
    data, rows = _written(Sheet.LOANS, CHINESE)
    assert data.startswith(b"\xef\xbb\xbf")
    assert not data[3:].startswith(b"\xef\xbb\xbf")
    assert rows[0][1] == "案卷编号"
    assert rows[1][3] == "城关网点"


def test_same_columns_and_numbers_as_the_workbook() -> None:
    _, rows = _written(Sheet.LOANS)
    row = dict(zip([column.key for column in COLUMNS[Sheet.LOANS]], rows[1], strict=True))
    assert row["requested"] == "55000.00"
    assert row["dscr"] == "1.3801"
    assert row["submitted_on"] == "2026-10-09"
    assert row["received_at"] == "2026-10-09 18:20:00"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 138", "'+86 138"),
        ("-5", "'-5"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("＝1", "'＝1"),
        ("＠甲", "'＠甲"),
        ("  =1", "'  =1"),
        ("甲=1", "甲=1"),
        ("", ""),
    ],
)
def test_leading_quote_rule(text: str, written: str) -> None:
    _, rows = _written(Sheet.LOANS, loans=(replace(LOAN, branch=text),))
    assert rows[1][3] == written


@given(st.text())
def test_what_is_quoted_never_begins_like_a_formula(text: str) -> None:
    shown = quoted(text)
    assert shown[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert shown.removeprefix("'") == text or shown == text


def test_identities_survive_a_double_click() -> None:
    _, rows = _written(Sheet.PERSONS, identities_shown=True)
    assert rows[1][4] == f"'{IDENTITY}"
    _, masked = _written(Sheet.PERSONS)
    assert masked[1][3:5] == ["张**", "4301**********9163"]
    _, letter = _written(
        Sheet.PERSONS, identities_shown=True, persons=(replace(PERSON, identity="11010519491231002X"),)
    )
    assert letter[1][4] == "11010519491231002X"


def test_negative_numbers_stay_numbers() -> None:
    _, rows = _written(Sheet.CHECKS)
    assert "-0.325" in rows[1]
