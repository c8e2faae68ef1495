"""Questions that are facts: where each answer lands in the tree, and which bindings are refused."""

from __future__ import annotations

import pytest

from officer_app.checklists.compile import compile_form
from officer_app.checklists.problems import FormRefused, ProblemCode
from tests.support.forms import Fact, session_of, table

YES_NO = """
| list_name | name | label |
| yn | yes | Yes |
| yn | no | No |
"""

COLLATERAL = """
| type | name | label | bind::fact | relevant | calculation |
| integer | persons | P | household.persons | | |
| begin_repeat | col | C | collateral[] | | |
| text | kind | K | kind | | |
| decimal | area | A | valuation.area_m2 | | |
| begin_repeat | comp | Comparable | valuation.comparables[] | | |
| decimal | price | P | price | | |
| end_repeat | | | | | |
| text | bank | B | /borrower.bank | | |
| end_repeat | | | | | |
| begin_repeat | month | M | sales.month_factors[] | | |
| decimal | factor | F | . | | |
| end_repeat | | | | | |
| text | unbound | U | | | |
"""


def test_answers_land_where_they_are_bound() -> None:
    session = session_of(COLLATERAL)
    session.add_repeat("/data/col")
    session.add_repeat("/data/col[1]/comp")
    session.add_repeat("/data/month", 2)
    for ref, text in {
        "/data/persons": "4",
        "/data/col[1]/kind": "shop",
        "/data/col[1]/area": "12.50",
        "/data/col[1]/comp[1]/price": "100",
        "/data/col[1]/comp[2]/price": "110",
        "/data/col[2]/kind": "vehicle",
        "/data/col[2]/bank": "农商行",
        "/data/month[1]/factor": "0.9",
        "/data/month[3]/factor": "1.1",
        "/data/unbound": "kept, not a fact",
    }.items():
        session.set(ref, text)
    assert session.facts() == {
        "household": {"persons": "4"},
        "collateral": [
            {"kind": "shop", "valuation": {"area_m2": "12.50", "comparables": [{"price": "100"}, {"price": "110"}]}},
            {"kind": "vehicle"},
        ],
        "borrower": {"bank": "农商行"},
        "sales": {"month_factors": ["0.9", "1.1"]},
    }
    told = {(each.ref, each.path, each.text) for each in session.bound_answers()}
    assert ("/data/col[1]/comp[2]/price", "collateral[0].valuation.comparables[1].price", "110") in told
    assert ("/data/col[2]/kind", "collateral[1].kind", "vehicle") in told
    assert ("/data/month[3]/factor", "sales.month_factors[1]", "1.1") in told
    assert ("/data/col[2]/bank", "borrower.bank", "农商行") in told


def test_a_blank_form_has_no_facts() -> None:
    """Every repeat starts with one blank instance; it stands for nothing."""
    assert session_of(COLLATERAL).facts() == {}


def test_what_is_not_relevant_is_no_fact() -> None:
    session = session_of(
        """
        | type | name | label | bind::fact | relevant |
        | select_one yn | has | H | | |
        | begin_repeat | debt | D | liabilities[] | ${has} = 'yes' |
        | decimal | balance | B | balance | |
        | end_repeat | | | | |
        """,
        YES_NO,
    )
    session.set("/data/has", "yes")
    session.set("/data/debt/balance", "900")
    assert session.facts() == {"liabilities": [{"balance": "900"}]}
    session.set("/data/has", "no")
    assert session.facts() == {}


NONE_OF_THEM = """
| type | name | label | bind::fact | relevant |
| select_one yn | has | H | liabilities[] | |
| begin_repeat | debt | D | liabilities[] | ${has} = 'yes' |
| decimal | balance | B | balance | |
| end_repeat | | | | |
"""


def test_no_says_that_a_list_is_known_and_empty() -> None:
    session = session_of(NONE_OF_THEM, YES_NO)
    assert session.facts() == {}
    session.set("/data/has", "no")
    assert session.facts() == {"liabilities": []}
    session.set("/data/has", "yes")
    assert session.facts() == {}
    session.set("/data/debt/balance", "7")
    assert session.facts() == {"liabilities": [{"balance": "7"}]}


def test_two_repeats_fill_one_list_in_document_order() -> None:
    session = session_of("""
    | type | name | label | bind::fact |
    | begin_repeat | told | T | liabilities[] |
    | text | who | W | name |
    | end_repeat | | | |
    | begin_repeat | found | F | liabilities[] |
    | text | who2 | W | name |
    | end_repeat | | | |
    """)
    session.set("/data/found/who2", "brother")
    session.set("/data/told/who", "bank")
    assert session.facts() == {"liabilities": [{"name": "bank"}, {"name": "brother"}]}


def test_a_calculation_that_is_no_number_is_no_fact() -> None:
    session = session_of("""
    | type | name | label | bind::fact | calculation |
    | decimal | a | A | | |
    | calculate | b | | application.amount | round(${a} div 0, 2) |
    """)
    session.set("/data/a", "5")
    assert session.facts() == {}


