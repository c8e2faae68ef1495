"""The life of a case through three real vaults, a real folder store and head office's real database."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import bundles, decisions, delivery, explanations, gate, review, submission, visits
from officer_app.casework.cases import CaseQuery, NewCase, find_cases, open_case, read_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.visits import Visit
from officer_app.dossier.records import Outcome
from officer_app.exchange.bundle import verify_bundle
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.papers import verify_pdf
from officer_app.vault import audit, dossiers
from officer_app.vault.records import CaseState, Delivery
from tests.support.demo import HandClock, desk_of, visited
from tests.support.files import described


def _settle(desk: Desk, visit: Visit) -> None:
    """Look at the list, and let everything stand."""
    explanations.record(desk, visit.case, findings_of(desk, visit.case, visit))
    for one in findings_of(desk, visit.case, visit).open:
        explanations.let_stand(desk, visit.case, one, "客户答不上来")


def _choice(view: review.Review, outcome: Outcome, amount: int | None) -> decisions.Choice:
    return decisions.Choice(
        outcome,
        "看过了",
        Decimal(amount) if amount is not None else None,
        12 if amount is not None else None,
        conditions=("补配偶签字",) if outcome is Outcome.APPROVE_WITH_CONDITIONS else (),
        questions=("弟弟的钱何时还？",) if outcome is Outcome.RETURN else (),
        photos_viewed=described(view),
        opened_at=view.record.at,
    )


def test_from_first_answer_to_receipt(demo: Demo, clock: HandClock, tmp_path: Path) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock)
        _settle(officer, visit)
        supported = findings_of(officer, visit.case, visit).supported
        sent = submission.submit(officer, visit, PASSPHRASE)
        assert read_case(officer, visit.case).state is CaseState.SUBMITTED
        delivery.sync(officer, demo.store)
        assert read_case(officer, visit.case).delivery is Delivery.SENT
    with desk_of(demo, Role.MANAGER, clock) as manager:
        assert delivery.sync(manager, demo.store).dossiers == 1
        waiting = review.queue(manager)[0]
        view = review.open_dossier(manager, waiting.dossier)
        assert view.record.digest == sent.digest
        decided = decisions.decide(manager, view, _choice(view, Outcome.APPROVE_WITH_CONDITIONS, 60_000), PASSPHRASE)
        assert decided.memo is not None
        institution = manager.institution
        assert institution is not None
        assert verify_pdf(manager.vault.read_blob(decided.memo), institution.root).ok
        delivery.sync(manager, demo.store)
    office = open_desk(demo.head_office, PASSPHRASE)
    taken = ingest(office, demo.store, demo.warehouse, clock=clock)
    assert (taken.dossiers, taken.decisions) == (1, 1)
    again = ingest(office, demo.store, demo.warehouse, clock=clock)
    assert (again.dossiers, again.decisions, again.quarantined) == (0, 0, 0)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        back = delivery.sync(officer, demo.store)
        assert (back.decisions, back.receipts, back.quarantined) == (1, 1, [])
        case = read_case(officer, visit.case)
        assert (case.state, case.delivery) == (CaseState.APPROVED, Delivery.RECEIVED)
        bundles.export_bundle(officer, sent.id, tmp_path / "bundle")
        with officer.vault.reading() as tx:
            assert audit.first_broken(tx) is None
    verdict = verify_bundle(tmp_path / "bundle", office.root_pem)
    assert verdict.ok, verdict.wrong
    assert verdict.amount == Decimal(60_000)
    figures = dict(sqlite3.connect(demo.folder / "warehouse.db").execute("select name, value from figure").fetchall())
    assert Decimal(figures["loan_sizing.recommended_max_loan"]) == supported


def test_a_returned_case_opens_as_the_next_version(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        _settle(officer, visit)
        first = submission.submit(officer, visit, PASSPHRASE)
        delivery.sync(officer, demo.store)
        with pytest.raises(Fault) as refused:
            visits.answer(officer, visit, visits.ref_of_fact(visit.session, "borrower.role") or "", "老板")
        assert refused.value.code is Code.CASE_NOT_OPEN
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        decisions.decide(manager, view, _choice(view, Outcome.RETURN, None), PASSPHRASE)
        delivery.sync(manager, demo.store)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, demo.store)
        case = read_case(officer, visit.case)
        assert (case.state, case.version) == (CaseState.RETURNED, 2)
        again = visits.resume_visit(officer, visit.record.id)
        visits.answer(officer, again, visits.ref_of_fact(again.session, "borrower.role") or "", "老板娘")
        second = submission.submit(officer, again, PASSPHRASE)
        with officer.vault.reading() as tx:
            kept = dossiers.of_case(tx, case.id)
        assert [one.version for one in kept] == [1, 2]
        assert first.digest.encode() in kept[1].manifest
        assert second.digest == kept[1].digest
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        assert delivery.sync(manager, demo.store).dossiers == 1
        assert review.queue(manager)[0].case.version == 2


def test_four_eyes_limits_and_samples_are_asked_in_the_core(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        _settle(officer, visit)
        submission.submit(officer, visit, PASSPHRASE)
        delivery.sync(officer, demo.store)
        with pytest.raises(Fault) as refused:
            review.queue(officer)
        assert refused.value.code is Code.NOT_ALLOWED
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        for choice, code in (
            (_choice(view, Outcome.APPROVE, 200_001), Code.ABOVE_LIMIT),
            (decisions.Choice(Outcome.APPROVE, "好", Decimal(1000), 12), Code.SAMPLES_UNANSWERED),
            (decisions.Choice(Outcome.REFUSE, "  "), Code.REASON_NEEDED),
        ):
            with pytest.raises(Fault) as refused:
                decisions.decide(manager, view, choice, PASSPHRASE)
            assert refused.value.code is code
        with pytest.raises(Fault) as refused:
            decisions.decide(manager, view, _choice(view, Outcome.APPROVE, 1000), "falsch")
        assert refused.value.code is Code.WRONG_PASSPHRASE
        assert len(review.queue(manager)) == 1


def test_nothing_is_submitted_while_something_is_missing(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock, photos=False)
        lacking = gate.gaps(officer, visit, findings_of(officer, visit.case, visit))
        assert {gap.kind for gap in lacking} == {gate.Lacking.PICTURE, gate.Lacking.CONTRADICTION}
        with pytest.raises(Fault) as refused:
            submission.submit(officer, visit, PASSPHRASE)
        assert refused.value.code is Code.CASE_INCOMPLETE
        assert read_case(officer, visit.case).state is CaseState.DRAFT


def test_a_contradiction_that_vanishes_without_a_word_stays_open(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock, photos=False)
        explanations.record(officer, visit.case, findings_of(officer, visit.case, visit))
        arrears = next(one for one in findings_of(officer, visit.case, visit).open if "UTILITY" in one.key)
        ref = next(a.ref for a in visit.session.bound_answers() if a.path == "utilities[0].arrears_amount")
        visits.answer(officer, visit, ref, "0")
        vanished = next(
            one for one in findings_of(officer, visit.case, visit).contradictions if one.key == arrears.key
        )
        assert (vanished.found, vanished.standing.value) == (False, "open")
        explanations.correct(officer, visit.case, vanished, "看错了单据，已缴清")
        corrected = next(
            one for one in findings_of(officer, visit.case, visit).contradictions if one.key == arrears.key
        )
        assert corrected.standing.value == "corrected"
        visits.answer(officer, visit, ref, "2600")
        back = next(one for one in findings_of(officer, visit.case, visit).contradictions if one.key == arrears.key)
        assert (back.found, back.standing.value) == (True, "open")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewCase(" "), Code.NAME_NEEDED),
        (NewCase("张三", resident_id="110101199003070000"), Code.IDENTITY_INVALID),
        (NewCase("张三", requested_amount=Decimal(0)), Code.AMOUNT_INVALID),
    ],
)
def test_a_case_is_opened_with_sense(demo: Demo, clock: HandClock, new: NewCase, code: Code) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        with pytest.raises(Fault) as refused:
            open_case(officer, new)
        assert refused.value.code is code
        assert find_cases(officer, CaseQuery()).total == 0


def test_a_stick_pulled_in_the_middle_loses_and_doubles_nothing(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        _settle(officer, visit)
        submission.submit(officer, visit, PASSPHRASE)
        store = Path(demo.store)
        store.rename(store.with_name("pulled"))
        with pytest.raises(Fault) as gone:
            delivery.sync(officer, demo.store)
        assert gone.value.code is Code.STORE_GONE
        assert len(delivery.status(officer).waiting) == 1
        store.with_name("pulled").rename(store)
        assert delivery.sync(officer, demo.store).sent == 1
        assert delivery.sync(officer, demo.store).sent == 0
