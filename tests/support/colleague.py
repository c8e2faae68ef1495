"""A second officer who works on the same laptop: with an own way in, own keys and an own certificate."""

from __future__ import annotations

from decimal import Decimal

from officer_app.casework import enrolment
from officer_app.casework.desk import seat
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.training.institution import BRANCH, PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of

LOGIN, NAME, OWN_PASSPHRASE = "zhoumin", "周敏", "another long passphrase"


def join(demo: Demo, clock: HandClock, *, enrolled: bool = True, login: str = LOGIN, name: str = NAME) -> None:
    """Give a colleague a way in to the officer's laptop, and a certificate where head office has enrolled them."""
    newcomer = NewUser(login, name, frozenset({Role.OFFICER.value}))
    with desk_of(demo, Role.OFFICER, clock) as officer:
        officer.vault.add_user(newcomer, OWN_PASSPHRASE)
    if not enrolled:
        return
    desk = seat(Vault.open(demo.data(Role.OFFICER), login, OWN_PASSPHRASE, clock), clock)
    try:
        asked = enrolment.request(desk, branch=BRANCH, role=Role.OFFICER)
        office = open_desk(demo.head_office, PASSPHRASE)
        answer = enrol(office, asked, role=Role.OFFICER, branch=BRANCH, approval_limit=Decimal(0), clock=clock)
        enrolment.accept(desk, answer)
    finally:
        desk.close()
