"""Head office with a refused case whose time has come and a live one of yesterday; and a machine that dies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select

from officer_app.base.canonical import digest
from officer_app.base.paths import forms_folder
from officer_app.dossier.records import Outcome
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.parcels import Parcel
from officer_app.headoffice import founding, tombstones
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.ingesting import Ingested, ingest
from officer_app.headoffice.journal import Said
from officer_app.headoffice.purging import Purged, purge
from officer_app.headoffice.retention import KeptCase, judge_of, kept_cases
from officer_app.headoffice.tables import CASES
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.certificates import Role
from officer_app.trust.identities import Identity
from tests.headoffice.test_head_office import PASSPHRASE, Town, join
from tests.support.institution import AT, BANK, FixedClock, a_decision, a_dossier
from tests.support.warehouses import everything

NAME, WORDS = "欧阳秀兰测试", "经营不善而且另有隐情测试"
NUMBER, CASE = "2026-0999", "a" * 32
LIVE_NUMBER, LIVE = "2026-0417", "c" * 32
SAID = Said("周敏", "季度清理")
YEARS = timedelta(days=365 * 2 + 40)
_RECENT = AT + YEARS - timedelta(days=1)


def found(folder: Path) -> Town:
    """A town under the shipped policy."""
    (folder / "exchange").mkdir()
    policy, clock = (forms_folder() / "policy.toml").read_bytes(), FixedClock()
    desk = founding.found(folder / "office", BANK, PASSPHRASE, clock=clock, policy=policy, forms={})
    officer = join(desk, clock, "李明", Role.OFFICER, 0)
    manager = join(desk, clock, "王芳", Role.MANAGER, 300_000)
    return Town(folder, desk, clock, officer, manager)


def moved(town: Town, folder: Path) -> Town:
    """The same in a copy of its folder."""
    desk = Desk(folder / "office", town.desk.identity, town.desk.roster, town.desk.root_keys)
    return Town(folder, desk, FixedClock(), town.officer, town.manager)


@cache
def _papers(officer: Identity, manager: Identity) -> tuple[Parcel, Parcel, Parcel, Parcel]:
    """The old dossier, its refusal, the new one and its approval."""
    more = {f"photos/{n:04x}.jpg": bytes([n]) * 700_000 for n in range(1, 4)}
    old = a_dossier(officer, more, case_id=CASE, case_number=NUMBER, applicant=NAME)
    terms = {"amount": None, "term_months": None, "annual_rate": None, "reason": WORDS}
    refusal = a_decision(manager, old, case_id=CASE, case_number=NUMBER, outcome=Outcome.REFUSE, **terms)
    new = a_dossier(officer, at=_RECENT, dossier_id="f" * 32)
    return old, refusal, new, a_decision(manager, new, _RECENT, record_id="9" * 32)


@dataclass
class Office:
    """The town, two years and a bit later, and the warehouse that it reads into."""

    town: Town
    into: str
    clock: FixedClock

    @classmethod
    def of(cls, town: Town, into: str) -> Office:
        """Both cases sent and taken in."""
        office = cls(town, into, FixedClock(AT + YEARS))
        for number, one in enumerate((office.old, office.new), start=1):
            town.send(one, town.officer, number)
        approval = _papers(town.officer.identity, town.manager.identity)[3]
        for number, one in enumerate((office.refusal, approval), start=1):
            town.send(one, town.manager, number)
        office.ingest()
        return office

    @property
    def old(self) -> Parcel:
        return _papers(self.town.officer.identity, self.town.manager.identity)[0]

    @property
    def refusal(self) -> Parcel:
        return _papers(self.town.officer.identity, self.town.manager.identity)[1]

    @property
    def new(self) -> Parcel:
        return _papers(self.town.officer.identity, self.town.manager.identity)[2]

    @property
    def file(self) -> Path:
        return Path(make_url(self.into).database or "")

    def ingest(self) -> Ingested:
        return ingest(self.town.desk, self.town.store, self.into, clock=self.clock)

    def purge(self, **told: Any) -> Purged:
        said, stores = told.pop("said", SAID), told.pop("stores", (self.town.store,))
        return purge(self.town.desk, self.into, stores, clock=self.clock, said=said, **told)

    def kept(self) -> dict[str, KeptCase]:
        with Warehouse(self.into) as warehouse, warehouse.transaction() as connection:
            found = kept_cases(connection, judge_of(self.town.desk, connection, self.clock.now()))
        return {one.number: one for one in found}

    def scalars(self, asked: Any) -> list[Any]:
        with Warehouse(self.into) as warehouse, warehouse.transaction() as connection:
            return list(connection.execute(asked).scalars())

    def cases(self) -> list[str]:
        return sorted(self.scalars(select(CASES.c.number)))

    def pieces(self) -> set[str]:
        return {digest(path.read_bytes()) for path in (Path(self.town.store) / "o").rglob("*") if path.is_file()}

    def knows(self, secret: str) -> bool:
        """Whether any row holds this text."""
        told = repr(everything(self.into))
        return secret in told or repr(secret.encode())[2:-1] in told


class MachineDied(BaseException):
    """The end of a run."""


@dataclass
class Dying:
    """Counts durable steps, and dies before or after the n-th."""

    at: int
    after: bool
    done: int = 0

    def step(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def once(*given: Any, **named: Any) -> Any:
            with self.around():
                return call(*given, **named)

        return once

    @contextmanager
    def around(self) -> Iterator[None]:
        self.done += 1
        last = self.done == self.at
        if last and not self.after:
            raise MachineDied
        yield
        if last:
            raise MachineDied


def kill(monkeypatch: pytest.MonkeyPatch, dying: Dying) -> None:
    """Every transaction, rewriting, removal, line and file of a deletion is a step."""
    transaction = Warehouse.transaction

    @contextmanager
    def counted(self: Warehouse) -> Iterator[Any]:
        with dying.around(), transaction(self) as connection:
            yield connection

    monkeypatch.setattr(Warehouse, "transaction", counted)
    monkeypatch.setattr(Warehouse, "rewrite", dying.step(Warehouse.rewrite))
    monkeypatch.setattr(FolderStore, "remove", dying.step(FolderStore.remove))
    monkeypatch.setattr(tombstones, "note", dying.step(tombstones.note))
    monkeypatch.setattr(tombstones, "write_whole", dying.step(tombstones.write_whole))
