"""Workbooks that are broken, huge, foreign or made to do harm: refused with all reasons, or read with notices."""

from __future__ import annotations

import contextlib
import random
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.checklists.authoring.container import Unreadable
from officer_app.checklists.authoring.xlsx import MAX_ROWS, read_xlsx
from officer_app.checklists.compile import compile_form
from officer_app.checklists.problems import FormProblem, FormRefused
from tests.support.excel import SETTINGS, SURVEY, Rows, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
Spoil = Callable[[bytes, random.Random], bytes]
HEAD = ("type", "name", "label", "relevant", "constraint", "calculation")


def _refused(source: bytes, file_name: str = "visit.xlsx") -> dict[str, list[FormProblem]]:
    with pytest.raises(FormRefused) as refused:
        compile_form(source, file_name, {})
    return _by_code(refused.value.problems)


def _noticed(source: bytes, file_name: str = "visit.xlsx") -> dict[str, list[FormProblem]]:
    return _by_code(compile_form(source, file_name, {}).warnings)


def _by_code(problems: tuple[FormProblem, ...]) -> dict[str, list[FormProblem]]:
    found: dict[str, list[FormProblem]] = {}
    for problem in problems:
        found.setdefault(problem.code.name, []).append(problem)
    return found


def _survey(*rows: tuple[object, ...]) -> bytes:
    return workbook((HEAD, *rows))


def test_a_whole_workbook_is_read_without_a_word() -> None:
    assert _noticed(workbook()) == {}


def test_an_old_workbook_under_a_new_name_is_told_apart_from_a_locked_one() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (problem,) = _refused(old)["FILE"]
    assert "damaged" in say(problem.sentence, ENGLISH)
    locked = old + "EncryptedPackage".encode("utf-16-le")
    (problem,) = _refused(locked)["FILE"]
    assert "password" in say(problem.sentence, ENGLISH)
    assert "密码" in say(problem.sentence, CHINESE)


def test_a_workbook_under_an_old_name_is_read_with_a_notice() -> None:
    assert set(_noticed(workbook(), "visit.xls")) == {"FILE_RENAMED"}


@pytest.mark.parametrize("name", ["visit.xlsx", "visit.csv", "visit.docx", "visit"])
def test_text_is_no_workbook(name: str) -> None:
    assert set(_refused(b"type,name,label\ntext,a,A\n", name)) == {"FILE"}


def test_a_zip_that_is_no_workbook_is_told_so() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert set(_refused(target.getvalue())) == {"FILE"}


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = with_part(
        workbook(), SHEET, lambda data: data.replace(b"</sheetData>", b" " * 70_000_000 + b"</sheetData>")
    )
    assert len(bomb) < 200_000
    (problem,) = _refused(bomb)["SIZE"]
    assert "60" in say(problem.sentence, ENGLISH)


def test_a_zip_that_lies_about_its_size_is_not_believed() -> None:
    """Each part is read up to the limit, whatever its header says."""
    source = bytearray(with_part(workbook(), SHEET, lambda data: data + b" " * 70_000_000))
    at = source.index(b"PK\x01\x02")
    while at >= 0:
        source[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = source.find(b"PK\x01\x02", at + 4)
    assert set(_refused(bytes(source))) == {"FILE"}


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused_unopened(part: str) -> None:
    bomb = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20) for n in range(1, 9))
    head = b'<!DOCTYPE d [<!ENTITY e0 "ha"><!ENTITY f SYSTEM "file:///etc/hostname">' + bomb + b"]>"
    (problem,) = _refused(with_part(workbook(), part, lambda data: _after_declaration(data, head)))["FILE"]
    assert "document type" in say(problem.sentence, ENGLISH)


def _after_declaration(data: bytes, text: bytes) -> bytes:
    end = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return data[:end] + text + data[end:]


