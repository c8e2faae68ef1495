"""The list of products as a workbook: written, changed as Excel changes it, read again; what is wrong has a cell."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, say
from officer_app.credit.policy import read_policy
from officer_app.credit.products import PRODUCTS
from officer_app.workbooks.products import SIZE_LIMIT, products_from, products_workbook
from tests.support.worked import SHIPPED_POLICY

SHIPPED = read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))[PRODUCTS]
LISTED, FEES = "产品 products", "费用 fees"


def edited(change: Callable[[Workbook], object], language: str = CHINESE) -> bytes:
    """The workbook after somebody changed it."""
    book = load_workbook(io.BytesIO(products_workbook(SHIPPED, language)))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def put(cell: str, value: str | float | None, sheet: str = LISTED) -> Callable[[Workbook], object]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def refused(data: bytes) -> Fault:
    with pytest.raises(Fault) as found:
        products_from(data)
    return found.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_read_as_the_same_products(language: str) -> None:
    assert products_from(products_workbook(SHIPPED, language)) == SHIPPED


def test_heads_and_words_stand_in_peoples_language() -> None:
    book = load_workbook(io.BytesIO(products_workbook(SHIPPED, CHINESE)))
    assert book.sheetnames == [LISTED, FEES, "words 可填的词"]
    row = [cell.value for cell in book[LISTED][2]]
    assert row[:4] == ["working_capital", "流动资金贷款", "Working capital loan", "个体工商户、公司、合作社"]
    assert book[LISTED]["F1"].value == "最低金额 Amount, least"
    assert book[LISTED]["F2"].value == 5000
    english = load_workbook(io.BytesIO(products_workbook(SHIPPED, ENGLISH)))
    assert english[LISTED]["D2"].value == "individual business; company; cooperative"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("D2", "company，农户; individual_business"), ("F2", "5,000"), ("F2", 5000.0), ("K2", "8.00"), ("A1", "id")],
)
def test_what_people_type_is_understood(cell: str, value: str | float) -> None:
    product = products_from(edited(put(cell, value)))[0]
    assert product.amount.least == 5000
    assert product.rate.least == 8
    if cell == "D2":
        assert product.clients == {"company", "farm_household", "individual_business"}


def test_columns_may_change_places_and_empty_rows_stand_between() -> None:
    def moved(book: Workbook) -> None:
        sheet = book[LISTED]
        sheet.insert_rows(4, 3)
        for row in sheet.iter_rows():
            row[0].value, row[1].value = row[1].value, row[0].value

    assert products_from(edited(moved)) == SHIPPED


def test_a_row_taken_out_and_a_fee_put_in() -> None:
    def change(book: Workbook) -> None:
        book[LISTED].delete_rows(3)
        book[FEES].append(["stall", "手续费", "Fee", "放款时一次", 50, None])

    found = {one.id: one for one in products_from(edited(change))}
    assert set(found) == {one.id for one in SHIPPED} - {"equipment"}
    assert [(fee.name, fee.kind.value, fee.amount) for fee in found["stall"].fees] == [
        ("手续费", "upfront", Decimal(50))
    ]


@pytest.mark.parametrize(
    ("change", "where", "told"),
    [
        (put("F3", "很多"), "products 3 amount.least", "sheet “products”, row 3, column “Amount, least”"),
        (put("F3", 900000), "products 3 amount.least", "a range whose least is not above its most"),
        (put("D4", "路人"), "products 4 clients", "one of: individual_business"),
        (put("B5", None), "products 5 name_zh", "something in this cell"),
        (put("A3", "working_capital"), "products 3 id", "an id that is used once"),
        (put("S2", 80), "products 2 late_uplift_percent", "at most 50"),
        (put("M2", 99), "products 2 price_by_grade.A", "a rate inside the product's range"),
        (put("N2", None), "products 2 price_by_grade.B", "something in this cell"),
        (put("F1", "多少"), "products 多少", "the heads of the template, each once"),
        (put("G1", "最低金额"), "products 最低金额", "the heads of the template, each once"),
        (put("F1", None), "products 1 amount.least", "this column, as the template has it"),
        (put("A2", "none", FEES), "fees 2 product", "the code of a product on the first sheet"),
        (put("D2", "有时", FEES), "fees 2 kind", "one of: upfront"),
        (put("E2", 3, FEES), "fees 2 amount", "either amount or percent"),
        (lambda book: book.remove(book[LISTED]), "products", "a sheet called"),
        (lambda book: book[LISTED].delete_rows(2, 20), "fees 2 product", "the code of a product"),
    ],
)
def test_what_is_wrong_is_told_by_sheet_row_and_column(
    change: Callable[[Workbook], object], where: str, told: str
) -> None:
    fault = refused(edited(change))
    assert (fault.code, fault.where) == (Code.PRODUCT_WRONG, where)
    assert told in say(fault.sentence, ENGLISH)
    assert say(fault.sentence, CHINESE)


def test_an_empty_list_and_one_too_long_are_refused() -> None:
    def empty(book: Workbook) -> None:
        book[LISTED].delete_rows(2, 20)
        book[FEES].delete_rows(2, 20)

    def long(book: Workbook) -> None:
        for number in range(201):
            book[LISTED].append([f"p{number}"])

    assert "at least one product" in say(refused(edited(empty)).sentence, ENGLISH)
    assert "at most 200 rows" in say(refused(edited(long)).sentence, ENGLISH)


def test_no_name_becomes_a_formula() -> None:
    data = products_workbook([replace(SHIPPED[0], id="=1+1")], CHINESE)
    assert load_workbook(io.BytesIO(data))[LISTED]["A2"].data_type == "s"
    assert products_from(data)[0].id == "=1+1"


def test_large_and_hostile_workbooks_are_refused() -> None:
    assert refused(b"PK" + b"\0" * SIZE_LIMIT).code is Code.PRODUCTS_TOO_LARGE
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert refused(bomb.getvalue()).code is Code.WORKBOOK_UNREADABLE
    assert refused(b"").code is Code.WORKBOOK_UNREADABLE


def test_one_cell_far_out_takes_no_memory() -> None:
    """A row of sixteen thousand columns would be filled up in every row of the sheet."""
    assert products_from(edited(put("XFD2", "far out"))) == SHIPPED


def test_broken_workbooks_are_read_or_refused_and_nothing_else() -> None:
    """Damaged archives, and archives that are whole around damaged sheets."""
    outcomes: set[Code | None] = set()
    chance, whole = random.Random(20261122), products_workbook(SHIPPED, CHINESE)  # noqa: S311  repeatable, not secret
    for turn in range(200):
        data = _damaged(whole, chance) if turn % 2 else _damaged_inside(whole, chance)
        try:
            assert products_from(data)
            outcomes.add(None)
        except Fault as fault:
            outcomes.add(fault.code)
    assert outcomes <= {None, Code.WORKBOOK_UNREADABLE, Code.PRODUCT_WRONG}
    assert Code.WORKBOOK_UNREADABLE in outcomes


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(len(data))] if chance.random() < 0.2 else data)


def _damaged_inside(whole: bytes, chance: random.Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            body = bytearray(source.read(name))
            if "sheet" in name and body:
                for _ in range(chance.randrange(1, 6)):
                    at = chance.randrange(len(body))
                    body[at : at + 3] = bytes(chance.choices(b"<>/= \"'r0019", k=3))
            made.writestr(name, bytes(body))
    return target.getvalue()
