"""Every rule of the lint on a small table: the code, the cell, and silence once the cell is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.checklists.authoring.draft import draft_of
from officer_app.checklists.authoring.grid import Book, Grid, Oddity
from officer_app.checklists.compile import compile_form
from officer_app.checklists.lint import linted, rules
from officer_app.checklists.problems import FormProblem, FormRefused
from tests.support.forms import table

SETTINGS = "| form_id | version |\n| visit | 1 |"
YN = "| list_name | name | label |\n| yn | yes | Yes |\n| yn | no | No |"


@dataclass(frozen=True)
class Example:
    """A wrong table, where it is wrong, and the cell that mends it (old text, new text)."""

    code: str
    place: tuple[str, int | None, str]
    survey: str
    choices: str = YN
    settings: str = SETTINGS
    mend: tuple[str, str] = ("", "")
    said: str = ""


EXAMPLES = (
    Example(
        "SHEET_MISSING", ("survey", 1, "type"), "| typ | name | label |\n| text | a | A |", mend=("typ ", "type ")
    ),
    Example(
        "TYPE_MISSING",
        ("survey", 3, "type"),
        "| type | name | label |\n| text | a | A |\n| | b | B |",
        mend=("| | b", "| text | b"),
    ),
    Example(
        "NAME_MISSING",
        ("survey", 2, "name"),
        "| type | name | label |\n| text | | A |\n| text | b | B |",
        mend=("| |", "| a |"),
    ),
    Example(
        "NAME_FORM", ("survey", 2, "name"), "| type | name | label |\n| text | my name | A |", mend=("my name", "a")
    ),
    Example(
        "NAME_TWICE",
        ("survey", 3, "name"),
        "| type | name | label |\n| text | a | A |\n| integer | a | B |",
        mend=("integer | a", "integer | b"),
        said="row 2",
    ),
    Example(
        "GROUP_OPEN",
        ("survey", 2, "type"),
        "| type | name | label |\n| begin_group | g | G |\n| text | a | A |\n| note | n | N |",
        mend=("note | n | N", "end_group | | "),
    ),
    Example(
        "GROUP_OPEN",
        ("survey", 3, "type"),
        "| type | name | label |\n| text | a | A |\n| end_repeat | | |",
        mend=("end_repeat | | ", "text | c | C"),
    ),
    Example(
        "COLUMN_UNKNOWN",
        ("survey", 1, "relavant"),
        "| type | name | label | relavant |\n| text | a | A | 1 |",
        mend=("relavant", "relevant"),
        said="relevant",
    ),
    Example(
        "COLUMN_TWICE",
        ("survey", 1, "relevance"),
        "| type | name | label | relevant | relevance |\n| text | a | A | | 1 |",
        mend=("| relevant ", "| hint "),
    ),
    Example(
        "OWN_COLUMN",
        ("survey", 1, "bind::agian"),
        "| type | name | label | bind::agian | bind::odd |\n| text | a | A | true() | 1 |",
        mend=("agian", "again"),
        said="bind::again",
    ),
    Example(
        "PLACE",
        ("survey", 3, "bind::place"),
        "| type | name | label | bind::place |\n| begin_group | g | G | home |\n| text | a | A | shopp |"
        "\n| end_group | | | |",
        mend=("shopp", "shop"),
        said="shop",
    ),
    Example(
        "AGAIN",
        ("survey", 2, "bind::again"),
        "| type | name | label | bind::again |\n| text | a | A | yes |",
        mend=("| yes |", "| true() |"),
        said="yes",
    ),
    Example(
        "FULL_WIDTH",
        ("survey", 3, "bind::again"),
        "| type | name | label | bind::again |\n| integer | n | N | |\n| text | a | A | ${n} ＞ 1 |",
        mend=("＞", ">"),
    ),
    Example(
        "PREFIX",
        ("survey", 1, "bind::x:y"),
        "| type | name | label | bind::x:y |\n| text | a | A | 1 |",
        mend=("x:y", "y"),
    ),
    Example(
        "TYPE",
        ("survey", 2, "type"),
        "| type | name | label |\n| Integr | a | A |",
        mend=("Integr", "integer"),
        said="integer",
    ),
    Example(
        "TYPE_PLAIN",
        ("survey", 2, "type"),
        "| type | name | label |\n| geotrace | a | A |",
        mend=("geotrace", "geopoint"),
    ),
    Example(
        "TYPE_ABSENT",
        ("survey", 2, "type"),
        "| type | name | label |\n| deviceid | a | |\n| text | b | B |",
        mend=("deviceid |", "start |"),
    ),
    Example(
        "APPEARANCE",
        ("survey", 2, "appearance"),
        "| type | name | label | appearance |\n| text | a | A | multline |",
        mend=("multline", "multiline"),
        said="multiline",
    ),
    Example(
        "APPEARANCE_PLAIN",
        ("survey", 2, "appearance"),
        "| type | name | label | appearance |\n| image | a | A | signature |",
        mend=("signature", "new"),
    ),
    Example(
        "MISSING_QUESTION",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| text | turnover | A | |\n| text | b | B | ${turnovr} = 'x' |",
        mend=("turnovr", "turnover"),
        said="turnover",
    ),
    Example(
        "MISSING_QUESTION",
        ("choices", 2, "label"),
        "| type | name | label |\n| select_one yn | a | A |",
        "| list_name | name | label |\n| yn | yes | Yes ${nobody} |",
        mend=(" ${nobody}", ""),
    ),
    Example(
        "REFERENCE_TWICE",
        ("survey", 8, "relevant"),
        "| type | name | label | relevant |\n| begin_group | g | G | |\n| text | a | A | |\n| end_group | | | |"
        "\n| begin_group | h | H | |\n| text | a | B | |\n| end_group | | | |\n| text | c | C | ${a} = 'x' |",
        mend=("a | B", "b | B"),
        said="3, 6",
    ),
    Example(
        "REFERENCE_BROKEN",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| text | a | A | |\n| text | b | B | ${a = 'x' |",
        mend=("${a =", "${a} ="),
    ),
    Example(
        "FULL_WIDTH",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| text | a | A | |\n| text | b | B | ${a}＝'x' |",
        mend=("＝", "="),
    ),
    Example(
        "OPERATOR",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| text | a | A | |\n| text | b | B | ${a} == 'x' |",
        mend=("==", "="),
    ),
    Example(
        "EXPRESSION",
        ("survey", 2, "relevant"),
        "| type | name | label | relevant |\n| text | a | A | (1 = 1 |",
        mend=("(1 = 1", "true()"),
    ),
    Example(
        "FUNCTION",
        ("survey", 2, "calculation"),
        "| type | name | calculation |\n| calculate | a | CONCATENATE('x', 'y') |",
        mend=("CONCATENATE", "concat"),
        said="concat()",
    ),
    Example(
        "LIST_MISSING",
        ("survey", 2, "type"),
        "| type | name | label |\n| select_one ym | a | A |",
        mend=("ym", "yn"),
        said="yn",
    ),
    Example(
        "LIST_UNUSED",
        ("choices", 2, "list_name"),
        "| type | name | label |\n| text | a | A |",
        mend=("text", "select_one yn"),
    ),
    Example(
        "CHOICE_LOOSE",
        ("choices", 3, "list_name"),
        "| type | name | label |\n| select_one yn | a | A |",
        "| list_name | name | label |\n| yn | yes | Yes |\n| | no | No |",
        mend=("| | no", "| yn | no"),
    ),
    Example(
        "CHOICE_NAMELESS",
        ("choices", 3, "name"),
        "| type | name | label |\n| select_one yn | a | A |",
        "| list_name | name | label |\n| yn | yes | Yes |\n| yn | | No |",
        mend=("yn | |", "yn | no |"),
    ),
    Example(
        "CHOICE_TWICE",
        ("choices", 3, "name"),
        "| type | name | label |\n| select_one yn | a | A |",
        "| list_name | name | label |\n| yn | yes | Yes |\n| yn | yes | No |",
        mend=("yes | No", "no | No"),
    ),
    Example(
        "CHOICE_SPACE",
        ("choices", 2, "name"),
        "| type | name | label |\n| select_multiple yn | a | A |",
        "| list_name | name | label |\n| yn | oh yes | Yes |",
        mend=("oh yes", "oh_yes"),
    ),
    Example(
        "FILTER_COLUMN",
        ("survey", 3, "choice_filter"),
        "| type | name | label | choice_filter |\n| text | a | A | |\n| select_one yn | b | B | countyy = ${a} |",
        "| list_name | name | label | county |\n| yn | yes | Yes | x |",
        mend=("countyy", "county"),
        said="county",
    ),
    Example(
        "FILTER_IDLE",
        ("survey", 2, "choice_filter"),
        "| type | name | label | choice_filter |\n| text | a | A | name = 'x' |\n| select_one yn | b | B | |",
        mend=("name = 'x'", ""),
    ),
    Example(
        "COMPARE_NUMBER",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| integer | a | A | |\n| text | b | B | ${a} > 'ten' |",
        mend=("'ten'", "10"),
    ),
    Example(
        "COMPARE_CHOICE",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| select_one yn | a | A | |\n| text | b | B | ${a} = 'yess' |",
        mend=("yess", "yes"),
        said="yes",
    ),
    Example(
        "COMPARE_DATE",
        ("survey", 2, "constraint"),
        "| type | name | label | constraint | constraint_message |\n| date | a | A | . > '2020/1/1' | Late |",
        mend=("2020/1/1", "2020-01-01"),
    ),
    Example(
        "COMPARE_DATE",
        ("survey", 2, "constraint"),
        "| type | name | label | constraint | constraint_message |\n| date | a | A | . > date('2020-1-1') | Late |",
        mend=("2020-1-1", "2020-01-01"),
    ),
    Example(
        "TOTAL_INSIDE",
        ("survey", 4, "calculation"),
        "| type | name | label | required | calculation |\n| begin_repeat | r | R | | |\n| integer | a | A | yes | |"
        "\n| calculate | t | | | sum(${a}) |\n| end_repeat | | | | |\n| note | n | N | | |",
        mend=("sum(${a})", "${a}"),
    ),
    Example(
        "TOTAL_BLANK",
        ("survey", 5, "calculation"),
        "| type | name | label | calculation |\n| begin_repeat | r | R | |\n| integer | a | A | |"
        "\n| end_repeat | | | |\n| calculate | t | | sum(${a}) |",
        mend=("sum(${a})", "sum(${a}[. != ''])"),
    ),
    Example(
        "REPEAT_OUTSIDE",
        ("survey", 5, "calculation"),
        "| type | name | label | calculation |\n| begin_repeat | r | R | |\n| text | a | A | |"
        "\n| end_repeat | | | |\n| calculate | t | | substr(${a}, 1) |",
        mend=("substr(${a}, 1)", "count(${a})"),
    ),
    Example(
        "NUMBER_BLANK",
        ("survey", 3, "calculation"),
        "| type | name | label | calculation |\n| integer | a | A | |\n| calculate | t | | ${a} * 2 |",
        mend=("${a} *", "coalesce(${a}, 0) *"),
    ),
    Example(
        "TRUTH_OF_TEXT",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| select_one yn | a | A | |\n| text | b | B | ${a} |",
        mend=("${a}", "${a} = 'yes'"),
    ),
    Example(
        "TRUTH_OF_TEXT",
        ("survey", 4, "relevant"),
        "| type | name | label | relevant | calculation |\n| text | a | A | | |\n| calculate | f | | | ${a} = 'x' |"
        "\n| text | b | B | not(${f}) | |",
        mend=("not(${f})", "${f} = 'false'"),
    ),
    Example(
        "NEVER_SHOWN",
        ("survey", 3, "relevant"),
        "| type | name | label | relevant |\n| select_one yn | a | A | |"
        "\n| text | b | B | ${a} = 'yes' and ${a} = 'no' |",
        mend=("and", "or"),
    ),
    Example(
        "NEVER_REQUIRED",
        ("survey", 3, "required"),
        "| type | name | label | relevant | required |\n| begin_group | g | G | false() | |\n| text | b | B | | yes |"
        "\n| end_group | | | | |",
        mend=("false()", "true()"),
    ),
    Example(
        "CHANCE",
        ("survey", 2, "calculation"),
        "| type | name | calculation |\n| calculate | a | random() |",
        mend=("random()", "once(random())"),
    ),
    Example(
        "LANGUAGE",
        ("survey", 1, "label::English (en)"),
        "| type | name | label::English (en) | hint |\n| text | a | A | |",
        mend=("hint", "hint::中文 (zh)"),
    ),
    Example(
        "TRANSLATION",
        ("survey", 2, "hint::中文 (zh)"),
        "| type | name | label::中文 (zh) | label::English (en) | hint::English (en) | hint::中文 (zh) |"
        "\n| text | a | 甲 | A | H | |",
        mend=("H | |", "H | 提示 |"),
    ),
    Example(
        "LABEL",
        ("survey", 2, "label"),
        "| type | name | label |\n| text | a | |\n| text | b | B |",
        mend=("a | |", "a | A |"),
    ),
    Example(
        "CONSTRAINT_SILENT",
        ("survey", 2, "constraint"),
        "| type | name | label | constraint | constraint_message |\n| integer | a | A | . > 0 | |",
        mend=(". > 0 | |", ". > 0 | Above 0 |"),
    ),
    Example(
        "MESSAGE_IDLE",
        ("survey", 2, "constraint_message"),
        "| type | name | label | constraint | constraint_message |\n| integer | a | A | | Above 0 |",
        mend=("A | |", "A | . > 0 |"),
    ),
    Example(
        "SETTINGS",
        ("settings", 2, "version"),
        "| type | name | label |\n| select_one yn | a | A |",
        settings="| form_id | title |\n| visit | V |",
        mend=("| form_id | title |\n| visit | V |", SETTINGS),
    ),
    Example(
        "DEFAULT_LANGUAGE",
        ("settings", 2, "default_language"),
        "| type | name | label::English (en) |\n| text | a | A |",
        settings="| form_id | version | default_language |\n| visit | 1 | english |",
        mend=("english", "English (en)"),
    ),
)


def _draft_problems(example: Example, *, mended: bool) -> list[FormProblem]:
    """What the rules find in an example's table, as it stands or with its cell mended."""
    sheets = [example.survey, example.choices, example.settings]
    if mended:
        old, new = example.mend
        sheets = [sheet.replace(old, new) for sheet in sheets]
    grids = {name: _grid(name, text) for name, text in zip(("survey", "choices", "settings"), sheets, strict=True)}
    return linted(draft_of(Book(tuple(grids), grids)))


