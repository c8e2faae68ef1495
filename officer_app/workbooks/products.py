"""The list of products as a workbook: what head office people edit in Excel, written and read.

One row for each product, heads in both languages; what is one of a few words may stand in either language or as its
code, several with commas between. Fees stand on a sheet of their own, by the product's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, N_, Language, Message, message, translate
from officer_app.credit.keys import Wrong
from officer_app.credit.productlist import MOST_PRODUCTS, judged, product_wrong
from officer_app.credit.products import Product, read_product
from officer_app.credit.productwords import CLIENT_WORDS, FEE_WORDS, METHOD_WORDS, PURPOSE_WORDS
from officer_app.workbooks.reading import ReadSheet, read_workbook

SIZE_LIMIT: Final = 4_000_000
_PRODUCTS: Final = ("products", "产品")
_FEES: Final = ("fees", "费用")
_WORDS: Final = "words 可填的词"
_MOST_FEES: Final = 20 * MOST_PRODUCTS
_MOST_ROWS: Final = _MOST_FEES + 1_000  # empty ones between count here, not below
_MOST_COLUMNS: Final = 100
_UNPACKED: Final = 40_000_000
_BETWEEN: Final = re.compile(r"[,，、;；\n]+")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?")
_HEAD_FILL: Final = PatternFill("solid", fgColor="FF123B3A")
_HEAD_FONT: Final = Font(bold=True, color="FFFFFFFF")
_LINE: Final = Border(bottom=Side("hair", color="FFB8C4C2"))
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_ROOM: Final = 200  # rows below the last one that may still be written
_WIDE: Final = 30
_NARROW: Final = 14


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its place in the product's table, its title; the words it takes several or one of, if any."""

    place: str
    title: str
    needed: bool = True
    words: Mapping[str, str] | None = None
    several: bool = False

    @property
    def head(self) -> str:
        """What stands in the first row: both languages, Chinese first."""
        return f"{translate(self.title, CHINESE)} {self.title}"

    def is_called(self, head: str) -> bool:
        """Whether a head is this column's: both languages, one of them, or the place itself."""
        known = {self.head, translate(self.title, CHINESE), self.title, self.place}
        return _plain(head) in {_plain(one) for one in known}


def _several(place: str, title: str, words: Mapping[str, str]) -> _Column:
    return _Column(place, title, words=words, several=True)


_COLUMNS: Final = (
    _Column("id", N_("Code of the product")),
    _Column("name_zh", N_("Name in Chinese")),
    _Column("name_en", N_("Name in English")),
    _several("clients", N_("Lent to"), CLIENT_WORDS),
    _several("purposes", N_("Purposes"), PURPOSE_WORDS),
    _Column("amount.least", N_("Amount, least")),
    _Column("amount.most", N_("Amount, most")),
    _Column("term_months.least", N_("Months, least")),
    _Column("term_months.most", N_("Months, most")),
    _several("methods", N_("Ways of paying back"), METHOD_WORDS),
    _Column("rate_percent.least", N_("Rate a year in %, least")),
    _Column("rate_percent.most", N_("Rate a year in %, most")),
    _Column("price_by_grade.A", N_("Price for grade A, %"), needed=False),
    _Column("price_by_grade.B", N_("Price for grade B, %"), needed=False),
    _Column("price_by_grade.C", N_("Price for grade C, %"), needed=False),
    _Column("unsecured_up_to", N_("Without security up to"), needed=False),
    _Column("grace_months_most", N_("Months without principal, at most"), needed=False),
    _Column("deferral_months_most", N_("Months that the first payment may wait"), needed=False),
    _Column("late_uplift_percent", N_("Uplift when late")),
    _Column("misuse_uplift_percent", N_("Uplift for another use")),
    _Column("early_fee_percent", N_("Fee for paying back early"), needed=False),
    _Column("early_free_after_months", N_("No such fee after months"), needed=False),
    _Column("subsidised_share_percent", N_("Subsidised share of the interest"), needed=False),
)
_FEE_COLUMNS: Final = (
    _Column("product", N_("Code of the product")),
    _Column("name_zh", N_("Name in Chinese")),
    _Column("name_en", N_("Name in English")),
    _Column("kind", N_("When it is paid"), words=FEE_WORDS),
    _Column("amount", N_("Amount each time"), needed=False),
    _Column("percent", N_("Or a share, %"), needed=False),
)
_WORD_SHEETS: Final = (
    (N_("Lent to"), CLIENT_WORDS),
    (N_("Purposes"), PURPOSE_WORDS),
    (N_("Ways of paying back"), METHOD_WORDS),
    (N_("When it is paid"), FEE_WORDS),
)


