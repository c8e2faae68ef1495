"""Papers recognised in what was read: identity cards and business licences, field by field.

Nothing is mended: what does not look like the field it should be is left out, and a picture that is no paper gives
none. Nation and portrait are not read: nobody needs them for a loan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from officer_app.evidence.reading.days import ENDLESS, days_in
from officer_app.evidence.reading.labelled import Value, in_print, values
from officer_app.evidence.reading.lines import Lie, Line, Page, ways

_PERSON: Final = re.compile(r"[㐀-鿿·]{2,15}")
_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_CODE: Final = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
_LEAST: Final = 2  # fields without which nothing is said to be a paper
_LEAST_ADDRESS: Final = 6


class PaperKind(Enum):
    """Which paper."""

    ID_FRONT = "id_front"
    ID_BACK = "id_back"
    LICENCE = "licence"


class Field(Enum):
    """What a paper says."""

    NAME = "name"
    SEX = "sex"
    BORN = "born"
    ADDRESS = "address"
    NUMBER = "number"
    OFFICE = "office"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    CODE = "code"
    FIRM = "firm"
    FORM = "form"
    HOLDER = "holder"
    SINCE = "since"
    UNTIL = "until"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: the value as facts have it (days as ISO, "" for a validity without end), and its lines."""

    field: Field
    value: str
    lines: tuple[Line, ...]

    @property
    def sure(self) -> int:
        """How sure the reader is of its least sure line, in percent."""
        return min(line.sure for line in self.lines)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in a picture; `quarters` to the right set the picture upright."""

    kind: PaperKind
    entries: tuple[Entry, ...]
    quarters: int

    def value(self, field: Field) -> str | None:
        """What a field says, None where it was not read."""
        return next((one.value for one in self.entries if one.field is field), None)


def papers_in(page: Page) -> tuple[Paper, ...]:
    """The papers in a picture, at most one of each kind: both sides of a card may lie side by side."""
    best: dict[PaperKind, tuple[tuple[int, int], Paper]] = {}
    for lie in ways(page):
        for kind, find in _FINDERS.items():
            entries = tuple(find(lie))
            rank = len(entries), sum(one.is_wide for one in lie.placed)
            if len(entries) >= _LEAST and (kind not in best or rank > best[kind][0]):
                best[kind] = rank, Paper(kind, entries, lie.quarters)
    return tuple(paper for _rank, paper in best.values())


# --- identity card ---------------------------------------------------------------------------------

_FRONT: Final = ("公民身份号码", "姓名", "性别", "民族", "出生", "住址")
_BACK: Final = ("签发机关", "有效期限")
_FRONT_MARKS: Final = ("姓名", "住址", "公民身份号码", "出生")


def _front(lie: Lie) -> Iterator[Entry]:
    """Front side; the number is found by its shape, and stands alone only beside another label of the card."""
    told = values(lie, _FRONT, long=("住址",))
    if not any(mark in in_print(one.text) for one in lie.placed for mark in _FRONT_MARKS):
        return
    yield from _shaped(told.get("姓名"), Field.NAME, _person)
    yield from _shaped(told.get("性别"), Field.SEX, _sex)
    yield from _shaped(told.get("出生"), Field.BORN, _one_day)
    yield from _shaped(told.get("住址"), Field.ADDRESS, _address)
    yield from _by_shape(lie, Field.NUMBER, _NUMBER, without=())


def _back(lie: Lie) -> Iterator[Entry]:
    told = values(lie, _BACK)
    yield from _shaped(told.get("签发机关"), Field.OFFICE, _office)
    yield from _validity(told.get("有效期限"), Field.VALID_FROM, Field.VALID_UNTIL)


# --- business licence ------------------------------------------------------------------------------

_LICENCE: Final = (
    "统一社会信用代码",
    "名称",
    "类型",
    "经营者",
    "法定代表人",
    "负责人",
    "投资人",
    "经营范围",
    "组成形式",
    "注册资本",
    "注册日期",
    "成立日期",
    "营业期限",
    "经营场所",
    "主要经营场所",
    "住所",
    "登记机关",
)
_LICENCE_MARKS: Final = ("营业执照", "统一社会信用代码")
_HOLDERS: Final = ("经营者", "法定代表人", "负责人", "投资人")
_PLACES: Final = ("经营场所", "主要经营场所", "住所")


def _licence(lie: Lie) -> Iterator[Entry]:
    if not any(mark in in_print(one.text) for one in lie.placed for mark in _LICENCE_MARKS):
        return
    told = values(lie, _LICENCE, long=("名称", *_PLACES))
    yield from _by_shape(lie, Field.CODE, _CODE, without=("登记证", "编号"))
    yield from _shaped(told.get("名称"), Field.FIRM, _firm)
    yield from _shaped(told.get("类型"), Field.FORM, _form)
    yield from _shaped(_first(told, _HOLDERS), Field.HOLDER, _person)
    yield from _shaped(_first(told, _PLACES), Field.PLACE, _address)
    since = _first(told, ("注册日期", "成立日期"))
    yield from _shaped(since, Field.SINCE, _one_day)
    term = told.get("营业期限")
    if term is not None:
        yield from (one for one in _validity(term, Field.SINCE, Field.UNTIL) if one.field is Field.UNTIL)


def _first(told: Mapping[str, Value], labels: tuple[str, ...]) -> Value | None:
    return next((told[label] for label in labels if label in told), None)


# --- shapes ----------------------------------------------------------------------------------------


def _shaped(value: Value | None, field: Field, shape: Callable[[str], str]) -> Iterator[Entry]:
    told = "" if value is None else shape(value.text)
    if value is not None and told:
        yield Entry(field, told, value.lines)


def _by_shape(lie: Lie, field: Field, shape: re.Pattern[str], without: tuple[str, ...]) -> Iterator[Entry]:
    """A number that is known by its shape alone, wherever it stands; two different ones are none."""
    hits: dict[str, Line] = {}
    for placed in lie.placed:
        if not any(word in placed.text for word in without):
            hits |= {hit[0].upper(): placed.line for hit in shape.finditer(placed.text)}
    if len(hits) == 1:
        text, line = next(iter(hits.items()))
        yield Entry(field, text, (line,))


def _validity(value: Value | None, begin: Field, end: Field) -> Iterator[Entry]:
    """Both ends of a term; without an end its value is empty."""
    if value is None:
        return
    days = days_in(value.text)
    if days:
        yield Entry(begin, days[0].isoformat(), value.lines)
    if len(days) > 1 and days[1] > days[0]:
        yield Entry(end, days[1].isoformat(), value.lines)
    elif len(days) == 1 and ENDLESS in value.text:
        yield Entry(end, "", value.lines)


def _person(text: str) -> str:
    return text if _PERSON.fullmatch(text) else ""


def _sex(text: str) -> str:
    return {"男": "male", "女": "female"}.get(text[:1], "")


def _one_day(text: str) -> str:
    days = days_in(text)
    return days[0].isoformat() if days else ""


def _address(text: str) -> str:
    return text if len(text) >= _LEAST_ADDRESS else ""


def _firm(text: str) -> str:
    return text if len(text) > 2 else ""


def _office(text: str) -> str:
    return text if "公安" in text else ""


def _form(text: str) -> str:
    """The names that facts give to forms of business."""
    if "个体" in text:
        return "individual_business"
    if "合作社" in text:
        return "cooperative"
    return "company" if "公司" in text else ""


_FINDERS: Final[Mapping[PaperKind, Callable[[Lie], Iterator[Entry]]]] = {
    PaperKind.ID_FRONT: _front,
    PaperKind.ID_BACK: _back,
    PaperKind.LICENCE: _licence,
}


def day_of(value: str) -> date | None:
    """The day of an entry; None for a validity without end."""
    return date.fromisoformat(value) if value else None