def _grid(name: str, text: str) -> Grid:
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines()]
    headers = tuple(lines[0])
    rows = [{head: cell for head, cell in zip(headers, line, strict=False) if cell} for line in lines[1:]]
    return Grid(name, headers, list(rows))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_a_rule_names_the_cell_and_falls_silent_once_it_is_mended(example: Example) -> None:
    found = [problem for problem in _draft_problems(example, mended=False) if problem.code.name == example.code]
    assert [(problem.sheet, problem.row, problem.column) for problem in found] == [example.place]
    assert example.said in say(found[0].sentence, ENGLISH)
    for words in (found[0].sentence, found[0].remedy):
        assert say(words, CHINESE) != say(words, ENGLISH)
    assert example.code not in [problem.code.name for problem in _draft_problems(example, mended=True)]


ODD = {
    "FORMULA": Oddity("formula", 2, "label", "A1"),
    "FORMULA_EMPTY": Oddity("formula_empty", 2, "label", "A1"),
    "CELL_ERROR": Oddity("error", 2, "label", "A1"),
    "MERGED": Oddity("merged", 2, "label", "A2:B2"),
    "COLUMN_TWICE": Oddity("doubled", 1, "label", "D"),
    "NO_HEADER": Oddity("headless", 2, "D", "x"),
    "FAR_ROW": Oddity("far", 9000),
    "HIDDEN_SHEET": Oddity("hidden"),
}