# --- reading -------------------------------------------------------------------------------------------------------


def products_from(source: bytes) -> tuple[Product, ...]:
    """The products of a workbook from a stranger.

    Errors: WORKBOOK_UNREADABLE, PRODUCTS_TOO_LARGE, PRODUCT_WRONG; `where` is sheet, row and column.
    """
    if len(source) > SIZE_LIMIT:
        raise Fault(Code.PRODUCTS_TOO_LARGE, found=len(source), limit=SIZE_LIMIT)
    sheets = read_workbook(source, _MOST_ROWS, _MOST_COLUMNS, _UNPACKED)
    listed = _sheet(sheets, _PRODUCTS)
    if listed is None:
        raise product_wrong(_PRODUCTS[0], Message(N_("a sheet called “products” or “产品”")))
    fees: dict[str, list[tuple[int, dict[str, object]]]] = {}
    priced = _sheet(sheets, _FEES)
    for row, table in _rows(priced, _FEE_COLUMNS, _FEES[0], _MOST_FEES) if priced is not None else ():
        fees.setdefault(str(table.pop("product", "")), []).append((row, table))
    found: dict[str, Product] = {}
    for row, table in _rows(listed, _COLUMNS, _PRODUCTS[0], MOST_PRODUCTS):
        product = _product(row, table, fees.pop(str(table.get("id", "")), []))
        if product.id in found:
            raise _refused(_PRODUCTS[0], row, _COLUMNS[0], Message(N_("an id that is used once")))
        found[product.id] = product
    for rows in fees.values():
        raise _refused(_FEES[0], rows[0][0], _FEE_COLUMNS[0], Message(N_("the code of a product on the first sheet")))
    return judged(tuple(found.values()))


def _product(row: int, table: dict[str, object], fees: Sequence[tuple[int, dict[str, object]]]) -> Product:
    try:
        return read_product(table | ({"fees": [fee for _row, fee in fees]} if fees else {}))
    except Wrong as wrong:
        at = re.fullmatch(r"\.fees\[(\d+)\]\.?(.*)", wrong.place)
        if at is not None:
            raise _refused(_FEES[0], fees[int(at[1])][0], _column(_FEE_COLUMNS, at[2]), wrong.needed) from wrong
        raise _refused(_PRODUCTS[0], row, _column(_COLUMNS, wrong.place.removeprefix(".")), wrong.needed) from wrong


def _column(columns: Sequence[_Column], place: str) -> _Column:
    """The column that a place stands in: of a range or a list, the one that begins like it."""
    bare = place.partition("[")[0]
    exact = (one for one in columns if one.place == bare)
    return next(exact, next((one for one in columns if one.place.startswith(bare)), columns[0]))


def _refused(sheet: str, row: int, column: _Column, needed: Message) -> Fault:
    place = message(
        N_("sheet “{sheet}”, row {row}, column “{column}”"), sheet=sheet, row=str(row), column=Message(column.title)
    )
    return Fault(Code.PRODUCT_WRONG, where=f"{sheet} {row} {column.place}", key=place, needed=needed)


def _sheet(sheets: Mapping[str, ReadSheet], names: Sequence[str]) -> ReadSheet | None:
    return next((sheet for title, sheet in sheets.items() if set(_plain(title).split()) & set(names)), None)


