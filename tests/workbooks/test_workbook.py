"""The workbook that head office opens: text is text, nothing runs, sums reconcile."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, PSEUDO, Language
from officer_app.workbooks.columns import COLUMNS, Kind, Sheet, rows_of
from officer_app.workbooks.reading import read_workbook
from officer_app.workbooks.rows import LoanRow, WorkbookData
from officer_app.workbooks.workbook import write_workbook
from tests.support.excel import plain_workbook, with_part
from tests.support.workbook_rows import DIGEST, IDENTITY, LOAN, PERSON, workbook_data

FIRST = datetime.fromisoformat("2026-10-01")
INJECTIONS = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "#N/A",
    "12:30",
    "1e5",
    "007",
]


def _workbook(data: WorkbookData, language: Language) -> bytes:
    target = BytesIO()
    write_workbook(data, language, target)
    return target.getvalue()


def _opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def test_sheets_stand_in_order() -> None:
    book = _opened(_workbook(workbook_data(), ENGLISH))
    assert book.sheetnames == [
        "Read me",
        "Totals",
        "Loans",
        "Persons",
        "Figures",
        "Checks",
        "Contradictions",
        "Photos",
        "Decisions",
        "Exceptions",
        "Monitoring",
        "Audit",
    ]
    assert book.vba_archive is None


def test_every_column_is_explained_by_its_code() -> None:
    codes = {cell.value for cell in _opened(_workbook(workbook_data(), CHINESE)).worksheets[0]["B"]}
    assert {column.key for columns in COLUMNS.values() for column in columns} <= codes


def test_values_keep_their_types() -> None:
    sheet = _opened(_workbook(workbook_data(), ENGLISH))["Loans"]
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["Requested amount"].value, row["Requested amount"].data_type) == (55000, "n")
    assert row["Disposable income"].value == pytest.approx(5862.11)
    assert row["Submitted on"].is_date
    assert row["Submitted on"].value.isoformat() == "2026-10-09T00:00:00"
    assert row["Received at"].value.isoformat() == "2026-10-09T18:20:00", "China time"
    assert (row["Dossier digest"].value, row["Dossier digest"].data_type) == (DIGEST, "s")


def test_header_is_frozen_and_filtered_over_all_rows() -> None:
    book = _opened(_workbook(workbook_data(), ENGLISH))
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref == sheet.dimensions or sheet.max_row == 1, sheet.title
        assert sheet.column_dimensions["A"].width > 8


def test_identities_are_masked_unless_authorised() -> None:
    masked = read_workbook(_workbook(workbook_data(), CHINESE))
    assert IDENTITY not in str(masked)
    assert "张桂芬" not in str(masked)
    assert masked["人员"].rows[0][3:6] == ("张**", "4301**********9163", "013*****8000")
    shown = _opened(_workbook(workbook_data(identities_shown=True), CHINESE))["人员"]
    assert (shown["E2"].value, shown["E2"].data_type, shown["E2"].number_format) == (IDENTITY, "s", "@")
    assert shown["F2"].value == "013812348000"


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_an_error_or_a_number(text: str) -> None:
    data = workbook_data(
        identities_shown=True,
        institution=text,
        loans=(replace(LOAN, branch=text, case_number=text, state=text),),
        persons=(replace(PERSON, name=text, identity=text, phone=text),),
    )
    for sheet in _opened(_workbook(data, ENGLISH)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type not in {"f", "e"}, (sheet.title, cell.coordinate)
    sheet = _opened(_workbook(data, ENGLISH))["Persons"]
    assert [sheet[place].value for place in ("D2", "E2", "F2")] == [text] * 3
    assert {sheet[place].data_type for place in ("D2", "E2", "F2")} == {"s"}


def test_unseen_signs_and_endless_texts_do_not_damage_the_file() -> None:
    data = workbook_data(loans=(replace(LOAN, branch="城\x00关\x0b", officer="长" * 40_000),))
    row = read_workbook(_workbook(data, ENGLISH))["Loans"].rows[0]
    assert row[3] == "城关"
    assert len(row[4]) == 32_767
    assert row[4].endswith("…")


def test_totals_reconcile_and_say_when_they_do_not() -> None:
    target = BytesIO()
    assert all(total.agrees for total in write_workbook(workbook_data(), ENGLISH, target))
    wrong = replace(workbook_data().app_totals, requested=Decimal(55001))
    totals = read_workbook(_workbook(workbook_data(app_totals=wrong), ENGLISH))["Totals"].rows
    assert ("Requested amount", "55001", "55000", "-1", "differs") in totals
    assert ("Number of cases", "1", "1", "0", "agrees") in totals


def test_mixed_column_keeps_numbers_dates_and_words_apart() -> None:
    sheet = _opened(_workbook(workbook_data(), ENGLISH))["Figures"]
    assert [sheet[f"E{row}"].value for row in (2, 3, 4)] == [82000, FIRST, "业主"]
    assert sheet["E3"].number_format == "yyyy-mm-dd"


def test_rows_are_taken_one_at_a_time() -> None:
    """Every row is written before the next is asked for, so memory does not grow with the number of cases."""
    asked: list[int] = []

    def loans() -> Iterator[LoanRow]:
        for number in range(1200):
            asked.append(number)
            yield LOAN

    seen: list[int] = []
    with pytest.raises(Fault) as stopped:
        write_workbook(
            workbook_data(loans=loans()),
            ENGLISH,
            BytesIO(),
            progress=lambda done, _total: seen.append(done),
            cancelled=lambda: len(asked) >= 1000,
        )
    assert stopped.value.code is Code.CANCELLED
    assert seen == [500, 1000]
    assert len(asked) == 1000


def test_every_word_comes_from_the_catalogue() -> None:
    """In the pseudo-language all our own words are in brackets; the rest is data."""
    book = read_workbook(_workbook(workbook_data(), PSEUDO))
    for title, sheet in book.items():
        assert title.startswith("⟦"), title
        assert all(head.startswith("⟦") for head in sheet.header), title
    meanings = [row[4] for title, sheet in book.items() if "Read me" in title for row in sheet.rows]
    ours = [text for text in meanings if text and not text.isascii()]
    assert sum(text.startswith("⟦") for text in ours) > 20


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04 no zip", b"<html>", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_workbook_is_refused(junk: bytes) -> None:
    with pytest.raises(Fault) as refused:
        read_workbook(junk)
    assert refused.value.code is Code.WORKBOOK_UNREADABLE


def test_any_damage_to_a_part_is_refused_or_read_over() -> None:
    """openpyxl stumbles over a broken part in its own ways: none of them is a bug of ours."""
    chance, refused = random.Random(20261008), 0  # noqa: S311  a repeatable draw
    whole = plain_workbook()
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
        for _ in range(20):

            def spoil(data: bytes) -> bytes:
                at = chance.randrange(len(data))
                return data[:at] + bytes([chance.randrange(33, 127)]) + data[at + 1 :]

            try:
                read_workbook(with_part(whole, name, spoil))
            except Fault as fault:
                refused += 1
                assert fault.code is Code.WORKBOOK_UNREADABLE  # noqa: PT017  one of two answers
    assert 0 < refused < 60


def test_column_keys_are_fields_of_their_rows() -> None:
    data = workbook_data()
    rows = tuple(rows_of(data, sheet) for sheet in Sheet)
    for sheet, some in zip(Sheet, rows, strict=True):
        first = next(iter(some))
        assert {column.key for column in COLUMNS[sheet]} == set(first.__dataclass_fields__), sheet


def test_ids_are_of_the_kind_that_stays_text() -> None:
    names = {"case_id", "case_number", "identity", "phone", "dossier_digest", "sha256", "key_id", "entry_hash"}
    kinds = {column.key: column.kind for columns in COLUMNS.values() for column in columns}
    assert {kinds[name] for name in names} == {Kind.ID}


def test_codes_are_said_in_words_and_told_on_the_first_sheet() -> None:
    book = _opened(_workbook(workbook_data(), CHINESE))
    assert [cell.value for cell in book["贷款"][2]].count("同意") == 1
    exception = [cell.value for cell in book["例外台账"][2]]
    assert exception[3:5] == ["无法说明的矛盾", "SALES_ROUTES_DEVIATE:SALES"]
    assert exception[-1] == "附条件同意"
    contradiction = [cell.value for cell in book["矛盾"][2]]
    assert contradiction[-2:] == ["无法说明", "问到时改口“那是去年”"]
    legend = {row[1].value: row[4].value for row in book["说明"].iter_rows() if row[0].value == "代码"}
    assert legend["approve_with_conditions"] == "附条件同意"