@pytest.mark.parametrize("code", ODD)
def test_what_excel_shows_and_a_checklist_does_not_read_is_told(code: str) -> None:
    grid = _grid("survey", "| type | name | label |\n| text | a | A |")
    grid.oddities.append(ODD[code])
    found = [each for each in linted(draft_of(Book(("survey",), {"survey": grid}))) if each.code.name == code]
    assert [(each.sheet, each.row, each.column) for each in found] == [("survey", ODD[code].row, ODD[code].column)]


def test_every_rule_has_its_example() -> None:
    shown = {example.code for example in EXAMPLES} | set(ODD) | {"FILE_RENAMED", "NESTING"}
    assert {rule.kind.name for rule in rules()} == shown


def test_one_code_has_one_remedy() -> None:
    remedies: dict[str, set[str]] = {}
    for rule in rules():
        remedies.setdefault(rule.kind.name, set()).add(say(rule.kind.remedy, ENGLISH))
    assert all(len(found) == 1 for found in remedies.values())


SOUND = """
| type | name | label | relevant | constraint | constraint_message | calculation | choice_filter | required |
| select_one stars | stars | S | | | | | | |
| integer | n | N | | . >= 0 and . < 10 | Few | | | yes |
| date | d | D | ${stars} > 0 | count(${n}[. > 0]) > 0 and . <= today() and . > '2020-01-01' | Late | | | |
| select_multiple stars | several | M | selected(${stars}, '2') or not(${n} > 3) | | | | name > 0 | |
| begin_repeat | r | R | | | | | | |
| decimal | x | X | ${n} != 3.5 | | | | | |
| calculate | z | | | | | if(${x} = '', '', ${x} * 2) | | |
| end_repeat | | | | | | | | |
| calculate | t | | | | | sum(${z}[. != '']) | | |
| calculate | same | | | | | ${t} = 'NaN' or once(random()) > 0.5 | | |
| note | w | ${t} | ${same} = 'true' | | | | | |
"""
STARS = "| list_name | name | label |\n| stars | 1 | One |\n| stars | 2 | Two |"


