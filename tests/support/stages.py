"""One case at its turning points, each reached once in a run and copied for every test that begins there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from officer_app.base.ids import CaseId, DossierId, VisitId
from officer_app.casework import bundles, decisions, delivery, review, submission, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.dossier.records import Outcome
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of, visited
from tests.support.files import described, settle

APPROVED = Decimal(30_000)


@dataclass(frozen=True)
class Stage:
    """A demo institution with one case in it: where it lies, what time it is, and who is who."""

    demo: Demo
    time: datetime
    case: CaseId
    visit: VisitId
    dossier: DossierId | None = None

    @property
    def clock(self) -> HandClock:
        """A clock that goes on from there."""
        return HandClock(self.time)

    def copy(self, to: Path) -> Stage:
        """The same in another folder."""
        shutil.copytree(self.demo.folder, to)
        return Stage(Demo(to), self.time, self.case, self.visit, self.dossier)

    @property
    def bundle(self) -> Path:
        """The evidence bundle of a decided case."""
        return self.demo.folder / "bundle"

    @property
    def root_pem(self) -> bytes:
        """The institution's root certificate, as the bundle was made with it."""
        return (self.bundle / "certificates" / "root.pem").read_bytes()


def begun(demo: Demo, clock: HandClock) -> Stage:
    """A visit without answers."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试丙"))
        visit = visits.begin_visit(officer, case.id)
    return Stage(demo, clock.time, case.id, visit.record.id)


def ready(demo: Demo, clock: HandClock) -> Stage:
    """A visit with everything in it; nothing keeps the case from being handed over."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        settle(officer, visit)
    return Stage(demo, clock.time, visit.case, visit.record.id)


def submitted(stage: Stage) -> Stage:
    """The case handed over, and nothing sent yet."""
    clock = stage.clock
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        record = submission.submit(officer, visits.resume_visit(officer, stage.visit), PASSPHRASE)
    return Stage(stage.demo, clock.time, stage.case, stage.visit, record.id)


def fetched(stage: Stage) -> Stage:
    """The case handed over, and on the manager's laptop."""
    clock = stage.clock
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        record = submission.submit(officer, visits.resume_visit(officer, stage.visit), PASSPHRASE)
        delivery.sync(officer, stage.demo.store)
    with desk_of(stage.demo, Role.MANAGER, clock) as manager:
        assert delivery.sync(manager, stage.demo.store).dossiers == 1
    return Stage(stage.demo, clock.time, stage.case, stage.visit, record.id)


def decided(stage: Stage) -> Stage:
    """The case approved, the decision on the officer's laptop, and the evidence bundle written."""
    clock = stage.clock
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        decisions.decide(manager, view, approval(view), PASSPHRASE)
        delivery.sync(manager, stage.demo.store)
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        assert delivery.sync(officer, stage.demo.store).decisions == 1
        bundles.export_bundle(officer, stage.dossier, stage.bundle)
    return Stage(stage.demo, clock.time, stage.case, stage.visit, stage.dossier)


def approval(view: review.Review) -> decisions.Choice:
    """Yes, with everything that a yes needs."""
    return decisions.Choice(
        Outcome.APPROVE,
        "三条途径对得上",
        APPROVED,
        12,
        photos_viewed=described(view),
        opened_at=view.record.at,
    )
