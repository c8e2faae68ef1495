"""Workbooks made to do harm, and how long each keeps the program: `python -m tests.support.hostile` tells as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

from officer_app.checklists.compile import compile_form
from officer_app.checklists.problems import FormRefused
from officer_app.credit.vocabulary import VOCABULARY
from tests.support.excel import with_part, workbook

_SHEET: Final = "xl/worksheets/sheet1.xml"
_HEAD: Final = ("type", "name", "label", "relevant", "constraint", "calculation")
_SECTIONS: Final = 300


def _survey(*rows: tuple[object, ...]) -> bytes:
    return workbook((_HEAD, *rows))


def _entity_bomb() -> bytes:
    bomb = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20) for n in range(1, 9))
    head = b'<!DOCTYPE d [<!ENTITY e0 "ha">' + bomb + b"]>"
    return with_part(workbook(), _SHEET, lambda data: data.replace(b"<worksheet", head + b"<worksheet", 1))


def _zip_bomb() -> bytes:
    return with_part(
        workbook(), _SHEET, lambda data: data.replace(b"</sheetData>", b" " * 200_000_000 + b"</sheetData>")
    )


def _choices(count: int) -> bytes:
    """Written into the part itself: the library of the tests takes its time for a hundred thousand rows."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>v</t></is></c><c r="B%d" t="inlineStr"><is><t>n%d</t></is></c>'
        b'<c r="C%d" t="inlineStr"><is><t>N</t></is></c></row>' % (n, n, n, n, n)
        for n in range(3, count + 3)
    )
    source = workbook((_HEAD, ("select_one v", "a", "A")), (("list_name", "name", "label"), ("v", "x", "X")))
    part = "xl/worksheets/sheet2.xml"
    return with_part(source, part, lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"))


def _cycle() -> bytes:
    ring = [("calculate", f"c{at}", None, None, None, f"${{c{(at + 1) % 1000}}} + 1") for at in range(1000)]
    return _survey(("text", "a", "A"), *ring)


def _deep() -> bytes:
    begins = [("begin_group", f"g{at}", "G") for at in range(1000)]
    return _survey(*begins, ("text", "a", "A"), *[("end_group",)] * 1000)


def _pattern(pattern: str) -> bytes:
    return _survey(("text", "a", "A", None, f"regex(., '{pattern}')"))


def _foreign() -> bytes:
    """The dialect of another tool in three hundred sections."""
    rows = [("text audit", "audit", "A"), ("caseid", "caseid", "B")]
    for at in range(_SECTIONS):
        rows += [
            ("text", f"t{at}", "T", f"index() > {at} && ${{t{at}}} == 'x'"),
            ("calculate", f"d{at}", None, None, None, "duration()"),
            ("calculate", f"l{at}", None, None, None, f"choice-label(${{t{at}}}, 'a')"),
        ]
    return _survey(*rows)


def _many_mistakes() -> bytes:
    """A large survey with a mistake of each kind, and fifteen that the compiler alone knows."""
    rows: list[tuple[object, ...]] = [(*_HEAD, "parameters")]
    for at in range(_SECTIONS):
        rows += [("text", f"t{at}", "T"), ("integer", f"i{at}", "I", f"${{t{at}}} = 'x'", ". > 0")]
        if at % 20 == 0:
            rows.append(("range", f"r{at}", "R", None, None, None, "start=a end=b"))
    rows += [("integer", "late", "L", "${nobody} = 1"), ("calculate", "me", None, None, None, "${me} + 1")]
    return workbook(tuple(rows))


HOSTILE: Final[Mapping[str, Callable[[], bytes]]] = {
    "functions of another tool": _foreign,
    "an old workbook under a new name": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000_000),
    "an entity bomb": _entity_bomb,
    "a zip bomb": _zip_bomb,
    "a pattern that never ends": lambda: _pattern("^(([a-z])+.)+[A-Z]([a-z])+$"),
    "a pattern too large to compile": lambda: _pattern("(((a{99}){99}){99}){99}"),
    "a hundred thousand choices": lambda: _choices(100_000),
    "nine thousand choices": lambda: _choices(9_000),
    "a cycle through a thousand": _cycle,
    "a thousand groups within each other": _deep,
    "a large survey with many mistakes": _many_mistakes,
}


def outcomes() -> dict[str, object]:
    """Of each workbook what was said, and how many seconds of the processor it took."""
    found: dict[str, object] = {}
    for name, make in HOSTILE.items():
        source = make()
        start = time.process_time()
        try:
            problems, refused = compile_form(source, "visit.xlsx", VOCABULARY).warnings, False
        except FormRefused as refusal:
            problems, refused = refusal.problems, True
        seconds = time.process_time() - start
        codes = sorted({problem.code.name for problem in problems})
        found[name] = {"refused": refused, "codes": codes, "problems": len(problems), "seconds": round(seconds, 2)}
    return found


if __name__ == "__main__":
    json.dump(outcomes(), sys.stdout)
