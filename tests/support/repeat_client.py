"""A customer who comes again: the salon without security, a loan settled with us in its history."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.casework import visits
from officer_app.casework.cases import open_case
from officer_app.casework.desk import Desk
from officer_app.checklists.session import FormSession
from officer_app.training import seeding
from officer_app.training.demo_cases import DemoCase, read_demo_case
from officer_app.training.visit_steps import SetAnswer
from officer_app.vault import cases
from officer_app.vault.records import CaseState
from tests.support.demo import HandClock

# Found in our books, settled, two days late at most.
PAST: Final = {
    "contract": "JK-2024-0388",
    "amount": "20000",
    "paid_out_on": "2024-03-05",
    "closed_on": "2025-03-05",
    "worst_days_late": "2",
    "seen_in_books": "yes",
}


def repeat_client(clock: HandClock) -> DemoCase:
    """What he tells on the first visit, and again on the second."""
    case = read_demo_case("salon", clock.now())
    facts = {name: told for name, told in case.facts.items() if name not in {"collateral", "guarantors"}}
    borrower = facts["borrower"]
    assert isinstance(borrower, dict)
    return replace(case, facts={**facts, "borrower": {**borrower, "history_loans": [PAST]}})


def second_case(desk: Desk, client: DemoCase, clock: HandClock) -> visits.Visit:
    """The blank visit of a second case, ten months after the first was lent on."""
    _, visit = seeding.open_demo_case(desk, client)
    seeding.fill(desk, visit, seeding.steps_of(client, visit.session.form, clock))
    lent_on(desk, visit)
    clock.move(days=300)
    known = replace(client.known, requested_amount=Decimal(30_000))
    return visits.begin_visit(desk, open_case(desk, known).id)


def lent_on(desk: Desk, visit: visits.Visit) -> None:
    """The case was approved and paid out."""
    with desk.vault.writing() as tx:
        cases.set_state(tx, visit.case, CaseState.DISBURSED, expected=frozenset({CaseState.DRAFT}))


def untold(session: FormSession, client: DemoCase, clock: HandClock) -> list[SetAnswer]:
    """What he tells and nobody answered yet, in the order of the checklist."""
    steps = seeding.steps_of(client, session.form, clock)
    return [step for step in steps if isinstance(step, SetAnswer) and not session.peek(step.ref)]
