"""The deeper parts of the checklist: closed until somebody says that they were looked at, dropped when closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from officer_app.checklists.definitions import Definition, Sort
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Item, Question, QuestionType, RepeatBlock
from officer_app.training.openers import openers
from officer_app.training.visit_steps import visit_steps
from tests.forms.test_business_visit_facts import EVERYTHING
from tests.support.visits import VisitClock, business_visit, new_visit, taken

ROOT = business_visit().root
OPENERS = openers(ROOT)
BY_PATH = {node.path: node for node in ROOT.down()}
PARTS = [(name, part) for name, parts in OPENERS.items() for part in parts]
BEHIND = re.compile(r"more_\w+")
INDEX = re.compile(r"\[\d+\]")


def _questions(items: tuple[Item, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Block):
            yield from item.questions
        elif isinstance(item, RepeatBlock):
            for instance in item.instances:
                yield from _questions(instance.items)


def _asked(session: FormSession) -> list[Question]:
    shown = [each for section in session.sections("zh_CN") for each in _questions(section.items)]
    return [each for each in shown if each.relevant and each.type is not QuestionType.NOTE]


def _behind_an_opener(node: Definition) -> bool:
    return any(above.bind.relevant and BEHIND.search(above.bind.relevant.source) for above in node.up())


def _refs(session: FormSession, name: str) -> list[str]:
    path = next(node.path for node in ROOT.down() if node.name == name)
    return [ref for ref in session.state() if INDEX.sub("", ref) == path]


@pytest.fixture(scope="module")
def full() -> FormSession:
    """A visit that has told everything; whoever changes it sets it back."""
    return taken(new_visit(), visit_steps(EVERYTHING, business_visit(), VisitClock()))


def test_every_opener_offers_what_it_opens_and_nothing_else(full: FormSession) -> None:
    """A tick that opens nothing, or a part that no tick opens, would be a slip of the author."""
    for name, parts in OPENERS.items():
        for ref in _refs(full, name):
            question = full.question(ref, "zh_CN")
            offered = {choice.name for choice in question.choices} - {"no"}
            assert offered == set(parts), name
            assert not question.required, name
            assert len(question.choices) <= 9, name  # each has a digit on the keyboard


def test_a_plain_visit_is_short() -> None:
    """125 questions without the deeper parts; these add a line for each section and a few beside others."""
    asked = _asked(new_visit())
    assert len([each for each in asked if each.name in OPENERS]) == 16
    assert len(asked) <= 125 + 25
    names = {each.name for each in asked}
    assert not names & {node.name for node in ROOT.down() if _behind_an_opener(node)}


def test_behind_an_opener_only_the_name_of_a_row_is_required() -> None:
    for node in ROOT.down():
        if node.bind.required is None or not _behind_an_opener(node):
            continue
        row = next(above for above in node.up() if above.sort is Sort.REPEAT)
        controls = [each for each in row.down() if each.control is not None]
        assert controls[0] is node, node.path


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_what_is_closed_again_is_dropped_and_what_is_opened_again_is_there(
    full: FormSession, name: str, part: str
) -> None:
    told, before = full.facts(), {each.ref for each in _asked(full)}
    ticked = {ref: full.question(ref, "en").value for ref in _refs(full, name)}
    for ref, value in ticked.items():
        full.set(ref, " ".join(answer for answer in value.split() if answer != part))
    hidden = before - {each.ref for each in _asked(full)}
    assert hidden
    assert all(_behind_an_opener(BY_PATH[INDEX.sub("", ref)]) for ref in hidden)
    assert full.facts() != told
    for ref, value in ticked.items():
        full.set(ref, value)
    assert full.facts() == told


def test_a_told_case_opens_only_what_it_tells() -> None:
    told = {"borrower": {"name": "测试甲", "education": "high"}, "premises": {"area_m2": "40"}}
    session = taken(new_visit(), visit_steps(told, business_visit(), VisitClock()))
    opened = {
        name: value
        for name in OPENERS
        for ref in _refs(session, name)
        if (value := session.question(ref, "en").value)
    }
    assert opened == {"more_person": "background", "more_business": "site"}
    assert session.facts() == told


def test_the_single_have_no_spouse_to_ask() -> None:
    session = new_visit()
    family = "/data/person/family"
    assert session.question(f"{family}/spouse_presence", "en").relevant
    assert not session.question(f"{family}/spouse_consent", "en").relevant
    session.set(f"{family}/spouse_presence", "phoned")
    assert session.question(f"{family}/spouse_consent", "en").relevant
    session.set(f"{family}/marital_status", "widowed")
    assert not session.question(f"{family}/spouse_presence", "en").relevant
    assert session.facts() == {"borrower": {"marital_status": "widowed"}}


def test_how_an_amount_was_checked_is_asked_once_there_is_one() -> None:
    session = new_visit()
    source = "/data/stock/fixed_assets/vehicles_source"
    for amount, asked in (("", False), ("0", False), ("22000", True)):
        session.set("/data/stock/fixed_assets/vehicles", amount)
        assert session.question(source, "en").relevant is asked, amount
    session.set(source, "paper")
    assert session.facts() == {"assets": {"vehicles": "22000", "vehicles_source": "paper"}}
    assert [choice.label for choice in session.question(source, "zh_CN").choices] == ["亲眼看见", "有单据", "听他说"]


@pytest.mark.parametrize(
    ("tick", "ref", "refused", "accepted"),
    [
        (("person/more_person", "spouse_more"), "person/spouse_block/spouse_id", "99010119700202002", ""),
        (("person/more_person", "members"), "person/member[1]/member_age", "121", "15"),
        (("person/more_person", "history"), "person/client_block/client_since", "2026-12-01", "2023-04-01"),
        (
            ("papers/more_papers", "registers"),
            "papers/public_record[1]/record_searched_on",
            "2026-10-09",
            "2026-10-08",
        ),
        (("business/more_business", "running"), "business/running/open_hours_a_day", "25", "24"),
        (("sales/more_sales", "calendar"), "sales/calendar_month[3]/calendar_level", "11", "0.9"),
        (("signs/more_signs", "meters"), "signs/meter[1]/meter_quantity", "-1", "1150"),
        (("asked_again/more_accounts", "landlord"), "asked_again/account_landlord/landlord_margin", "101", "33"),
    ],
)
def test_what_cannot_be_is_said_so(tick: tuple[str, str], ref: str, refused: str, accepted: str) -> None:
    session = new_visit()
    opener, part = tick
    session.set(f"/data/{opener}", part)
    for text, wrong in ((refused, True), (accepted, False)):
        session.set(f"/data/{ref}", text)
        violation = session.question(f"/data/{ref}", "zh_CN").violation
        assert (violation is not None) is wrong, text
        assert violation is None or violation.text
