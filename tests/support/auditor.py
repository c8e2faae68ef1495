"""An auditor's laptop: an own vault, enrolled by the demo's head office by request and answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from officer_app.casework import enrolment
from officer_app.casework.desk import Desk, seat
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock


@contextmanager
def auditor_of(demo: Demo, folder: Path, clock: HandClock) -> Iterator[Desk]:
    """Signed in and enrolled."""
    person = NewUser("zhou", "周审计", frozenset({Role.AUDITOR.value}))
    vault = Vault.create(folder, person, PASSPHRASE, clock, recovery_code=new_recovery_code())
    desk = seat(vault, clock)
    try:
        asked = enrolment.request(desk, branch="总部", role=Role.AUDITOR)
        office = open_desk(demo.head_office, PASSPHRASE)
        told = enrol(office, asked, role=Role.AUDITOR, branch="总部", approval_limit=Decimal(0), clock=clock)
        enrolment.accept(desk, told)
        yield desk
    finally:
        desk.close()