def test_a_sound_table_is_left_in_peace() -> None:
    """What looks like a mistake and is none: a dot in brackets, an order among numbered choices, guarded blanks."""
    example = Example("", ("", None, ""), SOUND.strip(), STARS)
    found = [(each.code.name, each.row, each.column) for each in _draft_problems(example, mended=False)]
    assert [each for each in found if each[0] != "LANGUAGE"] == []
    assert compile_form(table(SOUND, STARS, SETTINGS), "visit.md", {}).form_id == "visit"


def test_a_group_in_capitals_is_told_and_kept() -> None:
    survey = "| type | name | label |\n| Begin_Group | g | G |\n| text | a | A |\n| END_GROUP | | |"
    with pytest.raises(FormRefused) as refused:
        compile_form(table(survey), "visit.md", {})
    assert [(each.code.name, each.row) for each in refused.value.problems] == [("TYPE", 2), ("TYPE", 4)]


DIALECT_TYPES = {
    "text audit": "audit",
    "calculate_here": "calculate",
    "caseid": "hidden",
    "tel": "text",
    "begin_kobomatrix": "begin_group",
    "Text": "text",
    "SELECT_ONE yn": "select_one",
    "文本": "text",
    "dropdown": "select_one",
}


@pytest.mark.parametrize(("kind", "meant"), DIALECT_TYPES.items())
def test_types_of_other_tools_are_translated(kind: str, meant: str) -> None:
    grid = _grid("survey", f"| type | name | label |\n| {kind} | a | A |")
    found = [each for each in linted(draft_of(Book(("survey",), {"survey": grid}))) if each.code.name == "TYPE"]
    assert len(found) == 1
    assert meant in say(found[0].sentence, ENGLISH)


def _silent(example: Example) -> Iterator[FormProblem]:
    return (problem for problem in _draft_problems(example, mended=True) if problem.fatal)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_a_mended_example_compiles(example: Example) -> None:
    """The examples are real tables: mended, nothing but notices is left, of the compiler too."""
    assert not list(_silent(example))
    old, new = example.mend
    source = table(*(sheet.replace(old, new) for sheet in (example.survey, example.choices, example.settings)))
    compile_form(source, "visit.md", {})


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.mend], ids=lambda example: example.code)
def test_a_wrong_example_is_told_by_the_whole_check_too(example: Example) -> None:
    source = table(example.survey, example.choices, example.settings)
    try:
        problems = compile_form(source, "visit.md", {}).warnings
    except FormRefused as refused:
        problems = (*refused.problems, *refused.notices)
    places = [(each.code.name, each.sheet, each.row, each.column) for each in problems]
    assert (example.code, *example.place) in places
