"""What of an earlier file may stand: from which file, which answers, with what source; and the memo that says so."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from officer_app.base.words import CHINESE
from officer_app.casework import captures, papers, visits
from officer_app.casework.cases import NewCase, open_case, read_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.lasttime import LastTime, lane_ahead, last_time, offer, standing, taken
from officer_app.training import seeding
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from officer_app.vault.records import CaseState
from tests.support.demo import HandClock, desk_of
from tests.support.files import settle
from tests.support.forms import session_of
from tests.support.repeat_client import lent_on, repeat_client, second_case, untold
from tests.support.visits import business_visit

ROLE = "/data/person/identity/borrower_role"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def again(desk: Desk, clock: HandClock) -> visits.Visit:
    return second_case(desk, repeat_client(clock), clock)


def before(desk: Desk, visit: visits.Visit) -> LastTime:
    found = last_time(desk, read_case(desk, visit.case))
    assert found is not None
    return found


def take(desk: Desk, visit: visits.Visit) -> None:
    """Everything that may stand, section by section, kept on the disk."""
    earlier = before(desk, visit)
    for section in visit.session.sections("en"):
        some = offer(visit.session, earlier, section.ref)
        visits.save(desk, visits.pending(visit, visit.session.enter(some.adds, some.answers)))
        lines = taken(desk, visit, earlier, some)
        captures.keep(desk, visit.case, *lines)
        visit.captures.update({line.id: line for line in lines})


def tell(visit: visits.Visit, clock: HandClock) -> None:
    for step in untold(visit.session, repeat_client(clock), clock):
        if visit.session.peek(step.ref) is None:
            visit.session.add_repeat(step.ref.rpartition("[")[0])
        visit.session.set(step.ref, step.text)


def test_the_sealed_file_and_the_memo_tell_what_stands_and_the_memo_has_three_pages(
    desk: Desk, again: visits.Visit, clock: HandClock
) -> None:
    take(desk, again)
    tell(again, clock)
    visits.save(desk, visits.pending(again, again.session.set(ROLE, "店主")))
    settle(desk, again)
    findings = findings_of(desk, again.case, again)
    short = findings.lane
    assert short is not None
    assert short.name == "repeat", "nothing stands against the short file"
    memo = papers.preview(desk, again, findings, CHINESE)
    pages = PdfReader(io.BytesIO(memo)).pages
    assert short.memo_pages == 3
    assert len(pages) <= 3
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert f"有{len(standing(again))}个答案照上次（2026年10月8日核实，2026-0001号档案）" in text
    told = captures.as_json(again)
    assert isinstance(told, list)
    role = next(line for line in told if isinstance(line, dict) and line["ref"] == ROLE)
    assert isinstance(role, dict)
    assert role["last_time"] == {"case": "2026-0001", "on": "2026-10-08"}


def test_taken_twice_it_keeps_the_day_on_which_it_was_confirmed(
    desk: Desk, again: visits.Visit, clock: HandClock
) -> None:
    """Third case: what the second took over still names the first, what was answered there the second."""
    role, trade = ROLE, "/data/business/trade_block/years_in_business"
    earlier = before(desk, again)
    some = offer(again.session, earlier, "/data/person")
    visits.save(desk, visits.pending(again, again.session.enter(some.adds, some.answers)))
    captures.keep(desk, again.case, *taken(desk, again, earlier, some))
    visits.answer(desk, again, trade, "7")
    lent_on(desk, again)
    clock.move(days=300)
    known = replace(repeat_client(clock).known, requested_amount=Decimal(30_000))
    third = visits.begin_visit(desk, open_case(desk, known).id)
    take(desk, third)
    assert standing(third)[role].case == "2026-0001"
    assert standing(third)[trade].case == "2027-0001"


@pytest.mark.usefixtures("again")
def test_what_was_lent_on_comes_before_what_was_only_handed_in(desk: Desk, clock: HandClock) -> None:
    """A draft and a refused file are nothing to take from; a paid-out one stands before a later one in review."""
    known = repeat_client(clock).known
    for state in (CaseState.DRAFT, CaseState.REFUSED, CaseState.SUBMITTED):
        clock.move(days=3)
        other = open_case(desk, known)
        visits.begin_visit(desk, other.id)
        with desk.vault.writing() as tx:
            cases.set_state(tx, other.id, state, expected=frozenset({CaseState.DRAFT}))
    clock.move(days=3)
    newest = visits.begin_visit(desk, open_case(desk, known).id)
    assert before(desk, newest).source.case == "2026-0001"


def test_nobody_else_and_no_later_file_is_taken_from(desk: Desk, again: visits.Visit, clock: HandClock) -> None:
    stranger = open_case(desk, NewCase("周德旺"))
    assert last_time(desk, stranger) is None
    first = seeding.open_demo_case(desk, replace(repeat_client(clock)))[0]
    lent_on(desk, again)
    assert before_number(desk, first.id) == "2027-0001"
    older = read_case(desk, again.case)
    assert last_time(desk, older) is not None
    assert before_number(desk, older.id) == "2026-0001"


def before_number(desk: Desk, case: object) -> str:
    found = last_time(desk, read_case(desk, case))  # type: ignore[arg-type]  a CaseId
    return found.source.case if found is not None else ""


def test_a_list_that_somebody_began_is_left_alone(desk: Desk, again: visits.Visit) -> None:
    item = "/data/person/household_expense[1]/household_expense_item"
    visits.answer(desk, again, item, "房租")
    some = offer(again.session, before(desk, again), "/data/person")
    assert not [ref for ref in some.answers if "household_expense[" in ref]
    assert "/data/person/household_expense" not in some.adds
    assert ROLE in some.answers


def test_without_the_lane_in_sight_nothing_limits_the_questions(desk: Desk, again: visits.Visit) -> None:
    findings = findings_of(desk, again.case, again)
    lane = lane_ahead(findings, before(desk, again))
    assert lane is not None
    assert lane.questions == 40
    assert findings.lane is None or findings.lane.name != "repeat", "the real lane waits for the grade"
    assert lane_ahead(findings, None) is None


# --- what the checklist says ----------------------------------------------------------------------------------------

FRESH = (
    "assets.", "liabilities[]", "credit_report.", "public_records[]", "consents.", "photos.", "site_visit.",
    "accounts.", "guarantees_given[]", "unexplained_regular_outflows[]", "straw_indicators[]", "references[]",
    "meters[]", "payroll.", "household.spouse.presence", "household.spouse.consent", "sales.declared_monthly_sales",
    "sales.last_sales.", "borrower.staff_relation", "borrower.actual_user", "borrower.bank_account",
)  # fmt: skip


def test_the_shipped_checklist_lets_nothing_stand_that_must_be_fresh() -> None:
    nodes = [node for node in business_visit().root.down() if node.control is not None and node.fact_path]
    standing_facts = {node.fact_path for node in nodes if _constant(node) == "true()"}
    assert {"borrower.name", "premises.address", "suppliers[].name", "household.persons"} <= standing_facts
    assert not [path for path in standing_facts if path.startswith(FRESH)]
    assert not [path for path in standing_facts if path.endswith((".balance", ".monthly_purchases", ".owed"))]


def _constant(node: object) -> str:
    ups = node.up()  # type: ignore[attr-defined]  a Definition
    return next((each.bind.again.source for each in ups if each.bind.again is not None), "")


def test_a_question_has_its_own_word_or_its_groups_and_a_row_its_own() -> None:
    survey = """
| type | name | label | calculation | repeat_count | bind::again |
| begin_group | shop | Shop | | | true() |
| text | sign | Sign | | | |
| text | till | Till | | | false() |
| end_group | | | | | |
| text | loose | Loose | | | |
| begin_repeat | row | Row | | 2 | |
| calculate | nr | | position(..) | | |
| text | word | Word | | | ${nr} = 2 |
| end_repeat | | | | | |
| begin_repeat | seller | Seller | | | |
| text | name | Name | | | true() |
| end_repeat | | | | | |
"""
    session = session_of(survey)
    may = {ref: session.may_stand(f"/data/{ref}") for ref in (
        "shop/sign", "shop/till", "loose", "row[1]/word", "row[2]/word", "row[3]/word", "seller[4]/name", "shop",
        "none"    )}  # fmt: skip
    assert [ref for ref, stands in may.items() if stands] == ["shop/sign", "row[2]/word", "seller[4]/name"]
