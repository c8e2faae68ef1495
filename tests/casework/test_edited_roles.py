"""Whoever makes a manager of himself in the database gains nothing: not here, not at the manager's, not above."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import DossierId
from officer_app.casework import decisions, delivery, review
from officer_app.casework.desk import Desk, Institution
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.trust.identities import Identity
from officer_app.vault import cases
from officer_app.vault.records import CaseState
from tests.support.demo import desk_of
from tests.support.stages import Stage, approval


@pytest.fixture
def stage(fetched_once: Stage, tmp_path: Path) -> Stage:
    """A case handed over and on the manager's laptop; its officer has written himself into every role."""
    stage = fetched_once.copy(tmp_path / "demo")
    every = "[" + ",".join(f'"{role.value}"' for role in Role) + "]"
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer, officer.vault.writing() as tx:
        tx.sql.execute(text("UPDATE user SET roles = :roles"), {"roles": every})
    return stage


def test_his_own_laptop_opens_doors_and_signs_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row opens doors that lead nowhere: a manager's desk and what is signed there ask the certificate."""
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        assert officer.roles == frozenset(Role), "or the row was not edited"
        with pytest.raises(Fault) as refused:
            review.open_dossier(officer, stage.dossier)
        assert refused.value.code is Code.NOT_ALLOWED
        with monkeypatch.context() as patched:
            Unasked(patched)
            view = review.open_dossier(officer, stage.dossier)
        with pytest.raises(Fault) as refused:
            decisions.decide(officer, view, approval(view), PASSPHRASE)
        assert refused.value.code is Code.NOT_ALLOWED
        with officer.vault.reading() as tx:
            assert cases.get(tx, stage.case).state is CaseState.SUBMITTED


class Unasked:
    """A program that was changed: it asks no certificate, and the core lets everything through."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        def certified(desk: Desk, *_: Role) -> tuple[Institution, Identity]:
            assert desk.institution is not None
            assert desk.identity is not None
            return desk.institution, desk.identity

        patched.setattr(Desk, "certified", certified)
        patched.setattr(decisions.records, "check_decision", lambda *_, **__: None)
        patched.setattr(decisions, "_within_the_rules", lambda *_: ())


@pytest.mark.parametrize("claim", ["in his own name", "in the manager's name"])
def test_a_changed_program_signs_what_nobody_takes(stage: Stage, monkeypatch: pytest.MonkeyPatch, claim: str) -> None:
    """Signed with the officer's own key: the manager's laptop and head office put it aside, each with its reason."""
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        boss = manager.certified(Role.MANAGER)[1].person
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer, monkeypatch.context() as patched:
        Unasked(patched)
        if claim == "in the manager's name":
            made = decisions._record

            def lying(*given: object) -> object:
                record = made(*given)  # type: ignore[arg-type]
                return replace(record, decided_by=replace(record.decided_by, id=boss.id, name=boss.name))

            patched.setattr(decisions, "_record", lying)
        view = review.open_dossier(officer, DossierId(stage.dossier))
        decisions.decide(officer, view, approval(view), PASSPHRASE)
        assert delivery.sync(officer, stage.demo.store).sent == 1
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        got = delivery.sync(manager, stage.demo.store)
        assert [fault.code for fault in got.quarantined] == [Code.SIGNER_NOT_ENTITLED]
        assert [one.dossier for one in review.queue(manager)] == [stage.dossier], "it still waits for her"
    _refused_above(stage)


def _refused_above(stage: Stage) -> None:
    office = open_desk(stage.demo.head_office, PASSPHRASE, issuing=False)
    taken = ingest(office, stage.demo.store, stage.demo.warehouse, clock=stage.clock)
    assert (taken.dossiers, taken.decisions, taken.quarantined) == (1, 0, 1)
    engine = create_engine(stage.demo.warehouse)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT code FROM quarantine")).scalars().all() == ["SIGNER_NOT_ENTITLED"]
        assert connection.execute(text("SELECT state FROM case_file")).scalars().all() == ["submitted"]
    engine.dispose()
