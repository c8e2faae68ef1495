"""What an author is told: the cell, the reason, all of it at once."""

from __future__ import annotations

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.checklists.compile import compile_form
from officer_app.checklists.problems import FormProblem, FormRefused, ProblemCode
from tests.support.forms import table


def _problems(survey: str, choices: str = "") -> tuple[FormProblem, ...]:
    with pytest.raises(FormRefused) as refused:
        compile_form(table(survey, choices), "visit.md", {})
    return refused.value.problems


def test_all_problems_come_at_once_in_the_order_of_rows() -> None:
    problems = _problems("""
    | type | name | label | relevant | calculation | constraint |
    | integer | a | A | sume(1) = 2 | | |
    | integer | b | B | | | . > ( |
    | calculate | c | | | round(1, 2, 3) | |
    | calculate | d | | | ${e} | |
    | calculate | e | | | ${d} | |
    """)
    assert [(problem.code, problem.row, problem.column) for problem in problems] == [
        (ProblemCode.FUNCTION, 2, "relevant"),
        (ProblemCode.EXPRESSION, 3, "constraint"),
        (ProblemCode.FUNCTION, 4, "calculation"),
        (ProblemCode.CYCLE, problems[3].row, "calculation"),
    ]
    assert problems[3].row in (5, 6)
    assert "Did you mean sum()?" in say(problems[0].sentence, ENGLISH)
    assert "1–2" in say(problems[2].sentence, ENGLISH)
    for problem in problems:
        assert say(problem.sentence, CHINESE) != say(problem.sentence, ENGLISH)
        assert say(problem.remedy, CHINESE) != say(problem.remedy, ENGLISH)


def test_an_unknown_type_has_its_cell() -> None:
    (problem,) = _problems("""
    | type | name | label |
    | text | a | A |
    | wonder | b | B |
    """)
    assert (problem.code.name, problem.sheet, problem.row, problem.column) == ("TYPE", "survey", 3, "type")


def test_a_reference_to_nobody_is_found() -> None:
    (problem,) = _problems("""
    | type | name | label | relevant |
    | text | a | A | |
    | text | b | B | /data/aa = 'x' |
    """)
    assert (problem.code, problem.row, problem.column) == (ProblemCode.MISSING_QUESTION, 3, "relevant")


def test_questions_of_the_same_name_in_two_groups_are_told_apart() -> None:
    (problem,) = _problems("""
    | type | name | label | calculation |
    | begin_group | g | G | |
    | calculate | x | | 1 |
    | end_group | | | |
    | begin_group | h | H | |
    | calculate | x | | one() |
    | end_group | | | |
    """)
    assert problem.row == 6


def test_the_fault_tells_how_many_and_where_first() -> None:
    with pytest.raises(FormRefused) as refused:
        compile_form(table("| type | name | label | relevant |\n| text | a | A | f() |"), "visit.md", {})
    assert refused.value.where == "survey:2:relevant"
    assert "1" in say(refused.value.sentence, ENGLISH)