def test_a_million_blank_rows_are_passed_over() -> None:
    blank = b"".join(b'<row r="%d" spans="1:6"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 300_003))
    blank += b"".join(b'<row r="%d"/>' % n for n in range(300_003, 1_000_003))
    source = with_part(workbook(), SHEET, lambda data: data.replace(b"</sheetData>", blank + b"</sheetData>"))
    assert _noticed(source) == {}


def test_a_row_far_below_is_told_and_not_dropped_silently() -> None:
    def write(sheets: Mapping[str, Worksheet]) -> None:
        sheets["survey"]["A1048576"] = "text"

    (problem,) = _refused(workbook(touch=write))["FAR_ROW"]
    assert (problem.sheet, problem.row) == ("survey", 1_048_576)


def test_rows_below_a_gap_are_read() -> None:
    """The compiler's own reader drops what stands below sixty blank rows."""

    def write(sheets: Mapping[str, Worksheet]) -> None:
        for letter, text in zip("ABCD", ("text", "b", "乙", "B"), strict=True):
            sheets["survey"][f"{letter}100"] = text

    assert b"/data/b" in compile_form(workbook(touch=write), "visit.xlsx", {}).xml


def test_a_hundred_thousand_choices_are_refused_with_the_number() -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>v</t></is></c><c r="B%d"><v>%d</v></c></row>' % (n, n, n, n)
        for n in range(3, 100_003)
    )
    choices: Rows = (("list_name", "name", "label"), ("v", "x", "X"))
    source = with_part(
        workbook((*SURVEY, ("select_one v", "b", "乙", "B")), choices),
        "xl/worksheets/sheet2.xml",
        lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    (problem,) = _refused(source)["SIZE"]
    assert "csv" in say(problem.code.remedy, ENGLISH)
    assert f"{MAX_ROWS:,}" in say(problem.sentence, ENGLISH)


def test_a_small_file_that_holds_a_library_is_refused() -> None:
    cell = b'<c r="C%d" t="inlineStr"><is><t>' + b"x" * 2_000 + b"</t></is></c>"
    rows = b"".join(b'<row r="%d">%s</row>' % (n, cell % n) for n in range(3, 2_003))
    source = with_part(workbook(), SHEET, lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert len(source) < 100_000
    (problem,) = _refused(source)["SIZE"]
    assert "3,000,000" in say(problem.sentence, ENGLISH)


def test_letters_set_in_several_ways_are_one_text() -> None:
    """As Excel keeps them: in pieces, with signs that XML may not hold written as numbers, with readings above."""
    rich = b"<r><t>A</t></r><r><rPr/><t>B_x0009_C_x0000_</t></r><rPh><t>no</t></rPh>"
    source = with_part(workbook(), "xl/sharedStrings.xml", lambda data: data.replace(b"<t>A</t>", rich))
    assert b"AB\tC" in compile_form(source, "visit.xlsx", {}).xml


def test_one_text_in_a_hundred_thousand_cells_is_refused() -> None:
    """A shared text costs a small file nothing, and the compiler gigabytes."""
    cells = b"".join(b'<c r="%s%%d" t="s"><v>4</v></c>' % letter for letter in (b"C", b"D"))
    rows = b"".join(b'<row r="%d">%s</row>' % (n, cells % (n, n)) for n in range(3, 3_003))
    source = with_part(workbook(), SHEET, lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"))
    source = with_part(
        source, "xl/sharedStrings.xml", lambda data: data.replace(b"<t>text</t>", b"<t>%s</t>" % (b"x" * 30_000))
    )
    (problem,) = _refused(source)["SIZE"]
    assert "3,000,000" in say(problem.sentence, ENGLISH)


def test_references_without_end_are_refused() -> None:
    (problem,) = _refused(_survey(("text", "a", "A"), *[("note", f"n{n}", "${a}" * 7_000) for n in range(8)]))["SIZE"]
    assert "50,000" in say(problem.sentence, ENGLISH)


def test_groups_without_bottom_are_refused() -> None:
    rows = [("begin_group", f"g{n}", "G") for n in range(1000)] + [("end_group",)] * 1000
    (problem,) = _refused(workbook((HEAD[:3], *rows[:1000], ("text", "a", "A"), *rows[1000:])))["NESTING"]
    assert problem.row == 62


def test_a_pattern_that_never_ends_is_compiled_into_one_that_does() -> None:
    assert "EXPRESSION" not in _noticed(_survey(("text", "a", "A", None, "regex(., '(a+)+b')")))
    (problem,) = _refused(_survey(("text", "a", "A", None, "regex(., '(((a{99}){99}){99}){99}')")))["EXPRESSION"]
    assert (problem.row, problem.column) == (2, "constraint")


def test_cycles_are_told_with_their_way() -> None:
    found = _refused(
        _survey(
            ("calculate", "a", None, None, None, "${b} + 1"),
            ("calculate", "b", None, None, None, "${c} + 1"),
            ("calculate", "c", None, None, None, "${a} + 1"),
            ("wonder", "d", "D"),
        )
    )
    assert set(found) == {"CYCLE", "TYPE"}
    assert " → " in say(found["CYCLE"][0].sentence, ENGLISH)


def test_a_form_of_another_tool_is_refused_with_every_reason() -> None:
    found = _refused(
        _survey(
            ("text audit", "audit_1", "A"),
            ("caseid", "caseid", "B"),
            ("calculate_here", "here", None, None, None, "once(duration())"),
            ("tel", "tel", "C"),
            ("text", "t", "T", "index() > 1 && ${x}", None, None),
            ("calculate", "lab", None, None, None, "choice-label(${t}, 'a')"),
        )
    )
    assert [problem.row for problem in found["TYPE"]] == [2, 3, 4, 5]
    assert [problem.row for problem in found["FUNCTION"]] == [4, 7]
    assert [problem.row for problem in found["OPERATOR"]] == [6]
    assert [problem.row for problem in found["MISSING_QUESTION"]] == [6]


def test_formulas_are_told_with_what_they_leave() -> None:
    def write(sheets: Mapping[str, Worksheet]) -> None:
        sheets["survey"]["C2"] = '="甲"&"乙"'

    (problem,) = _refused(workbook(touch=write))["FORMULA_EMPTY"]
    assert (problem.row, problem.column) == (2, "label::中文 (zh)")
    source = with_part(
        workbook(touch=write),
        SHEET,
        lambda data: (
            data.replace(b"<v></v>", b"<v>x</v>").replace(b"<v/>", b"<v>x</v>").replace(b"<v />", b"<v>x</v>")
        ),
    )
    (notice,) = _noticed(source)["FORMULA"]
    assert "甲" in say(notice.sentence, ENGLISH)


def test_merged_cells_and_hidden_sheets_are_told() -> None:
    def write(sheets: Mapping[str, Worksheet]) -> None:
        sheets["survey"].merge_cells("C2:D2")
        sheets["settings"].sheet_state = "hidden"

    found = _noticed(workbook(touch=write))
    assert (found["MERGED"][0].row, found["MERGED"][0].column) == (2, "label::中文 (zh)")
    assert found["HIDDEN_SHEET"][0].sheet == "settings"


def test_dates_are_read_as_xforms_writes_them() -> None:
    from datetime import date, datetime, time

    rows: Rows = (
        (*HEAD[:3], "default"),
        ("date", "a", "A", date(2026, 10, 8)),
        ("text", "b", "B", datetime(2026, 10, 8, 9, 40)),  # noqa: DTZ001  a cell has no zone
        ("text", "c", "C", time(9, 40)),
        ("text", "d", "D", True),
        ("decimal", "e", "E", 0.5),
        ("integer", "f", "F", 3.0),
    )
    xml = compile_form(workbook(rows), "visit.xlsx", {}).xml.decode()
    for text in (
        "<a>2026-10-08</a>",
        "<b>2026-10-08 09:40:00</b>",
        "<c>09:40:00</c>",
        "<d>TRUE</d>",
        "<e>0.5</e>",
        "<f>3</f>",
    ):
        assert text in xml


@pytest.mark.parametrize("rows", [((),), (("type", "name"),), (("a", "b"), ("c", "d"))])
def test_sheets_that_ask_nothing_are_refused(rows: Rows) -> None:
    assert "SHEET_MISSING" in _refused(workbook(rows))


def test_a_workbook_without_a_survey_says_what_sheets_it_has() -> None:
    source = with_part(workbook(), "xl/workbook.xml", lambda data: data.replace(b'"survey"', b'"surveys"'))
    (problem,) = _refused(source)["SHEET_MISSING"]
    assert "surveys" in say(problem.sentence, ENGLISH)


def test_a_library_that_stumbles_is_caught_and_the_file_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen with a real form: a bare TypeError out of the compiler."""
    from pyxform import xls2xform

    def stumble(*_: object, **__: object) -> None:
        raise TypeError("node() got multiple values for argument 'tag'")

    monkeypatch.setattr(xls2xform, "convert", stumble)
    with pytest.raises(FormRefused) as refused:
        compile_form(workbook(), "covid.xlsx", {})
    assert "covid.xlsx" in say(refused.value.sentence, ENGLISH)
    assert "multiple values" in say(refused.value.problems[0].sentence, ENGLISH)


def _spoilt(source: bytes, chance: random.Random) -> bytes:
    data = bytearray(source)
    if chance.random() < 0.3:
        return bytes(data[: chance.randrange(len(data))])
    for _ in range(chance.choice((1, 3, 20, 200))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _parts_spoilt(source: bytes, chance: random.Random) -> bytes:
    """The zip whole, the XML in it not: byte flips in the packed bytes are mostly caught by their checksum."""
    name = chance.choice(
        [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]
    )
    return with_part(source, name, lambda data: _spoilt(data, chance))


def _told(source: bytes) -> tuple[FormProblem, ...]:
    """What is said of a file; refused without a reason is not allowed."""
    try:
        return compile_form(source, "visit.xlsx", {}).warnings
    except FormRefused as refused:
        return refused.problems or pytest.fail("refused without a reason")


@pytest.mark.parametrize("spoil", [_spoilt, _parts_spoilt])
@pytest.mark.parametrize("seed", range(6))
def test_any_damage_ends_in_a_sentence(spoil: Spoil, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same in every run
    rows: Rows = (
        *SURVEY,
        ("select_one v", "b", "乙", "B"),
        ("begin_repeat", "r", "组", "R"),
        ("date", "d", "丙", "D"),
        ("end_repeat",),
    )
    source = workbook(rows, (("list_name", "name", "label"), ("v", "x", "X")), SETTINGS)
    for _ in range(60):
        spoilt = spoil(source, chance)
        with contextlib.suppress(Unreadable):  # the reader knows every damage by itself, with no net below
            read_xlsx(spoilt)
        assert all(say(problem.sentence, ENGLISH) for problem in _told(spoilt))