def _rows(
    sheet: ReadSheet, columns: Sequence[_Column], name: str, most: int
) -> Iterator[tuple[int, dict[str, object]]]:
    """Each row that holds something as a table, with the number that Excel shows. Errors: PRODUCT_WRONG."""
    heads = _heads(sheet, columns, name)
    filled = [(row, cells) for row, cells in enumerate(sheet.rows, start=2) if any(cell.strip() for cell in cells)]
    if len(filled) > most:
        raise product_wrong(name, Message(N_("at most {most:count} rows"), {"most": most}))
    for row, cells in filled:
        yield row, _table(row, cells, heads, name)


def _heads(sheet: ReadSheet, columns: Sequence[_Column], name: str) -> Mapping[int, _Column]:
    heads: dict[int, _Column] = {}
    for at, head in enumerate(sheet.header):
        if not head.strip():
            continue
        column = next((one for one in columns if one.is_called(head)), None)
        if column is None or column in heads.values():
            place = message(N_("sheet “{sheet}”, column “{column}”"), sheet=name, column=head[:60])
            needed = Message(N_("the heads of the template, each once"))
            raise Fault(Code.PRODUCT_WRONG, where=f"{name} {head[:60]}", key=place, needed=needed)
        heads[at] = column
    for column in columns:
        if column.needed and column not in heads.values():
            raise _refused(name, 1, column, Message(N_("this column, as the template has it")))
    return heads


def _table(row: int, cells: Sequence[str], heads: Mapping[int, _Column], name: str) -> dict[str, object]:
    table: dict[str, object] = {}
    for at, column in heads.items():
        text = cells[at].strip()
        if not text:
            if column.needed:
                raise _refused(name, row, column, Message(N_("something in this cell")))
            continue
        outer, _, inner = column.place.partition(".")
        value = _value(text, column)
        if inner:
            inside = table.setdefault(outer, {})
            if isinstance(inside, dict):
                inside[inner] = value
        else:
            table[outer] = value
    for column in heads.values():
        outer, _, inner = column.place.partition(".")
        inside = table.get(outer)
        if inner and isinstance(inside, dict) and inner not in inside:  # a price for one grade alone
            raise _refused(name, row, column, Message(N_("something in this cell")))
    return table


def _value(text: str, column: _Column) -> object:
    if column.words is None:
        return text.replace(",", "").replace("，", "") if _THOUSANDS.fullmatch(text) else text
    if not column.several:
        return _code(text, column.words)
    return [_code(one, column.words) for one in _BETWEEN.split(text) if one.strip()]


def _code(text: str, words: Mapping[str, str]) -> str:
    """The code of a word in either language; what is none is left as it stands, to be refused by its reader."""
    asked = _plain(text)
    known = (code for code, word in words.items() if asked in {code, _plain(word), _plain(translate(word, CHINESE))})
    return next(known, text.strip())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


# --- writing -------------------------------------------------------------------------------------------------------


