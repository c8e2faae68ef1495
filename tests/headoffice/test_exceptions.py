"""The register of exceptions: from the manager's yes to the workbook's sheet and its twin."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from officer_app.base.words import CHINESE, ENGLISH, Verbatim, say
from officer_app.casework import decisions, delivery, explanations, overrides, review, submission
from officer_app.casework.findings import Contradiction, Standing
from officer_app.dossier.records import Outcome
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.exceptions import exceptions
from officer_app.headoffice.exporting import Exporter, totals, workbook_data
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.workbooks.columns import Sheet
from officer_app.workbooks.csv_twin import write_csv
from officer_app.workbooks.workbook import write_workbook
from tests.support.demo import HandClock, desk_of, visited
from tests.support.stages import approval


def approved(demo: Demo, clock: HandClock) -> set[str]:
    """The salon, with a contradiction that stands, is approved above its caps; gives the rules set aside."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        told = Contradiction("DEBTS", Verbatim("欠款前后不一"), True, (), (), Standing.OPEN, found=True)
        explanations.let_stand(officer, visit.case, told, "问了两次，说不清")
        submission.submit(officer, visit, PASSPHRASE)
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        (waiting,) = review.queue(manager)
        view = review.open_dossier(manager, waiting.dossier)
        rules = overrides.against(view, Decimal(60_000))
        told = tuple((rule.code, "老客户，母亲担保") for rule in rules)
        choice = replace(approval(view), amount=Decimal(60_000), overrides=told)
        decisions.decide(manager, view, choice, PASSPHRASE)
        delivery.sync(manager, demo.store)
    ingest(open_desk(demo.head_office, PASSPHRASE), demo.store, demo.warehouse, clock=clock)
    return {rule.code for rule in rules}


def test_every_exception_has_one_row_with_its_reason_and_what_became_of_it(demo: Demo, clock: HandClock) -> None:
    rules = approved(demo, clock)
    assert rules
    assert all(code.startswith("cap:") for code in rules)
    register = exceptions(demo.warehouse)
    caps = [row for row in register if row.kind == "above_cap"]
    assert {(row.code, row.reason) for row in caps} == {(code, "老客户，母亲担保") for code in rules}
    (left,) = [row for row in register if row.kind == "unexplained"]
    assert (left.code, say(left.sentence, CHINESE)) == ("DEBTS", "欠款前后不一")
    assert left.reason == "三条途径对得上", "the reason of the decision"
    assert {(row.decided_by, row.state, row.amount) for row in register} == {("陈国栋", "approved", Decimal(60_000))}
    assert len(register) == len(rules) + 1


def test_the_workbook_and_its_twin_hold_the_register_and_it_adds_up(demo: Demo, clock: HandClock) -> None:
    rules = approved(demo, clock)
    with Warehouse(demo.warehouse) as there:
        data = workbook_data(there, Exporter("青石", "总部", clock.now(), "0.1.0"))
        assert totals(there).exceptions == len(rules) + 1
        told = {say(total.what, ENGLISH): total for total in write_workbook(data, CHINESE, BytesIO())}
        assert told["Number of exceptions"].workbook == len(rules) + 1
        assert all(total.agrees for total in told.values())
        twin = BytesIO()
        assert write_csv(data, Sheet.EXCEPTIONS, CHINESE, twin) == len(rules) + 1
    text = twin.getvalue().decode("utf-8-sig")
    assert "above_cap" in text
    assert "欠款前后不一" in text


def test_a_refused_case_is_no_exception(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        submission.submit(officer, visit, PASSPHRASE)
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        (waiting,) = review.queue(manager)
        view = review.open_dossier(manager, waiting.dossier)
        decisions.decide(manager, view, replace(approval(view), outcome=Outcome.REFUSE, amount=None), PASSPHRASE)
        delivery.sync(manager, demo.store)
    ingest(open_desk(demo.head_office, PASSPHRASE), demo.store, demo.warehouse, clock=clock)
    assert exceptions(demo.warehouse) == ()
    with Warehouse(demo.warehouse) as there:
        assert totals(there).exceptions == 0
