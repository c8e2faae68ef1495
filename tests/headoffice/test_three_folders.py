"""Two vaults and a head office in three folders, and a stick between them: no store is ever reachable by all."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import decisions, delivery, explanations, review, submission
from officer_app.casework.cases import read_case
from officer_app.casework.findings import findings_of
from officer_app.exchange.folders import FolderStore
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.devicelogs import logs
from officer_app.headoffice.ingesting import Ingested, ingest, send_owed, take_in
from officer_app.headoffice.shares import Share
from officer_app.headoffice.sweeping import Swept, sweep
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault.records import CaseState, Delivery
from tests.support.demo import HandClock, desk_of, visited
from tests.support.stages import approval
from tests.support.warehouses import everything

if TYPE_CHECKING:
    from tests.support.postgres import Postgres


class Still:
    """Head office's clock: two warehouses that are filled one after the other must tell the same times."""

    def __init__(self, clock: HandClock) -> None:
        self.at = clock.now()

    def now(self) -> Any:
        return self.at

    def elapsed(self) -> float:
        return 0.0

    def boot(self) -> str:
        return ""


def carry(stick: Path, to: Path) -> None:
    """A stick is put into the next laptop."""
    shutil.copytree(stick, to, dirs_exist_ok=True)


def submitted(demo: Demo, clock: HandClock, stick: Path) -> Any:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        explanations.record(officer, visit.case, findings_of(officer, visit.case, visit))
        for one in findings_of(officer, visit.case, visit).open:
            explanations.let_stand(officer, visit.case, one, "客户答不上来")
        submission.submit(officer, visit, PASSPHRASE)
        delivery.sync(officer, str(stick))
    return visit.case


def decided(demo: Demo, clock: HandClock, stick: Path) -> None:
    """The manager reads the stick, decides with it pulled, and fills it again."""
    with desk_of(demo, Role.MANAGER, clock) as manager:
        assert delivery.sync(manager, str(stick)).dossiers == 1
        away = stick.with_name("pulled")
        stick.rename(away)
        with pytest.raises(Fault) as gone:
            delivery.sync(manager, str(stick))
        assert gone.value.code is Code.STORE_GONE
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        choice = replace(approval(view), amount=Decimal(20_000))
        decisions.decide(manager, view, choice, PASSPHRASE)
        away.rename(stick)
        delivery.sync(manager, str(stick))


class Counted(FolderStore):
    """A folder that counts what is asked of it."""

    asked: ClassVar[Counter[str]] = Counter()

    def get(self, name: str) -> bytes | None:
        self.asked["probe"] += 1
        return super().get(name)

    def devices(self) -> tuple[str, ...]:
        self.asked["listing of devices"] += 1
        return super().devices()

    def counters(self, device: str) -> tuple[int, ...]:
        self.asked["listing of one device"] += 1
        return super().counters(device)


def test_a_stick_carried_once_round(
    demo: Demo, clock: HandClock, tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, bucket = tmp_path / "stick", tmp_path / "bucket"
    carry(demo.folder / "exchange", stick)
    case = submitted(demo, clock, stick)
    decided(demo, clock, stick)
    carry(stick, bucket)

    still = Still(clock)
    sqlite, server = f"sqlite:///{tmp_path / 'w.db'}", postgres.new()
    shutil.copytree(demo.head_office, tmp_path / "other office")
    office, other = open_desk(demo.head_office, PASSPHRASE), open_desk(tmp_path / "other office", PASSPHRASE)
    both = Ingested(dossiers=1, decisions=1, receipts=2)
    carry(bucket, tmp_path / "other bucket")
    assert ingest(office, str(bucket), sqlite, clock=still) == both
    # The server is filled by two processes' shares, one after the other and in the other order.
    shares = [Share(1, 2), Share(0, 2)]
    parts = [take_in(other, str(tmp_path / "other bucket"), server, clock=still, share=share) for share in shares]
    assert sum(part.dossiers for part in parts) == sum(part.decisions for part in parts) == 1
    assert send_owed(other, str(tmp_path / "other bucket"), server, clock=still) == (2, 0)
    assert ingest(other, str(tmp_path / "other bucket"), server, clock=still) == Ingested()
    before = everything(sqlite)
    assert before == everything(server)
    assert len(before["device_log"]) > 3

    # Once more: one listing of devices and one probe for each, and nothing is changed.
    monkeypatch.setattr("officer_app.exchange.folders.FolderStore", Counted)
    Counted.asked = Counter()
    assert ingest(office, str(bucket), sqlite, clock=still) == Ingested()
    devices = len(FolderStore(bucket).devices()) - 1  # not head office's own
    assert Counted.asked == {"listing of devices": 1, "probe": devices}
    assert everything(sqlite) == before

    for url, there in ((sqlite, office), (server, other)):
        assert sweep(there, str(bucket), url, clock=still) == Swept(held=2)
        assert sweep(there, str(bucket), url, clock=still) == Swept()
    assert everything(sqlite) == everything(server)
    with Warehouse(server) as warehouse:
        (log,) = logs(warehouse)
        assert (log.missing, log.doubts, log.officer) == (0, (), "李慧")

    carry(bucket, stick)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        back = delivery.sync(officer, str(stick))
        assert (back.decisions, back.receipts, back.quarantined) == (1, 1, [])
        told = read_case(officer, case)
        assert (told.state, told.delivery) == (CaseState.APPROVED, Delivery.RECEIVED)