def products_workbook(products: Sequence[Product], language: Language) -> bytes:
    """The workbook of a list of products, to be edited and signed again; words in one language, heads in both."""
    book = Workbook()
    listed = book.worksheets[0]
    listed.title = f"{_PRODUCTS[1]} {_PRODUCTS[0]}"
    _head(listed, _COLUMNS)
    for row, product in enumerate(products, start=2):
        _write(listed, row, _COLUMNS, _cells(product, language))
    listed.freeze_panes = "B2"
    fees = book.create_sheet(f"{_FEES[1]} {_FEES[0]}")
    _head(fees, _FEE_COLUMNS)
    for row, cells in enumerate(_fees(products, language), start=2):
        _write(fees, row, _FEE_COLUMNS, cells)
    _write_words(book.create_sheet(_WORDS))
    _offer_kinds(fees, language)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _cells(product: Product, language: Language) -> Mapping[str, str | Decimal | None]:
    def words(known: Mapping[str, str], found: Sequence[str]) -> str:
        return ("、" if language == CHINESE else "; ").join(translate(known[one], language) for one in found)

    return {
        "id": product.id,
        "name_zh": product.name.chinese,
        "name_en": product.name.english,
        "clients": words(CLIENT_WORDS, [one for one in CLIENT_WORDS if one in product.clients]),
        "purposes": words(PURPOSE_WORDS, [one for one in PURPOSE_WORDS if one in product.purposes]),
        "amount.least": product.amount.least,
        "amount.most": product.amount.most,
        "term_months.least": product.term.least,
        "term_months.most": product.term.most,
        "methods": words(METHOD_WORDS, product.methods),
        "rate_percent.least": product.rate.least,
        "rate_percent.most": product.rate.most,
        **{f"price_by_grade.{grade}": price for grade, price in product.prices.items()},
        "unsecured_up_to": product.unsecured_up_to,
        "grace_months_most": Decimal(product.grace_most) or None,
        "deferral_months_most": Decimal(product.deferral_most) or None,
        "late_uplift_percent": product.late_uplift,
        "misuse_uplift_percent": product.misuse_uplift,
        "early_fee_percent": product.early_fee or None,
        "early_free_after_months": Decimal(product.early_free_after) or None,
        "subsidised_share_percent": product.subsidised_share or None,
    }


def _fees(products: Sequence[Product], language: Language) -> Iterator[Mapping[str, str | Decimal | None]]:
    for product in products:
        for fee in product.fees:
            yield {
                "product": product.id,
                "name_zh": fee.name,
                "name_en": fee.english,
                "kind": translate(FEE_WORDS[fee.kind.value], language),
                "amount": fee.amount,
                "percent": fee.percent,
            }


def _head(sheet: Worksheet, columns: Sequence[_Column]) -> None:
    for at, column in enumerate(columns, start=1):
        cell = sheet.cell(1, at, column.head)
        cell.fill, cell.font, cell.alignment = _HEAD_FILL, _HEAD_FONT, _WRAPPED
        wide = column.words is not None or column.place.startswith("name")
        sheet.column_dimensions[get_column_letter(at)].width = _WIDE if wide else _NARROW
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, columns: Sequence[_Column], cells: Mapping[str, str | Decimal | None]) -> None:
    for at, column in enumerate(columns, start=1):
        value = cells.get(column.place)
        if value is None:
            continue
        cell = sheet.cell(row, at)
        cell.value = value
        if isinstance(value, str):  # whatever it begins with: a name never becomes a formula
            cell.data_type, cell.number_format = "s", "@"
        cell.alignment, cell.border = _WRAPPED, _LINE


def _write_words(sheet: Worksheet) -> None:
    """Every word that a cell may hold, beside its code."""
    for at, head in enumerate((N_("Column"), N_("Chinese"), N_("English"), N_("Code")), start=1):
        cell = sheet.cell(1, at, f"{translate(head, CHINESE)} {translate(head, ENGLISH)}")
        cell.fill, cell.font = _HEAD_FILL, _HEAD_FONT
        sheet.column_dimensions[get_column_letter(at)].width = _WIDE
    row = 2
    for title, words in _WORD_SHEETS:
        for code, word in words.items():
            texts = (f"{translate(title, CHINESE)} {title}", translate(word, CHINESE), word, code)
            for at, text in enumerate(texts, start=1):
                sheet.cell(row, at, text).border = _LINE
            row += 1
    sheet.freeze_panes = "A2"


def _offer_kinds(sheet: Worksheet, language: Language) -> None:
    """Let the one word of a fee be chosen; what is typed instead is judged when the list is signed."""
    at = next(place for place, one in enumerate(_FEE_COLUMNS, start=1) if one.place == "kind")
    words = ",".join(translate(word, language) for word in FEE_WORDS.values())
    rule = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
    letter = get_column_letter(at)
    rule.add(f"{letter}2:{letter}{sheet.max_row + _ROOM}")
    sheet.add_data_validation(rule)
