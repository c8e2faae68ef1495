"""The same round, two vaults and head office, over real servers and a line that cuts, waits and loses replies.

One server of those that start at once in a usual run, another one each time; all of them, and Ceph's, with --full.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text

from officer_app.casework import decisions, delivery, review, stores
from officer_app.exchange import remote
from officer_app.headoffice import stores as office_stores
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from officer_app.vault import delivery as kept_delivery
from officer_app.vault import dossiers as kept
from officer_app.vault.records import Delivery
from tests.support.demo import HandClock, desk_of
from tests.support.servers import SERVERS, Server, bad_line
from tests.support.stages import Stage, approval

QUICK = [name for name in SERVERS if name != "ceph-s3"]
# What the heads of requests and the packets of SSH add to an object of a mebibyte.
OVERHEAD = 100_000
LINES: dict[str, dict[str, Any]] = {
    # Every connection is cut after little more than one object: each object's upload is cut, or the one after it.
    "cut": {"cut_after": 1_250_000, "cuts": 10_000},
    "slow-and-lossy": {"rate": 3_000_000, "delay": 0.005, "cut_after": 1_250_000, "cuts": 6, "eat_reply": 4},
}


def _chosen(full: bool) -> list[str]:
    if full:
        return [*QUICK, "ceph-s3"]
    chosen = secrets.choice(QUICK)
    print(f"server of this run: {chosen} of {len(SERVERS)}")
    return [chosen]


@dataclass
class Round:
    """Three laptops and one address."""

    stage: Stage
    url: str
    server: Server
    warehouse: str
    clock: HandClock

    def sync(self, role: Role) -> delivery.Round:
        with desk_of(self.stage.demo, role, self.clock) as desk:
            stores.keep_store(desk, self.url, self.server.credentials)
            return delivery.sync(desk, self.url)

    def decide(self) -> None:
        with desk_of(self.stage.demo, Role.MANAGER, self.clock) as manager:
            view = review.open_dossier(manager, review.queue(manager)[0].dossier)
            decisions.decide(manager, view, approval(view), PASSPHRASE)

    def ingest(self) -> Any:
        office = open_desk(self.stage.demo.head_office, PASSPHRASE, issuing=False)
        office_stores.keep_store(office, self.url, self.server.credentials, clock=self.clock)
        return ingest(office, self.url, self.warehouse, clock=self.clock)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("line", LINES)
def test_all_arrive_once_and_nothing_is_sent_twice(
    submitted_once: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, full: bool
) -> None:
    monkeypatch.setattr(remote, "PAUSES", (0.01,) * 20)
    for name in _chosen(full):
        folder = tmp_path / name
        with SERVERS[name](folder / "server") as server, bad_line(server, **LINES[line]) as (far, faults):
            if server.name == "openssh":
                Path(urlsplit(server.url("branch")).path).mkdir()
            stage = submitted_once.copy(folder / "demo")
            clock = stage.clock
            clock.move(hours=1)
            _round(Round(stage, far.url("branch"), server, f"sqlite:///{folder / 'w.db'}", clock), faults)
        print(f"{name}, {line}: {faults.cut} cuts")


def _round(way: Round, faults: Any) -> None:
    sizes = _waiting(way, Role.OFFICER)
    before = faults.up
    first = way.sync(Role.OFFICER)
    assert first.objects == len(sizes)
    _sent_once(faults, before, sizes)
    assert way.sync(Role.MANAGER).dossiers == 1
    way.decide()
    sizes, before = _waiting(way, Role.MANAGER), faults.up
    assert way.sync(Role.MANAGER).objects == len(sizes)
    _sent_once(faults, before, sizes)
    assert faults.cut >= 1, "the line was not bad enough to prove anything"

    taken = way.ingest()
    assert (taken.dossiers, taken.decisions, taken.quarantined, taken.gaps) == (1, 1, 0, 0)
    again = way.ingest()
    assert (again.dossiers, again.decisions, again.receipts, again.quarantined) == (0, 0, 0, 0)
    back = way.sync(Role.OFFICER)
    assert (back.decisions, back.receipts, back.quarantined) == (1, 1, [])
    assert way.sync(Role.MANAGER).receipts == 1
    for role in (Role.OFFICER, Role.MANAGER):
        idle = way.sync(role)
        assert (idle.objects, idle.sent, idle.dossiers, idle.decisions, idle.receipts, idle.packs) == (0,) * 6
    _digests_agree(way)


def _waiting(way: Round, role: Role) -> list[int]:
    with desk_of(way.stage.demo, role, way.clock) as desk, desk.vault.reading() as tx:
        return [part.size for one in kept_delivery.unsent(tx) for part in one.objects]


def _sent_once(faults: Any, before: int, sizes: list[int]) -> None:
    """What went up: every object once, and for each cut at most one of them again."""
    assert faults.up - before <= sum(sizes) + (faults.cut + 4) * (max(sizes) + OVERHEAD) + len(sizes) * OVERHEAD


def _digests_agree(way: Round) -> None:
    """The officer's dossier and head office's rows name the same bytes."""
    with desk_of(way.stage.demo, Role.OFFICER, way.clock) as officer, officer.vault.reading() as tx:
        (record,) = kept.of_case(tx, way.stage.case)
        assert cases.get(tx, way.stage.case).delivery is Delivery.RECEIVED
    with desk_of(way.stage.demo, Role.MANAGER, way.clock) as manager, manager.vault.reading() as tx:
        (there,) = kept.of_case(tx, way.stage.case)
    engine = create_engine(way.warehouse)
    with engine.connect() as connection:
        digests = connection.execute(text("SELECT digest, manifest FROM dossier")).all()
        standing = connection.execute(text("SELECT standing FROM decision")).scalars().all()
    engine.dispose()
    assert [tuple(row) for row in digests] == [(record.digest, record.manifest)]
    assert {(part.path, part.sha256) for part in record.parts} == {(part.path, part.sha256) for part in there.parts}
    assert standing == ["accepted"]
