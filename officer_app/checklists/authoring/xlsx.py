"""Reads .xlsx into grids: every sheet, every cell that holds something, and what a checklist cannot take over.

The compiler's own reader stops at the first doubled header, drops what stands below sixty blank rows, reads formula
cells without their formula and says nothing of merged cells. Authors hear of all that, so the cells are read here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final

from lxml import etree

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.container import Overweight, Parts, damaged, with_document_type
from officer_app.checklists.authoring.grid import SHEET_NAMES, Book, Grid, Oddity

_EMPTY_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^<>]*>\s*</(?:\w+:)?row>")
MAX_CELLS: Final = 250_000
# A county's villages are five thousand; the compiler takes a second for as many rows.
MAX_ROWS: Final = 10_000
MAX_QUESTIONS: Final = 4_000
_FAR: Final = 1_000  # blank rows between two rows that belong together
_RELATION: Final = re.compile(r"\}id$")
_NOTHING_IN_IT: Final = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^<>]*/>")
_CELLS: Final = re.compile(rb"<(?:\w+:)?c[ >]")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES: Final = re.compile(r" +")
# Excel's own formats of dates and times, Chinese ones among them.
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_SIGNS: Final = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_NO_DATE_SIGNS: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_EPOCHS: Final = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001  a cell's date has no zone
_ERRORS: Final = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"})


def read_xlsx(source: bytes) -> Book:
    """All sheets that a checklist may have. Errors: Unreadable."""
    parts = Parts(source)
    workbook = _main_part(parts)
    tree = parts.tree(workbook)
    targets = _targets(parts, workbook)
    texts = _shared_texts(parts, targets)
    dates = _date_styles(parts, targets)
    modern = not any(_yes(each.get("date1904")) for each in tree.iter("{*}workbookPr"))
    found = [(sheet.get("name") or "", _identifier(sheet), sheet.get("state")) for sheet in tree.iter("{*}sheet")]
    book = Book(tuple(name for name, _, _ in found), {})
    for title, identifier, state in found:
        name = title.lower() if len(found) > 1 or title.lower() in SHEET_NAMES else "survey"
        if name not in SHEET_NAMES or name in book.grids:
            continue
        part = targets.get(identifier, ("", ""))[1]
        reader = _SheetReader(name, texts, dates, epoch=_EPOCHS[not modern])
        book.grids[name] = reader.read(parts.read(part))
        if state in ("hidden", "veryHidden"):
            book.grids[name].oddities.append(Oddity("hidden"))
    return book


def _main_part(parts: Parts) -> str:
    for relation in parts.tree("_rels/.rels").iter("{*}Relationship"):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return (relation.get("Target") or "").lstrip("/")
    raise damaged()


def _targets(parts: Parts, workbook: str) -> dict[str, tuple[str, str]]:
    """By relation id: what kind of part, and its name in the zip."""
    folder, name = posixpath.split(workbook)
    found: dict[str, tuple[str, str]] = {}
    for relation in parts.tree(f"{folder}/_rels/{name}.rels").iter("{*}Relationship"):
        target = relation.get("Target") or ""
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[relation.get("Id") or ""] = ((relation.get("Type") or "").rpartition("/")[2], whole)
    return found


def _identifier(sheet: Any) -> str:
    return next((str(value) for key, value in sheet.attrib.items() if _RELATION.search(key)), "")


def _part(targets: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((name for what, name in targets.values() if what == kind), "")


def _shared_texts(parts: Parts, targets: Mapping[str, tuple[str, str]]) -> list[str]:
    name = _part(targets, "sharedStrings")
    if not name or name not in parts:
        return []
    return [_rich(item) for item in parts.tree(name).iterchildren("{*}si")]


def _rich(item: Any) -> str:
    """The text of a cell whose letters are set in several ways; readings written above the signs are left out."""
    texts = [child.text or "" for child in item.iterchildren("{*}t")]
    texts += [text.text or "" for run in item.iterchildren("{*}r") for text in run.iterchildren("{*}t")]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(texts))


def _date_styles(parts: Parts, targets: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """Which styles of cells show their number as a date."""
    name = _part(targets, "styles")
    if not name or name not in parts:
        return frozenset()
    tree = parts.tree(name)
    own = {
        each.get("numFmtId"): _DATE_SIGNS.search(_NO_DATE_SIGNS.sub("", each.get("formatCode") or "")) is not None
        for each in tree.iter("{*}numFmt")
    }
    styles = [style.get("numFmtId") for group in tree.iterchildren("{*}cellXfs") for style in group]
    return frozenset(str(at) for at, kind in enumerate(styles) if own.get(kind, _is_excels_date(kind)))


def _is_excels_date(kind: str | None) -> bool:
    return kind is not None and kind.isdigit() and int(kind) in _DATE_FORMATS


def _yes(text: str | None) -> bool:
    return text in ("1", "true")


class _SheetReader:
    def __init__(self, name: str, texts: list[str], dates: frozenset[str], *, epoch: datetime) -> None:
        self._grid = Grid(name)
        self._texts = texts
        self._dates = dates
        self._epoch = epoch
        self._heads: dict[int, str] = {}
        self._headless: set[int] = set()

    def read(self, data: bytes) -> Grid:
        """The sheet of a part's XML."""
        plain = _EMPTY_ROW.sub(b"", _NOTHING_IN_IT.sub(b"", data))
        if sum(1 for _ in _CELLS.finditer(plain)) > MAX_CELLS:
            raise Overweight(message(N_("A sheet has more than {limit:count} filled cells."), limit=MAX_CELLS))
        if b"<!DOCTYPE" in plain[:2000]:
            raise with_document_type()
        for number, cells in self._rows(plain):
            self._take(number, cells)
        return self._grid

    def _rows(self, data: bytes) -> Iterator[tuple[int, dict[int, str]]]:
        number = 0
        events = etree.iterparse(
            BytesIO(data),
            tag=("{*}row", "{*}mergeCell"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            for _, element in events:
                if element.tag.endswith("}mergeCell"):
                    self._merged(element.get("ref") or "")
                    continue
                number = _number(element.get("r"), number + 1)
                cells = dict(self._cells(number, element.iterchildren("{*}c")))
                element.clear()
                if cells:
                    yield number, cells
        except etree.XMLSyntaxError as error:
            raise damaged() from error

    def _cells(self, number: int, elements: Iterable[Any]) -> Iterator[tuple[int, str]]:
        at = 0
        for element in elements:
            place = _PLACE.fullmatch(element.get("r") or "")
            at = _column(place[1]) if place else at + 1
            plain = _NOT_XML.sub("", self._text(element)).replace("\xa0", " ")
            text = _SPACES.sub(" ", plain.strip())
            formula = element.find("{*}f")
            if formula is not None:
                self._formula(number, at, text, formula.text or "")
            if text:
                yield at, text

    def _text(self, element: Any) -> str:
        kind = element.get("t") or "n"
        if kind == "inlineStr":
            return "".join(_rich(each) for each in element.iterchildren("{*}is"))
        value = element.findtext("{*}v")
        if not value:
            return ""
        if kind == "s":
            place = _number(value, -1)
            return self._texts[place] if 0 <= place < len(self._texts) else ""
        if kind == "b":
            return "TRUE" if _yes(value) else "FALSE"
        if kind == "n":
            return self._number_text(value, element.get("s") or "")
        return str(value)

    def _number_text(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if style in self._dates:
            return self._date_text(number)
        return str(int(number)) if number.is_integer() else str(number)

    def _date_text(self, number: float) -> str:
        """A date as XForms writes it; without a day it is a time."""
        try:
            moment = self._epoch + timedelta(seconds=round(number * 86_400))
        except (OverflowError, ValueError):
            return str(number)
        if 0 <= number < 1:
            return f"{moment:%H:%M:%S}"
        return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M:%S}"

    def _formula(self, number: int, at: int, text: str, formula: str) -> None:
        kind = "error" if text in _ERRORS else "formula" if text else "formula_empty"
        self._grid.oddities.append(Oddity(kind, number, self._heads.get(at, _letters(at)), formula[:80]))

    def _merged(self, area: str) -> None:
        first = _PLACE.match(area)
        if first is not None:
            at = _column(first[1])
            self._grid.oddities.append(Oddity("merged", int(first[2]), self._heads.get(at, _letters(at)), area))

    def _take(self, number: int, cells: Mapping[int, str]) -> None:
        if number == 1:
            self._header(cells)
            return
        grid = self._grid
        if number - 2 > len(grid.rows) + _FAR:
            if not any(each.kind == "far" for each in grid.oddities):
                grid.oddities.append(Oddity("far", number))
            return
        refuse_rows(grid.name, number)
        grid.rows.extend({} for _ in range(number - 1 - len(grid.rows)))
        grid.rows[number - 2] = {self._heads[at]: text for at, text in cells.items() if at in self._heads}
        for at in cells.keys() - self._heads.keys() - self._headless:
            self._headless.add(at)
            grid.oddities.append(Oddity("headless", number, _letters(at), cells[at][:80]))

    def _header(self, cells: Mapping[int, str]) -> None:
        for at, text in sorted(cells.items()):
            if text in self._heads.values():
                self._headless.add(at)
                self._grid.oddities.append(Oddity("doubled", 1, text, _letters(at)))
            else:
                self._heads[at] = text
                self._grid.letters[text] = _letters(at)
        self._grid.headers = tuple(self._heads.values())


def refuse_rows(sheet: str, count: int) -> None:
    """Refuse a sheet that is too long. Errors: Unreadable."""
    limit = MAX_QUESTIONS if sheet == "survey" else MAX_ROWS
    if count > limit:
        raise Overweight(message(N_("The sheet {sheet} has more than {limit:count} rows."), sheet=sheet, limit=limit))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise


def _column(letters: str) -> int:
    """A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
