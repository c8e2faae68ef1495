"""A data folder set back to an older copy: nothing is overwritten, and head office sees it by counters and log."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import delivery, submission, visits
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.sweeping import sweep
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from tests.support.demo import desk_of
from tests.support.stages import Stage
from tests.support.warehouses import everything

ROLE = "borrower.role"


def _submit(stage: Stage, store: Path, answer: str) -> str:
    """Hand the case over with this answer, and send it there; gives the digest."""
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        visit = visits.resume_visit(officer, stage.visit)
        visits.answer(officer, visit, visits.ref_of_fact(visit.session, ROLE) or "", answer)
        record = submission.submit(officer, visit, PASSPHRASE)
        assert delivery.sync(officer, str(store)).sent == 1
    return record.digest


@pytest.fixture
def twice(ready_once: Stage, tmp_path: Path) -> tuple[Stage, Path, Path]:
    """Handed over; the whole data folder put back; handed over with another answer, on another stick."""
    stage = ready_once.copy(tmp_path / "demo")
    first, second = tmp_path / "first", tmp_path / "second"
    for stick in (first, second):
        shutil.copytree(stage.demo.store, stick)
    data, aside = stage.demo.data(Role.OFFICER), tmp_path / "aside"
    shutil.copytree(data, aside)
    before = _submit(stage, first, "老板娘")
    shutil.rmtree(data)
    shutil.copytree(aside, data)
    assert _submit(stage, second, "老板的哥哥") != before
    return stage, first, second


def test_one_store_takes_no_second_delivery_under_a_used_number(twice: tuple[Stage, Path, Path]) -> None:
    """The laptop counts from the older copy: the store shows that this number was used, and keeps what it has."""
    stage, first, _second = twice
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        assert delivery.send_again(officer) == 1
        with pytest.raises(Fault) as caught:
            delivery.sync(officer, str(first))
        assert caught.value.code is Code.STORE_CONFLICT
        assert delivery.status(officer).sent == 0, "it still waits, and nothing says otherwise"


def test_head_office_sees_a_letter_in_anothers_place(twice: tuple[Stage, Path, Path]) -> None:
    """Both sticks come to head office: the second hand-over stands under the number of the first, and is named."""
    stage, first, second = twice
    office = open_desk(stage.demo.head_office, PASSPHRASE, issuing=False)
    taken = ingest(office, str(first), stage.demo.warehouse, clock=stage.clock)
    assert (taken.dossiers, taken.quarantined) == (1, 0)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        device = officer.certified(Role.OFFICER)[1].person.device
    # The second stick is carried on to where the first was taken in: the same name, another letter.
    shutil.rmtree(first / "i" / device)
    shutil.copytree(second, first, dirs_exist_ok=True)
    swept = sweep(office, str(first), stage.demo.warehouse, clock=stage.clock)
    assert swept.failed == 1
    assert {row[3] for row in everything(stage.demo.warehouse)["quarantine"]} == {"DELIVERY_REPLACED"}