VOCABULARY = {
    "household.persons": Fact("int"),
    "application.amount": Fact("money"),
    "application.product": Fact("choice", ("working_capital", "equipment")),
    "borrower.married": Fact("yes/no"),
    "borrower.name": Fact("label"),
    "borrower.born": Fact("date"),
    "liabilities[]": Fact("list"),
    "liabilities[].balance": Fact("money"),
}


def _codes(survey: str, choices: str = "") -> list[tuple[ProblemCode, int | None, str]]:
    try:
        compile_form(table(survey, choices), "visit.md", VOCABULARY)
    except FormRefused as refused:
        return [(problem.code, problem.row, problem.column) for problem in refused.problems]
    return []


def test_a_sound_form_compiles_and_names_its_facts() -> None:
    compiled = compile_form(
        table(
            """
            | type | name | label | bind::fact |
            | integer | persons | P | household.persons |
            | select_one product | product | P | application.product |
            | begin_repeat | debt | D | liabilities[] |
            | decimal | balance | B | balance |
            | end_repeat | | | |
            """,
            """
            | list_name | name | label |
            | product | equipment | Equipment |
            """,
            """
            | form_id | version | form_title |
            | visit | 3 | Visit |
            """,
        ),
        "visit.md",
        VOCABULARY,
    )
    assert compiled.facts == ("household.persons", "application.product", "liabilities[]", "liabilities[].balance")
    assert (compiled.form_id, compiled.version, compiled.title) == ("visit", "3", "Visit")
    assert compiled.compiler.startswith("pyxform ")
    assert len(compiled.source_sha256) == len(compiled.xml_sha256) == 64


def test_an_unknown_fact_is_told_with_its_cell_and_its_neighbours() -> None:
    with pytest.raises(FormRefused) as refused:
        compile_form(
            table("""
            | type | name | label | bind::fact |
            | text | ok | O | borrower.name |
            | integer | persons | P | household.person |
            """),
            "visit.md",
            VOCABULARY,
        )
    (problem,) = refused.value.problems
    assert (problem.code, problem.sheet, problem.row, problem.column) == (
        ProblemCode.FACT_UNKNOWN,
        "survey",
        3,
        "bind::fact",
    )
    assert "household.persons" in str(problem.sentence.values["near"])


@pytest.mark.parametrize(
    ("survey", "expected"),
    [
        ("| text | a | A | application.amount |", ProblemCode.FACT_KIND),
        ("| decimal | a | A | household.persons |", ProblemCode.FACT_KIND),
        ("| text | a | A | borrower.born |", ProblemCode.FACT_KIND),
        ("| select_one yn | a | A | application.product |", ProblemCode.FACT_CHOICE),
        ("| text | a | A | borrower.married |", ProblemCode.FACT_KIND),
        ("| text | a | A | liabilities[] |", ProblemCode.FACT_KIND),
        ("| text | a | A | . |", ProblemCode.FACT_PLACE),
    ],
)
def test_a_question_that_cannot_give_its_fact_is_refused(survey: str, expected: ProblemCode) -> None:
    found = _codes(f"| type | name | label | bind::fact |\n{survey}", YES_NO)
    assert [(code, row) for code, row, _ in found] == [(expected, 2)]


def test_a_bound_group_a_repeat_without_list_and_a_question_in_an_unbound_repeat_are_refused() -> None:
    found = _codes("""
    | type | name | label | bind::fact |
    | begin_group | g | G | borrower |
    | text | n | N | borrower.name |
    | end_group | | | |
    | begin_repeat | r | R | liabilities |
    | decimal | b | B | balance |
    | end_repeat | | | |
    | begin_repeat | s | S | |
    | decimal | c | C | application.amount |
    | end_repeat | | | |
    """)
    assert [(code, row) for code, row, _ in found if code is ProblemCode.FACT_PLACE] == [
        (ProblemCode.FACT_PLACE, 2),
        (ProblemCode.FACT_PLACE, 5),
        (ProblemCode.FACT_PLACE, 9),
    ]


@pytest.mark.parametrize(
    ("calculation", "fine"),
    [
        ("${a} * 0.1", False),
        ("sum(${a})", False),
        ("if(${a} > 1, ${a} div 3, 0)", False),
        ("round(${a} * 0.1, 2)", True),
        ("if(${a} > 1, round(${a} div 3, 2), 0)", True),
        ("${a}", True),
    ],
)
def test_money_that_is_reckoned_must_be_rounded(calculation: str, fine: bool) -> None:
    found = _codes(f"""
    | type | name | label | bind::fact | calculation |
    | decimal | a | A | | |
    | calculate | b | | application.amount | {calculation} |
    """)
    assert found == ([] if fine else [(ProblemCode.ROUNDING, 3, "calculation")])
